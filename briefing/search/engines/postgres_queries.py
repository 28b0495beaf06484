"""Resolved queries as conditions in SQL, for the tables of `postgres_layout`.

A condition speaks of one row, `p` of passages or `a` of articles; no subquery refers to the row
around it, so that the database makes each set once. Every value is bound. What words and values
ask is a tsquery, answered by the GIN index and joined into one with its neighbours; where places
matter they are compared in those rows that the index finds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain, permutations
from typing import Any, Final, Literal, NamedTuple

from msgspec import json

from briefing.model import READ_ROLES, ROLES
from briefing.search.analysis import alternatives, stem
from briefing.search.documents import day_range
from briefing.search.engines.postgres_layout import (
    BEGINNINGS,
    SLOT_END,
    beginning,
    lexeme,
    often,
    pairs,
    slot_value,
    tied,
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
from briefing.search.planning import runs, scope_of, slot_groups, words_of_field

RowName = Literal["p", "a"]
SLOTS: Final = f"unnest(string_to_array(p.slots, E'\\x{ord(SLOT_END):02x}')) s"
COUNTED_FIELDS: Final = frozenset({"outlet", "year", "briefing"})
FEW: Final = 500
"""Articles, of one briefing, outlet or year, whose passages are looked at one by one."""
MOST_PHRASES: Final = 30
"""Distances at which two words are near each other; where there are more, places are compared."""


class Condition(NamedTuple):
    """A condition on a row: one of some tsqueries on its words if there are any, and SQL.

    The SQL of `scans` looks at the passages of other rows too.
    """

    ways: tuple[str, ...] = ()
    sql: str = ""
    scans: bool = False


NOTHING: Final = Condition(sql="false")


class Parts(NamedTuple):
    """What an And asks of an article, and of a passage: fields, and words of which it has one."""

    articles: Condition | None
    chosen: Condition | None
    worded: Condition | None


class Conditions:
    """Makes conditions of the nodes of one query, and binds their values in `values`."""

    def __init__(
        self,
        roles: Collection[str],
        forms: Callable[[str], Iterable[str]],
        near: Callable[[str, int], Iterable[str]],
        held: Callable[[str], int],
    ) -> None:
        """Search passages of these roles; `forms` gives the terms of a stem.

        `held` gives the number of articles that have a lexeme of COUNTED_FIELDS.
        """
        self.values: dict[str, Any] = {}
        self._forms, self._near_to, self._held = forms, near, held
        self.only_read = frozenset(roles) == READ_ROLES
        numbers = [number for number, role in enumerate(ROLES) if role in roles]
        wanted = f"p.role = any({self.bind(numbers, '::smallint[]')})"
        every = len(numbers) == len(ROLES)
        self.searched = "p.read" if self.only_read else "true" if every else wanted

    def bind(self, value: Any, kind: str) -> str:
        """Return the placeholder of a value of a type."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f"%({name})s{kind}"

    def on(self, row: RowName, found: Condition) -> str:
        """Return a condition as SQL on a row."""
        # Several lists of the index are read faster one by one than side by side.
        ways = self.bind(list(dict.fromkeys(found.ways)), "::tsquery[]") if found.ways else ""
        parts = [f"{row}.words @@ any({ways})"] if ways else []
        return " and ".join([*parts, found.sql] if found.sql else parts)

    def _with_passage(self, found: Condition) -> str:
        return f"(select p.article from passages p where {self.searched} and {self.on('p', found)})"

    # Articles

    def articles(self, node: Node) -> Condition:
        """Return the condition on `a` that an article is found."""
        match node:
            case And(children):
                choosing = [child for child in children if scope_of(child) == "passages"]
                found = [self.articles(child) for child in children if child not in choosing]
                if choosing:
                    found.append(self._with_chosen(choosing))
                return every(found)
            case Or(children):
                return self.either("a", map(self.articles, children))
            case Not(child) if scope_of(child) != "passages":
                return self._without("a", self.articles(child))
            case Field() if scope_of(node) == "articles":
                return self._of_article(node)
        shown = self.passages(node)
        if self.only_read and shown.ways and not shown.sql and not isinstance(node, Not | Same):
            return shown
        return Condition(sql=f"a.number in {self._with_passage(shown)}", scans=True)

    def _with_chosen(self, fields: Sequence[Node]) -> Condition:
        """Return the condition that some passage of an article has what fields of passages ask."""
        chosen = self._chosen(fields)
        if self.only_read and not chosen.sql and len(fields) == 1 and isinstance(fields[0], Field):
            return chosen
        return Condition(sql=f"a.number in {self._with_passage(chosen)}", scans=True)

    def _of_article(self, field: Field) -> Condition:
        if field.name not in DATE_FIELDS:
            return self._field(field, "a.words")
        if field.value == "unknown":
            return Condition(sql="a.first_day = 0")
        begin, end = (self.bind(day, "::int") for day in day_range(field.value))
        match field.name:
            case "before":
                return Condition(sql=f"(a.last_day > 0 and a.last_day < {begin})")
            case "after":
                return Condition(sql=f"a.first_day >= {begin}")
        return Condition(sql=f"(a.first_day >= {begin} and a.last_day between 1 and {end})")

    # Passages

    def passages(self, node: Node) -> Condition:
        """Return the condition on `p` that a passage is shown."""
        match node:
            case And(children):
                return self._all(self.parts(children))
            case Or(children):
                return self.either("p", map(self.passages, children))
            case Not(child) if scope_of(child) == "passages":
                return self._without("p", self.passages(child))
            case Same(child):
                return self._alone(child)
        if scope_of(node) == "articles":
            return self._of_articles(self.articles(node), [node])
        return self._leaf(node)

    def ways(self, node: Or) -> list[Condition]:
        """Return the conditions of which a passage must fulfil one, each answered by the index.

        As one condition the database would fetch the words of each passage.
        """
        each = list(map(self.passages, node.children))
        asked = self.either("p", [one for one in each if not one.sql])
        return [asked, *(one for one in each if one.sql)]

    def _of_articles(self, found: Condition, nodes: Iterable[Node]) -> Condition:
        there = f"p.article in (select a.number from articles a where {self.on('a', found)})"
        fields = (each for each in nodes if isinstance(each, Field) and not each.prefix)
        named = [lexeme(each.name, each.value) for each in fields if each.name in COUNTED_FIELDS]
        if any(self._held(each) <= FEW for each in named):
            return Condition(sql=there)
        # Asked for its truth, what is found is looked up in a table of hashes; else the database
        # would go from what it takes for few articles to all of their passages.
        return Condition(sql=f"({there}) is true")

    def parts(self, children: Sequence[Node]) -> Parts:
        """Return what all of some nodes ask together."""
        choosing = [child for child in children if scope_of(child) == "passages"]
        others = [child for child in children if child not in choosing]
        shown = [self.passages(child) for child in others if scope_of(child) == "words"]
        found = every(map(self.articles, others)) if others else None
        return Parts(
            self._of_articles(found, others) if found else None,
            self._chosen(choosing) if choosing else None,
            self.either("p", shown) if shown else None,
        )

    def _all(self, parts: Parts) -> Condition:
        articles, chosen, worded = parts
        if chosen and worded:
            # Passages without any of the words are shown where none of their article has some.
            there = self._with_passage(every([chosen, worded]))
            worded = self.either("p", [worded, Condition(sql=f"p.article not in {there}")])
        return every(filter(None, (chosen, worded, articles)))

    def _chosen(self, fields: Sequence[Node]) -> Condition:
        groups, others = slot_groups(fields)
        base = [self.passages(other) for other in others]
        found = [every([self.with_slot(group), *base]) for group in groups]
        if len(found) < 2:
            return found[0] if found else every(base)
        there = (Condition(sql=f"p.article in {self._with_passage(each)}") for each in found)
        return every([self.either("p", found), *there])

    def with_slot(self, group: Sequence[Node]) -> Condition:
        """Return the condition that one annotation has all these fields."""
        having = [self.passages(field) for field in group]
        if len(group) == 1:
            return having[0]
        tied = " and ".join(map(self.says, group))
        return every([*having, Condition(sql=f"exists (select from {SLOTS} where {tied})")])

    def tied(self, field: str, node: Node) -> Condition:
        """Return a condition of passages where an annotation with a field has the values too."""
        if isinstance(node, Or):
            return self.either("p", [self.tied(field, child) for child in node.children])
        assert isinstance(node, Field)  # noqa: S101
        marked = [quoted(tied(field, each)) for each in _marked(node)]
        if not marked:
            return NOTHING
        marked[-1] += ":*" if node.prefix else ""
        return Condition((joined(marked, "&"),))

    def _alone(self, node: Node) -> Condition:
        """Return the condition that a passage matches a whole query on its own."""
        match node:
            case And(children):
                groups, _ = slot_groups(children)
                tied = [self.with_slot(group) for group in groups if len(group) > 1]
                return every([*tied, *map(self._alone, children)])
            case Or(children):
                return self.either("p", map(self._alone, children))
            case Not(child):
                return self._without("p", self._alone(child))
        return self.passages(node)

    def says(self, node: Node) -> str:
        """Return the condition that an annotation `s` has a field, or one of several values."""
        match node:
            case Or(children):
                return f"({' or '.join(map(self.says, children))})"
            case Field(name, _, prefix):
                words = words_of_field(node)
                part = self.bind(slot_value(name, words, whole=not prefix), "::text")
                return f"strpos(s, {part}) > 0" if words else "false"
        raise AssertionError(node)

    # Leaves

    def _leaf(self, node: Node) -> Condition:
        match node:
            case Field():
                return self._field(node, "p.words")
            case Near(words, distance):
                return self._near(words, distance)
            case Word() | ExactPhrase() | Prefix() | Fuzzy():
                return self.either("p", self.asked(node))
        raise AssertionError(node)

    def _field(self, field: Field, places: str) -> Condition:
        marked = _marked(field)
        found = self._run(marked, places, begins=field.prefix)
        if field.name in ("speaker", "cites") and len(marked) > 1:
            return found._replace(sql=f"exists (select from {SLOTS} where {self.says(field)})")
        return found

    def asked(self, leaf: Leaf) -> list[Condition]:
        """Return the conditions of which one must hold for a leaf of words."""
        rows = self.rows(leaf)
        begins = isinstance(leaf, Prefix)
        if begins and len(rows) == 1 and len(rows[0]) == 1 and len(rows[0][0]) <= BEGINNINGS:
            shorter = ":*" if len(rows[0][0]) < BEGINNINGS else ""
            return [Condition((quoted(beginning(rows[0][0])) + shorter,))]
        return [self._run(row, "p.words", begins=begins) for row in rows]

    def rows(self, leaf: Leaf) -> list[Sequence[str]]:
        """Return the words in a row of which a leaf of words asks for one row."""
        match leaf:
            case Word(text):
                return [row for run in alternatives(text) for row in self._forms_of(run)]
            case ExactPhrase(text) | Prefix(text):
                return [run for run in runs(text) if run]
            case Fuzzy(text, distance):
                run = next(iter(alternatives(text)), ())
                near = self._near_to(run[0], distance) if len(run) == 1 else ()
                return [run, *([word] for word in near)] if run else []
            case Field():
                return [_marked(leaf)]
        raise AssertionError(leaf)

    def ranked(self, leaf: Leaf) -> str:
        """Return the tsquery on the places of a passage that ranks it for a leaf of words."""
        begins = isinstance(leaf, Prefix) or (isinstance(leaf, Field) and leaf.prefix)
        return joined((_in_a_row(row, begins=begins) for row in self.rows(leaf)), "|")

    def often(self, group: Iterable[Leaf]) -> Condition:
        """Return the condition that an article has much of one of some single words."""
        rows = [
            quoted(often(row[0])) + (":*" if isinstance(leaf, Prefix) else "")
            for leaf in group
            if not isinstance(leaf, Near | Field)
            for row in self.rows(leaf)
            if len(row) == 1
        ]
        return Condition(tuple(rows)) if rows else NOTHING

    def _forms_of(self, run: Sequence[str]) -> list[Sequence[str]]:
        if len(run) > 1:
            return [run]
        return [[form] for form in dict.fromkeys([run[0], *self._forms(stem(run[0]))])]

    def _run(self, words: Sequence[str], places: str, *, begins: bool = False) -> Condition:
        """Return the condition of lexemes in a row, the last perhaps a beginning."""
        if not words:
            return NOTHING
        several = [*map(quoted, words)]
        several[-1] += ":*" if begins else ""
        if len(words) == 1:
            return Condition((several[0],))
        # Of words in a text the index has the pairs.
        paired = () if words[0].startswith(":") else pairs(words[:-1] if begins else words)
        asked = joined([*map(quoted, paired), *several], "&")
        held = f"{places} @@ {self.bind(_in_a_row(words, begins=begins), '::tsquery')}"
        if places == "p.words":
            row = f"{self.bind(list(words), '::text[]')}, {self.bind(begins, '::bool')}"
            held += f" or p.far <> '' and exists (select row_places(p.words, p.far, {row}))"
        return Condition((asked,), f"({held})")

    def _near(self, words: Sequence[Word | Prefix], distance: int) -> Condition:
        rows = [self.rows(word) for word in words]
        if not all(rows):
            return NOTHING
        window = distance + len(words) - 2
        there = every([self.either("p", self.asked(word)) for word in words])
        asked = [
            {"rows": each, "begins": isinstance(word, Prefix)}
            for word, each in zip(words, rows, strict=True)
        ]
        within = f"""are_near(p.words, p.far,
            {self.bind(json.encode(asked).decode(), "::jsonb")}, {self.bind(window, "::int")})"""
        if len(words) == 2 and window <= MOST_PHRASES and max(map(len, chain(*rows))) == 1:
            close = [
                f"({one} <{apart}> {other})"
                for one, other in permutations(map(self.ranked, words))
                for apart in range(1, window + 1)
            ]
            held = self.bind(joined(close, "|"), "::tsquery")
            within = f"(p.words @@ {held} or p.far <> '' and {within})"
        return every([there, Condition(sql=within)])

    # Joining

    def either(self, row: RowName, found: Iterable[Condition]) -> Condition:
        """Join conditions on one row by `or`."""
        some = [one for one in found if one != NOTHING]
        if len(some) < 2:
            return some[0] if some else NOTHING
        ways = tuple(way for one in some if not one.sql for way in one.ways)
        rest = [one for one in some if one.sql]
        if not rest:
            return Condition(ways)
        parts = [self.on(row, one) for one in (*([Condition(ways)] if ways else []), *rest)]
        return Condition(sql=f"({' or '.join(parts)})", scans=any(one.scans for one in rest))

    def _without(self, row: RowName, found: Condition) -> Condition:
        if not found.sql:
            return Condition((f"!{joined(found.ways, '|')}",))
        return Condition(sql=f"not ({self.on(row, found)})", scans=found.scans)


