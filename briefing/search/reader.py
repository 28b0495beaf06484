"""An index at one moment: its segments with what still counts of each, and asking them."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Container, Sequence
from functools import reduce
from itertools import compress
from operator import or_
from pathlib import Path
from typing import NamedTuple

from briefing.search.bits import Bits, docs_of, flags_of
from briefing.search.documents import ArticleRecord, ChunkRecord
from briefing.search.errors import IndexStale
from briefing.search.evaluate import Matcher
from briefing.search.facets import count_articles, count_facets
from briefing.search.query import Field, Leaf, Node, leaves
from briefing.search.ranking import Ranked, Weighted, best, rarity
from briefing.search.segment import Segment
from briefing.search.snippets import Span, find_spans
from briefing.search.toc import Contents, Entry


class Found(NamedTuple):
    """A chunk that a query finds, with its article and how many chunks of that are found."""

    score: float
    article: ArticleRecord
    chunk: ChunkRecord
    in_article: int
    spans: tuple[Span, ...]


class Answer(NamedTuple):
    """The best chunks, and how all that are found divide."""

    found: tuple[Found, ...]
    chunks: int
    articles: int
    facets: dict[str, list[tuple[str, int]]]


class Live(NamedTuple):
    """A segment with the documents of it that still count."""

    segment: Segment
    live: Bits
    entry: Entry

    @classmethod
    def of(cls, segment: Segment, entry: Entry) -> Live:
        """Take the documents that the table of contents does not list as deleted."""
        return cls(segment, segment.everything & ~int.from_bytes(entry.deleted, "little"), entry)


class Snapshot:
    """An index as it was at one moment, however it changes meanwhile."""

    def __init__(self, contents: Contents, parts: Sequence[Live]) -> None:
        self.contents = contents
        self.parts = tuple(parts)
        self.size = sum(part.live.bit_count() for part in parts)

    @classmethod
    def open(cls, folder: Path, contents: Contents, before: Snapshot | None = None) -> Snapshot:
        """Map the segments; those that `before` has mapped already are shared with it.

        Raises IndexStale where a file is missing or damaged.
        """
        mapped = {part.entry.segment_id: part.segment for part in before.parts} if before else {}
        parts: list[Live] = []
        for entry in contents.entries:
            segment = mapped.get(entry.segment_id) or Segment(folder / entry.file_name)
            if segment.size != entry.docs:
                raise IndexStale(f"the search index is damaged ({entry.file_name}, size)")
            parts.append(Live.of(segment, entry))
        return cls(contents, parts)

    def is_open(self) -> bool:
        """Tell whether it holds the segments that its table of contents lists."""
        return len(self.parts) == len(self.contents.entries)

    def ask(
        self, root: Node, *, roles: Collection[str], limit: int, newest: bool = False
    ) -> Answer:
        """Find what a resolved query asks for, in chunks of these roles."""
        words = tuple(dict.fromkeys(leaves(root)))
        matchers = [Matcher(part.segment) for part in self.parts]
        hits = [
            (part.segment, matcher.bits(root) & part.live & _role_bits(part.segment, roles))
            for part, matcher in zip(self.parts, matchers, strict=True)
        ]
        ranked = self._rank(hits, matchers, words, limit, newest=newest)
        asked = [[matcher.numbers(word) for word in words] for matcher in matchers]
        return Answer(
            found=tuple(
                self._found(Ranked(score, doc), hits[place], asked[place])
                for score, place, doc in ranked
            ),
            chunks=sum(bits.bit_count() for _, bits in hits),
            articles=sum(count_articles(segment, bits) for segment, bits in hits),
            facets=count_facets(hits),
        )

    def count(self, root: Node) -> int:
        """Count the documents of any role that a resolved query finds."""
        matchers = ((part, Matcher(part.segment)) for part in self.parts)
        return sum((matcher.bits(root) & part.live).bit_count() for part, matcher in matchers)

    def _rank(
        self,
        hits: Sequence[tuple[Segment, Bits]],
        matchers: Sequence[Matcher],
        words: Sequence[Leaf],
        limit: int,
        *,
        newest: bool,
    ) -> list[tuple[float, int, int]]:
        """Choose the hits to show: (score, place of the segment, document), in order."""
        rarities = {
            word: rarity(self._count_live(matchers, word), self.size)
            for word in words
            if not isinstance(word, Field)
        }
        # Values of fields rank nothing: what has them is shown by date.
        newest = newest or not rarities
        chosen: list[tuple[tuple[float, ...], float, int, int]] = []
        for place, ((segment, bits), matcher) in enumerate(zip(hits, matchers, strict=True)):
            wanted = limit
            if newest:
                bits = _newest(segment, bits, limit)  # noqa: PLW2901
                wanted = bits.bit_count()
            weighted = [Weighted(matcher.match(word), rare) for word, rare in rarities.items()]
            for score, doc in best(segment, bits, weighted, wanted) if bits else ():
                day = segment.days[2 * segment.article_of(doc)] if newest else 0
                chosen.append(((-day, -score), score, place, doc))
        chosen.sort(key=lambda row: row[0])
        return [row[1:] for row in chosen[:limit]]

    def _count_live(self, matchers: Sequence[Matcher], word: Leaf) -> int:
        pairs = zip(matchers, self.parts, strict=True)
        return sum((matcher.match(word).bits & part.live).bit_count() for matcher, part in pairs)

    def _found(
        self,
        hit: Ranked,
        hits: tuple[Segment, Bits],
        asked: Sequence[Sequence[Container[int]]],
    ) -> Found:
        segment, bits = hits
        number = segment.article_of(hit.doc)
        first, end = segment.first_docs[number], segment.first_docs[number + 1]
        chunk = segment.chunk(hit.doc)
        return Found(
            score=hit.score,
            article=segment.article(number),
            chunk=chunk,
            in_article=(bits >> first & ((1 << (end - first)) - 1)).bit_count(),
            spans=find_spans(chunk.text, *segment.text_words(hit.doc), asked),
        )


def _role_bits(segment: Segment, roles: Collection[str]) -> Bits:
    def make() -> Bits:
        numbers = (segment.find("role", role) for role in roles)
        return reduce(or_, (segment.bits(n) for n in numbers if n is not None), 0)

    return segment.cached(("roles", frozenset(roles)), make)


def _newest(segment: Segment, hits: Bits, limit: int) -> Bits:
    """Keep the hits of the newest articles: at least `limit` of them, where there are as many."""
    count = hits.bit_count()
    if count <= limit:
        return hits
    # Few hits are looked at one by one; among many the newest articles soon have enough.
    if count * count <= limit * segment.articles:
        return _newest_of_few(segment, docs_of(hits, segment.size), limit)
    flags = flags_of(hits, segment.size)
    kept: list[int] = []
    for number in segment.cached("newest", lambda: _by_day(segment)):
        first, end = segment.first_docs[number], segment.first_docs[number + 1]
        kept.extend(doc for doc in range(first, end) if flags[doc])
        if len(kept) >= limit:
            break
    return segment.bits_of(kept)


def _newest_of_few(segment: Segment, docs: Sequence[int], limit: int) -> Bits:
    days = segment.first_days()
    found = [days[segment.article_of(doc)] for doc in docs]
    oldest = heapq.nlargest(limit, found)[-1]
    return segment.bits_of(compress(docs, map(oldest.__le__, found)))


def _by_day(segment: Segment) -> list[int]:
    days = segment.first_days()
    return sorted(range(len(days)), key=days.__getitem__, reverse=True)
