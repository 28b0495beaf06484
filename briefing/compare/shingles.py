"""Runs of words as comparable keys: the basis of same-quote and near-copy detection."""

from __future__ import annotations

import re
import unicodedata

Shingle = tuple[str, ...]

_WORD = re.compile(r"\w+")


def words(text: str) -> tuple[str, ...]:
    """Return the words of `text`, lower case, accents folded, marks and punctuation left out."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return tuple(_WORD.findall(plain.replace("’", "").replace("'", "")))


def shingles(text: str, size: int) -> frozenset[Shingle]:
    """Return every run of `size` words of `text`; a shorter text gives one run of all it has."""
    found = words(text)
    if not found:
        return frozenset()
    if len(found) <= size:
        return frozenset({found})
    return frozenset(found[at : at + size] for at in range(len(found) - size + 1))


def containment(one: frozenset[Shingle], other: frozenset[Shingle]) -> float:
    """Return the share of the smaller set that the larger holds, 0 to 1; 0 when one is empty."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0
