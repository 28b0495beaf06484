"""What to say of an answer: what was left out, what is set aside, and which query finds more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Final, NamedTuple, Protocol

from briefing.model import READ_ROLES, ROLES
from briefing.search.analysis import terms
from briefing.search.documents import WORD_FIELDS
from briefing.search.nodes import (
    And,
    ExactPhrase,
    Field,
    FieldName,
    Near,
    Node,
    Not,
    Or,
    Prefix,
    Same,
    Word,
    join,
    leaves,
)
from briefing.search.query import parse, quote_value, to_text
from briefing.search.ranking import Answer

NOTHING_FOUND: Final = "nothing was found"
_DATES: Final = frozenset({"before", "after", "date"})
_VALUES: Final[dict[FieldName, str]] = {"speaker": "name", "publisher": "outlet"}
"""Where a field's values are listed, if not under its own name."""
_OFFERED: Final = 6
MOST_PARTS: Final = 6
"""A query of more parts is not tried without some of them: there are too many ways."""
_SHORTEST: Final = 3
"""Shorter words are not corrected: nearly every one is near another."""


class Told(NamedTuple):
    """Sentences for the person, and a whole query that finds something, or None."""

    hints: tuple[str, ...] = ()
    suggestion: str | None = None


class Counts(Protocol):
    """What is asked of an engine."""

    def count(self, root: Node, roles: Collection[str]) -> tuple[int, int]:
        """Count the passages and the articles that a query finds."""

    def terms(self, field: str, beginning: str) -> Counter[str]:
        """Count the passages that hold each of a field's terms that begin so."""

    def near(self, term: str, distance: int) -> Counter[str]:
        """Count the passages that hold each word at most so many letters away."""


def explain(engine: Counts, query: str, root: Node, roles: Collection[str], answer: Answer) -> Told:
    """Say what a person should know of an answer.

    `root` is the resolved query, `roles` those that were looked in.
    """
    undated = tuple(_undated(engine, root, roles))
    if answer.chunks:
        return Told(undated)
    unknown = tuple(_unknown_values(engine, root, roles))
    passages = _set_aside(engine, root, roles)
    if passages:
        have = (
            "1 passage set aside has" if passages == 1 else f"{passages:,} passages set aside have"
        )
        return Told((f"nothing was found in what is read; {have} it",), _aside(query))
    suggestion = did_you_mean(engine, root)
    return Told((*unknown, *undated, NOTHING_FOUND), suggestion)


def _set_aside(engine: Counts, root: Node, roles: Collection[str]) -> int:
    """Count the passages of other roles that answer, where the whole of each article is read."""
    aside = tuple(Field("role", role) for role in ROLES if role not in roles)
    return engine.count(And((root, Or(aside))), ROLES)[0] if aside else 0


def _aside(query: str) -> str:
    return f"{query.strip()} role:any"


def _undated(engine: Counts, root: Node, roles: Collection[str]) -> Iterator[str]:
    """Say how many articles would have been found had they a date."""
    parts = root.children if isinstance(root, And) else (root,)
    dated = [part for part in parts if isinstance(part, Field) and part.name in _DATES]
    if not dated or any(isinstance(part, Field) and part.value == "unknown" for part in dated):
        return
    others = tuple(part for part in parts if part not in dated)
    _, articles = engine.count(And((*others, Field("date", "unknown"))), roles)
    if articles:
        were = (
            "1 article without a date was"
            if articles == 1
            else (f"{articles:,} articles without a date were")
        )
        yield f"{were} left out (date:unknown lists them)"


def _unknown_values(engine: Counts, root: Node, roles: Collection[str]) -> Iterator[str]:
    """Say which values of fields no passage has, and which there are."""
    for leaf in leaves(root):
        if not isinstance(leaf, Field) or leaf.name in _DATES or engine.count(leaf, roles)[0]:
            continue
        there = list(_values_like(engine, leaf))
        listed = f"; there are: {', '.join(map(quote_value, there))}" if there else ""
        yield f"no passage has {leaf.name}:{quote_value(leaf.value)}{listed}"


def _values_like(engine: Counts, field: Field) -> Iterable[str]:
    """List values of a field, those that share a beginning with the one asked for first."""
    counts = engine.terms(_VALUES.get(field.name, field.name), "")
    start = field.value.casefold()[:2]
    ranked = sorted(
        counts, key=lambda value: (not value.casefold().startswith(start), -counts[value], value)
    )
    return ranked[:_OFFERED]


def did_you_mean(engine: Counts, root: Node) -> str | None:
    """Make a query that finds something of one that does not, or None.

    Words that stand nowhere are replaced by the most frequent word spelt nearly so; where all
    words stand somewhere but nowhere together, the fewest that must be are left out.
    """
    corrected = _corrected(engine, root)
    if corrected != root and engine.count(corrected, READ_ROLES)[0]:
        return to_text(corrected)
    loosened = _without_one(engine, corrected)
    return to_text(loosened) if loosened is not None else None


def _corrected(engine: Counts, node: Node) -> Node:  # noqa: PLR0911 - one line a kind of node
    match node:
        case And(children) | Or(children):
            return type(node)(tuple(_corrected(engine, child) for child in children))
        case Same(child):
            return Same(_corrected(engine, child))
        case Near(words, distance):
            return Near(tuple(Word(_corrected_words(engine, w.text)) for w in words), distance)
        case ExactPhrase(text):
            return ExactPhrase(_corrected_words(engine, text))
        case Word(text) | Prefix(text) if not engine.count(node, READ_ROLES)[0]:
            return parse(_corrected_words(engine, text)).root or node
        case Field(name, value, False) if name in WORD_FIELDS:
            return Field(name, _corrected_words(engine, value, name))
    return node


def _corrected_words(engine: Counts, text: str, field: FieldName | None = None) -> str:
    words = terms(text)
    fixed = [_correct(engine, word, field) for word in words]
    return text if fixed == words else " ".join(fixed)


def _correct(engine: Counts, word: str, field: FieldName | None) -> str:
    asked = Field(field, word) if field else Word(word)
    if len(word) < _SHORTEST or engine.count(asked, ROLES)[0]:
        return word
    for distance in (1, 2) if len(word) > _SHORTEST + 1 else (1,):
        near = engine.near(word, distance)
        if field:
            near = Counter(
                {w: n for w, n in near.items() if engine.count(Field(field, w), ROLES)[0]}
            )
        if near:
            return max(near, key=lambda term: (near[term], term))
    return word


def _without_one(engine: Counts, node: Node) -> Node | None:
    """Leave out the word without which the fewest articles are found, then another; either of two.

    Fields and exclusions are kept. None where nothing is found of a single word either.
    """
    parts = node.children if isinstance(node, And) else ()
    words = [part for part in parts if not isinstance(part, Field | Not)]
    if len(words) < 2 or len(parts) > MOST_PARTS:
        return None
    if len(words) == 2:
        rest = (part for part in parts if part not in words)
        either = join(And, (*rest, Or(tuple(words))))
        return either if either is not None and engine.count(either, READ_ROLES)[0] else None
    shorter = [join(And, (part for part in parts if part is not left_out)) for left_out in words]
    found = {each: engine.count(each, READ_ROLES)[1] for each in shorter if each is not None}
    some = [each for each, articles in found.items() if articles]
    if some:
        return min(some, key=lambda each: (found[each], to_text(each)))
    further = (_without_one(engine, each) for each in found)
    return next((each for each in further if each is not None), None)
