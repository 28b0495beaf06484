"""The README's table of keys names what exists, and all that the foot of a screen shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.binding import Binding

from briefing.english.lexicon import read_rows
from briefing.tui.app import BriefingApp
from briefing.tui.briefing.screen import BriefingScreen
from briefing.tui.compare_screen import CompareScreen
from briefing.tui.kit.line_list import LineList
from briefing.tui.library_screen import LibraryScreen
from briefing.tui.matrix_screen import MatrixScreen, StanceGrid
from briefing.tui.people_screen import PeopleList, PeopleScreen
from briefing.tui.reader.reader import Reader
from briefing.tui.search.screen import SearchScreen
from briefing.tui.tracing_screen import OutlineList, TraceScreen

README = Path(__file__).parents[2] / "README.md"
PLACES = {
    "everywhere": BriefingApp,
    "a list": LineList,
    "the library": LibraryScreen,
    "a briefing": BriefingScreen,
    "the comparison": CompareScreen,
    "who speaks": PeopleList,
    "a person": PeopleScreen,
    "a cell": StanceGrid,
    "the matrix": MatrixScreen,
    "origins and the like": TraceScreen,
    "an outline": OutlineList,
    "the search": SearchScreen,
    "the reader": Reader,
}
WRITTEN = {
    "question_mark": "?",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "escape": "esc",
    "right": "→",
    "asterisk": "*",
    "plus": "+",
    "minus": "-",
    "full_stop": ".",
}


def told(place: str) -> set[str]:
    """Return the keys that the README tells of at a place."""
    table = README.read_text("utf-8").split("## Keys")[1].split("\n## ")[0]
    rows = [line.split("|") for line in table.splitlines() if line.startswith(f"| {place} |")]
    return {key for row in rows for key in re.findall(r"`([^`]+)`", row[2])}


def keys(binding: Binding) -> set[str]:
    """Return the keys of a binding as the README writes them."""
    return {WRITTEN.get(key.strip(), key.strip()) for key in binding.key.split(",")}


@pytest.mark.parametrize("place", PLACES)
def test_every_key_in_the_readme_does_something(place: str) -> None:
    known = set().union(*map(keys, PLACES[place].BINDINGS))
    assert told(place)
    assert told(place) - known == set()


@pytest.mark.parametrize("place", PLACES)
def test_every_key_at_the_foot_of_a_screen_is_in_the_readme(place: str) -> None:
    shown = [binding for binding in PLACES[place].BINDINGS if binding.show]
    assert [each.id for each in shown if told(place).isdisjoint(keys(each))] == []


def test_keys_that_lead_back_by_one_are_named_by_one_word() -> None:
    rows = [row.split("\t") for row in read_rows("tui/kit", "keys.tsv") if "(-1)" in row]
    assert rows
    assert [row for row in rows if "before" in row[0] + row[3] + row[5]] == []
