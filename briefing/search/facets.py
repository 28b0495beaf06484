"""How the hits divide by country, publisher, speaker, year and briefing.

Few hits are counted one by one. Many are counted value by value as sets, the most frequent value
first, until no value that is left can be among the first.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property
from itertools import compress, repeat
from typing import Final

from briefing.search.documents import CHUNK_FACETS
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
FEW_SHARE: Final = 12
"""Hits in less than one of so many chunks are counted one by one."""
RARE: Final = 300
"""A value of fewer chunks is counted one by one, a more frequent one as a set."""


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
        self.flags = flags_of(hits, segment.size)
        self.count = hits.bit_count()
        self.few = self.count * FEW_SHARE <= segment.size
        self._counts: dict[str, dict[int, int]] = {}

    def top(self, field: str) -> list[tuple[int, int]]:
        """Return the most frequent values as terms, each with its count."""
        counts = self._from_the_top(field) if self._is_large(field) else self._all(field).items()
        return sorted(counts, key=lambda pair: (-pair[1], pair[0]))[:SHOWN]

    def count_name(self, field: str, name: str) -> int:
        """Count one value."""
        number = self.segment.find_again(field, name)
        if number is None:
            return 0
        return self._count(number) if self._is_large(field) else self._all(field).get(number, 0)

    def _is_large(self, field: str) -> bool:
        return not self.few and field in CHUNK_FACETS

    def _all(self, field: str) -> dict[int, int]:
        """Count every value of a field."""
        if field not in self._counts:
            if field in CHUNK_FACETS:
                self._count_chunk_values()
            else:
                self._counts[field] = self._count_article_values(field)
        return self._counts[field]

    def _count_chunk_values(self) -> None:
        segment = self.segment
        counts = Counter(segment.facet_values(docs_of(self.hits, segment.size)))
        for field in CHUNK_FACETS:
            values = range(*segment.fields[field])
            self._counts[field] = {n: times for n, times in counts.items() if n in values}

    def _count_article_values(self, field: str) -> dict[int, int]:
        articles, times = self._in_articles
        counts: defaultdict[int, int] = defaultdict(int)
        values = self.segment.article_values(field)
        for value, hits in zip(map(values.__getitem__, articles), times, strict=True):
            counts[value - 1] += hits
        counts.pop(-1, None)
        return counts

    @cached_property
    def _in_articles(self) -> tuple[Sequence[int], Sequence[int]]:
        """The articles that have hits, and how many each has."""
        segment = self.segment
        if self.count * 3 <= segment.articles:
            found = Counter(map(segment.article_of, docs_of(self.hits, segment.size)))
            return list(found), list(found.values())
        at = segment.article_starts()
        counts = list(map(self.flags.count, repeat(1), at, at[1:]))
        return list(compress(range(len(counts)), counts)), list(filter(None, counts))

    def _from_the_top(self, field: str) -> list[tuple[int, int]]:
        """Count the values from the most frequent on, until none can be among the first."""
        counts: list[tuple[int, int]] = []
        highest = [0] * SHOWN
        for number in self.segment.ranked(field):
            if self.segment.frequency(number) <= highest[0]:
                break
            times = self._count(number)
            if times > highest[0]:
                counts.append((number, times))
                heapq.heapreplace(highest, times)
        return counts

    def _count(self, number: int) -> int:
        segment = self.segment
        if segment.frequency(number) < RARE:
            return sum(map(self.flags.__getitem__, segment.docs_with(number)))
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
