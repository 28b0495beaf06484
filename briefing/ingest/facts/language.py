"""Recognises English by the share of its function words, where that leaves no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable

from briefing.english.lexicon import read_words

_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH_WORDS = 20
_ENOUGH_SHARE = 0.25
_SAMPLE = 20_000


def find_language(texts: Iterable[str]) -> str | None:
    """Return `en` for texts that are surely English, None for all others."""
    words: list[str] = []
    for text in texts:
        words.extend(_WORD.findall(text[:_SAMPLE].lower()))
        if len(words) > 2_000:
            break
    if len(words) < _ENOUGH_WORDS:
        return None
    common = read_words("ingest", "english")
    return "en" if sum(word in common for word in words) >= _ENOUGH_SHARE * len(words) else None
