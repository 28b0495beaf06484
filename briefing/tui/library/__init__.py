"""The screen with the briefings of a library."""
