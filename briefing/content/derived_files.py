"""Writing derived files: atomic against readers and kills, without waiting for the disk.

Nothing under `index/` is the only copy of anything, so no file is fsynced; what a power cut tears
is found by its reader and made again from `content/`. An index may have come from anybody with
symbolic links in it: none is written through, and each that is in the way is taken out.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import stat
from collections.abc import Container
from pathlib import Path

from briefing.errors import WriteError

_numbers = itertools.count()
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)


def drop_links(folder: Path, *, spare: Container[str] = ()) -> None:
    """Take every symbolic link out of `folder` and the folders below it, whatever it leads to.

    Call it before anything is opened or written in there; folders called as in `spare` are not
    looked into. Raises WriteError where `folder` itself is a link, or one cannot be taken out.
    """
    if folder.is_symlink():
        raise WriteError(f"{folder} is a symbolic link; nothing is written through it.")
    todo = [folder]
    while todo:
        here = todo.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    if entry.is_symlink():
                        (here / entry.name).unlink(missing_ok=True)
                    elif entry.is_dir(follow_symlinks=False) and entry.name not in spare:
                        todo.append(here / entry.name)
        except FileNotFoundError:
            continue  # Not made yet, or removed meanwhile.
        except OSError as error:
            raise cannot_write(here, error) from error


def own_folder(folder: Path, base: Path) -> None:
    """Take out a symbolic link that stands for `folder` or for one between it and `base`.

    Raises WriteError where that cannot be done, and where `base` itself is a link.
    """
    if base.is_symlink():
        raise WriteError(f"{base} is a symbolic link; nothing is written through it.")
    here = base
    for part in folder.relative_to(base).parts:
        here /= part
        if here.is_symlink():
            try:
                here.unlink()
            except OSError as error:
                raise cannot_write(here, error) from error


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` at `path` so that a reader sees the old bytes or the new ones, never a part.

    Makes missing parent folders. Raises WriteError; what stood there before is then unharmed.
    """
    scratch = path.with_name(f".{path.name[:80]}.{os.getpid()}.{next(_numbers)}.tmp")
    try:
        try:
            _write_new(scratch, data)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_new(scratch, data)
        scratch.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            scratch.unlink(missing_ok=True)
        raise cannot_write(path, error) from error


def append_line(path: Path, line: bytes) -> None:
    """Add one line to a log, or some, in a single write; raises WriteError.

    A line that an earlier failure left open is closed first, so that it cannot swallow this one.
    A log that is a link, hard or symbolic, is replaced by one that is nobody else's.
    """
    if not _is_ours_alone(path):
        before = read_plain(path) or b""
        gap = b"" if before.endswith(b"\n") or not before else b"\n"
        replace_file(path, before + gap + line + b"\n")
        return
    try:
        with os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND | _NO_FOLLOW | _BINARY), "ab+") as log:
            size = log.seek(0, os.SEEK_END)
            if size:
                log.seek(size - 1)
                line = line if log.read(1) == b"\n" else b"\n" + line
            log.write(line + b"\n")
    except OSError as error:
        raise cannot_write(path, error) from error


def read_plain(path: Path) -> bytes | None:
    """Read a regular file; None where there is none, or a symbolic link or a device instead."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | _NO_FOLLOW | _NO_WAIT | _BINARY), "rb") as file:
            return file.read() if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None
    except OSError:
        return None


def cannot_write(path: Path, error: OSError) -> WriteError:
    """Tell in a sentence that `path` could not be written, with what to do about it."""
    return WriteError(
        f"cannot write {path}: {error.strerror or error}",
        "free some space or make the folder writable; the index is made again from content/",
    )


def _write_new(path: Path, data: bytes) -> None:
    """Write a file under a name of its own; what a dead process or anybody left there goes."""
    try:
        file = path.open("xb")
    except FileExistsError:
        path.unlink()
        file = path.open("xb")
    with file:
        file.write(data)


def _is_ours_alone(path: Path) -> bool:
    """Whether there is a regular file at `path` that goes by no other name."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_nlink == 1
