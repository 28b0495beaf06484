"""What changed in a briefing since its last export, the last look, a day or a revision of git.

What was exported or looked at last is noted in the user's state folder, a file a briefing. A
repository of git may come from anybody: nothing is checked out or run of it (hooks, filters,
pagers, transports); only commands that read objects are called, without a shell.
"""

import datetime as dt
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from briefing.compare.build import build_panels
from briefing.compare.changes import BriefingState, Changes, compare_states, take_state
from briefing.content.files import MAX_FILE_BYTES, read_bytes
from briefing.content.folders import article_paths, edited, parse_folder, read_folder
from briefing.errors import BriefingError, ContentError, NotFoundError, UsageError
from briefing.isodates import days_of, require_days
from briefing.library.edited_articles import apply_and_annotate
from briefing.model import Briefing, decoder_of
from briefing.paths import note_path, read_note, write_note

LAST_EXPORT, LAST_LOOK = "last-export", "last-look"
_KIND = {LAST_EXPORT: "exports", LAST_LOOK: "looks"}
_States = tuple[BriefingState, ...]
_DATE_LIKE = re.compile(r"\d{4}(-\d\d?){0,2}")
_HOW_TO_NAME = (
    "A date is a day, a month or a year: --since 2026-11-01; a revision is as git log has it."
)


class Commit(NamedTuple):
    """A commit by its hash, and when it was made, in seconds since 1970."""

    digest: str
    made: int


def keep_state(root: Path, name: str, state: BriefingState, when: str = LAST_EXPORT) -> None:
    """Note a state, and keep the one before that says something else; raises WriteError."""
    path = note_path(_KIND[when], root, name)
    earlier = [one for one in read_note(path, _States) or () if not _is_same(one, state)]
    write_note(path, (state, *earlier[:1]))


def note_look(
    root: Path, name: str, stamp: str, take: Callable[[], BriefingState]
) -> Changes | None:
    """Return what changed since the last look; `take` no state where `stamp` is as it was."""
    seen = note_path("looked", root, name)
    if read_note(seen, tuple[str]) == (stamp,):
        return None
    now = take()
    kept = read_note(note_path(_KIND[LAST_LOOK], root, name), _States)
    keep_state(root, name, now, LAST_LOOK)
    write_note(seen, (stamp,))
    return compare_states(kept[0], now) if kept else None


def changes_since_look(root: Path, name: str, now: BriefingState) -> Changes:
    """Return what changed since the last look at something else; nothing before the first."""
    kept = _read_kept(root, name, LAST_LOOK)
    before = next((one for one in kept if not _is_same(one, now)), now)
    since = f"you looked last, {_moment(before)}" if kept else "now: this is the first look"
    return replace(compare_states(before, now), since=since)


def _read_kept(root: Path, name: str, when: str = LAST_EXPORT) -> tuple[BriefingState, ...]:
    """Return the last state that was noted and the one before that differs from it."""
    path = note_path(_KIND[when], root, name)
    try:
        return decoder_of(_States).decode(read_bytes(path))
    except NotFoundError:
        return ()
    except (msgspec.DecodeError, RecursionError) as error:
        message = f"the note of the {when.replace('-', ' ')} cannot be read ({error})"
        hint = "The next one replaces it; a day or a git revision may be named instead."
        raise ContentError(message, path=path, hint=hint) from None


def _is_same(one: BriefingState, other: BriefingState) -> bool:
    return replace(one, made="") == replace(other, made="")


def changes_since_export(root: Path, name: str, now: BriefingState) -> Changes | None:
    """Return what changed since the last noted export that says something else, None without."""
    for before in read_note(note_path(_KIND[LAST_EXPORT], root, name), _States) or ():
        if not _is_same(before, now):
            return replace(compare_states(before, now), since=f"the export of {_moment(before)}")
    return None


