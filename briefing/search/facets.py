"""How the hits divide by country, publisher, speaker, year and briefing.

Few hits are counted one by one. Many are counted as sets, value by value, or in one pass over a
field's postings; what an article has one value of is counted article by article.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property, partial
from itertools import compress, repeat
from typing import Final

from briefing.search.bits import Bits, docs_of, flags_of
from briefing.search.documents import CHUNK_FACETS
from briefing.search.segment import Segment

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
FEW_SHARE: Final = 64
"""Hits in less than one of so many chunks are counted one by one."""
SETS: Final = 300
"""A field of so many values is counted by sets."""
RUNS: Final = 2
"""Values that stand in no more than so many runs each are counted by these."""
RARE: Final = 100
"""A value of fewer chunks is counted one by one all the same."""


def count_facets(found: Sequence[tuple[Segment, Bits]]) -> dict[str, list[tuple[str, int]]]:
    """Count each facet's values over the hits of all segments, the most frequent first.

    Counts are exact. Over several segments a value that is rare in each may be missed at the
    tail of the list.
    """
    counters = [_Counting(segment, hits) for segment, hits in found if hits]
    return {facet: _count_field(counters, field) for facet, field in FACETS.items()}


def _count_field(counters: Sequence[_Counting], field: str) -> list[tuple[str, int]]:
    if len(counters) == 1:
        return [(counters[0].segment.term_again(n), times) for n, times in counters[0].top(field)]
    names = {each.segment.term_again(n) for each in counters for n, _ in each.top(field)}
    totals: Counter[str] = Counter()
    for each in counters:
        totals.update(each.count_names(field, names))
    return sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]


class _Counting:
    """The hits of one segment, and how they divide."""

    def __init__(self, segment: Segment, hits: Bits) -> None:
        self.segment = segment
        self.hits = hits
        self.count = hits.bit_count()
        self.few = self.count * FEW_SHARE <= segment.size
        self._counts: dict[str, dict[int, int]] = {}

    def top(self, field: str) -> list[tuple[int, int]]:
        """Return the most frequent values as terms, each with its count."""
        counts = self._all(field)
        shown: Iterable[tuple[int, int]] = counts.items()
        if len(counts) > SHOWN:
            least = heapq.nlargest(SHOWN, counts.values())[-1]
            shown = compress(shown, map(least.__le__, counts.values()))
        return sorted(shown, key=lambda pair: (-pair[1], pair[0]))[:SHOWN]

    def count_names(self, field: str, names: Collection[str]) -> dict[str, int]:
        """Count these values, those that none of the hits has left out."""
        counts, segment = self._all(field), self.segment
        if len(counts) <= len(names):
            named = ((segment.term_again(number), times) for number, times in counts.items())
            return {name: times for name, times in named if name in names}
        found = ((name, segment.find_again(field, name)) for name in names)
        return {name: counts[number] for name, number in found if number in counts}

    def _all(self, field: str) -> dict[int, int]:
        """Count every value of a field."""
        if field not in self._counts:
            self._counts[field] = self._count_values(field)
        return self._counts[field]

    def _count_values(self, field: str) -> dict[int, int]:
        values = range(*self.segment.fields[field])
        in_articles = field not in CHUNK_FACETS
        if self.few and not in_articles:
            return {n: times for n, times in self._singly.items() if n in values}
        if in_articles and not self.few:
            runs = self.segment.article_runs(field)
            if len(runs) <= RUNS * len(values):
                return self._by_runs(runs)
        if not self.few and len(values) <= SETS:
            return self._by_sets(values)
        if in_articles and (self.few or self._articles_are_long()):
            return self._count_article_values(field)
        return self._by_postings(values)

    def _articles_are_long(self) -> bool:
        """Tell whether counting article by article is less work than chunk by chunk."""
        return self.segment.articles * 8 <= self.segment.size

    @cached_property
    def flags(self) -> bytes:
        """The hits as one byte a document."""
        return flags_of(self.hits, self.segment.size)

    @cached_property
    def docs(self) -> Sequence[int]:
        """The hits one by one."""
        return docs_of(self.hits, self.segment.size)

    @cached_property
    def _singly(self) -> Counter[int]:
        """The values of the chunk facets, counted hit by hit."""
        return Counter(self.segment.facet_values(self.docs))

    def _by_sets(self, values: range) -> dict[int, int]:
        segment, counts = self.segment, {}
        for number in values:
            if segment.frequency(number) < RARE:
                times = sum(map(self.flags.__getitem__, segment.docs_with(number)))
            else:
                bits = segment.cached(("value", number), partial(segment.bits, number))
                times = (self.hits & bits).bit_count()
            if times:
                counts[number] = times
        return counts

    def _by_runs(self, runs: Sequence[tuple[int, int, int]]) -> dict[int, int]:
        """Count values that stand in long runs, as that of the briefing, run by run."""
        counts: Counter[int] = Counter()
        for number, first, end in runs:
            counts[number] += self.flags.count(1, first, end)
        return +counts

    def _by_postings(self, values: range) -> dict[int, int]:
        """Count all values in one pass over their postings, which lie side by side."""
        return self.segment.count_each(values, self.flags)

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
            found = Counter(map(segment.article_of, self.docs))
            return list(found), list(found.values())
        at = segment.article_starts()
        counts = list(map(self.flags.count, repeat(1), at, at[1:]))
        return list(compress(range(len(counts)), counts)), list(filter(None, counts))


def count_articles(segment: Segment, hits: Bits) -> int:
    """Count the articles that have a hit.

    In each article's stretch of bits, adding ones below its last bit carries into that bit if any
    bit below is set: all articles are looked at in one addition.
    """
    last = segment.last_docs()
    below = segment.everything & ~last
    return ((((hits & below) + below) | hits) & last).bit_count()
