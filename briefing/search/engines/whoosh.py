"""The engine that stores its index in Whoosh's files, with a reader and a writer of our own.

A passage is a Whoosh document; the passages of an article are consecutive, and fields of the
article are stored with the first. Readers work on the segments of one table of contents and cache
what they read of a segment while it is listed, so that an addition invalidates nothing.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Sized
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Self, TypeAlias

from briefing.content.files import clear_place, write_error
from briefing.errors import BriefingError, BusyError, StaleIndexError
from briefing.search import trust
from briefing.search._whoosh import importing_quietly
from briefing.search.documents import PreparedArticle, article_key
from briefing.search.engines.whoosh_layout import Codec, Pool, columns_of, make_schema
from briefing.search.engines.whoosh_lookup import Lookup
from briefing.search.engines.whoosh_ranking import answer, find_parts
from briefing.search.engines.whoosh_segment import Segment
from briefing.search.index import WAIT_SECONDS, SearchIndex
from briefing.search.nodes import Node
from briefing.search.planning import SearchAnswer

with importing_quietly():
    from whoosh import index, reading
    from whoosh.filedb import filestore, structfile
    from whoosh.util import filelock

VERSION: Final = "briefing/whoosh/3"
FOLDER: Final = "search"
NAME: Final = "MAIN"
AT_ONCE: Final = 12_000
"""Passages per commit of a batch, which bounds the memory of a writer."""
SMALL: Final = (200, 2_000)
"""Segments with fewer passages are merged once there are MANY of them, the smallest first."""
MANY: Final = 10
ATTEMPTS: Final = 20
"""Attempts to open an index that changes while it is opened."""
_NO_FOLLOW: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_NONE: Final = "there was none"
_NOT_OURS: Final = (
    "it was made elsewhere (by another user, machine or version, or with another state folder), "
    "and only one's own is opened"
)

WhooshPlace: TypeAlias = "Path | TemporaryDirectory[str]"


class Files(filestore.FileStorage):  # type: ignore[misc]
    """Whoosh's files, each opened so that a symbolic link in its place is refused."""

    def create_file(self, name: str, *, mode: str = "wb", **options: Any) -> Any:
        """Create a file that Whoosh writes; raises OSError."""
        options.pop("excl", None)
        file = open(self._fpath(name), mode, opener=_open_no_link)  # noqa: SIM115
        return structfile.StructFile(file, name=name, **options)

    def open_file(self, name: str, **options: Any) -> Any:
        """Open a file that Whoosh reads; raises OSError, for a pipe or a device too."""
        file = open(self._fpath(name), "rb", opener=_open_no_link)  # noqa: SIM115
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            file.close()
            raise FileNotFoundError(errno.ENOENT, "this is no file", self._fpath(name))
        return structfile.StructFile(file, name=name, **options)

    def lock(self, name: str) -> Any:
        """Return the lock of that name; a link in its place is removed."""
        path = Path(self._fpath(name))
        clear_place(path)
        return filelock.FileLock(str(path))


def _open_no_link(path: str, flags: int) -> int:
    return os.open(path, flags | _NO_FOLLOW, 0o666)


