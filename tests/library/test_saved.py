"""Kept searches through the facade: what is kept, and where nothing can be."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import NotFoundError
from briefing.library import Library
from briefing.model import SavedSearch


@pytest.fixture
def library(tmp_path: Path, story: Path) -> Library:
    opened = Library.open(tmp_path / "library", create=True)
    opened.add([story], to="ports")
    return opened


def test_what_is_kept_is_told_in_the_order_it_was_kept(library: Library) -> None:
    assert library.saved_searches("ports") == ()
    library.save_search("ports", "cold", "winter")
    library.save_search("ports", "boats", "ferry")
    assert library.saved_searches("ports") == (
        SavedSearch(name="cold", query="winter"),
        SavedSearch(name="boats", query="ferry"),
    )


def test_what_is_kept_is_told_without_the_articles(library: Library) -> None:
    library.save_search("ports", "cold", "winter")
    for article in (library.content / "ports").glob("*.yaml"):
        if article.name != "briefing.yaml":
            article.write_text("{broken", "utf-8")
    assert [search.name for search in library.saved_searches("ports")] == ["cold"]


def test_a_briefing_that_is_not_there_keeps_nothing(library: Library) -> None:
    with pytest.raises(NotFoundError, match="no briefing 'harbours'"):
        library.saved_searches("harbours")


def test_running_a_search_leaves_the_analysts_file_alone(library: Library, story: Path) -> None:
    library.save_search("ports", "cold", "winter")
    path = library.content / "ports" / "briefing.yaml"
    before = path.read_bytes()
    first = library.run_saved("ports", "cold")
    assert (first.search.last_run, first.new) == (None, ())
    other = story.with_name("other.txt")
    other.write_text("Ice on the canal\n\nThe winter was long, and the ferries froze.\n", "utf-8")
    library.add([other], to="ports")
    second = library.run_saved("ports", "cold")
    assert second.search.last_run is not None
    assert [hit.article for hit in second.new] == ["ice-on-the-canal"]
    assert library.run_saved("ports", "cold").new == ()
    assert path.read_bytes() == before


def test_the_same_label_for_another_query_starts_anew(library: Library) -> None:
    library.save_search("ports", "mine", "winter")
    library.run_saved("ports", "mine")
    library.save_search("ports", "mine", "ferry")
    assert library.run_saved("ports", "mine").search.last_run is None
