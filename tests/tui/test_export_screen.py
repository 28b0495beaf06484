"""The export dialog: scope, preview, name, and no file overwritten unasked."""

from __future__ import annotations

from pathlib import Path

from briefing.library import Library


async def test_the_preview_is_what_is_written(masts: Library, sit_down, own_home: Path) -> None:
    exported = masts.export("masts").text
    async with sit_down(masts, briefing="masts") as person:
        await person.press("e")
        assert "Export Masts and allies" in person.screen
        assert "# Masts and allies" in person.screen
        assert "masts.md" in person.screen
        await person.press("enter")
        assert "Written: " in person.screen
    written = (own_home / "masts.md").read_text(encoding="utf-8")
    assert written == exported


async def test_a_chosen_country_is_proposed_and_the_scope_can_change(
    masts: Library, sit_down, own_home: Path
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("j", "e")
        assert "masts-gb.md" in person.screen
        await person.press("tab")
        assert person.app.focused.id == "scopes"
        await person.press("j")
        assert "masts-de.md" in person.screen
        assert "Germany" in person.screen
        await person.press("enter")
    assert "Germany" in (own_home / "masts-de.md").read_text(encoding="utf-8")


async def test_a_file_that_is_there_is_overwritten_only_when_asked_twice(
    masts: Library, sit_down, own_home: Path
) -> None:
    memo = own_home / "masts.md"
    memo.write_text("mine", encoding="utf-8")
    async with sit_down(masts, briefing="masts") as person:
        await person.press("e", "enter")
        assert "masts.md exists. Press enter again to overwrite it," in person.screen
        assert memo.read_text(encoding="utf-8") == "mine"
        await person.press("enter")
        assert "Written: " in person.screen
    assert memo.read_text(encoding="utf-8").startswith("---")


async def test_a_folder_that_is_not_there_is_told(masts: Library, sit_down, own_home: Path) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("e")
        person.app.screen.query_one("#file").value = "nowhere/memo.md"
        await person.press("enter")
        assert "nowhere" in person.screen
        assert "Written" not in person.screen
    assert not (own_home / "nowhere").exists()


async def test_an_empty_name_is_asked_for(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("e")
        person.app.screen.query_one("#file").value = "  "
        await person.press("enter")
        assert "Enter a file name." in person.screen


async def test_escape_writes_nothing(masts: Library, sit_down, own_home: Path) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("e", "escape")
        assert "Countries" in person.screen
    assert list(own_home.iterdir()) == []


async def test_the_name_of_the_file_chooses_the_format(
    masts: Library, sit_down, own_home: Path
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("e")
        person.app.screen.query_one("#file").value = "rows.csv"
        await person.wait()
        assert "quote,kind,words," in person.screen
        await person.press("enter")
        assert "Written: " in person.screen
        person.app.screen.query_one("#file").value = "memo.docx"
        await person.wait()
        assert "names no format of exports" in person.screen
    assert (own_home / "rows.csv").read_text("utf-8").startswith("quote,kind,words,")
