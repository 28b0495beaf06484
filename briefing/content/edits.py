"""Reading and writing `edits.yaml`, the analyst's corrections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.content.converting import OLDER_EDITS, convert_edits
from briefing.content.files import read_bytes, remove_leftovers, write_atomic
from briefing.content.locking import briefing_lock
from briefing.content.naming import safe_child
from briefing.content.records import check_format, describe_steps, refuse_at, to_record
from briefing.content.yaml_reading import decode, load
from briefing.content.yaml_writing import write_lines
from briefing.errors import NotFoundError, UsageError
from briefing.model import EDITS_FORMAT, NO_POSITION, Edit, Record, Reprint

EDITS_NAME = "edits.yaml"

_NEEDED: dict[str, tuple[str, ...]] = {
    "set-speaker": ("speaker",),
    "drop-quote": (),
    "add-quote": (),
    "set-role": ("role",),
    "set-metadata": ("field",),
    "rule-position": ("stance",),
    "note": ("text",),
    "tag": ("text",),
}
"""The fields that an edit of each kind must have; a ruling other than none, the country too."""


class _EditsFile(Record, frozen=True, kw_only=True):
    """The content of `edits.yaml`."""

    format: str = EDITS_FORMAT
    edits: tuple[Edit, ...] = ()


def read_edits(path: Path) -> tuple[Edit, ...]:
    """Read the `edits.yaml` at `path`; no file means no edits.

    Raises ContentError with line and column where it is broken.
    """
    try:
        data = read_bytes(path)
    except NotFoundError:
        return ()
    text = decode(data, path)
    plain = load(text, path)
    if plain is None:
        return ()
    check_format(plain, EDITS_FORMAT, text, path, older=OLDER_EDITS)
    edits = to_record(convert_edits(plain), _EditsFile, text, path).edits
    seen: set[str] = set()
    for number, edit in enumerate(edits):
        fault = find_edit_fault(edit, seen)
        if fault:
            steps = ("edits", number, "id")
            refuse_at(f"{fault} (at {describe_steps(steps)})", steps, text, path)
        seen.add(edit.id)
    return edits


def find_edit_fault(edit: Edit, taken: Iterable[str] = ()) -> str | None:
    """Return what is wrong with an edit, or None; `taken` are the ids of the other edits."""
    if not edit.id:
        return "the edit has an empty id"
    if edit.id in taken:
        return f"the edit id {edit.id!r} is used twice"
    if not edit.anchor.exact and edit.kind != "set-metadata":
        return f"the edit {edit.id!r} has an empty anchor"
    needed = list(_NEEDED[edit.kind])
    if edit.kind == "rule-position" and edit.stance != NO_POSITION:
        needed.insert(0, "country")
    missing = [field for field in needed if not getattr(edit, field)]
    if missing:
        return f"the edit {edit.id!r} of kind {edit.kind} needs: {', '.join(missing)}"
    if edit.kind == "set-metadata":
        return _find_value_fault(edit)
    return None


def _find_value_fault(edit: Edit) -> str | None:
    """Return why the value of an edit does not fit the field that it sets, or None."""
    wanted = {"authors": tuple, "reprint_of": Reprint}.get(edit.field or "", str)
    if edit.value is None or (edit.value and isinstance(edit.value, wanted)):
        return None
    return f"the edit {edit.id!r} cannot set {edit.field} to {edit.value!r}"


def dump_edits(edits: Iterable[Edit]) -> str:
    """Return the text of an `edits.yaml`, one line per edit."""
    lines = write_lines("edits", edits, "") or ["edits: []"]
    return "\n".join([f"format: {EDITS_FORMAT}", *lines, ""])


def append_edit(folder: Path, edit: Edit) -> None:
    """Add an edit to the briefing in `folder`, under the library's lock.

    Raises UsageError for an edit that is incomplete or whose id is taken, NotFoundError,
    ContentError where the file is broken (it is left as it is), BusyError, WriteError.
    """
    with _locked_edits(folder) as (path, edits):
        fault = find_edit_fault(edit, {other.id for other in edits})
        if fault:
            raise UsageError(f"The edit was not stored: {fault}.")
        _write_edits(path, (*edits, edit))


def remove_edit(folder: Path, edit_id: str) -> None:
    """Remove an edit from the briefing in `folder`, under the library's lock.

    Raises NotFoundError where no edit has this id, else as `append_edit`.
    """
    with _locked_edits(folder) as (path, edits):
        rest = tuple(edit for edit in edits if edit.id != edit_id)
        if len(rest) == len(edits):
            raise NotFoundError(f"There is no edit {edit_id!r} in {path}.")
        _write_edits(path, rest)


@contextmanager
def _locked_edits(folder: Path) -> Iterator[tuple[Path, tuple[Edit, ...]]]:
    path = safe_child(folder, EDITS_NAME)
    if not folder.is_dir():
        raise NotFoundError(f"There is no briefing {folder}.")
    with briefing_lock(folder):
        yield path, read_edits(path)


def _write_edits(path: Path, edits: tuple[Edit, ...]) -> None:
    remove_leftovers(path.parent)
    write_atomic(path, dump_edits(edits).encode("utf-8"))
