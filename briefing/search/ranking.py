"""Which of the found documents come first: BM25F over lists, with the weights stored at indexing.

The score of a document is the sum, over the words of the query, of how rare the word is times
the weight of its best form there. Only the best are wanted, so what cannot be among them is left
out early.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import compress, repeat
from operator import add, or_
from typing import Final, NamedTuple

from briefing.search.bits import Bits, bits_of_flags, docs_of
from briefing.search.evaluate import Match, weights_at
from briefing.search.segment import Postings, Segment

MANY: Final = 1_500
"""From so many documents on it pays to leave out the hopeless before scoring."""

FOUND_SHARE: Final = 8
"""And where the shortest list has no more than so many times that."""

FEW: Final = 8
"""A list of no more than so many times the wanted documents is never cut."""

SAMPLE: Final = 1_000
"""So many weights of a list tell well enough how they are spread."""

ROUNDING: Final = 1e-9
"""Sums of the same numbers in another order may differ by this share."""


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
    """Tell whether many documents are found, and a fair part of those in the lists."""
    count = hits.bit_count()
    listed = min(max(len(form.postings.docs) for form in word.forms) for word in words)
    return count > MANY and FOUND_SHARE * count > listed


def _promising(segment: Segment, hits: Bits, words: Sequence[_Word], limit: int) -> Bits:
    """Leave out the documents that cannot be among the best `limit`.

    Some heavy documents of each list tell a score that `limit` documents reach. Every list is then
    cut so that what is left out of all lists together stays below that score: a document in none
    of the upper parts is hopeless (as in MaxScore; Turtle and Flood 1995).
    """
    most: list[float] = []
    probed: Bits = 0
    share = 4 * limit / hits.bit_count()
    for word in words:
        tops = [
            _top(segment, form, 4 * limit + int(share * len(form.postings.docs)))
            for form in word.forms
        ]
        probed |= reduce(or_, (heavy for heavy, _ in tops))
        most.append(max(value for _, value in tops))
    scores = _score(docs_of(probed & hits, segment.size), words)
    if len(scores) < limit:
        return hits
    listed = [sum(len(form.postings.docs) for form in word.forms) for word in words]
    bars = _bars(
        {place: most[place] for place, length in enumerate(listed) if length > FEW * limit},
        heapq.nlargest(limit, scores)[-1] * (1 - ROUNDING),
    )
    upper = (
        _at_least(segment, form, bars.get(place, 0.0))
        for place, word in enumerate(words)
        if bars.get(place, 0.0) <= most[place]
        for form in word.forms
    )
    return reduce(or_, upper, 0) & hits


def _bars(most: Mapping[int, float], score: float) -> dict[int, float]:
    """Set for each word, which gives `most` at most, a bar; together they make up `score`.

    A word that can give little is passed over as a whole, being a frequent one with a long list,
    as long as that takes no more than half of what may be left out.
    """
    bars: dict[int, float] = {}
    left = score
    rest = sorted(most, key=most.__getitem__)
    while len(rest) > 1 and most[rest[0]] <= left / 2:
        word = rest.pop(0)
        bars[word] = math.nextafter(most[word], math.inf)
        left -= bars[word]
    whole = sum(most[word] for word in rest)
    bars |= {word: left * most[word] / whole for word in rest}
    return bars


def _top(segment: Segment, form: _Form, count: int) -> tuple[Bits, float]:
    """Return about the `count` heaviest documents of a list, and the most any of it gets."""
    weights = bytes(form.postings.weights)
    if count >= len(weights):
        return form.postings.bits, form.values[max(weights)]
    step = len(weights) // SAMPLE + 1
    sampled = Counter(weights[::step])
    level, above = 255, sampled[255]
    while level > 1 and above * step < count:
        level -= 1
        above += sampled[level]
    heavier = weights.translate(None, bytes(range(level)))
    return _heavy(segment, form, level), form.values[max(heavier, default=level)]


def _at_least(segment: Segment, form: _Form, bar: float) -> Bits:
    """Return the documents that a list gives `bar` or more."""
    return _heavy(segment, form, bisect_left(form.values, bar))


def _heavy(segment: Segment, form: _Form, level: int) -> Bits:
    """Return the documents of a list whose weight is `level` or more."""
    marks = bytes(level) + b"\1" * (256 - level)
    postings = form.postings
    if postings.spread is not None and level > 0:
        return bits_of_flags(bytes(postings.spread).translate(marks))
    strong = bytes(postings.weights).translate(marks)
    return segment.bits_of(compress(postings.docs, strong))
