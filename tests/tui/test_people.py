"""Who speaks: the panel beside the countries, and the screen of all that one says."""

from __future__ import annotations

import pytest

from briefing.library import Library
from briefing.model import BriefingInfo
from briefing.tui.briefing.screen import BriefingScreen
from briefing.tui.people_screen import PeopleScreen
from briefing.tui.reader.screen import ArticleScreen
from tests.tui.conftest import LOWE, MARSH

NARROW = (80, 24)


async def test_p_shows_who_speaks_by_kind_with_counts_and_outlets(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("P")
        assert "Named 2" in person.screen
        assert "Ana Marsh GB" in person.line_with("━")
        assert "Harbour Post " in person.line_with("▌ minister for digital affairs")
        place = person.app.screen.place
        assert (place.article, place.chunk) == ("harbour-post-2020-01-23", "c3")
        await person.press("j")
        assert person.app.screen.place.article == "daily-tide-2019-03"
        await person.press("P")
        assert "Quotes" in person.screen


async def test_people_follow_the_country_those_for_it_before_those_of_it(
    make_library, make_chunk, make_article, sit_down
) -> None:
    chunks = (
        make_chunk(
            "c1",
            "“Poland is slow,” said Ana Marsh.",
            mentions=[("PL", "Poland")],
            quotes=[("direct", "Poland is slow,", MARSH)],
        ),
        make_chunk(
            "c2", "“We take our time,” Peter Lowe said.",
            quotes=[("direct", "We take our time,", LOWE)],
        ),
    )  # fmt: skip
    library = make_library({"pier": (BriefingInfo(title="Pier"), [make_article(chunks=chunks)])})
    async with sit_down(library, briefing="pier") as person:
        screen = person.app.screen
        screen.country = "PL"
        await person.press("P")
        assert "People · Poland" in person.screen
        assert person.screen.index("Own voices 1") < person.screen.index("About Poland 1")
        await person.press("f")
        assert "People · Poland · for their country" in person.screen
        assert [row.person.name for row in screen._board.ledgers["people"].items] == ["Peter Lowe"]
        await person.press("f")
        assert [row.person.name for row in screen._board.ledgers["people"].items] == ["Ana Marsh"]
        assert person.app.screen.place.chunk == "c1"


async def test_v_leaves_one_kind_of_voice_after_the_other(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        people = person.app.screen._board.ledgers["people"]
        await person.press("P")
        everybody = len(people.items)
        await person.press("v")
        assert "People · named" in person.screen
        assert [row.person.name for row in people.items] == ["Ana Marsh", "Peter Lowe"]
        await person.press("v", "v")
        assert [row.person.label for row in people.items] == ["official voices"]
        await person.press("V", "V", "V")
        assert len(people.items) == everybody


async def test_from_a_person_to_the_words_in_their_article_and_back_step_by_step(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("P", "j", "enter")
        assert isinstance(person.app.screen, PeopleScreen)
        assert "Peter Lowe · PL" in person.screen
        assert "“The decision is ours to take and nobody else's,”" in person.screen
        await person.press("enter")
        assert isinstance(person.app.screen, ArticleScreen)
        assert "direct quote · Peter Lowe" in person.screen
        await person.press("escape")
        assert isinstance(person.app.screen, PeopleScreen)
        await person.press("escape")
        assert isinstance(person.app.screen, BriefingScreen)
        assert "People" in person.screen


async def test_a_person_has_the_positions_of_the_sentences_with_their_words(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("P")
        board = person.app.screen._board.ledgers["people"]
        at = next(n for n, row in enumerate(board.items) if row.person.voice == "document")
        board.cursor = at
        await person.press("enter")
        assert "Positions 1" in person.screen
        assert "○ allow" in person.line_with("2018-11 ")
        await person.press("j", "enter")
        assert "cue: DE allow" in person.screen


async def test_on_a_narrow_screen_one_list_shows_and_esc_goes_a_step(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts, NARROW, briefing="masts") as person:
        await person.press("P")
        assert "Ana Marsh GB" in person.screen
        await person.press("enter", "tab")
        assert "Ana Marsh GB" in person.screen
        assert "“We can manage" not in person.screen
        await person.press("enter")
        assert "“We can manage" in person.screen
        await person.press("escape")
        assert "Peter Lowe PL" in person.screen
        await person.press("escape")
        assert isinstance(person.app.screen, BriefingScreen)


@pytest.mark.parametrize("size", [(160, 48), (120, 40), NARROW, (5, 5)])
async def test_people_can_be_shown_at_every_size(
    masts: Library, sit_down, size: tuple[int, int]
) -> None:
    async with sit_down(masts, size, briefing="masts") as person:
        await person.press("P", "v", "f", "f", "V", "enter", "tab", "j", "enter", "escape")
        assert len(person.lines) == size[1]
