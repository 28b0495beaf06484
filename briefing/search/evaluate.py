"""Evaluating a query on one segment: the matching articles, and the passages of them to show.

Words and fields of articles select articles: `and`, `or` and `not` combine what occurs anywhere in
an article. Fields of passages (`country:`, `speaker:`, `section:` ...) then select passages of
these articles: those that also have a word of the query, or, in an article where none has, all
with the fields. For a query of words only, the passages with any of them are shown.

Passages and articles are numbers, combined as sets.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, reduce
from itertools import chain, compress, repeat
from operator import add, and_, mul, or_, rshift
from typing import Final, Literal, NamedTuple

from briefing.search.analysis import alternatives, stem, terms
from briefing.search.documents import PASSAGE_FIELDS, SLOT_FIELDS, WORD_FIELDS, day_range
from briefing.search.engines.whoosh_segment import (
    MAX_PREFIX,
    SLOT_BITS,
    Postings,
    Segment,
    unpacked,
)
from briefing.search.nodes import (
    DATE_FIELDS,
    And,
    ExactPhrase,
    Field,
    Fuzzy,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Prefix,
    Same,
    Word,
)

OTHER_FORM: Final = 0.6
"""The weight of another form of a word, relative to the word itself."""
KEPT: Final = 128
"""Cached lookups of words and prefixes, reused while the user types on."""
_SHIFT: Final = 32
_SLOT_SHIFT: Final = _SHIFT - SLOT_BITS
SHARED: Final = 2
"""Letters that all forms of a word share at its start: army and armies, die and dying."""

Scope = Literal["words", "passages", "articles"]


class Table(NamedTuple):
    """The passages that match a leaf of a query, and its weight in each."""

    docs: Sequence[int] = ()
    weights: Sequence[float] = ()


class Matches(NamedTuple):
    """Matching passages and their articles; `docs` is None for all passages of the articles."""

    docs: set[int] | None
    articles: set[int]


def scope_of(node: Node) -> Scope:
    """Return what a part of a query selects."""
    match node:
        case Field(name):
            if name in PASSAGE_FIELDS:
                return "passages"
            return "words" if name == "headline" else "articles"
        case Not(child):
            return "passages" if scope_of(child) == "passages" else "articles"
        case And(children) | Or(children):
            scopes = {scope_of(child) for child in children}
            return scopes.pop() if len(scopes) == 1 else "words"
    return "words"


class Lookup:
    """Lookups of query leaves in one segment, cached."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self.table: Callable[[Leaf], Table] = lru_cache(maxsize=KEPT)(self._table)
        self.counts: Callable[[frozenset[str], frozenset[int]], bytearray] = lru_cache(maxsize=4)(
            self._counts
        )
        self.sums: Callable[[Leaf], Mapping[int, float]] = lru_cache(maxsize=KEPT)(self._sums)

    def _sums(self, leaf: Leaf) -> Mapping[int, float]:
        """Return the total weight of a leaf in each article that it matches."""
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

    def _table(self, leaf: Leaf) -> Table:
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

    def _field(self, field: Field) -> Table:
        if field.name in WORD_FIELDS:
            return self._run(field.name, terms(field.value), last_begins=field.prefix)
        if field.prefix:
            return self._any(field.name, self.segment.expand(field.name, field.value))
        return self._any(field.name, [field.value])

    def _alternative(self, run: Sequence[str]) -> Table:
        if len(run) > 1:
            return self._run("text", run)
        word, root = run[0], stem(run[0])
        if self.segment.frequency("text", word) == self.segment.frequency("stem", root):
            return self._any("text", run)
        return self._preferring(word, self.segment.postings("stem", root))

    def _preferring(self, word: str, others: Postings) -> Table:
        """Combine `word` with its other forms, which have all passages of `word` and weigh less."""
        exact = self.segment.postings("text", word)
        weighed = map(mul, others.weights, repeat(OTHER_FORM))
        weights = dict(zip(others.docs, weighed, strict=True))
        # All of these are keys already, so the values stay in the order of the passages.
        weights.update(zip(exact.docs, exact.weights, strict=True))
        return Table(others.docs, array("f", weights.values()))

    def _any(self, field: str, words: Iterable[str]) -> Table:
        found = (self.segment.postings(field, word) for word in words)
        return _merged([Table(each.docs, each.weights) for each in found])

    def _near(self, run: Sequence[str], distance: int) -> Table:
        if len(run) > 1:
            return self._run("text", run)
        exact = self._any("text", run)
        others = self._any("text", self.segment.near(run[0], distance))
        return _merged([exact, Table(others.docs, [OTHER_FORM * w for w in others.weights])])

    def _run(self, field: str, words: Sequence[str], *, last_begins: bool = False) -> Table:
        """Look up consecutive words; the last may be a prefix."""
        if not words:
            return Table()
        if len(words) == 1:
            return self._prefix(field, words[0]) if last_begins else self._any(field, words)
        options = self._options(field, words, last_begins=last_begins)
        docs = sorted({place >> _SHIFT for place in self._in_row(field, options)})
        whole = options[:-1] if last_begins else options
        return _weighed_as_rarest([self._any(field, words) for words in whole], docs)

    def _options(
        self, field: str, words: Sequence[str], *, last_begins: bool
    ) -> list[Sequence[str]]:
        """Return for each word the terms that match it."""
        options: list[Sequence[str]] = [(word,) for word in words]
        if last_begins:
            options[-1] = self.segment.expand(field, words[-1])
        return options

    def _in_row(
        self, field: str, options: Sequence[Sequence[str]], within: Collection[int] | None = None
    ) -> set[int]:
        """Return the places where terms of all `options` follow each other.

        A place combines the passage's number (high bits) and the place in it of the first term.
        """
        found = [[self.segment.placed(field, word) for word in words] for words in options]
        holding = [set().union(*(each.docs for each in postings)) for postings in found]
        if within is not None:
            holding.append(set(within))
        common = reduce(and_, holding) if options else set()
        starts = (
            set().union(*(_places(each, common, ahead) for each in postings))
            for ahead, postings in enumerate(found)
        )
        return reduce(and_, starts) if common else set()

    def _prefix(self, field: str, prefix: str) -> Table:
        if field != "text" or len(prefix) > MAX_PREFIX:
            return self._any(field, self.segment.expand(field, prefix))
        return self._preferring(prefix, self.segment.postings("prefix", prefix))

    def _close(self, words: Sequence[Word | Prefix], distance: int) -> Table:
        """Look up words, in any form, that are within a distance in any order."""
        tables = [self.table(word) for word in words]
        common = reduce(and_, (set(table.docs) for table in tables))
        places = [self._places_of(word, common) for word in words]
        marked = sorted((place, n) for n, each in enumerate(places) for place in each)
        window = distance + len(words) - 2
        docs = sorted({place >> _SHIFT for place in _close_places(marked, len(words), window)})
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
            case Field(name, value, prefix):
                words = terms(value) if name in WORD_FIELDS else [value]
                options = self._options(name, words, last_begins=prefix) if words else []
                return {place >> SLOT_BITS for place in self._in_row(name, options, within)}
        raise AssertionError(node)

    def holding_slots(self, field: str, value: str, within: Collection[int]) -> set[int]:
        """Return the annotations in the passages `within` that have this whole value."""
        return {place >> SLOT_BITS for place in self._in_row(field, [(value,)], within)}


