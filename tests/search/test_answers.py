"""Whether a search answers the question that was asked: over articles, annotations and dates."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from briefing.model import (
    Article,
    BriefingInfo,
    Chunk,
    Citation,
    Mention,
    Position,
    PublicationDate,
    Quote,
    Source,
    Speaker,
)
from briefing.search.index import SearchIndex, create_index
from briefing.search.results import Results

INFO = BriefingInfo(title="Grain")


def article(name: str, *chunks: Chunk | str, date: str | None = None, **values: Any) -> Article:
    made = [
        Chunk(id=f"c{n}", role="body", text=chunk) if isinstance(chunk, str) else chunk
        for n, chunk in enumerate(chunks, 1)
    ]
    return Article(
        id=name,
        date=PublicationDate(value=date, precision="day", basis="stated") if date else None,
        source=Source(file="x", media_type="text/plain", sha256="0" * 64, added="2026-11-21"),
        chunks=tuple(made),
        **values,
    )


def named(code: str, text: str, word: str) -> Mention:
    start = text.index(word)
    return Mention(code=code, start=start, end=start + len(word), rule="name")


def said(text: str, exact: str, name: str, kind: Any = "named", **values: Any) -> Quote:
    start = text.index(exact)
    return Quote(
        id="q1",
        kind="direct",
        start=start,
        end=start + len(exact),
        exact=exact,
        speaker=Speaker(name=name, type=kind),
        rule="said_after_quote",
        **values,
    )


BANS = "Germany bans the grain. Australia, near Germany, allows the barley."
TALK = "“Berlin will wait,” Ida Weber said. Warsaw and Rome were silent."
ARTICLES = (
    article(
        "quota",
        "The oil minister met his peers in Riyadh.",
        "Nobody would speak of money.",
        "Saudi quotas stay, the ministry said later.",
        headline="Peers meet",
        date="1987-03-02",
    ),
    article("oil", "The oil price fell.", "Quotas were not discussed.", date="1987-04-01"),
    article(
        "bans",
        Chunk(
            id="c1",
            role="body",
            text=BANS,
            mentions=(named("DE", BANS, "Germany"), named("AU", BANS, "Australia")),
            positions=(
                Position(country="DE", stance="ban", start=0, end=22, rule="verb"),
                Position(country="AU", stance="allow", start=24, end=67, rule="verb"),
            ),
        ),
        Chunk(
            id="c2",
            role="body",
            text=TALK,
            mentions=(
                named("DE", TALK, "Berlin"),
                named("PL", TALK, "Warsaw"),
                named("IT", TALK, "Rome"),
            ),
            quotes=(said(TALK, "Berlin will wait,", "Ida Weber", chain=("Morning Herald",)),),
            citations=(Citation(outlet="Evening Star", start=0, end=1),),
        ),
        Chunk(id="c3", role="unrelated", text="Elsewhere: a heron.", reason="after-marker"),
    ),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    index = create_index(tmp_path_factory.mktemp("answers"))
    index.update("grain", INFO, ARTICLES)
    return index


def places(results: Results) -> list[str]:
    return [f"{hit.article}/{hit.chunk}" for group in results.groups for hit in group.hits]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("saudi oil minister quotas", ["quota/c3", "quota/c1"]),
        ("which oil quotas", ["oil/c2", "oil/c1", "quota/c3", "quota/c1"]),
        ("peers riyadh", ["quota/c1"]),
        ("oil -minister", ["oil/c1"]),
        ("OIL Not minister", ["oil/c1"]),
        ("same:(oil quotas)", []),
        ("same:(oil minister)", ["quota/c1"]),
        ("oil and (money or price)", ["oil/c1", "quota/c2", "quota/c1"]),
        ("headline:peers", ["quota/c1"]),
        ('"oil minister"', ["quota/c1"]),
        ('"minister riyadh"~4', []),
        ('"minister riyadh"~5', ["quota/c1"]),
        ("peers NEAR/3 riyadh", ["quota/c1"]),
        ("germany NEAR/9 germany", ["bans/c1"]),
        ("grain NEAR/9 grain", []),
        ("country:DE stance:ban", ["bans/c1"]),
        ("country:AU stance:ban", []),
        ("country:DE stance:allow", []),
        ("country:DE stance:ban country:AU stance:allow", ["bans/c1"]),
        ("country:(DE or AU) stance:ban", ["bans/c1"]),
        ("country:AU,DE stance:ban", ["bans/c1"]),
        ("country:DE speaker:weber", ["bans/c2"]),
        ("country:IT speaker:weber", []),
        ("country:IT same:(speaker:weber country:DE)", ["bans/c2"]),
        ("speaker:weber cites:herald", ["bans/c2"]),
        ("speaker:weber cites:star", []),
        ("cites:star", ["bans/c2"]),
        ("voice:named", ["bans/c2"]),
        ("voice:official", []),
        ("country:DE berlin", ["bans/c2"]),
        ("country:DE -stance:ban", ["bans/c2"]),
        ("country:PL barley", ["bans/c2"]),
        ("heron", []),
        ("heron role:any", ["bans/c3"]),
        ("heron role:unrelated", ["bans/c3"]),
        ("date:1987-03..1987-05", ["oil/c1", "oil/c2", "quota/c1", "quota/c2", "quota/c3"]),
        ("date:March 1987", ["quota/c1", "quota/c2", "quota/c3"]),
        ("date:unknown", ["bans/c1", "bans/c2"]),
        ("date:last month oil", ["quota/c1"]),
        ("date:yesterday oil", []),
    ],
)
def test_a_question_is_answered(index: SearchIndex, query: str, found: list[str]) -> None:
    results = index.search(query, today=dt.date(1987, 4, 2) if "last" in query else None)
    assert sorted(places(results)) == sorted(found)


def test_a_passage_that_has_all_words_stands_first(tmp_path: Path) -> None:
    index = create_index(tmp_path)
    scattered = [f"Wheat {word} wheat." for word in ("rose", "fell", "froze", "sold")]
    index.update(
        "grain",
        INFO,
        [
            article("scattered", *scattered, "Tariffs, tariffs, tariffs."),
            article("together", "Some talk of other things that went on there.", "Wheat tariffs."),
        ],
    )
    assert places(index.search("wheat tariffs"))[0] == "together/c2"


def test_undated_articles_that_a_date_leaves_out_are_counted(index: SearchIndex) -> None:
    results = index.search("germany after:1980")
    assert results.total_chunks == 0
    assert results.hint is not None
    assert "1 article without a date was left out" in results.hint
    assert index.search("oil after:1980").hint is None


def test_what_only_stands_in_what_was_set_aside_is_offered(index: SearchIndex) -> None:
    results = index.search("germany heron")
    assert (
        results.hint == "nothing was found in the main text; 1 passage that was set aside matches"
    )
    assert results.suggestion == "germany heron role:any"
    assert "bans/c3" in places(index.search(results.suggestion))


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("stance:regulate", "no passage has stance:regulate; there are: allow, ban"),
        ("speaker:merkel", 'no passage has speaker:merkel; there are: "Ida Weber"'),
        ("country:JP", "no passage has country:JP; there are: DE, AU, IT, PL"),
    ],
)
def test_a_value_that_does_not_exist_names_those_that_do(
    index: SearchIndex, query: str, hint: str
) -> None:
    assert (index.search(query).hint or "").startswith(hint)


def test_facets_count_what_choosing_a_value_leaves(index: SearchIndex) -> None:
    for query in ("", "oil", "country:DE", "speaker:weber", "stance:ban"):
        facets = index.search(query or "date:1900..2000 or date:unknown").facets
        for facet in (*facets.country, *facets.speaker, *facets.year, *facets.briefing):
            narrowed = f"({query or 'date:1900..2000 or date:unknown'}) {facet.query}"
            if query.partition(":")[1]:
                narrowed = f"{query} {facet.query}"
            assert (narrowed, index.search(narrowed).total_articles) == (narrowed, facet.count)


def test_near_copies_of_a_story_are_one_group(tmp_path: Path) -> None:
    story = (
        "The board of the port voted on Monday to close its old terminal for good.",
        "Ferries will leave from the new quay, four hundred metres to the north of the old one.",
        "Nobody who lives near the harbour had asked for that, a resident of the street said.",
        "The council wants to build flats, a school and a small park where the sheds stand now.",
    )
    index = create_index(tmp_path)
    index.update(
        "port",
        INFO,
        [
            article("first", *story, publisher="Harbour Courier"),
            article("second", *story[:3], "It was first told elsewhere.", publisher="Gazette"),
            article("other", "A terminal in another port opened its doors to visitors today."),
        ],
    )
    results = index.search("terminal")
    copies = {group.article: [copy.article for copy in group.copies] for group in results.groups}
    assert copies == {"first": ["second"], "other": []}
    assert results.total_articles == 3


@pytest.mark.parametrize(
    ("text", "queries"),
    [
        ("An e-mail came.", ["email", "e-mail", '"e mail"', "emails"]),
        ("An email came.", ["email", "e-mail", '"an e-mail"']),
        ("They co\u2011operate.", ["cooperate", "co-operate", "cooperation"]),
        ("Two F-35s flew.", ["F-35", "f35", "F35s", '"two f-35s"']),
        ("The G-7 met.", ["g7", "G-7"]),
        ("The organisation honoured labour.", ["organization", "honor", "labor", "organizing"]),
        ("An honor for organizers.", ["honour", "organiser"]),
        ("It cost 1,750 euros.", ["1750", "1,750"]),
        ("In Łódź and Diyarbakır.", ["lodz", "łódź", "diyarbakir", "Diyarbakır"]),
        ("مُحَمَّد", ["محمد"]),
    ],
)
def test_spellings_of_one_word_find_each_other(
    tmp_path: Path, text: str, queries: list[str]
) -> None:
    index = create_index(tmp_path)
    index.update("b", INFO, [article("a", text)])
    assert [(query, index.search(query).total_chunks) for query in queries] == [
        (query, 1) for query in queries
    ]


def test_a_number_is_not_a_part_of_another(tmp_path: Path) -> None:
    index = create_index(tmp_path)
    index.update("b", INFO, [article("a", "Prices rose by 18.4 percent.")])
    assert index.search("18").total_chunks == 0
    assert index.search("18.4").total_chunks == 1
