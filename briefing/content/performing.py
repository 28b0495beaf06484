"""Actions on several files of a library: all of their steps happen, or none.

What is about to be done is written to a file of intent first. A process that is killed leaves it,
and the next one that opens the library finishes the action. An action whose step fails is taken
back. Every path is relative to the library, below `content/` or the trash.

Undone, its files get the bytes that they had. Where one has changed since, only what the action put
there is taken out; what another process or a hand changed in that is kept, and undoing refused.
"""

import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

import msgspec
from msgspec.structs import replace

from briefing.content import action_log, files
from briefing.content.action_log import FileChange, Logged, digest_of
from briefing.content.edits import EDITS_NAME, change_edits, dump_edits, parse_edits
from briefing.content.folders import ORIGINALS
from briefing.content.info import INFO_NAME, parse_info
from briefing.content.locking import library_lock
from briefing.content.naming import INTENT_NAME, safe_child
from briefing.errors import BriefingError, MismatchError, NotFoundError, WriteError
from briefing.model import Edit, Record, decoder_of

TRASH = ".trash"
_ROOTS = ("content", TRASH)


class ActionStep(Record, frozen=True, kw_only=True):
    """A step: a path moved to another, or a file's bytes before and after (None without one)."""

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
    files.remove_leftovers(root)
    files.write_atomic(intent, msgspec.json.encode(_Intent(steps=tuple(steps), line=line)))
    done: list[ActionStep] = []
    try:
        for step in steps:
            done.append(step)
            _do(root, step)
    except Exception:
        for step in reversed(done):
            path, to = step.to or step.path, step.to and step.path
            with suppress(BriefingError, OSError):
                _do(root, ActionStep(path=path, to=to, before=step.after, after=step.before))
        _remove(intent)
        raise
    logged = action_log.write_log(root, line)
    _remove(intent)
    return logged


def finish_interrupted(root: Path) -> None:
    """Finish a killed process's action, unless another is at it or nothing can be written."""
    with suppress(BriefingError, OSError), library_lock(root, 0):
        finish(root)


def finish(root: Path) -> None:
    """Finish a killed process's action under the lock; what was changed since is left alone."""
    path = root / INTENT_NAME
    try:
        intent = decoder_of(_Intent).decode(files.read_bytes(path))
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
    if not action_log.is_logged(root, intent.line.id):
        action_log.write_log(root, intent.line)
    _remove(path)


def read_file(root: Path, path: str) -> bytes | None:
    """Return the bytes of a file of the library, None where there is none."""
    files.refuse_links(root / path, root)
    with suppress(NotFoundError):
        return files.read_bytes(root / path)
    return None


def _do(root: Path, step: ActionStep) -> None:
    if step.to is not None:
        _move(root, step.path, step.to)
    elif read_file(root, step.path) == step.before:
        _put(root, step.path, step.after)


def _move(root: Path, path: str, to: str) -> None:
    source, target = root / path, root / to
    if not os.path.lexists(source):
        return
    if os.path.lexists(target):
        raise WriteError(f"{target} exists already and was left as it is.")
    files.make_folder(target.parent)
    with files.writing(target):
        source.rename(target)
        files.sync_folder(target.parent)
        files.sync_folder(source.parent)
    _prune(root, source.parent)


def _put(root: Path, path: str, data: bytes | None) -> None:
    place = root / path
    if data is not None:
        files.make_folder(place.parent)
        files.remove_leftovers(place.parent)
        files.write_atomic(place, data)
        return
    with files.writing(place):
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
        files.refuse_links(root / path, root)
        for part in rest:
            safe_child(root, part)


def trash_folders(root: Path) -> tuple[Path, ...]:
    """Return the folders of the trash, one for each removal."""
    folder = root / TRASH
    with suppress(OSError):
        if not folder.is_symlink():
            return tuple(sorted(each for each in folder.iterdir() if not each.is_symlink()))
    return ()


