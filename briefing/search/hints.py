"""Hints about an answer: undated articles, roles not searched, and a query that finds more."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from briefing.model import READ_ROLES, ROLES
from briefing.search import nodes
from briefing.search.analysis import terms
from briefing.search.documents import WORD_FIELDS
from briefing.search.parser import parse
from briefing.search.planning import SearchAnswer
from briefing.search.query import quote_value, to_text
from briefing.search.suggest import FUNCTION_WORDS
from briefing.wording import counted

if TYPE_CHECKING:
    from briefing.search.index import SearchIndex

NOTHING_FOUND: Final = "nothing was found"
_DATES: Final = frozenset({"before", "after", "date"})
_VALUES: Final[dict[nodes.FieldName, str]] = {"speaker": "name", "publisher": "outlet"}
"""The index field with a query field's whole values, where the name differs."""
_OFFERED: Final = 6
MOST_PARTS: Final = 6
"""Parts of a query up to which subsets of them are tried."""
_SHORTEST: Final = 3
"""Letters of the shortest word that is corrected."""


class SearchHints(NamedTuple):
    """Hints to show, and a whole query that finds something, or None."""

    hints: tuple[str, ...] = ()
    suggestion: str | None = None


def find_hints(
    index: SearchIndex, query: str, root: nodes.Node, roles: Collection[str], answer: SearchAnswer
) -> SearchHints:
    """Return hints about an answer; `root` is the resolved query, `roles` those searched."""
    undated = tuple(_undated(index, root, roles))
    if answer.chunks:
        return SearchHints(undated)
    unknown = tuple(_unknown_values(index, root, roles))
    aside = tuple(nodes.Field("role", role) for role in ROLES if role not in roles)
    passages = index.count(nodes.And((root, nodes.Or(aside))), ROLES) if aside else 0
    if passages:
        are = ("s that were", "") if passages > 1 else (" that was", "es")
        matching = f"{passages:,} passage{are[0]} set aside match{are[1]}"
        hint = f"nothing was found in the main text; {matching}"
        return SearchHints((hint,), f"{query.strip()} role:any")
    return SearchHints((*unknown, *undated, NOTHING_FOUND), did_you_mean(index, root))


def _undated(index: SearchIndex, root: nodes.Node, roles: Collection[str]) -> Iterator[str]:
    """Yield a hint if articles were only left out because they have no date."""
    parts = nodes.parts_of(root)
    dated = [part for part in parts if isinstance(part, nodes.Field) and part.name in _DATES]
    if not dated or any(part.value == "unknown" for part in dated):
        return
    others = (part for part in parts if part not in dated)
    undated = nodes.And((*others, nodes.Field("date", "unknown")))
    if articles := index.count(undated, roles, articles=True):
        were = f"without a date {'was' if articles == 1 else 'were'} left out"
        yield f"{counted(articles, 'article')} {were} (date:unknown lists them)"


def _unknown_values(index: SearchIndex, root: nodes.Node, roles: Collection[str]) -> Iterator[str]:
    for leaf in nodes.leaves(root):
        if not isinstance(leaf, nodes.Field) or leaf.name in _DATES or index.count(leaf, roles):
            continue
        counts, start = (
            index.terms(_VALUES.get(leaf.name, leaf.name), ""),
            leaf.value.casefold()[:2],
        )
        ranks = (
            (not value.casefold().startswith(start), -counts[value], value)
            for value in counts.keys() - FUNCTION_WORDS
        )
        there = ", ".join(quote_value(value) for *_, value in heapq.nsmallest(_OFFERED, ranks))
        listed = f"; there are: {there}" if there else ""
        yield f"no passage has {leaf.name}:{quote_value(leaf.value)}{listed}"


def did_you_mean(index: SearchIndex, root: nodes.Node) -> str | None:
    """Return a similar query that finds something, or None.

    Unknown words are replaced by the most frequent one within a small edit distance; if no article
    has all words, as few as possible are dropped.
    """
    corrected = _corrected(index, root)
    if corrected != root and index.count(corrected, READ_ROLES):
        return to_text(corrected)
    loosened = _without_one(index, corrected)
    return to_text(loosened) if loosened is not None else None


def _corrected(index: SearchIndex, node: nodes.Node) -> nodes.Node:  # noqa: PLR0911 - one line a kind of node
    match node:
        case nodes.And(children) | nodes.Or(children):
            return type(node)(tuple(_corrected(index, child) for child in children))
        case nodes.Same(child):
            return nodes.Same(_corrected(index, child))
        case nodes.Near(words, distance):
            return nodes.Near(
                tuple(nodes.Word(_corrected_words(index, w.text)) for w in words), distance
            )
        case nodes.ExactPhrase(text):
            return nodes.ExactPhrase(_corrected_words(index, text))
        case nodes.Word(text) | nodes.Prefix(text) if not index.count(node, READ_ROLES):
            return parse(_corrected_words(index, text)).root or node
        case nodes.Field(name, value, False) if name in WORD_FIELDS:
            return nodes.Field(name, _corrected_words(index, value, name))
    return node


def _corrected_words(index: SearchIndex, text: str, field: nodes.FieldName | None = None) -> str:
    words = terms(text)
    fixed = [_correct(index, word, field) for word in words]
    return text if fixed == words else " ".join(fixed)


def _correct(index: SearchIndex, word: str, field: nodes.FieldName | None) -> str:
    asked = nodes.Field(field, word) if field else nodes.Word(word)
    if len(word) < _SHORTEST or index.count(asked, ROLES):
        return word
    for distance in (1, 2) if len(word) > _SHORTEST + 1 else (1,):
        near = index.near(word, distance)
        if field:
            kept = (word for word in near if index.count(nodes.Field(field, word), ROLES))
            near = Counter({word: near[word] for word in kept})
        if near:
            return max(near, key=lambda term: (near[term], term))
    return word


def _without_one(index: SearchIndex, node: nodes.Node) -> nodes.Node | None:
    """Return the query that finds something with fewest words left out, and fewest articles."""
    parts = node.children if isinstance(node, nodes.And) else ()
    words = [part for part in parts if not isinstance(part, nodes.Field | nodes.Not)]
    if len(words) < 2 or len(parts) > MOST_PARTS:
        return None
    if len(words) == 2:
        rest = (part for part in parts if part not in words)
        either = nodes.join(nodes.And, (*rest, nodes.Or(tuple(words))))
        return either if either is not None and index.count(either, READ_ROLES) else None
    rests = ([part for part in parts if part is not left_out] for left_out in words)
    shorter = (each for rest in rests if (each := nodes.join(nodes.And, rest)) is not None)
    found = {each: index.count(each, READ_ROLES, articles=True) for each in shorter}
    some = [each for each, articles in found.items() if articles]
    if some:
        return min(some, key=lambda each: (found[each], to_text(each)))
    further = (_without_one(index, each) for each in found)
    return next((each for each in further if each is not None), None)
