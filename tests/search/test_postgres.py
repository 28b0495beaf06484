"""What an index in PostgreSQL does beyond what every engine does."""

from __future__ import annotations

from threading import Thread

import msgspec
import pytest

from briefing.errors import StaleIndexError, StoppedError
from briefing.model import Article, BriefingInfo, Chunk, Quote, Source, Speaker
from briefing.search.index import SearchIndex, create_index, open_index
from briefing.search.results import counted_passages
from tests.postgres import all_locked

pytest.importorskip("psycopg", exc_type=ImportError)

INFO = BriefingInfo(title="Quay")


def article(name: str, *texts: str, speaker: str | None = None) -> Article:
    said = Quote(
        id="q1",
        kind="direct",
        start=0,
        end=1,
        exact=texts[0][:1],
        speaker=Speaker(name=speaker, type="named", country="NO"),
        rule="lot",
    )
    return Article(
        id=name,
        source=Source(file="x", media_type="text/plain", sha256="0" * 64, added="2026-11-21"),
        chunks=tuple(
            Chunk(id=f"c{n}", role="body", text=text, quotes=(said,) if speaker else ())
            for n, text in enumerate(texts, 1)
        ),
    )


def found(index: SearchIndex, query: str) -> list[str]:
    return [hit.chunk for group in index.search(query).groups for hit in group.hits]


@pytest.fixture
def index(postgres: str) -> SearchIndex:
    return create_index(postgres)


@pytest.mark.parametrize(
    "name",
    ["Ana 'O' Brien", 'Ana "Bo" \\Brien', "Ana\x00\x1e\x1f Brien", "%(v0)s Brien", "'); -- Brien"],
)
def test_no_name_is_read_as_anything_but_a_name(index: SearchIndex, name: str) -> None:
    index.update("quay", INFO, [article("a", "A ferry.", "The quay.", speaker=name)])
    assert found(index, "speaker:brien") == ["c1", "c2"]
    assert found(index, "country:NO speaker:brien") == ["c1", "c2"]
    (speaker,) = index.search("country:NO").facets.speaker
    assert speaker.count == 1
    for typed in (name, f'speaker:"{name}"', f"country:'{name}", f"\\{name}\\*"):
        index.search(typed)
        index.suggest(typed)
    assert len(index) == 2


def test_terms_are_counted_as_articles_change(index: SearchIndex, postgres: str) -> None:
    import psycopg

    for number in range(6):
        index.update("quay", INFO, [article(f"a{number}", f"A ferry number{number}.")])
    index.update("quay", INFO, [article("a0", "A heron.")])
    index.delete("quay", ["a1"])
    counts = index.terms("text", "")
    assert (counts["ferry"], counts["heron"], counts["number0"], counts["number1"]) == (4, 1, 0, 0)
    assert index.terms("briefing", "") == {"quay": 5}
    index.delete("quay")
    with psycopg.connect(postgres) as connection:
        assert connection.execute("SELECT count(*) FROM briefing.terms").fetchone() == (0,)