def runs(text: str) -> list[list[str]]:
    """Return the term sequences of a phrase: with compounds joined, and in parts."""
    words = [found for word in text.split() if (found := alternatives(word))]
    joined = [term for each in words for term in each[0]]
    parts = [term for each in words for term in each[-1]]
    return [joined] if joined == parts else [joined, parts]


def _places(postings: Postings, within: Collection[int], ahead: int) -> Iterable[int]:
    """Return the places `ahead` places before each place of a term, in the passages `within`."""
    chosen = list(map(within.__contains__, postings.docs))
    values = list(compress(postings.places, chosen))
    starts = ((doc << _SHIFT) - ahead for doc in compress(postings.docs, chosen))
    sizes = list(map(len, values))
    if any(map((1).__and__, sizes)):
        places = map(unpacked, values)
        return (s + p for s, each in zip(starts, places, strict=True) for p in each)
    # All in two bytes, as nearly always: decode them at once.
    repeated = chain.from_iterable(map(repeat, starts, map(rshift, sizes, repeat(1))))
    return map(add, repeated, array("H", b"".join(values)))


def _merged(tables: Sequence[Table]) -> Table:
    """Return the union of tables; a passage in several has its highest weight."""
    filled = [table for table in tables if table.docs]
    if len(filled) < 2:
        return filled[0] if filled else Table()
    weights: dict[int, float] = {}
    for table in filled:
        for doc, weight in zip(table.docs, table.weights, strict=True):
            if weights.get(doc, 0.0) < weight:
                weights[doc] = weight
    docs = array("I", sorted(weights))
    return Table(docs, array("f", map(weights.__getitem__, docs)))


