"""The layout of an article in Whoosh's index: schema, codec, and the postings of each field.

Passages are documents, consecutive for an article, the first with the fields of that.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, repeat
from typing import Any, Final, TypeAlias

import msgspec

from briefing.search._whoosh import importing_quietly
from briefing.search.analysis import stem
from briefing.search.documents import GAP, IndexedPassage, PreparedArticle, streams_of
from briefing.search.engines.whoosh_segment import (
    FIELDS,
    MAX_PREFIX,
    SLOT_BITS,
    Postings,
    packed,
    unpacked,
)
from briefing.search.planning import LEAD_WEIGHT, TYPICAL_LENGTH

with importing_quietly():
    from whoosh import columns, fields, formats
    from whoosh.codec import whoosh3

BLOCK: Final = 512
"""Postings per block, the unit of reading."""
HEADLINE_WEIGHT: Final = 3.0
SPEAKER_WEIGHT: Final = 0.5

UNIT: Final = 100
"""Weights are held as so many parts of one, a byte each: a long article has millions of them."""
_PARTS: Final = tuple(weight / UNIT for weight in range(256))
SHORT_PREFIX: Final = 2
"""Prefixes up to this length match nearly every passage, so that their weights do not count."""
Posting = tuple[str, bytes]
"""A term of a field in one passage, and its places or slots; it weighs UNIT."""
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


class _Weights(dict[float, int]):
    """The BM25 weights of words by their frequency in passages of one length, in parts of UNIT.

    Robertson and Zaragoza 2009, with k1 1.2 and b 0.5; idf is applied when a query is answered.
    """

    def __init__(self, length: int, lead: bool) -> None:  # noqa: FBT001
        super().__init__()
        self._share = 1.2 * (0.5 + 0.5 * length / TYPICAL_LENGTH)
        self._most = 2.2 * (LEAD_WEIGHT if lead else 1.0)

    def __missing__(self, count: float) -> int:
        weight = self[count] = round(UNIT * self._most * count / (count + self._share))
        return weight


class _Word(msgspec.Struct, frozen=True):
    """The passages with a word, its places in each, and its weighted count where not once."""

    docs: array[int]
    places: list[bytes]
    not_once: array[int]
    counts: array[float]


class Pool:
    """A writer's postings, in place of Whoosh's, which sorts tuples; derived terms come last."""

    add = None
    """Whoosh's writer asks for this, to add what it analyses: nothing here."""

    def __init__(self) -> None:
        self._terms: dict[str, dict[str, Held]] = {field: {} for field in FIELDS}
        self._words: dict[str, _Word] = {}
        self._weights: list[_Weights] = []
        self._once = array("B")
        self._kinds: dict[tuple[int, bool], _Weights] = {}

    def put(self, doc: IndexedPassage, article: PreparedArticle, *, first: bool) -> None:
        """Add a passage, with the fields of its article on the first; passages come in order."""
        number, kind = len(self._weights), (len(doc.text[0]), doc.lead)
        weigh = self._kinds.get(kind) or self._kinds.setdefault(kind, _Weights(*kind))
        self._weights.append(weigh)
        self._once.append(weigh[1.0])
        self._put_words(number, doc)
        for field, items in _postings_of(doc, article, first=first).items():
            held = self._terms[field]
            for term, value in items:
                docs, weights, values = held.get(term) or held.setdefault(term, _nothing())
                docs.append(number)
                weights.append(UNIT)
                if value:
                    values.append(value)

    def _put_words(self, number: int, doc: IndexedPassage) -> None:
        words = self._words
        places, extra = _word_places(doc)
        for term, at in places.items():
            word = words.get(term)
            if word is None:
                word = words[term] = _Word(array("I"), [], array("I"), array("d"))
            word.docs.append(number)
            word.places.append(packed(at))
            if len(at) > 1 or term in extra:
                word.not_once.append(number)
                word.counts.append(len(at) + extra.get(term, 0.0))

    def extend(self, field: str, term: str, postings: Postings, moved: Mapping[int, int]) -> None:
        """Add a term's postings behind those put, passage numbers mapped by `moved`."""
        docs, weights, values = self._terms[field].setdefault(term, _nothing())
        places = postings.places or repeat(b"")
        for doc, weight, value in zip(postings.docs, postings.weights, places):  # noqa: B905
            if doc in moved:
                docs.append(moved[doc])
                weights.append(round(weight * UNIT))
                if value:
                    values.append(value)

    def rows(self, field: str) -> Iterator[tuple[bytes, Held]]:
        """Yield the terms of a field as they are stored, in order, each with its postings."""
        families, held = self._families(field), self._terms[field]
        for stored, term in sorted(
            (term.encode("utf-8", "replace"), term) for term in families.keys() | held.keys()
        ):
            docs, weights, values = held.get(term, _NOTHING)
            if term in families:
                family = [self._words[word] for word in families[term]]
                if field == "prefix" and len(term) <= SHORT_PREFIX:
                    of_family = array("I", sorted(set[int]().union(*(w.docs for w in family))))
                    weigh = array("B", [UNIT]) * len(of_family)
                else:
                    of_family, weigh = self._weigh(family)
                places = family[0].places if field == "text" else []
                docs, weights, values = of_family + docs, weigh + weights, places + values
            if docs:
                yield stored, (docs, weights, values)

    def _families(self, field: str) -> Mapping[str, Sequence[str]]:
        if field == "text":
            return {word: (word,) for word in self._words}
        found: dict[str, list[str]] = {}
        if field == "stem":
            for word in self._words:
                found.setdefault(stem(word), []).append(word)
        elif field == "prefix":
            for word in self._words:
                for size in range(1, min(MAX_PREFIX, len(word)) + 1):
                    found.setdefault(word[:size], []).append(word)
        return found

    def _weigh(self, family: Sequence[_Word]) -> tuple[array[int], array[int]]:
        """Return the passages with any of some words, and what all weigh together in each."""
        docs, counts = family[0].docs, dict[int, float]()
        if len(family) > 1:
            several = Counter(chain.from_iterable(one.docs for one in family))
            docs = array("I", sorted(several))
            counts = {doc: count for doc, count in several.items() if count > 1}
        for one in family:
            for doc, count in zip(one.not_once, one.counts, strict=True):
                counts[doc] = counts.get(doc, 1.0) + count - 1.0
        weights = array("B", map(self._once.__getitem__, docs))
        for doc, count in counts.items():
            weights[bisect_left(docs, doc)] = self._weights[doc][count]
        return docs, weights

    def iter_postings(self) -> Pool:
        """Return itself, as the field writer reads one term at a time."""
        return self

    def cleanup(self) -> None:
        """Drop all postings."""
        self._terms.clear()
        self._words.clear()


