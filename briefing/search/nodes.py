"""The frozen tree of a query: what may be asked for, and how it is joined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, Literal, TypeAlias

from briefing.model import Record

FieldName = Literal[
    "country",
    "speaker",
    "voice",
    "publisher",
    "cites",
    "headline",
    "stance",
    "role",
    "section",
    "briefing",
    "tag",
    "before",
    "after",
    "date",
]
FIELD_HELP: Final[dict[FieldName, str]] = {
    "country": "country:GB",
    "speaker": 'speaker:"mike pompeo"',
    "voice": "voice:official",
    "publisher": "publisher:ft",
    "cites": 'cites:"financial times"',
    "headline": "headline:ban",
    "stance": "stance:ban",
    "role": "role:caption",
    "section": 'section:"why it matters"',
    "briefing": "briefing:huawei-5g",
    "tag": "tag:telecoms",
    "before": "before:2019-03",
    "after": "after:2019",
    "date": "date:2019-01..2019-03",
}
"""Every field with an example, in the order in which they are shown."""
DATE_FIELDS: Final[frozenset[FieldName]] = frozenset({"before", "after", "date"})


class Word(Record, frozen=True):
    """A word as typed; its other grammatical forms are found too, behind the exact one."""

    text: str


class ExactPhrase(Record, frozen=True):
    """Words in this order and these forms, one right after the other."""

    text: str


class Prefix(Record, frozen=True):
    """Every word that begins so."""

    text: str


class Fuzzy(Record, frozen=True):
    """Every word at most `distance` letters away."""

    text: str
    distance: int = 1


class Near(Record, frozen=True):
    """At least two words, in any order, within `distance` places of each other."""

    words: tuple[Word | Prefix, ...]
    distance: int


class Field(Record, frozen=True):
    """A value in a field; with `prefix` its last word may be a beginning."""

    name: FieldName
    value: str
    prefix: bool = False


class Same(Record, frozen=True):
    """All inside stands in one passage; the child is what one word could not be: And, Or, Not."""

    child: Node


class Not(Record, frozen=True):
    """Everything but."""

    child: Node


class And(Record, frozen=True):
    """All of at least two."""

    children: tuple[Node, ...]


class Or(Record, frozen=True):
    """Any of at least two."""

    children: tuple[Node, ...]


Leaf: TypeAlias = Word | ExactPhrase | Prefix | Fuzzy | Near | Field
Node: TypeAlias = Leaf | Same | Not | And | Or


class Query(Record, frozen=True):
    """What a text asks for; `root` is None when it asks for nothing, `hints` say why."""

    root: Node | None = None
    hints: tuple[str, ...] = ()


def leaves(node: Node | None) -> Iterator[Leaf]:
    """Walk the words and values that a hit must or may have; those it must not are left out."""
    match node:
        case And(children) | Or(children):
            for child in children:
                yield from leaves(child)
        case Same(child):
            yield from leaves(child)
        case None | Not():
            return
        case _:
            yield node


def join(kind: Callable[[tuple[Node, ...]], And | Or], parts: Iterable[Node | None]) -> Node | None:
    """Make one node of several, those left out being None: flat, so that a text has one tree."""
    flat: list[Node] = []
    for part in parts:
        if isinstance(part, And | Or) and type(part) is kind:
            flat.extend(part.children)
        elif part is not None:
            flat.append(part)
    if len(flat) < 2:
        return flat[0] if flat else None
    return kind(tuple(flat))


def same(child: Node | None) -> Node | None:
    """Ask for one passage, where more than one word could make a difference."""
    return Same(child) if isinstance(child, And | Or | Not) else child
