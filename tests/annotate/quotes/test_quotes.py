from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.annotate.quotes.annotator import annotate_quotes, find_quotes
from briefing.model import Chunk, Quote


def quotes(*paragraphs: str) -> list[Quote]:
    return [quote for row in find_quotes(paragraphs) for quote in row]


def kinds(*paragraphs: str) -> list[tuple[str, str]]:
    return [(quote.kind, quote.exact) for quote in quotes(*paragraphs)]


def test_a_full_clause_in_marks_is_direct_and_a_phrase_is_partial() -> None:
    assert kinds("“The bridge is safe,” Marsh said.") == [("direct", "The bridge is safe,")]
    assert kinds("Marsh called it “a farce” and left.") == [("partial", "a farce")]


def test_a_resumed_quotation_is_direct_and_one_statement() -> None:
    first, second = quotes("“We were late,” Marsh said, “and it failed.”")
    assert (first.kind, second.kind) == ("direct", "direct")
    assert (second.exact, second.utterance) == ("and it failed.", first.utterance)


def test_stretches_with_one_attribution_are_one_statement() -> None:
    first, second = quotes("“No,” Marsh said. “Never.”")
    assert (second.exact, second.utterance) == ("Never.", first.utterance)


def test_a_quotation_reopened_in_the_next_paragraph_is_one_statement() -> None:
    first, second = quotes(
        "“It was hard,” said Ana Lin. “It took a year.", "“We would do it again.”"
    )[1:]
    assert (second.rule, second.utterance) == ("reopened_paragraph", first.utterance)


def test_two_speakers_in_one_paragraph_make_two_statements() -> None:
    first, second = quotes("“It is late,” Marsh said. “Go,” Lin said.")
    assert first.utterance != second.utterance


def test_an_extract_without_marks_is_a_block() -> None:
    text = "The delay was caused by a storm that nobody at the firm had foreseen last week."
    (block,) = quotes("The firm said in a statement:", text)
    assert (block.kind, block.exact, block.rule) == ("block", text, "block_announced")


def test_an_extract_goes_on_while_it_trails_off() -> None:
    found = quotes(
        "The port is to be sold, according to the Financial Times...",
        "The port of Hull is to be sold to a group of investors from abroad within the year...",
        "The sale of the port would be the largest of its kind in the history of the county.",
    )
    assert [quote.kind for quote in found] == ["indirect", "block", "block"]
    assert [quote.speaker.name if quote.speaker else None for quote in found[1:]] == [
        "Financial Times",
        "Financial Times",
    ]


def test_a_list_behind_a_colon_is_no_block() -> None:
    assert (
        kinds(
            "There are a few things to know:",
            "The port of Hull has been run by the same family for more than a hundred years.",
        )
        == []
    )


def test_lines_of_a_transcript_are_blocks() -> None:
    found = quotes(
        "Ana Lin met Tom Marsh.",
        "Lin: Why was the bridge never closed after the storm?",
        "Marsh: Nobody told us that the storm had reached the bridge.",
    )
    assert [(quote.kind, quote.speaker.name) for quote in found if quote.speaker] == [
        ("block", "Ana Lin"),
        ("block", "Tom Marsh"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "She watched “The Great Bridge” on the train.",
        "The show, called “Night Crew,” opens soon.",
        "The so-called “freedom tax” was cut.",
        "It was stamped “confidential” in red.",
        "A “closed” primary was held on Friday.",
        "The song “Long Way Home” was played.",
    ],
)
def test_titles_and_scare_quotes_are_no_quotes(text: str) -> None:
    assert kinds(text) == []


def test_a_nickname_is_part_of_its_name() -> None:
    (quote,) = quotes("Joe “Biff” Lin said that he would stay in Hull.")
    assert quote.kind == "indirect"


def test_only_chunks_that_are_read_get_quotes() -> None:
    chunks = [
        Chunk(id="c1", role="body", text="“It leaked,” Marsh said."),
        Chunk(id="c2", role="boilerplate", text="“Subscribe,” we said."),
        Chunk(id="c3", role="caption", text="“It sank,” Lin said."),
    ]
    first, second, third = annotate_quotes(chunks)
    assert [quote.exact for quote in first.quotes] == ["It leaked,"]
    assert second.quotes == ()
    assert [quote.exact for quote in third.quotes] == ["It sank,"]


def test_making_quotes_anew_changes_nothing() -> None:
    chunks = annotate_quotes([Chunk(id="c1", role="body", text="“It leaked,” Marsh said.")])
    assert annotate_quotes(chunks) == chunks


PIECES = (
    *"ab AB.,!?:;—-'’‘\"“”«»()[]\n\t\u200b\u202e\u00a0é林1%",
    *(" said ", " Lin ", "Mr. ", " told ", " according to ", " the FT ", " that ", "''", " and "),
)
NASTY = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(NASTY, max_size=4))
def test_any_text_gives_exact_anchors_and_unique_ids(paragraphs: list[str]) -> None:
    rows = find_quotes(paragraphs)
    assert len(rows) == len(paragraphs)
    for text, row in zip(paragraphs, rows, strict=True):
        assert all(text[quote.start : quote.end] == quote.exact != "" for quote in row)
        assert [quote.start for quote in row] == sorted(quote.start for quote in row)
    ids = [quote.id for row in rows for quote in row]
    assert len(ids) == len(set(ids))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_nothing_raises_on_any_characters(text: str) -> None:
    for row in find_quotes(text.split("\n\n")):
        assert all(quote.exact for quote in row)


def test_a_readout_is_in_the_words_of_whom_it_is_attributable_to() -> None:
    paragraphs = (
        "The following is attributable to Harbour Ministry Spokesperson Ana Lin:",
        "The minister met her counterpart in Tarn today and they agreed on a new ferry route.",
        "The minister stressed that both ports would stay open to the ships of all countries.",
    )
    blocks = [quote for quote in quotes(*paragraphs) if quote.kind == "block"]
    assert [(quote.exact, quote.speaker and quote.speaker.name) for quote in blocks] == [
        (paragraph, "Ana Lin") for paragraph in paragraphs[1:]
    ]
