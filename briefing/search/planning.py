"""How a query is read by every engine, and the form of its answer.

Words and fields of articles select articles: `and`, `or` and `not` combine what occurs anywhere in
an article. Fields of passages (`country:`, `speaker:`, `section:` ...) then select passages of
these articles: those that also have a word of the query, or, in an article where none has, all
with the fields. For a query of words only, the passages with any of them are shown.
"""

import heapq
import string
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from briefing.search import documents
from briefing.search.analysis import alternatives, terms
from briefing.search.nodes import And, Field, Leaf, Node, Not, Or, leaves, parts_of

Scope = Literal["words", "passages", "articles"]
FACETS: Final = ("country", "publisher", "speaker", "year", "briefing")
SLOT_FACETS: Final = {"country": "country", "speaker": "name"}
"""The facets that speak of an annotation, each with its field in the index."""
SHOWN: Final = 20
"""Values returned per facet."""
SHARED: Final = 2
"""Letters that all forms of a word share at its start: army and armies, die and dying."""
OTHER_FORM: Final = 0.6
"""The weight of another form of a word, relative to the word itself."""
LEAD_WEIGHT: Final = 1.15
TYPICAL_LENGTH: Final = 60
"""The average passage length for BM25, in words."""


class RankedPassage(NamedTuple):
    """A matching passage with its article, and the number of matching passages in that."""

    score: float
    article: documents.ArticleRecord
    chunk: documents.ChunkRecord
    in_article: int


class SearchAnswer(NamedTuple):
    """The best passages, and counts of all passages and articles found.

    `is_estimate` is whether the passages are so many that their number is estimated.
    """

    hits: tuple[RankedPassage, ...]
    chunks: int
    articles: int
    facets: Mapping[str, list[tuple[str, int]]]
    is_estimate: bool = False


def scope_of(node: Node) -> Scope:
    """Return what a part of a query selects."""
    match node:
        case Field(name):
            if name in documents.PASSAGE_FIELDS:
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
        case Field(name) if name in documents.SLOT_FIELDS:
            return name
        case Or(children):
            names = {slot_name(child) for child in children}
            return names.pop() if len(names) == 1 else None
    return None


def tied_facets(root: Node) -> tuple[Sequence[Node], Collection[str]]:
    """Return the last annotation that a query asks for, and the facets to count in such alone."""
    groups, _ = slot_groups(parts_of(root))
    if not groups:
        return (), ()
    return groups[-1], SLOT_FACETS.keys() - {slot_name(field) for field in groups[-1]}


def most_frequent(counts: Counter[str]) -> list[tuple[str, int]]:
    """Return the values of a facet that are shown with their counts, the most frequent first."""
    floor = min(heapq.nlargest(SHOWN, counts.values()), default=0)
    above = [(value, count) for value, count in counts.items() if count > floor]
    level = (value for value, count in counts.items() if count == floor)
    rest = heapq.nsmallest(SHOWN - len(above), level)
    return [*sorted(above, key=lambda pair: (-pair[1], pair[0])), *((v, floor) for v in rest)]


def words_of_field(field: Field) -> list[str]:
    """Return what of a field's value is looked up: its words, or the whole value."""
    return terms(field.value) if field.name in documents.WORD_FIELDS else [field.value]


def word_groups(root: Node) -> list[tuple[Leaf, ...]]:
    """Return the ranked leaves of each part of a query; one of them satisfies the part."""
    found: dict[tuple[Leaf, ...], None] = {}
    for part in parts_of(root):
        each = dict.fromkeys(leaves(part))
        ranked = (x for x in each if not isinstance(x, Field) or x.name == "headline")
        found.setdefault(tuple(ranked))
    return list(filter(None, found))


def runs(text: str) -> list[list[str]]:
    """Return the term sequences of a phrase: with compounds joined, and in parts."""
    words = [found for word in text.split() if (found := alternatives(word))]
    joined = [term for each in words for term in each[0]]
    parts = [term for each in words for term in each[-1]]
    return [joined] if joined == parts else [joined, parts]


def one_letter_off(term: str) -> set[str]:
    """Return the words at edit distance 1, with the first letter, which is rarely mistyped."""
    places = range(1, len(term) + 1)
    parts = [(term[:place], term[place:]) for place in places]
    letters = set(string.ascii_lowercase + string.digits + term)
    return {
        *(head + tail[1:] for head, tail in parts if tail),
        *(head + tail[1] + tail[0] + tail[2:] for head, tail in parts if len(tail) > 1),
        *(head + letter + tail for head, tail in parts for letter in letters),
        *(head + letter + tail[1:] for head, tail in parts if tail for letter in letters),
    }
