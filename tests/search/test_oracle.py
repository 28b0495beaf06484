"""What our reader finds against what Whoosh's own, slow searching finds."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import corpus
import pytest
import stock
from briefing.search.facets import FACETS
from briefing.search.reader import Snapshot
from whoosh import index as whoosh_index
from whoosh import query as q

from briefing.model import READ_ROLES, ROLES, Article, BriefingInfo, Chunk
from briefing.search.documents import article_record, documents
from briefing.search.index import SearchIndex
from briefing.search.query import And, Field, Fuzzy, Node, Not, Or, Phrase, Prefix, Word

INFO = BriefingInfo(title="Oracle", tags=("trade", "sea routes"))
QUERIES = int(os.environ.get("BRIEFING_ORACLE_QUERIES", "400"))
"""How many drawn queries are compared; thousands take minutes."""
Ids = set[tuple[str, str]]


class Both:
    """The same articles, in our index and in a stock one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        lots = corpus.Lots(vocabulary=900)
        self.articles = [_odd(a, n) for n, a in enumerate(_articles(lots))]
        self.ours = SearchIndex.create(folder)
        self.stock = stock.StockIndex(folder / "stock")
        for number in range(0, len(self.articles), 9):
            self.ours.update(_briefing(number), INFO, self.articles[number : number + 9])
        for article in self.articles[:20:4]:
            self.ours.update(_briefing(self.articles.index(article)), INFO, [article])
        self.gone = {article.id for article in self.articles[5:30:6]}
        for number, article in enumerate(self.articles):
            if article.id in self.gone:
                self.ours.delete(_briefing(number), [article.id])
        self.stock.add(
            (article_record(_briefing(n), article), document)
            for n, article in enumerate(self.articles)
            if article.id not in self.gone
            for document in documents(_briefing(n), INFO, article)
        )

    @property
    def snapshot(self) -> Snapshot:
        return self.ours._refresh()

    def ours_finds(self, root: Node, roles: Any = READ_ROLES) -> Ids:
        answer = self.snapshot.ask(root, roles=roles, limit=100_000)
        assert answer.chunks == len(answer.found)
        assert answer.articles == len({found.article.article for found in answer.found})
        return {(found.article.article, found.chunk.chunk) for found in answer.found}

    def stock_finds(self, root: Node, roles: Any = READ_ROLES) -> Ids:
        """Ask Whoosh; what is left out is taken away here, as Whoosh's AndNot misses some."""
        if isinstance(root, And) and any(isinstance(child, Not) for child in root.children):
            plus = [child for child in root.children if not isinstance(child, Not)]
            found = set.intersection(*(self.stock_finds(child, roles) for child in plus))
            minus = [child.child for child in root.children if isinstance(child, Not)]
            return found.difference(*(self.stock_finds(child, roles) for child in minus))
        if isinstance(root, And | Or) and _has_not(root):
            found = [self.stock_finds(child, roles) for child in root.children]
            return set.intersection(*found) if isinstance(root, And) else set().union(*found)
        return self.stock.find(root, roles)


def _has_not(node: Node) -> bool:
    if isinstance(node, And | Or):
        return any(map(_has_not, node.children))
    return isinstance(node, Not)


def _articles(lots: corpus.Lots) -> list[Article]:
    return list(corpus.articles(corpus.made(700, lots), lots))


def _briefing(number: int) -> str:
    return f"briefing-{number // 9}"


def _odd(article: Article, number: int) -> Article:
    """Give some articles partial dates, other roles and sections."""
    values: dict[str, Any] = {name: getattr(article, name) for name in Article.__struct_fields__}
    values["chunks"] = tuple(
        Chunk(
            id=chunk.id,
            role=ROLES[place % 7] if number % 3 == 0 else "body",
            section="Why it matters" if place % 4 == 0 else None,
            text=chunk.text,
            countries=chunk.countries,
            quotes=chunk.quotes,
        )
        for place, chunk in enumerate(article.chunks)
    )
    if number % 4 == 1 and article.date:
        cut = 7 if number % 8 == 1 else 4
        values["date"] = corpus.PublicationDate(
            value=article.date.value[:cut], precision="month", basis="stated"
        )
    if number % 9 == 2:
        values["date"] = None
    return Article(**values)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    return Both(tmp_path_factory.mktemp("oracle"))


