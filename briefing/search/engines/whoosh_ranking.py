"""Ranking the passages that match a query, and counting facets of their articles.

Passages with all words of a query rank before those with some. Within both, the score adds the
passage's own words and, as words select articles, those of its article's other passages.
"""

import heapq
import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain, repeat
from operator import add, and_, mul, neg
from typing import Final, NamedTuple

from briefing.search import planning
from briefing.search.engines.whoosh_evaluate import Finder
from briefing.search.engines.whoosh_lookup import SLOT_NUMBER_BITS, Lookup
from briefing.search.nodes import Leaf, Node
from briefing.search.planning import RankedPassage, SearchAnswer

ARTICLE_SHARE: Final = 1.0
"""The weight of words in the whole article, relative to those in the passage."""
SOFT: Final = 2.0
"""The weight at which a word in an article of average length counts half its maximum."""
LENGTH_SHARE: Final = 0.6
"""The influence of an article's length, as b in BM25; measured with tests/bench/known_item.py."""
MOST: Final = 4.0
"""The maximum that a word can count for an article; for a passage it is 2.2."""
Row = tuple[int, int, float, int]
"""Sort key of a passage, the larger the better: day or 0, has all words, score, -number.

The number is negative, so that of equal passages the first in its article ranks first.
"""


class SegmentPart(NamedTuple):
    """The matching passages of a segment, and their articles."""

    finder: Finder
    docs: set[int]
    articles: set[int]


def find_parts(
    segments: Iterable[tuple[Lookup, frozenset[int]]], root: Node, roles: Collection[str]
) -> list[SegmentPart]:
    """Return the matches of a resolved query in passages of these roles, by segment."""
    wanted = frozenset(roles)
    found = []
    for lookup, deleted in segments:
        finder = Finder(lookup, lookup.counts(wanted, deleted))
        each = finder.find(root)
        docs = finder.docs(each) if each.articles else set()
        if docs:
            found.append(SegmentPart(finder, docs, each.articles))
    return found


def answer(
    segments: Sequence[tuple[Lookup, frozenset[int]]],
    root: Node,
    roles: Collection[str],
    limit: int,
    *,
    newest: bool = False,
    facets: bool = True,
) -> SearchAnswer:
    """Return the `limit` best or newest passages of a resolved query, and facet counts."""
    parts = find_parts(segments, root, roles)
    groups = planning.word_groups(root)
    total = sum(lookup.segment.size for lookup, _ in segments)
    usual = total / max(1, sum(len(lookup.segment.starts) - 1 for lookup, _ in segments))
    rarities = {
        leaf: _rarity(sum(len(lookup.table(leaf).docs) for lookup, _ in segments), total)
        for leaf in chain.from_iterable(groups)
    }
    by_day = newest or not groups
    rows = [
        (row, -number)
        for number, part in enumerate(parts)
        for row in _best(part, groups, rarities, usual, limit, by_day=by_day)
    ]
    best = heapq.nlargest(limit, rows)
    return SearchAnswer(
        hits=tuple(_hit(parts[-number], -row[-1], row[-2]) for row, number in best),
        chunks=sum(len(part.docs) for part in parts),
        articles=sum(len(part.articles) for part in parts),
        facets=_facets(parts, root) if facets else {},
    )


def _rarity(holding: int, total: int) -> float:
    return math.log(1 + (total - holding + 0.5) / (holding + 0.5))