class WhooshIndex(SearchIndex):
    """The index in Whoosh's files: any number may read, one at a time may write."""

    def __init__(self, place: WhooshPlace, wait: float) -> None:
        """Use `open` or `create`."""
        super().__init__()
        self._is_private = isinstance(place, TemporaryDirectory)
        self.folder = Path(place.name if isinstance(place, TemporaryDirectory) else place) / FOLDER
        self.wait = wait
        self.storage = Files(str(self.folder))
        self.schema = make_schema()
        self._state: tuple[int, int, int] | None = None
        self._known: dict[str, Lookup] = {}
        self._parts: tuple[tuple[Lookup, frozenset[int]], ...] = ()

    @classmethod
    def open(cls, place: WhooshPlace, wait: float = WAIT_SECONDS) -> Self:
        """Open the index in a folder (a library's `index/`); writers wait so long for each other.

        What this process created in its own temporary folder is trusted. Raises StaleIndexError
        where this machine and version have created none: `create` it and add everything.
        """
        engine = cls(place, wait)
        engine._require_ours()
        len(engine)
        return engine

    @classmethod
    def create(cls, place: WhooshPlace) -> Self:
        """Create an empty index in a folder, replacing any other; raises WriteError."""
        engine = cls(place, WAIT_SECONDS)
        folder = engine.folder
        try:
            if not engine._is_private:
                trust.require_notes()  # Before an index is deleted that others may use.
            trust.forget(folder)
            clear_place(folder)
            folder.mkdir(parents=True)
            index.TOC.create(engine.storage, engine.schema, NAME)
        except OSError as error:
            raise write_error(folder, error) from error
        if not engine._is_private:
            trust.remember(folder, VERSION)
        return engine

    def _require_ours(self) -> None:
        if not (self._is_private or trust.is_ours(self.folder, VERSION)):
            raise StaleIndexError(_NOT_OURS if self.folder.exists() else _NONE)

    # Reading

    def ask(
        self,
        root: Node,
        roles: Collection[str],
        limit: int,
        *,
        newest: bool = False,
        facets: bool = True,
    ) -> SearchAnswer:
        with self._reading, damage_reported():
            return answer(self._segments(), root, roles, limit, newest=newest, facets=facets)

    def count(self, root: Node, roles: Collection[str], *, articles: bool = False) -> int:
        with self._reading, damage_reported():
            parts = find_parts(self._segments(), root, roles)
            return sum(len(part.articles if articles else part.docs) for part in parts)

    def terms(self, field: str, prefix: str) -> Counter[str]:
        with self._reading, damage_reported():
            found: Counter[str] = Counter()
            for lookup, _ in self._segments():
                found.update(lookup.segment.counted(field, prefix))
            return found

    def near(self, term: str, distance: int) -> Counter[str]:
        with self._reading, damage_reported():
            found: Counter[str] = Counter()
            for lookup, _ in self._segments():
                for word in lookup.segment.near(term, distance):
                    found[word] += lookup.segment.frequency("text", word)
            return found

    def verify(self) -> None:
        with self._reading, damage_reported():
            for lookup, _ in self._segments():
                lookup.segment.verify()

    def __len__(self) -> int:
        with self._reading, damage_reported():
            return sum(lookup.segment.size - len(gone) for lookup, gone in self._segments())

    def close(self) -> None:
        """Release the files; they are opened again when needed."""
        with self._reading:
            self._known, self._parts, self._state = {}, (), None

    def _segments(self) -> tuple[tuple[Lookup, frozenset[int]], ...]:
        """Return the segments of the newest table of contents, with their deleted passages."""
        for _ in range(ATTEMPTS):
            state = self._newest()
            if state == self._state:
                return self._parts
            # A newer generation may delete these files while they are opened.
            with contextlib.suppress(FileNotFoundError):
                self._read(state)
        raise StaleIndexError("the search index changes too fast to be read")

    def offsets(self) -> list[tuple[Segment, int]]:
        """Return the segments, each with the number of its first passage in the whole index."""
        with self._reading, damage_reported():
            segments = [lookup.segment for lookup, _ in self._segments()]
            starts = accumulate((each.size for each in segments), initial=0)
            return list(zip(segments, starts, strict=False))

    def _newest(self) -> tuple[int, int, int]:
        generation = index.TOC._latest_generation(self.storage, NAME)  # noqa: SLF001
        if generation < 0:
            raise StaleIndexError(_NONE)
        try:
            found = (self.folder / f"_{NAME}_{generation}.toc").stat()
        except FileNotFoundError:
            return generation, 0, 0
        return generation, found.st_ino, found.st_mtime_ns

    def _read(self, state: tuple[int, int, int]) -> None:
        self._require_ours()
        contents = index.TOC.read(self.storage, NAME, state[0], self.schema)
        known: dict[str, Lookup] = {}
        parts: list[tuple[Lookup, frozenset[int]]] = []
        for each in contents.segments:
            name = each.segment_id()
            known[name] = self._known.get(name) or Lookup(Segment(self.storage, self.schema, each))
            parts.append((known[name], frozenset(each.deleted_docs())))
        self._known, self._parts, self._state = known, tuple(parts), state

    # Writing

    def start(self, committed: Callable[[], None] | None) -> _Batch:
        return _Batch(self, committed)

    def needs_merge(self) -> bool:
        with self._reading, damage_reported():
            sizes = [(lookup.segment.size, gone) for lookup, gone in self._segments()]
            return bool(_to_merge(sizes))

    def merge(self) -> bool:
        """Merge small segments if there are too many; return whether any were merged."""
        if self._batch is None and not self.needs_merge():
            return False
        with self.batch() as batch:
            batch.merge = True
        return True


