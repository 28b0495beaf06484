"""How much of a block's topic a story shares: the overlap of their words."""

from __future__ import annotations

import re
from collections.abc import Container

from briefing.english.lexicon import read_words

_WORD = re.compile(r"[^\W_]{2,}")
_LONGEST = 20_000


def topic_words(text: str) -> frozenset[str]:
    """Return the words of a text that carry its topic: lower case, endings cut, no function words.

    Only the first 20,000 characters count.
    """
    common = read_words("english", "function_words")
    words = (word.lower() for word in _WORD.findall(text[:_LONGEST]))
    return frozenset(_stem(word) for word in words if word not in common)


def overlap(words: frozenset[str], story: Container[str]) -> float:
    """Return the share of `words` that `story` holds, from 0 to 1; 0 where there are no words."""
    return sum(word in story for word in words) / len(words) if words else 0.0


def _stem(word: str) -> str:
    """Cut the commonest endings, so that `ban`, `bans` and `banned` come near one another."""
    if len(word) <= 4:
        return word
    for ending in ("'s", "ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
