"""Exports of press databases: each holds many articles, with the same fields in other words."""
