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
