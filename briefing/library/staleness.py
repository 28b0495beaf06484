"""Whether `content/` still is what the index was made of; loads neither YAML nor Whoosh.

This runs before every command, so it asks the file system as little as an honest answer allows:
each file for its size and time, but for its name only where the time of its folder is another one.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from briefing.content import briefing_names, is_text
from briefing.library.store import Store
from briefing.model import Record

Stamps = Mapping[str, tuple[int, int]]

UNTRUSTED = "-"
"""Stands for the time of a folder where it might stay the same although the folder changes."""
_INFO = "/briefing.yaml/"
"""Stands in the stamp of every folder that is a briefing."""
_SAME_TICK = 50_000_000
"""A folder changed less than so many ns ago may change again within the clock's step."""


class LibraryState(Record, frozen=True, kw_only=True):
    """Names of briefings: all `present`, those `wanted`, the `stale` ones of these, those `gone`.

    `known` tells whether the index knows any briefing at all; `stamps` what it knows of each.
    """

    present: tuple[str, ...]
    wanted: tuple[str, ...]
    stale: tuple[str, ...]
    gone: tuple[str, ...]
    known: bool
    stamps: Mapping[str, str | None]


def look(content: Path, store: Store, names: Sequence[str] | None = None) -> LibraryState:
    """Compare the files of a library, or of the briefings `names` alone, with its catalog."""
    stamps = store.states()
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


def read_stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Return `(size, mtime in ns)` of each YAML file of a briefing.

    Symbolic links are left out, and names that are no text: no article can be called so.
    """
    return _read_stamps(str(folder))


def folder_time(folder: Path) -> str:
    """Return the time of a folder's last new, renamed or removed file, to be asked before listing.

    UNTRUSTED where that may have been a moment ago, or on a system whose folders have no such
    time, or a coarse one.
    """
    changed = folder.lstat().st_mtime_ns
    coarse = os.name != "posix" or changed % 1_000_000_000 == 0
    return UNTRUSTED if coarse or time.time_ns() - changed < _SAME_TICK else str(changed)


def one_stamp(when: str, stamps: Stamps) -> str:
    """Write the time of a briefing's folder and the stamps of its files as one word.

    So a library is compared by its catalog alone. Parted by the one character that no name has.
    """
    return f"{when}/{_files_part(stamps)}"


def files_of(stamp: str | None) -> Stamps:
    """Return the stamps of the files that `one_stamp` wrote as one word; none for None."""
    told = iter((stamp or "").split("/")[1:])
    try:
        return {
            name: (int(size), int(changed))
            for name, size, changed in zip(told, told, told, strict=True)
        }
    except ValueError:
        return {}


def _is_as_stamped(folder: str, stamp: str | None) -> bool:
    """Tell whether the files of a folder are those of a stamp; a folder that is gone is not."""
    if not stamp or _INFO not in stamp:
        return False
    when, _, files = stamp.partition("/")
    try:
        found = os.lstat(folder)
        if not stat.S_ISDIR(found.st_mode):
            return False
        if str(found.st_mtime_ns) != when:
            return _files_part(_read_stamps(folder)) == files
        # The same files are there as then: each need only be looked at by its name.
        told = iter(files.split("/"))
        for name, size, changed in zip(told, told, told, strict=True):
            found = os.lstat(f"{folder}/{name}")
            if str(found.st_mtime_ns) != changed or str(found.st_size) != size:
                return False
    except OSError:
        return False
    return True


def _files_part(stamps: Stamps) -> str:
    return "/".join(f"{name}/{size}/{when}" for name, (size, when) in sorted(stamps.items()))


def _read_stamps(folder: str) -> dict[str, tuple[int, int]]:
    with os.scandir(folder) as entries:
        return {
            entry.name: ((found := entry.stat(follow_symlinks=False)).st_size, found.st_mtime_ns)
            for entry in entries
            if entry.name.endswith(".yaml")
            and not entry.name.startswith(".")
            and is_text(entry.name)
            and entry.is_file(follow_symlinks=False)
        }
