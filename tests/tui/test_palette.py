"""The palette: everything that can be gone to and done, found by its words."""

from __future__ import annotations

import time

import pytest
from textual.style import Style

from briefing.library import Library
from briefing.model import BriefingInfo, Speaker
from briefing.search.results import CatalogRow
from briefing.tui.palette import Palette, gather_goals

HOSTILE = "A[red]b[/]\x1b]0;c\x07\u202ed"


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("germ", "Quotes · Germany"),
        ("speaker: lowe", "direct quote · Peter Lowe"),
        ("source: signal", "─ Signal Letter · November 2018 "),
        ("article: who lets", "─ Signal Letter · November 2018 "),
        ("ports", "This briefing has no articles yet."),
        ("timeline", "Timeline ─"),
        ("next panel", "1 of 6"),
        ("settings file", "config.toml"),
    ],
)
async def test_the_palette_goes_anywhere(masts: Library, sit_down, words: str, seen: str) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("ctrl+p")
        await person.enter(words)
        await person.press("enter")
        assert seen in person.screen


async def test_words_that_nothing_has_are_searched_for(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        await person.press("ctrl+p")
        await person.enter("laboratory")
        await person.press("enter")
        assert "in all briefings" in person.screen
        assert "1 passage in 1 article" in person.screen


async def test_a_place_is_found_from_the_screens_over_the_briefing(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("tab", "enter", "enter", "ctrl+p")
        await person.enter("country: poland")
        await person.press("enter")
        assert "Quotes · Poland" in person.screen
        await person.press("escape", "escape")
        assert "Ports and cranes" in person.screen


async def test_hostile_names_are_plain_text(
    make_library, make_chunk, make_article, sit_down
) -> None:
    chunk = make_chunk(
        "c1",
        "“It is so,” he said.",
        quotes=[("direct", "It is so,", Speaker(name=HOSTILE, type="named"))],
    )
    article = make_article(headline=HOSTILE, publisher=HOSTILE, chunks=(chunk,))
    library = make_library({"evil": (BriefingInfo(title=HOSTILE), [article])})
    async with sit_down(library, briefing="evil") as person:
        await person.press("ctrl+p")
        await person.enter("[red]")
        for kind in ("Speaker", "Source", "Article", "Briefing"):
            assert f"{kind}: A[red]b[/]␛]0;c␇" in person.screen
        assert "\x1b" not in person.screen
        assert "\u202e" not in person.screen


async def test_ten_thousand_briefings_hold_up_no_key(masts: Library, sit_down) -> None:
    rows = [CatalogRow(name=f"b{n}", title=f"Harbour {n}", articles=1) for n in range(10_000)]
    async with sit_down(masts, briefing="masts") as person:
        person.app.rows = rows
        await person.press("ctrl+p")
        for key in "harbour":
            start = time.process_time()
            await person.press(key)
            assert time.process_time() - start < 1
        assert "Briefing: Harbour 11" in person.screen
        assert "Briefing: Harbour 12" not in person.screen


def test_a_place_is_found_by_all_that_is_said_of_it(masts: Library) -> None:
    goals = gather_goals(masts.catalog(), masts.panels("masts"))
    kinds = {kind: sum(each.kind == kind for each in goals) for kind in
             ("Country", "Speaker", "Source", "Article", "Briefing")}  # fmt: skip
    assert kinds == {"Country": 6, "Speaker": 2, "Source": 4, "Article": 2, "Briefing": 2}
    (lowe,) = (each for each in goals if "lowe" in each.key)
    assert (lowe.words, lowe.help) == ("Peter Lowe", "PL · prime minister · 1 statement")


async def test_a_search_that_ends_after_the_palette_was_closed_ends_nothing(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("ctrl+p")
        palette = person.app.screen
        assert isinstance(palette, Palette)
        await person.press("escape")
        assert person.app.screen is not palette
        # What the search asks for when it draws what it has found.
        styles = palette.get_component_styles("command-palette--help-text")
        assert Style.from_styles(styles).foreground is not None
