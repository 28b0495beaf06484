"""The index in Whoosh's own files: its schema, its writer, its segments, its readers.

A passage is a document, and the passages of an article follow each other; what an article has
once stands on its first. Readers work on the segments that one table of contents lists, and what
is read of a segment is kept for as long as it is listed, so that an addition drops nothing.
"""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Sized
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from briefing.content.derived_files import cannot_write
from briefing.errors import BriefingError, BusyError, StaleIndexError
from briefing.search import trust
from briefing.search._whoosh import importing_quietly
from briefing.search.documents import Prepared, article_key
from briefing.search.engines.whoosh_layout import (
    Codec,
    Pool,
    columns_of,
    items_of,
    make_schema,
)
from briefing.search.engines.whoosh_segment import Segment
from briefing.search.evaluate import Lookup
from briefing.search.nodes import Node
from briefing.search.ranking import Answer, answer, find_parts

with importing_quietly():
    from whoosh import index, reading
    from whoosh.filedb import filestore

VERSION: Final = "briefing/whoosh/1"
NAME: Final = "MAIN"
WAIT_SECONDS: Final = 30.0
AT_ONCE: Final = 12_000
"""Passages that a batch commits at once, which bounds the memory of a writer."""
SMALL: Final = (200, 2_000)
"""Segments of fewer passages are folded once there are MANY of them, the smallest first."""
MANY: Final = 10
ATTEMPTS: Final = 20
"""So often an index that changes while it is opened is opened again."""


