"""The library's lock: one writer at a time, whichever process or thread it is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from briefing.content.files import write_error
from briefing.errors import BusyError

LOCK_NAME = ".lock"
HOLDER_NAME = ".lock-holder"
DEFAULT_TIMEOUT = 30.0


@contextmanager
def library_lock(
    root: Path,
    timeout: float = DEFAULT_TIMEOUT,
    *,
    place: Path | None = None,
    doing: str | None = None,
) -> Iterator[None]:
    """Hold the lock of the library at `root` while the block runs; nests within a thread.

    The lock file stands in `place`, else in `root`. Readers need no lock. `doing` tells a waiting
    process what takes so long. Raises BusyError after `timeout` seconds, naming who holds the
    lock, and WriteError where no lock file can be made.
    """
    folder = place or root
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(os.path.realpath(folder / LOCK_NAME), is_singleton=True)
        lock.acquire(timeout=timeout)
    except Timeout:
        raise _busy(folder, timeout) from None
    except OSError as error:
        raise write_error(folder / LOCK_NAME, error) from error
    outermost = lock.lock_counter == 1
    try:
        if outermost:
            _name_holder(folder, doing)
        yield
    finally:
        if outermost:
            with suppress(OSError):
                (folder / HOLDER_NAME).unlink(missing_ok=True)
        lock.release()


def library_of(folder: Path) -> Path:
    """Find the root of the library that the briefing `folder` belongs to, for its lock."""
    above = Path(os.path.abspath(folder)).parent  # noqa: PTH100 (a linked content/ stays as named)
    return above.parent if above.name == "content" else above


def _name_holder(folder: Path, doing: str | None) -> None:
    """Leave a word for those who wait; the lock itself does not depend on it."""
    what = doing or Path(sys.argv[0] or "python").name
    with suppress(OSError):
        (folder / HOLDER_NAME).write_text(f"Process {os.getpid()} ({what})", encoding="utf-8")


def _busy(folder: Path, timeout: float) -> BusyError:
    try:
        holder = (folder / HOLDER_NAME).read_text(encoding="utf-8", errors="replace")[:200]
    except OSError:
        holder = ""
    return BusyError(
        f"{holder.strip() or 'Another process'} is writing to the library {folder}; "
        f"waited {timeout:g} s for it.",
        hint="Try again when it has finished.",
    )
