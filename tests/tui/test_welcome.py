"""The first page: shown over the sample library until it has been read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.library import Library
from briefing.tui.shell.memory import ReadingMemory


@pytest.fixture
def memory(tmp_path: Path) -> ReadingMemory:
    return ReadingMemory(tmp_path, tmp_path / "reading.json")


@pytest.mark.parametrize("size", [(160, 48), (80, 24)])
async def test_the_first_page_is_read_once(
    sit_down, own_home: Path, tmp_path: Path, memory: ReadingMemory, size: tuple[int, int]
) -> None:
    async with sit_down(Library.open(), size, memory=memory) as person:
        assert "reads a pile of articles: who says what, and where each" in person.screen
        assert "adds articles of your own; in the shell: briefing" in person.screen
        await person.press("enter")
        assert "Welcome" not in person.screen
        assert "Countries" in person.screen
    again = ReadingMemory(tmp_path, tmp_path / "reading.json")
    async with sit_down(Library.open(), size, memory=again) as person:
        assert "Welcome" not in person.screen


async def test_it_is_shown_over_any_library_that_has_only_samples(
    masts: Library, sit_down, memory: ReadingMemory
) -> None:
    for info in masts.content.glob("*/briefing.yaml"):
        info.write_text(info.read_text("utf-8") + "sample: true\n", "utf-8")
    async with sit_down(masts, briefing="masts", memory=memory) as person:
        assert "Welcome" in person.screen
        await person.press("escape")
        assert "Masts and allies" in person.screen


@pytest.mark.parametrize(
    ("key", "seen"),
    [("slash", "▌Search"), ("question_mark", "Help · keys"), ("plus", "Add articles"),
     ("p", "╭─ Positions"), ("tab", "╭─ Quotes")],
)  # fmt: skip
async def test_any_other_key_begins_and_does_what_it_does_there(
    sit_down, own_home: Path, memory: ReadingMemory, key: str, seen: str
) -> None:
    async with sit_down(Library.open(), (160, 48), memory=memory, briefing="huawei-5g") as person:
        await person.press(key)
        assert "reads a pile of articles" not in person.screen
        assert seen in person.screen
    assert memory.is_welcomed


async def test_over_a_library_of_one_s_own_it_is_not_shown_but_found(
    masts: Library, sit_down, memory: ReadingMemory
) -> None:
    async with sit_down(masts, memory=memory) as person:
        assert "Welcome" not in person.screen
        await person.press("ctrl+p")
        await person.enter("welcome")
        await person.press("enter")
        assert "to the next panel" in person.screen
        await person.press("escape")
        assert "Ports and cranes" in person.screen
