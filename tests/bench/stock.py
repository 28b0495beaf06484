"""The same passages in Whoosh's plainest use: slow, and the measure of what must be found.

Single words, phrases, beginnings and values are looked up by Whoosh's own searcher in an index of
its own; what of that a whole query finds is worked out here, an article and a passage at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from whoosh import fields, index, scoring
from whoosh import query as q
from whoosh.analysis import Filter, RegexTokenizer

from briefing.search.analysis import alternatives, stem, terms
from briefing.search.documents import IndexedPassage, PreparedArticle, Slot, day_range
from briefing.search.nodes import (
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

Passage = tuple[str, str]
"""The key of an article and the id of a chunk."""

SLOTS = ("country", "stance", "speaker", "cites", "voice")
OF_PASSAGES = (*SLOTS, "role", "section", "tag", "note")
OF_WORDS = ("speaker", "cites", "section", "tag", "note", "publisher", "headline")
_APART = 100
"""Places between two stretches of words, so that no phrase reaches over."""


class _Placed(Filter):  # type: ignore[misc]
    """Reads `place:term` as the term at that place."""

    def __call__(self, tokens: Iterable[Any]) -> Iterator[Any]:
        for token in tokens:
            place, _, token.text = token.text.partition(":")
            token.pos = int(place)
            yield token


def make_schema() -> Any:
    placed = RegexTokenizer("[^\x1f]+") | _Placed()
    whole = RegexTokenizer("[^\x1f]+")
    return fields.Schema(
        key=fields.STORED,
        **{
            name: fields.TEXT(analyzer=placed)
            for name in ("text", "headline", "section", "tag", "note", "publisher")
        },
        **{name: fields.KEYWORD(analyzer=whole) for name in ("role", "briefing", "article")},
        first_day=fields.NUMERIC(int, bits=32),
        last_day=fields.NUMERIC(int, bits=32),
    )


def _written(*stretches: tuple[Sequence[str], Sequence[int]]) -> str:
    parts, base = [], 0
    for words, places in stretches:
        parts += [f"{base + place}:{word}" for word, place in zip(words, places, strict=True)]
        base += max(places, default=0) + _APART
    return "\x1f".join(parts)


def _in_a_row(stretches: Iterable[Sequence[str]]) -> str:
    return _written(*((words, range(len(words))) for words in stretches))


def fields_of(article: PreparedArticle, doc: IndexedPassage) -> dict[str, Any]:
    return {
        "key": (article.key, doc.record.chunk),
        "text": _written(doc.text, doc.headline, *doc.speakers),
        "headline": _written(doc.headline),
        "section": _in_a_row([doc.section]),
        "tag": _in_a_row(doc.tags),
        "note": _in_a_row(doc.notes),
        "publisher": _in_a_row(article.publisher),
        "role": doc.record.role,
        "briefing": article.record.briefing,
        "article": article.key,
        "first_day": article.first_day,
        "last_day": article.last_day,
    }


class Stock:
    """Prepared articles, in Whoosh's index for the leaves of a query and by key for the rest."""

    def __init__(self, folder: Path, articles: Iterable[PreparedArticle]) -> None:
        folder.mkdir()
        # The passages of a prepared article come once; here they are asked for again and again.
        held = (article._replace(documents=tuple(article.documents)) for article in articles)
        self.articles = {article.key: article for article in held}
        made = index.create_in(folder, make_schema())
        writer = made.writer(limitmb=256)
        for article in self.articles.values():
            for doc in article.documents:
                writer.add_document(**fields_of(article, doc))
        writer.commit()
        self.searcher = made.searcher(weighting=scoring.Frequency())
        self.reader = self.searcher.reader()
        self.holding = cache(self._holding)
        self.lexicon = cache(self._lexicon)
        self.places = cache(self._places)

    # Leaves

    def _holding(self, leaf: Leaf) -> dict[str, set[str]]:
        """Find the chunks that have what a leaf asks for, by article; of fields of articles all."""
        match leaf:
            case Near(words, distance):
                return self._near(words, distance)
            case Field(name) if name in SLOTS:
                raise AssertionError(leaf)
        found: dict[str, set[str]] = {}
        for doc in self.searcher.docs_for_query(self.query(leaf)):
            key, chunk = self.searcher.stored_fields(doc)["key"]
            found.setdefault(key, set()).add(chunk)
        return found

    def query(self, leaf: Leaf) -> Any:  # noqa: PLR0911 - one line a kind of leaf
        """Translate a leaf to Whoosh's own query."""
        match leaf:
            case Word(text):
                return q.Or([self._word(run) for run in alternatives(text)])
            case ExactPhrase(text):
                return q.Or([self._row("text", run) for run in _readings(text)])
            case Prefix(text):
                return q.Or([self._row("text", run, begins=True) for run in _readings(text)])
            case Fuzzy(text, distance):
                return q.Or([self._fuzzy(run, distance) for run in alternatives(text)[:1]])
            case Field("before" | "after" | "date"):
                return _days(leaf)
            case Field(name, value, prefix) if name in OF_WORDS:
                return self._row(name, terms(value), begins=prefix)
            case Field(name, value, prefix):
                return q.Prefix(name, value) if prefix else q.Term(name, value)
        raise AssertionError(leaf)

    def _word(self, run: Sequence[str]) -> Any:
        if len(run) > 1:
            return self._row("text", run)
        return q.Or([q.Term("text", form) for form in self._forms(run[0])])

    def _forms(self, word: str) -> list[str]:
        return [term for term in self.lexicon("text") if stem(term) == stem(word)]

    def _fuzzy(self, run: Sequence[str], distance: int) -> Any:
        if len(run) > 1:
            return self._row("text", run)
        near = (
            term
            for term in self.lexicon("text")
            if term[0] == run[0][0] and edits(term, run[0]) <= distance
        )
        return q.Or([q.Term("text", term) for term in near])

    def _row(self, field: str, run: Sequence[str], *, begins: bool = False) -> Any:
        if not run:
            return q.NullQuery
        if len(run) == 1:
            return q.Prefix(field, run[0]) if begins else q.Term(field, run[0])
        if not begins:
            return q.Phrase(field, list(run))
        ends = [term for term in self.lexicon(field) if term.startswith(run[-1])]
        return q.Or([q.Phrase(field, [*run[:-1], end]) for end in ends])

    def _lexicon(self, field: str) -> list[str]:
        return [term.decode("utf-8") for term in self.reader.lexicon(field)]

    def _near(self, words: Iterable[Word | Prefix], distance: int) -> dict[str, set[str]]:
        """Choose a place of its own for each word, in every way, and see how far apart they are."""
        options = [self._options(word) for word in words]
        within = distance + len(options) - 2
        found: dict[str, set[str]] = {}
        for doc in range(self.reader.doc_count_all()):
            at = [[p for term in each for p in self.places(term).get(doc, ())] for each in options]
            apart = (chosen for chosen in product(*at) if len(set(chosen)) == len(chosen))
            if any(max(chosen) - min(chosen) <= within for chosen in apart):
                key, chunk = self.searcher.stored_fields(doc)["key"]
                found.setdefault(key, set()).add(chunk)
        return found

    def _options(self, word: Word | Prefix) -> list[str]:
        if isinstance(word, Word):
            return self._forms(word.text)
        return [term for term in self.lexicon("text") if term.startswith(word.text)]

    def _places(self, term: str) -> dict[int, list[int]]:
        matcher = self.reader.postings("text", term)
        found = {}
        while matcher.is_active():
            found[matcher.id()] = matcher.value_as("positions")
            matcher.next()
        return found

    # Whole queries

    def find(self, root: Node, roles: Collection[str]) -> set[Passage]:
        """Find the passages of a query among those of these roles."""
        return {
            (key, read.docs[number].record.chunk)
            for key, article in self.articles.items()
            for read in [_Reading(self, article, roles)]
            for number in read.shown(root)
        }


