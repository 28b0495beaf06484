"""Looking up the leaves of a query in one segment: words, phrases, prefixes and field values."""

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from itertools import chain, compress, repeat
from operator import add, and_, mul, or_, rshift
from typing import Final

from briefing.search.analysis import alternatives, stem, terms
from briefing.search.documents import WORD_FIELDS
from briefing.search.engines.whoosh_segment import (
    MAX_PREFIX,
    SLOT_BITS,
    Postings,
    Segment,
    unpacked,
)
from briefing.search.nodes import ExactPhrase, Field, Fuzzy, Leaf, Near, Node, Or, Prefix, Word
from briefing.search.planning import OTHER_FORM, SHARED, runs, words_of_field

KEPT: Final = 128
"""Cached lookups of words and prefixes, reused while the user types on."""
_PLACE_BITS: Final = 32
"""The low bits of a place number; the high bits are the number of its passage."""
SLOT_NUMBER_BITS: Final = _PLACE_BITS - SLOT_BITS
"""The same for the number of an annotation: a place number without the bits of the word."""


class Lookup:
    """Lookups of query leaves in one segment, cached."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self.table: Callable[[Leaf], Postings] = lru_cache(maxsize=KEPT)(self._table)
        self.counts: Callable[[frozenset[str], frozenset[int]], bytearray] = lru_cache(maxsize=4)(
            self._counts
        )
        self.sums: Callable[[Leaf], Mapping[int, float]] = lru_cache(maxsize=KEPT)(self._sums)

    def _sums(self, leaf: Leaf) -> Mapping[int, float]:
        table = self.table(leaf)
        sums: dict[int, float] = {}
        articles = map(self.segment.article_of.__getitem__, table.docs)
        for number, weight in zip(articles, table.weights, strict=True):
            sums[number] = sums.get(number, 0.0) + weight
        return sums

    def _counts(self, roles: frozenset[str], deleted: frozenset[int]) -> bytearray:
        """Return a byte per passage: 1 if it has one of these roles and is not deleted."""
        marks = bytearray(self.segment.size)
        for role in roles:
            for doc in self.segment.postings("role", role).docs:
                marks[doc] = 1
        for doc in deleted:
            marks[doc] = 0
        return marks

    def _table(self, leaf: Leaf) -> Postings:
        match leaf:
            case Field():
                return self._field(leaf)
            case Near(words, distance):
                return self._close(words, distance)
            case Word(text):
                return _merged([self._alternative(run) for run in alternatives(text)])
            case ExactPhrase(text):
                return _merged([self._run("text", run) for run in runs(text)])
            case Prefix(text):
                return _merged([self._run("text", run, last_begins=True) for run in runs(text)])
            case Fuzzy(text, distance):
                return _merged([self._near(run, distance) for run in alternatives(text)[:1]])

    def _field(self, field: Field) -> Postings:
        if field.name in WORD_FIELDS:
            return self._run(field.name, terms(field.value), last_begins=field.prefix)
        if field.prefix:
            return self._any(field.name, self.segment.expand(field.name, field.value))
        return self._any(field.name, [field.value])

    def _alternative(self, run: Sequence[str]) -> Postings:
        if len(run) > 1:
            return self._run("text", run)
        word, root = run[0], stem(run[0])
        if self.segment.frequency("text", word) == self.segment.frequency("stem", root):
            return self._any("text", run)
        return self._preferring(word, self.segment.postings("stem", root))

    def _preferring(self, word: str, others: Postings) -> Postings:
        """Combine `word` with its other forms, which have all passages of `word` and weigh less."""
        exact = self.segment.postings("text", word)
        weighed = map(mul, others.weights, repeat(OTHER_FORM))
        weights = dict(zip(others.docs, weighed, strict=True))
        # All of these are keys already, so the values stay in the order of the passages.
        weights.update(zip(exact.docs, exact.weights, strict=True))
        return Postings(others.docs, array("f", weights.values()))

    def _any(self, field: str, words: Iterable[str]) -> Postings:
        return _merged([self.segment.postings(field, word) for word in words])

    def _near(self, run: Sequence[str], distance: int) -> Postings:
        if len(run) > 1:
            return self._run("text", run)
        exact = self._any("text", run)
        others = self._any("text", self.segment.near(run[0], distance))
        return _merged([exact, Postings(others.docs, [OTHER_FORM * w for w in others.weights])])

    def _run(self, field: str, words: Sequence[str], *, last_begins: bool = False) -> Postings:
        """Look up consecutive words; the last may be a prefix."""
        if not words:
            return Postings()
        if len(words) == 1:
            return self._prefix(field, words[0]) if last_begins else self._any(field, words)
        options = self._options(field, words, last_begins=last_begins)
        docs = sorted({place >> _PLACE_BITS for place in self._in_row(field, options)})
        whole = options[:-1] if last_begins else options
        return _weighed_as_rarest([self._any(field, words) for words in whole], docs)

    def _options(
        self, field: str, words: Sequence[str], *, last_begins: bool
    ) -> list[Sequence[str]]:
        options: list[Sequence[str]] = [(word,) for word in words]
        if last_begins:
            options[-1] = self.segment.expand(field, words[-1])
        return options

    def _in_row(
        self, field: str, options: Sequence[Sequence[str]], within: Collection[int] | None = None
    ) -> set[int]:
        """Return places, passage in the high bits, where terms of all `options` stand in a row."""
        found = [[self.segment.placed(field, word) for word in words] for words in options]
        holding = [set().union(*(each.docs for each in postings)) for postings in found]
        if within is not None:
            holding.append(set(within))
        common = reduce(and_, holding) if options else set()
        spread = ([_places(one, common, at) for one in each] for at, each in enumerate(found))
        starts = (set().union(*places) for places in spread)
        return reduce(and_, starts) if common else set()

    def _prefix(self, field: str, prefix: str) -> Postings:
        if field != "text" or len(prefix) > MAX_PREFIX:
            return self._any(field, self.segment.expand(field, prefix))
        return self._preferring(prefix, self.segment.postings("prefix", prefix))

    def _close(self, words: Sequence[Word | Prefix], distance: int) -> Postings:
        tables = [self.table(word) for word in words]
        common = reduce(and_, (set(table.docs) for table in tables))
        places = [self._places_of(word, common) for word in words]
        marked = sorted((place, n) for n, each in enumerate(places) for place in each)
        window = distance + len(words) - 2
        docs = sorted({place >> _PLACE_BITS for place in _close_places(marked, len(words), window)})
        return _weighed_as_rarest(tables, docs)

    def _places_of(self, word: Word | Prefix, within: Collection[int]) -> set[int]:
        """Return the places of a word in any form, or of all parts of a compound in a row."""
        found: set[int] = set()
        for run in alternatives(word.text):
            options = self._options("text", run, last_begins=isinstance(word, Prefix))
            if len(run) == 1 and isinstance(word, Word):
                options = [self._forms(run[0])]
            found |= self._in_row("text", options, within)
        return found

    def _forms(self, word: str) -> list[str]:
        """Return the terms with the same stem; they share their first letters."""
        root = stem(word)
        return [form for form in self.segment.expand("text", word[:SHARED]) if stem(form) == root]

    def slots(self, fields: Sequence[Node], within: Collection[int]) -> set[int]:
        """Return the annotations in the passages `within` that match all these fields."""
        return reduce(and_, (self._slots_of(field, within) for field in fields))

    def _slots_of(self, node: Node, within: Collection[int]) -> set[int]:
        match node:
            case Or(children):
                return reduce(or_, (self._slots_of(child, within) for child in children))
            case Field(name, _, prefix):
                words = words_of_field(node)
                options = self._options(name, words, last_begins=prefix) if words else []
                return {place >> SLOT_BITS for place in self._in_row(name, options, within)}
        raise AssertionError(node)

    def holding_slots(self, field: str, value: str, within: Collection[int]) -> set[int]:
        """Return the annotations in the passages `within` that have this whole value."""
        return {place >> SLOT_BITS for place in self._in_row(field, [(value,)], within)}


def _places(postings: Postings, within: Collection[int], ahead: int) -> Iterable[int]:
    """Return the places `ahead` places before each place of a term, in the passages `within`."""
    chosen = list(map(within.__contains__, postings.docs))
    values = list(compress(postings.places, chosen))
    starts = ((doc << _PLACE_BITS) - ahead for doc in compress(postings.docs, chosen))
    sizes = list(map(len, values))
    if any(map((1).__and__, sizes)):
        places = map(unpacked, values)
        return (s + p for s, each in zip(starts, places, strict=True) for p in each)
    # All in two bytes, as nearly always: decode them at once.
    repeated = chain.from_iterable(map(repeat, starts, map(rshift, sizes, repeat(1))))
    return map(add, repeated, array("H", b"".join(values)))


def _merged(tables: Sequence[Postings]) -> Postings:
    """Return the union of tables; a passage in several has its highest weight."""
    filled = [table for table in tables if table.docs]
    if len(filled) < 2:
        return filled[0] if filled else Postings()
    weights: dict[int, float] = {}
    for table in filled:
        for doc, weight in zip(table.docs, table.weights, strict=True):
            if weights.get(doc, 0.0) < weight:
                weights[doc] = weight
    docs = array("I", sorted(weights))
    return Postings(docs, array("f", map(weights.__getitem__, docs)))


def _weighed_as_rarest(tables: Sequence[Postings], docs: Sequence[int]) -> Postings:
    """Return the passages with the weights of the rarest of the words."""
    rarest = min(tables, key=lambda table: len(table.docs))
    weights = dict(zip(rarest.docs, rarest.weights, strict=True))
    return Postings(docs, [weights[doc] for doc in docs])


def _close_places(marked: Sequence[tuple[int, int]], kinds: int, window: int) -> Iterator[int]:
    """Yield the places that end a window in which each kind occurs."""
    last: dict[int, int] = {}
    for place, kind in marked:
        last[kind] = place
        if place - min(last.values()) <= window and len(set(last.values())) == kinds:
            yield place
