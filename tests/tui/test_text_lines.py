"""Cutting, filling and wrapping text in cells, wide characters included."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.tui.kit.text_lines import (
    Piece,
    break_lines,
    cut,
    fit,
    index_at,
    length,
    pad,
    pad_left,
    spread,
    width_of,
    wrap,
)
from briefing.visible import one_line

WORDS = st.text(st.sampled_from("ab c日本é👩\u200d\ufe0f🏽\u0301ｱก\u0e31"), max_size=60)


def test_text_that_is_too_long_ends_in_an_ellipsis() -> None:
    assert fit("who lets the supplier in", 10) == "who lets…"
    assert fit("short", 10) == "short"
    assert fit("anything", 0) == ""


def test_a_wide_character_is_never_cut_in_half() -> None:
    assert fit("日本語新聞", 6) == "日本…"
    assert width_of(pad("日本語新聞", 6)) == 6
    assert pad_left("日本", 6) == "  日本"


def test_lines_break_between_words() -> None:
    assert wrap("one two three four", 9) == ("one two", "three", "four")


def test_a_word_longer_than_a_line_is_broken() -> None:
    assert wrap("abcdefghij", 4) == ("abcd", "efgh", "ij")
    assert wrap("日本語新聞", 4) == ("日本", "語新", "聞")


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("👩\u200d🚀👩🏽\u200d🔬🧑\u200d🎄", ("👩\u200d🚀👩🏽\u200d🔬", "🧑\u200d🎄")),
        ("Zo\u0308e\u0301y\u0302la", ("Zo\u0308e\u0301y\u0302", "la")),
        ("❤\ufe0f☀\ufe0f☂\ufe0f", ("❤\ufe0f☀\ufe0f", "☂\ufe0f")),
        ("한글날\u1112\u1161\u11ab", ("한글", "날\u1112\u1161\u11ab")),
    ],
)
def test_what_a_person_sees_as_one_character_is_never_taken_apart(
    word: str, parts: tuple[str, ...]
) -> None:
    assert wrap(word, 4) == parts
    assert fit(word, 5) == f"{parts[0]}…"


def test_marks_piled_up_without_end_take_no_time_and_lose_nothing() -> None:
    piled = "a" + "\u0301" * 200_000 + "日" * 4
    assert "".join(wrap(piled, 4)) == piled
    assert fit(piled, 4).startswith("a\u0301")
    assert width_of(fit(piled, 4)) <= 4


def test_with_a_limit_the_last_line_tells_that_words_are_left() -> None:
    assert wrap("one two three four five", 9, 2) == ("one two", "three…")


def test_white_space_is_folded_and_hidden_characters_show() -> None:
    assert one_line("  two\n lines\tand \x1b[0m ") == "two lines and ␛[0m"


def test_the_right_side_stays_and_the_left_gives_way() -> None:
    line = spread([Piece("a long title")], [Piece("12")], 10)
    assert "".join(piece.text for piece in line) == "a long… 12"


@given(WORDS, st.integers(1, 30))
def test_no_line_is_wider_than_asked(text: str, width: int) -> None:
    assert all(width_of(line) <= max(width, 2) for line in wrap(text, width))
    assert width_of(fit(text, width)) <= width
    assert length(cut([Piece(text)], width)) <= width


@given(st.text(st.sampled_from("ab c"), max_size=60), st.integers(1, 30))
def test_wrapping_loses_no_letter(text: str, width: int) -> None:
    assert "".join(wrap(text, width)).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("x", "index"), [(-1, None), (0, 0), (2, 0), (3, 1), (4, 2), (7, 2), (8, None)]
)
def test_a_click_finds_the_piece_under_it(x: int, index: int | None) -> None:
    assert index_at([3, 1, 4], x) == index


@given(text=st.text(st.sampled_from("ab   c"), max_size=40), width=st.integers(2, 8))
def test_narrow_letters_break_as_they_do_beside_others(text: str, width: int) -> None:
    alone = [text[start:end] for start, end in break_lines(text, width)]
    # A word with a mark, on a line of its own: the text is no longer measured by its length.
    beside = text + " " * width + "e\u0301"
    lines = [beside[start:end] for start, end in break_lines(beside, width)]
    assert lines == [*(alone if text.strip() else ()), "e\u0301"]


def test_blanks_between_lines_are_on_neither() -> None:
    text = "  exact fits  harboursopen now "
    shown = [text[start:end] for start, end in break_lines(text, 5)]
    assert shown == ["exact", "fits", "harbo", "ursop", "en", "now"]
    assert list(break_lines("   ", 5)) == [(0, 0)]
