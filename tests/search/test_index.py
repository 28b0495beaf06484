from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.cli.lines import result_lines
from briefing.model import (
    Article,
    BriefingInfo,
    Chunk,
    Citation,
    CountryWeight,
    Position,
    PublicationDate,
    Quote,
    Source,
    Speaker,
)
from briefing.search.index import IndexPlace, SearchIndex, create_index
from briefing.search.results import FacetValue, Results

INFO = BriefingInfo(title="Sea cables", tags=("telecoms",))


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


def said(text: str, name: str, country: str | None = None) -> tuple[Quote, ...]:
    return (
        Quote(
            id="q1",
            kind="direct",
            start=0,
            end=len(text),
            exact=text,
            speaker=Speaker(name=name, type="named", country=country),
            rule="said-after",
        ),
    )


COURIER = article(
    "courier",
    Chunk(id="h", role="heading", text="Norway bans foreign cable ships"),
    Chunk(
        id="c1",
        role="body",
        section="Why it matters",
        text="Norway banned foreign ships from laying cables. The U.S. welcomed it.",
        countries=(
            CountryWeight(code="NO", weight=0.7),
            CountryWeight(code="US", weight=0.3),
        ),
        positions=(Position(country="NO", stance="ban", start=0, end=46, rule="verb"),),
    ),
    Chunk(
        id="c2",
        role="body",
        text="“We share information with allies,” Kari Dahl said, the Herald reported.",
        quotes=said("We share information with allies,", "Kari Dahl", "NO"),
        citations=(Citation(outlet="Morning Herald", start=51, end=57),),
    ),
    Chunk(id="c3", role="boilerplate", text="Subscribe for more about cables.", reason="sign-up"),
    headline="Norway bans foreign cable ships",
    publisher="The Harbour Courier",
    date="2019-02-20",
)
GAZETTE = article(
    "gazette",
    "Britain has not banned cable ships, said café owner Zoë Smith.",
    "Officials in London are weighing a ban; allies share the costs of information.",
    publisher="Financial Gazette",
    date="2020",
)
LETTER = article("letter", "A ship’s master wrote about the ban to the Herald.")


@pytest.fixture(scope="module")
def index(new_place: Callable[[], IndexPlace]) -> SearchIndex:
    made = create_index(new_place())
    made.update("cables", INFO, [COURIER, GAZETTE])
    made.update("letters", BriefingInfo(title="Letters"), [LETTER])
    return made


def ids(results: Results) -> set[str]:
    return {f"{hit.article}/{hit.chunk}" for group in results.groups for hit in group.hits}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("banned", {"courier/h", "courier/c1", "gazette/c1", "gazette/c2", "letter/c1"}),
        ("cable ships", {"courier/h", "courier/c1", "gazette/c1"}),
        ('"cable ships"', {"courier/h", "gazette/c1"}),
        ('"share information"', {"courier/c2"}),
        ("share information", {"courier/c2", "gazette/c2"}),
        ("cafe zoe", {"gazette/c1"}),
        ("CAFÉ", {"gazette/c1"}),
        ("US", {"courier/c1"}),
        ("u.s.", {"courier/c1"}),
        ("ship's", {"courier/h", "courier/c1", "gazette/c1", "letter/c1"}),
        ("weigh*", {"gazette/c2"}),
        ("norwy~", {"courier/h", "courier/c1"}),
        ("ban -norway", {"gazette/c1", "gazette/c2", "letter/c1"}),
        ("(london OR kari) information", {"courier/c2", "gazette/c2"}),
        ("country:NO", {"courier/c1", "courier/c2"}),
        ("country:US -country:GB", {"courier/c1"}),
        ("speaker:dahl", {"courier/c2"}),
        ('speaker:"kari dahl"', {"courier/c2"}),
        ('speaker:"dahl kari"', set()),
        ("publisher:hc", {"courier/h", "courier/c1", "courier/c2"}),
        ("publisher:gazette", {"gazette/c1", "gazette/c2"}),
        ("publisher:fg ban", {"gazette/c1", "gazette/c2"}),
        ("cites:herald", {"courier/c2"}),
        ("cites:mh", {"courier/c2"}),
        ("stance:ban", {"courier/c1"}),
        ('section:"why it matters"', {"courier/c1"}),
        ("role:boilerplate cables", {"courier/c3"}),
        ("cables", {"courier/h", "courier/c1", "gazette/c1"}),
        ("briefing:letters", {"letter/c1"}),
        ("tag:telecoms ban", {"courier/h", "courier/c1", "gazette/c1", "gazette/c2"}),
        ("before:2019-03", {"courier/h", "courier/c1", "courier/c2"}),
        ("before:2019-02-20", set()),
        ("before:2020", {"courier/h", "courier/c1", "courier/c2"}),
        ("before:2020-06", {"courier/h", "courier/c1", "courier/c2"}),
        ("after:2019-02-21", {"gazette/c1", "gazette/c2"}),
        ("after:2020-02", set()),
        ("date:2019", {"courier/h", "courier/c1", "courier/c2"}),
        ("date:2019-02-20", {"courier/h", "courier/c1", "courier/c2"}),
    ],
)
def test_a_query_finds_these_chunks(index: SearchIndex, query: str, found: set[str]) -> None:
    assert ids(index.search(query)) == found


