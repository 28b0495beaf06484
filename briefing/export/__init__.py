"""Briefing -> text to take away: pure functions, nothing is read or written here."""
