"""Headline, date, publisher, authors, language and address of an article."""
