"""Whether `content/` still is what the index was made of; loads neither YAML nor Whoosh."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from briefing.content import briefing_names
from briefing.model import Record
from briefing.search.store import Store

Stamps = Mapping[str, tuple[int, int]]


class State(Record, frozen=True, kw_only=True):
    """Names of briefings: all `present`, those `wanted`, the `stale` ones of these, those `gone`.

    `known` tells whether the index knows any briefing at all.
    """

    present: tuple[str, ...]
    wanted: tuple[str, ...]
    stale: tuple[str, ...]
    gone: tuple[str, ...]
    known: bool


def look(content: Path, store: Store, names: Sequence[str] | None = None) -> State:
    """Compare the files of a library, or of the briefings `names` alone, with its catalog."""
    present = briefing_names(content)
    wanted = present if names is None else tuple(name for name in present if name in names)
    known = {row.name: row.stamp for row in store.catalog()}
    stale = (name for name in wanted if known.get(name) != _stamp_or_none(content / name))
    gone = sorted(known.keys() - set(present)) if names is None else []
    return State(
        present=present, wanted=wanted, stale=tuple(stale), gone=tuple(gone), known=bool(known)
    )


def read_stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Return `(size, mtime in ns)` of each YAML file of a briefing, symbolic links left out."""
    with os.scandir(folder) as entries:
        return {
            entry.name: ((stat := entry.stat(follow_symlinks=False)).st_size, stat.st_mtime_ns)
            for entry in entries
            if entry.name.endswith(".yaml")
            and not entry.name.startswith(".")
            and entry.is_file(follow_symlinks=False)
        }


def _stamp_or_none(folder: Path) -> str | None:
    try:
        return one_stamp(read_stamps(folder))
    except OSError:
        return None


def one_stamp(stamps: Stamps) -> str:
    """Sum the stamps of a briefing's files up, so that a library is compared by its catalog."""
    told = "\n".join(f"{name}\0{size}\0{time}" for name, (size, time) in sorted(stamps.items()))
    return hashlib.blake2b(told.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
