"""Hidden and active characters become signs, one for one where offsets matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from briefing.visible import visible, visible_aligned

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
        ("abc\u202etxt", "abc⟨RLO⟩txt"),
        ("zero\u200bwidth\ufeff", "zero⟨ZWSP⟩width⟨BOM⟩"),
        ("soft\u00adhyphen", "soft⟨SHY⟩hyphen"),
        ("lone \ud800 surrogate", "lone � surrogate"),
        ("tag \U000e0041", "tag ␦"),
        ("[bold]markup[/bold]", "[bold]markup[/bold]"),
    ],
)
def test_every_hidden_character_is_spelled_out(text: str, shown: str) -> None:
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


def test_a_sign_takes_one_cell() -> None:
    for code in [*range(0x20), 0x7F, 0x85, 0x9B, 0x200B, 0x202E, 0xFEFF]:
        assert cell_len(visible_aligned(chr(code))) == 1
