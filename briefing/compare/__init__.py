"""Across articles: the same quote, independent origins, the ledger of positions, the panels."""