class WhooshEngine:
    """The index of one folder. Any number may read; those that write wait for each other."""

    def __init__(self, folder: Path, wait: float) -> None:
        """Use `open` or `create`."""
        self.folder = folder
        self.wait = wait
        self.storage = filestore.FileStorage(str(folder))
        self.schema = make_schema()
        self._reading = threading.RLock()
        self._writing = threading.RLock()
        self._batch: _Batch | None = None
        self._state: tuple[int, int, int] | None = None
        self._known: dict[str, Lookup] = {}
        self._parts: tuple[tuple[Lookup, frozenset[int]], ...] = ()

    @classmethod
    def open(cls, folder: Path, wait: float = WAIT_SECONDS) -> WhooshEngine:
        """Open the index in `folder`; raises StaleIndexError where there is none made here.

        `wait` says for how many seconds another writer is waited for.
        """
        if not trust.is_ours(folder, VERSION):
            raise StaleIndexError("the search index is missing, or was made elsewhere")
        engine = cls(folder, wait)
        len(engine)
        return engine

    @classmethod
    def create(cls, folder: Path) -> WhooshEngine:
        """Start an empty index in place of whatever is there; raises WriteError or BusyError."""
        try:
            trust.forget(folder)
            if folder.is_symlink():
                folder.unlink()
            elif folder.exists():
                shutil.rmtree(folder)
            folder.mkdir(parents=True)
            index.TOC.create(filestore.FileStorage(str(folder)), make_schema(), NAME)
        except OSError as error:
            raise cannot_write(folder, error) from error
        trust.remember(folder, VERSION)
        return cls.open(folder)

    # Reading

    def ask(
        self,
        root: Node,
        roles: Collection[str],
        limit: int,
        *,
        newest: bool = False,
        facets: bool = True,
    ) -> Answer:
        """Answer a resolved query; raises StaleIndexError where the index is damaged."""
        with self._reading, damage_reported():
            return answer(self._segments(), root, roles, limit, newest=newest, facets=facets)

    def count(self, root: Node, roles: Collection[str]) -> tuple[int, int]:
        """Count the passages and the articles that a resolved query finds; raises as `ask` does."""
        with self._reading, damage_reported():
            parts = find_parts(self._segments(), root, roles)
            return sum(len(p.docs) for p in parts), sum(len(p.articles) for p in parts)

    def terms(self, field: str, beginning: str) -> Counter[str]:
        """Count the passages that hold each of a field's terms that begin so."""
        with self._reading, damage_reported():
            found: Counter[str] = Counter()
            for lookup, _ in self._segments():
                found.update(lookup.segment.counted(field, beginning))
            return found

    def near(self, term: str, distance: int) -> Counter[str]:
        """Count the passages that hold each word at most so many letters away."""
        with self._reading, damage_reported():
            found: Counter[str] = Counter()
            for lookup, _ in self._segments():
                for word in lookup.segment.near(term, distance):
                    found[word] += lookup.segment.frequency("text", word)
            return found

    def stamps(self) -> dict[str, str]:
        """Return the stamp of each article by its key, as `prepare` gave it."""
        with self._reading, damage_reported():
            return {
                article_key(record.briefing, record.article): record.stamp
                for lookup, deleted in self._segments()
                for number, start in enumerate(lookup.segment.starts[:-1])
                if start not in deleted and (record := lookup.segment.article(number))
            }

    def verify(self) -> None:
        """Read every term and passage; raises StaleIndexError where one cannot be read."""
        with self._reading, damage_reported():
            for lookup, _ in self._segments():
                lookup.segment.verify()

    def __len__(self) -> int:
        """Return how many passages are searchable."""
        with self._reading, damage_reported():
            return sum(lookup.segment.size - len(gone) for lookup, gone in self._segments())

    def close(self) -> None:
        """Let go of the files; they are opened again when they are needed."""
        with self._reading:
            self._known, self._parts, self._state = {}, (), None

    def _segments(self) -> tuple[tuple[Lookup, frozenset[int]], ...]:
        """Return the segments of the newest table of contents, with the passages deleted."""
        for _ in range(ATTEMPTS):
            state = self._newest()
            if state == self._state:
                return self._parts
            # A newer generation may take this one's files away while it is opened.
            with contextlib.suppress(FileNotFoundError):
                self._read(state)
        raise StaleIndexError("the search index changes too fast to be read")

    def offsets(self) -> list[tuple[Segment, int]]:
        """Return the segments, each with the number that its first passage has in the index."""
        with self._reading, damage_reported():
            parts = self._segments()
            sizes = [lookup.segment.size for lookup, _ in parts]
            starts = accumulate(sizes, initial=0)
            return [
                (lookup.segment, start) for (lookup, _), start in zip(parts, starts, strict=False)
            ]

    def _newest(self) -> tuple[int, int, int]:
        generation = index.TOC._latest_generation(self.storage, NAME)  # noqa: SLF001
        if generation < 0:
            raise StaleIndexError("the search index is missing")
        try:
            found = (self.folder / f"_{NAME}_{generation}.toc").stat()
        except FileNotFoundError:
            return generation, 0, 0
        return generation, found.st_ino, found.st_mtime_ns

    def _read(self, state: tuple[int, int, int]) -> None:
        if not trust.is_ours(self.folder, VERSION):
            raise StaleIndexError("the search index is missing, or was made elsewhere")
        contents = index.TOC.read(self.storage, NAME, state[0], self.schema)
        known: dict[str, Lookup] = {}
        parts: list[tuple[Lookup, frozenset[int]]] = []
        for each in contents.segments:
            name = each.segment_id()
            known[name] = self._known.get(name) or Lookup(Segment(self.storage, self.schema, each))
            parts.append((known[name], frozenset(each.deleted_docs())))
        self._known, self._parts, self._state = known, tuple(parts), state

    # Writing

    @contextlib.contextmanager
    def batch(self, committed: Callable[[], None] | None = None) -> Iterator[_Batch]:
        """Gather changes into few commits; `committed` is called after each.

        An exception inside commits nothing more. Raises WriteError (the index stays as it was),
        BusyError or StaleIndexError.
        """
        with self._writing:
            if self._batch is not None:
                yield self._batch
                return
            batch = self._batch = _Batch(self, committed)
            try:
                yield batch
                batch.commit()
            finally:
                self._batch = None
                batch.cancel()

    def update(self, articles: Iterable[Prepared]) -> None:
        """Put articles in, in place of those of the same keys; raises as `batch` does."""
        with self.batch() as batch:
            for article in articles:
                batch.put(article)

    def delete(self, briefing: str, keys: Iterable[str] | None = None) -> None:
        """Take articles out, or with None the whole briefing; raises as `batch` does."""
        with self.batch() as batch:
            batch.delete(briefing, keys)

    def is_due(self) -> bool:
        """Whether `fold` would fold anything; takes no lock and writes nothing."""
        with self._reading, damage_reported():
            sizes = [(lookup.segment.size, gone) for lookup, gone in self._segments()]
            return len(_due(sizes)) > 0

    def fold(self) -> bool:
        """Fold small segments into one where they have become many, and say whether they had."""
        if self._batch is None and not self.is_due():
            return False
        with self.batch() as batch:
            batch.fold = True
        return True


