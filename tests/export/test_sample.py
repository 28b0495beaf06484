from __future__ import annotations

from pathlib import Path

import pytest

from briefing.compare.build import build_panels
from briefing.content import check_briefing, read_briefing
from briefing.export.markdown import to_markdown

SAMPLE = Path(__file__).parents[2] / "content" / "huawei-5g"
MARK = "Written for the briefing sample library from public facts."


def test_the_sample_library_has_nothing_to_complain_of() -> None:
    assert check_briefing(SAMPLE) == ()


def test_every_sample_article_says_that_it_was_written_for_this_project() -> None:
    articles = read_briefing(SAMPLE).articles
    assert len(articles) == 6
    for article in articles:
        notes = [chunk.text for chunk in article.chunks if chunk.role == "editor-note"]
        assert any(MARK in note for note in notes), article.id


def test_every_pinned_quote_of_the_sample_is_shown_first() -> None:
    briefing = read_briefing(SAMPLE)
    pinned = [row.quote.exact for row in build_panels(briefing).quotes if row.pinned]
    assert sorted(pinned) == sorted(pin.exact for pin in briefing.info.pinned)


@pytest.mark.parametrize("country", [None, "GB", "FR"])
def test_the_sample_exports_with_every_quote_in_its_text(country: str | None) -> None:
    briefing = read_briefing(SAMPLE)
    made = to_markdown(briefing, build_panels(briefing), country=country, generated="2026-01-02")
    assert "checked against the stored text" in made
    assert briefing.orphans == ()
