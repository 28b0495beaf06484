"""The library's lock: one writer at a time, whichever process or thread it is.

A waiting process reports once who holds the lock, and waits as long as the holder makes progress.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event

from filelock import BaseFileLock, FileLock, Timeout

from briefing.content.files import open_regular, refuse_links, writing
from briefing.content.naming import HOLDER_NAME, LOCK_NAME
from briefing.errors import BriefingError, BusyError, StoppedError

DEFAULT_TIMEOUT = 30.0
"""Seconds without progress after which a holder counts as stuck."""
REPORT_AFTER = 0.3
"""Seconds of waiting after which it is reported; most waits are shorter."""
POLL_INTERVAL = 0.2
"""Seconds between two progress reports of a holder, and between two checks of a waiting process."""
OnWait = Callable[[str], None]
"""Called with a sentence that says which process the caller waits for."""


class Hold:
    """A held lock; its holder reports progress to the processes that wait for it."""

    def __init__(self, folder: Path, doing: str, cancelled: Event) -> None:
        """`doing` names the work, such as `indexing`; `cancelled` is set to end it early."""
        self.doing = doing
        self._cancelled = cancelled
        self._folder = folder
        self._reported = time.monotonic()

    def report_progress(self, done: int, total: int) -> None:
        """Report that `done` of `total` parts are done, which is cheap; raises StoppedError."""
        _raise_if_set(self._cancelled)
        now = time.monotonic()
        if now - self._reported >= POLL_INTERVAL:
            self._reported = now
            _write_holder(self._folder, f"{self.doing}, {done:,} of {total:,}")


@contextmanager
def library_lock(
    root: Path,
    timeout: float = DEFAULT_TIMEOUT,
    *,
    place: Path | None = None,
    doing: str | None = None,
    on_wait: OnWait | None = None,
    cancelled: Event | None = None,
) -> Iterator[Hold]:
    """Hold the lock of the library at `root` in a `with` block; reentrant within a thread.

    The lock file is in `place`, else in `root`; readers need no lock. `doing` names the work for
    waiting processes; the yielded Hold reports its progress. `on_wait` is called once if the lock
    is not free within REPORT_AFTER seconds. Raises BusyError where the holder reports no progress
    for `timeout` seconds, WriteError, and StoppedError where `cancelled` is set meanwhile.
    """
    folder = place or root
    cancelled = cancelled or Event()
    lock = _lock_in(folder)
    if not _try(lock, min(timeout, REPORT_AFTER)):
        if on_wait:
            on_wait(f"{_holder(folder)} is writing to the library {root}; waiting for it.")
        _wait(lock, root, folder, timeout, cancelled)
    outermost = lock.lock_counter == 1
    hold = Hold(folder, doing or Path(sys.argv[0] or "python").name, cancelled)
    try:
        if outermost:
            _write_holder(folder, hold.doing)
        yield hold
    finally:
        if outermost:
            with suppress(OSError):
                (folder / HOLDER_NAME).unlink(missing_ok=True)
        lock.release()


@contextmanager
def briefing_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of the library of `folder`; raises WriteError for links below it, too."""
    root = library_of(folder)
    refuse_links(_absolute(folder), root)
    with library_lock(root):
        yield


def library_of(folder: Path) -> Path:
    """Return the root of the library that the briefing `folder` belongs to."""
    above = _absolute(folder).parent
    return above.parent if above.name == "content" else above


def _absolute(folder: Path) -> Path:
    return Path(os.path.abspath(folder))  # noqa: PTH100 (a linked content/ keeps its name)


def _lock_in(folder: Path) -> BaseFileLock:
    with writing(folder / LOCK_NAME):
        folder.mkdir(parents=True, exist_ok=True)
        # Locking truncates the file: it must not be a link to another; its folder may be one.
        path = Path(os.path.realpath(folder)) / LOCK_NAME
        refuse_links(path, path.parent)
        return FileLock(path, is_singleton=True)


def _try(lock: BaseFileLock, seconds: float) -> bool:
    with writing(Path(lock.lock_file)), suppress(Timeout):
        lock.acquire(timeout=seconds)
        return True
    return False


def _wait(lock: BaseFileLock, root: Path, folder: Path, timeout: float, cancelled: Event) -> None:
    """Wait for the lock while its holders make progress; raises BusyError once they do not."""
    version = _holder_version(folder)
    since = time.monotonic()
    while not _try(lock, min(timeout, POLL_INTERVAL)):
        _raise_if_set(cancelled)
        now = time.monotonic()
        latest = _holder_version(folder)
        if latest != version:
            version, since = latest, now
        elif now - since >= timeout:
            raise BusyError(
                f"{_holder(folder)} is writing to the library {root} and has made no progress "
                f"for {timeout:g} s.",
                hint="Try again when it has finished, or end it if it is stuck.",
            )


def _raise_if_set(cancelled: Event) -> None:
    if cancelled.is_set():
        raise StoppedError("it was stopped before the end; what was done is kept")


def _write_holder(folder: Path, doing: str) -> None:
    """Name the holder of the lock, who alone writes this file, for waiting processes."""
    temporary = folder / f"{HOLDER_NAME}.tmp"
    with suppress(OSError):
        # Created anew: what a killed holder left may be a link to elsewhere.
        temporary.unlink(missing_ok=True)
        with temporary.open("x", encoding="utf-8") as file:
            file.write(f"Process {os.getpid()} ({doing})")
        temporary.replace(folder / HOLDER_NAME)


def _holder(folder: Path) -> str:
    """Describe the holder of the lock and its work, as far as they are known."""
    name = ""
    with suppress(BriefingError), open_regular(folder / HOLDER_NAME) as file:
        name = file.read(200).decode("utf-8", "replace").strip()
    return name.replace(f"Process {os.getpid()} ", "This process ", 1) or "Another process"


def _holder_version(folder: Path) -> tuple[int, int] | None:
    """Return a value that changes with each progress report and each new holder."""
    with suppress(OSError):
        stat = (folder / HOLDER_NAME).lstat()
        return stat.st_mtime_ns, stat.st_ino
    return None
