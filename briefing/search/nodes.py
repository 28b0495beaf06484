"""The immutable syntax tree of a query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, Literal, TypeAlias, cast

from briefing.model import Record

FieldName = Literal[
    "country", "speaker", "voice", "publisher", "cites", "headline", "stance", "role", "section",
    "briefing", "tag", "note", "before", "after", "date",
]  # fmt: skip
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
    "note": "note:ask",
    "before": "before:2019-03",
    "after": "after:2019",
    "date": "date:2019-01..2019-03",
}
"""Every field with an example, in the order in which they are shown."""
DATE_FIELDS: Final[frozenset[FieldName]] = frozenset({"before", "after", "date"})


class Word(Record, frozen=True):
    """A word as typed; other grammatical forms match too, with a lower weight."""

    text: str


class ExactPhrase(Record, frozen=True):
    """Consecutive words in exactly these forms."""

    text: str


class Prefix(Record, frozen=True):
    """Every word with this prefix."""

    text: str


class Fuzzy(Record, frozen=True):
    """Every word within an edit distance."""

    text: str
    distance: int = 1


class Near(Record, frozen=True):
    """At least two words, in any order, within `distance` places of each other."""

    words: tuple[Word | Prefix, ...]
    distance: int


class Field(Record, frozen=True):
    """A value in a field; with `prefix` its last word is a prefix."""

    name: FieldName
    value: str
    prefix: bool = False


class Same(Record, frozen=True):
    """The child, an And, Or or Not, must match within one passage."""

    child: Node


class Not(Record, frozen=True):
    """Everything that the child does not match."""

    child: Node


class And(Record, frozen=True):
    """All of at least two children."""

    children: tuple[Node, ...]


class Or(Record, frozen=True):
    """Any of at least two children."""

    children: tuple[Node, ...]


Leaf: TypeAlias = Word | ExactPhrase | Prefix | Fuzzy | Near | Field
Node: TypeAlias = Leaf | Same | Not | And | Or


class Query(Record, frozen=True):
    """A parsed query; `root` is None for an empty one, `hints` say what was ignored or changed."""

    root: Node | None = None
    hints: tuple[str, ...] = ()


def field_named(name: str) -> FieldName | None:
    """Return the field of this name in any case, or None."""
    return cast("FieldName", name.lower()) if name.lower() in FIELD_HELP else None


def leaves(node: Node | None) -> Iterator[Leaf]:
    """Yield the words and values that a hit must or may have, not those that are excluded."""
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


def parts_of(root: Node) -> tuple[Node, ...]:
    """Return what a query joins by `and`; itself if it does not."""
    return root.children if isinstance(root, And) else (root,)


def join(kind: Callable[[tuple[Node, ...]], And | Or], parts: Iterable[Node | None]) -> Node | None:
    """Return one flat node for several parts, of which None is dropped; None if none is left."""
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
    """Wrap a node in Same where it has more than one word."""
    return Same(child) if isinstance(child, And | Or | Not) else child
