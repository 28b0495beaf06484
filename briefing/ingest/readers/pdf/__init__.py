"""Reads PDF documents."""
