"""Which of the found documents come first: BM25F over lists, with the weights stored at indexing.

The score of a document is the sum, over the words of the query, of how rare the word is times
its weight there. Only the best are wanted, so what cannot be among them is left out early.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Sequence
from itertools import compress, repeat
from operator import add, itemgetter
from typing import Final, NamedTuple

from briefing.search.evaluate import Match
from briefing.search.segment import Bits, Postings, Segment, docs_of, flags_of

MANY: Final = 4_000
"""From so many documents on it pays to leave out the hopeless before scoring."""


class Ranked(NamedTuple):
    """A document of a segment with its score."""

    score: float
    doc: int


class Weighted(NamedTuple):
    """A word's finds in one segment, with how rare the word is in the whole index."""

    match: Match
    rarity: float


def rarity(found: int, size: int) -> float:
    """Weigh a word that `found` of `size` documents have: the rarer, the more it tells."""
    return math.log(1 + (size - found + 0.5) / (found + 0.5))


def best(segment: Segment, hits: Bits, words: Sequence[Weighted], limit: int) -> list[Ranked]:
    """Return the `limit` best of `hits`, best first; of equals the earlier document."""
    count = hits.bit_count()
    parts = _scored_parts(words)
    if count > MANY and parts:
        hits = _promising(segment, hits, parts, limit)
    docs = docs_of(hits, segment.size)
    scores = score(docs, parts)
    if len(docs) > limit:
        bar = heapq.nlargest(limit, scores)[-1]
        keep = list(map(bar.__le__, scores))
        docs, scores = list(compress(docs, keep)), list(compress(scores, keep))
    ranked = sorted(zip(scores, docs, strict=True), key=lambda pair: (-pair[0], pair[1]))
    return [Ranked(*pair) for pair in ranked[:limit]]


class _Part(NamedTuple):
    postings: Postings
    values: list[float]


def _scored_parts(words: Sequence[Weighted]) -> list[_Part]:
    """Make, for each list of postings, the table from stored weight to score."""
    parts: list[_Part] = []
    for word in words:
        for postings, share in word.match.parts:
            if len(postings.docs):
                factor = word.rarity * share / 255
                values = [factor * weight for weight in range(256)]
                parts.append(_Part(postings, values))
    return parts


def score(docs: Sequence[int], parts: Sequence[_Part]) -> list[float]:
    """Return the score of each document, in the order given (ascending)."""
    total = [0.0] * len(docs)
    for part in parts:
        weights = _weights(part.postings, docs)
        total = list(map(add, total, map(part.values.__getitem__, weights)))
    return total


def _weights(postings: Postings, docs: Sequence[int]) -> Sequence[int]:
    """Look up the weight of each document, 0 where the word does not stand."""
    if not docs:
        return ()
    if postings.spread is not None:
        return itemgetter(*docs, 0)(postings.spread)[:-1]  # type: ignore[no-any-return]
    table = dict(zip(postings.docs, postings.weights, strict=True))
    return list(map(table.get, docs, repeat(0)))


def _promising(segment: Segment, hits: Bits, parts: Sequence[_Part], limit: int) -> Bits:
    """Leave out the documents that cannot be among the best `limit`.

    `limit` documents reach some score by one word alone. A document that has only one of the
    words must reach it by that word; those that have several are all kept.
    """
    bar = 0.0
    found: list[tuple[_Part, Sequence[int], bytes]] = []
    for part in parts:
        docs, weights = _within(segment, part.postings, hits)
        found.append((part, docs, weights))
        bar = max(bar, part.values[_nth_weight(weights, limit)])
    once: Bits = 0
    kept: Bits = 0
    for part, docs, weights in found:
        kept |= once & part.postings.bits
        once |= part.postings.bits
        strong = weights.translate(bytes(value >= bar for value in part.values))
        kept |= segment.bits_of(compress(docs, strong))
    return kept & hits


def _within(segment: Segment, postings: Postings, hits: Bits) -> tuple[Sequence[int], bytes]:
    """Return the documents of a list that are in `hits`, and their weights."""
    if not postings.bits & ~hits:
        return postings.docs, bytes(postings.weights)
    inside = itemgetter(*postings.docs, 0)(flags_of(hits, segment.size))[:-1]
    return list(compress(postings.docs, inside)), bytes(compress(postings.weights, inside))


def _nth_weight(weights: bytes, number: int) -> int:
    """Return the weight that `number` documents have at least; 0 where they are fewer."""
    counts = Counter(weights)
    for weight in range(255, 0, -1):
        number -= counts[weight]
        if number <= 0:
            return weight
    return 0
