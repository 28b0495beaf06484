"""The keys that `briefing set` takes, as the YAML has them; nothing is imported for them."""

from __future__ import annotations

BRIEFING_KEYS = ("title", "question", "bottom_line", "tags", "codebook")
ARTICLE_KEYS = (
    "headline",
    "publisher",
    "authors",
    "date",
    "updated",
    "language",
    "url",
    "reprint_of",
    "reprint_of.publisher",
    "reprint_of.headline",
    "reprint_of.date",
    "reprint_of.url",
)
SPEAKER_KEYS = ("speaker", "role", "type", "country")
QUOTE_KEYS = (*SPEAKER_KEYS, "words")
BLOCK_KEYS = ("role",)