class _Batch:
    """Changes on their way: those of one writer until it is committed, then of the next."""

    def __init__(self, engine: WhooshEngine, committed: Callable[[], None] | None) -> None:
        self._engine = engine
        self._committed = committed
        self._writer: Any = None
        self._lock: Any = None
        self._segments: Sequence[tuple[Segment, int]] = ()
        self._pending: dict[str, str] = {}
        self.fold = False

    def put(self, article: Prepared) -> None:
        """Add an article in place of an older one."""
        if article.key in self._pending:
            self.commit()
        writer = self._open()
        self._delete_where("article", article.key)
        self._pending[article.key] = article.record.briefing
        with _write_errors(self._engine.folder):
            for number, doc in enumerate(article.documents):
                for field, items in items_of(doc, article, first=number == 0).items():
                    writer.pool.put(field, writer.docnum, items)
                writer.add_document(**columns_of(doc, article, first=number == 0))
        if writer.doc_count() >= AT_ONCE:
            self.commit()

    def delete(self, briefing: str, keys: Iterable[str] | None) -> None:
        """Take articles out."""
        if briefing in self._pending.values():
            self.commit()
        self._open()
        if keys is None:
            self._delete_where("briefing", briefing)
        for key in keys or ():
            self._delete_where("article", key)

    def commit(self) -> None:
        """Make the changes so far count."""
        if self._writer is None and not self.fold:
            return
        writer = self._open()
        with _write_errors(self._engine.folder):
            writer.commit(mergetype=_fold_small if self.fold else _drop_empty)
        self._writer, self.fold = None, False
        self._pending.clear()
        self._unlock()
        if self._committed:
            self._committed()

    def cancel(self) -> None:
        """Drop what was not committed, and let others write."""
        writer, self._writer = self._writer, None
        if writer is not None and not writer.is_closed:
            # Whatever cannot be closed was not going to count; the next writer clears it away.
            with contextlib.suppress(Exception):
                writer.cancel()
        self._unlock()

    def _open(self) -> Any:
        """Start a writer, once whoever else writes is done."""
        if self._writer is None:
            with importing_quietly():
                from whoosh.util.filelock import try_for
                from whoosh.writing import SegmentWriter
            engine = self._engine
            with damage_reported(), _write_errors(engine.folder):
                lock = engine.storage.lock(f"{NAME}_WRITELOCK")
                if not try_for(lock.acquire, timeout=engine.wait, delay=0.02):
                    raise index.LockError
                self._lock = lock
                self._segments = engine.offsets()
                self._writer = SegmentWriter(
                    index.FileIndex(engine.storage, engine.schema, NAME),
                    _lk=False,
                    codec=Codec(),
                    compound=False,
                )
                self._writer.pool = Pool()
        return self._writer

    def _unlock(self) -> None:
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.release()

    def _delete_where(self, field: str, value: str) -> None:
        for segment, offset in self._segments:
            for first in segment.postings(field, value).docs:
                for doc in range(first, segment.starts[segment.article_of[first] + 1]):
                    self._writer.delete_document(offset + doc)


def _due(segments: Iterable[tuple[int, Sized]]) -> list[int]:
    """Choose the segments to fold, by their place: those about as small, once they are many."""
    live = [size - len(gone) for size, gone in segments]
    for size in SMALL:
        small = [place for place, count in enumerate(live) if count < size]
        if len(small) >= MANY:
            return small
    return []


def _drop_empty(_writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Keep the segments that have passages left: Whoosh's way to say what to merge."""
    return [s for s in segments if s.deleted_count() < s.doc_count_all()]


def _fold_small(writer: Any, segments: Sequence[Any]) -> list[Any]:
    kept = _drop_empty(writer, segments)
    chosen = _due((s.doc_count_all(), tuple(s.deleted_docs())) for s in kept)
    for place in chosen:
        _add_segment(writer, kept[place])
    return [segment for place, segment in enumerate(kept) if place not in chosen]


def _add_segment(writer: Any, segment: Any) -> None:
    """Write what is left of a segment once more, a term at a time."""
    base, deleted = writer.docnum, set(segment.deleted_docs())
    reader = reading.SegmentReader(writer.storage, writer.schema, segment)
    writer.write_per_doc(set(writer.schema.names()), reader)
    reader.close()
    live = (doc for doc in range(segment.doc_count_all()) if doc not in deleted)
    moved = {doc: number for number, doc in enumerate(live, base)}
    old = Segment(writer.storage, writer.schema, segment)
    for field, term, postings in old.walk():
        writer.pool.extend(field, term, postings, moved)
    writer._added = True  # noqa: SLF001 - as Whoosh's own add_reader does


@contextlib.contextmanager
def _write_errors(folder: Path) -> Iterator[None]:
    """Turn what writing runs into to WriteError or BusyError."""
    try:
        yield
    except index.LockError as error:
        raise BusyError(
            f"another process has been writing {folder} for too long",
            "try again when it is done",
        ) from error
    except OSError as error:
        raise cannot_write(folder, error) from error


@contextlib.contextmanager
def damage_reported() -> Iterator[None]:
    """Turn what reading damaged files runs into to StaleIndexError."""
    try:
        yield
    except BriefingError:
        raise
    except Exception as error:  # a damaged pickle raises anything
        raise StaleIndexError(f"the search index is damaged ({error})") from error
