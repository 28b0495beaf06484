"""Finds the files that may be articles, reads their bytes, and names what cannot be read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from briefing.errors import InputError
from briefing.ingest.formats import (
    ADDED_SUFFIXES,
    FORMATS,
    MAX_BYTES,
    PACKED_SUFFIXES,
    too_large,
)
from briefing.ingest.unpacking import (
    Found,
    PackedFile,
    is_page_folder,
    tell_other_kinds,
    unpack,
)

_ENDINGS = sorted({row.suffixes[0] for row in FORMATS} | PACKED_SUFFIXES)
_KIN = {
    ".doc": ".docx", ".odt": ".docx", ".pages": ".docx", ".wps": ".docx", ".msg": ".eml",
    ".webarchive": ".mhtml", ".xls": ".csv", ".xlsx": ".csv", ".ods": ".csv", ".mobi": ".epub",
}  # fmt: skip
"""Endings of files that are not read, with what their program saves as well."""
_HINTS = {ending: f"Save it as {other}." for ending, other in _KIN.items()} | {
    ".opml": "To take the feeds that it lists: briefing feeds NAME --import FILE"
}
_ACCEPTED = f"Articles are {', '.join(_ENDINGS)} and files without an ending."


def gather(paths: Sequence[Path]) -> Found:
    """Return the files to add, and an error for each path that holds none.

    Folders are walked, sorted by name, hidden entries and what belongs to a saved page skipped,
    other kinds of file told; a folder reached twice (a loop of symbolic links) is walked once, a
    file named twice is returned once. What archives and mail boxes hold stands in their place. A
    file that was named itself is reported when its ending is not accepted.
    """
    files: dict[Path, None] = {}
    found = Found()
    for path in paths:
        try:
            articles, told = _articles_at(path)
        except InputError as error:
            found.errors.append(error)
            continue
        files |= dict.fromkeys(articles)
        found.told += told
    for file in files:
        try:
            inside = unpack(file, file.name) or Found([file])
        except InputError as error:
            found.errors.append(error)
            continue
        found.files += inside.files
        found.errors += inside.errors
        found.told += inside.told
    return found


def read_source(path: Path | PackedFile) -> bytes:
    """Return the bytes of a file; raises InputError where it is too large or cannot be read."""
    if isinstance(path, PackedFile):
        return path.read()
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"{path}: not a regular file", _ACCEPTED)
        if status.st_size > MAX_BYTES:
            raise too_large(str(path), status.st_size)
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    except ValueError as error:
        raise InputError(f"{str(path)!r}: not a file name ({error})") from error


def _articles_at(path: Path) -> tuple[list[Path], list[str]]:
    text = str(path)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise _unreadable(path, error) from error
    except ValueError as error:
        raise InputError(f"{text!r}: not a file name ({error})") from error
    if stat.S_ISDIR(mode):
        return _articles_below(path)
    if not stat.S_ISREG(mode):
        raise InputError(f"{path}: neither a file nor a folder", _ACCEPTED)
    if path.suffix.lower() not in ADDED_SUFFIXES:
        hint = _HINTS.get(path.suffix.lower(), _ACCEPTED)
        raise InputError(f"{path}: files ending in {path.suffix} are not read", hint)
    return [path], []


def _articles_below(folder: Path) -> tuple[list[Path], list[str]]:
    files = list(_walk(folder, set()))
    found = [file for file in files if file.suffix.lower() in ADDED_SUFFIXES]
    if not found:
        raise InputError(f"{folder}: no articles in this folder", _ACCEPTED)
    others = (file.name for file in files if file.suffix.lower() not in ADDED_SUFFIXES)
    return found, tell_other_kinds(folder.name, others)


def _walk(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path]:
    """Yield the files below a folder; a folder below that cannot be read is skipped."""
    todo = [folder]
    while todo:
        here = todo.pop()
        try:
            status = here.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            with os.scandir(here) as entries:
                names = sorted((entry.name for entry in entries), reverse=True)
        except OSError as error:
            if here == folder:
                raise _unreadable(here, error) from error
            continue
        visible = [here / name for name in names if not name.startswith(".")]
        beside = {name.lower() for name in names}
        folders = [entry for entry in visible if stat.S_ISDIR(_mode(entry))]
        todo.extend(entry for entry in folders if not is_page_folder(entry.name, beside))
        yield from reversed([entry for entry in visible if stat.S_ISREG(_mode(entry))])


def _mode(path: Path) -> int:
    """Return the mode of what `path` leads to, 0 where that cannot be looked at."""
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def _unreadable(path: Path, error: OSError) -> InputError:
    reasons = {
        FileNotFoundError: "there is no such file or folder",
        PermissionError: "no permission to read it",
    }
    reason = reasons.get(type(error), error.strerror or "it cannot be read")
    return InputError(f"{path}: {reason}", "Check the path." if path else None)
