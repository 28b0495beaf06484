"""Which of the found documents come first: BM25F over lists, with the weights stored at indexing.

The score of a document is the sum, over the words of the query, of how rare the word is times
the weight of its best form there. Only the best are wanted, so what cannot be among them is left
out early.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Sequence
from itertools import compress, repeat
from operator import add
from typing import Final, NamedTuple

from briefing.search.evaluate import Match, weights_at
from briefing.search.segment import Bits, Postings, Segment, docs_of

MANY: Final = 1_500
"""From so many documents on it pays to leave out the hopeless before scoring."""

SAMPLE: Final = 4_000
"""So many weights of a list tell well enough how they are spread."""


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
    tables = _tables(words)
    if tables and _worth_choosing(hits, tables):
        hits = _promising(segment, hits, tables, limit)
    docs = docs_of(hits, segment.size)
    scores = _score(docs, tables)
    if len(docs) > limit:
        bar = heapq.nlargest(limit, scores)[-1]
        keep = list(map(bar.__le__, scores))
        docs, scores = list(compress(docs, keep)), list(compress(scores, keep))
    ranked = sorted(zip(scores, docs, strict=True), key=lambda pair: (-pair[0], pair[1]))
    return [Ranked(*pair) for pair in ranked[:limit]]


class _Form(NamedTuple):
    """One form of a word: its postings, and what each stored weight gives."""

    postings: Postings
    values: list[float]


class _Word(NamedTuple):
    """The forms of a word; `rare` has what the rarer ones together give each document."""

    forms: list[_Form]
    frequent: list[_Form]
    rare: dict[int, float]


def _tables(words: Sequence[Weighted]) -> list[_Word]:
    tables: list[_Word] = []
    for word in words:
        forms: list[_Form] = []
        for postings, share in word.match.parts:
            if len(postings.docs):
                factor = word.rarity * share / 255
                forms.append(_Form(postings, [factor * weight for weight in range(256)]))
        if forms:
            frequent = [form for form in forms if form.postings.spread is not None]
            rare = [form for form in forms if form.postings.spread is None]
            tables.append(_Word(forms, frequent, _best_of(rare) if rare else {}))
    return tables


def _score(docs: Sequence[int], words: Sequence[_Word]) -> list[float]:
    """Return the score of each document (ascending): every word counts by its best form there."""
    total = [0.0] * len(docs)
    for word in words:
        gained = list(map(word.rare.get, docs, repeat(0.0))) if word.rare else None
        for form in word.frequent:
            values = map(form.values.__getitem__, weights_at(form.postings, docs))
            gained = list(values) if gained is None else list(map(max, gained, values))
        total = list(map(add, total, gained or total))
    return total


def _best_of(forms: Sequence[_Form]) -> dict[int, float]:
    """Return what the best of some forms gives each document that has any."""
    longest, *others = sorted(forms, key=lambda form: -len(form.postings.docs))
    values = map(longest.values.__getitem__, longest.postings.weights)
    best_value = dict(zip(longest.postings.docs, values, strict=True))
    for form in others:
        for doc, weight in zip(form.postings.docs, form.postings.weights, strict=True):
            value = form.values[weight]
            if value > best_value.get(doc, 0.0):
                best_value[doc] = value
    return best_value


def _worth_choosing(hits: Bits, words: Sequence[_Word]) -> bool:
    """Tell whether many documents are found, and most of those in the lists."""
    count = hits.bit_count()
    listed = min(max(len(form.postings.docs) for form in word.forms) for word in words)
    return count > MANY and 2 * count > listed


def _promising(segment: Segment, hits: Bits, words: Sequence[_Word], limit: int) -> Bits:
    """Leave out the documents that cannot be among the best `limit`.

    Of each list only the heaviest part is looked at. A document in none of these parts can reach
    no more than the sum of what is just below them; once `limit` documents reach that, the rest
    is hopeless. Otherwise a larger part is tried, and at last all.
    """
    for share in (256, 32, 4):
        seen: Bits = 0
        reach = 0.0
        for word in words:
            below = 0.0
            for form in word.forms:
                count = max(4 * limit, len(form.postings.docs) // share)
                strong, value = _heaviest(segment, form, count)
                seen |= strong & hits
                below = max(below, value)
            reach += below
        if seen.bit_count() >= limit:
            scores = _score(docs_of(seen, segment.size), words)
            if heapq.nlargest(limit, scores)[-1] > reach:
                return seen
    return hits


def _heaviest(segment: Segment, form: _Form, count: int) -> tuple[Bits, float]:
    """Return about the `count` heaviest documents of a list, and what the rest reach at most."""
    postings = form.postings
    weights = bytes(postings.weights)
    if count >= len(weights):
        return postings.bits, 0.0
    step = len(weights) // SAMPLE + 1
    sampled = Counter(weights[::step])
    level, above = 255, sampled[255]
    while level > 1 and above * step < count:
        level -= 1
        above += sampled[level]
    strong = weights.translate(bytes(weight >= level for weight in range(256)))
    return segment.bits_of(compress(postings.docs, strong)), form.values[level - 1]
