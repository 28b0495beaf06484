"""The comparison: two countries or two sources side by side."""

from __future__ import annotations

import shutil

import pytest
from msgspec.structs import replace

from briefing.compare.panels import CountryRow, Panels, QuoteRow, SourceRow
from briefing.compare.side_by_side import (
    filled,
    first_pair,
    kept_pair,
    next_side,
    quote_groups,
    sides,
)
from briefing.library import Library
from briefing.model import Quote

NARROW = (80, 24)


def quote(article: str, words: str, *countries: str, also: tuple = ()) -> QuoteRow:
    spoken = Quote(id="q1", kind="direct", start=0, end=len(words), exact=words, rule="said-after")
    return QuoteRow(
        article=article,
        chunk="c1",
        source=article,
        quote=spoken,
        by=countries[0],
        about=countries[1:],
        also=also,
    )


@pytest.fixture
def panels() -> Panels:
    """Return panels of three countries and three sources, two of which tell the same words."""
    return Panels(
        name="quay",
        title="Quay",
        countries=tuple(CountryRow(code=code, name=code.lower()) for code in ("GB", "DE", "US")),
        sources=tuple(
            SourceRow(number=number, article=name, label=name.title())
            for number, name in enumerate(("ark", "bay", "cog"), 1)
        ),
        quotes=(
            quote("ark", "We pay.", "GB", also=(("bay", "c1", "q1"),)),
            quote("bay", "We pay!", "DE", also=(("ark", "c1", "q1"),)),
            quote("cog", "They pay.", "GB", "US"),
        ),
    )


def test_the_columns_begin_with_the_chosen_one_and_the_next(panels: Panels) -> None:
    countries = sides(panels, "country")
    assert first_pair(countries, "DE") == ("DE", "US")
    assert first_pair(countries, "US") == ("US", "GB")
    assert first_pair(countries, None) == ("GB", "DE")
    assert first_pair(countries[:1], None) == ("GB", None)
    assert first_pair((), None) == (None, None)


def test_a_side_that_is_gone_gives_way_to_the_one_after_the_other(panels: Panels) -> None:
    countries = sides(panels, "country")
    assert kept_pair(countries, ("US", "GB")) == ("US", "GB")
    assert kept_pair(countries, ("FR", "GB")) == ("DE", "GB")
    assert kept_pair(countries, ("DE", "FR")) == ("DE", "US")
    assert kept_pair(countries, ("FR", "IT")) == ("GB", "DE")
    assert kept_pair((), ("FR", "IT")) == (None, None)


def test_changing_a_side_goes_round_and_passes_over_the_other(panels: Panels) -> None:
    countries = sides(panels, "country")
    assert next_side(countries, "GB", "DE", 1) == "US"
    assert next_side(countries, "US", "DE", 1) == "GB"
    assert next_side(countries, "GB", "DE", -1) == "US"
    assert next_side(countries[:2], "GB", "DE", 1) == "GB"
    assert next_side((), None, None, 1) is None


@pytest.mark.parametrize(
    ("basis", "key", "other", "marked"),
    [
        ("source", "ark", "bay", [True]),
        ("source", "ark", "cog", [False]),
        ("country", "GB", "DE", [True, False]),
        ("country", "GB", "US", [False, True]),
        ("country", "GB", None, [False, False]),
    ],
)
def test_a_statement_is_shared_by_its_words_or_by_both_countries(
    panels: Panels, basis, key: str, other: str | None, marked: list[bool]
) -> None:
    told = [each for part in quote_groups(panels, basis, key, other) for each in part.quotes]
    assert [each.shared for each in told] == marked


@pytest.mark.parametrize(
    ("key", "headings"),
    [
        ("US", [("Own voices", 0), ("About us", 1)]),
        ("DE", [("Own voices", 1)]),
        ("FR", [("Quotes", 0)]),
    ],
)
def test_own_voices_of_a_country_stand_apart_from_what_is_said_about_it(
    panels: Panels, key: str, headings: list[tuple[str, int]]
) -> None:
    told = filled(quote_groups(panels, "country", key, None))
    assert [(part.heading, len(part.quotes)) for part in told] == headings


