"""What the app remembers from one run to the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.library import Library
from briefing.model import BriefingInfo, Place
from briefing.paths import ReadingPlace, ReadingState, read_state, state_path, write_state
from briefing.tui.reader.reader import Reader
from briefing.tui.shell.memory import ReadingMemory


def place_in(path: Path, masts: Library) -> Place:
    return read_state(path).spots[str(masts.root)]["masts"].place


async def test_a_briefing_opens_as_it_was_left(masts: Library, sit_down, tmp_path: Path) -> None:
    path = tmp_path / "reading.json"
    memory = ReadingMemory(masts.root, path)
    async with sit_down(masts, briefing="masts", memory=memory) as person:
        assert "Harbour Post · 23 January 2020" in person.screen
        await person.press("j", "j", "h", "h", "g", "p", "j")
        shown = person.line_with("╭─ Daily Tide")
    spot = read_state(path).spots[str(masts.root)]["masts"]
    assert (spot.country, spot.panel, spot.middle) == ("DE", "positions", "positions")
    again = ReadingMemory(masts.root, path)
    async with sit_down(masts, briefing="masts", memory=again) as person:
        assert "Positions · Germany" in person.screen
        assert person.line_with("╭─ Daily Tide") == shown
        assert person.app.focused.id == "positions"


async def test_how_far_one_has_scrolled_is_shared_by_panel_page_and_runs(
    make_library, make_article, make_chunk, sit_down, tmp_path: Path
) -> None:
    chunks = [make_chunk(f"c{n}", f"Paragraph {n} " + "goes on " * 40) for n in range(60)]
    library = make_library({"long": (BriefingInfo(title="Long"), [make_article(chunks=chunks)])})
    path = tmp_path / "reading.json"
    memory = ReadingMemory(library.root, path)
    async with sit_down(library, briefing="long", memory=memory) as person:
        await person.press("h", *["ctrl+d"] * 4)
        top = person.app.screen.query_one(Reader).top
        assert top is not None
        number = int(top[0].removeprefix("c"))
        assert f"¶{number + 1} of 60 · " in person.screen
        await person.press("z")
        assert person.app.screen.query_one(Reader).top == top
        await person.press("ctrl+d", "ctrl+d")
        further = person.app.screen.query_one(Reader).top
        await person.press("escape")
        assert person.app.screen.query_one(Reader).top == further != top
        await person.press("slash", "escape", "z", "ctrl+d")
        last = person.app.screen.query_one(Reader).top
    async with sit_down(
        library, briefing="long", memory=ReadingMemory(library.root, path)
    ) as person:
        assert person.app.screen.query_one(Reader).top == last
        assert person.app.focused.id == "reader"


async def test_leaving_a_briefing_is_enough_to_be_remembered(
    masts: Library, sit_down, tmp_path: Path
) -> None:
    path = tmp_path / "reading.json"
    async with sit_down(masts, briefing="masts", memory=ReadingMemory(masts.root, path)) as person:
        await person.press("h", "h", "j", "escape")
        assert "Ports and cranes" in person.screen
        assert place_in(path, masts) == Place("daily-tide-2019-03")


async def test_an_article_that_is_gone_is_no_place_to_return_to(
    masts: Library, sit_down, tmp_path: Path
) -> None:
    memory = ReadingMemory(masts.root, tmp_path / "reading.json")
    memory.note_spot(
        "masts", ReadingPlace(place=Place("gone"), country="ZZ", panel="nowhere", middle="x")
    )
    async with sit_down(masts, briefing="masts", memory=memory) as person:
        assert "Harbour Post · 23 January 2020" in person.screen


async def test_a_block_that_is_gone_leaves_the_article_to_return_to(
    masts: Library, sit_down, tmp_path: Path
) -> None:
    memory = ReadingMemory(masts.root, tmp_path / "reading.json")
    place = Place("signal-letter-2018-11", "c99", 3, 9, "q-gone")
    memory.note_spot("masts", ReadingPlace(place=place, top=("c99", 4)))
    async with sit_down(masts, briefing="masts", memory=memory) as person:
        assert "Signal Letter · November 2018" in person.screen
        assert person.app.crash is None


async def test_articles_are_marked_until_they_were_read_or_after_their_text_changed(
    masts: Library, sit_down, tmp_path: Path
) -> None:
    path = tmp_path / "reading.json"
    async with sit_down(masts, briefing="masts", memory=ReadingMemory(masts.root, path)) as person:
        assert " 2•Daily Tide" in person.screen
        assert " 1 Harbour Post" in person.screen
        assert "4 articles · 3 unread" in person.screen
        await person.press("h", "h", "j")
        assert " 2 Daily Tide" in person.screen
        assert "4 articles · 2 unread" in person.screen
    memory = ReadingMemory(masts.root, path)
    memory.note_read("masts", "daily-tide-2019-03", "another text")
    async with sit_down(masts, briefing="masts", memory=memory) as person:
        await person.press("k")
        assert " 3•Signal Letter" in person.screen
    assert not memory.has_read("masts", "signal-letter-2018-11", "")


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
    x, y = ReadingPlace(place=Place("x")), ReadingPlace(place=Place("z", "c1"), top=("c1", 7))
    write_state(ReadingState(theme="nord", spots={"/one": {"a": x}, "/two": {"b": x}}), path)
    one.note_spot("c", y)
    one.note_read("c", "z", "1f")
    one.save()
    assert read_state(path) == ReadingState(
        theme="nord",
        spots={"/one": {"a": x, "c": y}, "/two": {"b": x}},
        read={"/one": {"c": {"z": "1f"}}},
    )


def test_two_who_read_one_briefing_at_once_keep_each_other_s_marks(tmp_path: Path) -> None:
    path = tmp_path / "reading.json"
    before = ReadingMemory(Path("/one"), path)
    before.note_read("a", "x", "old")
    before.save()
    one, other = ReadingMemory(Path("/one"), path), ReadingMemory(Path("/one"), path)
    one.note_read("a", "x", "new")
    one.note_read("a", "y", "1f")
    one.save()
    other.note_read("a", "z", "2e")
    other.note_read("b", "z", "3d")
    other.save()
    read = {"a": {"x": "new", "y": "1f", "z": "2e"}, "b": {"z": "3d"}}
    assert read_state(path).read == {"/one": read}


@pytest.mark.parametrize(
    "spot",
    [
        ReadingPlace(place=Place("harbour-post-2020-01-23", "c2", -9, 10**18), top=("c3", -4)),
        ReadingPlace(
            place=Place("harbour-post-2020-01-23", "c2", 9, 3, "q\x1b[2J"), top=("c3", 10**18)
        ),
        ReadingPlace(
            place=Place("harbour-post-2020-01-23", "c9", 1, 2), top=("c9", 1), country="../N"
        ),
        ReadingPlace(place=Place("../../x\x1b[2J", "", 0, 0), panel="\x1b[2J", middle="[b]x"),
        ReadingPlace(place=Place("harbour-post-2020-01-23"), panel="reader", middle="countries"),
        ReadingPlace(
            place=Place("meridian-note"), panel="sources", middle="people", is_reading=True
        ),
    ],
)
async def test_a_place_that_cannot_be_is_no_place_to_return_to(
    masts: Library, sit_down, tmp_path: Path, spot: ReadingPlace
) -> None:
    path = tmp_path / "reading.json"
    write_state(ReadingState(theme="x\x1b", spots={str(masts.root): {"masts": spot}}), path)
    memory = ReadingMemory(masts.root, path)
    async with sit_down(masts, (80, 24), briefing="masts", memory=memory) as person:
        await person.press("j", "k", "tab", "shift+tab", "z", "escape", "escape")
        assert "Masts and allies" in person.screen
        assert "\x1b" not in person.screen


def test_a_file_that_cannot_be_read_or_written_stops_nobody(tmp_path: Path) -> None:
    path = tmp_path / "reading.json"
    path.write_text("{not json")
    memory = ReadingMemory(Path("/one"), path)
    assert memory.theme is None
    assert memory.spot("a") is None
    blocked = ReadingMemory(Path("/one"), path / "below" / "reading.json")
    blocked.note_theme("nord")
    blocked.save()
    assert path.read_text() == "{not json"
