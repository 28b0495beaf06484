"""Reading and writing `edits.yaml`, the analyst's corrections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from briefing.content.converting import OLDER_EDITS, convert_edits
from briefing.content.edit_kinds import find_edit_fault
from briefing.content.files import read_bytes
from briefing.content.records import check_format, describe_steps, refuse_at, to_record
from briefing.content.yaml_reading import UTF8_BOM, decode, load
from briefing.content.yaml_rewriting import YamlValue, replace_items, replace_value
from briefing.content.yaml_writing import write_flow, write_lines
from briefing.errors import ContentError, InputError, NotFoundError, UsageError
from briefing.model import EDITS_FORMAT, Edit, Record

EDITS_NAME = "edits.yaml"


class _EditsFile(Record, frozen=True, kw_only=True):
    format: str = EDITS_FORMAT
    edits: tuple[Edit, ...] = ()


def read_edits(path: Path, open_file: Callable[[Path], bytes] = read_bytes) -> tuple[Edit, ...]:
    """Read the `edits.yaml` at `path`, its bytes by `open_file`; no file means no edits.

    Raises ContentError with line and column where it is broken.
    """
    try:
        data = open_file(path)
    except NotFoundError:
        return ()
    return parse_edits(data, path)


def parse_edits(data: bytes, path: Path) -> tuple[Edit, ...]:
    """Return the edits in the bytes of an `edits.yaml`; raises as `read_edits` does."""
    text = decode(data, path)
    plain = load(text, path)
    if plain is None:
        return ()
    check_format(plain, EDITS_FORMAT, text, path, older=OLDER_EDITS)
    edits = to_record(convert_edits(plain), _EditsFile, text, path).edits
    for number, fault in _find_faults(edits):
        steps = ("edits", number, "id")
        refuse_at(f"{fault} (at {describe_steps(steps)})", steps, text, path)
    return edits


def _find_faults(edits: Iterable[Edit]) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for number, edit in enumerate(edits):
        fault = find_edit_fault(edit)
        if fault or edit.id in seen:
            yield number, fault or f"the edit id {edit.id!r} is used twice"
        seen.add(edit.id)


def dump_edits(edits: Iterable[Edit]) -> str:
    """Return the text of an `edits.yaml`, one line per edit."""
    lines = write_lines("edits", edits, "") or ["edits: []"]
    return "\n".join([f"format: {EDITS_FORMAT}", *lines, ""])


def change_edits(
    data: bytes | None, path: Path, change: Callable[[tuple[Edit, ...]], Iterable[Edit]]
) -> bytes:
    """Return the bytes of an `edits.yaml` with its edits changed and its other lines as they were.

    None stands for no file. Raises UsageError for an edit that is incomplete or whose id is taken,
    and ContentError where the file is broken.
    """
    before = parse_edits(data, path) if data is not None else ()
    after = tuple(change(before))
    for _, fault in _find_faults(after):
        raise UsageError(f"The edit was not stored: {fault}.")
    if data is not None:
        if after == before:
            return data
        new = _rewrite(decode(data, path), before, after)
        with suppress(ContentError):
            if new is not None and parse_edits(new.encode("utf-8"), path) == after:
                mark = UTF8_BOM if data.startswith(UTF8_BOM) else b""
                return mark + new.encode("utf-8")
    return dump_edits(after).encode("utf-8")


def _rewrite(text: str, before: Sequence[Edit], after: Sequence[Edit]) -> str | None:
    """Return the text with only those lines changed that differ; None where that cannot be."""
    if all(not line or line.startswith("#") for line in map(str.strip, text.splitlines())):
        return f"{text.rstrip()}\n".lstrip("\n") + dump_edits(after)
    items = tuple(write_flow(edit) for edit in after)
    try:
        if f"format: {EDITS_FORMAT}" not in text:
            return None
        changed = replace_items(text, "edits", [write_flow(edit) for edit in before], items)
        below = tuple(f"- {item}" for item in items)
        value = YamlValue("", below, items) if items else YamlValue("[]")
        return changed or replace_value(text, "edits", value)
    except (InputError, RecursionError):
        return None
