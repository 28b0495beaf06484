"""Evaluating a query on one segment: the matching articles, and the passages of them to show.

Passages and articles are numbers, combined as sets.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property, reduce
from itertools import compress
from operator import and_, or_
from typing import NamedTuple

from briefing.search.documents import day_range
from briefing.search.engines.whoosh_lookup import SLOT_NUMBER_BITS, Lookup
from briefing.search.nodes import DATE_FIELDS, And, Field, Node, Not, Or, Same
from briefing.search.planning import scope_of, slot_groups


class Matches(NamedTuple):
    """Matching passages and their articles; `docs` is None for all passages of the articles."""

    docs: set[int] | None
    articles: set[int]


class Finder:
    """Evaluates queries on the passages of one segment that are searched."""

    def __init__(self, lookup: Lookup, counts: bytearray) -> None:
        """Search the passages that have a 1 in `counts`."""
        self.lookup = lookup
        self.segment = lookup.segment
        self.counts = counts

    def find(self, node: Node) -> Matches:
        """Return the passages and articles that match a resolved query."""
        match node:
            case And(children):
                return self._all(children)
            case Or(children):
                parts = [self.find(child) for child in children]
                selects = any(part.docs is not None for part in parts)
                docs = set().union(*map(self.docs, parts)) if selects else None
                return Matches(docs, set().union(*(part.articles for part in parts)))
            case Not(child) if scope_of(child) != "passages":
                return Matches(None, self._articles - self.find(child).articles)
            case Field(name) if name in DATE_FIELDS:
                return Matches(None, self._articles & self._of_days(node))
            case Field() if scope_of(node) == "articles":
                within = self.articles_of(self.lookup.table(node).docs)
                return Matches(None, self._articles.intersection(within))
            case Not(child):
                docs = set(self._everything()) - self.docs(self.find(child))
            case Same(child):
                docs = self._passages_with(child)
            case _:
                docs = set(self.counting(self.lookup.table(node).docs))
        return self._found(docs)

    def docs(self, found: Matches) -> set[int]:
        """Return the passages of a match."""
        if found.docs is not None:
            return found.docs
        starts = self.segment.starts
        every = (doc for n in found.articles for doc in range(starts[n], starts[n + 1]))
        return {doc for doc in every if self.counts[doc]}

    def counting(self, docs: Sequence[int]) -> Iterable[int]:
        """Return those of the passages that are searched."""
        return compress(docs, map(self.counts.__getitem__, docs))

    def _everything(self) -> Iterable[int]:
        return compress(range(self.segment.size), self.counts)

    @cached_property
    def _articles(self) -> set[int]:
        return set(self.articles_of(self._everything()))

    def articles_of(self, docs: Iterable[int]) -> Iterable[int]:
        """Return the article of each passage."""
        return map(self.segment.article_of.__getitem__, docs)

    def of(self, docs: set[int], articles: Collection[int]) -> set[int]:
        """Return those of the passages that are of these articles."""
        return set(compress(docs, map(articles.__contains__, self.articles_of(docs))))

    def _found(self, docs: set[int]) -> Matches:
        return Matches(docs, set(self.articles_of(docs)))

    def _all(self, children: Sequence[Node]) -> Matches:
        choosing = [child for child in children if scope_of(child) == "passages"]
        parts = [(child, self.find(child)) for child in children if child not in choosing]
        articles = reduce(and_, (found.articles for _, found in parts)) if parts else None
        shown = [found for child, found in parts if scope_of(child) == "words"]
        if choosing:
            docs = self._chosen(choosing)
        elif shown:
            docs = set().union(*map(self.docs, shown))
        else:
            return Matches(None, articles or set())
        if articles is not None:
            docs = self.of(docs, articles)
        if choosing:
            # Passages without any of the words count where no others of their article have some.
            worded = docs.intersection(set().union(*map(self.docs, shown)))
            docs = worded | (docs - self.of(docs, set(self.articles_of(worded))))
        return self._found(docs)

    def _chosen(self, fields: Sequence[Node]) -> set[int]:
        """Return the passages that match fields; each annotation may be in another passage."""
        groups, others = slot_groups(fields)
        sets = [self.docs(self.find(other)) for other in others]
        base = reduce(and_, sets) if sets else None
        found = [self._with_slot(group) for group in groups]
        if base is not None:
            found = [docs & base for docs in found] or [base]
        if len(found) == 1:
            return found[0]
        articles = reduce(and_, (set(self.articles_of(docs)) for docs in found))
        return self.of(set().union(*found), articles)

    def _with_slot(self, group: Sequence[Node]) -> set[int]:
        docs = self.docs_with(group)
        if len(group) == 1 or not docs:
            return docs
        return {slot >> SLOT_NUMBER_BITS for slot in self.lookup.slots(group, docs)}

    def _passages_with(self, node: Node) -> set[int]:
        """Return the passages that match a whole query on their own."""
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

    def docs_with(self, group: Sequence[Node]) -> set[int]:
        """Return the passages that match each of these fields."""
        return reduce(and_, (self.docs(self.find(field)) for field in group))

    def _of_days(self, field: Field) -> set[int]:
        """Return the articles whose date, as precisely as it is known, certainly matches."""
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
