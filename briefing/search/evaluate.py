"""What a query finds: articles that have all it asks for, and the passages of them to show.

Words and what is said of whole articles choose articles: `and`, `or` and `not` join what stands
anywhere in one. Fields of passages (`country:`, `speaker:`, `section:` ...) choose among the
passages of these: those that hold a word asked for too, or in an article that has none, all that
have the fields. Where only words are asked for, the passages that hold any of them are shown.

Works on one segment at a time, by sets of its passages and articles, by number.
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
    LONGEST_BEGINNING,
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
"""What another form of the word counts against the word itself."""
KEPT: Final = 128
"""So many words and beginnings of queries are kept, for the next key that is pressed."""
_SHIFT: Final = 32
_SLOT_SHIFT: Final = _SHIFT - SLOT_BITS
SHARED: Final = 2
"""So many letters at least the forms of a word have in common: army and armies, die and dying."""

Aim = Literal["words", "passages", "articles"]


class Table(NamedTuple):
    """The passages that a word of a query finds, and what it weighs in each."""

    docs: Sequence[int] = ()
    weights: Sequence[float] = ()


class Matches(NamedTuple):
    """Passages and their articles; `docs` is None for all passages of the articles."""

    docs: set[int] | None
    articles: set[int]


def aim(node: Node) -> Aim:
    """Tell what a part of a query chooses."""
    match node:
        case Field(name):
            if name in PASSAGE_FIELDS:
                return "passages"
            return "words" if name == "headline" else "articles"
        case Not(child):
            return "passages" if aim(child) == "passages" else "articles"
        case And(children) | Or(children):
            aims = {aim(child) for child in children}
            return aims.pop() if len(aims) == 1 else "words"
    return "words"


class Lookup:
    """The words of queries looked up in one segment, each once."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self.table: Callable[[Leaf], Table] = lru_cache(maxsize=KEPT)(self._table)
        self.counts: Callable[[frozenset[str], frozenset[int]], bytearray] = lru_cache(maxsize=4)(
            self._counts
        )
        self.sums: Callable[[Leaf], Mapping[int, float]] = lru_cache(maxsize=KEPT)(self._sums)

    def _sums(self, leaf: Leaf) -> Mapping[int, float]:
        """Map each article that a word finds to what the word weighs there in all."""
        table = self.table(leaf)
        sums: dict[int, float] = {}
        articles = map(self.segment.article_of.__getitem__, table.docs)
        for number, weight in zip(articles, table.weights, strict=True):
            sums[number] = sums.get(number, 0.0) + weight
        return sums

    def _counts(self, roles: frozenset[str], deleted: frozenset[int]) -> bytearray:
        """Mark the passages of these roles that are not deleted."""
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
        """Weigh other words, which stand in all passages of `word`, below the word itself."""
        exact = self.segment.postings("text", word)
        weighed = map(mul, others.weights, repeat(OTHER_FORM))
        weights = dict(zip(others.docs, weighed, strict=True))
        # All of these are keys already, so that the values keep the order of the passages.
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
        """Look up words that follow each other; the last may be the beginning of one."""
        if not words:
            return Table()
        if len(words) == 1:
            return self._beginning(field, words[0]) if last_begins else self._any(field, words)
        options = self._options(field, words, last_begins=last_begins)
        docs = sorted({place >> _SHIFT for place in self._in_row(field, options)})
        whole = options[:-1] if last_begins else options
        return _weighed_as_rarest([self._any(field, words) for words in whole], docs)

    def _options(
        self, field: str, words: Sequence[str], *, last_begins: bool
    ) -> list[Sequence[str]]:
        """List for each of some words the terms that answer it."""
        options: list[Sequence[str]] = [(word,) for word in words]
        if last_begins:
            options[-1] = self.segment.expand(field, words[-1])
        return options

    def _in_row(
        self, field: str, options: Sequence[Sequence[str]], within: Collection[int] | None = None
    ) -> set[int]:
        """Find the places where words that answer stand one right after the other.

        A place is its passage's number and the place in it as one number.
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

    def _beginning(self, field: str, beginning: str) -> Table:
        if field != "text" or len(beginning) > LONGEST_BEGINNING:
            return self._any(field, self.segment.expand(field, beginning))
        return self._preferring(beginning, self.segment.postings("beginning", beginning))

    def _close(self, words: Sequence[Word | Prefix], distance: int) -> Table:
        """Look up words, in any form, that stand near each other in any order."""
        tables = [self.table(word) for word in words]
        common = reduce(and_, (set(table.docs) for table in tables))
        places = [self._places_of(word, common) for word in words]
        marked = sorted((place, n) for n, each in enumerate(places) for place in each)
        window = distance + len(words) - 2
        docs = sorted({place >> _SHIFT for place in _close_places(marked, len(words), window)})
        return _weighed_as_rarest(tables, docs)

    def _places_of(self, word: Word | Prefix, within: Collection[int]) -> set[int]:
        """Find where a word stands: in any form, or as all the parts of a compound in a row."""
        found: set[int] = set()
        for run in alternatives(word.text):
            options = self._options("text", run, last_begins=isinstance(word, Prefix))
            if len(run) == 1 and isinstance(word, Word):
                options = [self._forms(run[0])]
            found |= self._in_row("text", options, within)
        return found

    def _forms(self, word: str) -> list[str]:
        """List the words of the same stem; they share their first letters."""
        root = stem(word)
        return [form for form in self.segment.expand("text", word[:SHARED]) if stem(form) == root]

    def slots(self, fields: Sequence[Node], within: Collection[int]) -> set[int]:
        """Find the annotations that have all these values, among the passages `within`."""
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
        """Find the annotations that have this whole value, among the passages `within`."""
        return {place >> SLOT_BITS for place in self._in_row(field, [(value,)], within)}


def runs(text: str) -> list[list[str]]:
    """List the ways in which words in a row may be written: compounds joined, or in parts."""
    words = [found for word in text.split() if (found := alternatives(word))]
    joined = [term for each in words for term in each[0]]
    parts = [term for each in words for term in each[-1]]
    return [joined] if joined == parts else [joined, parts]


def _places(postings: Postings, within: Collection[int], ahead: int) -> Iterable[int]:
    """List the places that stand so far `ahead` of a term, in the passages `within`."""
    chosen = list(map(within.__contains__, postings.docs))
    values = list(compress(postings.places, chosen))
    starts = ((doc << _SHIFT) - ahead for doc in compress(postings.docs, chosen))
    sizes = list(map(len, values))
    if any(map((1).__and__, sizes)):
        places = map(unpacked, values)
        return (s + p for s, each in zip(starts, places, strict=True) for p in each)
    # All in two bytes, as nearly always: read at once.
    repeated = chain.from_iterable(map(repeat, starts, map(rshift, sizes, repeat(1))))
    return map(add, repeated, array("H", b"".join(values)))


def _merged(tables: Sequence[Table]) -> Table:
    """Put tables together; where several have a passage, the highest weight counts."""
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
    """Weigh words that stand together in some passages as the rarest of them."""
    rarest = min(tables, key=lambda table: len(table.docs))
    weights = dict(zip(rarest.docs, rarest.weights, strict=True))
    return Table(docs, [weights[doc] for doc in docs])


def _close_places(marked: Sequence[tuple[int, int]], kinds: int, window: int) -> Iterator[int]:
    """Walk the places up to which, in a window, each kind stands."""
    last: dict[int, int] = {}
    for place, kind in marked:
        last[kind] = place
        if place - min(last.values()) <= window and len(set(last.values())) == kinds:
            yield place


class Finder:
    """The passages and articles of one segment that a query finds, of those that count."""

    def __init__(self, lookup: Lookup, counts: bytearray) -> None:
        """Look in those passages that have a 1 in `counts`."""
        self.lookup = lookup
        self.segment = lookup.segment
        self.counts = counts

    def find(self, node: Node) -> Matches:
        """Find what a resolved query asks for."""
        match node:
            case And(children):
                return self._all(children)
            case Or(children):
                return self._either([self.find(child) for child in children])
            case Not(child):
                return self._without(child)
            case Same(child):
                return self._found(self._passages_with(child))
        if isinstance(node, Field) and aim(node) == "articles":
            return Matches(None, self._articles & self._of_articles(node))
        return self._found(set(self.counting(self.lookup.table(node).docs)))

    def _without(self, node: Node) -> Matches:
        found = self.find(node)
        if aim(node) == "passages":
            return self._found(set(self._everything()) - self.docs(found))
        return Matches(None, self._articles - found.articles)

    def _of_articles(self, field: Field) -> set[int]:
        if field.name in DATE_FIELDS:
            return self._of_days(field)
        return set(self._articles_of(self.lookup.table(field).docs))

    def docs(self, found: Matches) -> set[int]:
        """Return the passages of what was found."""
        if found.docs is not None:
            return found.docs
        starts = self.segment.starts
        every = (doc for n in found.articles for doc in range(starts[n], starts[n + 1]))
        return {doc for doc in every if self.counts[doc]}

    def counting(self, docs: Sequence[int]) -> Iterable[int]:
        """Leave out the passages that are not looked in."""
        return compress(docs, map(self.counts.__getitem__, docs))

    def _everything(self) -> Iterable[int]:
        return compress(range(self.segment.size), self.counts)

    @cached_property
    def _articles(self) -> set[int]:
        """All articles that are looked in."""
        return set(self._articles_of(self._everything()))

    def _articles_of(self, docs: Iterable[int]) -> Iterable[int]:
        return map(self.segment.article_of.__getitem__, docs)

    def _of(self, docs: set[int], articles: Collection[int]) -> set[int]:
        """Leave out the passages of other articles."""
        return set(compress(docs, map(articles.__contains__, self._articles_of(docs))))

    def _found(self, docs: set[int]) -> Matches:
        return Matches(docs, set(self._articles_of(docs)))

    def _either(self, parts: Sequence[Matches]) -> Matches:
        articles = set().union(*(part.articles for part in parts))
        if all(part.docs is None for part in parts):
            return Matches(None, articles)
        return Matches(set().union(*map(self.docs, parts)), articles)

    def _all(self, children: Sequence[Node]) -> Matches:
        choosing = [child for child in children if aim(child) == "passages"]
        parts = [(child, self.find(child)) for child in children if child not in choosing]
        articles = reduce(and_, (found.articles for _, found in parts)) if parts else None
        shown = [found for child, found in parts if aim(child) == "words"]
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
        """Leave out passages without any of the words, of articles that have some with."""
        worded = docs.intersection(set().union(*map(self.docs, words)))
        return worded | (docs - self._of(docs, set(self._articles_of(worded))))

    def _chosen(self, fields: Sequence[Node]) -> set[int]:
        """Find the passages that fields choose; annotations asked for apart may stand apart."""
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
        """Find the passages that have all by themselves."""
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
        """Find the passages of some articles that have each of these fields."""
        return self._of(self._having_each(group), articles)

    def _having_each(self, group: Sequence[Node]) -> set[int]:
        return reduce(and_, (self.docs(self.find(field)) for field in group))

    def articles_of_slots(self, slots: Iterable[int]) -> Iterable[int]:
        """Walk the articles that annotations stand in."""
        return self._articles_of(slot >> _SLOT_SHIFT for slot in slots)

    def _of_days(self, field: Field) -> set[int]:
        """Find the articles whose date, as precisely as it is known, surely lies there."""
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
    """Part fields into groups that speak of one annotation each, and those that speak of none.

    A field that comes again begins another group: `country:DE stance:ban country:FR stance:allow`.
    """
    groups: list[dict[str, Node]] = []
    others: list[Node] = []
    for field in fields:
        name = slot_name(field)
        if name is None:
            if aim(field) == "passages":
                others.append(field)
        elif groups and name not in groups[-1]:
            groups[-1][name] = field
        else:
            groups.append({name: field})
    return [list(group.values()) for group in groups], others


def slot_name(node: Node) -> str | None:
    """Return the field of annotations that a field, or several values of one, asks for."""
    match node:
        case Field(name) if name in SLOT_FIELDS:
            return name
        case Or(children):
            names = {slot_name(child) for child in children}
            return names.pop() if len(names) == 1 else None
    return None