NOTED = article(
    "noted",
    Chunk(
        id="c1",
        role="body",
        text="The harbour office named no ship.",
        notes=("Ask Dora who briefed them.", "Cross-check the annex"),
        tags=("sea cost",),
    ),
    Chunk(id="c2", role="body", text="Ask the annex of the harbour.", tags=("cost",)),
    Chunk(id="c3", role="boilerplate", text="Sign up.", notes=("Odd teaser",)),
)


@pytest.fixture(scope="module")
def noted(new_place: Callable[[], IndexPlace]) -> SearchIndex:
    made = create_index(new_place())
    made.update("b", INFO, [NOTED, COURIER])
    return made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("note:annex", {"noted/c1"}),
        ("note:BRIEFED", {"noted/c1"}),
        ("note:brief*", {"noted/c1"}),
        ("note:ship", set()),
        ('note:"who briefed"', {"noted/c1"}),
        ('note:"briefed who"', set()),
        ('note:"them cross"', set()),
        ('note:"cross-check"', {"noted/c1"}),
        ("note:annex harbour", {"noted/c1"}),
        ("note:annex cables", set()),
        ("harbour -note:annex", {"noted/c2"}),
        ("annex", {"noted/c2"}),
        ("briefed", set()),
        ("note:teaser role:any", {"noted/c3"}),
        ("tag:cost", {"noted/c1", "noted/c2"}),
        ('tag:"sea cost"', {"noted/c1"}),
    ],
)
def test_notes_are_found_where_they_are_asked_for(
    noted: SearchIndex, query: str, found: set[str]
) -> None:
    assert ids(noted.search(query)) == found


def test_a_note_that_was_asked_for_is_shown_with_the_words_marked(noted: SearchIndex) -> None:
    results = noted.search('harbour (note:"who brief"* or note:annex)')
    (hit,) = results.groups[0].hits
    assert [(note.text, note.marks) for note in hit.notes] == [
        ("Ask Dora who briefed them.", ((9, 20),)),
        ("Cross-check the annex", ((16, 21),)),
    ]
    assert hit.spans == ((4, 11),)
    lines = [line for line in result_lines(results) if line.text.startswith("your note: ")]
    assert [(line.text, line.marks) for line in lines] == [
        ("your note: Ask Dora who briefed them.", ((20, 31),)),
        ("your note: Cross-check the annex", ((27, 32),)),
    ]
    assert noted.search("harbour").groups[0].hits[0].notes == ()


def test_a_long_note_is_cut_where_the_words_are(place: IndexPlace) -> None:
    index = create_index(place)
    note = "harbour " * 60 + "the Frigate\nsailed " + "inland " * 60
    index.update("b", INFO, [article("a", Chunk(id="c", role="body", text="x", notes=(note,)))])
    (shown,) = index.search("note:frigate").groups[0].hits[0].notes
    assert note[shown.start :].startswith(shown.text)
    assert (len(shown.text) < 260, shown.more) == (True, True)
    ((start, end),) = shown.marks
    assert shown.text[start:end] == "Frigate"


def test_words_of_notes_are_offered(noted: SearchIndex) -> None:
    assert noted.suggest("no") == ("note:", "norway")
    assert noted.suggest("note:an") == ("note:annex",)
    assert noted.suggest('note:"who br') == ('note:"who briefed"',)
    hint = noted.search("note:whom").hint
    assert hint is not None
    assert hint.startswith("no passage has note:whom; there are: annex, ask, briefed, ")


def test_hits_are_grouped_by_article_with_words_marked(index: SearchIndex) -> None:
    results = index.search('"share information"')
    (group,) = results.groups
    assert (group.briefing, group.article, group.total) == ("cables", "courier", 1)
    assert (group.headline, group.publisher) == (COURIER.headline, "The Harbour Courier")
    assert group.date == COURIER.date
    (hit,) = group.hits
    text = COURIER.chunks[2].text
    assert hit.spans == ((4, 21),)
    assert text[4:21] == "share information"
    assert (hit.role, hit.paragraph, hit.section) == ("body", 2, None)
    assert hit.snippet.text == text
    assert hit.snippet.marks == ((4, 21),)
    assert (results.total_chunks, results.total_articles) == (1, 1)


