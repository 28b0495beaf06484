"""How files are read and written: bounded, whole or not at all, never through a symbolic link."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from briefing.content.loading import MAX_FILE_BYTES
from briefing.errors import ContentError, NotFoundError, WriteError

_TEMPORARY = ".tmp"


def read_bytes(path: Path, *, limit: int = MAX_FILE_BYTES) -> bytes:
    """Read a regular file of at most `limit` bytes; symbolic links and devices are refused.

    Raises NotFoundError where there is none, ContentError where it cannot or must not be read.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise NotFoundError(f"There is no file {path}.") from None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise ContentError("a symbolic link is not followed", path=path) from None
        raise ContentError(f"the file cannot be read: {error.strerror}", path=path) from None
    with open(descriptor, "rb", closefd=True) as file:  # noqa: PTH123 (a descriptor, no path)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ContentError("this is no regular file", path=path)
        try:
            data = file.read(limit + 1)
        except OSError as error:
            raise ContentError(f"the file cannot be read: {error.strerror}", path=path) from None
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
        with suppress(OSError):
            temporary.unlink()
        raise write_error(path, error) from error


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
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_error(folder, error) from error
    if folder.is_symlink():
        raise WriteError(f"{folder} is a symbolic link; nothing is written through it.")


def is_leftover(name: str) -> bool:
    """Tell whether a file name is that of a temporary file of `write_atomic`."""
    return name.startswith(".") and name.endswith(_TEMPORARY)


def remove_leftovers(folder: Path) -> int:
    """Remove what killed writers left in `folder`; returns how many files that were.

    The caller holds the library's lock, so no living writer owns any of them.
    """
    removed = 0
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if is_leftover(entry.name) and entry.is_file(follow_symlinks=False):
                with suppress(OSError):
                    os.unlink(entry.path)  # noqa: PTH108 (an entry of scandir has no Path)
                    removed += 1
    return removed


def _write_synced(path: Path, data: bytes, *, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, mode)
    with open(descriptor, "wb", closefd=True) as file:  # noqa: PTH123 (a descriptor, no path)
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _mode_of(path: Path) -> int:
    """Choose the permissions for a new version of `path`: those it has, else the usual ones."""
    try:
        return stat.S_IMODE(path.lstat().st_mode) if not path.is_symlink() else 0o666
    except OSError:
        return 0o666


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut, where the system lets a folder be synced."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
