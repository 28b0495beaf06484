"""Searches saved in a briefing: saving them, running them again, and what they find new."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from briefing.library import Library
from briefing.library.reports import InputBytes
from briefing.model import BriefingInfo, SavedSearch
from briefing.tui.kit.text_lines import width_of
from briefing.tui.search.answer_bar import Offer
from briefing.tui.search.answering import Fresh, offers_of, why_saved

NARROW = (80, 24)
LATE = InputBytes(name="late.txt", data=b"News\n\nThe laboratory in Oslo reopened.\n")


def written(person) -> str:
    return person.app.screen.query_one("#query").value


def saved(library: Library) -> list[tuple[str, str]]:
    return [(each.name, each.query) for each in library.saved_searches("masts")]


async def test_a_query_is_saved_under_itself_and_offered_where_nothing_is_typed(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts, NARROW, briefing="masts") as person:
        await person.press("slash", *"country:GB quota", "ctrl+s")
        assert "Saved in Masts and allies:" in person.screen
        assert saved(masts) == [("country:GB quota", "country:GB quota")]
        await person.press(*["backspace"] * 16)
        assert person.lines[4].split() == ["country:GB", "quota", "saved", "searches"]
        await person.press("right")
        assert written(person).strip() == "country:GB quota"
        assert person.app.screen.offered == ()


async def test_what_is_saved_already_stays_as_it_is_and_says_so(masts: Library, sit_down) -> None:
    masts.save_search("masts", "labs", "laboratory")
    masts.run_saved("masts", "labs")
    before = masts.saved_searches("masts")
    async with sit_down(masts, NARROW, briefing="masts") as person:
        await person.press("slash", *"laboratory", "ctrl+s")
        assert "Already saved as labs." in person.screen
        await person.press("ctrl+u", *"labs", "ctrl+s")
        assert "Another search is saved under" in person.screen
    assert masts.saved_searches("masts") == before


async def test_nothing_is_saved_without_a_query_or_a_briefing(masts: Library, sit_down) -> None:
    async with sit_down(masts, NARROW, briefing="masts") as person:
        await person.press("slash", "ctrl+s")
        assert "There is no query to save" in person.screen
        await person.press(*"quota", "ctrl+b", "ctrl+s")
        assert "Queries are saved in a" in person.screen
    assert saved(masts) == []


async def test_the_first_run_tells_of_nothing_new_and_the_next_of_what_came_since(
    masts: Library, sit_down
) -> None:
    masts.save_search("masts", "labs", "laboratory")
    async with sit_down(masts, NARROW, briefing="masts") as person:
        await person.press("slash", "right")
        assert "1 passage in 1 article · enter opens" in person.lines[4]
    masts.add([LATE], to="masts")
    async with sit_down(masts, NARROW, briefing="masts") as person:
        await person.press("slash", "right")
        assert "2 passages in 2 articles · 1 new since 20" in person.lines[4]
        assert "•" in person.line_with("The laboratory in Oslo reopened.")
        assert sum("•" in line for line in person.lines[:-2]) == 1
        await person.press("ctrl+t")
        assert "1 new since 20" in person.lines[4]
        await person.press(*"x")
        assert "new since" not in person.screen
        assert "•" not in "".join(person.lines[:-2])
        await person.press("ctrl+u", "right")
        assert "2 passages in 2 articles · nothing new since" in person.lines[4]


async def test_what_a_run_found_new_is_told_again_where_one_comes_back_to_its_query(
    masts: Library, sit_down
) -> None:
    for query in ("laboratory", "supplier"):
        masts.save_search("masts", query, query)
        masts.run_saved("masts", query)
    masts.add([LATE], to="masts")
    async with sit_down(masts, NARROW, briefing="masts") as person:
        await person.press("slash")
        await person.pilot.press("right", "ctrl+u", "ctrl+n", "right")
        await person.wait()
        assert written(person).strip() == "supplier"
        assert "nothing new since" in person.lines[4]
        await person.press("ctrl+u", *"laboratory")
        assert "2 passages in 2 articles · 1 new since" in person.lines[4]


async def test_a_saved_query_that_is_typed_is_not_run(masts: Library, sit_down) -> None:
    masts.save_search("masts", "laboratory", "laboratory")
    async with sit_down(masts, NARROW, briefing="masts") as person:
        await person.press("slash", *"laboratory")
        assert "1 passage in 1 article" in person.screen
    (search,) = masts.saved_searches("masts")
    assert search.last_run is None


async def test_a_saved_query_is_asked_as_it_was_saved_and_not_as_one_still_being_typed(
    masts: Library, sit_down
) -> None:
    masts.save_search("masts", "half", "laborat")
    async with sit_down(masts, NARROW, briefing="masts") as person:
        await person.press("slash", *"laborat")
        assert "1 passage in 1 article" in person.screen
        await person.press("ctrl+u", "right")
        assert "1 passage in 1 article" not in person.screen


async def test_saved_searches_are_chosen_with_key_and_mouse(masts: Library, sit_down) -> None:
    masts.save_search("masts", "labs", "laboratory")
    masts.save_search("masts", "who sells", "supplier")
    async with sit_down(masts, NARROW, briefing="masts") as person:
        await person.press("slash")
        assert person.lines[4].split() == ["labs", "who", "sells", "saved", "searches"]
        await person.press("ctrl+n", "right")
        assert written(person).strip() == "supplier"
        await person.press("ctrl+u")
        x = person.lines[4].index("labs")
        await person.pilot.click(offset=(x, 4))
        await person.wait()
        assert written(person).strip() == "laboratory"


async def test_what_is_saved_is_not_offered_in_a_search_of_all_briefings(
    masts: Library, sit_down
) -> None:
    masts.save_search("masts", "labs", "laboratory")
    async with sit_down(masts, NARROW, briefing="masts") as person:
        await person.press("slash", "ctrl+b")
        assert "labs" not in person.screen
        await person.press("ctrl+b")
        assert person.lines[4].split() == ["labs", "saved", "searches"]


async def test_what_another_process_has_saved_is_offered_too(masts: Library, sit_down) -> None:
    async with sit_down(masts, NARROW, briefing="masts") as person:
        await person.press("slash")
        other = Library.open(masts.root)
        other.save_search("masts", "labs", "laboratory")
        other.close()
        person.app.refresher.look_again()
        await person.wait()
        await person.wait()
        assert person.lines[4].split() == ["labs", "saved", "searches"]


async def test_a_file_that_is_broken_meanwhile_is_told_and_the_search_goes_on(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts, NARROW, briefing="masts") as person:
        await person.press("slash", *"laboratory")
        (masts.content / "masts" / "briefing.yaml").write_text("title: [\n", "utf-8")
        await person.press("ctrl+s")
        assert "briefing.yaml" in person.screen
        assert "1 passage in 1 article" in person.screen


async def test_hostile_labels_are_shown_as_signs_and_never_as_markup(
    make_library, make_article, make_chunk, sit_down
) -> None:
    search = SavedSearch(name="[b]a\x1b\u202e[/b]\nx", query="quay\n\u202ewall")
    article = make_article(publisher="Tide", chunks=(make_chunk("c1", "By the quay wall."),))
    library = make_library({"quay": (BriefingInfo(title="Quay", searches=(search,)), [article])})
    async with sit_down(library, NARROW) as person:
        await person.press("slash")
        assert person.lines[4].split("  ")[1].strip() == "[b]a␛⇠[/b] x"
        await person.press("right")
        assert written(person).strip() == "quay \u202ewall"
        assert "quay ⇠wall" in person.screen


def test_an_offer_is_one_line_and_not_too_wide() -> None:
    long = SavedSearch(name="mast " * 20, query="mast\n tower")
    empty = SavedSearch(name="empty", query=" \n")
    (offer,) = offers_of((long, empty))
    assert offer == Offer("mast tower ", "", offer.words, "mast " * 20)
    assert (width_of(offer.words), offer.words[-1]) == (32, "…")


@pytest.mark.parametrize(
    ("since", "ids", "words"),
    [
        (None, (), ""),
        ("2026-11-20T10:00:00Z", (), "nothing new since 2026-11-20"),
        ("2026-11-20T10:00:00Z", ("a/c1", "a/c2"), "2 new since 2026-11-20"),
        ("2026\x1b", ("a/c1",), "1 new since 2026␛"),
    ],
)
def test_what_is_new_is_told_from_the_second_run_on(
    since: str | None, ids: tuple[str, ...], words: str
) -> None:
    assert Fresh("mast", since, frozenset(ids)).words == words


def test_a_query_is_saved_once_whatever_its_blanks() -> None:
    searches = (SavedSearch(name="masts", query="mast  tower"),)
    assert why_saved(searches, "mast tower") == "Already saved as masts."
    assert why_saved(searches, "masts") == "Another search is saved under this name already."
    assert why_saved(searches, "tower") is None


async def test_a_query_is_not_saved_in_the_sample_and_nothing_else_is_written_there(
    tmp_path: Path, own_home: Path, sit_down
) -> None:
    root = tmp_path / "sample"
    shutil.copytree(Path(__file__).parents[2] / "content", root / "content")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    library = Library.open(root)
    library.refresh()
    async with sit_down(library, briefing="huawei-5g") as person:
        await person.press("slash", *"ban", "ctrl+s")
        assert "the sample library is read-only" in person.screen
        await person.press("escape", "j", "enter")
    after = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert {path: data for path, data in after.items() if "index" not in path.parts} == before
