"""The library list: what a person sees and what the keys do."""

from __future__ import annotations

from pathlib import Path

from textual.events import AppFocus

from briefing.content.folders import create_briefing
from briefing.library import Library
from briefing.library.reports import InputBytes
from briefing.model import BriefingInfo
from briefing.search.results import CatalogRow
from briefing.tui.shell.memory import ReadingMemory
from tests.tui.conftest import lines

LATE = """Ministers put off the mast decision

The government in Oslo put off its decision on masts until autumn, two officials said on Monday.
"""


async def test_each_briefing_has_a_line_with_its_counts(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        line = person.line_with("Masts and allies")
        assert "who lets the foreign supplier build the network?" in line
        assert line.split()[-7:-1] == ["network?", "4", "6", "6", "2026-01-02", "2020-01-23"]
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


async def test_a_library_in_which_nothing_changed_is_listed_below_what_was_opened(
    masts: Library, app_class, settle
) -> None:
    masts.refresh(searchable=True)
    app = app_class(masts, briefing="masts")
    async with app.run_test(size=(160, 48), notifications=False) as pilot:
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert "Masts and allies" in "\n".join(lines(app))


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
        assert "10,000 of 10,000" in person.screen
        assert "in orbit 9997" in person.screen
        widths = {strip.cell_length for strip in screen._compositor.render_strips()}
        assert widths == {160}
        await person.press("g")
        assert "a␛[31m⇠red 1003 " in person.screen


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


def shown(person) -> list[str]:
    return [row.name for row in person.app.screen._catalog.items]


async def test_s_sorts_by_what_comes_next(make_library, sit_down) -> None:
    rows = (
        CatalogRow(name="a", title="Zebra crossings", articles=3, activity="2026-03-01T00:00:00Z"),
        CatalogRow(name="b", title="ports", articles=9),
        CatalogRow(name="c", title="Masts", articles=5, activity="2026-05-01T00:00:00Z"),
    )
    async with sit_down(make_library({})) as person:
        person.app.screen.rows = rows
        await person.wait()
        assert "by title" in person.screen
        assert shown(person) == ["c", "b", "a"]
        await person.press("j", "s")
        assert "by last change" in person.screen
        assert shown(person) == ["c", "a", "b"]
        assert person.app.screen._catalog.chosen.name == "b"
        await person.press("s")
        assert shown(person) == ["b", "c", "a"]
        await person.press("s", "s")
        assert "by title" in person.screen


async def test_what_came_since_a_briefing_was_open_is_marked_until_it_is_opened(
    masts: Library, sit_down, tmp_path: Path
) -> None:
    memory = ReadingMemory(masts.root, tmp_path / "reading.json")
    memory.note_opened("masts", 1)
    async with sit_down(masts, memory=memory) as person:
        assert " +3 " in person.line_with("Masts and allies")
        assert "•" not in person.line_with("Ports and cranes")
        await person.press("enter", "escape")
        assert "+3" not in person.line_with("Masts and allies")
    memory = ReadingMemory(masts.root, tmp_path / "reading.json")
    assert memory.opened("masts") == 4


async def test_a_briefing_whose_articles_changed_is_marked_until_it_is_opened(
    masts: Library, sit_down, tmp_path: Path
) -> None:
    path = tmp_path / "reading.json"
    async with sit_down(masts, memory=ReadingMemory(masts.root, path)) as person:
        assert "•" in person.line_with("Masts and allies")
        await person.press("enter", "a", "escape", "escape")
        assert "changed" not in person.line_with("Masts and allies")
    masts.editing.set_article("masts", "harbour-post-2020-01-23", {"publisher": "Harbour Gazette"})
    masts.refresh()
    async with sit_down(masts, memory=ReadingMemory(masts.root, path)) as person:
        assert " changed " in person.line_with("Masts and allies")
        await person.press("enter", "escape")
        assert "changed" not in person.line_with("Masts and allies")
        # What one changes here oneself is no news.
        await person.press("enter", "tab", "x", "escape", "escape", "escape")
        assert "Briefings · by title" in person.screen
        assert "changed" not in person.line_with("Masts and allies")
        await person.press("enter", "j")
        for key in ("x", "escape", "escape", "escape"):  # Left before the change is stored.
            person.app.simulate_key(key)
        await person.wait()
        await person.wait()
        assert "changed" not in person.line_with("Masts and allies")
    assert len(masts.briefing("masts").edits) == 3


async def test_a_briefing_never_opened_has_a_sign_and_comes_behind_what_is_new(
    make_library, sit_down, tmp_path: Path
) -> None:
    library = make_library({})
    memory = ReadingMemory(library.root, tmp_path / "reading.json")
    for name, articles in {"a": 4, "c": 2, "d": 4}.items():
        memory.note_opened(name, articles, "1/one.yaml/4/5")
    rows = tuple(
        CatalogRow(name=name, title=name, articles=4, stamp=f"2/one.yaml/{size}/5")
        for name, size in zip("abcd", (4, 4, 4, 6), strict=True)
    )
    async with sit_down(library, memory=memory) as person:
        person.app.screen.rows = rows
        await person.press("s", "s", "s")
        assert shown(person) == ["c", "b", "d", "a"]
        assert [line.split()[2] for line in person.lines[5:9]] == ["+2", "•", "changed", "4"]


async def test_tags_stand_behind_the_title_and_are_found(make_library, sit_down) -> None:
    row = CatalogRow(name="a", title="Masts", tags=("telecoms", "x" * 80, "5g"), articles=1)
    async with sit_down(make_library({})) as person:
        person.app.screen.rows = (row, CatalogRow(name="b", title="Ports"))
        await person.press("f")
        await person.enter("telecoms")
        assert "Masts  #telecoms #5g " in person.line_with("Masts")
        assert shown(person) == ["a"]
