"""A segment in memory, its terms numbered in any order, and laying it out for a file.

Beside what it is given, the file has what makes searching quick: bitmaps and weights of frequent
words, joined beginnings, pairs of frequent words, stems, and facet values by frequency.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from itertools import accumulate, chain, groupby
from typing import Final, NamedTuple

from briefing.search.bits import bitmap_of, bits_of_docs, bits_of_flags
from briefing.search.documents import FACET_FIELDS, VALUE_FIELDS, WORD_FIELDS
from briefing.search.layout import DENSE_SHARE, FACET_SHARE, pack

FIELDS: Final = tuple(sorted({"text", *WORD_FIELDS, *VALUE_FIELDS, *FACET_FIELDS}))

SMALL: Final = 500
"""In segments of fewer documents frequent words need no tables of their own."""

BEGINNING: Final = 4
"""Beginnings of so many bytes at most have their documents joined."""


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
        "bitmaps": b"".join(bitmap_of(bits_of_docs(docs[term], size), size) for term in dense),
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
        "beginning_bitmaps": b"".join(bitmap_of(found[key], size) for key in ordered),
    }


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
