"""How the hits divide by country, publisher, speaker, year and briefing.

Few hits are counted one by one. Many are counted value by value as sets, the most frequent value
first, until no value that is left can be among the first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from briefing.search.segment import Bits, Segment, docs_of

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
"""Up to so many hits are counted one by one."""


def count_facets(found: Sequence[tuple[Segment, Bits]]) -> dict[str, list[tuple[str, int]]]:
    """Count each facet's values over the hits of all segments, the most frequent first.

    Counts are exact. Over several segments a value that is rare in each may be missed at the
    tail of the list.
    """
    counters = [_Counting(segment, hits) for segment, hits in found if hits]
    return {facet: _count_field(counters, field) for facet, field in FACETS.items()}


def _count_field(counters: Sequence[_Counting], field: str) -> list[tuple[str, int]]:
    if len(counters) == 1:
        return [(counters[0].segment.term(n), times) for n, times in counters[0].top(field)]
    names = {each.segment.term(n) for each in counters for n, _ in each.top(field)}
    totals = {name: sum(each.count_name(field, name) for each in counters) for name in names}
    return sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]


class _Counting:
    """The hits of one segment, and how they divide."""

    def __init__(self, segment: Segment, hits: Bits) -> None:
        self.segment = segment
        self.hits = hits
        self.few = hits.bit_count() <= FEW
        self._single: Counter[int] | None = None

    def top(self, field: str) -> list[tuple[int, int]]:
        """Return the most frequent values as terms, each with its count."""
        counts = self._singly(field) if self.few else self._by_sets(field)
        return sorted(counts, key=lambda pair: (-pair[1], pair[0]))[:SHOWN]

    def count_name(self, field: str, name: str) -> int:
        """Count one value."""
        number = self.segment.find(field, name)
        return self._count(number) if number is not None else 0

    def _singly(self, field: str) -> list[tuple[int, int]]:
        segment = self.segment
        if self._single is None:
            self._single = Counter(segment.facet_values(docs_of(self.hits, segment.size)))
        values = range(*segment.fields[field])
        return [pair for pair in self._single.items() if pair[0] in values]

    def _by_sets(self, field: str) -> list[tuple[int, int]]:
        """Count the values from the most frequent on, until none can be among the first."""
        counts: list[tuple[int, int]] = []
        bar = 0
        for number in self.segment.ranked(field):
            if self.segment.frequency(number) <= bar:
                break
            times = self._count(number)
            if times:
                counts.append((number, times))
            if len(counts) >= SHOWN and len(counts) % 8 == 4:
                bar = sorted((pair[1] for pair in counts), reverse=True)[SHOWN - 1]
        return counts

    def _count(self, number: int) -> int:
        segment = self.segment
        bits = segment.cached(("value", number), lambda: segment.bits(number))
        return (self.hits & bits).bit_count()


def count_articles(segment: Segment, hits: Bits) -> int:
    """Count the articles that have a hit.

    In each article's stretch of bits, adding ones below its last bit carries into that bit if any
    bit below is set: all articles are looked at in one addition.
    """
    last = segment.last_docs()
    below = segment.everything & ~last
    return ((((hits & below) + below) | hits) & last).bit_count()
