"""Resolved queries as conditions in SQL, for the tables of `postgres_layout`.

A condition speaks of one row, `p` of passages or `a` of articles; no subquery refers to the row
around it, so that the database makes each set once. Every value is bound. What words and values
ask is a tsquery, answered by the GIN index and joined into one with its neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain, combinations, permutations, product
from typing import Any, Final, Literal, NamedTuple

from briefing.model import READ_ROLES, ROLES
from briefing.search.analysis import alternatives, stem
from briefing.search.documents import day_range
from briefing.search.engines.postgres_layout import (
    BEGINNINGS,
    SLOT_END,
    beginning,
    lexeme,
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
MOST_PHRASES: Final = 60
"""Phrases that stand for words near each other; where more are needed places are compared."""


class Condition(NamedTuple):
    """A condition on a row: any of some tsqueries on its words, or SQL.

    It is `placed` if words must be in a row.
    """

    ways: tuple[str, ...] = ()
    sql: str = ""
    placed: bool = False

    @property
    def asked(self) -> str:
        """The tsquery of all ways."""
        return _joined(self.ways, "|")


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
    ) -> None:
        """Search passages of these roles; `forms` gives the terms of a stem."""
        self.values: dict[str, Any] = {}
        self._forms, self._near_to = forms, near
        self._only_read = frozenset(roles) == READ_ROLES
        numbers = [number for number, role in enumerate(ROLES) if role in roles]
        wanted = f"p.role = any({self.bind(numbers, '::smallint[]')})"
        every = len(numbers) == len(ROLES)
        self.searched = "p.read" if self._only_read else "true" if every else wanted

    def bind(self, value: Any, kind: str) -> str:
        """Return the placeholder of a value of a type."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f"%({name})s{kind}"

    def on(self, row: RowName, found: Condition) -> str:
        """Return a condition as SQL on a row."""
        if not found.ways:
            return found.sql
        # Several lists of the index are read faster one by one than side by side.
        return f"{row}.words @@ any({self.bind(list(dict.fromkeys(found.ways)), '::tsquery[]')})"

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
                    chosen = self._with_passage(self._chosen(choosing))
                    found.append(Condition(sql=f"a.number in {chosen}"))
                return self.every("a", found)
            case Or(children):
                return self.either("a", map(self.articles, children))
            case Not(child) if scope_of(child) != "passages":
                return self._without("a", self.articles(child))
            case Field() if scope_of(node) == "articles":
                return self._of_article(node)
        shown = self.passages(node)
        if self._only_read and shown.ways and not shown.placed and not isinstance(node, Same):
            return shown
        return Condition(sql=f"a.number in {self._with_passage(shown)}")

    def _of_article(self, field: Field) -> Condition:
        if field.name not in DATE_FIELDS:
            return self._field(field)
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
            return self._of_articles(self.articles(node))
        return self._leaf(node)

    def ways(self, node: Or) -> list[Condition]:
        """Return the conditions of which a passage must fulfil one, each answered by the index.

        As one condition the database would fetch the words of each passage.
        """
        each = list(map(self.passages, node.children))
        asked = self.either("p", [one for one in each if one.ways])
        return [*([asked] if asked.ways else []), *(one for one in each if not one.ways)]

    def _of_articles(self, found: Condition) -> Condition:
        inner = self.on("a", found)
        return Condition(sql=f"p.article in (select a.number from articles a where {inner})")

    def parts(self, children: Sequence[Node]) -> Parts:
        """Return what all of some nodes ask together."""
        choosing = [child for child in children if scope_of(child) == "passages"]
        others = [child for child in children if child not in choosing]
        shown = [self.passages(child) for child in others if scope_of(child) == "words"]
        found = self.every("a", map(self.articles, others)) if others else None
        return Parts(
            self._of_articles(found) if found else None,
            self._chosen(choosing) if choosing else None,
            self.either("p", shown) if shown else None,
        )

    def _all(self, parts: Parts) -> Condition:
        articles, chosen, worded = parts
        if chosen and worded:
            # Passages without any of the words are shown where none of their article has some.
            there = self._with_passage(self.every("p", [chosen, worded]))
            worded = self.either("p", [worded, Condition(sql=f"p.article not in {there}")])
        return self.every("p", [each for each in (chosen, worded, articles) if each])

    def _chosen(self, fields: Sequence[Node]) -> Condition:
        groups, others = slot_groups(fields)
        base = [self.passages(other) for other in others]
        found = [self.every("p", [self.with_slot(group), *base]) for group in groups]
        if len(found) < 2:
            return found[0] if found else self.every("p", base)
        there = (Condition(sql=f"p.article in {self._with_passage(each)}") for each in found)
        return self.every("p", [self.either("p", found), *there])

    def with_slot(self, group: Sequence[Node]) -> Condition:
        """Return the condition that one annotation has all these fields."""
        having = [self.passages(field) for field in group]
        if len(group) == 1:
            return having[0]
        tied = " and ".join(map(self.says, group))
        return self.every(
            "p", [*having, Condition(sql=f"exists (select from {SLOTS} where {tied})")]
        )

    def tied(self, field: str, node: Node) -> Condition:
        """Return a condition of passages where an annotation with a field has the values too."""
        if isinstance(node, Or):
            return self.either("p", [self.tied(field, child) for child in node.children])
        assert isinstance(node, Field)  # noqa: S101
        marked = [tied(field, each) for each in _marked(node)]
        last = _run(marked[-1:], begins=node.prefix)
        return self.every("p", [*(Condition((_quoted(each),)) for each in marked[:-1]), last])

    def _alone(self, node: Node) -> Condition:
        """Return the condition that a passage matches a whole query on its own."""
        match node:
            case And(children):
                groups, _ = slot_groups(children)
                tied = [self.with_slot(group) for group in groups if len(group) > 1]
                return self.every("p", [*tied, *map(self._alone, children)])
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
                return self._field(node)
            case Near(words, distance):
                return self._near(words, distance)
            case Word() | ExactPhrase() | Prefix() | Fuzzy():
                return self.either("p", self.asked(node))
        raise AssertionError(node)

    def _field(self, field: Field) -> Condition:
        marked = _marked(field)
        if field.name not in ("speaker", "cites") or len(marked) < 2:
            return _run(marked, begins=field.prefix)
        having = [*map(_quoted, marked[:-1]), _run(marked[-1:], begins=field.prefix).asked]
        within = Condition(sql=f"exists (select from {SLOTS} where {self.says(field)})")
        return self.every("p", [Condition((_joined(having, "&"),)), within])

    def asked(self, leaf: Leaf) -> list[Condition]:
        """Return the tsqueries of which one must match a leaf of words."""
        match leaf:
            case Word(text):
                return [self._word(run) for run in alternatives(text)]
            case ExactPhrase(text):
                return [_phrase(run) for run in runs(text)]
            case Prefix(text):
                return [_begun(run) for run in runs(text)]
            case Fuzzy(text, distance):
                run = next(iter(alternatives(text)), ())
                near = self._near_to(run[0], distance) if len(run) == 1 else ()
                return [_phrase(run), *(_run([word]) for word in near)]
            case Field():
                return [_run(_marked(leaf), begins=leaf.prefix)]
        raise AssertionError(leaf)

    def _word(self, run: Sequence[str]) -> Condition:
        if len(run) > 1:
            return _phrase(run)
        forms = dict.fromkeys([run[0], *self._forms(stem(run[0]))])
        return Condition(tuple(map(_quoted, forms)))

    def _near(self, words: Sequence[Word | Prefix], distance: int) -> Condition:
        options = [self._placed(word) for word in words]
        if not all(options):
            return NOTHING
        window = distance + len(words) - 2
        each = [_joined((asked for asked, _ in option), "|") for option in options]
        there = Condition((_joined(each, "&"),), placed=True)
        if len(words) == 2 and window * 2 * len(options[0]) * len(options[1]) <= MOST_PHRASES:
            close = [
                f"({one} <{apart - size + 1}> {other})"
                for each in permutations(options)
                for (one, size), (other, _) in product(*each)
                for apart in range(size, window + 1)
            ]
            asked = self.bind(_joined(close, "|"), "::tsquery")
            # As a truth value it is asked of the words themselves: the index would try all phrases
            # on each passage that has one of the words.
            within = f"({self._only(words)} @@ {asked}) is true"
        else:
            within = self._within(words, window)
        return self.every("p", [there, Condition(sql=within)])

    def _only(self, words: Sequence[Word | Prefix]) -> str:
        """Return the words of a passage without most others, which are faster to look at."""
        if any(isinstance(word, Prefix) for word in words):
            return "p.words"
        runs = [run for word in words for run in alternatives(word.text)]
        kept = {form for run in runs for word in run for form in (word, *self._forms(stem(word)))}
        # No word has the weight B.
        return f"ts_filter(setweight(p.words, 'B', {self.bind(sorted(kept), '::text[]')}), '{{b}}')"

    def _placed(self, word: Word | Prefix) -> list[tuple[str, int]]:
        """Return the tsqueries of a word near others, each with the number of words in it."""
        begins = isinstance(word, Prefix)
        found = []
        for run in alternatives(word.text):
            whole = _run(run, begins=begins) if begins or len(run) > 1 else self._word(run)
            found.append((whole.asked, len(run)))
        return found

    def _within(self, words: Sequence[Word | Prefix], window: int) -> str:
        """Return the condition that each word has a place of its own in one window of places."""
        kinds = range(len(words))
        places = " union all ".join(
            self._places(run, kind, begins=isinstance(word, Prefix))
            for kind, word in enumerate(words)
            for run in alternatives(word.text)
        )
        last = ", ".join(f"max(place) filter (where kind = {n}) over w as k{n}" for n in kinds)
        apart = " and ".join(f"k{n} <> k{m}" for n, m in combinations(kinds, 2))
        least = ", ".join(f"k{n}" for n in kinds)
        return (
            "exists (with at as materialized "
            f"(select u.lexeme, unnest(u.positions) as place from unnest({self._only(words)}) u), "
            f"marked as ({places}), last as (select place, {last} from marked "
            "window w as (order by place, kind rows unbounded preceding)) "
            f"select from last where place - least({least}) <= {window} and {apart})"
        )

    def _places(self, run: Sequence[str], kind: int, *, begins: bool) -> str:
        """Return the query of the places where a run of words starts."""
        parts = []
        for ahead, word in enumerate(run):
            same = f"at{ahead}.lexeme = {self.bind(word, '::text')}"
            if begins and ahead == len(run) - 1:
                same = f"at{ahead}.lexeme ^@ {self.bind(word, '::text')}"
            elif len(run) == 1:
                forms = [word, *self._forms(stem(word))]
                same = f"at0.lexeme = any({self.bind(forms, '::text[]')})"
            parts.append(f"{same} and at{ahead}.place = at0.place + {ahead}")
        tables = ", ".join(f"at at{ahead}" for ahead in range(len(run)))
        return f"select at0.place, {kind} as kind from {tables} where {' and '.join(parts)}"

    # Joining

    def every(self, row: RowName, found: Iterable[Condition]) -> Condition:
        """Join conditions on one row by `and`."""
        return self._join(row, found, "&", " and ")

    def either(self, row: RowName, found: Iterable[Condition]) -> Condition:
        """Join conditions on one row by `or`."""
        some = [one for one in found if one != NOTHING]
        return self._join(row, some, "|", " or ") if some else NOTHING

    def _join(self, row: RowName, found: Iterable[Condition], mark: str, word: str) -> Condition:
        each = list(found)
        asking = [one for one in each if one.ways]
        parts = [one.sql for one in each if not one.ways]
        ways = tuple(chain.from_iterable(one.ways for one in asking))
        if mark == "&" and len(asking) > 1:
            ways = (_joined([one.asked for one in asking], mark),)
        both = Condition(ways, placed=any(one.placed for one in asking))
        if not parts:
            return both
        return Condition(sql=f"({word.join([*([self.on(row, both)] if asking else []), *parts])})")

    def _without(self, row: RowName, found: Condition) -> Condition:
        return Condition(sql=f"not ({self.on(row, found)})")