class _Reading:
    """One article, read for one query; its passages are known by their numbers."""

    def __init__(self, stock: Stock, article: PreparedArticle, roles: Collection[str]) -> None:
        self.stock = stock
        self.article = article
        self.docs: Sequence[IndexedPassage] = tuple(article.documents)
        self.all = {n for n, doc in enumerate(self.docs) if doc.record.role in roles}

    def shown(self, node: Node) -> set[int]:  # noqa: PLR0911 - one line a kind of node
        """List the passages to show; none where the article is not found."""
        match node:
            case Or(children):
                return set().union(*map(self.shown, children))
            case And(children):
                return self._having_all(children)
            case Not(child) if chooses_passages(child):
                return self.all - self.shown(child)
            case Not(child):
                return set() if self.shown(child) else self.all
            case Same(child):
                return {number for number in self.all if self._alone(child, number)}
            case Field(name) if name in SLOTS:
                return self._with_one_slot([node])
        chunks = self.stock.holding(node).get(self.article.key, ())
        return {number for number in self.all if self.docs[number].record.chunk in chunks}

    def _having_all(self, children: Sequence[Node]) -> set[int]:
        choosing = [child for child in children if chooses_passages(child)]
        others = [child for child in children if not chooses_passages(child)]
        found = [self.shown(child) for child in others]
        if not all(found):
            return set()
        words = [each for child, each in zip(others, found, strict=True) if not of_articles(child)]
        worded = set().union(*words)
        if choosing:
            chosen = self._chosen(choosing)
            return chosen & worded or chosen
        return worded if words else self.all

    def _chosen(self, fields: Sequence[Node]) -> set[int]:
        groups, others = grouped(fields)
        left = set.intersection(self.all, *map(self.shown, others))
        found = [left & self._with_one_slot(group) for group in groups]
        if not all(found):
            return set()
        return set().union(*found) if found else left

    def _with_one_slot(self, group: Sequence[Node]) -> set[int]:
        return {
            number
            for number in self.all
            if any(all(says(slot, field) for field in group) for slot in self.docs[number].slots)
        }

    def _alone(self, node: Node, number: int) -> bool:
        """Whether one passage has it all, as if it were the whole article."""
        match node:
            case Or(children):
                return any(self._alone(child, number) for child in children)
            case And(children):
                groups, _ = grouped(children)
                tied = all(number in self._with_one_slot(group) for group in groups)
                return tied and all(self._alone(child, number) for child in children)
            case Not(child):
                return not self._alone(child, number)
        return number in self.shown(node)


