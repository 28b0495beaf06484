"""Actions on several files of a library: all of their steps happen, or none.

What is about to be done is written to a file of intent first. A process that is killed leaves it,
and the next one that opens the library finishes the action. An action whose step fails is taken
back. Every path is relative to the library, below `content/` or the trash.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

import msgspec

from briefing.content.action_log import Logged, log_line, write_log
from briefing.content.files import (
    make_folder,
    read_bytes,
    refuse_links,
    remove_leftovers,
    sync_folder,
    write_atomic,
    writing,
)
from briefing.content.locking import library_lock
from briefing.content.naming import INTENT_NAME, safe_child
from briefing.errors import BriefingError, NotFoundError, WriteError
from briefing.model import Record, decoder_of

TRASH = ".trash"
_ROOTS = ("content", TRASH)


class ActionStep(Record, frozen=True, kw_only=True):
    """A step of an action: a path moved to another, or a file's bytes before and after.

    None stands for a file that is not there.
    """

    path: str
    to: str | None = None
    before: bytes | None = None
    after: bytes | None = None


class _Intent(Record, frozen=True, kw_only=True):
    steps: tuple[ActionStep, ...]
    line: Logged


def perform(root: Path, steps: Sequence[ActionStep], line: Logged) -> bool:
    """Do all steps of an action and log it; the caller holds the library's lock.

    Returns whether it could be logged, without which it cannot be undone. Raises WriteError where
    a step fails; those before it are taken back.
    """
    for step in steps:
        _refuse_place(root, step)
    intent = root / INTENT_NAME
    remove_leftovers(root)
    write_atomic(intent, msgspec.json.encode(_Intent(steps=tuple(steps), line=line)))
    done: list[ActionStep] = []
    try:
        for step in steps:
            done.append(step)
            _do(root, step)
    except Exception:
        for step in reversed(done):
            with suppress(BriefingError, OSError):
                _take_back(root, step)
        _remove(intent)
        raise
    logged = write_log(root, line)
    _remove(intent)
    return logged


def finish_interrupted(root: Path) -> None:
    """Finish the action of a killed process unless another is at it.

    A library that cannot be written stays as it is.
    """
    with suppress(BriefingError, OSError), library_lock(root, 0):
        finish(root)


def finish(root: Path) -> None:
    """Finish the action of a killed process; the caller holds the library's lock.

    A file that has neither the bytes of before nor of after was changed since and is left alone,
    and so is one that would be moved onto another.
    """
    path = root / INTENT_NAME
    try:
        intent = decoder_of(_Intent).decode(read_bytes(path))
        for step in intent.steps:
            _refuse_place(root, step)
    except NotFoundError:
        return
    except (msgspec.DecodeError, BriefingError):
        _remove(path)  # Not ours, or torn: nothing was done.
        return
    for step in intent.steps:
        if step.to is None or not os.path.lexists(root / step.to):
            _do(root, step)
    if log_line(root, intent.line.id) is None:
        write_log(root, intent.line)
    _remove(path)


def read_file(root: Path, path: str) -> bytes | None:
    """Return the bytes of a file of the library, None where there is none."""
    refuse_links(root / path, root)
    try:
        return read_bytes(root / path)
    except NotFoundError:
        return None


def _do(root: Path, step: ActionStep) -> None:
    if step.to is not None:
        _move(root, step.path, step.to)
    elif read_file(root, step.path) == step.before:
        _put(root, step.path, step.after)


def _take_back(root: Path, step: ActionStep) -> None:
    if step.to is not None:
        _move(root, step.to, step.path)
    elif read_file(root, step.path) == step.after:
        _put(root, step.path, step.before)


def _move(root: Path, path: str, to: str) -> None:
    source, target = root / path, root / to
    if not os.path.lexists(source):
        return
    if os.path.lexists(target):
        raise WriteError(f"{target} exists already and was left as it is.")
    make_folder(target.parent)
    with writing(target):
        source.rename(target)
        sync_folder(target.parent)
        sync_folder(source.parent)
    _prune(root, source.parent)


def _put(root: Path, path: str, data: bytes | None) -> None:
    place = root / path
    if data is not None:
        make_folder(place.parent)
        remove_leftovers(place.parent)
        write_atomic(place, data)
        return
    with writing(place):
        place.unlink(missing_ok=True)
    _prune(root, place.parent)


def _prune(root: Path, folder: Path) -> None:
    """Remove folders that became empty, up to the library's own."""
    with suppress(OSError):
        while folder not in (root, root / "content"):
            folder.rmdir()
            folder = folder.parent


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _refuse_place(root: Path, step: ActionStep) -> None:
    """Raise UsageError or WriteError for a path that is not the library's own."""
    for path in filter(None, (step.path, step.to)):
        first, *rest = PurePosixPath(path).parts
        if first not in _ROOTS or not rest:
            raise WriteError(f"{path} is not in the content of {root}.")
        refuse_links(root / path, root)
        for part in rest:
            safe_child(root, part)


def trash_folders(root: Path) -> tuple[Path, ...]:
    """Return the folders of the trash, one for each removal."""
    folder = root / TRASH
    if folder.is_symlink():
        return ()
    try:
        return tuple(sorted(each for each in folder.iterdir() if not each.is_symlink()))
    except OSError:
        return ()


def empty_trash(root: Path) -> int:
    """Delete what the trash holds; return the number of removals. Takes the library's lock."""
    with library_lock(root):
        folders = trash_folders(root)
        for folder in folders:
            with writing(folder):
                shutil.rmtree(folder)
        with suppress(OSError):
            (root / TRASH).rmdir()
    return len(folders)
