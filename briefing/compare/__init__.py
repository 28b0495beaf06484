"""Across articles: the same quote, copies of one text, the ledger of positions, the panels."""
