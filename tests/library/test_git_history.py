"""A folder as it was at a commit: what is read, what is refused, and what is never run."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.errors import BriefingError, NotFoundError, UsageError
from briefing.library.earlier_states import find_commit, find_last_commit, read_folder_at

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Return a function that runs git in a new repository."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))

    def run(*arguments: str, day: str = "2031-03-04", folder: Path = tmp_path) -> str:
        stamp = f"{day}T12:00:00+00:00"
        who = {f"GIT_{role}_{key}": "x@y.example" for role in ("AUTHOR", "COMMITTER")
               for key in ("NAME", "EMAIL")}  # fmt: skip
        dates = {"GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp}
        done = subprocess.run(
            ["git", *arguments], cwd=folder, env=os.environ | who | dates, check=True,
            capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout.strip()

    run("init", "-q", "-b", "trunk")
    return run


@pytest.fixture
def folder(tmp_path: Path, git: Git) -> Path:
    """Return a briefing's folder with two commits, a day apart."""
    folder = tmp_path / "content" / "eels"
    folder.mkdir(parents=True)
    (folder / "briefing.yaml").write_text("title: one\n")
    (folder / "notes.txt").write_text("no YAML")
    git("add", "-A")
    git("commit", "-qm", "one", day="2031-03-04")
    (folder / "briefing.yaml").write_text("title: two\n")
    git("commit", "-qam", "two", day="2031-03-05")
    return folder


def test_the_yaml_files_of_a_folder_are_read_as_they_were(folder: Path) -> None:
    assert read_folder_at(folder, find_commit(folder, "HEAD~1")) == {
        "briefing.yaml": b"title: one\n"
    }
    assert read_folder_at(folder, find_commit(folder, "trunk")) == {
        "briefing.yaml": b"title: two\n"
    }
    assert (folder / "briefing.yaml").read_text() == "title: two\n"


def test_the_last_commit_before_a_day_is_found_by_utc(folder: Path) -> None:
    second = find_commit(folder, "HEAD")
    assert find_last_commit(folder, "2031-03-06") == second
    assert find_last_commit(folder, "2031-03-05") == find_commit(folder, "HEAD~1")
    assert find_last_commit(folder, "2031-03-04") is None
    assert second.made == 1930478400


@pytest.mark.parametrize("revision", ["--output=x", "-h", "HEAD\n", "a\0b", "\udc80"])
def test_what_cannot_be_a_revision_is_refused(folder: Path, revision: str) -> None:
    with pytest.raises(UsageError, match="is not a git revision"):
        find_commit(folder, revision)


@pytest.mark.parametrize("revision", ["HEAD~9", "gone", "HEAD..HEAD~1", "HEAD:content", "$(id)"])
def test_an_unknown_revision_is_told(folder: Path, revision: str) -> None:
    with pytest.raises(NotFoundError, match="git knows no revision"):
        find_commit(folder, revision)


def test_a_folder_that_was_not_there_yet_is_told(tmp_path: Path, folder: Path, git: Git) -> None:
    later = tmp_path / "content" / "owls"
    later.mkdir()
    with pytest.raises(NotFoundError, match="owls was not in the library at "):
        read_folder_at(later, find_commit(later, "HEAD"))


def test_a_shallow_clone_says_that_its_history_is_cut_off(
    tmp_path: Path, folder: Path, git: Git
) -> None:
    git("clone", "-q", "--depth", "1", f"file://{tmp_path}", "shallow")
    clone = tmp_path / "shallow" / "content" / "eels"
    with pytest.raises(NotFoundError) as failed:
        find_commit(clone, "HEAD~1")
    assert "Its history is cut off (a shallow clone)" in (failed.value.hint or "")


def test_without_a_repository_or_git_it_says_so(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(tmp_path / ".git")
    with pytest.raises(NotFoundError, match="is in no git repository"):
        find_commit(folder, "HEAD")
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    with pytest.raises(NotFoundError, match="git is not installed"):
        find_last_commit(folder, "2031-03-06")


def test_a_git_that_does_not_answer_is_stopped(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}:{os.environ['PATH']}")
    monkeypatch.setattr("briefing.library.earlier_states.TIMEOUT", 0.2)
    with pytest.raises(BriefingError, match="git did not answer within"):
        find_commit(folder, "HEAD")


def test_no_hook_monitor_pager_or_replacement_of_a_repository_is_run(
    tmp_path: Path, folder: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = tmp_path / "ran"
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\necho ran >> {ran}\n")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "gpg.program",
                "diff.external", "core.alternateRefsCommand", "filter.f.smudge"):  # fmt: skip
        git("config", key, str(trap))
    git("config", "log.showSignature", "true")
    git("config", "alias.rev-parse", f"!{trap}")
    (folder / ".gitattributes").write_text("*.yaml filter=f diff=f\n")
    for hook in ("post-checkout", "reference-transaction", "post-index-change"):
        shutil.copy(trap, tmp_path / ".git" / "hooks" / hook)
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    found = read_folder_at(folder, find_commit(folder, "HEAD~1"))
    find_last_commit(folder, "2031-03-06")
    assert found == {"briefing.yaml": b"title: one\n"}
    assert not ran.exists()
    assert not (tmp_path / "trace").exists()


def test_objects_that_a_partial_clone_lacks_are_not_fetched(
    tmp_path: Path, folder: Path, git: Git
) -> None:
    git("config", "uploadpack.allowFilter", "true")
    git("clone", "-q", "--filter=blob:none", "--no-checkout", f"file://{tmp_path}", "partial")
    clone = tmp_path / "partial"
    briefing = clone / "content" / "eels"
    briefing.mkdir(parents=True)
    with pytest.raises(NotFoundError):
        read_folder_at(briefing, find_commit(briefing, "HEAD"))
    missing = git("rev-list", "--objects", "--all", "--missing=print", folder=clone)
    assert missing.count("?") > 0


def test_links_and_names_in_folders_are_not_read(folder: Path, git: Git) -> None:
    (folder / "link.yaml").symlink_to("/etc/passwd")
    (folder / "deep.yaml").mkdir()
    (folder / "deep.yaml" / "inner.yaml").write_text("title: in\n")
    (folder / "naïve\tname.yaml").write_text("x: 1\n")
    git("add", "-A")
    git("commit", "-qm", "three")
    found = read_folder_at(folder, find_commit(folder, "HEAD"))
    assert sorted(found) == ["briefing.yaml", "naïve\tname.yaml"]
