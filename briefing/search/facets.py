"""How the hits divide by country, publisher, speaker, year and briefing.

Few hits are counted one by one. Many are counted value by value as sets, the most frequent value
first, until no value that is left can be among the first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Final

from briefing.search.segment import Bits, Segment, docs_of, flags_of

FACETS: Final = {
    "country": "country",
    "publisher": "publisher_name",
    "speaker": "speaker_name",
    "year": "year",
    "briefing": "briefing",
}
"""The field that each facet counts."""

SHOWN: Final = 20
"""So many values of a facet are given."""
FEW: Final = 1_500


def count_facets(found: Sequence[tuple[Segment, Bits]]) -> dict[str, list[tuple[str, int]]]:
    """Count each facet's values over the hits of all segments, the most frequent first.

    Counts are exact. Over several segments a value that is rare in each may be missed at the
    tail of the list.
    """
    counters = {facet: Counter[str]() for facet in FACETS}
    large = []
    for segment, hits in found:
        if hits.bit_count() <= FEW:
            _count_singly(segment, hits, counters)
        elif hits:
            large.append((segment, hits))
    for facet, field in FACETS.items():
        _count_sets(large, field, counters[facet])
    return {facet: _top(counter) for facet, counter in counters.items()}


def _top(counter: Counter[str]) -> list[tuple[str, int]]:
    ordered = sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))
    return ordered[:SHOWN]


def _count_singly(segment: Segment, hits: Bits, counters: dict[str, Counter[str]]) -> None:
    if not hits:
        return
    numbers = Counter(segment.facet_values(docs_of(hits, segment.size)))
    for facet, field in FACETS.items():
        first, last = segment.fields[field]
        for number, times in numbers.items():
            if first <= number < last:
                counters[facet][segment.term(number)] += times


def _count_sets(large: Sequence[tuple[Segment, Bits]], field: str, counter: Counter[str]) -> None:
    candidates = set(counter)
    for segment, hits in large:
        candidates.update(_frequent(segment, hits, field))
    for segment, hits in large:
        for value in candidates:
            number = segment.find(field, value)
            if number is not None:
                counter[value] += _count(segment, hits, number)
    for value in [value for value, times in counter.items() if not times]:
        del counter[value]


def _frequent(segment: Segment, hits: Bits, field: str) -> list[str]:
    """Name the values that most hits have: those that can be among the first shown."""
    counts: list[tuple[int, int]] = []
    bar = 0
    for number in segment.ranked(field):
        if segment.frequency(number) <= bar:
            break
        counts.append((_count(segment, hits, number), number))
        if len(counts) >= SHOWN and len(counts) % 8 == 4:
            bar = sorted(counts, reverse=True)[SHOWN - 1][0]
    best = islice(sorted(counts, key=lambda pair: (-pair[0], pair[1])), SHOWN + 4)
    return [segment.term(number) for times, number in best if times]


def _count(segment: Segment, hits: Bits, number: int) -> int:
    return (hits & segment.cached(("value", number), lambda: segment.bits(number))).bit_count()


def count_articles(segment: Segment, hits: Bits) -> int:
    """Count the articles that have a hit."""
    if not hits:
        return 0
    flags = flags_of(hits, segment.size)
    at = segment.first_docs.tolist()
    if len(at) > 4 * hits.bit_count():
        return len({segment.article_of(doc) for doc in docs_of(hits, segment.size)})
    find = flags.find
    return sum(find(1, start, end) >= 0 for start, end in zip(at, at[1:], strict=False))