def _marked(field: Field) -> list[str]:
    return [lexeme(field.name, word) for word in words_of_field(field)]


def _quoted(word: str) -> str:
    """Return a lexeme as it is written in a tsquery."""
    escaped = word.replace("\\", "\\\\").replace("'", "''").replace("\0", " ")
    return f"'{escaped}'"


def _joined(asked: Iterable[str], mark: str) -> str:
    parts = list(dict.fromkeys(asked))
    return f"({f' {mark} '.join(parts)})" if len(parts) > 1 else "".join(parts)


def _run(words: Sequence[str], *, begins: bool = False) -> Condition:
    """Return the tsquery of lexemes in a row, the last perhaps a beginning; NOTHING of none."""
    parts = [*map(_quoted, words)]
    if parts and begins:
        parts[-1] += ":*"
    row = " <-> ".join(parts)
    if len(parts) > 1:
        return Condition((f"({row})",), placed=True)
    return Condition((row,)) if parts else NOTHING


def _phrase(words: Sequence[str], *, begins: bool = False) -> Condition:
    """Return the tsquery of words in a row, with those of their pairs, which the index holds."""
    row = _run(words, begins=begins)
    whole = words[:-1] if begins else words
    several = [*map(_quoted, pairs(whole)), row.asked]
    return row._replace(ways=(_joined(several, "&"),)) if len(whole) > 1 else row


def _begun(run: Sequence[str]) -> Condition:
    if len(run) == 1 and len(run[0]) <= BEGINNINGS:
        return _run([beginning(run[0])])
    return _phrase(run, begins=True)
