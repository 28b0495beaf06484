"""Rows for other programs: stable columns, exact words, and no formula."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from briefing.export.tables import COLUMNS, LEFT_OUT
from briefing.export.verifying import guarded, read_csv, unguarded
from briefing.model import Chunk
from tests.export.ferry import AIDE_TEXT, BRIEFING, COAST, export
from tests.export.test_memo import ANY_PLANE, NASTY, only_quote


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_is_a_quote_with_its_sentence_speaker_and_source() -> None:
    (fragment,) = (row for row in rows(export(format_name="csv")) if row["article"] == "fjord")
    assert fragment == {
        "quote": "q1",
        "kind": "partial",
        "words": "actual figures",
        "sentence": AIDE_TEXT,
        "speaker": "",
        "role": "ministry aide",
        "voice": "anonymous",
        "country": "NO",
        "about": "",
        "told": "Harbour Post",
        "chain": "ministry aide; Harbour Post",
        "pinned": "no",
        "article": "fjord",
        "chunk": "c1",
        "start": "51",
        "end": "65",
        "paragraph": "1",
        "publisher": "Fjord Gazette",
        "headline": "",
        "published": "2019-03",
        "published_basis": "inferred",
        "url": "",
        "origin": "Harbour Post",
        "heard_from": "ministry aide",
        LEFT_OUT: "0",
    }


@pytest.mark.parametrize("kind", ["quotes", "positions", "ledger"])
def test_json_has_the_columns_of_csv_and_the_same_rows(kind: str) -> None:
    table = json.loads(export(format_name="json"))[kind]
    (only,) = (each for each in json.loads(export(format_name="json", rows=kind)) if each == kind)
    cells = rows(export(format_name="csv", rows=kind))
    assert only == kind
    assert [list(row) for row in table] == [list(COLUMNS[kind])] * len(cells)
    assert [str(row["start"]) for row in table] == [row["start"] for row in cells]


def test_positions_and_ledger_say_where_a_country_stands_and_who_says_so() -> None:
    (position,) = rows(export(format_name="csv", rows="positions"))
    (standing,) = rows(export(format_name="csv", rows="ledger"))
    for row in (position, standing):
        assert (row["country"], row["stance"], row["object"]) == ("SE", "allow", "the ferry")
        assert (row["target"], row["said_by"], row["actor"]) == ("NO", "self", "Ada Lind")
        assert row["sentence"] == "“The ferry stays,” Ada Lind said."
    assert (position["date"], standing["since"]) == ("2020-01-23", "2020-01-23")
    assert (standing["itself"], standing["others"], standing["cues"]) == ("allow", "", "1")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-x", "'-x"),
        ("@cmd", "'@cmd"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula_and_each_can_be_read_back(cell: str, written: str) -> None:
    assert guarded(cell) == written
    assert unguarded(written) == cell


@given(text=st.one_of(ANY_PLANE, NASTY))
@settings(max_examples=100, deadline=None)
def test_csv_and_json_hold_every_character_of_a_quote_or_count_it(text: str) -> None:
    briefing = only_quote(text)
    (quote,) = json.loads(export(briefing, "json"))["quotes"]
    assert quote["words"] == text
    made = export(briefing, "csv")
    (row,) = rows(made)
    left_out = {cell for cell in text if cell not in unguarded(row["words"])}
    assert [each for each in text if each not in left_out] == list(unguarded(row["words"]))
    assert bool(left_out) == (row[LEFT_OUT] != "0")
    assert not set("\x1b\x00\u202e") & set(made)
    assert unguarded(row["words"]) in list(read_csv(made))


def test_no_path_of_a_machine_is_a_row() -> None:
    coast = replace(COAST, url="file:///home/ana/a.html")
    briefing = replace(BRIEFING, articles=(coast,))
    for name in ("csv", "json", "csl", "bibtex", "markdown"):
        assert "home/ana" not in export(briefing, name)


def test_sources_are_csl_items_with_keys_that_stay() -> None:
    first, second = json.loads(export(format_name="csl"))
    assert first == {
        "id": "coast",
        "type": "article-newspaper",
        "title": "Ferry | stays",
        "container-title": "Coast Daily",
        "author": [{"literal": "Ben Ask"}],
        "issued": {"date-parts": [[2020, 1, 23]]},
        "URL": "https://example.com/ferry",
    }
    assert second["issued"] == {"date-parts": [[2019, 3]], "circa": True}
    assert second["original-publisher"] == "Harbour Post"


def test_bibtex_turns_no_direction_of_writing() -> None:
    coast = replace(COAST, headline="Ferry \u202estays\u2066", publisher="Coast\x9b \x1b[7mDaily")
    made = export(replace(BRIEFING, articles=(coast,), edits=(), orphans=()), "bibtex")
    assert "title = {{Ferry stays}}" in made
    assert "journal = {Coast [7mDaily}" in made


def test_sources_are_bibtex_entries_whose_signs_are_escaped() -> None:
    coast = replace(COAST, headline="50 % & {more} \\ #1_a ~ ^", url="https://example.com/~a_b%20c")
    made = export(replace(BRIEFING, articles=(coast,), edits=(), orphans=()), "bibtex")
    assert made == (
        "@article{coast,\n"
        "  title = {{50 \\% \\& \\{more\\} \\textbackslash{} \\#1\\_a \\textasciitilde{} "
        "\\textasciicircum{}}},\n"
        "  journal = {Coast Daily},\n"
        "  author = {{Ben Ask}},\n"
        "  date = {2020-01-23},\n"
        "  year = {2020},\n"
        "  url = {https://example.com/%7Ea_b%20c},\n"
        "}\n"
    )


def test_a_briefing_without_quotes_is_a_line_of_names() -> None:
    plain = replace(COAST, chunks=(Chunk(id="c1", role="body", text="Nobody spoke."),))
    briefing = replace(BRIEFING, articles=(plain,), edits=(), orphans=())
    assert export(briefing, "csv") == ",".join([*COLUMNS["quotes"], LEFT_OUT]) + "\r\n"