def _nothing() -> Held:
    return array("I"), array("B"), []


_NOTHING: Final = _nothing()


class _FieldWriter(whoosh3.W3FieldWriter):  # type: ignore[misc]
    def add_postings(self, schema: Any, _lengths: object, pool: Pool) -> None:
        """Write every term of the pool, block by block."""
        for field in sorted(FIELDS):
            self.start_field(field, schema[field])
            for term, held in pool.rows(field):
                self.start_term(term)
                self._put_blocks(*held)
                self.finish_term()
            self.finish_field()

    def _put_blocks(self, docs: array[int], weights: array[int], values: list[bytes]) -> None:
        writer = self._postwriter
        for start in range(0, len(docs), BLOCK):
            if start:
                writer._write_block()  # noqa: SLF001 - Whoosh has no call for a whole block
            part = slice(start, start + BLOCK)
            weighed = array("f", map(_PARTS.__getitem__, weights[part]))
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


def _postings_of(
    doc: IndexedPassage, article: PreparedArticle, *, first: bool
) -> dict[str, list[Posting]]:
    found: dict[str, list[Posting]] = {
        **_slot_postings(doc),
        "headline": _placed(zip(*doc.headline, strict=True)),
        "section": _run(doc.section),
        "tag": _run(*doc.tags),
        "note": _run(*doc.notes),
        "role": [(doc.record.role, b"")],
    }
    if first:
        found["publisher"] = _run(*article.publisher)
        for field, facet in (("outlet", "publisher"), ("year", "year")):
            found[field] = [(value, b"") for value in article.record.facets[facet]]
        found["briefing"] = [(article.record.briefing, b"")]
        found["article"] = [(article.key, b"")]
        found["first"] = [("1", b"")]
    return found


def _word_places(doc: IndexedPassage) -> tuple[dict[str, list[int]], dict[str, float]]:
    """Return the places of the words in a passage's streams, and what they count beside."""
    places: dict[str, list[int]] = {}
    extra: dict[str, float] = {}
    for number, (base, terms, at) in enumerate(streams_of(doc)):
        for term, place in zip(terms, at, strict=True):
            found = places.get(term)
            if found is None:
                places[term] = [base + place]
            else:
                found.append(base + place)
        if number:
            # Every place already counts 1.
            more = (HEADLINE_WEIGHT if number == 1 else SPEAKER_WEIGHT) - 1
            for term in terms:
                extra[term] = extra.get(term, 0.0) + more
    return places, extra


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


def _run(*stretches: Sequence[str]) -> list[Posting]:
    """Return the postings of sequences of words, each separated from the next by GAP places."""
    starts = accumulate((len(words) + GAP for words in stretches), initial=0)
    pairs = zip(stretches, starts, strict=False)  # One start is left over.
    return _placed((word, n) for words, start in pairs for n, word in enumerate(words, start))


def _placed(words: Iterable[tuple[str, int]]) -> list[Posting]:
    places: dict[str, list[int]] = {}
    for word, place in words:
        places.setdefault(word, []).append(place)
    return _unweighted(places)


def _unweighted(places: Mapping[str, Sequence[int]]) -> list[Posting]:
    return [(word, packed(found)) for word, found in places.items()]
