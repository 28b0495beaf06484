"""What the app remembers from one run to the next."""

from __future__ import annotations

from pathlib import Path

from briefing.library import Library
from briefing.paths import ReadingState, read_state, state_path, write_state
from briefing.tui.shell.memory import ReadingMemory


async def test_a_briefing_opens_at_the_article_read_last(
    masts: Library, sit_down, tmp_path: Path
) -> None:
    path = tmp_path / "reading.json"
    memory = ReadingMemory(masts.root, path)
    async with sit_down(masts, briefing="masts", memory=memory) as person:
        assert "Harbour Post · 23 January 2020" in person.screen
        await person.press("h", "h", "G")
        assert "Meridian Note · undated" in person.screen
    assert read_state(path).places == {str(masts.root): {"masts": "meridian-note"}}
    again = ReadingMemory(masts.root, path)
    async with sit_down(masts, briefing="masts", memory=again) as person:
        assert "Meridian Note · undated" in person.screen


async def test_leaving_a_briefing_is_enough_to_be_remembered(
    masts: Library, sit_down, tmp_path: Path
) -> None:
    path = tmp_path / "reading.json"
    async with sit_down(masts, briefing="masts", memory=ReadingMemory(masts.root, path)) as person:
        await person.press("h", "h", "j", "escape")
        assert "Ports and cranes" in person.screen
        assert read_state(path).places[str(masts.root)] == {"masts": "daily-tide-2019-03"}


async def test_an_article_that_is_gone_is_no_place_to_return_to(
    masts: Library, sit_down, tmp_path: Path
) -> None:
    memory = ReadingMemory(masts.root, tmp_path / "reading.json")
    memory.note_article("masts", "gone")
    async with sit_down(masts, briefing="masts", memory=memory) as person:
        assert "Harbour Post · 23 January 2020" in person.screen


async def test_a_theme_from_the_palette_is_kept_and_the_config_s_wins(
    masts: Library, sit_down, tmp_path: Path
) -> None:
    path = tmp_path / "reading.json"
    async with sit_down(masts, memory=ReadingMemory(masts.root, path)) as person:
        await person.press("ctrl+p")
        await person.enter("theme: light")
        await person.press("enter")
        assert read_state(path).theme == "briefing-light"
    async with sit_down(masts, memory=ReadingMemory(masts.root, path)) as person:
        assert person.app.theme == "briefing-light"
    memory = ReadingMemory(masts.root, path)
    async with sit_down(masts, memory=memory, theme="contrast-light") as person:
        assert person.app.theme == "briefing-contrast-light"


async def test_without_a_memory_nothing_is_written(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("h", "h", "G", "escape")
    assert not state_path().exists()


def test_what_others_wrote_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "reading.json"
    one = ReadingMemory(Path("/one"), path)
    write_state(ReadingState(theme="nord", places={"/one": {"a": "x"}, "/two": {"b": "y"}}), path)
    one.note_article("c", "z")
    one.save()
    assert read_state(path) == ReadingState(
        theme="nord", places={"/one": {"a": "x", "c": "z"}, "/two": {"b": "y"}}
    )


def test_a_file_that_cannot_be_read_or_written_stops_nobody(tmp_path: Path) -> None:
    path = tmp_path / "reading.json"
    path.write_text("{not json")
    memory = ReadingMemory(Path("/one"), path)
    assert memory.theme is None
    assert memory.article("a") is None
    blocked = ReadingMemory(Path("/one"), path / "below" / "reading.json")
    blocked.note_theme("nord")
    blocked.save()
    assert path.read_text() == "{not json"
