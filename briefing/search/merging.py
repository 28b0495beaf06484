"""Folding segments into one: which, and how, without reading a text again."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, compress
from typing import Final, NamedTuple, Protocol

from briefing.search.arrays import FIELDS, SegmentArrays
from briefing.search.bits import Bits, flags_of
from briefing.search.documents import ARTICLE_FACETS
from briefing.search.segment import Segment

FOLD_AT: Final = 8
"""So many segments of about one size are folded together."""
CROWD: Final = 24
"""With more segments than this, asking them all costs more than waiting for a fold."""
_SMALLEST: Final = 64


class Part(NamedTuple):
    """A segment with the documents of it that still count."""

    segment: Segment
    live: Bits


class Foldable(Protocol):
    """A segment with the documents of it that still count, whoever has it open."""

    @property
    def segment(self) -> Segment:
        """The segment as it was written."""

    @property
    def live(self) -> Bits:
        """The documents that still count."""


def choose(parts: Sequence[Foldable], at_most: int | None = None) -> list[int]:
    """Choose the segments to fold next, by place; none where nothing is due.

    Due is the smallest size class that is full, if it has `at_most` documents, and then a segment
    of which most was deleted. A class spans a factor of eight, so that a document is folded about
    once a class: adding one by one costs little, and the number of segments grows with the
    logarithm of the library.
    """
    sizes = [part.live.bit_count() for part in parts]
    classes: dict[int, list[int]] = {}
    for place, size in enumerate(sizes):
        classes.setdefault(_size_class(size), []).append(place)
    full = [places for _, places in sorted(classes.items()) if len(places) >= FOLD_AT]
    thinned = [[n] for n, part in enumerate(parts) if 2 * sizes[n] < part.segment.size]
    for places in (*full, *thinned):
        if at_most is None or sum(sizes[place] for place in places) <= at_most:
            return places
    return []


def _size_class(size: int) -> int:
    found = 0
    while size > _SMALLEST:
        size //= FOLD_AT
        found += 1
    return found


def merge(parts: Sequence[Part]) -> tuple[int, list[bytes]]:
    """Fold segments into one, deleted documents left out: its size and its file's pieces."""
    merger = _Merger(parts)
    return merger.size, merger.arrays().pack()


