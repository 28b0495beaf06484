"""A briefing's folder as it was at a commit of git: objects are read, nothing is checked out.

A repository may come from anybody. Its hooks, filters, pagers, monitors and transports are never
run: only commands that read objects are called, with fixed arguments and without a shell.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from briefing.content.files import MAX_FILE_BYTES
from briefing.errors import BriefingError, NotFoundError, UsageError

TIMEOUT = 30
"""Seconds after which git is stopped."""
MAX_TOTAL_BYTES = 4 * MAX_FILE_BYTES
"""The most that is read of one commit."""

_FIXED = (
    *("--no-pager", "--no-replace-objects", "--literal-pathspecs"),
    *("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}"),
    *("-c", "protocol.allow=never", "-c", "safe.bareRepository=explicit"),
)
_OBJECT = re.compile(r"[0-9a-f]{40,64}")
_STAMPED = re.compile(r"([0-9]{1,15}) ([0-9a-f]{40,64})")
_ENTRY = re.compile(rb"100[0-7]{3} blob ([0-9a-f]{40,64}) +([0-9]{1,15})\t(.+)", re.DOTALL)
_HEADER = re.compile(rb"[0-9a-f]{40,64} blob ([0-9]{1,15})\n")


class Commit(NamedTuple):
    """A commit by its hash, and when it was made, in seconds since 1970."""

    digest: str
    made: int


def find_commit(folder: Path, revision: str) -> Commit:
    """Return the commit that a revision names in the repository that holds a folder.

    Raises UsageError for what cannot be a revision, NotFoundError where there is no such commit, no
    repository or no git, BriefingError where git does not answer in time.
    """
    if not revision.isprintable() or revision.startswith("-"):
        raise UsageError(f"{revision!r} is not a git revision")
    _require_repository(folder)
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    found = _ask(folder, *asked).strip()
    if not _OBJECT.fullmatch(found):
        raise NotFoundError(
            f"git knows no revision {revision!r} of {folder}", _cut_off(folder) or None
        )
    commit = _first_commit(folder, "--end-of-options", found)
    if commit is None:
        raise NotFoundError(f"the commit {found} cannot be read")
    return commit


def find_last_commit(folder: Path, day: str) -> Commit | None:
    """Return the last commit before a day, UTC, of what is checked out; None where there is none.

    Raises NotFoundError where there is no repository or no git, BriefingError as `find_commit`.
    """
    _require_repository(folder)
    return _first_commit(folder, f"--before={day} 00:00:00 +0000", "HEAD")


def read_folder_at(folder: Path, commit: Commit) -> Mapping[str, bytes]:
    """Return the bytes of a folder's YAML files at a commit by name; symbolic links are left out.

    Raises NotFoundError where the folder was not there or is too large, and as `find_commit`.
    """
    prefix = _ask(folder, "rev-parse", "--show-prefix").removesuffix("\n")
    listed = _run(folder, "ls-tree", "-z", "-l", "--full-tree", f"{commit.digest}:{prefix}")
    if listed is None:
        raise NotFoundError(
            f"{folder.name} was not in the library at {commit.digest[:10]}",
            _cut_off(folder) or "Name a later revision.",
        )
    entries = [match for line in listed.split(b"\0") if (match := _ENTRY.fullmatch(line))]
    wanted = {
        os.fsdecode(name): (digest, int(size))
        for digest, size, name in (entry.groups() for entry in entries)
        if name.endswith(b".yaml") and b"/" not in name
    }
    if sum(size for _, size in wanted.values()) > MAX_TOTAL_BYTES:
        raise NotFoundError(f"{folder.name} at {commit.digest[:10]} is too large to be compared")
    asked = b"".join(digest + b"\n" for digest, _ in wanted.values())
    data = _run(folder, "cat-file", "--batch", given=asked)
    return dict(zip(wanted, _parts(data or b"", len(wanted)), strict=True))


def _parts(data: bytes, count: int) -> list[bytes]:
    parts: list[bytes] = []
    at = 0
    while len(parts) < count:
        header = _HEADER.match(data, at)
        if header is None:
            raise NotFoundError("git does not have all files of that commit")
        at = header.end() + int(header[1])
        parts.append(data[header.end() : at])
        at += 1
    return parts


def _first_commit(folder: Path, *choice: str) -> Commit | None:
    found = _STAMPED.match(_ask(folder, "rev-list", "--max-count=1", "--timestamp", *choice))
    return Commit(found[2], int(found[1])) if found else None


def _require_repository(folder: Path) -> None:
    if _ask(folder, "rev-parse", "--is-inside-work-tree").strip() != "true":
        raise NotFoundError(
            f"{folder.name} is in no git repository that git reads here",
            "Name a date or the last export: --since 2026-11-01, --since last-export",
        )


def _cut_off(folder: Path) -> str:
    """Return that the history of a repository is cut off, or an empty text."""
    if _ask(folder, "rev-parse", "--is-shallow-repository").strip() != "true":
        return ""
    return "Its history is cut off (a shallow clone): git fetch --unshallow brings the rest."


def _ask(folder: Path, *arguments: str) -> str:
    return os.fsdecode(_run(folder, *arguments) or b"")


def _run(folder: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """Return what git prints, None where it fails."""
    program = shutil.which("git")
    if program is None:
        raise NotFoundError("git is not installed", "Name the last export: --since last-export")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
    try:
        done = subprocess.run(  # noqa: S603 (fixed arguments, no shell)
            [program, *_FIXED, *arguments],
            cwd=folder,
            env=kept | quiet | {"LC_ALL": "C"},
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BriefingError(f"git did not answer within {TIMEOUT} seconds") from None
    except OSError as error:
        raise NotFoundError(f"git cannot be run: {error.strerror}") from error
    return done.stdout if done.returncode == 0 else None