def test_a_long_chunk_is_cut_where_the_words_are(place: IndexPlace) -> None:
    text = "harbour " * 60 + "the Frigate sailed " + "inland " * 60
    index = create_index(place)
    index.update("b", INFO, [article("a", text)])
    hit = index.search("frigate").groups[0].hits[0]
    assert hit.spans == ((484, 491),)
    assert text[hit.snippet.start :].startswith(hit.snippet.text)
    assert len(hit.snippet.text) < 260
    ((start, end),) = hit.snippet.marks
    assert hit.snippet.text[start:end] == "Frigate"
    assert hit.snippet.more
    (line,) = [each for each in result_lines(index.search("frigate")) if "Frigate" in each.text]
    assert line.text == f"¶1  …{hit.snippet.text}…"
    assert [line.text[first:last] for first, last in line.marks] == ["Frigate"]


def test_the_exact_word_comes_before_its_other_forms(place: IndexPlace) -> None:
    index = create_index(place)
    texts = ("The council banned it today.", "The council bans it today.", "A ban on it all today.")
    index.update("b", INFO, [article(f"a{n}", text) for n, text in enumerate(texts)])
    assert index.search("bans").groups[0].article == "a1"
    assert index.search("banned").groups[0].article == "a0"


def test_a_word_in_the_headline_weighs_more(place: IndexPlace) -> None:
    index = create_index(place)
    plain = article("plain", "Ferries run late in the harbour.")
    headed = article("headed", "Boats run late in the harbour.", headline="Ferries late")
    index.update("b", INFO, [plain, headed])
    assert [group.article for group in index.search("ferries").groups] == ["headed", "plain"]


def test_newest_first_when_asked(index: SearchIndex) -> None:
    results = index.search("ban", order="date")
    assert [group.article for group in results.groups] == ["gazette", "courier", "letter"]


def test_one_briefing_only(index: SearchIndex) -> None:
    assert ids(index.search("ban", briefing="letters")) == {"letter/c1"}


def test_other_roles_are_searched_when_asked(index: SearchIndex) -> None:
    assert ids(index.search("subscribe")) == set()
    assert ids(index.search("subscribe", roles=("boilerplate",))) == {"courier/c3"}


def test_the_limit_counts_chunks_and_totals_go_on(index: SearchIndex) -> None:
    results = index.search("ban", limit=2)
    assert sum(len(group.hits) for group in results.groups) == 2
    assert (results.total_chunks, results.total_articles) == (5, 3)


def test_facets_tell_how_hits_divide_and_how_to_narrow(index: SearchIndex) -> None:
    facets = index.search("ban").facets
    assert facets.publisher == (
        FacetValue(
            value="Financial Gazette",
            label="Financial Gazette",
            count=1,
            query='publisher:"Financial Gazette"',
        ),
        FacetValue(
            value="The Harbour Courier",
            label="The Harbour Courier",
            count=1,
            query='publisher:"The Harbour Courier"',
        ),
    )
    assert [(f.value, f.count, f.query) for f in facets.year] == [
        ("2019", 1, "date:2019"),
        ("2020", 1, "date:2020"),
    ]
    assert [(f.value, f.label, f.count) for f in facets.country] == [
        ("NO", "Norway", 1),
        ("US", "United States", 1),
    ]
    assert [(f.value, f.count) for f in facets.briefing] == [("cables", 2), ("letters", 1)]
    for facet in (*facets.publisher, *facets.year, *facets.country, *facets.briefing):
        assert index.search(f"ban {facet.query}").total_articles == facet.count


@pytest.mark.parametrize("query", ["country:NO", "country:norway", "country:Norwegian"])
def test_a_country_is_found_by_code_name_and_demonym(index: SearchIndex, query: str) -> None:
    assert index.search(query).total_chunks == 2