class _Merger:
    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self.alive = [flags_of(part.live, part.segment.size) for part in parts]
        self.whole = [part.live == part.segment.everything for part in parts]
        self.bases: list[int] = []
        self.size = 0
        for part in parts:
            self.bases.append(self.size)
            self.size += part.live.bit_count()
        self.terms: dict[str, list[bytes]] = {field: [] for field in FIELDS}
        self.numbers: dict[str, list[int]] = {field: [] for field in FIELDS}
        self.docs: list[array[int]] = []
        self.weights: list[bytearray] = []
        sizes = [len(part.segment.docs_at) - 1 for part in parts]
        self.new_numbers = [array("I", bytes(4 * size)) for size in sizes]
        self.kept = [bytearray(size) for size in sizes]

    def arrays(self) -> SegmentArrays:
        self._merge_terms()
        stream, stream_at = self._runs("stream", self._shifted_numbers)
        starts, starts_at = self._runs("starts", None)
        facets, facets_at = self._runs("facets", self.new_numbers.__getitem__)
        articles, first_docs, values, days = self._articles()
        return SegmentArrays(
            terms=self.terms,
            stems=self._stems(),
            numbers=self.numbers,
            docs=self.docs,
            weights=self.weights,
            stream=stream,
            stream_at=stream_at,
            starts=starts,
            starts_at=starts_at,
            facets=facets,
            facets_at=facets_at,
            chunks=self._chunks(),
            articles=articles,
            first_docs=first_docs,
            article_values=values,
            days=days,
        )

    def _merge_terms(self) -> None:
        """Give every term that still has documents its new number, with its postings."""
        known: dict[tuple[str, bytes], int] = {}
        for place, part in enumerate(self.parts):
            new_docs = self._new_docs(place)
            for field in FIELDS:
                first, last = part.segment.fields[field]
                for number, text in enumerate(part.segment.texts(first, last), first):
                    docs, weights = self._moved(place, number, new_docs)
                    if docs:
                        self.kept[place][number] = 1
                        key = (field, text)
                        self.new_numbers[place][number] = self._post(known, key, docs, weights)

    def _stems(self) -> dict[bytes, list[int]]:
        """Join what the parts know of which words share a stem."""
        stems: dict[bytes, dict[int, None]] = {}
        for place, (segment, _) in enumerate(self.parts):
            new, kept = self.new_numbers[place], self.kept[place]
            for root, forms in segment.stems():
                for form in filter(kept.__getitem__, forms):
                    stems.setdefault(root, {})[new[form]] = None
        return {root: list(forms) for root, forms in stems.items()}

    def _post(
        self,
        known: dict[tuple[str, bytes], int],
        key: tuple[str, bytes],
        docs: array[int],
        weights: bytearray,
    ) -> int:
        new = known.get(key)
        if new is not None:
            self.docs[new].extend(docs)
            self.weights[new].extend(weights)
            return new
        new = known[key] = len(self.docs)
        self.terms[key[0]].append(key[1])
        self.numbers[key[0]].append(new)
        self.docs.append(docs)
        self.weights.append(weights)
        return new

    def _new_docs(self, place: int) -> array[int]:
        """Give live documents of a part new numbers; a deleted one takes the next one's."""
        counted = accumulate(self.alive[place], initial=self.bases[place])
        return array("I", counted)

    def _moved(self, place: int, number: int, new_docs: array[int]) -> tuple[array[int], bytearray]:
        segment, alive = self.parts[place].segment, self.alive[place]
        start, end = segment.docs_at[number], segment.docs_at[number + 1]
        docs, weights = segment.docs[start:end], segment.weights[start:end]
        if self.whole[place]:
            return array("I", map(new_docs.__getitem__, docs)), bytearray(weights)
        kept = bytes(map(alive.__getitem__, docs))
        moved = array("I", map(new_docs.__getitem__, compress(docs, kept)))
        return moved, bytearray(compress(weights, kept))

    def _shifted_numbers(self, place: int) -> array[int]:
        """Return the new numbers of the stream's terms: term + 1, and 0 between stretches."""
        return array("I", [0, *(number + 1 for number in self.new_numbers[place])])

    def _runs(
        self, name: str, tables: Callable[[int], array[int]] | None
    ) -> tuple[array[int], array[int]]:
        """Join a section that holds a run of items for each document, renumbered by `tables`."""
        joined, ends = array("I"), array("I", [0])
        for place, (segment, _) in enumerate(self.parts):
            items, at = segment.section(name), segment.section(f"{name}_at")
            table = tables(place) if tables else None
            for doc in self._kept_docs(place):
                run = items[at[doc] : at[doc + 1]]
                joined.extend(map(table.__getitem__, run) if table else run)
                ends.append(len(joined))
        return joined, ends

    def _chunks(self) -> list[bytes]:
        chunks: list[bytes] = []
        for place, (segment, _) in enumerate(self.parts):
            data, at = segment.section("chunks"), segment.section("chunks_at")
            chunks.extend(bytes(data[at[doc] : at[doc + 1]]) for doc in self._kept_docs(place))
        return chunks

    def _articles(self) -> tuple[list[bytes], array[int], array[int], array[int]]:
        """Keep the articles that still have documents: records, places, values and dates."""
        articles: list[bytes] = []
        first_docs, all_values, days = array("I"), array("I"), array("I")
        width = len(ARTICLE_FACETS)
        for place, (segment, _) in enumerate(self.parts):
            data, at = segment.section("articles"), segment.section("articles_at")
            new_docs = self._new_docs(place)
            values, table = segment.section("article_values"), self._shifted_numbers(place)
            for number in range(segment.articles):
                first, end = segment.first_docs[number], segment.first_docs[number + 1]
                if new_docs[end] > new_docs[first]:
                    articles.append(bytes(data[at[number] : at[number + 1]]))
                    first_docs.append(new_docs[first])
                    kept = values[width * number : width * (number + 1)]
                    all_values.extend(map(table.__getitem__, kept))
                    days.extend(segment.days[2 * number : 2 * number + 2])
        return articles, first_docs, all_values, days

    def _kept_docs(self, place: int) -> Iterable[int]:
        return compress(range(self.parts[place].segment.size), self.alive[place])
