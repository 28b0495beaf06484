"""How a query is read by every engine, and the form of its answer.

Words and fields of articles select articles: `and`, `or` and `not` combine what occurs anywhere in
an article. Fields of passages (`country:`, `speaker:`, `section:` ...) then select passages of
these articles: those that also have a word of the query, or, in an article where none has, all
with the fields. For a query of words only, the passages with any of them are shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

from briefing.search.analysis import alternatives
from briefing.search.documents import PASSAGE_FIELDS, SLOT_FIELDS, ArticleRecord, ChunkRecord
from briefing.search.nodes import And, Field, Leaf, Node, Not, Or, leaves

Scope = Literal["words", "passages", "articles"]
FACETS: Final = ("country", "publisher", "speaker", "year", "briefing")
SLOT_FACETS: Final = {"country": "country", "speaker": "name"}
"""The facets that speak of an annotation, each with its field in the index."""
SHOWN: Final = 20
"""Values returned per facet."""
SHARED: Final = 2
"""Letters that all forms of a word share at its start: army and armies, die and dying."""


class RankedPassage(NamedTuple):
    """A matching passage with its article, and the number of matching passages in that."""

    score: float
    article: ArticleRecord
    chunk: ChunkRecord
    in_article: int


class SearchAnswer(NamedTuple):
    """The best passages, and counts of all passages and articles found."""

    hits: tuple[RankedPassage, ...]
    chunks: int
    articles: int
    facets: Mapping[str, list[tuple[str, int]]]


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


def word_groups(root: Node) -> list[tuple[Leaf, ...]]:
    """Return the ranked leaves of each part of a query; one of them satisfies the part."""
    parts = root.children if isinstance(root, And) else (root,)
    words = (tuple(dict.fromkeys(leaf for leaf in leaves(part) if _ranks(leaf))) for part in parts)
    return list(dict.fromkeys(group for group in words if group))


def _ranks(leaf: Leaf) -> bool:
    return not isinstance(leaf, Field) or leaf.name == "headline"


def runs(text: str) -> list[list[str]]:
    """Return the term sequences of a phrase: with compounds joined, and in parts."""
    words = [found for word in text.split() if (found := alternatives(word))]
    joined = [term for each in words for term in each[0]]
    parts = [term for each in words for term in each[-1]]
    return [joined] if joined == parts else [joined, parts]