async def test_c_sets_the_chosen_country_against_the_next(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("j", "c")
        assert "Masts and allies · compare countries" in person.lines[1]
        names = person.line_with("[ GB United Kingdom ] 1 of 6")
        assert "[ DE Germany ] 2 of 6" in names
        assert "○ restrict" in person.line_with("2020-01-23")
        assert "Ana Marsh minister for digital affairs" in person.screen
        assert "a draft of the law" in person.screen


async def test_brackets_change_the_column_that_has_the_focus(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("j", "c", "right_square_bracket")
        assert person.app.screen.pair == ("US", "DE")
        await person.press("left_square_bracket", "tab", "right_square_bracket")
        assert person.app.screen.pair == ("GB", "US")
        assert "○ pressure" in person.screen


async def test_m_compares_sources_and_marks_what_both_tell(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        screen = person.app.screen
        rows = screen.panels.quotes
        here, there = rows[0], next(row for row in rows if row.article.startswith("daily"))
        twins = {
            here: replace(here, also=((there.article, there.chunk, there.quote.id),)),
            there: replace(there, also=((here.article, here.chunk, here.quote.id),)),
        }
        quotes = tuple(twins.get(row, row) for row in rows)
        screen.panels = replace(screen.panels, quotes=quotes)
        await person.press("c", "m")
        names = person.line_with("[ 1 Harbour Post ] 1 of 4")
        assert "[ 2 Daily Tide ] 2 of 4" in names
        assert "= 1 statement in both" in person.lines[1]
        assert "= ▌ “We can manage the risk" in person.screen
        assert "= ▌ “strict conditions" in person.screen
        assert "United Kingdom" in person.line_with("○ restrict")
        await person.press("m")
        assert "compare countries" in person.lines[1]


async def test_enter_reads_the_quote_and_escape_comes_back(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("j", "c", "G", "enter")
        assert "Daily Tide" in person.lines[1]
        assert "partial quote · one of them" in person.screen
        await person.press("escape")
        assert "compare countries" in person.lines[1]
        await person.press("y")
        assert person.app.clipboard.startswith("“strict conditions, but no closed doors”")
        await person.press("escape")
        assert "Sources" in person.screen


async def test_a_side_without_anything_says_so(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("G", "c")
        assert "New Zealand has neither a cue for a stance nor a quote." in person.screen
        await person.press("y")
        assert "No quote is selected here." in person.screen


async def test_an_empty_briefing_has_nothing_to_compare(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="ports") as person:
        await person.press("c", "right_square_bracket", "tab", "enter")
        assert "There is no other country here. Press m to compare sources." in person.screen
        await person.press("m")
        assert "There is no other source here. Press m to compare countries." in person.screen


async def test_a_narrow_screen_shows_one_column_at_a_time(masts: Library, sit_down) -> None:
    async with sit_down(masts, NARROW, briefing="masts") as person:
        await person.press("j", "c")
        assert "United Kingdom  Germany" in person.lines[1]
        assert "Ana Marsh" in person.screen
        await person.press("tab")
        assert "Ana Marsh" not in person.screen
        assert "a draft of the law" in person.screen
        await person.pilot.click("#tabs", offset=(4, 0))
        await person.wait()
        assert "Ana Marsh" in person.screen


async def test_a_click_on_the_chooser_changes_it(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("j", "c")
        await person.pilot.click("#right", offset=(20, 0))
        await person.wait()
        assert person.app.screen.pair == ("GB", "US")
        await person.pilot.click("#right", offset=(2, 0))
        await person.wait()
        assert person.app.screen.pair == ("GB", "DE")


async def test_an_article_that_goes_leaves_the_comparison_with_the_rest(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("j", "c", "G")
        screen = person.app.screen
        assert "Ana Marsh" in person.screen
        chosen = person.app.focused.chosen.row.quote.exact
        assert chosen == "strict conditions, but no closed doors"
        (masts.content / "masts" / "harbour-post-2020-01-23.yaml").unlink()
        person.app.refresher.start()
        await person.wait()
        await person.wait()
        assert screen.pair == ("GB", "DE")
        assert "Ana Marsh" not in person.screen
        assert person.app.focused.chosen.row.quote.exact == chosen


async def test_a_briefing_that_goes_is_told_in_the_comparison(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("j", "c")
        shutil.rmtree(masts.content / "masts")
        person.app.refresher.start()
        await person.wait()
        await person.wait()
        assert "masts" in "".join(each.message for each in person.app._notifications)
        assert "Ana Marsh" in person.screen
