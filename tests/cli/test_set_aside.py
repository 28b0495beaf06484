"""What `add` says of the words that it sets aside, for pages and pastes."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ingest.pages_made import HEADLINE, STORY, TEXT

PAGE = f"<html><body><article><h1>{HEADLINE}</h1><p>By Ana Sá</p>{STORY}</article></body></html>"


@pytest.mark.parametrize(
    ("name", "source"), [("a.html", PAGE), ("a.txt", f"{HEADLINE}\n\nBy Ana Sá\n\n{TEXT}")]
)
def test_adding_says_how_many_words_are_set_aside_and_why(
    briefing: Callable[..., subprocess.CompletedProcess[str]],
    tmp_path: Path,
    name: str,
    source: str,
) -> None:
    path = tmp_path / name
    path.write_text(source, encoding="utf-8")
    added = briefing("add", str(path), "--to", "bay")
    assert "1 block set aside (3 words: byline)" in added.stdout + added.stderr
