"""The name of a file, or of a format, chooses what is written; what is neither is refused."""

from __future__ import annotations

import pytest

from briefing.errors import UsageError
from briefing.export.formats import FORMATS, format_for


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("", "markdown"),
        ("memo", "markdown"),
        ("memo.MD", "markdown"),
        ("a.b/memo.markdown", "markdown"),
        ("rows.csv", "csv"),
        ("C:\\my.folder\\rows.json", "json"),
        ("sources.csl.json", "csl"),
        ("sources.bib", "bibtex"),
    ],
)
def test_the_end_of_a_name_chooses_the_format(file: str, name: str) -> None:
    assert format_for(file).name == name


def test_a_named_format_goes_before_the_name_of_the_file() -> None:
    assert format_for("rows.txt", "CSV").name == "csv"


@pytest.mark.parametrize(("file", "name"), [("memo.docx", None), ("memo.md", "word")])
def test_what_is_no_format_is_refused_with_those_there_are(file: str, name: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        format_for(file, name)
    assert caught.value.hint is not None
    assert "markdown, csl, json, csv, bibtex" in caught.value.hint


def test_no_two_formats_claim_one_suffix() -> None:
    suffixes = [suffix for each in FORMATS for suffix in each.suffixes]
    assert len(suffixes) == len(set(suffixes))
