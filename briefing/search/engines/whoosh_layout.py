"""The layout of an article in Whoosh's index: schema, codec, and the postings of each field.

A passage is a Whoosh document; the passages of an article are consecutive, and fields of the
article are stored with the first.
"""

from __future__ import annotations

import functools
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any, Final, TypeAlias

import msgspec

from briefing.search._whoosh import importing_quietly
from briefing.search.analysis import stem
from briefing.search.documents import IndexedPassage, PlacedTerms, PreparedArticle
from briefing.search.engines.whoosh_segment import (
    FIELDS,
    MAX_PREFIX,
    SLOT_BITS,
    Postings,
    packed,
    unpacked,
)

with importing_quietly():
    from whoosh import columns, fields, formats
    from whoosh.codec import whoosh3

BLOCK: Final = 512
"""Postings per block, the unit of reading."""
GAP: Final = 100
"""Places between two streams of a passage, so that no phrase spans both."""
HEADLINE_WEIGHT: Final = 3.0
SPEAKER_WEIGHT: Final = 0.5
LEAD_WEIGHT: Final = 1.15
TYPICAL_LENGTH: Final = 60
"""The average passage length for BM25, in words: a segment does not know the other segments."""

UNIT: Final = 100
"""Weights are held as so many parts of one, a byte each: a long article has millions of them."""
Posting = tuple[str, int, bytes]
"""A term of a field in one passage: the term, its weight in parts of UNIT, its places or slots."""
Held: TypeAlias = "tuple[array[int], array[int], list[bytes]]"


class _Places(formats.Format):  # type: ignore[misc]
    """Postings with the places of a term in the passage, or its slots."""

    posting_size = -1

    def __init__(self) -> None:
        super().__init__(field_boost=1.0)

    def decode_positions(self, value: bytes) -> list[int]:
        """Return places in the form of Whoosh's phrase queries."""
        return list(unpacked(value))


class _Terms(fields.FieldType):  # type: ignore[misc]
    """A field whose terms are added to the writer's pool without analysis."""

    def __init__(self) -> None:
        self.format = _Places()

    def to_bytes(self, value: str | bytes) -> bytes:
        """Return a term as it is stored."""
        return value.encode("utf-8", "replace") if isinstance(value, str) else value


class Pool:
    """The postings of a writer, by field and term; replaces Whoosh's pool, which sorts tuples."""

    def __init__(self) -> None:
        self.terms: dict[str, dict[str, Held]] = {field: {} for field in FIELDS}

    def put(self, field: str, doc: int, items: Iterable[Posting]) -> None:
        """Add the terms of one passage; passages must be added in order."""
        held = self.terms[field]
        for term, weight, value in items:
            try:
                docs, weights, values = held[term]
            except KeyError:
                docs, weights, values = held[term] = array("I"), array("B"), []
            docs.append(doc)
            weights.append(weight)
            if value:
                values.append(value)

    def add(self, item: tuple[str, bytes, int, float, bytes | None]) -> None:
        """Add one posting; Whoosh's writer calls this for fields that it analyses."""
        field, term, doc, weight, value = item
        self.put(field, doc, [(term.decode("utf-8"), round(weight * UNIT), value or b"")])

    def extend(self, field: str, term: str, postings: Postings, moved: Mapping[int, int]) -> None:
        """Add the postings of one term, with the passage numbers mapped by `moved`."""
        values = postings.places or repeat(b"")
        for doc, weight, value in zip(postings.docs, postings.weights, values):  # noqa: B905
            if doc in moved:
                self.put(field, moved[doc], [(term, round(weight * UNIT), value)])

    def iter_postings(self) -> Pool:
        """Return itself, as the field writer reads one term at a time."""
        return self

    def cleanup(self) -> None:
        """Drop all postings."""
        self.terms.clear()


class _FieldWriter(whoosh3.W3FieldWriter):  # type: ignore[misc]
    """Whoosh's field writer, writing whole blocks."""

    def add_postings(self, schema: Any, _lengths: object, pool: Pool) -> None:
        """Write every term of the pool, block by block."""
        for field, held in sorted(pool.terms.items()):
            self.start_field(field, schema[field])
            terms = sorted((term.encode("utf-8", "replace"), term) for term in held)
            for written, term in terms:
                self.start_term(written)
                self._put_blocks(*held[term])
                self.finish_term()
            self.finish_field()

    def _put_blocks(self, docs: array[int], weights: array[int], values: list[bytes]) -> None:
        writer = self._postwriter
        for start in range(0, len(docs), BLOCK):
            if start:
                writer._write_block()  # noqa: SLF001 - Whoosh has no call for a whole block
            part = slice(start, start + BLOCK)
            weighed = array("f", [weight / UNIT for weight in weights[part]])
            writer._ids, writer._weights = docs[part], weighed  # noqa: SLF001
            writer._values = values[part]  # noqa: SLF001
            writer._maxweight = max(weighed)  # noqa: SLF001


class Codec(whoosh3.W3Codec):  # type: ignore[misc]
    """Whoosh's newest codec with large uncompressed blocks."""

    length_stats = False

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK, compression=0)

    def field_writer(self, storage: Any, segment: Any) -> _FieldWriter:
        """Return the writer of a segment's terms."""
        return _FieldWriter(self, storage, segment)


def make_schema() -> Any:
    """Return the schema of every index."""
    return fields.Schema(
        **{name: _Terms() for name in FIELDS},
        passage=fields.COLUMN(columns.VarBytesColumn(write_offsets_cutoff=0)),
        record=fields.COLUMN(columns.VarBytesColumn(write_offsets_cutoff=0)),
        first_day=fields.COLUMN(columns.NumericColumn("i")),
        last_day=fields.COLUMN(columns.NumericColumn("i")),
    )