def _best(
    part: SegmentPart,
    groups: Sequence[Sequence[Leaf]],
    rarities: Mapping[Leaf, float],
    usual: float,
    limit: int,
    *,
    by_day: bool,
) -> list[Row]:
    """Return the best passages of a segment; `usual` is the mean number of passages per article."""
    lookup, article_of = part.finder.lookup, part.finder.segment.article_of
    shared = _shared_words(part, rarities, usual)
    own = _own_words(lookup, rarities)

    def score(docs: Iterable[int]) -> Iterator[float]:
        of_article = map(shared.__getitem__, map(article_of.__getitem__, docs))
        return map(add, of_article, map(own.get, docs, repeat(0.0)))

    if by_day:
        days = part.finder.segment.days
        newest = ((days[article_of[doc]][0], -doc) for doc in part.docs)
        chosen = heapq.nlargest(limit, newest)
        scores = score([-doc for _, doc in chosen])
        return [(day, 0, each, doc) for (day, doc), each in zip(chosen, scores, strict=True)]
    whole = _having_all(part, groups)
    rows: list[Row] = []
    for docs, has_all in ((whole, 1), (part.docs - whole, 0)):
        if len(rows) < limit:
            best = heapq.nlargest(limit, zip(score(docs), map(neg, docs), strict=True))
            rows += [(0, has_all, each, doc) for each, doc in best]
    return rows


def _own_words(lookup: Lookup, rarities: Mapping[Leaf, float]) -> Mapping[int, float]:
    own: dict[int, float] = {}
    for leaf, rare in rarities.items():
        table = lookup.table(leaf)
        weights = map(mul, table.weights, repeat(rare))
        before = map(own.get, table.docs, repeat(0.0))
        # Each passage occurs once in a table, so its old value is read before it is replaced.
        own.update(zip(table.docs, map(add, before, weights), strict=True))
    return own


def _shared_words(
    part: SegmentPart, rarities: Mapping[Leaf, float], usual: float
) -> Mapping[int, float]:
    """Return the score of each article from all its words, normalised by its length."""
    shared = dict.fromkeys(part.articles, 0.0)
    starts = part.finder.segment.starts
    for leaf, rare in rarities.items():
        sums = part.finder.lookup.sums(leaf)
        most = ARTICLE_SHARE * rare * MOST
        for number in shared.keys() & sums.keys():
            length = (starts[number + 1] - starts[number]) / usual
            soft = SOFT * (1 - LENGTH_SHARE + LENGTH_SHARE * length)
            shared[number] += most * sums[number] / (sums[number] + soft)
    return shared


def _having_all(part: SegmentPart, groups: Sequence[Sequence[Leaf]]) -> set[int]:
    table = part.finder.lookup.table
    holding = (set(chain.from_iterable(table(leaf).docs for leaf in group)) for group in groups)
    return reduce(and_, holding, part.docs) if len(groups) > 1 else part.docs


def _hit(part: SegmentPart, doc: int, score: float) -> RankedPassage:
    segment = part.finder.segment
    number = segment.article_of[doc]
    others = range(segment.starts[number], segment.starts[number + 1])
    in_article = sum(other in part.docs for other in others)
    return RankedPassage(score, segment.article(number), segment.passage(doc), in_article)


def _facets(parts: Sequence[SegmentPart], root: Node) -> dict[str, list[tuple[str, int]]]:
    """Return the number of articles by value of each facet, the most frequent first."""
    counts = {facet: Counter[str]() for facet in planning.FACETS}
    for part in parts:
        for facet, values in part.finder.segment.facets.items():
            counts[facet].update(chain.from_iterable(map(values.__getitem__, part.articles)))
    group, tied = planning.tied_facets(root)
    for facet in tied:
        likely = [value for value, _ in counts[facet].most_common(2 * planning.SHOWN)]
        counts[facet] = _tied(parts, group, planning.SLOT_FACETS[facet], likely)
    return {facet: planning.most_frequent(found) for facet, found in counts.items()}


def _tied(
    parts: Sequence[SegmentPart], group: Sequence[Node], field: str, values: Sequence[str]
) -> Counter[str]:
    """Count the articles with a value in the same annotation that matches a query's fields."""
    found: Counter[str] = Counter()
    for part in parts:
        finder = part.finder
        docs = finder.of(finder.docs_with(group), part.articles)
        slots = finder.lookup.slots(group, docs)
        for value in values:
            tied = finder.lookup.holding_slots(field, value, docs) & slots
            found[value] += len(set(finder.articles_of(slot >> SLOT_NUMBER_BITS for slot in tied)))
    return +found
