"""What changed since the last export, a day or a commit, through the facade."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.errors import ContentError, NotFoundError
from briefing.library import Library
from briefing.library.earlier_states import keep_state
from briefing.library.plans import make_edit
from briefing.model import Anchor, Edit
from briefing.paths import note_path

OTHER = """\
Canal stays frozen

“The ice will hold until Easter,” said Bo Rask, the Danish harbour master.
"""
ARTICLE = "harbour-board-closes-old-ferry-terminal"
LATER = "canal-stays-frozen"


@pytest.fixture
def library(tmp_path: Path, story: Path) -> Library:
    opened = Library.open(tmp_path / "library", create=True)
    opened.add([story], to="ports")
    return opened


def add_other(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "other.txt"
    path.write_text(OTHER, encoding="utf-8")
    library.add([path], to="ports")


def remember(library: Library) -> None:
    keep_state(library.root, "ports", library.export("ports").state)


def test_before_the_first_export_it_says_how_to_go_on(library: Library) -> None:
    with pytest.raises(NotFoundError, match="ports has not been exported yet") as failed:
        library.changes("ports")
    assert "briefing export ports -o memo.md" in (failed.value.hint or "")


def test_what_was_added_since_the_last_export_is_new(library: Library, tmp_path: Path) -> None:
    kept = {path: path.read_bytes() for path in library.content.rglob("*.yaml")}
    remember(library)
    assert library.changes("ports").is_empty
    assert {path: path.read_bytes() for path in library.content.rglob("*.yaml")} == kept
    add_other(library, tmp_path)
    found = library.changes("ports")
    assert found.since.startswith("the last export, 20")
    assert [one.now and one.now.article for one in found.articles] == [LATER]
    assert [one.now and one.now.exact for one in found.quotes] == [
        "The ice will hold until Easter,"
    ]


def test_a_memo_exported_again_tells_the_same_changes(library: Library, tmp_path: Path) -> None:
    first = library.export("ports").text
    assert "Since the export of" not in first
    remember(library)
    assert library.export("ports").text == first
    add_other(library, tmp_path)
    second = library.export("ports").text
    assert "UTC: 1 new article" in second
    for _ in range(3):
        remember(library)
        assert library.export("ports").text == second
    library.editing.set_briefing("ports", {"bottom_line": "Ferries stay."})
    assert "UTC: another bottom line." in library.export("ports").text


def test_a_renamed_article_and_an_annotation_again_are_no_change(library: Library) -> None:
    remember(library)
    library.editing.rename_article("ports", ARTICLE, "terminal")
    library.reannotate("ports")
    assert library.changes("ports").is_empty


@pytest.mark.parametrize(
    "note",
    [b"", b"{", b"[" * 100_000, b'{"format": "briefing/state/9"}', b'{"articles": [1]}', b"\xff"],
)
def test_a_broken_note_of_the_last_export_is_named(library: Library, note: bytes) -> None:
    remember(library)
    note_path("exports", library.root, "ports").write_bytes(note)
    with pytest.raises(ContentError, match="the note of the last export cannot be read"):
        library.changes("ports")
    remember(library)
    assert library.changes("ports").is_empty


def test_a_note_that_is_a_link_is_not_followed(library: Library, tmp_path: Path) -> None:
    path = note_path("exports", library.root, "ports")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ContentError, match="a symbolic link is not followed"):
        library.changes("ports")
    remember(library)
    assert not path.is_symlink()


def test_without_git_a_day_is_told_by_what_files_say(library: Library, tmp_path: Path) -> None:
    add_other(library, tmp_path)
    path = library.content / "ports" / f"{LATER}.yaml"
    text = path.read_text("utf-8")
    added = text.split("added: ")[1].split("}")[0].strip("'")
    path.write_text(text.replace(added, "2019-05-01T00:00:00Z"), "utf-8")
    library.editing.store("ports", ruling())
    found = library.changes("ports", "2019-06")
    assert "told by when articles were added and edits made" in found.notes[0]
    assert [one.now and one.now.article for one in found.articles] == [ARTICLE]
    assert [one.now and one.now.stance for one in found.rulings] == ["allow"]
    assert library.changes("ports", "2999-01-01").is_empty


def ruling() -> Edit:
    anchor = Anchor(article=ARTICLE, exact="Belgium has banned heavy lorries from the quay")
    return make_edit("rule-position", anchor, country="BE", stance="allow")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_revision_is_compared_with_what_files_say_now(
    library: Library, tmp_path: Path, commit: Callable[[str], None]
) -> None:
    commit("2031-03-04")
    add_other(library, tmp_path)
    found = library.changes("ports", "HEAD")
    assert found.since.endswith(" of 2031-03-04 12:00 UTC")
    assert [one.now and one.now.article for one in found.articles] == [LATER]
    assert library.changes("ports", "2031-03-05").articles == found.articles
    early = library.changes("ports", "2031-03-04")
    assert "(no commit before it holds the briefing)" in early.notes[0]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_files_that_could_not_be_read_at_a_revision_are_named_and_not_new(
    library: Library, commit: Callable[[str], None]
) -> None:
    path = library.content / "ports" / f"{ARTICLE}.yaml"
    whole = path.read_bytes()
    path.write_bytes(b"id: [")
    commit("2031-03-04")
    path.write_bytes(whole)
    found = library.changes("ports", "HEAD")
    assert found.articles == ()
    assert found.quotes == ()
    (note,) = found.notes
    assert note.startswith("could not be read at ")
    assert f": ports/{ARTICLE}.yaml:2:1: this is not valid YAML" in note


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_briefing_that_git_does_not_know_is_told(
    library: Library, tmp_path: Path, commit: Callable[[str], None]
) -> None:
    commit("2031-03-04")
    library.editing.rename_briefing("ports", "quays")
    with pytest.raises(NotFoundError, match="quays was not in the library at "):
        library.changes("quays", "HEAD")
    assert "(quays was not in the library at " in library.changes("quays", "2031-03-05").notes[0]


@pytest.fixture
def commit(
    library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., None]:
    """Return a function that commits the library in git as of noon of a day."""
    monkeypatch.setenv("HOME", str(tmp_path))

    def run(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=library.root, check=True, capture_output=True)

    def make(day: str) -> None:
        for role in ("AUTHOR", "COMMITTER"):
            monkeypatch.setenv(f"GIT_{role}_NAME", "x")
            monkeypatch.setenv(f"GIT_{role}_EMAIL", "x@y.example")
            monkeypatch.setenv(f"GIT_{role}_DATE", f"{day}T12:00:00+00:00")
        run("init", "-q")
        run("add", "content")
        run("commit", "-qm", day)

    return make
