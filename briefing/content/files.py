"""How files are read and written: bounded, whole or not at all, never through a symbolic link."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path

from briefing.errors import ContentError, NotFoundError, WriteError

MAX_FILE_BYTES = 128 * 1024 * 1024
"""No file of a library may be larger: what is read is held in memory as a whole."""

_TEMPORARY = ".tmp"
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)


@contextmanager
def open_regular(path: Path) -> Iterator[BufferedReader]:
    """Open a regular file for reading; a symbolic link, folder or device is refused.

    Raises NotFoundError where there is none, ContentError where it cannot or must not be read.
    """
    if not _NO_FOLLOW and path.is_symlink():
        raise ContentError("a symbolic link is not followed", path=path)
    try:
        descriptor = os.open(path, os.O_RDONLY | _NO_FOLLOW | _NO_WAIT | _BINARY)
    except FileNotFoundError:
        raise NotFoundError(f"There is no file {path}.") from None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise ContentError("a symbolic link is not followed", path=path) from None
        raise ContentError(f"the file cannot be read: {error.strerror}", path=path) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ContentError("this is no regular file", path=path)
    with os.fdopen(descriptor, "rb") as file:
        try:
            yield file
        except OSError as error:
            raise ContentError(f"the file cannot be read: {error.strerror}", path=path) from None


def read_bytes(path: Path, *, limit: int = MAX_FILE_BYTES) -> bytes:
    """Read a regular file of at most `limit` bytes.

    Raises NotFoundError where there is none, ContentError where it cannot or must not be read.
    """
    with open_regular(path) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise ContentError(
            f"the file is larger than {limit // 1024} KiB and was not read", path=path
        )
    return data


def write_atomic(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that a reader sees the old file or the whole new one.

    The bytes are on the disk when this returns. A symbolic link at `path` is replaced, never
    written through. Raises WriteError; what was there before is then unharmed.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}{_TEMPORARY}")
    try:
        _write_synced(temporary, data, mode=_mode_of(path))
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise write_error(path, error) from error
    finally:
        # After the rename there is nothing left of this name.
        with suppress(OSError):
            temporary.unlink()


def write_error(path: Path, error: OSError) -> WriteError:
    """Tell a failure to write `path` in a sentence, with what to do about it."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        hint = "The disk is full: free some space and try again."
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        hint = "Check the folder's permissions, or name another library with --library."
    else:
        hint = None
    return WriteError(f"{path} was not written: {error.strerror or error}.", hint)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it where they are missing; raises WriteError.

    A symbolic link in its place is refused, so that nothing is written out of the library.
    """
    refuse_links(folder, folder.parent)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_error(folder, error) from error


def refuse_links(path: Path, root: Path) -> None:
    """Raise WriteError where any part of `path` below `root`, itself included, is a symbolic link.

    A library may come from anybody, and a link in it lead anywhere. What is not there yet is none;
    `root` itself is as its owner named it, and may be one.
    """
    here = root
    for part in path.relative_to(root).parts:
        here /= part
        try:
            linked = here.is_symlink()
        except OSError as error:
            raise write_error(here, error) from error
        if linked:
            raise WriteError(
                f"{here} is a symbolic link; nothing is written through it.",
                "Put what it leads to in its place, or name another library with --library.",
            )


def is_leftover(name: str) -> bool:
    """Tell whether a file name is that of a temporary file of `write_atomic`."""
    return name.startswith(".") and name.endswith(_TEMPORARY)


def remove_leftovers(folder: Path) -> int:
    """Remove what killed writers left in `folder`; returns how many files that were.

    The caller holds the library's lock, so no living writer owns any of them.
    """
    removed = 0
    if folder.is_symlink():
        return removed
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if is_leftover(entry.name) and entry.is_file(follow_symlinks=False):
                with suppress(OSError):
                    os.unlink(entry.path)  # noqa: PTH108 (an entry of scandir has no Path)
                    removed += 1
    return removed


def _write_synced(path: Path, data: bytes, *, mode: int | None) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    with os.fdopen(descriptor, "wb") as file:
        if mode is not None and hasattr(os, "fchmod"):
            os.fchmod(descriptor, mode)
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _mode_of(path: Path) -> int | None:
    """Return the permissions that a new version of `path` should keep, None for the usual ones."""
    try:
        found = path.lstat().st_mode
    except OSError:
        return None
    return stat.S_IMODE(found) if stat.S_ISREG(found) else None


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut, where the system lets a folder be synced."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
