"""What an export says where a file of the briefing cannot be read, and what it never says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import STORY, Run

OTHER = "Mill closes\n\n“We are sorry,” said Tom Reed, the owner, on Friday. The mill will close.\n"


@pytest.fixture
def folder(briefing: Run, tmp_path: Path) -> Path:
    """Return the folder of a briefing of two articles."""
    for name, text in (("story.txt", STORY), ("mill.txt", OTHER)):
        (tmp_path / name).write_text(text, "utf-8")
        assert briefing("add", name, "--to", "quay").returncode == 0
    return tmp_path / "library" / "content" / "quay"


@pytest.mark.parametrize(
    ("old", "new"), [("exact: 'We are s", "exact: 'We were s"), ("“We are s", "“ We are s")]
)
def test_a_quote_that_is_not_the_text_fails_the_export_by_name(
    briefing: Run, folder: Path, old: str, new: str
) -> None:
    path = next(path for path in folder.glob("*.yaml") if old in path.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    for options in ((), ("--country", "NL"), ("-o", "memo.md")):
        done = briefing("export", "quay", *options)
        assert (done.returncode, done.stdout) == (8, "")
        assert f"quay/{path.name}:" in done.stderr
        assert "is not the text at" in done.stderr
    assert briefing("show", "quay").returncode == 0


def test_a_country_only_in_a_wrong_article_is_not_called_unnamed(
    briefing: Run, folder: Path
) -> None:
    for path in folder.glob("*-*.yaml"):
        text = path.read_text("utf-8").replace("exact: 'We are s", "exact: 'We were s", 1)
        path.write_text(text.replace("\nchunks:", "\nchunk:", 1), "utf-8")
    unnamed = briefing("show", "quay", "--country", "NL")
    assert unnamed.returncode == 3
    assert "Not everything could be read: run briefing check quay." in unnamed.stderr


def test_another_broken_file_is_named_in_the_memo_and_beside_it(
    briefing: Run, folder: Path
) -> None:
    path = max(folder.glob("*.yaml"))
    path.write_text(path.read_text("utf-8").replace("\nchunks:", "\nchunk:", 1), "utf-8")
    briefing("list")
    done = briefing("export", "quay")
    assert done.returncode == 0
    assert f"left out, since it cannot be read: quay/{path.name}:" in done.stderr
    assert f"Left out: the file quay/{path.name}" in done.stdout.replace("\\", "")
    assert str(folder.parent) not in done.stdout


def test_no_path_of_a_machine_is_exported(briefing: Run, folder: Path) -> None:
    for path in folder.glob("*.yaml"):
        text = path.read_text("utf-8").replace("url: null", "url: file:///home/ana/saved/a.html")
        path.write_text(text, "utf-8")
    memo = briefing("export", "quay").stdout
    assert "home/ana" not in memo
    assert str(folder.parent.parent) not in memo


def test_small_things_read_as_they_should(briefing: Run, folder: Path) -> None:
    shown = briefing("show", "quay", "--country", "BE").stdout
    assert "mention" in shown
    assert "1 " in shown.partition("Sources\n")[2]
    whole = briefing("show", "quay").stdout
    assert "\n  Mill closes\n" not in whole
    assert "date not stated" in whole
    assert "https://example.com/a: addresses" in briefing("add", "https://example.com/a").stderr
