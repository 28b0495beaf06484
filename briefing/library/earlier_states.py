"""What changed in a briefing since its last export, the last look, a day or a revision of git.

What was exported or looked at last is noted in the user's state folder, a file a briefing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec.structs import replace

from briefing.compare.build import build_panels
from briefing.compare.changes import BriefingState, Changes, compare_states, take_state
from briefing.content.files import read_bytes
from briefing.content.folders import article_paths, edited, parse_folder, read_folder
from briefing.content.git_history import (
    Commit,
    find_commit,
    find_last_commit,
    read_folder_at,
)
from briefing.errors import ContentError, NotFoundError, UsageError
from briefing.isodates import days_of, find_date_fault
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


def keep_state(root: Path, name: str, state: BriefingState, when: str = LAST_EXPORT) -> None:
    """Note the state of a briefing that was exported or looked at; raises WriteError.

    The one before that says something else is kept beside it: a memo that is exported once more
    tells again what changed since then, and not that nothing has.
    """
    path = note_path(_KIND[when], root, name)
    earlier = [one for one in read_note(path, _States) or () if not _is_same(one, state)]
    write_note(path, (state, *earlier[:1]))


def note_look(
    root: Path, name: str, stamp: str, take: Callable[[], BriefingState]
) -> Changes | None:
    """Return what changed since the last look, and note this one; None where nothing did.

    `stamp` identifies the files of the briefing: where they are as they were, `take` is not called.
    Raises WriteError.
    """
    seen = note_path("looked", root, name)
    if read_note(seen, tuple[str]) == (stamp,):
        return None
    now = take()
    kept = read_note(note_path(_KIND[LAST_LOOK], root, name), _States) or ()
    before = next(iter(kept), None)
    keep_state(root, name, now, LAST_LOOK)
    write_note(seen, (stamp,))
    return compare_states(before, now) if before is not None else None


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
        what = when.replace("-", " ")
        raise ContentError(
            f"the note of the {what} cannot be read ({error})",
            path=path,
            hint="The next one replaces it; a day or a git revision may be named instead.",
        ) from None


def _is_same(one: BriefingState, other: BriefingState) -> bool:
    return replace(one, made="") == replace(other, made="")


def changes_since_export(root: Path, name: str, now: BriefingState) -> Changes | None:
    """Return what changed since the last export that says something else.

    None before the first such, or without its note.
    """
    kept = read_note(note_path(_KIND[LAST_EXPORT], root, name), _States) or ()
    before = next((one for one in kept if not _is_same(one, now)), None)
    if before is None:
        return None
    return replace(compare_states(before, now), since=f"the export of {_moment(before)}")


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
        fault = find_date_fault(since)
        if fault and _DATE_LIKE.fullmatch(since):
            raise UsageError(f"{since}: {fault}") from None
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
    lost = tuple(
        f"could not be read at {digest}: {problem.place}: {problem.message}"
        for problem in content.problems
    )
    words = f"commit {digest} of {made:%Y-%m-%d %H:%M} UTC"
    return _state_of(content), words, lost


def _state_of(content: Briefing) -> BriefingState:
    briefing = edited(content, apply_and_annotate)
    return take_state(briefing, build_panels(briefing))
