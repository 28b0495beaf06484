"""Captions, headings and pulled lines: who must not be made a speaker."""

from __future__ import annotations

import pytest
from quote_rows import Row, rows_of

from briefing.annotate.quotes.annotator import annotate_quotes
from briefing.model import Chunk, Role


def chunks_of(*blocks: tuple[Role, str]) -> list[Chunk]:
    return [Chunk(id=f"c{at}", role=role, text=text) for at, (role, text) in enumerate(blocks)]


def said(*blocks: tuple[Role, str]) -> list[Row]:
    return [
        (quote.exact, quote.speaker.name if quote.speaker else None, quote.rule)
        for chunk in annotate_quotes(chunks_of(*blocks))
        for quote in chunk.quotes
        if quote.kind != "indirect"
    ]


def test_a_caption_lends_no_speaker_to_the_paragraph_below_it() -> None:
    assert said(
        ("body", "“The eels are late,” said Tom Marsh."),
        ("caption", "Ida Ng took this picture of the weir."),
        ("body", "“We wait every year for them to come,” he said."),
        ("caption", "Boats in the rain, by Ana Lin"),
        ("body", "“Nobody counts them any more, not even us.”"),
    ) == [
        ("The eels are late,", "Tom Marsh", "said_after_quote"),
        ("We wait every year for them to come,", "Tom Marsh", "said_after_quote"),
        ("Nobody counts them any more, not even us.", "Tom Marsh", "paragraph_before"),
    ]


@pytest.mark.parametrize(
    "label",
    ["From left: ", "Clockwise from top: ", "Left to right: ", "Photograph: ", "Pictured above: "],
)
def test_a_paragraph_that_opens_with_the_label_of_a_picture_is_a_caption(label: str) -> None:
    row = said(
        ("body", "“The eels are late,” said Tom Marsh."),
        ("body", f"{label}Ida Ng and Ana Lin by the weir; a net that a heron tore."),
        ("body", "“Nobody counts them any more, not even us.”"),
    )[-1]
    assert row == ("Nobody counts them any more, not even us.", "Tom Marsh", "paragraph_before")


def test_a_quoted_heading_has_the_speaker_of_the_words_it_repeats() -> None:
    assert said(
        ("body", "“It took the barn,” said Ana Lin."),
        ("heading", "“The river came at night”"),
        ("body", "Tom Marsh lost his cows."),
        ("body", "“The river came at night, and we ran,” Ida Ng said."),
    ) == [
        ("It took the barn,", "Ana Lin", "said_after_quote"),
        ("The river came at night", "Ida Ng", "repeated_line"),
        ("The river came at night, and we ran,", "Ida Ng", "said_after_quote"),
    ]


def test_a_pulled_line_that_repeats_nothing_has_no_speaker() -> None:
    long = "A line that an editor made up from nothing at all"
    assert said(("body", "“It took the barn,” said Ana Lin."), ("body", f"“{long}”")) == [
        ("It took the barn,", "Ana Lin", "said_after_quote"),
        (long, None, "unattributed"),
    ]
    assert said(("body", "“Gone,” said Ana Lin."), ("heading", "“Nobody came”"))[1:] == []


def test_a_pulled_line_stands_beside_the_story() -> None:
    assert said(
        ("body", "“We will sue the county for every barn,” said Ana Lin."),
        ("body", "Tom Marsh, a vet, saw it all."),
        ("body", "“We will sue the county”"),
        ("body", "“The calves went first, and nobody had a boat.”"),
    )[1:] == [
        ("We will sue the county", "Ana Lin", "repeated_line"),
        ("The calves went first, and nobody had a boat.", "Tom Marsh", "paragraph_before"),
    ]


def test_a_heading_with_a_colon_announces_what_is_below() -> None:
    words = "The weir will be mended before the eels come back in spring."
    assert said(("heading", "And this from Mayor Ida Ng:"), ("body", f"“{words}”")) == [
        (words, "Ida Ng", "announced_before")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "“The road is shut, Tom Marsh said. Then it snowed. “We wait,” said Ana Lin.",
        '"The road is shut, said Tom Marsh, a driver. "We wait," said Ana Lin.',
        "“The road is shut, the mayor said. “We wait,” said Ana Lin.",
        '"The road is shut. Snow fell for nine hours. "We wait," said Ana Lin.',
    ],
)
def test_a_mark_left_open_puts_nobody_s_words_into_the_next_mouth(text: str) -> None:
    assert rows_of(text, off=frozenset(), indirect=False) == [
        ("We wait,", "Ana Lin", "said_after_quote")
    ]


def test_a_mark_left_open_behind_its_tag_keeps_its_speaker() -> None:
    text = 'Tom Marsh said: "It snowed all day. We saw no plough. "The road is gone."'
    assert rows_of(text, off=frozenset(), indirect=False) == [
        ("It snowed all day. We saw no plough.", "Tom Marsh", "said_before_quote"),
        ("The road is gone.", "Tom Marsh", "carry_over"),
    ]


def test_words_quoted_by_a_speaker_stay_inside_his_own() -> None:
    text = "“She said “never” to us,” said Ana Lin."
    assert rows_of(text, off=frozenset(), indirect=False) == [
        ("She said “never” to us,", "Ana Lin", "said_after_quote")
    ]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("The town met.", "We slept in the hall for nine nights.\n— Ida Ng, nurse"),
        ("The town met.", "We slept in the hall for nine nights.", "– Ida Ng, nurse", "It rained."),
    ],
)
def test_a_signed_paragraph_is_a_block_quotation(paragraphs: tuple[str, ...]) -> None:
    assert rows_of(*paragraphs, off=frozenset(), indirect=False) == [
        ("We slept in the hall for nine nights.", "Ida Ng", "block_signed")
    ]


def test_the_signature_of_a_reporter_makes_no_quotation() -> None:
    paragraphs = ("The ferry was sold on Monday.", "— Tom Marsh, Hull Courier")
    assert rows_of(*paragraphs, off=frozenset(), indirect=False) == []


def test_the_answers_of_an_interview_are_quotes_and_its_questions_are_not() -> None:
    assert said(
        ("heading", "“We never slept”: An interview with Ida Ng"),
        ("body", "Q: When did the weir break?"),
        ("body", "A: In the night. A man said “run” and I ran."),
        ("body", "NG: The boats were gone by then, all nine of them."),
    )[-2:] == [
        ("In the night. A man said “run” and I ran.", "Ida Ng", "transcript_line"),
        ("The boats were gone by then, all nine of them.", "Ida Ng", "transcript_line"),
    ]


def test_answers_of_nobody_known_have_no_speaker() -> None:
    rows = said(("body", "Q: Is Hull flooded?"), ("body", "A: No, only the park by the weir."))
    assert rows == [("No, only the park by the weir.", None, "transcript_line")]


def test_a_picture_agency_is_no_part_of_a_name() -> None:
    rows = said(
        ("body", "Getty Images Norvik yard in the fog"),
        ("body", "Norvik said it was “sad and not surprised at all” by the vote."),
        ("body", "“There were no grounds for it,” it added."),
    )
    assert [name for _, name, _ in rows] == ["Norvik", "Norvik"]