def empty_trash(root: Path) -> int:
    """Delete what the trash holds; return the number of removals. Takes the library's lock."""
    with library_lock(root):
        folders = trash_folders(root)
        for folder in folders:
            with files.writing(folder):
                shutil.rmtree(folder)
        with suppress(OSError):
            (root / TRASH).rmdir()
    return len(folders)


def change_by(step: ActionStep) -> FileChange:
    """Return what is logged of a step of an action."""
    path = step.path
    if step.to is not None:
        return FileChange(path=path, to=step.to)
    if f"/{ORIGINALS}/" in path:  # It is copied whole, may be long, and no text.
        return FileChange(path=path, before=digest_of(step.before), after=digest_of(step.after))
    change = action_log.change_of(path, step.before, step.after)
    if not path.endswith(f"/{EDITS_NAME}"):
        return change
    before, after = (parse_edits(data or b"", Path(path)) for data in (step.before, step.after))
    added = tuple(edit for edit in after if edit not in before)
    removed = tuple((at, edit) for at, edit in enumerate(before) if edit not in after)
    return replace(change, added=added, removed=removed)


def steps_back(root: Path, action: Logged, later: Sequence[Logged]) -> tuple[ActionStep, ...]:
    """Return steps that take an action back past `later` ones; raises MismatchError."""
    _require_last(action, later)
    moves = [change for change in action.changes if change.to is not None]
    back: list[ActionStep] = []
    for move in reversed(moves):
        here, there = current_path(move.to or "", later), current_path(move.path, later)
        if not os.path.lexists(root / here):
            deleted = here.startswith(TRASH)
            gone = "was deleted with the trash" if deleted else "is not there any more"
            raise MismatchError(f"{here} {gone}.")
        if os.path.lexists(root / there):
            raise MismatchError(f"there is another {there} by now.")
        back.append(ActionStep(path=here, to=there))
    for change in reversed(action.changes):
        if change.to is None:
            path = current_path(change.path, later)
            place = current_path(_moved(change.path, moves), later)
            if f"/{ORIGINALS}/" in place and _is_of_others(root, place, back):
                continue
            data = read_file(root, place)
            after = _restore(root, place, data, change)
            back.append(ActionStep(path=path, before=data, after=after))
    return tuple(back)


def _is_of_others(root: Path, original: str, steps: Sequence[ActionStep]) -> bool:
    """Whether an article that these steps do not move away was made from an original."""
    path = root / original
    moved = {root / step.path for step in steps if step.to is not None}
    rest = (each for each in path.parent.parent.glob("*.yaml") if each not in moved)
    return any(path.name.encode() in each.read_bytes() for each in rest)


def current_path(path: str, later: Iterable[Logged]) -> str:
    """Return where a file is after later actions."""
    for action in later:
        path = _moved(path, action.changes)
    return path


def _moved(path: str, changes: Iterable[FileChange]) -> str:
    for change in changes:
        if change.to is not None and (path == change.path or path.startswith(f"{change.path}/")):
            path = change.to + path[len(change.path) :]
    return path


def _require_last(action: Logged, later: Sequence[Logged]) -> None:
    """Raise MismatchError where later actions built on what this one did.

    Edits that were added and lines that still stand as this action put them may be taken out in any
    order; what was moved or taken out only comes back before anything else is done beside it.
    """
    moves = any(change.to is not None or change.removed for change in action.changes)
    mine: dict[str, set[str]] = {}
    for change in action.changes:
        for path in filter(None, (change.path, change.to)):
            lines = {line for line in change.new.splitlines() if line.strip()}
            mine.setdefault(current_path(path, later), set()).update(lines)
    folders = {_folder(path) for path in mine}
    added = {edit.id for change in action.changes for edit in change.added}
    for number, other in enumerate(later):
        for change in other.changes:
            is_built_on = any(edit.id in added for _, edit in change.removed)
            for path in filter(None, (change.path, change.to)):
                place = current_path(path, later[number:])
                lines = set() if place.endswith(f"/{EDITS_NAME}") else mine.get(place, set())
                is_built_on |= moves and _folder(place) in folders
                is_built_on |= not lines.isdisjoint(change.old.splitlines())
            if is_built_on:
                hint = f"Undo that first: briefing undo --action {other.id}."
                raise MismatchError(f"Since then, and built on it: {other.done}", hint)


