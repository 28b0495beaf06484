"""What the index finds against what a slow and plain reading of the same articles finds."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import corpus
import msgspec
import pytest
import stock
from whoosh import index as whoosh_index
from whoosh import query as q
from whoosh import scoring

from briefing.model import (
    READ_ROLES,
    ROLES,
    Article,
    BriefingInfo,
    Chunk,
    Citation,
    CountryWeight,
    Mention,
    Position,
    PublicationDate,
    Quote,
    Speaker,
)
from briefing.search.analysis import stem
from briefing.search.documents import ArticleRecord, ChunkRecord, prepare
from briefing.search.engines.whoosh import WhooshIndex
from briefing.search.index import IndexPlace, SearchIndex, create_index
from briefing.search.nodes import (
    And,
    ExactPhrase,
    Field,
    FieldName,
    Fuzzy,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Prefix,
    Query,
    Same,
    Word,
    join,
    same,
)
from briefing.search.planning import SearchAnswer
from briefing.search.query import to_text

QUERIES = int(os.environ.get("BRIEFING_ORACLE_QUERIES", "250"))
"""How many drawn queries are compared; thousands take minutes."""
ARTICLES, IN_BRIEFING = 90, 9
CODES = ("DE", "FR", "GB", "US", "JP")
STANCES = ("ban", "allow", "restrict")
OUTLETS = ("Financial Gazette", "The Harbour Courier", "Morning Herald")
VOICES = ("named", "official", "anonymous")
WORDS = (  # noqa: SIM905 - thirty quoted words are hard to read
    "e-mail email mail U.S. us army armies navy duty duties dying die ban banned "
    "bans banning trade trading state-of-the-art art well-known known 5G 1,750 O'Brien "
    "co-operate cooperate"
).split()
"""Words of every make, strewn among the invented ones."""


class Articles:
    """Invented articles that say something in every field, drawn by lot."""

    def __init__(self) -> None:
        self.lots = corpus.Lots(vocabulary=700)
        self.random = random.Random(11)  # noqa: S311
        self.names = [" ".join(self.lots.names(2)) for _ in range(12)]

    def article(self, number: int) -> Article:
        chance = self.random
        date = self.lots.date()[: (10, 7, 4)[number % 3]]
        return Article(
            id=f"a{number:03}",
            headline=" ".join(self.words(chance.randint(3, 8))) if number % 5 else None,
            publisher=chance.choice((*OUTLETS, None)),
            date=PublicationDate(value=date, precision="day", basis="stated")
            if number % 7
            else None,
            source=corpus.SOURCE,
            chunks=tuple(self.chunk(n, odd=number % 3 == 0) for n in range(chance.randint(1, 7))),
        )

    def words(self, count: int) -> list[str]:
        drawn = self.random.choices(self.lots.words, cum_weights=self.lots.cumulative, k=count)
        return [self.random.choice(WORDS) if self.random.random() < 0.12 else w for w in drawn]

    def chunk(self, number: int, *, odd: bool) -> Chunk:
        chance = self.random
        sentences = [" ".join(self.words(chance.randint(4, 12))) for _ in range(3)]
        text = ". ".join(each.capitalize() for each in sentences) + "."
        codes = chance.sample(CODES, chance.choice((0, 1, 1, 2)))
        quotes = [self.quote(n, text) for n in range(chance.choice((0, 0, 1, 2)))]
        return Chunk(
            id=f"c{number}",
            role=chance.choice(ROLES) if odd else "body",
            section=chance.choice((None, None, "Why it matters", "What matters")),
            text=text,
            notes=tuple(" ".join(each.split()[:4]) for each in sentences[: number % 3]),
            countries=tuple(CountryWeight(code=code, weight=0.5) for code in codes),
            mentions=tuple(
                Mention(code=chance.choice(CODES), start=at, end=at + 2)
                for at in chance.sample(range(len(text) - 2), chance.choice((0, 1, 2)))
            ),
            quotes=tuple(quotes),
            citations=(Citation(outlet=chance.choice(OUTLETS), start=0, end=2),)
            if chance.random() < 0.2
            else (),
            positions=tuple(
                Position(
                    country=chance.choice(CODES),
                    stance=chance.choice(STANCES),
                    start=(start := quotes[0].start if quotes else 0),
                    end=start + 3,
                    rule="lot",
                )
                for _ in range(chance.choice((0, 0, 1, 2)))
            ),
        )

    def quote(self, number: int, text: str) -> Quote:
        chance = self.random
        start = chance.randrange(len(text) // 2)
        name = chance.choice((*self.names, None))
        return Quote(
            id=f"q{number}",
            kind="direct",
            start=start,
            end=start + 9,
            exact=text[start : start + 9],
            speaker=Speaker(
                name=name,
                role=None if name else "a harbour official",
                type=chance.choice(VOICES) if name else "official",  # type: ignore[arg-type]
                country=chance.choice((*CODES, None)),
            ),
            chain=(chance.choice(OUTLETS),) if chance.random() < 0.3 else (),
            rule="lot",
        )


class Both:
    """The same articles in our index, with changes behind them, and in a stock one."""

    def __init__(self, folder: Path, place: IndexPlace) -> None:
        self.folder = folder
        made = Articles()
        self.articles = [made.article(number) for number in range(ARTICLES)]
        self.ours = create_index(place)
        for start in range(0, ARTICLES, IN_BRIEFING):
            older = [made.article(number) for number in range(start, start + 2)]
            self.ours.update(_briefing(start), _info(start), older)
            newer = self.articles[start : start + IN_BRIEFING]
            self.ours.update(_briefing(start), _info(start), newer[:5])
            self.ours.update(_briefing(start), _info(start), newer[5:])
        self.live = dict(enumerate(self.articles))
        for number in range(5, ARTICLES, 11):
            self.ours.delete(_briefing(number), [self.live.pop(number).id])
        self.ours.delete(_briefing(ARTICLES - 1))
        for number in range(ARTICLES - IN_BRIEFING, ARTICLES):
            self.live.pop(number, None)
        ready = (prepare(_briefing(n), _info(n), a) for n, a in self.live.items())
        self.stock = stock.Stock(folder / "stock", ready)
        self.prepared = tuple(self.stock.articles.values())

    def ask(
        self, root: Node, roles: Sequence[str] = READ_ROLES, limit: int = 10_000
    ) -> SearchAnswer:
        return self.ours.ask(root, roles, limit)

    def finds(self, root: Node, roles: Sequence[str] = READ_ROLES) -> set[stock.Passage]:
        answer = self.ask(root, roles)
        found = [(_key(hit.article), hit.chunk.chunk) for hit in answer.hits]
        counts = Counter(key for key, _ in found)
        assert len(found) == len(set(found)) == answer.chunks
        assert answer.articles == len(counts)
        assert all(hit.in_article == counts[_key(hit.article)] for hit in answer.hits)
        return set(found)


def _briefing(number: int) -> str:
    return f"briefing-{number // IN_BRIEFING}"


def _info(number: int) -> BriefingInfo:
    tags = ("trade", "sea routes") if number // IN_BRIEFING % 2 else ("open sea",)
    return BriefingInfo(title="Oracle", tags=tags)


def _key(article: Any) -> str:
    return f"{article.briefing}/{article.article}"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, new_place: Callable[[], IndexPlace]) -> Both:
    """Return the articles in an index of each engine."""
    return Both(tmp_path_factory.mktemp("oracle"), new_place())


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Both:
    """Return the articles in an index in Whoosh's files, for Whoosh's own searcher."""
    folder = tmp_path_factory.mktemp("oracle")
    return Both(folder, folder)


class Draw:
    """Draws queries of every kind, depth and order from what the articles hold."""

    def __init__(self, both: Both, seed: int) -> None:
        self.lots = random.Random(seed)  # noqa: S311
        self.articles = both.articles
        self.rows = [c.text.replace(".", "").split() for a in both.articles for c in a.chunks]

    def word(self) -> str:
        return self.lots.choice(self.lots.choice(self.rows))

    def row(self) -> str:
        row = self.lots.choice(self.rows)
        start = self.lots.randrange(len(row) - 3)
        return " ".join(row[start : start + self.lots.choice((1, 2, 2, 3))])

    def words(self) -> Leaf:
        match self.lots.randrange(9):
            case 0 | 1 | 2 | 3:
                return Word(self.word())
            case 4:
                return ExactPhrase(self.row())
            case 5:
                return Prefix(self.word()[: self.lots.randint(1, 6)])
            case 6:
                return Prefix(self.row())
            case 7:
                return Fuzzy(self.word(), self.lots.choice((1, 1, 2)))
        return self.near()

    def near(self) -> Near:
        row = self.lots.choice(self.rows)
        plain = [w for w in dict.fromkeys(map(str.lower, row)) if w.isalpha() and len(stem(w)) > 4]
        words = self.lots.sample(plain, min(len(plain), self.lots.choice((2, 2, 3))))
        nodes = (Prefix(w[:3]) if self.lots.random() < 0.2 else Word(w) for w in words)
        return Near(tuple(nodes), self.lots.choice((1, 2, 5, 10)))

    def slot(self, name: FieldName) -> Node:
        """Ask for a value of an annotation, or for one of two."""
        if self.lots.random() < 0.2:
            return Or((self.value(name), self.value(name)))
        return self.value(name)

    def value(self, name: FieldName) -> Field:
        match name:
            case "country":
                return Field(name, self.lots.choice(CODES))
            case "stance":
                return Field(name, self.lots.choice(STANCES))
            case "voice":
                return Field(name, self.lots.choice(VOICES))
            case "cites":
                return Field(name, self.lots.choice((*OUTLETS, "ft", "fg", "courier", "herald")))
        quotes = [q for a in self.articles for c in a.chunks for q in c.quotes if q.speaker]
        speaker = self.lots.choice(quotes).speaker
        assert speaker is not None
        full = speaker.name or speaker.role or ""
        choices = [(full, False), (full[:-2], True), (full.split()[-1], False), (full[:3], True)]
        return Field(name, *self.lots.choice(choices))

    def field(self) -> Node:
        if self.lots.random() < 0.5:
            return self.slot(self.lots.choice(stock.SLOTS))  # type: ignore[arg-type]
        article = self.lots.choice(self.articles)
        headline = (article.headline or "ban trade").split()
        date = self.lots.choice(("2012", "2015-06", "2018-02-03", "2020", "2021-11", "2010/2016"))
        number = self.lots.randrange(ARTICLES)
        return self.lots.choice(
            (
                Field("headline", self.lots.choice(headline).replace("-", "")),
                Field("headline", " ".join(headline[1:3]).replace("-", "")),
                Field("headline", self.lots.choice(headline)[:2].strip("-"), prefix=True),
                Field("publisher", article.publisher or "nobody"),
                Field("publisher", self.lots.choice(("fg", "hc", "mh", "herald"))),
                Field("publisher", "harb", prefix=True),
                Field("section", self.lots.choice(("matters", "it matters", "what it"))),
                Field("section", "wh", prefix=True),
                Field("tag", self.lots.choice(("trade", "sea", "sea routes", "sea trade"))),
                Field("note", " ".join(self.lots.choice(self.rows)[: self.lots.choice((1, 2))])),
                Field("note", self.word()[:1], prefix=True),
                Field("briefing", _briefing(number)),
                Field("briefing", "briefing-", prefix=True),
                Field("role", self.lots.choice(ROLES)),
                Field("role", self.lots.choice(("b", "cap", "e")), prefix=True),
                Field("before", date.partition("/")[0]),
                Field("after", date.partition("/")[0]),
                Field("date", date),
                Field("date", "unknown"),
            )
        )

    def tied(self) -> Iterator[Node]:
        """Ask for values that one annotation has, in any order, and now and then for others."""
        names = self.lots.sample(stock.SLOTS, self.lots.choice((2, 2, 3)))
        for _ in range(self.lots.choice((1, 1, 1, 2))):
            yield from (self.slot(name) for name in names)  # type: ignore[arg-type]

    def leaf(self) -> Node:
        return self.words() if self.lots.random() < 0.6 else self.field()

    def node(self, depth: int = 3) -> Node:
        found = self._node(self.lots.randint(0, depth))
        return found if found is not None else self.leaf()

    def _node(self, depth: int) -> Node | None:
        if not depth:
            return self.leaf()
        kind = self.lots.randrange(10)
        if kind == 0:
            return Not(self._node(depth - 1) or self.leaf())
        if kind == 1:
            return same(self._node(depth - 1))
        parts = [self._node(self.lots.randrange(depth)) for _ in range(self.lots.choice((2, 2, 3)))]
        if kind in {2, 3}:
            return join(Or, parts)
        if kind == 4:
            parts.append(Not(self._node(depth - 1) or self.leaf()))
        if kind in {5, 6}:
            parts += self.tied()
        self.lots.shuffle(parts)
        return join(And, parts)


def test_the_same_is_found_as_by_a_plain_reading(both: Both) -> None:
    draw = Draw(both, seed=1)
    found_something = 0
    for number in range(QUERIES):
        node = draw.node()
        roles = ROLES if number % 5 == 0 else READ_ROLES
        found = both.finds(node, roles)
        assert found == both.stock.find(node, roles), to_text(Query(node))
        found_something += bool(found)
    assert found_something > QUERIES // 2


def test_what_passages_lack_is_not_what_their_article_lacks(both: Both) -> None:
    for code, word in product(CODES, ("army", "navy")):
        node = Not(Or((Not(Field("country", code)), Word(word))))
        assert both.finds(node) == both.stock.find(node, READ_ROLES)


def test_words_in_a_row_and_near_are_found_to_the_end_of_a_long_passage(
    tmp_path: Path, new_place: Callable[[], IndexPlace]
) -> None:
    made = Articles()
    rows = [made.words(18_000), made.words(600)]
    names = Quote(id="q1", kind="direct", start=0, end=1, exact=rows[0][0][0], rule="lot",
                  speaker=Speaker(name="Nea Lind-Aho", type="named"))  # fmt: skip
    texts = [Chunk(id=f"c{n}", role="body", text=" ".join(row)) for n, row in enumerate(rows)]
    long = msgspec.structs.replace(
        made.article(0),
        headline="A late ferry at last",
        chunks=(msgspec.structs.replace(texts[0], quotes=(names,), notes=(texts[0].text,)),),
    )
    short = msgspec.structs.replace(made.article(1), chunks=(texts[1],))
    index = create_index(new_place())
    index.update("long", _info(0), [long, short])
    plain = stock.Stock(tmp_path / "stock", (prepare("long", _info(0), a) for a in (long, short)))
    counts, lots = Counter(rows[0]), made.random
    rare = {word for word, count in counts.items() if count < 20 and word.isalpha()}
    asked: list[Node] = [
        ExactPhrase("late ferry"), ExactPhrase("ferry late"), ExactPhrase("Lind Aho"),
        Field("headline", "ferry at"), Near((Word("ferry"), Prefix("li")), 2), Prefix("at la"),
    ]  # fmt: skip
    for _ in range(14):
        start = lots.choice((0, 16_000, 17_000, 17_980)) + lots.randrange(20)
        row = rows[0][start : start + lots.choice((2, 2, 3))]
        turned = lots.sample(row, len(row))
        asked += [ExactPhrase(" ".join(row)), ExactPhrase(" ".join(turned))]
        asked += [Prefix(" ".join(row)[:-1]), Field("note", " ".join(row))]
        asked.append(Same(And(tuple(map(Word, row)))))
        near = [word for word in dict.fromkeys(rows[0][start : start + 12]) if word in rare][:3]
        if len(near) > 1:
            words = tuple(Prefix(w[:4]) if lots.random() < 0.2 else Word(w) for w in near)
            asked.append(Near(words, lots.choice((1, 3, 8))))
    assert sum(isinstance(node, Near) for node in asked) > 3
    assert max(counts.values()) > 500
    for node in asked:
        found = index.ask(node, READ_ROLES, 10)
        keys = {(_key(hit.article), hit.chunk.chunk) for hit in found.hits}
        assert keys == plain.find(node, READ_ROLES), to_text(Query(node))
        assert len(keys) == found.chunks


def test_the_best_are_the_same_whether_few_or_all_are_wanted(both: Both) -> None:
    draw = Draw(both, seed=2)
    for _ in range(80):
        node = draw.node()
        everything, best = both.ask(node), both.ask(node, limit=7)
        assert [hit.score for hit in best.hits] == [hit.score for hit in everything.hits[:7]]
        assert (best.chunks, best.articles) == (everything.chunks, everything.articles)
        assert best.facets == everything.facets


def test_folding_changes_nothing_that_is_found(tmp_path: Path) -> None:
    both = Both(tmp_path, tmp_path)
    assert isinstance(both.ours, WhooshIndex)
    draw = Draw(both, seed=3)
    nodes = [draw.node() for _ in range(60)]
    before = [both.ask(node).facets for node in nodes]
    assert len(both.ours.offsets()) == 18
    assert both.ours.merge()
    assert len(both.ours.offsets()) == 1
    both.ours.verify()
    assert [both.ask(node).facets for node in nodes] == before
    for node in nodes:
        assert both.finds(node, ROLES) == both.stock.find(node, ROLES), to_text(Query(node))
    assert not both.ours.merge()
    both.ours.close()


# Facets


def test_facets_count_the_articles_found(both: Both) -> None:
    draw = Draw(both, seed=4)
    for _ in range(100):
        node = draw.node()
        found = {key for key, _ in both.stock.find(node, READ_ROLES)}
        articles = [both.stock.articles[key] for key in found]
        values = [_values_by_hand(article) for article in articles]
        group = _last_annotation(node)
        facets = both.ask(node).facets
        for facet in ("publisher", "year", "briefing", "country", "speaker"):
            if group and facet in {"country", "speaker"}:
                continue
            counted = Counter(value for each in values for value in each[facet])
            best = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
            assert facets[facet] == best[:20], (facet, to_text(Query(node)))


def _values_by_hand(article: Any) -> dict[str, set[str]]:
    docs = [doc for doc in article.documents if doc.record.role in READ_ROLES]
    slots = [slot for doc in docs for slot in doc.slots]
    year = str(article.first_day)[:4]
    return {
        "publisher": {article.record.publisher} - {None},
        "year": {year} if article.first_day else set(),
        "briefing": {article.record.briefing},
        "country": {code for slot in slots for (code,) in slot.get("country", ())},
        "speaker": {name for slot in slots for (name,) in slot.get("name", ())},
    }


def _last_annotation(node: Node) -> list[Node]:
    """List the fields at the top of a query that speak of its last annotation."""
    groups, _ = stock.grouped(node.children if isinstance(node, And) else (node,))
    return groups[-1] if groups else []


def test_facets_of_annotations_count_what_choosing_a_value_leaves(both: Both) -> None:
    draw = Draw(both, seed=5)
    compared = sum(_compare_facets(both, _of_one_annotation(draw)) for _ in range(40))
    assert compared > 300


def test_facets_beside_words_count_what_choosing_a_value_leaves(both: Both) -> None:
    draw = Draw(both, seed=9)
    for _ in range(20):
        _compare_facets(both, And((*_of_one_annotation(draw), Word(draw.word()))))


def _of_one_annotation(draw: Draw) -> tuple[Node, ...]:
    names: list[FieldName] = draw.lots.sample(["stance", "voice", "cites"], 2)
    return tuple(draw.slot(name) for name in names[: draw.lots.choice((1, 2))])


def _compare_facets(both: Both, parts: Node | Sequence[Node]) -> int:
    node = join(And, [parts] if isinstance(parts, And) else parts)  # type: ignore[arg-type]
    assert node is not None
    facets = both.ask(node).facets
    names: tuple[FieldName, ...] = ("country", "speaker")
    for name in names:
        for value, count in facets[name]:
            chosen = join(And, [node, Field(name, value)])
            assert chosen is not None
            left = {key for key, _ in both.stock.find(chosen, READ_ROLES)}
            assert count == len(left), (name, value, to_text(Query(node)))
    return sum(len(facets[name]) for name in names)


# Whoosh's own searcher in our index


class Reader:
    """Our index as Whoosh itself opens it."""

    def __init__(self, folder: Path) -> None:
        self.index = whoosh_index.open_dir(folder / "search")
        self.searcher = self.index.searcher(weighting=scoring.Frequency())
        reader = self.searcher.reader()
        self.records, self.passages = map(reader.column_reader, ("record", "passage"))

    def finds(self, query: Any) -> set[stock.Passage]:
        return {self._id(doc) for doc in self.searcher.docs_for_query(query)}

    def _id(self, doc: int) -> stock.Passage:
        first = next(n for n in range(doc, -1, -1) if self.records[n])
        article = msgspec.json.decode(self.records[first], type=ArticleRecord)
        chunk = msgspec.json.decode(self.passages[doc], type=ChunkRecord)
        return _key(article), chunk.chunk


@pytest.fixture(scope="module")
def whooshs(filed: Both) -> Iterator[Reader]:
    reader = Reader(filed.folder)
    yield reader
    reader.searcher.close()


PLAIN_FIELDS = ("headline", "section", "tag", "note", *stock.SLOTS)


def test_whoosh_opens_our_index_and_counts_its_passages(filed: Both, whooshs: Reader) -> None:
    assert (
        whooshs.index.doc_count()
        == len(filed.ours)
        == sum(len(article.documents) for article in filed.prepared)
    )


@pytest.mark.parametrize("name", ["text", *PLAIN_FIELDS, "role"])
def test_whooshs_own_searcher_finds_the_same_terms_and_beginnings(
    filed: Both, whooshs: Reader, name: str
) -> None:
    lots = random.Random(6)  # noqa: S311
    lexicon = [term.decode() for term in whooshs.searcher.reader().lexicon(name)]
    for term in lots.sample(lexicon, min(60, len(lexicon))):
        beginning = term[: lots.randint(1, 6)]
        exact: Node = ExactPhrase(term) if name == "text" else Field(name, term)  # type: ignore[arg-type]
        begun: Node = (
            Prefix(beginning) if name == "text" else Field(name, beginning, prefix=True)  # type: ignore[arg-type]
        )
        assert whooshs.finds(q.Term(name, term)) == filed.finds(exact, ROLES)
        assert whooshs.finds(q.Prefix(name, beginning)) == filed.finds(begun, ROLES)


def test_whooshs_own_searcher_joins_terms_as_one_passage_does(filed: Both, whooshs: Reader) -> None:
    draw = Draw(filed, seed=7)
    for _ in range(40):
        one, two, three = (draw.word().lower() for _ in range(3))
        if not all(word.isalpha() for word in (one, two, three)):
            continue
        read = [ExactPhrase(word) for word in (one, two, three)]
        theirs = [q.Term("text", word) for word in (one, two, three)]
        assert whooshs.finds(q.And(theirs)) == filed.finds(Same(And(tuple(read))), ROLES)
        assert whooshs.finds(q.Or(theirs)) == filed.finds(Or(tuple(read)), ROLES)


def test_whooshs_own_searcher_finds_phrases(filed: Both, whooshs: Reader) -> None:
    draw = Draw(filed, seed=8)
    for _ in range(60):
        words = [word.lower() for word in draw.row().split() if word.isalpha()]
        if len(words) > 1:
            theirs = whooshs.finds(q.Phrase("text", words))
            assert theirs == filed.finds(ExactPhrase(" ".join(words)), ROLES)


# What does not hold yet

ODD = Article(
    id="odd",
    headline="New e-mail law",
    source=corpus.SOURCE,
    chunks=(
        Chunk(id="c1", role="body", text="The army left the city in July."),
        Chunk(id="c2", role="body", text="Mail was late, so a ban came."),
        Chunk(
            id="c3",
            role="body",
            text="Norway bans ferries.",
            positions=(Position(country="NO", stance="ban", start=0, end=20, rule="x"),),
        ),
        Chunk(
            id="c4",
            role="body",
            text="Sweden allows ferries.",
            positions=(Position(country="SE", stance="allow", start=0, end=22, rule="x"),),
        ),
    ),
)


@pytest.fixture(scope="module")
def odd(new_place: Callable[[], IndexPlace]) -> SearchIndex:
    index = create_index(new_place())
    index.update("odd", BriefingInfo(title="Odd"), [ODD])
    return index


def _chunks(index: SearchIndex, query: str) -> list[str]:
    return [hit.chunk for group in index.search(query).groups for hit in group.hits]


def test_near_finds_short_words_that_end_in_y(odd: SearchIndex) -> None:
    assert _chunks(odd, "army NEAR city") == ["c1"]
    assert _chunks(odd, "left NEAR July") == ["c1"]


def test_near_wants_the_whole_of_a_compound(odd: SearchIndex) -> None:
    assert _chunks(odd, "e-mail NEAR ban") == []


def test_headlines_are_searched_for_compounds(odd: SearchIndex) -> None:
    assert _chunks(odd, "headline:e-mail") == ["c1"]
    assert _chunks(odd, 'headline:"e-mail law"') == ["c1"]
    assert _chunks(odd, 'headline:"new e-mail"') == ["c1"]


def test_facets_within_a_briefing_speak_of_the_same_annotation(odd: SearchIndex) -> None:
    everywhere = odd.search("stance:ban ferries").facets.country
    assert odd.search("stance:ban ferries", briefing="odd").facets.country == everywhere
