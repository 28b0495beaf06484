"""Engines that hold the index; `briefing.search.index` says what each must do."""
