"""The export dialog: scope, preview, name, and no file overwritten unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.export.formats import NAMES
from briefing.export.material import ExportRequest
from briefing.library import Library
from briefing.library.reports import Exported
from briefing.tui.dialogs.export_options import BROKEN, FORMAT, OPTIONS, Option


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


CHOICES = [each for each in OPTIONS if each.field not in {FORMAT, BROKEN}]


@pytest.mark.parametrize("country", [None, "PL"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("option", CHOICES, ids=[each.field for each in CHOICES])
def test_a_choice_matters_where_the_dialog_says_so(
    masts: Library, option: Option, name: str, country: str | None
) -> None:
    texts = set()
    for value, _ in option.values:
        request = ExportRequest(country=country, **{option.field: value})
        texts.add(masts.export("masts", request, format_name=name).text)
    # All that these four articles have is short, and Poland has no paraphrase.
    same_here = option.field == "full" or (option.field == "with_paraphrases" and country)
    if not option.matters(name, country):
        assert len(texts) == 1
    elif not same_here:
        assert len(texts) > 1


async def test_every_choice_changes_the_preview_and_the_file(
    masts: Library, sit_down, own_home: Path
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("e", "tab", "tab", "space", "space")
        assert person.app.screen.query_one("#file").value == "masts.json"
        assert "Citations    not in JSON" in person.screen
        assert '"quotes": [' in person.screen
        await person.press("right")
        assert person.app.screen.query_one("#file").value == "masts.csv"
        assert person.screen.count("quote,kind,words,") == 1
        await person.press("j", "j", "j", "space")
        assert "country,name,stance,object," in person.screen
        await person.press("left", "enter")
        assert f"Written: {own_home / 'masts.csv'}" in person.screen
    rows = masts.export("masts", ExportRequest(rows="quotes"), format_name="csv").text
    assert (own_home / "masts.csv").read_bytes().decode() == rows


async def test_statements_are_chosen_one_by_one_and_the_preview_follows(
    masts: Library, sit_down, own_home: Path
) -> None:
    rows = masts.panels("masts").quotes
    keys = [(row.article, row.quote.id) for row in rows]
    async with sit_down(masts, briefing="masts") as person:
        await person.press("e", "tab", "tab", *"jjjj", "space", "space", "tab")
        assert f"✓ exported · {len(keys)} of {len(keys)} statements" in person.screen
        assert person.app.screen.text == masts.export("masts").text
        await person.press("j", "space")
        assert f"{len(keys) - 1} of {len(keys)} statements" in person.screen
        assert "✓ ▌ " in person.line_with(rows[0].quote.exact[:20])
        chosen = ExportRequest(select=(keys[0], *keys[2:]))
        assert person.app.screen.text == masts.export("masts", chosen).text
        await person.press("shift+tab", "shift+tab", *"jjjj")  # to Poland, of one quote
        await person.press("tab", "tab", "space")
        assert "0 of 1 statement" in person.screen
        assert "No statement is chosen" in person.screen
        await person.press("enter")
        assert list(own_home.iterdir()) == []
        await person.press("space")
        await person.press("enter")
    poland = masts.export("masts", ExportRequest(country="PL")).text
    assert (own_home / "masts-pl.md").read_text("utf-8") == poland


async def test_a_date_leaves_out_what_is_older(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("e", "shift+tab")
        await person.enter("2020")
        assert "Signal Letter" not in person.app.screen.text
        assert "Harbour Post" in person.app.screen.text
        await person.enter("x")
        assert "'2020x' is not a date" in person.screen


async def test_escape_keeps_the_file_that_is_there_and_then_closes(
    masts: Library, sit_down, own_home: Path
) -> None:
    memo = own_home / "masts.md"
    memo.write_text("mine", encoding="utf-8")
    async with sit_down(masts, briefing="masts") as person:
        await person.press("e", "enter", "escape")
        assert "Press enter to write the file." in person.screen
        await person.press("escape")
        assert "Export Masts" not in person.screen
    assert memo.read_text(encoding="utf-8") == "mine"


async def test_of_many_requests_only_the_first_and_the_newest_are_rendered(
    masts: Library, sit_down, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[bool] = []
    export = Library.export

    def counted(self: Library, name: str, request: ExportRequest, **more: object) -> Exported:
        rendered.append(request.pinned)
        return export(self, name, request, **more)

    async with sit_down(masts, briefing="masts") as person:
        await person.press("e", "tab", "tab", "j", "j", "j", "j")
        monkeypatch.setattr(Library, "export", counted)
        # Keys that come at once, before any message of a worker.
        for _ in range(10):
            person.app.screen.query_one("#options").action_turn(1)
        await person.wait()
    assert rendered[-1] is True
    assert len(rendered) <= 3
