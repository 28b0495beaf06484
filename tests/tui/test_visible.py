"""Hidden and active characters become signs, one for one where offsets matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from briefing.visible import (
    copied,
    hidden_places,
    one_line,
    visible,
    visible_aligned,
    visible_marked,
)

ANY_TEXT = st.text(st.characters(codec=None, categories=None))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words", "plain words"),
        ("“quoted” – naïve 日本 👩‍🚀", "“quoted” – naïve 日本 👩‍🚀"),
        ("a\x1b[31mred\x1b[0m", "a␛[31mred␛[0m"),
        ("\x1b]52;c;AAAA\x07", "␛]52;c;AAAA␇"),
        ("C1 \x9b2J", "C1 ␛2J"),
        ("tab\tline\nend\r", "tab␉line␊end␍"),
        ("abc\u202etxt", "abc⇠txt"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("word\u2060joi\u200cner\u200d", "wordjoiner"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("soft\u00adhyphen", "softhyphen"),
        ("lone \ud800 surrogate", "lone � surrogate"),
        ("tag \U000e0041", "tag ␦"),
        ("[bold]markup[/bold]", "[bold]markup[/bold]"),
    ],
)
def test_active_characters_are_signs_and_hidden_ones_left_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_line_feeds_stay_where_lines_are_wanted() -> None:
    assert visible("one\ntwo\x00", lines=True) == "one\ntwo␀"
    assert visible_aligned("one\ntwo\u202e", lines=True) == "one\ntwo⇠"


@given(ANY_TEXT)
def test_aligned_text_keeps_every_offset(text: str) -> None:
    shown = visible_aligned(text)
    assert len(shown) == len(text)
    for before, after in zip(text, shown, strict=True):
        assert before == after or not before.isprintable()


@given(ANY_TEXT)
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    for shown in (visible(text), visible_aligned(text)):
        assert not any(
            ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in shown
        )
        assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
        shown.encode("utf-8")


@given(ANY_TEXT)
def test_what_is_copied_differs_by_signs_only(text: str) -> None:
    shown = copied(text)
    assert len(shown) == len(text)
    for character in "\u00ad\u200b\u200c\ufeff\n\t":
        assert shown.count(character) == text.count(character)
    assert not set(shown) & set("\x1b\x9b\u202e\u2066")


@given(ANY_TEXT, st.integers(0, 20), st.integers(0, 20))
def test_spans_follow_the_words_when_hidden_characters_go(text: str, start: int, end: int) -> None:
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    shown, ((first, last),) = visible_marked(text, [(start, end)])
    hidden = hidden_places(text)
    assert len(shown) == len(text) - len(hidden)
    assert last - first == end - start - sum(start <= place < end for place in hidden)


def test_a_blank_beside_a_hidden_character_is_one_blank() -> None:
    assert one_line("\ufeffa \u200b b\u00ad\n") == "a b"


def test_a_sign_takes_one_cell() -> None:
    for code in [*range(0x20), 0x7F, 0x85, 0x9B, 0x202E, 0x2069]:
        assert cell_len(visible_aligned(chr(code))) == 1
    for code in [0xAD, 0x200B, 0x2060, 0xFEFF]:
        assert cell_len(visible_aligned(chr(code))) == 0
