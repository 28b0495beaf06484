"""Building much of an index at once in several processes, each a run of briefings at a time.

A worker reads its briefings, writes their fast copies and their segments; whoever started it takes
these into the index, part by part. What a worker was doing when it ended counts for nothing.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, redirect_stderr, suppress
from multiprocessing import get_context, parent_process
from pathlib import Path

from briefing.compare.build import build_panels
from briefing.errors import BriefingError, WriteError
from briefing.library.loading import SCRATCH, Tell, catalog_row, load, write_copies
from briefing.library.staleness import read_stamps
from briefing.model import Problem, Record
from briefing.search.results import CatalogRow
from briefing.search.store import Store
from briefing.search.toc import Entry
from briefing.search.writer import SegmentWriter

PART_BYTES = 2_000_000
"""Size of the briefings that are built in one go, in a second or two."""
FILE_BYTES = 3_000
"""What a file costs beside its bytes, in bytes."""
WORTH_IT = 2 * PART_BYTES
"""From this size on the workers save more time than starting them takes."""
MOST = 8
"""More workers than this would wait for the disk, and for the one that takes in their parts."""
AHEAD = 4
"""So many parts a worker may be given before the first of them is taken in."""
SIGN_EVERY = 0.5
"""Seconds between two signs that the work goes on."""
GOING = "going"
"""A file in the scratch folder, there for as long as the work is wanted."""
_NO_WORKERS = (BrokenProcessPool, BriefingError, OSError, ImportError, NotImplementedError)
"""Raised where there are no workers to be had, or one died or met what the caller will meet too."""


class Job(Record, frozen=True, kw_only=True):
    """Briefings to be built in one go: those `names` below `content`, for the index `index_dir`."""

    content: Path
    index_dir: Path
    names: tuple[str, ...]


class Part(Record, frozen=True, kw_only=True):
    """What a job became: stamped rows, segments below `folder`, the problems of each briefing."""

    folder: Path
    rows: tuple[CatalogRow, ...]
    segments: tuple[Entry, ...]
    problems: Mapping[str, tuple[Problem, ...]]


class _Unwanted(Exception):  # noqa: N818 - nothing went wrong
    """Nobody waits for the work any more."""


def build_parts(
    content: Path, store: Store, names: Sequence[str], processes: int, tell: Tell
) -> Generator[Part, None, None]:
    """Build briefings whole in other processes, and yield the parts in order, as they are ready.

    Yields nothing where that would not pay, and stops early where a worker cannot be started or
    does not get through; the caller builds the rest. Close it to have the workers ended. `tell`
    is called while waiting for them. Raises WriteError.
    """
    if not _is_worth_it(content, names):
        return
    store.claim()
    jobs = (
        Job(content=content, index_dir=store.folder, names=run) for run in _runs(content, names)
    )
    with _scratch_folder(store.folder) as going, suppress(*_NO_WORKERS):
        yield from _build_in_order(jobs, min(processes, MOST), tell, going)


def build_part(job: Job) -> Part:
    """Build a run of briefings, in a worker; raises BriefingError."""
    folder = job.index_dir / SCRATCH
    store = Store(job.index_dir)
    segments = SegmentWriter(folder)
    rows: list[CatalogRow] = []
    problems: dict[str, tuple[Problem, ...]] = {}

    def stop_if_unwanted() -> None:
        if not (folder / GOING).exists():
            raise _Unwanted

    for name in job.names:
        loaded = load(job.content, store, name, stop_if_unwanted, {})
        for article in loaded.changed:
            stop_if_unwanted()
            segments.add(name, loaded.briefing.info, article)
        panels = build_panels(loaded.briefing)
        write_copies(store, loaded, panels, stop_if_unwanted)
        rows.append(loaded.stamped(catalog_row(loaded.briefing, panels)))
        problems[name] = loaded.briefing.problems
    return Part(folder=folder, rows=tuple(rows), segments=segments.finish(), problems=problems)


def _build_in_order(
    jobs: Iterable[Job], processes: int, tell: Tell, going: Path
) -> Generator[Part, None, None]:
    _start_tracker()
    # Not forked: the reader has threads, and a lock that one of them holds would stay locked.
    pool = ProcessPoolExecutor(processes, get_context("spawn"), initializer=_start_worker)
    ahead: deque[Future[Part]] = deque()
    try:
        for job in jobs:
            with _interrupts_held():
                ahead.append(pool.submit(build_part, job))
            if len(ahead) >= AHEAD * processes:
                yield _await(ahead.popleft(), tell)
        while ahead:
            yield _await(ahead.popleft(), tell)
    finally:
        going.unlink(missing_ok=True)
        pool.shutdown(cancel_futures=True)


def _await(part: Future[Part], tell: Tell) -> Part:
    while not wait([part], SIGN_EVERY).done:
        tell()
    return part.result()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Start processes inside that no interrupt reaches, not even while they load, where possible.

    An interrupt of this process waits meanwhile.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_tracker() -> None:
    """Start the process that clears up after the workers, with an error output that is a file.

    It would be started with the first worker, and fail in the reader, whose error output is none.
    """
    if os.name == "posix":
        from multiprocessing import resource_tracker

        with redirect_stderr(sys.__stderr__):
            resource_tracker.ensure_running()


def _start_worker() -> None:
    """Leave an interrupt to the process that started this one, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _scratch_folder(index_dir: Path) -> Iterator[Path]:
    """Make the workers' folder, which must not exist; yields the sign in it to go on."""
    folder = index_dir / SCRATCH
    try:
        folder.mkdir(parents=True)
        (folder / GOING).touch()
    except OSError as error:
        raise WriteError(f"cannot write {folder}: {error.strerror or error}") from error
    try:
        yield folder / GOING
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _runs(content: Path, names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Part briefings, in order, into runs of about PART_BYTES."""
    run: list[str] = []
    size = 0
    for name in names:
        run.append(name)
        size += _size(content / name)
        if size >= PART_BYTES:
            yield tuple(run)
            run, size = [], 0
    if run:
        yield tuple(run)


def _is_worth_it(content: Path, names: Iterable[str]) -> bool:
    size = 0
    for name in names:
        size += _size(content / name)
        if size >= WORTH_IT:
            return True
    return False


def _size(folder: Path) -> int:
    """Return about how much work a briefing is, in bytes; none where it is gone meanwhile."""
    try:
        return sum(size + FILE_BYTES for size, _ in read_stamps(folder).values())
    except OSError:
        return 0
