"""Which briefings a library has, found without opening a file: start-up asks this first."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from pathlib import Path


def briefing_names(content_dir: Path, known: Collection[str] = frozenset()) -> tuple[str, ...]:
    """List the folders in `content_dir` that hold a briefing.yaml, by name.

    Folders `known` to hold one are not looked into. Hidden folders and symbolic links are passed
    over; a folder that is not there has none.
    """
    names = []
    try:
        with os.scandir(content_dir) as entries:
            for entry in entries:
                if entry.name.startswith(".") or not entry.is_dir(follow_symlinks=False):
                    continue
                if entry.name in known or _is_file(f"{entry.path}{os.sep}briefing.yaml"):
                    names.append(entry.name)
    except OSError:
        return ()
    return tuple(sorted(names))


def _is_file(path: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(path, follow_symlinks=False).st_mode)  # noqa: PTH116 (hot path)
    except OSError:
        return False