class _Batch:
    """Uncommitted changes: those of one writer until it commits, then those of the next."""

    def __init__(self, engine: WhooshIndex, committed: Callable[[], None] | None) -> None:
        self._engine = engine
        self._told = committed
        self.committed = False
        self._writer: Any = None
        self._lock: Any = None
        self._segments: Sequence[tuple[Segment, int]] = ()
        self._pending: dict[str, str] = {}
        self.merge = False

    def put(self, article: PreparedArticle) -> None:
        """Add an article, replacing an older version."""
        if article.key in self._pending:
            self.commit()
        writer = self._open()
        self._delete_where("article", article.key)
        self._pending[article.key] = article.record.briefing
        with _write_errors(self._engine.folder):
            for number, doc in enumerate(article.documents):
                writer.pool.put(doc, article, first=number == 0)
                writer.add_document(**columns_of(doc, article, first=number == 0))
        if writer.doc_count() >= AT_ONCE:
            self.commit()

    def delete(self, briefing: str, article_ids: Iterable[str] | None) -> None:
        """Delete articles, or with None the whole briefing."""
        if briefing in self._pending.values():
            self.commit()
        self._open()
        if article_ids is None:
            self._delete_where("briefing", briefing)
        for each in article_ids or ():
            self._delete_where("article", article_key(briefing, each))

    def commit(self) -> None:
        """Commit the changes made so far."""
        if self._writer is None and not self.merge:
            return
        writer = self._open()
        with _write_errors(self._engine.folder):
            writer.commit(mergetype=_merge_small if self.merge else _drop_empty)
        self._writer, self.merge = None, False
        self._pending.clear()
        self._unlock()
        self.committed = True
        if self._told:
            self._told()

    def cancel(self) -> None:
        """Discard uncommitted changes and release the lock."""
        writer, self._writer = self._writer, None
        if writer is not None and not writer.is_closed:
            # What fails to close was never committed; the next writer deletes it.
            with contextlib.suppress(Exception):
                writer.cancel()
        self._unlock()

    def _open(self) -> Any:
        """Start a writer once no other process writes."""
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
                whole = index.FileIndex(engine.storage, engine.schema, NAME)
                self._writer = SegmentWriter(whole, _lk=False, codec=Codec(), compound=False)
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


def _to_merge(segments: Iterable[tuple[int, Sized]]) -> list[int]:
    """Return the indexes of the segments to merge: those of similar small size, if many."""
    live = [size - len(gone) for size, gone in segments]
    for size in SMALL:
        small = [place for place, count in enumerate(live) if count < size]
        if len(small) >= MANY:
            return small
    return []


def _drop_empty(_writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Return the segments with passages left, in the form of a Whoosh merge policy."""
    return [s for s in segments if s.deleted_count() < s.doc_count_all()]


def _merge_small(writer: Any, segments: Sequence[Any]) -> list[Any]:
    kept = _drop_empty(writer, segments)
    chosen = _to_merge((s.doc_count_all(), tuple(s.deleted_docs())) for s in kept)
    for place in chosen:
        _add_segment(writer, kept[place])
    return [segment for place, segment in enumerate(kept) if place not in chosen]


def _add_segment(writer: Any, segment: Any) -> None:
    """Copy the undeleted passages of a segment to a writer, term by term."""
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
    try:
        yield
    except index.LockError as error:
        message = f"Another process has been writing to {folder} for too long."
        hint = "Try again when it has finished."
        raise BusyError(message, hint) from error
    except OSError as error:
        raise write_error(folder, error) from error


@contextlib.contextmanager
def damage_reported() -> Iterator[None]:
    """Raise the errors of reading damaged files as StaleIndexError."""
    try:
        yield
    except BriefingError:
        raise
    except Exception as error:  # a damaged pickle raises anything
        raise StaleIndexError(f"the search index is damaged ({error})") from error
