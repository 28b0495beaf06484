"""Leaving out early what cannot be among the best must not change what is best."""

from __future__ import annotations

import random
from collections.abc import Sequence

import corpus
import pytest

from briefing.model import READ_ROLES, BriefingInfo
from briefing.search.index import SearchIndex
from briefing.search.query import And, Field, Node, Not, Or, Prefix, Word
from briefing.search.reader import Found, Snapshot

CHUNKS = 4_000
INFO = BriefingInfo(title="Pruning")


@pytest.fixture(scope="module")
def lots() -> corpus.Lots:
    """A vocabulary of some hundred words, so that most words stand in many chunks."""
    return corpus.Lots(vocabulary=900)


@pytest.fixture(scope="module")
def snapshot(lots: corpus.Lots, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder = tmp_path_factory.mktemp("pruning")
    index = SearchIndex.create(folder)
    with index.batch():
        for number, article in enumerate(corpus.articles(corpus.made(CHUNKS, lots), lots)):
            index.update(f"briefing-{number // 40}", INFO, [article])
    return Snapshot.open(folder / "search", index._refresh().contents)


def _draw(lots: random.Random, words: Sequence[str]) -> Node:
    """Draw a query of words that are frequent, rare, or both, with filters now and then."""
    one, two = (Word(lots.choice(words)) for _ in range(2))
    common = Word(lots.choice(words[:8]))
    kinds: list[Node] = [
        common,
        Or((common, one)),
        Or((common, one, two)),
        And((common, one)),
        And((common, Field("country", lots.choice(("US", "CN", "GB"))))),
        And((common, Field("after", f"{lots.randint(2011, 2020)}-06"))),
        And((common, Not(one))),
        And((Or((common, one)), two)),
        Prefix(common.text[:2]),
        And((one, Prefix(two.text[:2]))),
    ]
    return lots.choice(kinds)


def _key(found: Sequence[Found]) -> list[tuple[str, str, float]]:
    return [(each.article.article, each.chunk.chunk, round(each.score, 9)) for each in found]


@pytest.mark.parametrize("limit", [1, 20, 50])
def test_the_best_are_the_same_as_where_every_hit_is_scored(
    snapshot: Snapshot, lots: corpus.Lots, limit: int
) -> None:
    drawn = random.Random(limit)  # noqa: S311
    many = 0
    for _ in range(25):
        query = _draw(drawn, lots.words)
        few = snapshot.ask(query, roles=READ_ROLES, limit=limit)
        every = snapshot.ask(query, roles=READ_ROLES, limit=CHUNKS)
        assert _key(few.found) == _key(every.found[:limit]), query
        assert (few.chunks, few.facets) == (every.chunks, every.facets)
        many += few.chunks > CHUNKS // 2
    assert many > 5


def test_the_newest_are_the_same_whether_few_or_all_are_wanted(
    snapshot: Snapshot, lots: corpus.Lots
) -> None:
    drawn = random.Random(5)  # noqa: S311
    for _ in range(30):
        query = Word(drawn.choice(lots.words))
        few = snapshot.ask(query, roles=READ_ROLES, limit=20, newest=True)
        every = snapshot.ask(query, roles=READ_ROLES, limit=CHUNKS, newest=True)
        assert _days(few.found) == _days(every.found[:20]), query


def _days(found: Sequence[Found]) -> list[str]:
    return [each.article.date.value for each in found if each.article.date]
