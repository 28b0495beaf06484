"""Search as one types: passages, facets, hints, and the way to the words."""

from __future__ import annotations

import pytest

from briefing.library import Library
from briefing.search.results import FacetValue, Snippet
from briefing.tui.text_lines import length
from briefing.tui.widgets.search_lists import FacetRow, narrowed, wrapped_snippet


async def test_passages_stand_under_their_articles(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("slash")
        assert "Search · in Masts and allies" in person.lines[1]
        await person.enter("supplier")
        assert "5 passages in 3 articles" in person.screen
        assert "2020-01-23" in person.line_with("Harbour Post · Ministers settle on a quota")
        assert "¶1  Britain will allow the supplier into a third" in person.screen


async def test_enter_opens_the_article_at_the_words(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        await person.press("slash")
        await person.enter("laboratory")
        await person.press("enter")
        assert "Ministers settle on a quota for the network · Harbour Post" in person.lines[1]
        assert "¶2 of 3" in person.screen
        await person.press("escape")
        assert "1 passage in 1 article" in person.screen


async def test_down_moves_among_passages_while_one_types(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        await person.press("slash")
        await person.enter("supplier")
        await person.press("down", "down")
        assert "3 of 5" in person.screen
        await person.press("up")
        assert "2 of 5" in person.screen


async def test_a_facet_narrows_the_query_and_takes_itself_out_again(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts) as person:
        await person.press("slash")
        await person.enter("supplier")
        assert "Germany" in person.screen
        await person.press("tab", "tab")
        await person.press("enter")
        assert "supplier country:" in person.screen
        assert "5 passages" not in person.screen


@pytest.mark.parametrize(
    ("query", "field", "value", "result"),
    [
        ("masts", "country", "GB", "masts country:GB"),
        ("masts country:GB", "country", "GB", "masts"),
        ("", "speaker", "Ana Marsh", 'speaker:"Ana Marsh"'),
        ("masts", "year", "2019", "masts date:2019"),
    ],
)
def test_a_facet_becomes_a_word_of_the_query(
    query: str, field: str, value: str, result: str
) -> None:
    row = FacetRow(field, FacetValue(value=value, label=value, count=1), "")
    assert narrowed(query, row) == result


async def test_a_query_that_makes_no_sense_is_answered_with_a_hint(
    masts: Library, sit_down
) -> None:
    async with sit_down(masts) as person:
        await person.press("slash")
        await person.enter("colour:red")
        assert "colour" in person.lines[6]
        assert "Search" in person.lines[1]


async def test_nothing_found_says_so_and_an_empty_query_says_how(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        await person.press("slash")
        assert 'Type words, "a phrase", prefix*' in person.screen
        await person.enter("xyzzy")
        assert "passages in" not in person.screen


async def test_the_last_of_many_fast_queries_is_the_one_answered(masts: Library, sit_down) -> None:
    async with sit_down(masts) as person:
        await person.press("slash")
        await person.pilot.press(*"supplier", *["backspace"] * 8, *"laboratory")
        await person.wait()
        assert "1 passage in 1 article" in person.screen


async def test_a_search_in_one_briefing_can_be_widened(masts: Library, sit_down) -> None:
    async with sit_down(masts, briefing="masts") as person:
        await person.press("slash", "ctrl+b")
        assert "in all briefings" in person.lines[1]


def test_found_words_stay_marked_where_lines_break() -> None:
    snippet = Snippet(text="one two three four", start=5, marks=((4, 13),))
    lines = wrapped_snippet(snippet, 8)
    marked = [piece.text for line in lines for piece in line if piece.ink == "found"]
    assert marked == ["two", "three"]
    assert [("".join(piece.text for piece in line)) for line in lines] == [
        "…one two",
        "three",
        "four…",
    ]


def test_hostile_snippets_keep_their_marks() -> None:
    snippet = Snippet(text="a\x1b[31m red\u202e\nword", start=0, marks=((12, 16),))
    (line,) = wrapped_snippet(snippet, 40)
    assert "".join(piece.text for piece in line) == "a␛[31m red⇠ word…"
    assert [piece.text for piece in line if piece.ink == "found"] == ["word"]
    assert length(line) == 17
