"""From documents to the arrays of one segment, in memory; merging works on the same arrays.

A document's words get their numbers as they come; `finish` sorts the terms and renumbers.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, chain, count, groupby
from typing import Final, NamedTuple

import msgspec

from briefing.search.analysis import stem
from briefing.search.documents import (
    ARTICLE_FACETS,
    CHUNK_FACETS,
    FACET_FIELDS,
    VALUE_FIELDS,
    WORD_FIELDS,
    ArticleRecord,
    Document,
)
from briefing.search.layout import DENSE_SHARE, FACET_SHARE, pack
from briefing.search.segment import bits_of_flags

FIELDS: Final = tuple(sorted({"text", *WORD_FIELDS, *VALUE_FIELDS, *FACET_FIELDS}))

HEADLINE_WEIGHT: Final = 4.0
SPEAKER_WEIGHT: Final = 1.5
LEAD_WEIGHT: Final = 1.3
SATURATION: Final = 1.2
LENGTH_SHARE: Final = 0.6
USUAL_LENGTH: Final = 60
"""BM25F with a fixed usual length, so that a chunk's score does not depend on its neighbours."""

SMALL: Final = 500
"""In segments of fewer documents frequent words need no tables of their own."""

BEGINNING: Final = 4
"""Beginnings of so many bytes at most have their documents joined."""

_encode = msgspec.json.Encoder().encode


def impact(frequency: float, length: int) -> int:
    """Weigh a word that stands `frequency` times in a chunk of `length` words: 1 to 255."""
    damping = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / USUAL_LENGTH)
    return max(1, round(255 * frequency / (frequency + damping)))


class _Numbers(dict[str, int]):
    """Terms of one field with their numbers; a new term takes the next of the segment."""

    def __init__(self, numbers: Iterator[int]) -> None:
        super().__init__()
        self._next = numbers.__next__

    def __missing__(self, term: str) -> int:
        number = self[term] = self._next()
        return number


class SegmentBuilder:
    """Documents on their way into a segment."""

    def __init__(self) -> None:
        numbers = count()
        self._numbers = {field: _Numbers(numbers) for field in FIELDS}
        self._docs: list[array[int]] = []
        self._weights: list[bytearray] = []
        self._stream = array("I")
        self._stream_at = array("I", [0])
        self._starts = array("I")
        self._starts_at = array("I", [0])
        self._facets = array("I")
        self._facets_at = array("I", [0])
        self._chunks: list[bytes] = []
        self._articles: list[bytes] = []
        self._first_docs = array("I")
        self._article_values = array("I")
        self._days = array("I")
        self._impacts: dict[tuple[int, bool], list[int]] = {}

    def __len__(self) -> int:
        """Return how many documents were added."""
        return len(self._chunks)

    def add_article(self, record: ArticleRecord, docs: Iterable[Document]) -> None:
        """Add the documents of one article, in reading order."""
        first = len(self._chunks)
        doc = None
        for doc in docs:
            self._add(doc)
        if doc is not None:
            self._articles.append(_encode(record))
            self._first_docs.append(first)
            self._days.extend((doc.first_day, doc.last_day))
            for field in ARTICLE_FACETS:
                value = doc.values[field][:1]
                self._article_values.append(self._numbers[field][value[0]] + 1 if value else 0)

    def _add(self, doc: Document) -> None:
        number = len(self._chunks)
        lookup = self._numbers["text"].__getitem__
        text = list(map(lookup, doc.text))
        headline = list(map(lookup, doc.headline))
        speakers = [list(map(lookup, words)) for words in doc.speakers]
        self._weigh_words(number, text, headline, speakers, lead=doc.lead)
        for stretch in (text, headline, *speakers):
            self._put_stretch(stretch)
        others = self._put_word_fields(doc) | self._put_values(doc)
        self._post(number, dict.fromkeys(others, 255))
        self._starts.extend(doc.starts)
        self._starts_at.append(len(self._starts))
        self._stream_at.append(len(self._stream))
        self._facets_at.append(len(self._facets))
        self._chunks.append(_encode(doc.record))

    def _weigh_words(
        self,
        number: int,
        text: list[int],
        headline: list[int],
        speakers: list[list[int]],
        *,
        lead: bool,
    ) -> None:
        known = self._impacts.get((len(text), lead)) or self._make_impacts(len(text), lead=lead)
        counts = Counter(text)
        top = len(known) - 1
        weights = {term: known[min(times, top)] for term, times in counts.items()}
        if headline or speakers:
            boosts: Counter[int] = Counter()
            for term in headline:
                boosts[term] += HEADLINE_WEIGHT  # type: ignore[assignment]
            for term in {term for words in speakers for term in words}:
                boosts[term] += SPEAKER_WEIGHT  # type: ignore[assignment]
            for term, boost in boosts.items():
                times = counts[term] * (LEAD_WEIGHT if lead else 1.0)
                weights[term] = impact(times + boost, len(text))
        self._post(number, weights)

    def _make_impacts(self, length: int, *, lead: bool) -> list[int]:
        """Weights of a word by how often it stands in a chunk of this length, 20 times at most."""
        factor = LEAD_WEIGHT if lead else 1.0
        made = [impact(times * factor, length) for times in range(21)]
        self._impacts[length, lead] = made
        return made

    def _post(self, number: int, weights: dict[int, int]) -> None:
        docs, stored = self._docs, self._weights
        for term, weight in weights.items():
            while term >= len(docs):
                docs.append(array("I"))
                stored.append(bytearray())
            docs[term].append(number)
            stored[term].append(weight)

    def _put_stretch(self, stretch: list[int]) -> None:
        if stretch:
            self._stream.extend([term + 1 for term in stretch])
            self._stream.append(0)

    def _put_word_fields(self, doc: Document) -> set[int]:
        seen: set[int] = set()
        for field, values in doc.words.items():
            numbers = self._numbers[field]
            for value in values:
                stretch = [numbers[word] for word in value]
                self._put_stretch(stretch)
                seen.update(stretch)
        return seen

    def _put_values(self, doc: Document) -> set[int]:
        seen: set[int] = set()
        for field, values in doc.values.items():
            numbers = [self._numbers[field][value] for value in values]
            seen.update(numbers)
            if field in CHUNK_FACETS:
                self._facets.extend(numbers)
        return seen

    def finish(self) -> list[bytes]:
        """Sort, renumber and lay out: the pieces of the segment's file, in order."""
        arrays = SegmentArrays(
            terms={
                field: [term.encode("utf-8", "surrogatepass") for term in numbers]
                for field, numbers in self._numbers.items()
            },
            stems=_by_stem(self._numbers["text"]),
            numbers={field: list(numbers.values()) for field, numbers in self._numbers.items()},
            docs=self._docs,
            weights=self._weights,
            stream=self._stream,
            stream_at=self._stream_at,
            starts=self._starts,
            starts_at=self._starts_at,
            facets=self._facets,
            facets_at=self._facets_at,
            chunks=self._chunks,
            articles=self._articles,
            first_docs=self._first_docs,
            article_values=self._article_values,
            days=self._days,
        )
        return arrays.pack()


