"""Origins, concordance, changes and gaps as outlines that fold and lead to their passages."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.compare.outlines import OutlineRow
from briefing.library import Library
from briefing.library.reports import InputBytes
from briefing.model import BriefingInfo, Place
from briefing.tui.briefing import reading
from briefing.tui.shell.memory import ReadingMemory
from briefing.tui.tracing_screen import MOST_OPEN, OutlineList

KITE = "“The kite festival will be held on the north beach this year,” said Olga Brandt.\n"


def rows_shown(person) -> list[str]:
    return [each.row.text for each in person.app.screen.query_one(OutlineList).items]


async def test_an_outlet_leads_to_the_articles_that_carry_it_and_their_words(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("O", "g")
        assert "Courier, from an official" in person.line_with("2 articles")
        await person.press("j", "j", "enter")
        assert "Daily Tide" in person.lines[1]
        assert "strict conditions, but no closed doors" in person.screen
        await person.press("escape")
        assert "Origins  Concordance  Changes  Gaps" in person.screen
        await person.press("escape")
        assert "Countries" in person.screen


async def test_a_branch_folds_with_enter_and_arrows(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("O", "g")
        everything = rows_shown(person)
        await person.press("enter")
        assert rows_shown(person) == [everything[0], *everything[5:]]
        assert "▸ Courier" in person.screen
        await person.press("right")
        assert rows_shown(person) == everything
        await person.press("j", "j", "left")
        assert person.app.screen.query_one(OutlineList).chosen.row.text == "Daily Tide"
        await person.press("minus")
        assert all(not row.startswith("“") for row in rows_shown(person))
        assert "▾" not in person.screen
        await person.press("minus")
        assert rows_shown(person) == everything


async def test_only_what_is_of_some_words_is_shown_until_esc(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("O", "slash")
        await person.enter("closed doors")
        await person.press("enter")
        found = rows_shown(person)
        assert found[2] == "“strict conditions, but no closed doors”"
        assert "“Replacing every mast would cost two years,”" not in found
        await person.press("escape")
        assert "“Replacing every mast would cost two years,”" in rows_shown(person)
        assert "Origins" in person.screen


@pytest.fixture
def kites(make_library) -> Library:
    """Return a library in which two outlets print one sentence in two versions."""
    library = make_library({"kites": (BriefingInfo(title="Kites"), [])})
    other = KITE.replace("north beach", "old airfield")
    pages = {"first.txt": f"The Gazette, 1 May 2031\n\n{KITE}",
             "second.txt": f"The Lantern, 2 May 2031\n\n{other}"}  # fmt: skip
    library.add(
        [InputBytes(name=name, data=page.encode()) for name, page in pages.items()], to="kites"
    )
    return library


async def test_versions_stand_below_one_another_with_what_differs(kites: Library, sit_down) -> None:
    async with sit_down(kites, briefing="kites") as person:
        await person.press("C")
        assert "1 utterance in several versions" in person.screen
        assert "[north beach] old airfield this year" in person.screen
        assert "changed · Olga Brandt · " in person.screen
        await person.press("tab", "tab")
        assert "Sources without a date: 2" in person.screen


async def test_what_is_new_since_the_last_look_is_told_once(
    kites: Library, sit_down, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LOOK_AFTER", 0.001)
    memory = ReadingMemory(kites.root, tmp_path / "reading.json")

    async def look(person) -> None:
        await person.pilot.pause(0.01)
        await person.wait()

    async with sit_down(kites, briefing="kites", memory=memory) as person:
        await look(person)
        assert "Since you looked last" not in person.screen
    third = "The Courier, 3 May 2031\n\n“Nobody flies a kite at night,” said Finn Lauritz.\n"
    kites.add([InputBytes(name="third.txt", data=third.encode())], to="kites")
    async with sit_down(kites, briefing="kites", memory=memory) as person:
        await look(person)
        assert "Since you looked last: 1 new article, 1 new quote. D shows it." in person.screen
        await person.press("D")
        assert "“Nobody flies a kite at night,”" in rows_shown(person)
        await person.press("G", "enter")
        assert "The Courier" in person.lines[1]
        await person.press("escape", "escape")
        assert "Since you looked last" not in person.screen
        for key in ("x", "u"):  # What one does oneself is no news.
            await person.press("tab", key, "shift+tab")
            await look(person)
            assert "Since you looked last" not in person.screen
    async with sit_down(kites, briefing="kites", memory=memory) as person:
        await look(person)
        assert "Since you looked last" not in person.screen
        await person.press("D")
        assert "“Nobody flies a kite at night,”" in rows_shown(person)
        await person.press("escape", "tab", "x")
        await look(person)
    monkeypatch.setattr(reading, "LOOK_AFTER", 60)
    async with sit_down(kites, briefing="kites", memory=memory) as person:
        await person.press("tab", "u")  # One leaves before anything is looked for.
    monkeypatch.setattr(reading, "LOOK_AFTER", 0.001)
    async with sit_down(kites, briefing="kites", memory=memory) as person:
        await look(person)
        assert "Since you looked last" not in person.screen


async def test_a_long_outline_is_folded_and_opens_at_its_place(masts: Library, sit_down) -> None:
    rows = [
        OutlineRow(depth=depth, text=f"{branch}", place=Place(f"a{branch}") if depth else None)
        for branch in range(MOST_OPEN)
        for depth in (0, 1)
    ]
    async with sit_down(masts, briefing="masts") as person:
        await person.press("O")
        outline = person.app.screen.query_one(OutlineList)
        outline.show_outline(rows)
        assert len(outline.items) == MOST_OPEN
        outline.show_outline(rows, Place("a7"))
        assert len(outline.items) == MOST_OPEN + 1
        assert outline.chosen.row.place == Place("a7")
