"""The help explains every sign that a screen draws, and can be read on a small one."""

from __future__ import annotations

import pytest
from textual.screen import Screen
from textual.widget import Widget

from briefing.library import Library
from briefing.tui.kit.inputs import QueryBox
from briefing.tui.kit.keys import LEGEND, SignGroup
from briefing.tui.kit.themes import inks

SCREENS: dict[str, tuple[str, ...]] = {
    "library": ("escape",),
    "briefing": ("i", "tab", "j", "j"),
    "positions": ("p", "j"),
    "unruled": ("r", "1", "0"),
    "ruled": ("p", "1"),
    "pinned": ("tab", "asterisk", "enter"),
    "timeline": ("t", "j"),
    "people": ("P", "j"),
    "person": ("P", "enter"),
    "matrix": ("M", "j"),
    "compare": ("j", "c", "tab", "j"),
    "article": ("tab", "j", "enter", "b", "z", "right_square_bracket"),
    "search": ("slash",),
    "origins": ("O", "minus"),
    "concordance": ("C",),
    "gaps": ("L",),
}
PUNCTUATION = frozenset("“”‘’«»„–—…·−→↓↑⇧←")
"""Marks that mean what they mean everywhere, and the arrows of the keys."""
FRAMES = frozenset(map(chr, range(0x2500, 0x25A0))) - {"┆"}
"""The frames of panels and their scroll bars; `▌` among them is tested by its inks."""


def signs_on(screen: str) -> set[str]:
    """Return the characters of a screen that are neither letters, marks nor frames."""
    known = PUNCTUATION | FRAMES
    return {char for char in screen if not (char.isascii() or char.isalnum() or char in known)}


def groups_of(screen: Screen[object]) -> list[SignGroup]:
    """Return the groups that concern what is on a screen."""
    widgets = {type(each).__name__ for each in screen.query(Widget)}
    return [group for group in LEGEND if widgets & set(group.widget.split(", "))]


@pytest.mark.parametrize("screen", SCREENS)
async def test_every_sign_on_a_screen_is_in_its_help(masts: Library, sit_down, screen: str) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press(*SCREENS[screen])
        if screen == "search":
            person.app.screen.query_one(QueryBox).write("laboratory")
            await person.wait()
        groups = groups_of(person.app.screen)
        told = {char for group in groups for sign in group.signs for char in str(sign)}
        assert told
        assert signs_on(person.screen) - told == set()


async def test_the_whole_help_can_be_read_on_a_small_screen(masts: Library, sit_down) -> None:
    async with sit_down(masts, size=(80, 24), briefing="masts") as person:
        groups = groups_of(person.app.screen)
        await person.press("question_mark")
        seen = list(person.lines)
        for _ in range(20):
            await person.press("ctrl+d")
            seen += person.lines
        words = " ".join(" ".join(seen).split())
        assert [group.name for group in groups if group.name not in words] == []
        signs = [sign for group in groups for sign in group.signs]
        assert [sign for sign in signs if sign.meaning[:30] not in words] == []
        assert signs[-1].meaning[:30] in person.screen


async def test_a_sign_has_the_ink_in_which_the_screen_draws_it(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        known = inks(person.app.theme)
        for group in LEGEND:
            for sign in group.signs:
                plain = sign.ink in {"text", "strong"}
                assert plain or known.style(sign.ink) != known.style("text"), sign


async def test_the_foot_of_the_reader_shows_its_highlights_as_the_text_has_them(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "enter")
        assert "“quote” country cited link² · " in person.screen
        await person.press("slash")
        await person.enter("quota")
        await person.press("enter")
        strips = person.app.screen._compositor.render_strips()
        at = next(n for n, line in enumerate(person.lines) if "“quote” country" in line)
        above, foot = strips[:at], strips[at]
        styles = {each.text.strip(): each.style for each in foot}
        inks_above = [(each.style.color, each.style.bgcolor) for strip in above for each in strip]
        for word in ("“quote”", "country", "match", "cited", "link²"):
            assert (styles[word].color, styles[word].bgcolor) in inks_above, word
        assert styles["country"].underline


async def test_help_explains_only_what_its_screen_draws(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        await person.press("escape", "question_mark", "G")
        assert "Signs in the library" in person.screen
        assert "Signs at a quote" not in person.screen
