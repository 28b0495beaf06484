"""Files that can be rebuilt from `content/`: everything below `index/`.

An index may come from anybody and hold anything: nothing is written through a symbolic link, what
stands in the way of a file is removed, and a link in the place of a folder is left alone.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Container
from contextlib import suppress
from pathlib import Path

from briefing.content.files import read_bytes, write_atomic, writing
from briefing.errors import ContentError, NotFoundError, WriteError

FAST = "fast"
FOLDERS = (FAST, "search")
"""The folders of an index: copies of what is read often, and what is searched."""

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)


def remove_links_below(folder: Path, *, skip: Container[str] = ()) -> None:
    """Remove every symbolic link in `folder` and its subfolders that leads to no folder.

    Call it before anything is opened or written there; folders with a name in `skip` are not
    searched. Raises WriteError where `folder` itself is a link, or one cannot be removed.
    """
    _refuse_link(folder)
    pending = [folder]
    while pending:
        here = pending.pop()
        # It may not exist yet, or be removed meanwhile.
        with writing(here), suppress(FileNotFoundError), os.scandir(here) as entries:
            for entry in entries:
                if entry.is_symlink() and not entry.is_dir():
                    (here / entry.name).unlink(missing_ok=True)
                elif entry.is_dir(follow_symlinks=False) and entry.name not in skip:
                    pending.append(here / entry.name)


def folder_links(index: Path) -> tuple[Path, ...]:
    """Return the symbolic links in the place of an index's folders; none where it is unreadable."""
    folders = [index, *(index / name for name in FOLDERS)]
    found = [path for path in folders if os.path.islink(path)]  # noqa: PTH114 (never raises)
    with suppress(OSError), os.scandir(index / FAST) as entries:
        found += [Path(entry.path) for entry in entries if entry.is_symlink()]
    return tuple(found)


def clear_place(path: Path, *, folder: bool = False) -> None:
    """Remove what stands at `path` unless it is a regular file, or with `folder` a folder.

    Raises WriteError where that fails, or it is a symbolic link to a folder.
    """
    import shutil

    with writing(path), suppress(FileNotFoundError):
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode) and path.is_dir():
            _refuse_link(path)
        if stat.S_ISDIR(mode) and not folder:
            shutil.rmtree(path)
        elif not (stat.S_ISDIR(mode) or (stat.S_ISREG(mode) and not folder)):
            path.unlink()


def append_line(path: Path, line: bytes) -> None:
    """Append one or more complete lines to a log in a single write; raises WriteError.

    A line that an earlier failure left incomplete is ended first. A log that is a symbolic link or
    has a second hard link is replaced by a new file.
    """
    if not _is_sole_link(path):
        before = read_plain(path) or b""
        gap = b"" if before.endswith(b"\n") or not before else b"\n"
        write_atomic(path, before + gap + line + b"\n", durable=False)
        return
    flags = os.O_RDWR | os.O_APPEND | _NO_FOLLOW | _BINARY
    with writing(path), os.fdopen(os.open(path, flags), "ab+") as log:
        size = log.seek(0, os.SEEK_END)
        if size:
            log.seek(size - 1)
            line = line if log.read(1) == b"\n" else b"\n" + line
        log.write(line + b"\n")


def read_plain(path: Path) -> bytes | None:
    """Read a regular file; None where there is none, or it is a link, a device or unreadable."""
    try:
        return read_bytes(path)
    except (NotFoundError, ContentError):
        return None


def _refuse_link(folder: Path) -> None:
    if folder.is_symlink():
        raise WriteError(f"{folder} is a symbolic link; nothing is written through it.")


def _is_sole_link(path: Path) -> bool:
    """Whether there is a regular file at `path` with no other hard link."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_nlink == 1
