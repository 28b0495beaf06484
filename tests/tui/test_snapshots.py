"""Pictures of every screen, wide and narrow: `pytest --snapshot-update` takes them anew."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from briefing.library import Library
from briefing.tui.search.query_box import QueryBox

WIDE, NARROW = (160, 48), (80, 24)
MEMO = "---\ntitle: Masts\n---\n\n# Masts\n\n> We can manage the risk\n>\n> — **Ana Marsh**\n"
KEYS: dict[str, tuple[str, ...]] = {
    "library": (),
    "briefing": ("j", "tab", "j", "j"),
    "positions": ("p", "j"),
    "timeline": ("t", "j"),
    "compare": ("j", "c", "tab", "j"),
    "compare-sources": ("c", "m", "j", "j"),
    "article": ("tab", "j", "enter", "z", "n"),
    "search": ("slash",),
    "completing": ("slash",),
    "export": ("j", "e"),
    "help": ("question_mark",),
}
TYPED = {"search": "laboratory", "completing": "supplier country:"}


pytestmark = pytest.mark.skipif(
    not version("textual").startswith("8.2."), reason="the pictures were taken with Textual 8.2"
)


@pytest.fixture
def picture(snap_compare, masts: Library, app_class, settle) -> Callable[..., bool]:
    """Return a function that compares a screen, reached by its keys, with its picture."""

    def compare(screen: str, size: tuple[int, int], theme: str = "briefing-dark") -> bool:
        app = app_class(masts, briefing=None if screen == "library" else "masts", theme=theme)

        async def reach(pilot: Pilot[None]) -> None:
            await settle(pilot)
            for key in KEYS[screen]:
                await pilot.press(key)
                await settle(pilot)
            if screen in TYPED:
                pilot.app.screen.query_one(QueryBox).write(TYPED[screen])
                await settle(pilot)
            if screen == "export":
                pilot.app.screen.text = MEMO
            for box in pilot.app.screen.query(Input):
                box.cursor_blink = False
                if screen == "export":
                    box.border_title = "File"
            heading = pilot.app.screen.query_one("#heading") if screen == "library" else None
            if heading is not None:
                heading.show("masts", "/libraries/masts", ("2 briefings",))
            await settle(pilot)

        return snap_compare(app, terminal_size=size, run_before=reach)

    return compare


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("screen", [*KEYS])
def test_a_screen_looks_as_it_did(picture, screen: str, size: tuple[int, int]) -> None:
    assert picture(screen, size)


def test_the_light_theme_looks_as_it_did(picture) -> None:
    assert picture("briefing", WIDE, "briefing-light")
