"""The screen of positions by country and source, or by country and time."""
