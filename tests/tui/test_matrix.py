"""The matrix of positions: from a country and a source to the sentence."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from briefing.library import Library
from briefing.model import BriefingInfo
from briefing.tui.briefing.screen import BriefingScreen
from briefing.tui.matrix_screen import CueList, MatrixScreen, StanceGrid
from briefing.tui.reader.screen import ArticleScreen

NARROW = (80, 24)


async def test_m_shows_who_stands_where_by_source(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("M")
        assert "positions by source" in person.lines[1]
        assert "4 countries   6 cues" in person.lines[1]
        britain = person.line_with("GB United Kingdom")
        assert "○restrict" in britain
        assert "○undecided" in britain
        assert "Britain will allow the supplier into a third" in person.screen


async def test_it_begins_with_the_country_that_is_chosen(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        person.app.screen.country = "AU"
        await person.press("M")
        assert person.app.screen.query_one(StanceGrid).chosen.code == "AU"
        assert "Australia banned the supplier in August" in person.screen


async def test_enter_opens_the_only_sentence_and_esc_leads_back_step_by_step(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("M", "n", "enter")
        assert isinstance(person.app.screen, ArticleScreen)
        assert "cue: GB" in person.screen
        await person.press("escape")
        assert isinstance(person.app.screen, MatrixScreen)
        await person.press("escape")
        assert isinstance(person.app.screen, BriefingScreen)


async def test_of_several_sentences_enter_leads_to_their_list(
    make_library, make_chunk, make_article, sit_down
) -> None:
    chunks = (
        make_chunk("c1", "Chile bans the crane.", positions=[("CL", "ban")]),
        make_chunk("c2", "Chile allows the crane.", positions=[("CL", "allow")]),
    )
    library = make_library({"pier": (BriefingInfo(title="Pier"), [make_article(chunks=chunks)])})
    async with sit_down(library, briefing="pier") as person:
        await person.press("M")
        assert "○ban ○allow" in person.line_with("CL Chile")
        await person.press("enter")
        assert isinstance(person.app.screen, MatrixScreen)
        assert person.app.focused is person.app.screen.query_one(CueList)
        await person.press("j", "enter")
        assert "cue: CL allow" in person.screen
        await person.press("escape", "escape")
        assert person.app.focused is person.app.screen.query_one(StanceGrid)


async def test_m_again_shows_years_in_place_of_sources(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("M", "m")
        assert "positions by time" in person.lines[1]
        assert "Nov 2018" in person.screen
        await person.press("m")
        assert "positions by source" in person.lines[1]


async def test_columns_move_sideways_while_the_countries_stay(
    make_library, make_chunk, make_article, sit_down
) -> None:
    article = make_article(
        publisher="Pier News",
        chunks=(make_chunk("c1", "Chile bans the crane.", positions=[("CL", "ban")]),),
    )
    articles = [
        replace(article, id=f"pier-{n}", publisher=f"Paper{n}", chunks=(
            replace(article.chunks[0], text=f"Chile bans crane {n} there."),
        ))
        for n in range(1, 13)
    ]  # fmt: skip
    library = make_library({"pier": (BriefingInfo(title="Pier"), articles)})
    async with sit_down(library, NARROW, briefing="pier") as person:
        await person.press("M")
        assert "CL Chile" in person.screen
        assert "1–6 of 12 sources" in person.screen
        await person.press(*"llllll")
        assert "CL Chile" in person.screen
        assert "2–7 of 12 sources" in person.screen
        grid = person.app.screen.query_one(StanceGrid)
        assert grid.column is not None
        assert f"Chile · {grid.column.name}" in person.screen


async def test_a_click_goes_to_a_cell(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("M")
        grid = person.app.screen.query_one(StanceGrid)
        y, line = next((n, each) for n, each in enumerate(person.lines) if "AU Australia" in each)
        await person.pilot.click(offset=(line.rindex("○ban") + 1, y))
        await person.wait()
        assert (grid.chosen.code, grid.cell.marks[0].stance) == ("AU", "ban")


async def test_without_positions_the_matrix_says_so(
    make_library, make_chunk, make_article, sit_down
) -> None:
    library = make_library(
        {"pier": (BriefingInfo(title="Pier"), [make_article(chunks=(make_chunk("c1", "Fog."),))])}
    )
    async with sit_down(library, briefing="pier") as person:
        await person.press("M", "m", "n", "l", "j", "enter")
        assert "No cue for a stance was found in these articles." in person.screen


@pytest.mark.parametrize("size", [(160, 48), (120, 40), NARROW, (30, 8), (5, 5)])
async def test_the_matrix_can_be_walked_at_every_size(
    masts: Library, sit_down, size: tuple[int, int]
) -> None:
    async with sit_down(masts, size, briefing="masts") as person:
        await person.press("M", "G", "n", "N", "l", "h", "g", "m", "ctrl+d", "tab", "j", "escape")
        await person.pilot.resize_terminal(160, 48)
        await person.wait()
        assert "positions by time" in person.lines[1]