def find_changes(root: Path, now: Briefing, since: str) -> Changes:
    """Return what a briefing says now that it did not say then; see `Library.changes`."""
    folder = root / "content" / now.name
    days = days_of(since) if "/" not in since else None
    if since == LAST_EXPORT:
        before, words, notes = _exported(root, now.name)
    elif days is not None:
        before, words, notes = _on_day(folder, days[0].isoformat())
    else:
        before, words, notes = _at_commit(folder, _named_commit(folder, since))
    changes = compare_states(before, take_state(now, build_panels(now)))
    lost = [f"cannot be read now: {problem.place}" for problem in now.problems]
    return replace(changes, since=words, notes=(*notes, *lost, *changes.notes))


def _named_commit(folder: Path, since: str) -> Commit:
    """Return the commit that a revision names; raises UsageError for a date that is none."""
    try:
        return find_commit(folder, since)
    except NotFoundError as error:
        if _DATE_LIKE.fullmatch(since):
            require_days(since)
        raise NotFoundError(error.message, error.hint or _HOW_TO_NAME) from None


_Then = tuple[BriefingState, str, tuple[str, ...]]
"""A state, what it is in words, and what of it could not be compared."""


def _exported(root: Path, name: str) -> _Then:
    state = next(iter(_read_kept(root, name)), None)
    if state is None:
        raise NotFoundError(
            f"{name} has not been exported yet",
            f"Each export is remembered: briefing export {name} -o memo.md. Until then name a day "
            "or a git revision: --since 2026-11-01, --since HEAD~3",
        )
    return state, f"the last export, {_moment(state)}", ()


def _moment(state: BriefingState) -> str:
    return f"{state.made[:16].replace('T', ' ')} UTC"


def _on_day(folder: Path, day: str) -> _Then:
    """Return the state at the last commit before a day, else as far as the files tell it."""
    why = "no commit before it holds the briefing"
    try:
        commit = find_last_commit(folder, day)
        if commit is not None:
            return _at_commit(folder, commit)
    except NotFoundError as error:
        why = error.message
    content = read_folder(folder, article_paths(folder))
    kept = replace(
        content,
        articles=tuple(one for one in content.articles if one.source.added < day),
        edits=tuple(one for one in content.edits if (one.made or "") < day),
    )
    note = f"told by when articles were added and edits made ({why}); what is gone is not told"
    return _state_of(kept), day, (note,)


def _at_commit(folder: Path, commit: Commit) -> _Then:
    digest = commit.digest[:10]
    made = dt.datetime.fromtimestamp(commit.made, dt.UTC)
    content = parse_folder(folder, read_folder_at(folder, commit))
    lost = (f"could not be read at {digest}: {p.place}: {p.message}" for p in content.problems)
    return _state_of(content), f"commit {digest} of {made:%Y-%m-%d %H:%M} UTC", tuple(lost)


def _state_of(content: Briefing) -> BriefingState:
    briefing = edited(content, apply_and_annotate)
    return take_state(briefing, build_panels(briefing))


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
        hint = _cut_off(folder) or None
        raise NotFoundError(f"git knows no revision {revision!r} of {folder}", hint)
    commit = _first_commit(folder, "--end-of-options", found)
    if commit is None:
        raise NotFoundError(f"the commit {found} cannot be read")
    return commit


def find_last_commit(folder: Path, day: str) -> Commit | None:
    """Return the last commit before a day (UTC), or None; raises as `find_commit`."""
    _require_repository(folder)
    return _first_commit(folder, f"--before={day} 00:00:00 +0000", "HEAD")


def read_folder_at(folder: Path, commit: Commit) -> Mapping[str, bytes]:
    """Return a folder's YAML files at a commit, no links, by name; raises as `find_commit`."""
    prefix = _ask(folder, "rev-parse", "--show-prefix").removesuffix("\n")
    listed = _run(folder, "ls-tree", "-z", "-l", "--full-tree", f"{commit.digest}:{prefix}")
    if listed is None:
        hint = _cut_off(folder) or "Name a later revision."
        raise NotFoundError(f"{folder.name} was not in the library at {commit.digest[:10]}", hint)
    entries = (match.groups() for match in map(_ENTRY.fullmatch, listed.split(b"\0")) if match)
    wanted = {
        os.fsdecode(name): (digest, int(size))
        for digest, size, name in entries
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
        hint = "Name a date or the last export: --since 2026-11-01, --since last-export"
        raise NotFoundError(f"{folder.name} is in no git repository that git reads here", hint)


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
