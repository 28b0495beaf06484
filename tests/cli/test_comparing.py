"""`briefing compare`: two countries or two sources, one after the other, in plain lines."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
HALYARD, SALTMARSH = "halyard-wire-2020-01-28", "saltmarsh-courier-2020-07-16"


def lines(run: Run, *arguments: str) -> list[str]:
    done = run("compare", "huawei-5g", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def headings(text: list[str]) -> list[str]:
    """Return the lines that end in a count, and those that begin with a badge."""
    return [line for line in text if line.endswith(")") and not line.startswith(" ")]


def test_two_countries_follow_each_other_under_the_same_headings(sample: Run) -> None:
    text = lines(sample, "--country", "DE", "--country", "France")
    assert text[0] == "Which allies ban Huawei from 5G? · Germany and France"
    assert text.index("DE Germany") < text.index("FR France")
    assert headings(text) == [
        "Cues for a stance (6)", "Own voices (7)", "About Germany (2)",
        "Cues for a stance (3)", "Own voices (2)", "About France (0)",
    ]  # fmt: skip


def test_a_cue_stands_with_its_date_its_source_and_its_sentence(sample: Run) -> None:
    text = lines(sample, "--country", "DE", "--country", "FR")
    place = f"huawei-5g/{SALTMARSH}/c19:0-24"
    at = text.index(f"  2020-07-16 · undecided · The Saltmarsh Courier ¶10 · {place}")
    assert text[at + 1] == "    Germany has not decided."


def test_of_two_sources_a_cue_stands_with_its_country(sample: Run) -> None:
    text = lines(sample, "--sources", HALYARD, SALTMARSH)
    assert f"  GB United Kingdom · restrict: Huawei · ¶1 · huawei-5g/{HALYARD}/c4:27-93" in text
    assert "5 Halyard Wire" in text
    assert "4 The Saltmarsh Courier" in text


def test_sources_may_be_named_by_number_or_publisher(sample: Run) -> None:
    by_id = lines(sample, "--sources", HALYARD, SALTMARSH)
    assert lines(sample, "--sources", "5", "the saltmarsh courier") == by_id
    assert lines(sample, "--sources", "halyard", "saltmarsh") == by_id
    several = sample("compare", "huawei-5g", "--sources", "20", "saltmarsh")
    assert (several.returncode, "'20' is a part of" in several.stderr) == (3, True)


def test_without_names_the_first_two_are_compared(sample: Run) -> None:
    countries, sources = lines(sample), lines(sample, "--sources")
    assert countries == lines(sample, "--country", "GB", "--country", "US")
    assert sources == lines(sample, "--sources", "1", "2")


def test_a_quote_that_both_have_says_so(sample: Run) -> None:
    text = lines(sample, "--country", "GB", "--country", "US")
    assert text[1] == "4 quotes in both"
    assert text.count("    also under United States") == 4
    assert text.count("    also under United Kingdom") == 4


def test_json_has_both_sides_with_cues_and_quotes(sample: Run) -> None:
    done = sample("compare", "huawei-5g", "--country", "DE", "--country", "FR", "--json")
    found = json.loads(done.stdout)
    assert [side["side"]["key"] for side in found["sides"]] == ["DE", "FR"]
    germany = found["sides"][0]
    assert germany["cues"][0]["sentence"].startswith("Germany let it be known")
    assert [group["heading"] for group in germany["groups"]] == ["Own voices", "About Germany"]
    assert {quote["shared"] for group in germany["groups"] for quote in group["quotes"]} == {False}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--country", "DE"], 2, "Name two countries to compare, not 1"),
        (["--country", "DE", "--country", "FR", "--country", "US"], 2, "not 3"),
        (["--country", "DE", "--country", "German"], 2, "Name two different countries"),
        (["--country", "DE", "--country", "Peru"], 3, "no article of this briefing names Peru"),
        (["--country", "DE", "--country", "Germny"], 3, "Did you mean Germany?"),
        (["--sources", HALYARD], 2, "Name two sources to compare, not 1"),
        (["--sources", HALYARD, "5"], 2, "Name two different sources"),
        (["--sources", HALYARD, "saltmarsh-curier"], 3, "Did you mean The Saltmarsh Courier?"),
        ([HALYARD, SALTMARSH], 2, "Give --sources to compare articles"),
        (["--sources", "--country", "DE"], 2, "Give either --country or --sources"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_a_way_out(
    sample: Run, arguments: list[str], code: int, said: str
) -> None:
    done = sample("compare", "huawei-5g", *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr


def test_one_article_is_not_enough(briefing: Run, story: Path) -> None:
    briefing("add", story, "--to", "ports")
    done = briefing("compare", "ports", "--sources")
    assert (done.returncode, "ports does not have two sources" in done.stderr) == (3, True)


def test_the_matrix_tells_under_each_country_what_its_sources_show(sample: Run) -> None:
    done = sample("show", "huawei-5g", "--matrix", "source", "--country", "FR")
    text = done.stdout.splitlines()
    assert text[0] == "Which allies ban Huawei from 5G? · positions by source"
    assert text[2] == "FR France"
    assert text[4:] == [
        "    2 The Ferryman: allow, in its own word; restrict, as others say, ruled",
        "    4 The Saltmarsh Courier: restrict, as others say, ruled",
    ]


def test_the_matrix_by_time_is_there_as_json(sample: Run) -> None:
    done = sample("show", "huawei-5g", "--matrix", "time", "--json")
    matrix = json.loads(done.stdout)
    assert [column["name"] for column in matrix["columns"]] == ["2018", "2019", "2020", "2024"]
    britain = next(row for row in matrix["rows"] if row["code"] == "GB")
    assert [cell["column"] for cell in britain["cells"]] == ["2019", "2020", "2024"]
    assert britain["cells"][0]["marks"][0] == {
        "stance": "undecided", "said_by": "self", "cues": 1, "ruled": False,
    }  # fmt: skip


def test_a_matrix_without_cues_says_so(sample: Run) -> None:
    done = sample("show", "huawei-5g", "--matrix", "source", "--country", "CN")
    assert done.stdout.splitlines()[1:] == ["no cue for a stance was found"]


def test_a_group_that_is_called_by_its_code_is_named_once(sample: Run) -> None:
    shown = sample("show", "huawei-5g", "--country", "NATO").stdout
    assert "\nNATO: 1 by · 3 mentions in 1 article\n" in shown