def every(found: Iterable[Condition]) -> Condition:
    """Join conditions on one row by `and`."""
    each = list(found)
    asked = [joined(one.ways, "|") for one in each if one.ways]
    ways = (joined(asked, "&"),) if len(asked) > 1 else sum((one.ways for one in each), ())
    sql = " and ".join(dict.fromkeys(one.sql for one in each if one.sql))
    return Condition(ways, sql, any(one.scans for one in each))


def _marked(field: Field) -> list[str]:
    return [lexeme(field.name, word) for word in words_of_field(field)]


def quoted(word: str) -> str:
    """Return a lexeme as it is written in a tsquery."""
    escaped = word.replace("\\", "\\\\").replace("'", "''").replace("\0", " ")
    return f"'{escaped}'"


def joined(asked: Iterable[str], mark: str) -> str:
    """Return some tsqueries joined by a mark."""
    parts = list(dict.fromkeys(asked))
    return f"({f' {mark} '.join(parts)})" if len(parts) > 1 else "".join(parts)


def _in_a_row(words: Sequence[str], *, begins: bool = False) -> str:
    """Return the tsquery of lexemes in a row, the last perhaps a beginning."""
    row = " <-> ".join(map(quoted, words)) + (":*" if begins else "")
    return f"({row})" if len(words) > 1 else row
