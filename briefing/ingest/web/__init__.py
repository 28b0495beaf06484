"""Fetches addresses and feeds when asked to: the only room that opens a connection."""
