from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.english.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def test_full_stops_question_and_exclamation_marks_end_sentences() -> None:
    assert sentences("It rained. Did it? It did! So…") == [
        "It rained.",
        "Did it?",
        "It did!",
        "So…",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Lin met Gov. Ana Marsh.",
        "The U.S. Navy sailed on Jan. 5.",
        "J. R. Marsh of the D.C. council left.",
        "They paid Lin Corp. about $3.5 million.",
        "Marsh (D-Va.) stayed ... and left.",
    ],
)
def test_abbreviations_initials_and_numbers_end_nothing(text: str) -> None:
    assert sentences(text) == [text]


def test_an_abbreviation_ends_a_sentence_before_a_word_that_opens_one() -> None:
    assert sentences("She left the U.S. The rest stayed.") == [
        "She left the U.S.",
        "The rest stayed.",
    ]


def test_the_closing_mark_stays_with_its_sentence() -> None:
    assert sentences("“It leaked.” Nobody came.") == ["“It leaked.”", "Nobody came."]


def test_a_question_inside_marks_keeps_its_tag() -> None:
    assert sentences('"Why?" Marsh said. "Why now?" she asked.') == [
        '"Why?" Marsh said.',
        '"Why now?" she asked.',
    ]


def test_a_blank_line_ends_a_sentence_and_a_line_break_does_not() -> None:
    assert sentences("A deal\nwas near\n\nBy noon") == ["A deal\nwas near", "By noon"]


@given(st.text(alphabet=st.sampled_from("aB.!?… \n\"'”)“é1"), max_size=80))
def test_spans_are_ordered_and_cover_every_character_that_is_not_blank(text: str) -> None:
    spans = split_sentences(text)
    assert all(a < b <= c < d for (a, b), (c, d) in itertools.pairwise(spans))
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())


def test_a_wire_goes_on_with_a_capital_behind_an_abbreviation() -> None:
    assert sentences("The U.S. And Malta met.") == ["The U.S. And Malta met."]
