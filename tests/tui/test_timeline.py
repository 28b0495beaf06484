"""The timeline: what is told of which date, in the place of the quotes."""

from __future__ import annotations

import pytest

from briefing.library import Library
from briefing.model import BriefingInfo
from briefing.wording import date_in_year

NARROW = (80, 24)


@pytest.fixture
def dated(make_library, make_chunk, make_article) -> Library:
    """Return a library of one article that tells of three dates in two years."""
    chunks = (
        make_chunk(
            "c1",
            "Norway opened the pier in March 2019.",
            mentions=[("NO", "Norway")],
            dates=[("March 2019", "2019-03", "month", "stated")],
        ),
        make_chunk(
            "c2",
            "In June 2020 Chile closed it again.",
            mentions=[("CL", "Chile")],
            dates=[("June 2020", "2020-06", "month", "stated")],
        ),
        make_chunk(
            "c3",
            "The crane fell on 9 June 2020.",
            dates=[("9 June 2020", "2020-06-09", "day", "inferred")],
        ),
    )
    article = make_article(publisher="Pier News", chunks=chunks)
    return make_library({"pier": (BriefingInfo(title="Pier"), [article])})


async def test_t_shows_the_dates_by_year_with_sentence_and_source(dated: Library, sit_down) -> None:
    async with sit_down(dated) as person:
        await person.press("t")
        assert "Timeline" in person.screen
        assert "2019 ───" in person.screen
        assert "Norway opened the pier in March 2019." in person.line_with("  Mar  ")
        assert "2020 ───" in person.screen
        assert "In June 2020 Chile closed it again." in person.line_with("  Jun  ")
        assert "The crane fell on 9 June 2020." in person.line_with("  9 Jun ~  ")
        assert "Pier News ¶2" in person.screen
        assert "1 of 3" in person.screen
        await person.press("t")
        assert "Quotes" in person.screen


async def test_an_entry_moves_the_reader_to_its_sentence(dated: Library, sit_down) -> None:
    async with sit_down(dated) as person:
        await person.press("t", "j", "j")
        place = person.app.screen.place
        assert (place.chunk, place.start, place.end) == ("c3", 0, 30)
        assert "¶3 of 3" in person.screen
        await person.press("enter")
        assert person.app.focused.id == "reader"


async def test_the_timeline_follows_the_country(dated: Library, sit_down) -> None:
    async with sit_down(dated) as person:
        await person.press("t", "h", "j")
        assert "Timeline · Chile" in person.screen
        assert "1 of 1" in person.screen
        await person.press("l", "escape", "escape")
        assert "Quotes" in person.screen


async def test_a_publication_is_an_entry_that_leads_to_the_top(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("t", "G")
        assert "Ministers settle on a quota for the network" in person.line_with("  23 Jan  ")
        assert "Harbour Post · published" in person.screen
        assert person.app.screen.place == ("harbour-post-2020-01-23", None, 0, 0, None)


async def test_a_timeline_without_dates_says_so(
    make_library, make_chunk, make_article, sit_down
) -> None:
    article = make_article(chunks=(make_chunk("c1", "Nobody knows when."),))
    library = make_library({"never": (BriefingInfo(title="Never"), [article])})
    async with sit_down(library) as person:
        await person.press("t")
        assert "No sentence of these articles has a date" in person.screen


async def test_on_a_narrow_screen_the_timeline_is_a_tab(dated: Library, sit_down) -> None:
    async with sit_down(dated, NARROW) as person:
        await person.press("tab", "tab", "tab", "tab", "tab")
        assert "2019 ───" in person.screen
        assert "Pier News ¶1" in person.screen


@pytest.mark.parametrize(
    ("value", "inferred", "words"),
    [
        ("2020-01-23", False, "23 Jan"),
        ("2020-01-23", True, "23 Jan ~"),
        ("2020-01", False, "Jan"),
        ("2020", False, "2020"),
        ("2020-01-13/2020-01-19", True, "13–19 Jan ~"),
        ("2020-01-27/2020-02-02", False, "27 Jan–2 Feb"),
        ("2019-11/2020-02", False, "Nov–Feb 2020"),
        ("2019-12-30/2020-01-05", False, "30 Dec–5 Jan 2020"),
        ("2018/2020", False, "2018–2020"),
        ("soon", False, "soon"),
        ("2020-01-no/2020-01-19", False, "2020-01-no–2020-01-19"),
    ],
)
def test_a_date_is_short_under_its_year(value: str, inferred: bool, words: str) -> None:
    assert date_in_year(value, inferred=inferred) == words