class Draw:
    """Draws queries of every kind and depth from the words of the articles."""

    def __init__(self, both: Both, seed: int) -> None:
        self.lots = random.Random(seed)  # noqa: S311
        self.rows = [
            chunk.text.lower().replace(".", "").split() for a in both.articles for chunk in a.chunks
        ]
        self.both = both

    def word(self) -> str:
        return self.lots.choice(self.lots.choice(self.rows))

    def leaf(self) -> Node:
        kind = self.lots.randrange(9)
        word = self.word()
        if kind < 3:
            return Word(word)
        if kind == 3:
            row = self.lots.choice(self.rows)
            start = self.lots.randrange(len(row) - 3)
            return Phrase(" ".join(row[start : start + self.lots.choice((1, 2, 3))]))
        if kind == 4:
            return Prefix(word[: self.lots.randint(1, 4)])
        if kind == 5:
            return Fuzzy(word, self.lots.choice((1, 1, 2)))
        return self.field()

    def field(self) -> Field:
        article = self.lots.choice(self.both.articles)
        chunk = self.lots.choice(article.chunks)
        country = chunk.countries[0].code if chunk.countries else "ZZ"
        speaker = (
            chunk.quotes[0].speaker.name if chunk.quotes and chunk.quotes[0].speaker else "x y"
        )
        date = self.lots.choice(("2012", "2015-06", "2018-02-03", "2020", "2021-11"))
        return self.lots.choice(
            (
                Field("country", country),
                Field("speaker", str(speaker)),
                Field("speaker", str(speaker).split()[-1][:3], prefix=True),
                Field("speaker", str(speaker)[:-2], prefix=True),
                Field("publisher", str(article.publisher)),
                Field("publisher", "".join(w[0] for w in str(article.publisher).split())),
                Field("section", "it matters"),
                Field("tag", "sea routes"),
                Field("tag", "sea trade"),
                Field("briefing", "briefing-3"),
                Field("briefing", "briefing-", prefix=True),
                Field("role", self.lots.choice(ROLES)),
                Field("before", date),
                Field("after", date),
                Field("date", date),
            )
        )

    def node(self, depth: int = 2, *, without: bool = True) -> Node:
        kind = self.lots.randrange(6) if depth else 0
        if kind < 2:
            return self.leaf()
        count = self.lots.choice((2, 2, 3))
        children = tuple(self.node(depth - 1, without=without) for _ in range(count))
        if kind == 2:
            return Or(children)
        if kind == 3 and without:
            return And((*children, Not(self.leaf())))
        return And(children)


def test_the_same_chunks_are_found_as_by_whoosh_in_its_own_index(both: Both) -> None:
    draw = Draw(both, seed=1)
    found_something = 0
    for number in range(QUERIES):
        node = draw.node()
        roles = ROLES if number % 5 == 0 else READ_ROLES
        ours, theirs = both.ours_finds(node, roles), both.stock_finds(node, roles)
        assert ours == theirs, node
        found_something += bool(ours)
    assert found_something > QUERIES // 2


def test_whoosh_reads_our_index_and_finds_the_same_in_it(both: Both) -> None:
    draw = Draw(both, seed=2)
    opened = whoosh_index.open_dir(both.folder / "search")
    assert opened.doc_count() == len(both.ours)
    with opened.searcher() as searcher:
        searcher.lexicons = {}
        for _ in range(60):
            node = draw.leaf()
            if isinstance(node, Field) and node.name in ("before", "after", "date"):
                continue
            read = q.Or([q.Term("role", role) for role in READ_ROLES])
            wanted = stock.translate(node, searcher)
            hits = searcher.search(wanted, filter=read, limit=None)
            found = {(hit["stored"][0].article, hit["stored"][1].chunk) for hit in hits}
            assert found == both.ours_finds(node), node


def test_folding_changes_nothing_that_is_found(both: Both) -> None:
    draw = Draw(both, seed=3)
    nodes = [draw.node() for _ in range(150)]
    before = [both.snapshot.ask(node, roles=READ_ROLES, limit=40) for node in nodes]
    assert len(both.snapshot.parts) > 1
    both.ours.optimise()
    assert len(both.snapshot.parts) == 1
    both.snapshot.parts[0].segment.verify()
    for node, old in zip(nodes, before, strict=True):
        new = both.snapshot.ask(node, roles=READ_ROLES, limit=40)
        assert (new.chunks, new.articles) == (old.chunks, old.articles)
        assert [round(f.score, 9) for f in new.found] == [round(f.score, 9) for f in old.found]
        assert all(new.facets[name][:5] == old.facets[name][:5] for name in new.facets)


def test_facets_count_what_whoosh_finds(both: Both) -> None:
    draw = Draw(both, seed=4)
    for _ in range(100):
        node = draw.node(without=False)
        counted: dict[str, dict[str, int]] = {name: {} for name in FACETS}
        for _, _, _, values in both.stock.search(node, READ_ROLES):
            for facet, field in FACETS.items():
                for value in values.get(field, ()):
                    counted[facet][value] = counted[facet].get(value, 0) + 1
        answer = both.snapshot.ask(node, roles=READ_ROLES, limit=1)
        for facet, values in answer.facets.items():
            assert len(values) == min(20, len(counted[facet]))
            assert all(counted[facet][value] == count for value, count in values), (node, facet)
            top = sorted(counted[facet].values(), reverse=True)[: len(values)]
            assert [count for _, count in values] == top


def test_the_best_by_our_rank_are_mostly_the_best_by_whooshs(both: Both) -> None:
    draw = Draw(both, seed=5)
    shares = []
    for _ in range(60):
        node = Or((Word(draw.word()), Word(draw.word())))
        theirs = [(a.article, c.chunk) for _, a, c, _ in both.stock.search(node, READ_ROLES)]
        if len(theirs) < 40:
            continue
        answer = both.snapshot.ask(node, roles=READ_ROLES, limit=20)
        ours = {(found.article.article, found.chunk.chunk) for found in answer.found}
        shares.append(len(ours & set(theirs[:20])) / 20)
    assert sum(shares) / len(shares) > 0.6


def test_the_best_are_the_same_whether_few_or_all_are_wanted(both: Both) -> None:
    draw = Draw(both, seed=6)
    for _ in range(200):
        node = draw.node()
        everything = both.snapshot.ask(node, roles=READ_ROLES, limit=100_000).found
        best = both.snapshot.ask(node, roles=READ_ROLES, limit=7).found
        assert [f.score for f in best] == [f.score for f in everything[:7]]
