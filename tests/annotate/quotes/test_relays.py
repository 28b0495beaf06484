"""Who passes words on: every construction, where a speaker is heard, and what is no outlet."""

from __future__ import annotations

import pytest

from briefing.annotate.citations.annotator import annotate_citations
from briefing.annotate.quotes.annotator import annotate_quotes
from briefing.model import Chunk, Quote


def quotes(*paragraphs: str, publisher: str | None = None) -> list[Quote]:
    chunks = [Chunk(id=f"c{at}", role="body", text=one) for at, one in enumerate(paragraphs)]
    return [one for chunk in annotate_quotes(chunks, publisher=publisher) for one in chunk.quotes]


def chains(*paragraphs: str, publisher: str | None = None) -> list[tuple[str, ...]]:
    return [quote.chain for quote in quotes(*paragraphs, publisher=publisher)]


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("Tom Marsh told AFP news agency that the port was shut.", "Agence France-Presse"),
        ("“It leaked,” Tom Marsh told the Reuters agency.", "Reuters"),
        ("“It leaked,” Tom Marsh told Russian state news agency RIA.", "RIA Novosti"),
        ("Tom Marsh told the BBC’s Harbour Hour that the port was shut.", "BBC"),
        ("Tom Marsh told the Sunday Herald’s Ann Lin that the port was shut.", "Sunday Herald"),
        ("Tom Marsh said in an interview on Fox Business that the port was shut.", "Fox Business"),
        ("In an interview with CNN on Sunday, Tom Marsh called the plan “dead”.", "CNN"),
        ("Tom Marsh said on CNN that the port was shut.", "CNN"),
        ("Tom Marsh, speaking on CNN, said the port was “dead”.", "CNN"),
        ("Writing in the Guardian, Tom Marsh said the port “must be shut”.", "Guardian"),
        ("Tom Marsh wrote in an op-ed in the Guardian that the port must be shut.", "Guardian"),
        ("In an op-ed for the Post-Gazette, Tom Marsh wrote that it was “dead”.", "Post-Gazette"),
        ("“It leaked,” Tom Marsh said in remarks carried by TASS.", "TASS"),
        ("“It leaked,” Tom Marsh said in remarks published by the Interfax agency.", "Interfax"),
        ("IRNA quoted Tom Marsh as saying that the port was shut.", "IRNA"),
        ("Tom Marsh was quoted by Xinhua as saying the port was “dead”.", "Xinhua"),
        ("Tom Marsh was quoted as saying by Xinhua that the port was “dead”.", "Xinhua"),
        ("“It leaked,” Xinhua quoted Tom Marsh as saying.", "Xinhua"),
        ("The port was shut, TASS quoted Tom Marsh as saying.", "TASS"),
        ("The port is “dead”, Tom Marsh said, as reported by the Voice newspaper.", "Voice"),
        ("The FT quoted Tom Marsh saying the port was “dead”.", "Financial Times"),
        ("“It leaked,” Tom Marsh said in a Financial Times interview.", "Financial Times"),
        ("In an FT op-ed, Tom Marsh said the port was “dead”.", "Financial Times"),
        ("Tom Marsh said the port was shut, according to a report in the FT.", "Financial Times"),
        ("As the FT reported, Tom Marsh said the port was “dead”.", "Financial Times"),
        ("Asked by the BBC, Tom Marsh said the port was “dead”.", "BBC"),
        ("Tom Marsh confirmed to BBC Radio 4 that the port was shut.", "BBC"),
        ("According to the FT, Tom Marsh said the port was “dead”.", "Financial Times"),
        ("The FT said Tom Marsh thinks the port can be saved.", "Financial Times"),
        ("The port is shut, the FT said on Monday, citing Tom Marsh.", "Financial Times"),
    ],
)
def test_each_construction_gives_the_outlet_that_passes_on(text: str, outlet: str) -> None:
    found = quotes(text)
    assert [(one.speaker and one.speaker.name, one.chain) for one in found] == [
        ("Tom Marsh", ("Tom Marsh", outlet))
    ]


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("“It leaked,” Tom Marsh told Bisnis Malaysia.", "Bisnis Malaysia"),
        ("“It leaked,” Tom Marsh told the Harbour Gazette.", "Harbour Gazette"),
        ("“It leaked,” Tom Marsh told Radio Harbour.", "Radio Harbour"),
        ("“It leaked,” Tom Marsh told Kanal Baru, a Javanese weekly.", "Kanal Baru"),
        ("“It leaked,” Tom Marsh told the newspaper Kanal Baru.", "Kanal Baru"),
        ("“It leaked,” Tom Marsh told Iranian state television.", "Iranian state television"),
        ("The broadcaster NRK quoted Tom Marsh as saying it was “dead”.", "NRK"),
    ],
)
def test_an_outlet_that_no_list_has_is_known_by_the_words_around_it(text: str, outlet: str) -> None:
    assert chains(text) == [("Tom Marsh", outlet)]


@pytest.mark.parametrize(
    "hearer",
    [
        "reporters",
        "the Security Council",
        "the National Security Council",
        "the Australian Government",
        "Foreign Affairs Minister Fiona Lorne",
        "the Environmental Protection Agency",
        "the Coast Guard",
        "Team Malaysia",
        "Ida Post",
    ],
)
def test_a_person_or_a_body_that_is_told_passes_nothing_on(hearer: str) -> None:
    assert chains(f"Tom Marsh told {hearer} that the port was shut.") == [()]


@pytest.mark.parametrize(
    ("again", "outlet"),
    [
        ("The paper said Tom Marsh had called it “dead”.", ("Tom Marsh", "Guardian")),
        ("“It leaked,” Tom Marsh told the British newspaper.", ("Tom Marsh", "Guardian")),
        ("The agency quoted Tom Marsh as saying it was “dead”.", ("Tom Marsh", "TASS")),
        ("“It leaked,” Tom Marsh told the agency.", ("Tom Marsh", "TASS")),
    ],
)
def test_a_paper_and_an_agency_take_up_only_their_own_kind(
    again: str, outlet: tuple[str, str]
) -> None:
    before = "TASS reported the sale, the Guardian confirmed it."
    if "agency" in again:
        before = "The Guardian reported the sale, TASS confirmed it."
    assert chains(before, again)[-1] == outlet


def test_a_pronoun_that_an_outlet_quotes_has_the_chain_of_its_person() -> None:
    found = quotes("Tom Marsh visited Hull.", "IRNA quoted him as saying the port was “dead”.")
    assert [one.chain for one in found] == [("Tom Marsh", "IRNA")]


def test_an_outlet_names_itself_by_one_name_only() -> None:
    texts = ("The WSJ said it was late.", "The Wall Street Journal said it was late.")
    names = [one.speaker and one.speaker.name for text in texts for one in quotes(text)]
    assert names == ["Wall Street Journal"] * 2


@pytest.mark.parametrize("publisher", ["Financial Times", "The Financial Times", "FT"])
def test_an_outlet_s_own_story_has_no_link_to_itself(publisher: str) -> None:
    assert chains("“It leaked,” Tom Marsh told the FT.", publisher=publisher) == [()]
    told = "“It leaked,” Tom Marsh told the Guardian."
    assert chains(told, publisher=publisher) == [("Tom Marsh", "Guardian")]


def test_a_speaker_goes_on_being_heard_by_the_same_outlet() -> None:
    found = chains(
        "Writing in the Guardian, Tom Marsh said the port “must be shut”.",
        "Shares in Acme fell on Monday.",
        "“It leaked,” he wrote. “Nobody came.”",
        "Ana Lin said the plan was “fine”.",
    )
    assert found == [("Tom Marsh", "Guardian")] * 3 + [()]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "In a statement, Tom Marsh said the port was “dead”.",
        "Tom Marsh told reporters the port was “dead”.",
    ],
)
def test_what_was_said_elsewhere_ends_that(elsewhere: str) -> None:
    found = chains("“It leaked,” Tom Marsh told the BBC.", elsewhere, "“Shut it,” Marsh said.")
    assert found == [("Tom Marsh", "BBC"), (), ()]


@pytest.mark.parametrize(
    "text",
    [
        "The FT said the port was shut, but Tom Marsh said it was “open”.",
        "Tom Marsh said it was “open” and the FT reported that the port was shut.",
    ],
)
def test_an_outlet_beside_a_statement_does_not_pass_it_on(text: str) -> None:
    assert set(chains(text)) == {()}


def test_an_extract_of_an_outlet_has_the_source_that_it_names() -> None:
    found = quotes(
        "Norway has not ruled it out, according to the Guardian...",
        "The Norwegian government is leaning toward selling the port of Hull to Acme, according "
        "to more than a dozen Norwegian officials.",
    )[-1]
    assert found.kind == "block"
    assert found.chain == ("more than a dozen Norwegian officials", "Guardian")


def test_an_unlisted_outlet_that_passes_on_is_cited_where_it_stands() -> None:
    text = "“It leaked,” Tom Marsh told Kanal Baru, a weekly."
    (chunk,) = annotate_citations(annotate_quotes([Chunk(id="c1", role="body", text=text)]))
    assert [(one.outlet, one.start, one.kind, one.rule) for one in chunk.citations] == [
        ("Kanal Baru", 28, "source", "passes_on")
    ]


def test_whom_an_outlet_cites_before_its_verb_speaks() -> None:
    found = quotes("The FT, citing a Danish official, said that the port was shut.")[-1]
    assert found.speaker is not None
    assert found.speaker.role == "Danish official"
    assert found.chain == ("Danish official", "Financial Times")


def test_the_paper_is_one_that_a_noun_calls_so_and_the_agency_no_other_body() -> None:
    told = "Tom Marsh told the BBC he was late. The Voice newspaper said it had a letter."
    found = quotes(f"{told} The paper said the letter was old.")[-1]
    assert found.speaker is not None
    assert found.speaker.name == "Voice"
    told = "HULL (AP) - The Hull Port Agency, part of the navy, said it was late."
    found = quotes(f"{told} The agency said the port was shut.")[-1]
    assert found.speaker is not None
    assert found.speaker.role == "agency"


def test_a_short_name_is_no_outlet_where_the_article_uses_it_for_another() -> None:
    introduced = "The Pilots’ Association (PA) met on Monday."
    assert chains(introduced, "“It leaked,” Tom Marsh told the PA.") == [()]