# From a prepared article to stored columns and postings


def columns_of(doc: IndexedPassage, article: PreparedArticle, *, first: bool) -> dict[str, Any]:
    """Return the stored columns of a passage, with those of its article on the first."""
    # Every passage needs a value: Whoosh miscounts a column without values at its end.
    record = msgspec.json.encode(article.record) if first else b""
    found: dict[str, Any] = {"passage": msgspec.json.encode(doc.record), "record": record}
    if first:
        found["first_day"], found["last_day"] = article.first_day, article.last_day
    return found


def postings_of(
    doc: IndexedPassage, article: PreparedArticle, *, first: bool
) -> dict[str, list[Posting]]:
    """Return the postings of a passage by field, with those of its article on the first."""
    found: dict[str, list[Posting]] = {
        **_word_postings(doc),
        **_slot_postings(doc),
        "headline": _placed(doc.headline),
        "section": _run(doc.section),
        "tag": _run(*doc.tags),
        "note": _run(*doc.notes),
        "role": [(doc.record.role, UNIT, b"")],
    }
    if first:
        found["publisher"] = _run(*article.publisher)
        for field, facet in (("outlet", "publisher"), ("year", "year")):
            found[field] = [(value, UNIT, b"") for value in article.record.facets[facet]]
        found["briefing"] = [(article.record.briefing, UNIT, b"")]
        found["article"] = [(article.key, UNIT, b"")]
        found["first"] = [("1", UNIT, b"")]
    return found


def _word_postings(doc: IndexedPassage) -> dict[str, list[Posting]]:
    """Return the postings of the words in the passage's streams, their stems and prefixes."""
    places: dict[str, list[int]] = {}
    extra: dict[str, float] = {}
    base = 0
    for number, (terms, at) in enumerate((doc.text, doc.headline, *doc.speakers)):
        for term, place in zip(terms, at, strict=True):
            places.setdefault(term, []).append(base + place)
        if number:
            # Every place already counts 1.
            more = (HEADLINE_WEIGHT if number == 1 else SPEAKER_WEIGHT) - 1
            for term in terms:
                extra[term] = extra.get(term, 0.0) + more
        base += (at[-1] if at else 0) + GAP
    counts = {term: len(found) + extra.get(term, 0.0) for term, found in places.items()}
    stems: dict[str, float] = {}
    prefixes: dict[str, float] = {}
    short: set[str] = set()
    for term, count in counts.items():
        root, shortest, longer = _stem_and_prefixes(term)
        stems[root] = stems.get(root, 0.0) + count
        short.update(shortest)
        for prefix in longer:
            prefixes[prefix] = prefixes.get(prefix, 0.0) + count
    weigh = _Weights(doc)
    return {
        "text": [(term, weigh[count], packed(places[term])) for term, count in counts.items()],
        "stem": [(term, weigh[count], b"") for term, count in stems.items()],
        "prefix": [
            *((term, UNIT, b"") for term in short),
            *((term, weigh[count], b"") for term, count in prefixes.items()),
        ],
    }


@functools.lru_cache(maxsize=1 << 17)
def _stem_and_prefixes(term: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return a term's stem, its prefixes of one and two letters, and its longer ones.

    The shortest match nearly every passage, so their weights are not computed.
    """
    sizes = range(3, min(MAX_PREFIX, len(term)) + 1)
    return stem(term), (term[:1], term[:2]), tuple(term[:size] for size in sizes)


class _Weights(dict[float, int]):
    """The BM25 weight of a term by its frequency in a passage, without idf, in parts of UNIT.

    Robertson and Zaragoza 2009, with k1 1.2 and b 0.5; idf is applied when a query is answered.
    """

    def __init__(self, doc: IndexedPassage) -> None:
        super().__init__()
        self._share = 1.2 * (0.5 + 0.5 * len(doc.text[0]) / TYPICAL_LENGTH)
        self._most = 2.2 * (LEAD_WEIGHT if doc.lead else 1.0)

    def __missing__(self, count: float) -> int:
        weight = self[count] = round(UNIT * self._most * count / (count + self._share))
        return weight


def _slot_postings(doc: IndexedPassage) -> dict[str, list[Posting]]:
    """Return the postings of annotations; a place encodes the annotation and the word in it."""
    places: dict[str, dict[str, list[int]]] = {}
    for number, slot in enumerate(doc.slots):
        start = number << SLOT_BITS
        for field, values in slot.items():
            held = places.setdefault(field, {})
            at = start
            for words in values:
                for word in words:
                    held.setdefault(word, []).append(min(at, start + (1 << SLOT_BITS) - 1))
                    at += 1
                at += 1
    return {field: _unweighted(held) for field, held in places.items()}


def _placed(stream: PlacedTerms) -> list[Posting]:
    """Return the postings of words with their places."""
    places: dict[str, list[int]] = {}
    for word, place in zip(*stream, strict=True):
        places.setdefault(word, []).append(place)
    return _unweighted(places)


def _run(*stretches: Sequence[str]) -> list[Posting]:
    """Return the postings of sequences of words, each separated from the next by GAP places."""
    places: dict[str, list[int]] = {}
    base = 0
    for words in stretches:
        for place, word in enumerate(words, base):
            places.setdefault(word, []).append(place)
        base += len(words) + GAP
    return _unweighted(places)


def _unweighted(places: Mapping[str, Sequence[int]]) -> list[Posting]:
    return [(word, UNIT, packed(found)) for word, found in places.items()]
