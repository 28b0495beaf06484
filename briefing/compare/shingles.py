"""Runs of words as comparable keys: the basis of same-quote and near-copy detection."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence

Shingle = tuple[str, ...]

_WORD = re.compile(r"\w+")
_OTHER_SCRIPT = re.compile(r"[^\x00-\x7f]+")


def _without_accents(match: re.Match[str]) -> str:
    return "".join(char for char in match[0] if not unicodedata.combining(char))


def words(text: str) -> tuple[str, ...]:
    """Return the words of `text`, lower case, accents folded, marks and punctuation left out."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = _OTHER_SCRIPT.sub(_without_accents, folded)
    return tuple(_WORD.findall(plain.replace("’", "").replace("'", "")))


def shingles(text: str, size: int) -> frozenset[Shingle]:
    """Return every run of `size` words of `text`; a shorter text gives one run of all its words."""
    found = words(text)
    if not found:
        return frozenset()
    if len(found) <= size:
        return frozenset({found})
    return frozenset(zip(*(found[at:] for at in range(size)), strict=False))


def containment(one: frozenset[Shingle], other: frozenset[Shingle]) -> float:
    """Return the share of the smaller set that the larger holds, 0 to 1; 0 when one is empty."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def count_shared(sets: Sequence[frozenset[Shingle]], most: int) -> Counter[tuple[int, int]]:
    """Return how many shingles any two sets share, by their indexes, the lower one first.

    A shingle in more than `most` sets does not count.
    """
    times: Counter[Shingle] = Counter()
    for found in sets:
        times.update(found)
    wanted = {shingle for shingle, count in times.items() if 1 < count <= most}
    holders: defaultdict[Shingle, list[int]] = defaultdict(list)
    for index, found in enumerate(sets):
        for shingle in found & wanted:
            holders[shingle].append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for indexes in holders.values():
        for at, one in enumerate(indexes):
            shared.update((one, other) for other in indexes[at + 1 :])
    return shared
