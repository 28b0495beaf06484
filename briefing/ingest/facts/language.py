"""Recognises a language by the share of its function words, where that leaves no doubt."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping

from briefing.english.lexicon import read_lexicon, read_words

_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH_WORDS = 20
_ENOUGH_SHARE = 0.25
_LEAD = 1.3
"""How many times as often as those of the next language the function words must stand."""
_SAMPLE = 20_000


def find_language(texts: Iterable[str]) -> str | None:
    """Return the ISO 639-1 code of the language that texts are surely in, None in doubt."""
    words: list[str] = []
    for text in texts:
        words.extend(_WORD.findall(text[:_SAMPLE].lower()))
        if len(words) > 2_000:
            break
    if len(words) < _ENOUGH_WORDS:
        return None
    counts = {
        code: sum(word in common for word in words) for code, common in _function_words().items()
    }
    (best, most), (_, next_most) = sorted(counts.items(), key=lambda pair: -pair[1])[:2]
    is_sure = most >= _ENOUGH_SHARE * len(words) and most >= _LEAD * next_most
    return best if is_sure else None


@functools.cache
def _function_words() -> Mapping[str, frozenset[str]]:
    others = read_lexicon("ingest", "languages")
    return {"en": read_words("ingest", "english")} | {
        code: frozenset(words) for code, words in others.items()
    }
