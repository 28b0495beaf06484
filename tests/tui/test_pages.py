"""The text of every screen, wide and narrow, against the pages that are stored beside this file.

`UPDATE_PAGES=1 pytest tests/tui/test_pages.py` stores what the screens show now.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from difflib import unified_diff
from pathlib import Path

import pytest
from textual.widgets import Input

from briefing.library import Library
from briefing.tui.kit.inputs import QueryBox
from briefing.tui.kit.themes import THEMES

PAGES = Path(__file__).parent / "pages"
UPDATE = "UPDATE_PAGES"
SIZES = {"wide": (160, 48), "middle": (120, 40), "narrow": (80, 24)}
MEMO = "---\ntitle: Masts\n---\n\n# Masts\n\n> We can manage the risk\n>\n> — **Ana Marsh**\n"
KEYS: dict[str, tuple[str, ...]] = {
    "library": (),
    "briefing": ("j", "tab", "j", "j"),
    "positions": ("p", "j"),
    "timeline": ("t", "j"),
    "people": ("P", "j"),
    "person": ("P", "j", "enter"),
    "matrix": ("M", "l"),
    "origins": ("O",),
    "gaps": ("L",),
    "compare": ("j", "c", "tab", "j"),
    "compare-sources": ("c", "m", "j", "j"),
    "article": ("tab", "j", "enter", "z", "right_square_bracket"),
    "search": ("slash",),
    "completing": ("slash",),
    "export": ("j", "e"),
    "help": ("question_mark",),
    "adding": ("plus",),
}
CORRECTING: dict[str, tuple[str, ...]] = {
    "speaker": ("tab", "s", "tab"),
    "metadata": ("tab", "tab", "m", "down"),
    "selecting": ("tab", "enter", "v", "right", "right"),
    "to-rule-on": ("r", "1"),
    "ruling": ("p", "2"),
    "refused": ("tab", "s", "1", "enter"),
}
"""The ways of correcting."""
KEYS |= CORRECTING
MIDDLE = {*CORRECTING, "briefing", "positions", "people", "matrix", "compare", "export"}
"""The screens shown in all sizes; the others are shown wide and narrow."""
SHOWN = [
    (screen, size) for screen in KEYS for size in SIZES if size != "middle" or screen in MIDDLE
]
TYPED = {"search": "laboratory", "completing": "supplier country:"}


@pytest.fixture
def shown(masts: Library, sit_down) -> Callable[[str, str], Awaitable[str]]:
    """Return a function that opens a screen by its keys and returns the text that it shows."""

    async def show(screen: str, size: str) -> str:
        briefing = None if screen == "library" else "masts"
        async with sit_down(masts, size=SIZES[size], briefing=briefing) as person:
            for key in KEYS[screen]:
                await person.press(key)
            top = person.app.screen
            if screen in TYPED:
                top.query_one(QueryBox).write(TYPED[screen])
            if screen == "export":
                top.text = MEMO
                top.query_one("#file", Input).border_title = "File"
            if screen == "library":
                top.query_one("#heading").show("masts", "/libraries/masts", ("2 briefings",))
            await person.wait()
            return "".join(f"{line}\n" for line in person.lines)

    return show


@pytest.mark.parametrize(("screen", "size"), SHOWN)
async def test_a_screen_shows_the_stored_page(shown, screen: str, size: str) -> None:
    page = PAGES / f"{screen}-{size}.txt"
    now = await shown(screen, size)
    if os.environ.get(UPDATE):
        page.write_text(now, "utf-8")
    stored = page.read_text("utf-8") if page.exists() else ""
    if now != stored:
        changes = unified_diff(
            stored.splitlines(), now.splitlines(), f"stored {page.name}", "shown now", lineterm=""
        )
        pytest.fail(
            "\n".join([*changes, f"\nIf the change is intended, run with {UPDATE}=1."]),
            pytrace=False,
        )


@pytest.mark.parametrize("theme", sorted(name for name in THEMES if not THEMES[name].ansi))
async def test_a_briefing_is_painted_in_the_colours_of_its_theme(
    masts: Library, sit_down, theme: str
) -> None:
    variables = THEMES[theme].variables
    async with sit_down(masts, briefing="masts", theme=theme) as person:
        strips = person.app.screen._compositor.render_strips()
        styles = [each.style for strip in strips for each in strip if each.text.strip()]
    assert {style.color.name for style in styles} <= set(variables.values())
    assert variables["voice-named"] in {style.color.name for style in styles}