class SegmentArrays(NamedTuple):
    """A segment in memory with its terms numbered in any order; fields as in the layout."""

    terms: dict[str, list[bytes]]
    stems: dict[bytes, list[int]]
    numbers: dict[str, list[int]]
    docs: list[array[int]]
    weights: list[bytearray]
    stream: array[int]
    stream_at: array[int]
    starts: array[int]
    starts_at: array[int]
    facets: array[int]
    facets_at: array[int]
    chunks: list[bytes]
    articles: list[bytes]
    first_docs: array[int]
    article_values: array[int]
    days: array[int]

    def pack(self) -> list[bytes]:
        """Lay the segment out, its terms sorted."""
        names, old_numbers, fields = self._sort_terms()
        new_numbers = array("I", bytes(4 * len(names)))
        for new, old in enumerate(old_numbers):
            new_numbers[old] = new
        shifted = array("I", [0, *(number + 1 for number in new_numbers)])
        docs = [self.docs[old] for old in old_numbers]
        weights = [self.weights[old] for old in old_numbers]
        stream = array("I", map(shifted.__getitem__, self.stream))
        sections = {
            "terms": b"".join(names),
            "terms_at": _offsets(map(len, names)).tobytes(),
            "docs": b"".join(docs),
            "weights": b"".join(weights),
            "docs_at": _offsets(map(len, docs)).tobytes(),
            "stream": stream.tobytes(),
            "stream_at": self.stream_at.tobytes(),
            "starts": self.starts.tobytes(),
            "starts_at": self.starts_at.tobytes(),
            "facets": array("I", map(new_numbers.__getitem__, self.facets)).tobytes(),
            "facets_at": self.facets_at.tobytes(),
            "chunks": b"".join(self.chunks),
            "chunks_at": _offsets(map(len, self.chunks), "Q").tobytes(),
            "articles": b"".join(self.articles),
            "articles_at": _offsets(map(len, self.articles), "Q").tobytes(),
            "first_docs": array("I", [*self.first_docs, len(self.chunks)]).tobytes(),
            "article_values": array("I", map(shifted.__getitem__, self.article_values)).tobytes(),
            "days": self.days.tobytes(),
            **_dense_sections(docs, weights, len(self.chunks), fields),
            **_beginning_sections(names, docs, len(self.chunks), fields["text"]),
            **_pair_sections(stream, self.stream_at, docs, fields["text"]),
            **_stem_sections(self.stems, new_numbers),
            "ranked": _ranked(docs, fields).tobytes(),
        }
        return pack(len(self.chunks), len(self.stream), fields, sections)

    def _sort_terms(self) -> tuple[list[bytes], list[int], dict[str, tuple[int, int]]]:
        names: list[bytes] = []
        old_numbers: list[int] = []
        fields: dict[str, tuple[int, int]] = {}
        for field in FIELDS:
            first = len(names)
            for name, number in sorted(zip(self.terms[field], self.numbers[field], strict=True)):
                names.append(name)
                old_numbers.append(number)
            fields[field] = (first, len(names))
        return names, old_numbers, fields


