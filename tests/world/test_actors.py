"""Names of institutions, parties and armed groups: found whole, with country and kind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.english.lexicon import read_rows
from briefing.world.actors import actor_automaton, find_actors
from briefing.world.country_names import load_country_names

BENCH = Path(__file__).parents[1] / "bench"


def _found(text: str) -> list[tuple[str, str, str]]:
    return [(text[one.start : one.end], one.code, one.kind) for one in find_actors(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The USTR met the MEPs.", [("USTR", "US", "government"), ("MEPs", "EU", "government")]),
        ("Hamas rejected it", [("Hamas", "PS", "rebels")]),
        ("the Taliban’s envoy", [("Taliban", "AF", "rebels")]),
        ("Kurdistan Workers’ Party cells", [("Kurdistan Workers’ Party", "TR", "rebels")]),
        ("said the Scottish\nGovernment", [("Scottish\nGovernment", "GB", "government")]),
        ("an SPD deputy and a CDU/CSU one", [("SPD", "DE", "party"), ("CDU/CSU", "DE", "party")]),
        ("Keidanren asked for more", [("Keidanren", "JP", "other")]),
        ("the contras of old", [("contras", "NI", "rebels")]),
    ],
)
def test_a_name_is_found_with_its_country_and_kind(
    text: str, found: list[tuple[str, str, str]]
) -> None:
    assert _found(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "USTRs",
        "xHamas",
        "hamas",
        "@Hamas",
        "Anti-Hamas",
        "<PLA>",
        "mps and peers",
        "the ministry",
        "",
    ],
)
def test_parts_of_words_other_cases_and_common_words_are_no_actors(text: str) -> None:
    assert _found(text) == []


def test_the_longest_of_several_names_counts() -> None:
    assert _found("Tehrik-e-Taliban Pakistan") == [("Tehrik-e-Taliban Pakistan", "PK", "rebels")]


@given(st.text(max_size=200))
def test_what_is_found_lies_in_the_text_in_order(text: str) -> None:
    edge = 0
    for one in find_actors(f"{text} Hamas {text}"):
        assert edge <= one.start < one.end <= 2 * len(text) + 7
        edge = one.end


def test_every_name_has_a_known_code_and_a_kind() -> None:
    known = load_country_names()
    rows = [row.split("\t") for row in read_rows("world", "actors.tsv")]
    assert all(len(row) == 4 and row[0] == row[0].strip() and row[1] in known for row in rows)
    assert {row[2] for row in rows} == {"government", "party", "rebels", "other"}
    assert len(actor_automaton().meanings) == len({row[0] for row in rows}) > 1000


def test_the_compiled_table_is_that_of_its_sources() -> None:
    done = subprocess.run(
        [sys.executable, BENCH / "build_actors.py", "--check"], check=False, timeout=120
    )
    assert done.returncode == 0
