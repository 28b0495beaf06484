"""A pile in several languages: what is not read in which articles is said wherever it matters."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import STORY, Run

NOTE = (
    "1 article in German: quotes, countries and dates only; speakers and positions are read in "
    "English alone"
)
GERMAN = (
    "Der Hafen bleibt zu\n\nHafenblatt, 4. Mai 2021\n\n"
    "Die Lotsen der drei Häfen trafen sich am Montag mit Vertretern Polens, und der Minister war "
    "nicht da. „Wir warten seit Wochen auf eine Antwort“, sagte die Lotsin Ana Lin am Dienstag.\n"
)


@pytest.fixture
def pile(briefing: Run, tmp_path: Path) -> Run:
    """Return the command, on a briefing of an English and a German article."""
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "hafen.txt").write_text(GERMAN, encoding="utf-8")
    done = briefing("add", "story.txt", "hafen.txt", "--to", "ports")
    assert done.returncode == 0, done.stderr
    return briefing


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("show", "ports"), NOTE),
        (("show", "ports", "--unruled"), NOTE),
        (("gaps", "ports"), "Not in English: speakers and positions are not read: 1"),
        (("export", "ports"), "- Not read for speakers and positions: source 1 in German."),
    ],
)
def test_what_is_not_read_is_said(pile: Run, arguments: tuple[str, ...], line: str) -> None:
    assert line in pile(*arguments).stdout.splitlines()


def test_an_article_says_its_language_and_where_that_is_known_from(pile: Run) -> None:
    shown = pile("show", "ports/der-hafen-bleibt-zu").stdout.splitlines()
    assert NOTE.replace("1 article in ", "") in shown
    assert any("language from the words of the text" in line for line in shown)


@pytest.mark.parametrize("query", ["häfen", "hafen", "lotsen", "country:PL minister"])
def test_words_are_found_with_and_without_their_accents(pile: Run, query: str) -> None:
    assert "Der Hafen bleibt zu" in pile("search", query).stdout