def _offsets(lengths: Iterable[int], kind: str = "I") -> array[int]:
    return array(kind, accumulate(lengths, initial=0))


def _dense_sections(
    docs: list[array[int]],
    weights: list[bytearray],
    size: int,
    fields: dict[str, tuple[int, int]],
) -> dict[str, bytes]:
    """Spread the lists of frequent terms out: a bit, and for words a weight, for each document."""
    first, last = fields["text"]
    facets = {term for field in FACET_FIELDS for term in range(*fields[field])}
    dense: list[int] = []
    spread: list[int] = []
    for term, found in enumerate(docs) if size >= SMALL else ():
        share = FACET_SHARE if term in facets else DENSE_SHARE
        if len(found) * share > size:
            dense.append(term)
            if first <= term < last:
                spread.append(term)
    return {
        "dense": array("I", dense).tobytes(),
        "bitmaps": b"".join(_bitmap(docs[term], size) for term in dense),
        "spread": array("I", spread).tobytes(),
        "spread_weights": b"".join(_spread(docs[t], weights[t], size) for t in spread),
    }


def _beginning_sections(
    names: list[bytes], docs: list[array[int]], size: int, words: tuple[int, int]
) -> dict[str, bytes]:
    """Join the documents of all words that begin alike, where these are many."""
    found: dict[tuple[int, int], int] = {}

    def join(first: int, end: int, length: int) -> int:
        """Join the words of a range, which have `length` bytes in common."""
        joined, flags = 0, bytearray(size)
        groups = groupby(range(first, end), lambda term: names[term][: length + 1])
        for _, group in groups:
            terms = list(group)
            shared = sum(len(docs[term]) for term in terms)
            if len(terms) > 1 and length < BEGINNING and shared * DENSE_SHARE > size:
                joined |= join(terms[0], terms[-1] + 1, length + 1)
                continue
            for doc in chain.from_iterable(docs[term] for term in terms):
                flags[doc] = 1
        joined |= bits_of_flags(flags)
        found[first, end] = joined
        return joined

    if size >= SMALL:
        join(*words, 0)
    ordered = sorted(found)
    return {
        "beginnings": array("Q", [first << 32 | end for first, end in ordered]).tobytes(),
        "beginning_bitmaps": b"".join(
            found[key].to_bytes((size + 7) // 8, "little") for key in ordered
        ),
    }


def _bitmap(docs: array[int], size: int) -> bytes:
    bits = bytearray((size + 7) // 8)
    for doc in docs:
        bits[doc >> 3] |= 1 << (doc & 7)
    return bytes(bits)


def _spread(docs: array[int], weights: bytearray, size: int) -> bytes:
    row = bytearray(size)
    for doc, weight in zip(docs, weights, strict=True):
        row[doc] = weight
    return bytes(row)


def _pair_sections(
    stream: array[int], stream_at: array[int], docs: list[array[int]], words: tuple[int, int]
) -> dict[str, bytes]:
    """List where two frequent words stand in a row: a phrase of such would search everywhere."""
    size = len(stream_at) - 1
    frequent = bytearray(len(docs) + 1)
    for term in range(*words) if size >= SMALL else ():
        frequent[term + 1] = len(docs[term]) * DENSE_SHARE > size
    marks = bytes(map(frequent.__getitem__, stream))
    found: dict[int, array[int]] = {}
    doc = 0
    place = marks.find(b"\1\1")
    while place >= 0:
        doc = bisect_right(stream_at, place, doc) - 1
        both = found.setdefault(stream[place] << 32 | stream[place + 1], array("I"))
        if not both or both[-1] != doc:
            both.append(doc)
        place = marks.find(b"\1\1", place + 1)
    ordered = sorted(found)
    return {
        "pairs": array("Q", ordered).tobytes(),
        "pairs_at": _offsets(len(found[key]) for key in ordered).tobytes(),
        "pair_docs": b"".join(found[key] for key in ordered),
    }


def _by_stem(words: Mapping[str, int]) -> dict[bytes, list[int]]:
    """Group the numbers of words by the stem they share."""
    stems: dict[bytes, list[int]] = {}
    for word, number in words.items():
        stems.setdefault(stem(word).encode("utf-8", "surrogatepass"), []).append(number)
    return stems


def _stem_sections(stems: Mapping[bytes, list[int]], new_numbers: array[int]) -> dict[str, bytes]:
    ordered = sorted(stems)
    forms = [sorted(map(new_numbers.__getitem__, stems[root])) for root in ordered]
    return {
        "stems": b"".join(ordered),
        "stems_at": _offsets(map(len, ordered)).tobytes(),
        "forms": array("I", chain.from_iterable(forms)).tobytes(),
        "forms_at": _offsets(map(len, forms)).tobytes(),
    }


def _ranked(docs: list[array[int]], fields: dict[str, tuple[int, int]]) -> array[int]:
    ranked = array("I")
    for field in FACET_FIELDS:
        ranked.extend(sorted(range(*fields[field]), key=lambda term: (-len(docs[term]), term)))
    return ranked
