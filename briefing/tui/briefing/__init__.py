"""The screen of a briefing: countries, quotes, sources, and the reader below."""