def chooses_passages(node: Node) -> bool:
    """Whether a part of a query is of nothing but fields of passages."""
    match node:
        case And(children) | Or(children):
            return all(map(chooses_passages, children))
        case Not(child):
            return chooses_passages(child)
        case Field(name):
            return name in OF_PASSAGES
    return False


def of_articles(node: Node) -> bool:
    """Whether a part of a query only says which articles, so that there is no passage to show."""
    match node:
        case And(children) | Or(children):
            return all(map(of_articles, children))
        case Not(child):
            return not chooses_passages(child)
        case Field(name):
            return name not in OF_PASSAGES and name != "headline"
    return False


def says(slot: Slot, node: Node) -> bool:
    """Whether one annotation says what a field, or one of several values of it, asks for."""
    if isinstance(node, Or):
        return any(says(slot, child) for child in node.children)
    assert isinstance(node, Field)
    wanted = terms(node.value) if node.name in OF_WORDS else [node.value]
    return any(_in_value(wanted, value, node.prefix) for value in slot.get(node.name, ()))


def _in_value(wanted: Sequence[str], value: Sequence[str], prefix: bool) -> bool:
    """Whether words stand in a row in a value, the last of them perhaps as a beginning."""
    if not wanted:
        return False
    *whole, last = wanted
    for start in range(len(value) - len(whole)):
        *same, end = value[start : start + len(wanted)]
        if same == whole and (end.startswith(last) if prefix else end == last):
            return True
    return False


def grouped(nodes: Sequence[Node]) -> tuple[list[list[Node]], list[Node]]:
    """Part fields that speak of one annotation each, a new one where a field comes again."""
    groups: list[list[Node]] = []
    names: set[str] = set()
    others = []
    for node in nodes:
        name = _slot_field(node)
        if not name:
            if chooses_passages(node):
                others.append(node)
            continue
        if not groups or name in names:
            groups.append([])
            names = set()
        groups[-1].append(node)
        names.add(name)
    return groups, others


def _slot_field(node: Node) -> str:
    if isinstance(node, Or):
        names = set(map(_slot_field, node.children))
        return names.pop() if len(names) == 1 else ""
    return node.name if isinstance(node, Field) and node.name in SLOTS else ""


def _readings(text: str) -> list[list[str]]:
    """Read words in a row with their compounds joined, and in parts."""
    ways = [found for word in text.split() if (found := alternatives(word))]
    return [[term for way in ways for term in way[0]], [term for way in ways for term in way[-1]]]


def _days(field: Field) -> Any:
    if field.value == "unknown":
        return q.Term("article", "") if field.name != "date" else q.NumericRange("first_day", 0, 0)
    begin, end = day_range(field.value)
    if field.name == "before":
        return q.NumericRange("last_day", 1, begin - 1)
    if field.name == "after":
        return q.NumericRange("first_day", begin, None)
    return q.And([q.NumericRange("first_day", begin, None), q.NumericRange("last_day", 1, end)])


def edits(one: str, other: str) -> int:
    """Count the letters to put in, take out or replace to make one word of the other."""
    row = list(range(len(other) + 1))
    for n, letter in enumerate(one, 1):
        before, row = row, [n]
        for m, there in enumerate(other, 1):
            row.append(min(row[-1] + 1, before[m] + 1, before[m - 1] + (letter != there)))
    return row[-1]