def _weighed_as_rarest(tables: Sequence[Table], docs: Sequence[int]) -> Table:
    """Return the passages with the weights of the rarest of the words."""
    rarest = min(tables, key=lambda table: len(table.docs))
    weights = dict(zip(rarest.docs, rarest.weights, strict=True))
    return Table(docs, [weights[doc] for doc in docs])


def _close_places(marked: Sequence[tuple[int, int]], kinds: int, window: int) -> Iterator[int]:
    """Yield the places that end a window in which each kind occurs."""
    last: dict[int, int] = {}
    for place, kind in marked:
        last[kind] = place
        if place - min(last.values()) <= window and len(set(last.values())) == kinds:
            yield place


class Finder:
    """Evaluates queries on the passages of one segment that are searched."""

    def __init__(self, lookup: Lookup, counts: bytearray) -> None:
        """Search the passages that have a 1 in `counts`."""
        self.lookup = lookup
        self.segment = lookup.segment
        self.counts = counts

    def find(self, node: Node) -> Matches:
        """Return the passages and articles that match a resolved query."""
        match node:
            case And(children):
                return self._all(children)
            case Or(children):
                return self._either([self.find(child) for child in children])
            case Not(child):
                return self._without(child)
            case Same(child):
                return self._found(self._passages_with(child))
        if isinstance(node, Field) and scope_of(node) == "articles":
            return Matches(None, self._articles & self._of_articles(node))
        return self._found(set(self.counting(self.lookup.table(node).docs)))

    def _without(self, node: Node) -> Matches:
        found = self.find(node)
        if scope_of(node) == "passages":
            return self._found(set(self._everything()) - self.docs(found))
        return Matches(None, self._articles - found.articles)

    def _of_articles(self, field: Field) -> set[int]:
        if field.name in DATE_FIELDS:
            return self._of_days(field)
        return set(self._articles_of(self.lookup.table(field).docs))

    def docs(self, found: Matches) -> set[int]:
        """Return the passages of a match."""
        if found.docs is not None:
            return found.docs
        starts = self.segment.starts
        every = (doc for n in found.articles for doc in range(starts[n], starts[n + 1]))
        return {doc for doc in every if self.counts[doc]}

    def counting(self, docs: Sequence[int]) -> Iterable[int]:
        """Return those of the passages that are searched."""
        return compress(docs, map(self.counts.__getitem__, docs))

    def _everything(self) -> Iterable[int]:
        return compress(range(self.segment.size), self.counts)

    @cached_property
    def _articles(self) -> set[int]:
        """All articles that are searched."""
        return set(self._articles_of(self._everything()))

    def _articles_of(self, docs: Iterable[int]) -> Iterable[int]:
        return map(self.segment.article_of.__getitem__, docs)

    def _of(self, docs: set[int], articles: Collection[int]) -> set[int]:
        """Return those of the passages that belong to these articles."""
        return set(compress(docs, map(articles.__contains__, self._articles_of(docs))))

    def _found(self, docs: set[int]) -> Matches:
        return Matches(docs, set(self._articles_of(docs)))

    def _either(self, parts: Sequence[Matches]) -> Matches:
        articles = set().union(*(part.articles for part in parts))
        if all(part.docs is None for part in parts):
            return Matches(None, articles)
        return Matches(set().union(*map(self.docs, parts)), articles)

    def _all(self, children: Sequence[Node]) -> Matches:
        choosing = [child for child in children if scope_of(child) == "passages"]
        parts = [(child, self.find(child)) for child in children if child not in choosing]
        articles = reduce(and_, (found.articles for _, found in parts)) if parts else None
        shown = [found for child, found in parts if scope_of(child) == "words"]
        if choosing:
            docs = self._chosen(choosing)
        elif shown:
            docs = set().union(*map(self.docs, shown))
        else:
            return Matches(None, articles or set())
        if articles is not None:
            docs = self._of(docs, articles)
        return self._found(self._preferring_words(docs, shown) if choosing else docs)

    def _preferring_words(self, docs: set[int], words: Sequence[Matches]) -> set[int]:
        """Drop passages without any of the words where others of their article have some."""
        worded = docs.intersection(set().union(*map(self.docs, words)))
        return worded | (docs - self._of(docs, set(self._articles_of(worded))))

    def _chosen(self, fields: Sequence[Node]) -> set[int]:
        """Return the passages that match fields; each annotation may be in another passage."""
        groups, others = slot_groups(fields)
        sets = [self.docs(self.find(other)) for other in others]
        base = reduce(and_, sets) if sets else None
        found = [self._with_slot(group) for group in groups]
        if base is not None:
            found = [docs & base for docs in found] or [base]
        if len(found) == 1:
            return found[0]
        articles = reduce(and_, (set(self._articles_of(docs)) for docs in found))
        return self._of(set().union(*found), articles)

    def _with_slot(self, group: Sequence[Node]) -> set[int]:
        docs = self._having_each(group)
        if len(group) == 1 or not docs:
            return docs
        return {slot >> _SLOT_SHIFT for slot in self.lookup.slots(group, docs)}

    def _passages_with(self, node: Node) -> set[int]:
        """Return the passages that match a whole query on their own."""
        match node:
            case And(children):
                groups, _ = slot_groups(children)
                tied = [self._with_slot(group) for group in groups if len(group) > 1]
                return reduce(and_, [*tied, *map(self._passages_with, children)])
            case Or(children):
                return reduce(or_, map(self._passages_with, children))
            case Not(child):
                return set(self._everything()) - self._passages_with(child)
        return self.docs(self.find(node))

    def docs_with(self, group: Sequence[Node], articles: Collection[int]) -> set[int]:
        """Return the passages of these articles that match each of these fields."""
        return self._of(self._having_each(group), articles)

    def _having_each(self, group: Sequence[Node]) -> set[int]:
        return reduce(and_, (self.docs(self.find(field)) for field in group))

    def articles_of_slots(self, slots: Iterable[int]) -> Iterable[int]:
        """Return the articles of annotations."""
        return self._articles_of(slot >> _SLOT_SHIFT for slot in slots)

    def _of_days(self, field: Field) -> set[int]:
        """Return the articles whose date, as precisely as it is known, certainly matches."""
        days = enumerate(self.segment.days)
        if field.value == "unknown":
            found = {n for n, (first, _) in days if not first}
        else:
            begin, end = day_range(field.value)
            match field.name:
                case "before":
                    found = {n for n, (_, last) in days if 0 < last < begin}
                case "after":
                    found = {n for n, (first, _) in days if first >= begin}
                case _:
                    found = {n for n, (first, last) in days if first >= begin and 0 < last <= end}
        return found


def slot_groups(fields: Sequence[Node]) -> tuple[list[list[Node]], list[Node]]:
    """Split fields into groups that refer to one annotation each, and other passage fields.

    A repeated field starts another group: `country:DE stance:ban country:FR stance:allow`.
    """
    groups: list[dict[str, Node]] = []
    others: list[Node] = []
    for field in fields:
        name = slot_name(field)
        if name is None:
            if scope_of(field) == "passages":
                others.append(field)
        elif groups and name not in groups[-1]:
            groups[-1][name] = field
        else:
            groups.append({name: field})
    return [list(group.values()) for group in groups], others


def slot_name(node: Node) -> str | None:
    """Return the annotation field that a field, or an Or of its values, refers to, or None."""
    match node:
        case Field(name) if name in SLOT_FIELDS:
            return name
        case Or(children):
            names = {slot_name(child) for child in children}
            return names.pop() if len(names) == 1 else None
    return None
