"""Changing an index: one writer at a time, and readers see all of a change or nothing of it.

New segments are written under new names that nobody reads. What makes them count is the renaming
of one table of contents; a writer that dies before it leaves files that the next one removes.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from briefing.errors import BusyError
from briefing.search._files import cannot_write
from briefing.search._whoosh import load
from briefing.search.errors import IndexStale
from briefing.search.toc import (
    INDEX_NAME,
    Contents,
    Entry,
    latest_generation,
    read_contents,
)

LOCK_NAME: Final = f"{INDEX_NAME}_WRITELOCK"
WAIT_SECONDS: Final = 30.0


@contextlib.contextmanager
def write_lock(folder: Path, timeout: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the index's write lock, waiting for another writer; raises BusyError or WriteError."""
    storage = _storage(folder)
    lock = storage.lock(LOCK_NAME)
    end = time.monotonic() + timeout
    try:
        while not lock.acquire():
            if time.monotonic() > end:
                raise BusyError(
                    f"another process has been writing {folder} for {timeout:.0f} seconds",
                    "try again when it is done",
                )
            time.sleep(0.02)
    except OSError as error:
        raise cannot_write(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def write_segment(folder: Path, docs: int, pieces: Iterable[bytes]) -> Entry:
    """Write a segment file under a new name; raises WriteError and leaves nothing then."""
    entry = Entry(os.urandom(8).hex(), docs, b"")
    path = folder / entry.file_name
    try:
        with path.open("wb") as file:
            file.writelines(pieces)
    except OSError as error:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        raise cannot_write(path, error) from error
    return entry


def move_segment(source: Path, folder: Path, entry: Entry) -> None:
    """Move a segment file to the index that will list it; raises WriteError."""
    path = source / entry.file_name
    try:
        path.rename(folder / entry.file_name)
    except OSError as error:
        raise cannot_write(path, error) from error


def publish(folder: Path, generation: int, entries: Sequence[Entry]) -> Contents:
    """Make these segments the index, as `generation`; raises WriteError, the old one staying."""
    codec = load("briefing.search.codec")
    segments = [codec.BriefingSegment(entry) for entry in entries]
    storage = _storage(folder)
    index = load("whoosh.index")
    try:
        index.TOC(codec.make_schema(), segments, generation).write(storage, INDEX_NAME)
        _clean(folder, storage, generation, segments)
    except OSError as error:
        raise cannot_write(folder, error) from error
    return Contents(generation, tuple(entries))


def current(folder: Path) -> Contents:
    """Read what the index consists of now; raises IndexStale where there is none of ours."""
    for _ in range(50):
        generation = latest_generation(folder)
        if generation is None:
            raise IndexStale("the search index is missing")
        # A newer generation may take this one away between the two steps.
        with contextlib.suppress(FileNotFoundError):
            return read_contents(folder, generation)
    raise IndexStale("the search index changes too fast to be read")


def start_over(folder: Path) -> Contents:
    """Make an empty index in place of whatever is there; raises WriteError or BusyError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    with write_lock(folder):
        before = latest_generation(folder)
        return publish(folder, 0 if before is None else before + 1, [])


def _storage(folder: Path) -> Any:
    return load("whoosh.filedb.filestore").FileStorage(str(folder))


def _clean(folder: Path, storage: Any, generation: int, segments: Sequence[Any]) -> None:
    """Remove what older generations and dead writers left."""
    load("whoosh.index").clean_files(storage, INDEX_NAME, generation, segments)
    for scratch in folder.glob(f"_{INDEX_NAME}_*.toc.*"):
        with contextlib.suppress(OSError):
            scratch.unlink()