def _folder(path: str) -> str:
    """Return the briefing's folder that a path is, or is in."""
    return "/".join(path.split("/")[: 4 if path.startswith(TRASH) else 2])


def _restore(root: Path, path: str, data: bytes | None, change: FileChange) -> bytes | None:
    changed = MismatchError(f"{path} was changed there meanwhile.")
    if change.before is None and path.endswith(f"/{INFO_NAME}"):
        _require_alone(root, path)
    if digest_of(data) == change.after:
        if change.before is None:
            return None
        before = _spliced(data or b"", change.at, change)
        if digest_of(before) == change.before:
            return before
    if path.endswith(f"/{EDITS_NAME}") and (root / path).parent.is_dir():
        kept = dump_edits(()).encode("utf-8") if data is None else data
        return _without_edits(kept, path, change, changed)
    if data is None:
        raise changed
    at = _find_once(data, change.new.encode("utf-8"))
    if at is None or change.before is None:
        raise changed
    before = _spliced(data, at, change)
    if path.endswith(f"/{INFO_NAME}"):
        try:
            parse_info(before, root / path)
        except BriefingError:
            raise changed from None
    return before


def _spliced(data: bytes, at: int, change: FileChange) -> bytes:
    new = change.new.encode("utf-8")
    return data[:at] + change.old.encode("utf-8") + data[at + len(new) :]


def _find_once(data: bytes, lines: bytes) -> int | None:
    """Return where whole lines stand, None where they do so nowhere or twice."""
    found, needle = b"\n" + data, b"\n" + lines
    at = found.find(needle)
    return None if at < 0 or not lines.strip() or found.find(needle, at + 1) >= 0 else at


def _without_edits(
    data: bytes, path: str, change: FileChange, changed: MismatchError
) -> bytes | None:
    present = parse_edits(data, Path(path))
    added = {edit.id for edit in change.added}
    others = {edit.id for edit in present} - added
    back = any(edit.id in others for _, edit in change.removed)
    if back or not all(edit in present for edit in change.added):
        raise changed

    def restore(edits: tuple[Edit, ...]) -> Iterable[Edit]:
        rest = [edit for edit in edits if edit.id not in added]
        for at, edit in change.removed:
            rest.insert(at, edit)
        return rest

    rest = change_edits(data, Path(path), restore)
    return None if rest == dump_edits(()).encode("utf-8") else rest


def _require_alone(root: Path, path: str) -> None:
    """Raise MismatchError where a new briefing has more than its briefing.yaml by now."""
    folder = (root / path).parent
    if folder.is_dir() and any(each.name != INFO_NAME for each in folder.iterdir()):
        raise MismatchError(
            f"{folder.name} holds more by now, which was added since.",
            f"Remove the briefing with what it holds: briefing remove {folder.name}. It is kept in "
            f"the trash until briefing tidy, and briefing undo {folder.name} brings it back.",
        )


def names_now(action: Logged, later: Sequence[Logged]) -> tuple[str, ...]:
    """Return the briefings that an action was done to, as they are called after later ones."""
    paths = (current_path(f"content/{name}", later) for name in action.briefings)
    return tuple(path.rpartition("/")[2] for path in paths)


def names_before(action: Logged, names: Sequence[str]) -> tuple[str, ...]:
    """Return what the briefings of an action are called once it is undone."""
    back = {change.to: change.path for change in action.changes if change.to is not None}
    paths = (back.get(f"content/{name}", f"content/{name}") for name in names)
    return tuple(path.rpartition("/")[2] for path in paths)
