"""A new briefing is titled in the words of its name, spelt as its articles spell them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.ingest import to_article
from briefing.library.making import Spelling

Run = Callable[..., subprocess.CompletedProcess[str]]

MASTS = """\
Who Builds The Masts

The ministry said that Huawei may not build the 5G network, and that other allies agree.

“Huawei is one of many,” said Ana Lin. The allies of the U.S. wait, she said, for an iPhone.
"""


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("huawei-5g", "Huawei 5G"),
        ("huawei_5g", "Huawei 5G"),
        ("5g-allies", "5G allies"),
        ("allies-of-huawei", "Allies of Huawei"),
        ("us-allies", "U.S. allies"),
        ("iphone-network", "iPhone network"),
        ("masts", "Masts"),
        ("trade-peru", "Trade Peru"),
        ("HUAWEI-5g", "HUAWEI 5G"),
        ("Ports and  ferries", "Ports and ferries"),
    ],
)
def test_each_word_is_spelt_as_the_article_spells_it(name: str, title: str) -> None:
    spelling = Spelling(name)
    spelling.count(to_article(MASTS.encode(), name="masts.txt", added="2026-01-02T03:04:05Z"))
    assert spelling.title() == title


def test_a_capital_at_the_start_of_a_sentence_is_no_evidence() -> None:
    text = "Quays\n\nPorts are open. Ports are full. “Ports,” he said, are ports of call.\n"
    spelling = Spelling("quay-ports")
    spelling.count(to_article(text.encode(), name="a.txt", added="2026-01-02T03:04:05Z"))
    assert spelling.title() == "Quay ports"


def test_the_most_frequent_form_of_all_articles_of_a_batch_wins(
    briefing: Run, tmp_path: Path
) -> None:
    first = tmp_path / "a.txt"
    first.write_text("One\n\nThe paper wrote of the HUAWEI masts once.\n", encoding="utf-8")
    second = tmp_path / "b.txt"
    second.write_text(
        "Two\n\nThe masts of Huawei, the ministry said, and those that Huawei sold, use 5G.\n",
        encoding="utf-8",
    )
    done = briefing("add", first, second, "--to", "huawei-5g")
    assert done.stderr.splitlines()[2:] == [
        "created the briefing “Huawei 5G” with 2 articles, 0 quotes · 3 paraphrases, 0 countries",
        f"to read it: briefing --library {tmp_path / 'library'} open huawei-5g",
    ]
    info = tmp_path / "library/content/huawei-5g/briefing.yaml"
    assert "title: Huawei 5G\n" in info.read_text("utf-8")


def test_a_title_of_the_analyst_stays_when_articles_are_added(
    briefing: Run, story: Path, tmp_path: Path
) -> None:
    briefing("add", story, "--to", "ports")
    info = tmp_path / "library/content/ports/briefing.yaml"
    info.write_text(info.read_text("utf-8").replace("title: Ports", "title: My quays"), "utf-8")
    text = "A bridge\n\nThe bridge over the Rhine opened in Germany on Friday.\n"
    done = briefing("add", "-", "--to", "ports", stdin=text.encode())
    assert done.stderr.splitlines()[1] == (
        "added to the briefing “My quays”, now with 2 articles, "
        "2 quotes · 1 paraphrase, 4 countries"
    )
    assert "title: My quays\n" in info.read_text("utf-8")


def test_adding_without_a_name_tells_of_the_briefing_that_was_made(
    briefing: Run, story: Path, tmp_path: Path
) -> None:
    done = briefing("add", story)
    assert done.stderr.splitlines()[1:] == [
        (
            "created the briefing “Harbour board closes old ferry terminal” with 1 article, "
            "2 quotes · 1 paraphrase, 4 countries"
        ),
        (
            f"to read it: briefing --library {tmp_path / 'library'} open "
            "harbour-board-closes-old-ferry-terminal"
        ),
    ]


def test_several_briefings_are_counted_and_the_list_is_named(
    briefing: Run, story: Path, tmp_path: Path
) -> None:
    other = tmp_path / "bridge.txt"
    other.write_text("A bridge\n\nThe bridge over the Rhine is open.\n", encoding="utf-8")
    assert briefing("add", story, other).stderr.splitlines()[2:] == [
        "created 2 briefings",
        f"to read it: briefing --library {tmp_path / 'library'}",
    ]
