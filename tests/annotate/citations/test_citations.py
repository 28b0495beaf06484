from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.annotate.citations.annotator import annotate_citations, find_citations
from briefing.model import Chunk

Row = tuple[str, str, str, str | None]


def cited(text: str, last: str | None = None) -> list[Row]:
    """The outlets cited: full name, words, kind and rule."""
    citations, _ = find_citations(text, last)
    return [(one.outlet, text[one.start : one.end], one.kind, one.rule) for one in citations]


@pytest.mark.parametrize(
    ("text", "outlet", "words", "rule"),
    [
        ("The port is sold, the WSJ reported.", "Wall Street Journal", "WSJ", "outlet_reports"),
        ("The port is sold, FT reports.", "Financial Times", "FT", "outlet_reports"),
        (
            "On Tuesday, The Wall Street Journal reported that the port is sold.",
            "Wall Street Journal",
            "Wall Street Journal",
            "outlet_reports",
        ),
        (
            "The port is sold, according to the Financial Times.",
            "Financial Times",
            "Financial Times",
            "according_to_outlet",
        ),
        ("The port is sold, per WSJ...", "Wall Street Journal", "WSJ", "according_to_outlet"),
        ("An official told the FT so.", "Financial Times", "FT", "told_outlet"),
        ("It was first reported by Reuters.", "Reuters", "Reuters", "reported_by_outlet"),
        ("In an interview with the BBC, Lin agreed.", "BBC", "BBC", "interview_with_outlet"),
        ("The Guardian said the port is sold.", "Guardian", "Guardian", "outlet_reports"),
        ("CNN’s Ana Lin reported the sale.", "CNN", "CNN", "outlet_reports"),
        ("Lin followed up on NPR, saying so.", "NPR", "NPR", "said_on_outlet"),
        ("Appearing later on the BBC, Lin agreed.", "BBC", "BBC", "said_on_outlet"),
        ("Writing in the Guardian, Lin agreed.", "Guardian", "Guardian", "written_for_outlet"),
        ("In a letter to The Times, Lin agreed.", "Times", "Times", "written_for_outlet"),
        ("Berlin agreed, according to an FT report.", "Financial Times", "FT", "report_of_outlet"),
        ("Lin agreed in the Reuters story.", "Reuters", "Reuters", "report_of_outlet"),
        ("In a rare BBC interview, Lin agreed.", "BBC", "BBC", "report_of_outlet"),
        ("Lin agreed, posting on Facebook that it was.", *["Facebook"] * 2, "posted_on_platform"),
        (
            "In a message on her Telegram channel, Lin agreed.",
            *["Telegram"] * 2,
            "posted_on_platform",
        ),
    ],
)
def test_an_outlet_that_something_comes_from_is_a_source(
    text: str, outlet: str, words: str, rule: str
) -> None:
    assert cited(text) == [(outlet, words, "source", rule)]


def test_each_outlet_of_a_row_is_a_source() -> None:
    text = "They visited, according to reports by The Financial Times, The Wall Street Journal."
    assert [(outlet, kind) for outlet, _, kind, _ in cited(text)] == [
        ("Financial Times", "source"),
        ("Wall Street Journal", "source"),
    ]


def test_an_outlet_merely_named_is_a_mention() -> None:
    assert cited("Lin worked at Reuters for a year.") == [
        ("Reuters", "Reuters", "mention", "named_only")
    ]
    assert cited("Lin spoke to a Reuters office, and in a BBC building.") == [
        ("Reuters", "Reuters", "mention", "named_only"),
        ("BBC", "BBC", "mention", "named_only"),
    ]


@pytest.mark.parametrize(
    "text", ["The sun rose over the hill.", "Time flies.", "The Sun rose.", "Post it at once.", ""]
)
def test_common_words_are_no_outlets(text: str) -> None:
    assert cited(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Lin said on the Hill that the port is sold.",
        "The op-ed in the National Gallery's hall was framed.",
        "Facebook said the port is sold.",
        "Lin posted on X-rays.",
        "Lin wrote about Twitter.",
    ],
)
def test_a_place_and_a_platform_that_speaks_for_itself_are_no_sources(text: str) -> None:
    assert cited(text) == []


def test_the_paper_is_the_outlet_cited_last() -> None:
    text = "The FT broke the news. The paper said the port was sold, and Lin told the newspaper so."
    assert cited(text)[1:] == [
        ("Financial Times", "paper", "source", "outlet_again"),
        ("Financial Times", "newspaper", "source", "outlet_again"),
    ]


def test_the_network_is_no_platform() -> None:
    text = "Lin told CNN so. She said so on Twitter. The network said the port was sold."
    assert cited(text)[2] == ("CNN", "network", "source", "outlet_again")


def test_the_paper_is_nothing_before_any_outlet_is_cited() -> None:
    assert cited("The paper said the port was sold.") == []


def test_the_outlet_cited_last_is_remembered_over_chunks_that_are_read() -> None:
    chunks = annotate_citations(
        [
            Chunk(id="c1", role="body", text="The port is sold, the FT reported."),
            Chunk(id="c2", role="unrelated", text="Reuters reported a storm."),
            Chunk(id="c3", role="body", text="The paper said nobody had known."),
        ]
    )
    assert [[one.outlet for one in chunk.citations] for chunk in chunks] == [
        ["Financial Times"],
        [],
        ["Financial Times"],
    ]


@given(
    st.lists(
        st.sampled_from(
            [
                "the ",
                "The ",
                "FT",
                "Reuters",
                " paper",
                " said",
                " told ",
                "according to ",
                "’s ",
                ", ",
            ]
        ),
        max_size=30,
    ).map("".join)
)
def test_anchors_are_exact_and_in_order(text: str) -> None:
    citations, _ = find_citations(text)
    edge = 0
    for one in citations:
        assert edge <= one.start < one.end <= len(text)
        edge = one.end


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("She told Fox Business so.", "Fox Business"),
        ("She told Fox News so.", "Fox News"),
        ("She told the Observer so.", "Observer"),
        ("She told the Guardian so.", "Guardian"),
        ("She told the Mail on Sunday so.", "Mail on Sunday"),
        ("She told the Sunday Telegraph so.", "Sunday Telegraph"),
        ("She told Welt am Sonntag so.", "Welt am Sonntag"),
    ],
)
def test_sister_outlets_are_two(text: str, outlet: str) -> None:
    assert [row[0] for row in cited(text)] == [outlet]


def test_a_paper_takes_up_no_agency_and_an_outlet_may_cite_before_its_verb() -> None:
    assert cited("The paper said the port is sold.", "Agence France-Presse") == []
    text = "The WSJ, citing an official, said the port is sold. The paper said so twice."
    assert [row[0] for row in cited(text, "Agence France-Presse")] == ["Wall Street Journal"] * 2