@pytest.mark.parametrize("most", [1 << 17, 3])
def test_facets_are_exact_after_changes_whether_many_or_few_are_found(
    index: SearchIndex, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.search.engines.postgres_ranking.MOST_ARTICLES", most)

    def speakers(query: str) -> dict[str, int]:
        return {each.value: each.count for each in index.search(query).facets.speaker}

    def about(number: int, speaker: str) -> Article:
        rare = " A heron." if number < 3 else ""
        return article(f"a{number}", f"A ferry.{rare}", speaker=speaker)

    index.update("quay", INFO, [about(n, "Ana" if n < 4 else "Bo") for n in range(10)])
    assert speakers("ferry") == {"Ana": 4, "Bo": 6}
    assert speakers("heron") == {"Ana": 3}
    index.update("quay", INFO, [about(1, "Cy"), about(9, "Cy")])
    index.delete("quay", ["a0", "a4"])
    assert speakers("ferry") == {"Ana": 2, "Bo": 4, "Cy": 2}
    assert speakers("ferry -heron") == {"Ana": 1, "Bo": 4, "Cy": 1}
    assert speakers("heron") == {"Ana": 1, "Cy": 1}
    index.delete("quay")
    assert speakers("ferry") == {}


def test_writers_of_the_same_articles_leave_each_once(index: SearchIndex, postgres: str) -> None:
    def write(turn: int) -> None:
        mine = open_index(postgres)
        for again in range(3):
            texts = [f"A ferry of {turn} at {again}.", "The quay."]
            mine.update("quay", INFO, [article(f"a{n}", *texts) for n in range(8)])
        mine.close()

    writers = [Thread(target=write, args=(turn,)) for turn in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(index) == 16
    assert index.search("ferry").total_articles == 8
    assert index.terms("text", "quay") == {"quay": 8}
    index.verify()


def test_a_word_is_counted_in_the_passages_that_are_shown(index: SearchIndex) -> None:
    def mixed(name: str, *texts: str) -> Article:
        plain = article(name, *texts)
        aside = Chunk(id="c0", role="boilerplate", text="Ferries and a heron. Ferry tickets.")
        return msgspec.structs.replace(plain, chunks=(*plain.chunks, aside))

    def counted(query: str) -> tuple[int, int]:
        found = index.search(query)
        return found.total_chunks, found.total_articles

    index.update("quay", INFO, [mixed("a", "A ferry.", "Two ferries, a ferry."), mixed("b", "No.")])
    index.update("quay", INFO, [mixed("c", "The ferries.", "A heron.")])
    assert (counted("ferry"), counted("fe*"), counted("heron")) == ((3, 2), (3, 2), (1, 1))
    assert (counted("ferry OR heron"), counted("ferry heron")) == ((4, 2), (2, 1))
    assert counted("ferry role:any") == (6, 3)
    index.update("quay", INFO, [mixed("c", "A gull.")])
    index.delete("quay", ["b"])
    assert (counted("ferry"), counted("fe*"), counted("heron")) == ((2, 1), (2, 1), (0, 0))


def test_who_searches_on_is_told_when_others_make_the_index_anew(
    index: SearchIndex, postgres: str
) -> None:
    reader = open_index(postgres)
    index.update("quay", INFO, [article(f"a{n}", "A ferry.") for n in range(3)])
    assert reader.search("ferry").total_articles == 3
    anew = create_index(postgres)
    anew.update("quay", INFO, [article("b", "A ferry.")])
    with pytest.raises(StaleIndexError, match="others have made the shared index anew"):
        reader.search("ferry")
    assert open_index(postgres).search("ferry").total_articles == 1


@pytest.mark.slow
def test_of_very_many_passages_the_number_is_estimated(index: SearchIndex) -> None:
    texts = ["A ferry, a quay.", "Ferry, quay.", "The quay, a ferry.", "Gull."] * 40
    articles = [
        article(f"a{n}", *(texts if n % 3 else texts[:80]), speaker="Ida Holm" if n % 2 else None)
        for n in range(700)
    ]
    index.update("quay", INFO, articles)
    asked = {"ferry quay": (69_960, 700), "ferry quay country:NO": (34_980, 350)}
    for query, (passages, held) in asked.items():
        found = index.search(query)
        assert (found.is_estimate, found.total_articles) == (True, held)
        assert found.total_chunks == pytest.approx(passages, rel=0.07)
    alone = index.search("gull")
    assert (alone.is_estimate, alone.total_chunks) == (False, 23_320)
    index.update("pier", INFO, [article("b", *texts)])
    few = index.search("ferry quay", briefing="pier")
    assert (few.is_estimate, few.total_chunks) == (False, 120)
    assert index.search("gull country:SE").total_chunks == 0
    assert counted_passages(index.search("ferry quay")).startswith("about ")


def test_passages_of_many_articles_are_counted_not_estimated(index: SearchIndex) -> None:
    articles = [
        msgspec.structs.replace(
            article(f"a{n}", *["The quay."] * (1 + n % 4)),
            headline="Ferry late" if n % 3 else "Ferries late",
        )
        for n in range(640)
    ]
    index.update("quay", INFO, articles)
    for query in ("headline:fer* quay", "fe* quay", "ferry quay", "quay late OR gull"):
        found = index.search(query)
        counted = (found.total_articles, found.total_chunks, found.is_estimate)
        assert counted == (640, 1_600, False), query
    assert index.search("ferry").total_chunks == 640


def test_few_words_are_ranked_by_how_much_of_an_article_has_them(index: SearchIndex) -> None:
    about = ["A heron stands here.", "The heron waits.", "Again the heron."]
    index.update("quay", INFO, [article("about", *about)])
    index.update("quay", INFO, [article(f"a{n}", "A heron.", "A note.") for n in range(80)])
    first, *_ = index.search("heron").groups
    assert first.article == "about"


def test_a_search_that_is_stopped_leaves_the_server_free(index: SearchIndex, postgres: str) -> None:
    index.update("quay", INFO, [article("a", "A ferry.")])
    index.stop()  # Nothing is asked.
    said: list[StoppedError] = []

    def search() -> None:
        try:
            index.search("ferry")
        except StoppedError as error:
            said.append(error)

    with all_locked(postgres) as waits_since:
        for _ in range(2):
            searching = Thread(target=search)
            searching.start()
            while not waits_since():
                pass
            index.stop()
            searching.join()
            assert waits_since() is None
    assert len(said) == 2
    assert found(index, "ferry") == ["c1"]
