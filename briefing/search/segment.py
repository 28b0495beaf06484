"""Reading one segment: terms by bisection, postings as views, sets of documents as bits.

Nothing is loaded on opening.
"""

from __future__ import annotations

import heapq
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, reduce
from itertools import chain, compress, groupby, pairwise, repeat
from operator import getitem, itemgetter, or_, sub
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from briefing.search.bits import Bits, bits_of_docs, bits_of_flags
from briefing.search.documents import ARTICLE_FACETS, FACET_FIELDS, ArticleRecord, ChunkRecord
from briefing.search.layout import SegmentFile

_T = TypeVar("_T")

_chunk_decoder = msgspec.json.Decoder(ChunkRecord)
_article_decoder = msgspec.json.Decoder(ArticleRecord)


class Postings(NamedTuple):
    """Documents in ascending order and the weight of each, 0-255, in `spread` by document."""

    bits: Bits
    docs: Sequence[int]
    weights: Sequence[int]
    spread: Sequence[int] | None = None


def _row(terms: Sequence[int], number: int) -> int | None:
    """Find a term in a short sorted list of terms."""
    row = bisect_left(terms, number)
    return row if row < len(terms) and terms[row] == number else None


class Segment:
    """One mapped segment; what was deleted from it since it was written is the caller's to know."""

    def __init__(self, path: Path) -> None:
        """Map `path`; raises IndexStale where it is no whole segment."""
        self._file = SegmentFile(path)
        header = self._file.header
        self.path = path
        self.size = header.docs
        self.fields = header.fields
        self.everything = (1 << self.size) - 1
        self.docs = self._file.section("docs")
        self.weights = self._file.section("weights")
        self.docs_at = self._file.section("docs_at")
        self.stream = self._file.section("stream")
        self.stream_at = self._file.section("stream_at")
        self.starts = self._file.section("starts")
        self.starts_at = self._file.section("starts_at")
        self.first_docs = self._file.section("first_docs")
        self.days = self._file.section("days")
        self._terms_start = self._file.start("terms")
        self._stream_start = self._file.start("stream")
        self._terms_at = self._file.section("terms_at")
        self._dense = self._file.section("dense")
        self.find_again = lru_cache(maxsize=4096)(self.find)
        self.term_again = lru_cache(maxsize=4096)(self.term)
        self._cache: dict[object, object] = {}

    def verify(self) -> None:
        """Compare every checksum; raises IndexStale where one differs."""
        self._file.verify()

    def section(self, name: str) -> memoryview[int]:
        """Return a section of the file as it is."""
        return self._file.section(name)

    def cached(self, key: object, make: Callable[[], _T]) -> _T:
        """Return what was made for `key` before, or make it; the oldest of 500 is forgotten."""
        found = self._cache.get(key)
        if found is None:
            found = make()
            # Readers may share a segment across threads: each step here is atomic by itself.
            self._cache[key] = found
            if len(self._cache) > 500:
                self._cache.pop(next(iter(self._cache)), None)
        return found  # type: ignore[return-value]

    # Terms

    def term(self, number: int) -> str:
        """Return a term by its number."""
        return self._key(number).decode("utf-8", "surrogatepass")

    def find(self, field: str, term: str) -> int | None:
        """Return a term's number, or None where no document has it."""
        first, last = self.fields[field]
        wanted = term.encode("utf-8", "surrogatepass")
        place = bisect_left(range(last), wanted, first, last, key=self._key)
        return place if place < last and self._key(place) == wanted else None

    def span(self, field: str, prefix: str) -> tuple[int, int]:
        """Return the first and the end of the numbers of the terms that begin so."""
        first, last = self.fields[field]
        wanted = prefix.encode("utf-8", "surrogatepass")
        size = len(wanted)
        start = bisect_left(range(last), wanted, first, last, key=self._key)
        end = bisect_right(range(last), wanted, start, last, key=lambda n: self._key(n)[:size])
        return start, end

    def texts(self, first: int, last: int) -> list[bytes]:
        """Return the terms from number `first` up to `last`, in UTF-8."""
        at = self._terms_at[first : last + 1].tolist()
        data = self._file.cut(self._terms_start + at[0], self._terms_start + at[-1])
        return [data[start - at[0] : end - at[0]] for start, end in pairwise(at)]

    def forms(self, root: str) -> Sequence[int]:
        """Return the words with this stem."""
        stems, at = self._file.section("stems"), self._file.section("stems_at")
        wanted = root.encode("utf-8", "surrogatepass")
        count = len(at) - 1

        def key(number: int) -> bytes:
            return bytes(stems[at[number] : at[number + 1]])

        place = bisect_left(range(count), wanted, 0, count, key=key)
        if place == count or key(place) != wanted:
            return ()
        forms_at = self._file.section("forms_at")
        return self._file.section("forms")[forms_at[place] : forms_at[place + 1]]

    def stems(self) -> Iterator[tuple[bytes, Sequence[int]]]:
        """Walk the stems, each with the words that have it."""
        stems, at = self._file.section("stems").tobytes(), self._file.section("stems_at").tolist()
        forms, forms_at = self._file.section("forms").tolist(), self._file.section("forms_at")
        for (first, last), (start, end) in zip(pairwise(at), pairwise(forms_at), strict=True):
            yield stems[first:last], forms[start:end]

    def frequency(self, number: int) -> int:
        """Return how many documents have a term, deleted ones included."""
        return self.docs_at[number + 1] - self.docs_at[number]

    def most_frequent(self, first: int, last: int, count: int) -> list[int]:
        """Return the `count` most frequent terms from number `first` up to `last`."""
        at = self.docs_at[first : last + 1].tolist()
        pairs = heapq.nlargest(
            count, zip(map(sub, at[1:], at), range(-first, -last, -1), strict=True)
        )
        return [-number for _, number in pairs]

    def _key(self, number: int) -> bytes:
        at = self._terms_at
        return self._file.cut(self._terms_start + at[number], self._terms_start + at[number + 1])

    # Sets of documents

    def docs_with(self, number: int) -> Sequence[int]:
        """Return a term's documents."""
        return self.docs[self.docs_at[number] : self.docs_at[number + 1]]

    def count_each(self, numbers: range, flags: bytes) -> Counter[int]:
        """Count for each of these neighbouring terms the documents that have it and a flag."""
        at = self.docs_at[numbers.start : numbers.stop + 1].tolist()

        def make() -> tuple[list[int], Callable[[bytes], Iterable[int]]]:
            owners = chain.from_iterable(map(repeat, numbers, map(sub, at[1:], at)))
            # The 0 keeps it a tuple where there is one posting; compress passes it over.
            return list(owners), itemgetter(*self.docs[at[0] : at[-1]], 0, 0)

        owners, flags_of_postings = self.cached(("owners", numbers), make)
        return Counter(compress(owners, flags_of_postings(flags)))

    def postings(self, number: int) -> Postings:
        """Return a term's documents and weights."""
        start, end = self.docs_at[number], self.docs_at[number + 1]
        return Postings(
            self.bits(number), self.docs[start:end], self.weights[start:end], self._spread(number)
        )

    def bits(self, number: int) -> Bits:
        """Return the documents that have a term."""
        row = _row(self._dense, number)
        return self.bits_of(self.docs_with(number)) if row is None else self._bitmap("bitmaps", row)

    def bits_between(self, first: int, last: int) -> Bits:
        """Return the documents that have any term from number `first` up to `last`."""
        row = _row(self._file.section("beginnings"), first << 32 | last)
        if row is not None:
            return self._bitmap("beginning_bitmaps", row)
        frequent = range(bisect_left(self._dense, first), bisect_left(self._dense, last))
        found = reduce(or_, (self._bitmap("bitmaps", row) for row in frequent), 0)
        ends = [*(self._dense[row] for row in frequent), last]
        between = zip([first, *(end + 1 for end in ends)], ends, strict=False)
        at = self.docs_at
        return found | self.bits_of(
            chain.from_iterable(self.docs[at[start] : at[end]] for start, end in between)
        )

    def _bitmap(self, section: str, row: int) -> Bits:
        width = (self.size + 7) // 8
        bitmaps = self._file.section(section)
        return int.from_bytes(bitmaps[row * width : (row + 1) * width], "little")

    def bits_of(self, docs: Iterable[int]) -> Bits:
        """Make a set of a few documents."""
        return bits_of_docs(docs, self.size)

    def having_run(self, docs: Iterable[int], words: Sequence[int]) -> list[int]:
        """Keep the documents in which these terms stand one right after the other."""
        pattern = b"".join((word + 1).to_bytes(4, sys.byteorder) for word in words)
        base, at, find = self._stream_start, self.stream_at, self._file.find
        found: list[int] = []
        for doc in docs:
            end = base + at[doc + 1] * 4
            place = find(pattern, base + at[doc] * 4, end)
            # Bytes of two neighbours may look like the word between them.
            while place >= 0 and (place - base) % 4:
                place = find(pattern, place + 1, end)
            if place >= 0:
                found.append(doc)
        return found

    def pair_docs(self, first: int, second: int) -> Sequence[int] | None:
        """Return the documents where two frequent terms stand in a row; None for rarer terms."""
        spread = self._file.section("spread")
        if _row(spread, first) is None or _row(spread, second) is None:
            return None
        row = _row(self._file.section("pairs"), (first + 1) << 32 | (second + 1))
        if row is None:
            return ()
        at = self._file.section("pairs_at")
        return self._file.section("pair_docs")[at[row] : at[row + 1]]

    def _spread(self, number: int) -> memoryview[int] | None:
        row = _row(self._file.section("spread"), number)
        if row is None:
            return None
        return self._file.section("spread_weights")[row * self.size : (row + 1) * self.size]

    # Articles and chunks

    @property
    def articles(self) -> int:
        """How many articles have documents here, deleted ones included."""
        return len(self.first_docs) - 1

    def article_of(self, doc: int) -> int:
        """Return the number of the article that a document is of."""
        return bisect_left(self.first_docs, doc + 1) - 1

    def article(self, number: int) -> ArticleRecord:
        """Read what is stored of an article."""
        at = self._file.section("articles_at")
        return _article_decoder.decode(self._file.section("articles")[at[number] : at[number + 1]])

    def chunk(self, doc: int) -> ChunkRecord:
        """Read what is stored of a document's chunk."""
        at = self._file.section("chunks_at")
        return _chunk_decoder.decode(self._file.section("chunks")[at[doc] : at[doc + 1]])

    def bits_of_articles(self, wanted: Iterable[bool]) -> Bits:
        """Return all documents of those articles, in their order, for which `wanted` is true."""
        runs = self.cached("runs", self._runs)
        return bits_of_flags(b"".join(map(getitem, runs, wanted)))

    def _runs(self) -> list[tuple[bytes, bytes]]:
        """Make, for each article, the flags of its documents: all without and all with."""
        at = self.first_docs.tolist()
        return [(bytes(n), b"\1" * n) for n in map(sub, at[1:], at)]

    def first_days(self) -> list[int]:
        """Return the first day of each article, yyyymmdd, or 0."""
        return self.cached("first days", self.days[::2].tolist)

    def last_days(self) -> list[int]:
        """Return the last day of each article, yyyymmdd, or 0."""
        return self.cached("last days", self.days[1::2].tolist)

    def text_words(self, doc: int) -> tuple[Sequence[int], Sequence[int]]:
        """Return the words of a document's own text as the stream has them, and their starts."""
        at = self.starts_at[doc]
        size = self.starts_at[doc + 1] - at
        first = self.stream_at[doc]
        return self.stream[first : first + size], self.starts[at : at + size]

    # Facets

    def ranked(self, field: str) -> Sequence[int]:
        """Return the values of a facet field as terms, the most frequent first."""
        start = 0
        for name in FACET_FIELDS:
            first, last = self.fields[name]
            if name == field:
                return self._file.section("ranked")[start : start + last - first]
            start += last - first
        raise KeyError(field)

    def facet_values(self, docs: Sequence[int]) -> Iterable[int]:
        """Walk the values of the chunk facets of documents, as terms."""
        at, values = self._file.section("facets_at"), self._file.section("facets")
        ends = map(at.__getitem__, [doc + 1 for doc in docs])
        runs = map(values.__getitem__, map(slice, map(at.__getitem__, docs), ends))
        return chain.from_iterable(runs)

    def article_values(self, field: str) -> Sequence[int]:
        """Return each article's value of an article facet, as term + 1, or 0."""
        place, width = ARTICLE_FACETS.index(field), len(ARTICLE_FACETS)
        values = self._file.section("article_values")
        return self.cached(("values", field), values[place::width].tolist)

    def article_runs(self, field: str) -> list[tuple[int, int, int]]:
        """Return where neighbouring articles share a value: the term, first document and end."""

        def make() -> list[tuple[int, int, int]]:
            runs: list[tuple[int, int, int]] = []
            at = self.article_starts()
            for value, group in groupby(enumerate(self.article_values(field)), itemgetter(1)):
                numbers = [number for number, _ in group]
                if value:
                    runs.append((value - 1, at[numbers[0]], at[numbers[-1] + 1]))
            return runs

        return self.cached(("runs", field), make)

    def article_starts(self) -> list[int]:
        """Return where each article's documents begin, and the end of the last."""
        return self.cached("starts", self.first_docs.tolist)

    def last_docs(self) -> Bits:
        """Return the last document of each article."""
        return self.cached("last", lambda: self.bits_of(end - 1 for end in self.first_docs[1:]))
