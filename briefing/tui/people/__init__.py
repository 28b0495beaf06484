"""Who speaks in a briefing: a list, which is a panel too, and the screen of what each has said."""
