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
    for options in ((), ("--country", "NL"), ("-o", "memo.md"), ("--format", "csv")):
        done = briefing("export", "quay", *options)
        assert (done.returncode, done.stdout) == (8, "")
        assert f"quay/{path.name}:" in done.stderr
        assert "is not the text at" in done.stderr
    assert briefing("show", "quay").returncode == 0
    without = briefing("export", "quay", "--without-broken")
    assert without.returncode == 0
    assert f"the file quay/{path.name}, which is broken" in without.stdout.replace("\\", "")


def test_a_country_only_in_a_wrong_article_is_not_called_unnamed(
    briefing: Run, folder: Path
) -> None:
    for path in folder.glob("*-*.yaml"):
        text = path.read_text("utf-8").replace("exact: 'We are s", "exact: 'We were s", 1)
        path.write_text(text.replace("\nchunks:", "\nchunk:", 1), "utf-8")
    unnamed = briefing("show", "quay", "--country", "NL")
    assert unnamed.returncode == 3
    assert "Not everything could be read: run briefing check quay." in unnamed.stderr


def test_a_file_that_cannot_be_read_fails_the_export_by_name_unless_it_is_left_out(
    briefing: Run, folder: Path
) -> None:
    path = max(folder.glob("*.yaml"))
    path.write_text(path.read_text("utf-8").replace("\nchunks:", "\nchunk:", 1), "utf-8")
    briefing("list")
    done = briefing("export", "quay")
    assert (done.returncode, done.stdout) == (5, "")
    assert f"quay/{path.name}:" in done.stderr
    assert "--without-broken exports the other articles" in done.stderr
    without = briefing("export", "quay", "--without-broken")
    assert without.returncode == 0
    assert f"left out, since it cannot be read: quay/{path.name}:" in without.stderr
    assert f"the file quay/{path.name}, which is broken" in without.stdout.replace("\\", "")
    assert str(folder.parent) not in without.stdout


def test_no_path_of_a_machine_is_exported(briefing: Run, folder: Path) -> None:
    for path in folder.glob("*.yaml"):
        text = path.read_text("utf-8").replace("url: null", "url: file:///home/ana/saved/a.html")
        path.write_text(text, "utf-8")
    for form in ("markdown", "csv", "json", "csl", "bibtex"):
        made = briefing("export", "quay", "--format", form, "--full").stdout
        assert made
        assert "home/ana" not in made
        assert str(folder.parent.parent) not in made


def test_the_name_of_the_file_chooses_the_format_and_an_unknown_one_is_refused(
    briefing: Run, folder: Path, tmp_path: Path
) -> None:
    assert briefing("export", "quay", "-o", "rows.csv").returncode == 0
    assert (tmp_path / "rows.csv").read_text("utf-8").startswith("quote,kind,words,")
    assert briefing("export", "quay", "-o", "x.bib").returncode == 0
    assert (tmp_path / "x.bib").read_text("utf-8").startswith("@article{")
    refused = briefing("export", "quay", "-o", "memo.docx")
    assert (refused.returncode, (tmp_path / "memo.docx").exists()) == (2, False)


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--since", "soon"), 2, "'soon' is not a date"),
        (("--select", "mill/q-0000"), 3, "'q-0000' is not a quote"),
        (("--select", "mill-closes"), 2, "names no quote"),
        (("--select", "nothing/q-1"), 3, "'nothing' is not an article"),
        (("--country", "Peru"), 3, "no article of this briefing names Peru"),
        (("--citations", "apa"), 2, "'apa' is not one of"),
        (("--rows", "all"), 2, "'all' is not one of"),
        (("--rows", "ledger"), 2, "--rows chooses a table, and markdown holds none"),
    ],
)
def test_values_that_are_not_there_are_named(
    briefing: Run, folder: Path, options: tuple[str, str], code: int, words: str
) -> None:
    done = briefing("export", "quay", *options)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr


def test_a_statement_that_is_selected_is_the_only_one(briefing: Run, folder: Path) -> None:
    (quote,) = [
        line.split(",")[0]
        for line in briefing("export", "quay", "--format", "csv").stdout.splitlines()
        if "We are sorry" in line
    ]
    memo = briefing("export", "quay", "--select", f"mill-closes/{quote}", "--full").stdout
    assert "“We are sorry,” said Tom Reed" in memo
    assert "third winter" not in memo


@pytest.mark.parametrize("flags", [(), ("--force",)])
def test_a_folder_is_not_offered_to_be_overwritten(
    briefing: Run, folder: Path, tmp_path: Path, flags: tuple[str, ...]
) -> None:
    (tmp_path / "memo.md").mkdir()
    done = briefing("export", "quay", "-o", "memo.md", *flags)
    assert done.returncode == 7
    assert done.stderr == "error: memo.md is a folder\n  Name a file in it.\n"


def test_the_next_memo_tells_what_changed(briefing: Run, folder: Path, tmp_path: Path) -> None:
    assert "What changed" not in briefing("export", "quay").stdout
    (tmp_path / "new.txt").write_text("Weir opens\n\n“At last,” said Ana Lin.\n", "utf-8")
    briefing("add", "new.txt", "--to", "quay")
    assert "What changed" not in briefing("export", "quay", "--format", "csv").stdout
    assert "1 new article (Weir opens)" in briefing("export", "quay", "--full").stdout


def test_small_things_read_as_they_should(briefing: Run, folder: Path) -> None:
    shown = briefing("show", "quay", "--country", "BE").stdout
    assert "mention" in shown
    assert "1 " in shown.partition("Sources\n")[2]
    whole = briefing("show", "quay").stdout
    assert "\n  Mill closes\n" not in whole
    assert "undated" in whole
