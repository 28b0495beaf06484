"""The library's lock: one writer at a time, whichever process or thread it is.

Who has to wait says for whom, once, and waits for as long as the work it waits for goes on.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event

from filelock import BaseFileLock, FileLock, Timeout

from briefing.content.files import open_regular, refuse_links, write_error
from briefing.errors import BriefingError, BusyError, StoppedError

LOCK_NAME = ".lock"
HOLDER_NAME = ".lock-holder"
DEFAULT_TIMEOUT = 30.0
"""A holder that gives no sign for so many seconds is taken to be stuck."""
TELL_AFTER = 0.3
"""A wait of so many seconds is told; most are shorter and over before a person could read it."""
LOOK_EVERY = 0.2
"""How often, in seconds, a holder leaves a sign of its progress and those who wait look for it."""

Waiting = Callable[[str], None]
"""Told, in a sentence, for whom the caller waits."""


class Hold:
    """The lock as its holder has it, to let those who wait know that the work goes on."""

    def __init__(self, folder: Path, doing: str, unwanted: Event) -> None:
        """`doing` says what is done, such as `indexing`; `unwanted` is set to have it end."""
        self.doing = doing
        self._unwanted = unwanted
        self._folder = folder
        self._told = time.monotonic()

    def tell(self, done: int, total: int) -> None:
        """Leave a sign that `done` of `total` parts are done; costs nothing when called often.

        Raises StoppedError where the rest is not wanted any more.
        """
        _stop_if(self._unwanted)
        now = time.monotonic()
        if now - self._told >= LOOK_EVERY:
            self._told = now
            _name_holder(self._folder, f"{self.doing}, {done:,} of {total:,}")


@contextmanager
def library_lock(
    root: Path,
    timeout: float = DEFAULT_TIMEOUT,
    *,
    place: Path | None = None,
    doing: str | None = None,
    waiting: Waiting | None = None,
    unwanted: Event | None = None,
) -> Iterator[Hold]:
    """Hold the lock of the library at `root` while the block runs; nests within a thread.

    The lock file stands in `place`, else in `root`. Readers need no lock. `doing` tells a waiting
    process what takes so long, and the Hold that the block gets tells it how far that is;
    `waiting` is told for whom this one waits, unless that takes a moment only. Raises BusyError
    where the holder gives no sign of progress for `timeout` seconds, naming it, WriteError where
    no lock file can be made, and StoppedError where `unwanted` is set while this one waits.
    """
    folder = place or root
    unwanted = unwanted or Event()
    lock = _lock_in(folder)
    if not _try(lock, min(timeout, TELL_AFTER)):
        if waiting:
            waiting(f"{_holder(folder)} is writing to the library {root}; waiting for it.")
        _outwait(lock, root, folder, timeout, unwanted)
    outermost = lock.lock_counter == 1
    hold = Hold(folder, doing or Path(sys.argv[0] or "python").name, unwanted)
    try:
        if outermost:
            _name_holder(folder, hold.doing)
        yield hold
    finally:
        if outermost:
            with suppress(OSError):
                (folder / HOLDER_NAME).unlink(missing_ok=True)
        lock.release()


@contextmanager
def briefing_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of the library that the briefing `folder` is in, to write in that folder.

    Raises as `library_lock`, and WriteError where the folder is reached through a symbolic link
    below the library.
    """
    root = library_of(folder)
    refuse_links(_absolute(folder), root)
    with library_lock(root):
        yield


def library_of(folder: Path) -> Path:
    """Find the root of the library that the briefing `folder` belongs to, for its lock."""
    above = _absolute(folder).parent
    return above.parent if above.name == "content" else above


def _absolute(folder: Path) -> Path:
    return Path(os.path.abspath(folder))  # noqa: PTH100 (a linked content/ stays as named)


def _lock_in(folder: Path) -> BaseFileLock:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Locking empties the file: a link to another must not be followed, but the folder's may.
        path = Path(os.path.realpath(folder)) / LOCK_NAME
        refuse_links(path, path.parent)
        return FileLock(path, is_singleton=True)
    except OSError as error:
        raise write_error(folder / LOCK_NAME, error) from error


def _try(lock: BaseFileLock, seconds: float) -> bool:
    try:
        lock.acquire(timeout=seconds)
    except Timeout:
        return False
    except OSError as error:
        raise write_error(Path(lock.lock_file), error) from error
    return True


def _outwait(lock: BaseFileLock, root: Path, folder: Path, timeout: float, unwanted: Event) -> None:
    """Wait while the holder, or one after the other, gets on; raises BusyError once it does not."""
    sign = _sign(folder)
    since = time.monotonic()
    while not _try(lock, min(timeout, LOOK_EVERY)):
        _stop_if(unwanted)
        now = time.monotonic()
        latest = _sign(folder)
        if latest != sign:
            sign, since = latest, now
        elif now - since >= timeout:
            raise BusyError(
                f"{_holder(folder)} is writing to the library {root} and gave no sign of "
                f"progress for {timeout:g} s.",
                hint="Try again when it has finished, or end it if it is stuck.",
            )


def _stop_if(unwanted: Event) -> None:
    if unwanted.is_set():
        raise StoppedError("it was ended before it was done; what was done stays")


def _name_holder(folder: Path, doing: str) -> None:
    """Leave a word for those who wait; the lock itself does not depend on it.

    Only who holds the lock writes, so the scratch file needs no name of its own.
    """
    scratch = folder / f"{HOLDER_NAME}.tmp"
    with suppress(OSError):
        # Made afresh: what a killed holder left may be anything, such as a link to elsewhere.
        scratch.unlink(missing_ok=True)
        with scratch.open("x", encoding="utf-8") as file:
            file.write(f"Process {os.getpid()} ({doing})")
        scratch.replace(folder / HOLDER_NAME)


def _holder(folder: Path) -> str:
    """Tell who holds the lock and what for, as far as that is known."""
    told = ""
    with suppress(BriefingError), open_regular(folder / HOLDER_NAME) as file:
        told = file.read(200).decode("utf-8", "replace").strip()
    own = f"Process {os.getpid()} "
    return told.replace(own, "This program itself ", 1) if told else "Another process"


def _sign(folder: Path) -> tuple[int, int] | None:
    """Return what changes whenever a holder leaves a word, or another one takes its place."""
    try:
        stat = (folder / HOLDER_NAME).lstat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_ino
