"""Reading one Whoosh segment: postings block by block, with a cache."""

from __future__ import annotations

import functools
import weakref
from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise, repeat
from typing import Any, Final, NamedTuple

from briefing.model import decoder_of
from briefing.search._whoosh import importing_quietly
from briefing.search.documents import ArticleRecord, ChunkRecord
from briefing.search.planning import FACETS, one_letter_off

with importing_quietly():
    from whoosh import reading
    from whoosh.codec import whoosh3

FIELDS: Final = (
    *("text", "stem", "prefix", "headline", "section", "tag", "note", "publisher"),
    *("country", "stance", "speaker", "cites", "voice", "name", "role"),
    *("briefing", "article", "first", "outlet", "year"),
)
COLUMNS: Final = ("passage", "record", "first_day", "last_day")
MAX_PREFIX: Final = 4
"""Prefixes up to this length are indexed; longer ones are expanded from the vocabulary."""
SLOT_BITS: Final = 6
"""The low bits of a slot place that count words; the high bits number the annotation."""
KEPT: Final = 256
"""Cached postings per segment, and cached prefix expansions."""
KEPT_PLACES: Final = 32
"""Cached postings with places, which are larger."""


class Postings(NamedTuple):
    """The ascending passages with a term, its weight and, if read, `packed` places in each."""

    docs: Sequence[int] = ()
    weights: Sequence[float] = ()
    places: Sequence[bytes] = ()


def packed(places: Sequence[int]) -> bytes:
    """Encode ascending places in two bytes each, or, after a marker byte, in four."""
    if len(places) == 1:
        return _one_place(places[0])
    return _pack(places)


def _pack(places: Sequence[int]) -> bytes:
    if places[-1] < 1 << 16:
        return array("H", places).tobytes()
    return b"4" + array("I", places).tobytes()


@functools.lru_cache(maxsize=1 << 14)
def _one_place(place: int) -> bytes:
    """Encode a single place, as most terms of a passage have: postings share the bytes."""
    return _pack((place,))


def unpacked(value: bytes) -> array[int]:
    """Decode places encoded by `packed`."""
    return array("I", value[1:]) if len(value) & 1 else array("H", value)


def _read(matcher: Any, *, places: bool) -> Postings:
    """Read all postings of a matcher block by block; Whoosh has no public call for that."""
    docs, weights, values = array("I"), array("f"), list[bytes]()
    while True:
        matcher._read_data()  # noqa: SLF001
        steps, weighed, held = matcher._data  # noqa: SLF001
        docs.extend(accumulate(steps))
        if isinstance(weighed, tuple):
            weights.extend(weighed)
        else:  # One weight for all, or None for 1.
            weights.extend(repeat(1.0 if weighed is None else weighed, len(steps)))
        if places:
            values.extend(held)
        matcher._next_block()  # noqa: SLF001
        if not matcher.is_active():
            return Postings(docs, weights, values)


class Segment:
    """One segment's passages, numbered from 0, and its articles, with caches of what was read."""

    def __init__(self, storage: Any, schema: Any, segment: Any) -> None:
        # Without deletions, which belong to a table of contents: postings stay complete.
        self.size: int = segment.doc_count_all()
        bare = whoosh3.W3Segment(segment.codec(), segment.indexname, self.size, segment.segid)
        self._segment = bare
        self._reader = reading.SegmentReader(storage, schema, bare)
        # Readers in other threads may still use the segment when it is no longer listed.
        weakref.finalize(self, self._reader.close)
        # Opened at once: a later writer may delete the files of a merged segment.
        self._columns = {name: self._column(name) for name in COLUMNS}
        self.postings: Callable[[str, str], Postings] = functools.lru_cache(maxsize=KEPT)(
            self._postings
        )
        self.placed = functools.lru_cache(maxsize=KEPT_PLACES)(
            functools.partial(self._postings, places=True)
        )
        self.expand = functools.lru_cache(maxsize=KEPT)(self._expand)
        self.counted = functools.lru_cache(maxsize=KEPT)(self._counted)
        self.article = functools.cache(self._article)
        self.starts = [*self.postings("first", "1").docs, self.size]
        self.article_of = array("I")
        for number, (start, end) in enumerate(pairwise(self.starts)):
            self.article_of.extend(repeat(number, end - start))

    def _postings(self, field: str, term: str, *, places: bool = False) -> Postings:
        try:
            return _read(self._reader.postings(field, term), places=places)
        except reading.TermNotFound:
            return Postings()

    def walk(self) -> Iterator[tuple[str, str, Postings]]:
        """Yield field, term and postings with places of every term, faster than one by one."""
        codec, schema = self._reader.codec(), self._reader.schema
        with self._segment.open_file(self._reader.storage(), codec.POSTS_EXT) as file:
            for (field, term), info in self._reader:
                matcher = codec.postings_reader(file, info, schema[field].format)
                yield field, term.decode("utf-8"), _read(matcher, places=True)

    def _expand(self, field: str, prefix: str) -> tuple[str, ...]:
        terms = self._reader.expand_prefix(field, prefix)
        return tuple(term.decode("utf-8") for term in terms)

    def _counted(self, field: str, prefix: str) -> Mapping[str, int]:
        return {term: self.frequency(field, term) for term in self.expand(field, prefix)}

    def near(self, term: str, distance: int) -> Collection[str]:
        """Return the terms within an edit distance that have the same first letter."""
        if distance == 1:
            return one_letter_off(term).intersection(self.expand("text", term[:1]))
        return list(self._reader.terms_within("text", term, distance, prefix=1))

    def frequency(self, field: str, term: str) -> int:
        """Return the number of passages with a term."""
        return int(self._reader.doc_frequency(field, term))

    def _column(self, name: str) -> Any:
        if not self._reader.has_column(name):
            raise FileNotFoundError(f"the column {name} of a segment is gone")
        return self._reader.column_reader(name, translate=False)

    def _article(self, number: int) -> ArticleRecord:
        stored = self._columns["record"][self.starts[number]]
        return decoder_of(ArticleRecord).decode(stored)

    def passage(self, doc: int) -> ChunkRecord:
        """Return the stored record of a passage."""
        return decoder_of(ChunkRecord).decode(self._columns["passage"][doc])

    @functools.cached_property
    def days(self) -> Sequence[tuple[int, int]]:
        """The first and last day of each article's date, yyyymmdd, or zeros."""
        first, last = self._columns["first_day"], self._columns["last_day"]
        return [(first[doc], last[doc]) for doc in self.starts[:-1]]

    @functools.cached_property
    def facets(self) -> Mapping[str, Sequence[Sequence[str]]]:
        """The values of each facet, by article number."""
        held = [self._article(number).facets for number in range(len(self.starts) - 1)]
        return {facet: [each.get(facet, ()) for each in held] for facet in FACETS}

    def verify(self) -> None:
        """Read every term and passage; raises whatever Whoosh raises for damaged files."""
        for _ in self.walk():
            pass
        for doc in range(self.size):
            self.passage(doc)
        for number, _ in enumerate(self.days):
            self._article(number)