@pytest.mark.parametrize("query", ["country:GB", "country:uk", "country:UK", "country:britain"])
def test_britain_by_any_name_is_one_country(place: IndexPlace, query: str) -> None:
    index = create_index(place)
    chunk = Chunk(
        id="c1", role="body", text="Dover.", countries=(CountryWeight(code="GB", weight=1.0),)
    )
    index.update("b", INFO, [article("a", chunk)])
    assert index.search(query).total_chunks == 1


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("", "type a word to search for"),
        ("zzz", "nothing was found"),
        ("country:Atlantis", "no country is known as “Atlantis”"),
        ("before:soon ban", "before: needs a date such as 2019, 2019-03 or 2019-03-15"),
        ("role:chorus", "role: is one of body, heading, standfirst, caption, editor-note"),
        ("-ban", "add something to search for: exclusions alone find nothing"),
        ("(ban", "a closing parenthesis is missing"),
    ],
)
def test_a_query_that_makes_no_sense_gives_a_hint(
    index: SearchIndex, query: str, hint: str
) -> None:
    results = index.search(query)
    assert results.hint is not None
    assert results.hint.startswith(hint)


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("norwya", "norway"),
        ("britian banned", "britain banned"),
        ('"share informtion"', '"share information"'),
        ("norway london", "norway OR london"),
        ("zzzzzz", None),
        ("banned", None),
    ],
)
def test_what_finds_nothing_is_corrected(
    index: SearchIndex, query: str, suggestion: str | None
) -> None:
    results = index.search(query)
    assert results.suggestion == suggestion
    if suggestion:
        assert results.total_chunks == 0
        assert index.search(suggestion).total_chunks > 0


@given(st.one_of(st.text(max_size=60), st.text(alphabet='ab"()*~-:é ANDORT', max_size=40)))
@settings(max_examples=150, deadline=None)
def test_nothing_that_can_be_typed_raises(index: SearchIndex, query: str) -> None:
    results = index.search(query)
    assert results.query == query
    assert results.groups or results.hint
    index.suggest(query)


def test_an_updated_article_replaces_the_old_one(place: IndexPlace) -> None:
    index = create_index(place)
    index.update("b", INFO, [article("a", "Old words.", "Older words."), article("z", "Zeal.")])
    index.update("b", INFO, [article("a", "New words.")])
    assert ids(index.search("words")) == {"a/c1"}
    assert index.search("old").total_chunks == 0
    assert len(index) == 2


def test_articles_of_one_id_in_two_briefings_are_two(place: IndexPlace) -> None:
    index = create_index(place)
    index.update("one", INFO, [article("a", "Words.")])
    index.update("two", INFO, [article("a", "Words.")])
    index.delete("one", ["a"])
    assert [group.briefing for group in index.search("words").groups] == ["two"]
    index.delete("two")
    assert index.search("words").total_chunks == 0
    assert len(index) == 0


def test_adding_one_by_one_keeps_the_segments_few(tmp_path: Path) -> None:
    index = create_index(tmp_path)
    for number in range(30):
        index.update("b", INFO, [article(f"a{number}", f"Ferry number{number}.")])
    assert len(list((tmp_path / "search").glob("*.trm"))) == 30
    assert index.needs_merge()
    assert index.merge()
    assert not index.merge()
    assert len(list((tmp_path / "search").glob("*.trm"))) == 1
    assert ids(index.search("number13")) == {"a13/c1"}
    assert index.search("ferry").total_articles == 30


def test_an_empty_article_and_an_empty_chunk_are_no_trouble(place: IndexPlace) -> None:
    index = create_index(place)
    index.update("b", INFO, [article("none"), article("empty", "", "—"), article("a", "Words.")])
    assert ids(index.search("words")) == {"a/c1"}
    index.verify()


def test_lone_surrogates_are_no_trouble(place: IndexPlace) -> None:
    index = create_index(place)
    index.update(
        "b", INFO, [article("a", "A \ud800 word.", headline="\udfff", publisher="P\ud800")]
    )
    hit = index.search("word").groups[0].hits[0]
    assert (hit.snippet.text, hit.spans) == ("A ? word.", ((4, 8),))
    assert index.search("\ud800 word").total_chunks == 1


@pytest.mark.parametrize(
    ("text", "suggestions"),
    [
        ("cou", ("country:",)),
        ("norw", ("norway",)),
        ("ban norw", ("ban norway",)),
        ("speaker:ka", ('speaker:"Kari Dahl"',)),
        ("speaker:dahl", ('speaker:"Kari Dahl"',)),
        ('speaker:"kari d', ('speaker:"Kari Dahl"',)),
        ("publisher:cour", ('publisher:"The Harbour Courier"',)),
        ("country:nor", ("country:NO",)),
        ("ban -country:u", ("ban -country:US",)),
        ("role:cap", ("role:caption",)),
        ("stance:", ("stance:ban",)),
        ("briefing:c", ("briefing:cables",)),
        ("date:20", ("date:2019", "date:2020")),
        ("tag:tel", ("tag:telecoms",)),
        ("zzz", ()),
    ],
)
def test_what_is_being_typed_is_completed(
    index: SearchIndex, text: str, suggestions: tuple[str, ...]
) -> None:
    assert index.suggest(text) == suggestions
