"""Writing derived files: atomic against readers and kills, without waiting for the disk.

Nothing under `index/` is the only copy of anything, so no file is fsynced; what a power cut tears
is found by its reader and made again from `content/`.
"""

from __future__ import annotations

import contextlib
import itertools
import os
from pathlib import Path

from briefing.errors import WriteError

_numbers = itertools.count()


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` at `path` so that a reader sees the old bytes or the new ones, never a part.

    Makes missing parent folders. Raises WriteError; what stood there before is then unharmed.
    """
    scratch = path.with_name(f".{path.name[:80]}.{os.getpid()}.{next(_numbers)}.tmp")
    try:
        try:
            scratch.write_bytes(data)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            scratch.write_bytes(data)
        scratch.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            scratch.unlink(missing_ok=True)
        raise cannot_write(path, error) from error


def append_line(path: Path, line: bytes) -> None:
    """Add one line to a log, or some, in a single write; raises WriteError.

    A line that an earlier failure left open is closed first, so that it cannot swallow this one.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as log:
            size = log.seek(0, os.SEEK_END)
            if size:
                log.seek(size - 1)
                line = line if log.read(1) == b"\n" else b"\n" + line
            log.write(line + b"\n")
    except OSError as error:
        raise cannot_write(path, error) from error


def cannot_write(path: Path, error: OSError) -> WriteError:
    """Tell in a sentence that `path` could not be written, with what to do about it."""
    return WriteError(
        f"cannot write {path}: {error.strerror or error}",
        "free some space or make the folder writable; the index is made again from content/",
    )
