"""Whether `content/` has changed since it was indexed; imports neither YAML nor Whoosh.

This runs before every command, so it makes as few system calls as it can: one stat per known file,
and a listing only of folders whose modification time has changed.
"""

import os
import stat
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from briefing.content.naming import briefing_names, is_text
from briefing.library.store import Store
from briefing.model import Record

Stamps = Mapping[str, tuple[int, int]]

UNTRUSTED = "-"
"""The time of a folder whose modification time may not change with its content."""
_INFO = "/briefing.yaml/"
"""Part of the stamp of every folder that is a briefing."""
_SAME_TICK = 50_000_000
"""Nanoseconds within which two changes of a folder may get the same modification time."""


class LibraryState(Record, frozen=True, kw_only=True):
    """Names of briefings: all `present`, those `wanted`, the `stale` ones of these, those `gone`.

    `known` is whether the index has any briefing; `stamps` are their indexed stamps by name.
    """

    present: tuple[str, ...]
    wanted: tuple[str, ...]
    stale: tuple[str, ...]
    gone: tuple[str, ...]
    known: bool
    stamps: Mapping[str, str | None]


def check_staleness(
    content: Path, store: Store, names: Sequence[str] | None = None
) -> LibraryState:
    """Compare the files of a library, or of the briefings `names` alone, with its catalog."""
    stamps = store.stamps()
    asked = stamps.keys() if names is None else stamps.keys() & set(names)
    same = {name for name in asked if _is_as_stamped(f"{content}{os.sep}{name}", stamps[name])}
    present = briefing_names(content, same)
    wanted = present if names is None else tuple(name for name in present if name in names)
    gone = sorted(stamps.keys() - set(present)) if names is None else []
    return LibraryState(
        present=present,
        wanted=wanted,
        stale=tuple(name for name in wanted if name not in same),
        gone=tuple(gone),
        known=bool(stamps),
        stamps=stamps,
    )


def read_stamps(folder: Path | str) -> dict[str, tuple[int, int]]:
    """Return `(size, mtime in ns)` of what stands as YAML files with text names in a folder."""
    with os.scandir(folder) as entries:
        return {
            entry.name: ((found := entry.stat(follow_symlinks=False)).st_size, found.st_mtime_ns)
            for entry in entries
            if entry.name.endswith(".yaml")
            and not entry.name.startswith(".")
            and is_text(entry.name)
        }


def folder_time(folder: Path) -> str:
    """Return a folder's time in ns, before listing it, or UNTRUSTED where too recent or coarse."""
    changed = folder.lstat().st_mtime_ns
    coarse = os.name != "posix" or changed % 1_000_000_000 == 0
    return UNTRUSTED if coarse or time.time_ns() - changed < _SAME_TICK else str(changed)


def one_stamp(when: str, stamps: Stamps) -> str:
    """Return a folder's time and its files' stamps as one string, separated by `/`."""
    return f"{when}/{_files_part(stamps)}"


def files_of(stamp: str | None) -> Stamps:
    """Return the stamps of files in a string from `one_stamp`; none for None."""
    parts = iter((stamp or "").split("/")[1:])
    with suppress(ValueError):
        each = zip(parts, parts, parts, strict=True)
        return {name: (int(size), int(changed)) for name, size, changed in each}
    return {}


def _is_as_stamped(folder: str, stamp: str | None) -> bool:
    """Whether a folder exists and its files match a stamp."""
    if not stamp or _INFO not in stamp:
        return False
    when, _, files = stamp.partition("/")
    try:
        found = os.lstat(folder)
        if not stat.S_ISDIR(found.st_mode):
            return False
        if str(found.st_mtime_ns) != when:
            return _files_part(read_stamps(folder)) == files
        # The folder has the same files as before: no listing is needed.
        parts = iter(files.split("/"))
        for name, size, changed in zip(parts, parts, parts, strict=True):
            found = os.lstat(f"{folder}/{name}")
            if str(found.st_mtime_ns) != changed or str(found.st_size) != size:
                return False
    except OSError:
        return False
    return True


def _files_part(stamps: Stamps) -> str:
    return "/".join(f"{name}/{size}/{when}" for name, (size, when) in sorted(stamps.items()))
