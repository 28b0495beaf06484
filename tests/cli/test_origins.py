"""`briefing origins`: who heard what from whom, in plain lines and as JSON."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
STORIES = {
    "wire.txt": (
        "Smelter stays open\n\nThe Guardian, May 3, 2031\n\n"
        "ULVIK, May 3 (Reuters) - Norway will keep the smelter, officials said on Saturday.\n\n"
        "“The plant stays open for ten years,” said Karen Holst, a minister.\n"
    ),
    "retold.txt": (
        "Norway saves smelter\n\nDaily Mail, May 4, 2031\n\n"
        "Norway will keep the smelter at Ulvik, Reuters reported on Saturday.\n\n"
        "“The plant stays open for ten years,” Karen Holst told Reuters.\n"
    ),
}


@pytest.fixture
def ulvik(briefing: Run, tmp_path: Path) -> Run:
    """Return the command, with two articles of one origin in the briefing `ulvik`."""
    for name, text in STORIES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = briefing("add", *(str(tmp_path / name) for name in STORIES), "--to", "ulvik")
    assert done.returncode == 0, done.stderr
    return briefing


def lines(run: Run, *arguments: str) -> list[str]:
    done = run("origins", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_tree_goes_from_an_outlet_to_the_articles_and_their_statements(ulvik: Run) -> None:
    text = lines(ulvik, "ulvik")
    assert text[:4] == [
        "Ulvik · origins",
        "2 articles, 1 origin: Reuters, from Karen Holst",
        "",
        "Reuters, from Karen Holst, officials · 2 articles",
    ]
    wire = "  The Guardian · 2031-05-03 · wire report · 2 statements"
    assert f"{wire} · ulvik/guardian-2031-05-03" in text
    at = text.index(
        "  Daily Mail · 2031-05-04 · opens with its report · ulvik/daily-mail-2031-05-04"
    )
    assert text[at + 1] == "    Norway will keep the smelter at Ulvik"
    assert text[at + 3] == "    “The plant stays open for ten years,”"
    assert text[at + 4].startswith("      from Karen Holst · ulvik/daily-mail-2031-05-04/q-")


def test_a_claim_by_its_place_is_that_of_its_words(ulvik: Run) -> None:
    by_words = lines(ulvik, "ulvik", "--claim", "ten years")
    assert by_words[:2] == [
        "Ulvik · origins of one claim",
        "2 articles, 1 origin: Reuters, from Karen Holst",
    ]
    place = next(line for line in by_words if "/q-" in line).split(" · ")[-1].strip()
    for short in (place, place.removeprefix("ulvik/"), place.rpartition("/")[2]):
        assert lines(ulvik, "ulvik", "--claim", short) == by_words


def test_a_claim_that_nobody_makes_is_none(ulvik: Run) -> None:
    for claim in ("moon cheese", "…", "“ ”"):
        for flags in ((), ("--json",)):
            done = ulvik("origins", "ulvik", "--claim", claim, *flags)
            assert (done.returncode, done.stdout) == (3, "")
            assert done.stderr.startswith(f"error: ulvik has no claim {claim!r}\n")


def test_a_place_that_is_none_is_an_error(ulvik: Run) -> None:
    done = ulvik("origins", "ulvik", "--claim", "ulvik/nobody/q-0000")
    assert (done.returncode, done.stdout) == (3, "")
    assert "'nobody' is not an article of ulvik" in done.stderr


def test_show_counts_by_origin(ulvik: Run) -> None:
    text = ulvik("show", "ulvik").stdout
    assert "2 articles · 1 origin · " in text
    assert "  wire report of Reuters\n" in text
    assert "  retells Reuters, from Karen Holst\n" in text
    assert " · 2 articles, 1 origin: Reuters · " in text
    assert "independent" not in text


def test_json_has_the_branches(ulvik: Run) -> None:
    found = json.loads(ulvik("origins", "ulvik", "--json").stdout)
    assert found["tally"]["articles"] == 2
    assert [branch["outlet"] for branch in found["branches"]] == ["Reuters"]
    assert [held["way"] for held in found["branches"][0]["articles"]] == ["retelling", "wire"]


def test_names_from_an_article_never_reach_the_terminal_raw(briefing: Run, tmp_path: Path) -> None:
    story = tmp_path / "evil.md"
    head = '---\ntitle: Ports\npublisher: "Coast\\x1b[31m Daily"\n---\n\n'
    story.write_text(
        head + "The \x1b]8;;http://x\x07Harbour Gazette\x1b]8;;\x07 said so.\n", "utf-8"
    )
    assert briefing("add", str(story), "--to", "ports").returncode == 0
    done = briefing("origins", "ports")
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout
