"""The text of every screen, wide and narrow, against the pages that are stored beside this file.

`UPDATE_PAGES=1 pytest tests/tui/test_pages.py` stores what the screens show now.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Awaitable, Callable
from difflib import unified_diff
from itertools import groupby
from pathlib import Path

import pytest
from rich.style import Style
from textual.strip import Strip

from briefing.library import Library
from briefing.tui.kit.inputs import QueryBox
from briefing.tui.kit.themes import THEMES, theme_named

PAGES = Path(__file__).parent / "pages"
UPDATE = "UPDATE_PAGES"
DARK, LIGHT = theme_named("dark"), theme_named("light")
SIZES = {"wide": (160, 48), "middle": (120, 40), "narrow": (80, 24)}
GROUNDS = ("surface", "background", "panel", "bar", "cursor", "cursor-quiet",
           "mark", "highlight", "selected", "found")  # fmt: skip
"""What a cell may stand on; the first is most of the screen and not told."""
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
    "refused": ("tab", "s", "end", "1", "enter"),
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
def shown(masts: Library, sit_down) -> Callable[..., Awaitable[list[Strip]]]:
    """Return a function that opens a screen by its keys and returns the lines that it shows."""

    async def show(screen: str, size: str, theme: str = DARK) -> list[Strip]:
        briefing = None if screen == "library" else "masts"
        async with sit_down(masts, size=SIZES[size], briefing=briefing, theme=theme) as person:
            for key in KEYS[screen]:
                await person.press(key)
            top = person.app.screen
            if screen in TYPED:
                top.query_one(QueryBox).write(TYPED[screen])
            if screen == "export":
                top.text = MEMO
                top.query_one("#file").label("File")
            if screen == "library":
                top.query_one("#heading").show("masts", "/libraries/masts", ("2 briefings",))
            await person.wait()
            return person.app.screen._compositor.render_strips()

    return show


def compare(page: Path, now: str) -> None:
    """Fail with the difference where a page is not what is stored; store it where that is asked."""
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


@pytest.mark.parametrize(("screen", "size"), SHOWN)
async def test_a_screen_shows_the_stored_page(shown, screen: str, size: str) -> None:
    lines = [strip.text.rstrip() for strip in await shown(screen, size)]
    compare(PAGES / f"{screen}-{size}.txt", "".join(f"{line}\n" for line in lines))


def inks_of(strip: Strip, theme: str) -> list[frozenset[str]]:
    """Return for each cell of a line the inks, and the grounds, that may have given its colours."""
    colours = {each: getattr(THEMES[theme], each) for each in GROUNDS[:3]} | THEMES[theme].variables
    inks, grounds = defaultdict(set), defaultdict(set)
    for name, colour in colours.items():
        if name in GROUNDS:
            grounds[colour].add("" if name == GROUNDS[0] else f" on {name}")
        elif name.startswith(("ink-", "voice-", "stance-")):
            inks[colour].add(name.removeprefix("ink-"))
    cells = []
    for segment in strip:
        style = segment.style or Style.null()
        on = grounds[style.bgcolor.name] if style.bgcolor else {""}
        written = segment.text.strip() and style.color
        ink = inks[style.color.name] if written else {"blank"}
        both = frozenset(f"{one}{other}" for one in ink for other in on)
        cells += [both] * segment.cell_length
    return cells


def by_purpose(name: str) -> tuple[bool, str]:
    """Return the order in which the inks of one colour are looked at: stances last."""
    return name.startswith("stance-"), name


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "screen", ["library", "briefing", "matrix", "compare", "article", "search"]
)
async def test_a_screen_has_the_stored_inks_dark_and_light(shown, screen: str, size: str) -> None:
    """Both themes have the same inks everywhere; one that shares its colour goes by either name."""
    dark, light = [await shown(screen, size, theme) for theme in (DARK, LIGHT)]
    lines = []
    for one, other in zip(dark, light, strict=True):
        cells = zip(inks_of(one, DARK), inks_of(other, LIGHT), strict=True)
        inks = (min(a & b, key=by_purpose, default="other") for a, b in cells)
        lines.append(", ".join(f"{len([*run])} {ink}" for ink, run in groupby(inks)))
    compare(PAGES / "inks" / f"{screen}-{size}.txt", "".join(f"{line}\n" for line in lines))


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
