"""The library list: what a person sees and what the keys do."""

from __future__ import annotations

from pathlib import Path

from textual.events import AppFocus

from briefing.content.folders import create_briefing
from briefing.library import Library
from briefing.library.reports import InputBytes
from briefing.model import BriefingInfo
from briefing.search.results import CatalogRow

LATE = """Ministers put off the mast decision

The government in Oslo put off its decision on masts until autumn, two officials said on Monday.
"""


async def test_each_briefing_has_a_line_with_its_counts(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        line = person.line_with("Masts and allies")
        assert "who lets the foreign supplier build the network?" in line
        assert line.split()[-6:-2] == ["network?", "4", "6", "6"]
        assert "2020-01-23" in line
        assert "2 briefings   4 articles   6 quotes" in person.lines[1]
        assert "1 of 2" in person.screen


async def test_j_and_k_move_and_the_border_counts_along(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        await person.press("j")
        assert "2 of 2" in person.screen
        await person.press("k")
        assert "1 of 2" in person.screen
        await person.press("G")
        assert "2 of 2" in person.screen
        await person.press("g")
        assert "1 of 2" in person.screen


async def test_enter_opens_the_briefing_and_escape_comes_back(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        await person.press("enter")
        assert "Countries" in person.screen
        await person.press("escape")
        assert "Ports and cranes" in person.screen


async def test_f_filters_as_one_types_and_escape_shows_all(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        await person.press("f")
        await person.enter("cranes")
        assert "Masts and allies" not in person.screen
        assert "1 of 1" in person.screen
        await person.press("enter", "enter")
        assert "Ports and cranes" in person.lines[1]
        await person.press("escape", "escape")
        assert "Masts and allies" in person.screen


async def test_the_filter_knows_countries(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        await person.press("f")
        await person.enter("gb allies")
        assert "Masts and allies" in person.screen
        assert "Ports and cranes" not in person.screen


async def test_a_filter_that_fits_nothing_says_so(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        await person.press("f")
        await person.enter("zebra")
        assert "No briefing has these words. Press esc to show all." in person.screen


async def test_an_empty_library_says_how_to_begin(make_library, sit_down) -> None:
    async with sit_down(make_library({})) as person:
        assert "briefing add FILE… --to NAME" in person.screen


async def test_the_only_briefing_opens_at_once(make_library, sit_down) -> None:
    library = make_library({"ports": (BriefingInfo(title="Ports and cranes"), [])})
    async with sit_down(library) as person:
        assert "This briefing has no articles yet." in person.screen
        await person.press("escape")
        assert "Briefings" in person.screen


async def test_a_library_never_indexed_fills_in_the_background(make_library, sit_down) -> None:
    briefings = {
        "ports": (BriefingInfo(title="Ports and cranes"), []),
        "rails": (BriefingInfo(title="Rails and ties"), []),
    }
    async with sit_down(make_library(briefings, refreshed=False)) as person:
        assert "Ports and cranes" in person.screen
        assert "Rails and ties" in person.screen


async def test_a_briefing_added_elsewhere_appears_at_the_next_start(
    masts: Library, sit_down
) -> None:
    create_briefing(masts.root / "content" / "rails", BriefingInfo(title="Rails and ties"))
    async with sit_down(masts) as person:
        assert "Rails and ties" in person.screen


async def test_a_broken_file_is_told_on_the_line_of_its_briefing(masts: Library, sit_down) -> None:
    Path(masts.root, "content", "masts", "broken.yaml").write_text("chunks: [", encoding="utf-8")
    async with sit_down(masts) as person:
        assert "1 left out" in person.line_with("Masts and allies")


async def test_ten_thousand_briefings_keep_their_columns(make_library, sit_down) -> None:
    library = make_library({})
    titles = ["日本の港", "Zo\u0301e\u0308 coöp", "👩‍🚀 in orbit", "a\x1b[31m\u202ered", "Plain"]
    rows = tuple(
        CatalogRow(name=f"b{n:05d}", title=f"{titles[n % 5]} {n}", quotes=n, latest="2020-01-01")
        for n in range(10_000)
    )
    async with sit_down(library) as person:
        screen = person.app.screen
        screen.rows = rows
        await person.wait()
        await person.press("G")
        assert "10,000 briefings" in person.lines[1]
        assert "10000 of 10000" in person.screen
        assert "Plain 9999" in person.screen
        assert "a␛[31m⇠red 9998" in person.screen
        widths = {strip.cell_length for strip in screen._compositor.render_strips()}
        assert widths == {160}


async def test_a_briefing_added_elsewhere_appears_when_one_comes_back_to_the_window(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts) as person:
        assert "Rails and ties" not in person.screen
        create_briefing(masts.root / "content" / "rails", BriefingInfo(title="Rails and ties"))
        person.app.post_message(AppFocus())
        await person.wait()
        await person.wait()
        assert "Rails and ties" in person.screen


async def test_what_another_process_has_indexed_appears_as_well(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        before = len(person.app.screen.panels.sources)
        other = Library.open(masts.root)
        document = InputBytes(name="late.txt", data=LATE.encode())
        other.add([document], to="masts")
        other.close()
        person.app.refresher.look_again()
        await person.wait()
        await person.wait()
        assert len(person.app.screen.panels.sources) == before + 1
