"""A step back is one step, and the foot of every screen shows the keys that matter, none cut."""

from __future__ import annotations

import re

import pytest

from briefing.library import Library

STEPS = [
    # keys pressed, what is seen then; where esc leads and what is seen there
    ((), "All countries", "Briefings · by title"),
    (("j",), "Quotes · United Kingdom", "Quotes ─"),
    (("j", "enter"), "Quotes · United Kingdom", "Quotes ─"),
    (("tab",), "1 of 6", "Briefings · by title"),
    (("tab", "enter"), "esc Quotes", "esc Library"),
    (("tab", "tab", "enter"), "esc Sources", "esc Library"),
    (("j", "tab", "enter"), "esc Quotes", "esc All"),
    (("tab", "enter", "v"), "esc Leave", "esc Quotes"),
    (("tab", "enter", "enter"), "esc Back", "esc Quotes"),
    (("tab", "enter", "enter", "v"), "esc Leave", "esc Back"),
    (("p",), "Positions ─", "Quotes ─"),
    (("p", "enter"), "esc Positions", "esc Quotes"),
    (("t",), "Timeline ─", "Quotes ─"),
    (("r",), "To rule on ─", "Quotes ─"),
    (("r", "enter"), "esc To rule", "esc Quotes"),
    (("j", "p"), "Positions · United Kingdom", "Quotes · United Kingdom"),
    (("c",), "compare countries", "esc Library"),
    (("c", "m"), "compare sources", "esc Library"),
    (("c", "enter"), "3 paragraphs", "compare countries"),
    (("slash",), "Search · in Masts and allies", "esc Library"),
    (("slash", "m", "tab"), "esc Back  ? Help", "esc Back  f1 Help"),
    (("slash", "m", "a", "s", "t", "enter"), " of 3 ─", "Search · in Masts and allies"),
    (("e",), "Export Masts and allies", "esc Library"),
    (("e", "tab"), "Export Masts and allies", "esc Library"),
    (("plus",), "Add articles", "esc Library"),
    (("question_mark",), "Help · keys, then signs", "esc Library"),
    (("e", "f1"), "Help · keys, then signs", "Export Masts and allies"),
    (("plus", "f1"), "Help · keys, then signs", "Add articles"),
    (("tab", "s"), "enter Store", "esc Library"),
    (("tab", "a"), "enter Store", "esc Library"),
    (("tab", "tab", "m"), "esc Cancel", "esc Library"),
    (("ctrl+p",), "Search for commands", "esc Library"),
]


@pytest.mark.parametrize(
    ("keys", "here", "after"), STEPS, ids=["-".join(each[0]) for each in STEPS]
)
async def test_a_step_back_is_one_step(
    masts: Library, sit_down, keys: tuple[str, ...], here: str, after: str
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        for key in keys:
            await person.press(key)
        assert here in person.screen
        screens = len(person.app.screen_stack)
        await person.press("escape")
        assert after in person.screen
        assert here == after or here not in person.screen or "Quotes" in here
        assert screens - len(person.app.screen_stack) <= 1


async def test_a_filter_of_the_library_is_left_before_the_library(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        await person.press("f")
        await person.enter("cranes")
        await person.press("enter", "escape")
        assert "1 of 2" in person.screen
        await person.press("escape")
        assert "1 of 2" in person.screen


PLACES = [keys for keys, _, _ in STEPS if not {"ctrl+p", "question_mark", "f1"} & {*keys}]


@pytest.mark.parametrize("keys", PLACES, ids="-".join)
async def test_the_foot_shows_whole_keys_and_help(
    masts: Library, sit_down, keys: tuple[str, ...]
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press(*keys)
        bar = person.app.screen.query_one("KeyBar")
        for size in ((160, 48), (120, 40), (80, 24)):
            await person.pilot.resize_terminal(*size)
            await person.wait()
            foot = person.lines[-1]
            known = {f"{key.shown} {key.description}" for keys in bar._shown for key in keys}
            views = {key.shown for keys in bar._shown for key in keys if key.group} | {"Views"}
            shown = [each for each in re.split(r"\s{2,}", foot.strip()) if each]
            assert [
                each for each in shown if each not in known and not {*each.split()} <= views
            ] == []
            # A line that asks has all keys until it is answered.
            assert re.search(r"((\?|f1) Help|esc Cancel)$", foot)


@pytest.mark.parametrize("keys", [(), ("tab",), ("tab", "enter"), ("tab", "tab"), ("t",)])
async def test_a_narrow_screen_shows_what_is_done_daily(
    masts: Library, sit_down, keys: tuple[str, ...]
) -> None:
    async with sit_down(masts, (80, 24), briefing="masts") as person:
        await person.press(*keys)
        for each in ("e Export", "o Source", "y Copy", "q Quit", "esc ", "? Help"):
            assert each in person.lines[-1]
