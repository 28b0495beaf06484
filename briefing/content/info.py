"""The analyst's own file, `briefing.yaml`: read leniently, and changed one key at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from briefing.content.emitting import quote_scalar, write_flow, write_lines, write_text
from briefing.content.files import read_bytes, write_atomic
from briefing.content.loading import decode, load
from briefing.content.locking import library_lock, library_of
from briefing.content.records import (
    Step,
    check_format,
    describe_steps,
    find_place,
    to_record_leniently,
)
from briefing.errors import ContentError, UsageError
from briefing.model import BRIEFING_FORMAT, BriefingInfo, Problem

INFO_NAME = "briefing.yaml"
MAX_INFO_BYTES = 4 * 1024 * 1024

_WRITTEN_WHEN_EMPTY = frozenset({"title", "question", "bottom_line", "tags", "codebook"})


def read_info(path: Path) -> BriefingInfo:
    """Read the `briefing.yaml` at `path`; keys that it should not have are passed over.

    Raises NotFoundError where there is none, ContentError with line and column where it is broken.
    """
    return parse_info(read_bytes(path, limit=MAX_INFO_BYTES), path)[0]


def parse_info(data: bytes, path: Path) -> tuple[BriefingInfo, tuple[Problem, ...]]:
    """Read the bytes of a `briefing.yaml`; also returns a warning for each unknown key.

    Raises ContentError with line and column.
    """
    text = decode(data, path, limit=MAX_INFO_BYTES)
    plain = load(text, path)
    check_format(plain, BRIEFING_FORMAT, path, required=False)
    info, unknown = to_record_leniently(plain, BriefingInfo, text, path)
    return info, tuple(_warn_of_key(path, text, steps) for steps in unknown)


def dump_info(info: BriefingInfo) -> str:
    """Write what the text of a new `briefing.yaml` is; empty lists that few need are left out."""
    lines = [f"format: {quote_scalar(info.format)}"]
    for key in info.__struct_fields__[1:]:
        value = getattr(info, key)
        if value != getattr(_EMPTY, key) or key in _WRITTEN_WHEN_EMPTY:
            lines += _key_lines(key, value)
    return "\n".join([*lines, ""])


_EMPTY = BriefingInfo(title="")


def set_info_key(path: Path, key: str, value: Any) -> None:
    """Set one top-level key of the `briefing.yaml` at `path`, under the library's lock.

    Every byte outside the lines of the old value stays as it was, comments included; a key that
    was not there is added at the end. `value` is of the type that BriefingInfo gives the key.
    Raises UsageError for a key or value that BriefingInfo has not, ContentError where the file is
    broken, WriteError.
    """
    if key not in BriefingInfo.__struct_fields__ or key == "format":
        raise UsageError(f"briefing.yaml has no key {key!r} that can be set.")
    with library_lock(library_of(path.parent)):
        data = read_bytes(path, limit=MAX_INFO_BYTES)
        parse_info(data, path)
        changed = _replace_key(decode(data, path, limit=MAX_INFO_BYTES), key, value)
        new = data[:3].replace(data[:3], b"\xef\xbb\xbf") if data[:3] == b"\xef\xbb\xbf" else b""
        new += changed.encode("utf-8")
        try:
            info, _ = parse_info(new, path)
        except ContentError as error:
            raise UsageError(f"{key} cannot be set to {value!r}: {error.message}") from error
        if getattr(info, key) != value:
            raise UsageError(f"{key} cannot be set to {value!r}.")
        if new != data:
            write_atomic(path, new)


def _replace_key(text: str, key: str, value: Any) -> str:
    """Return the text of a valid `briefing.yaml` with the lines of one key exchanged."""
    ending = "\r\n" if "\r\n" in text else "\n"
    written = ending.join(_key_lines(key, value))
    root = yaml.compose(text, yaml.CSafeLoader)
    for name, node in root.value if root else ():
        if name.value == key:
            start, end = name.start_mark.index, node.end_mark.index
            return text[:start] + written + text[end:]
    if text and not text.endswith("\n"):
        text += ending
    return text + written + ending


def _key_lines(key: str, value: Any) -> list[str]:
    """Write one top-level key: text as a block, records a line each, all else on one line."""
    if isinstance(value, str):
        written = write_text(value, "") if "\n" in value else quote_scalar(value)
        return f"{key}: {written}".split("\n")
    if key == "aliases":
        lists = [line for name in ("speakers", "outlets") for line in _alias_lines(value, name)]
        return ["aliases:", *lists] if lists else ["aliases: {}"]
    if key in ("pinned", "searches"):
        return write_lines(key, value, "") or [f"{key}: []"]
    return [f"{key}: {write_flow(value)}"]


def _alias_lines(aliases: Any, name: str) -> list[str]:
    return write_lines(name, getattr(aliases, name), "  ")


def _warn_of_key(path: Path, text: str, steps: tuple[Step, ...]) -> Problem:
    line, column = find_place(text, steps)
    return Problem(
        file=str(path),
        message=f"the key {describe_steps(steps)} is unknown and has no effect",
        line=line,
        column=column,
        severity="warning",
    )
