"""Across articles: the same quote, copies of one text, origins, the ledger, the panels."""
