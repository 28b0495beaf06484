"""The search index of a library: opening, changing and asking it, in one place for all callers."""

from __future__ import annotations

import contextlib
import struct
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from briefing.model import READ_ROLES, ROLES, Article, BriefingInfo, Role
from briefing.search import commit
from briefing.search.documents import article_key
from briefing.search.errors import IndexStale
from briefing.search.present import present, results_without_hits
from briefing.search.query import And, Field, leaves, parse
from briefing.search.reader import Snapshot
from briefing.search.resolve import resolve
from briefing.search.results import Results
from briefing.search.store import Store
from briefing.search.suggest import complete, did_you_mean

if TYPE_CHECKING:
    from briefing.search.toc import Entry
    from briefing.search.writer import Writer

Order = Literal["rank", "date"]

FOLDER: Final = "search"
ATTEMPTS: Final = 20
"""So often an index that changes while it is opened is opened again."""
_SAME_TICK: Final = 50_000_000
"""A folder changed less than so many ns ago may have changed again within the clock's step."""


class SearchIndex:
    """All chunks of a library, searchable.

    Any number of threads and processes may search at any time; those that change the index wait
    for each other. A search sees the index as one commit left it.
    """

    def __init__(self, folder: Path) -> None:
        """Use `open` or `create`."""
        self._folder = folder
        self._lock = threading.Lock()
        self._write_lock = threading.RLock()
        self._seen: tuple[int, int] | None = None
        self._writer: Writer | None = None
        self._snapshot = _newest(folder)

    @classmethod
    def open(cls, folder: Path) -> SearchIndex:
        """Open the index below `folder` (a library's `index/`).

        Raises IndexStale where there is none of this version that can be read: `create` it then,
        and add everything.
        """
        with _damage_told():
            return cls(folder / FOLDER)

    @classmethod
    def create(cls, folder: Path) -> SearchIndex:
        """Start an empty index below `folder`, in place of whatever is there.

        The stamps in the store beside it are forgotten first: whoever is interrupted while
        filling the index finds every file changed. Raises WriteError, or BusyError where another
        process keeps writing.
        """
        Store(folder).forget_stamps()
        commit.start_over(folder / FOLDER)
        return cls.open(folder)

    def close(self) -> None:
        """Let go of the files; nothing is lost by not calling it."""
        with self._lock:
            self._snapshot = Snapshot(self._snapshot.contents, ())
            self._seen = None

    # Changing

    def update(self, briefing: str, info: BriefingInfo, articles: Sequence[Article]) -> None:
        """Put articles in, in place of those of the same id in that briefing.

        Searchable on return, or inside `batch` when that ends. Raises WriteError (the index stays
        as it was), BusyError or IndexStale.
        """
        with self._writing() as writer:
            writer.update(briefing, info, articles)

    def delete(self, briefing: str, article_ids: Iterable[str] | None = None) -> None:
        """Take articles out, or with None the whole briefing; raises as `update` does."""
        with self._writing() as writer:
            if article_ids is None:
                writer.delete("briefing", briefing)
            for article_id in article_ids or ():
                writer.delete("article", article_key(briefing, article_id))

    def adopt(self, folder: Path, segments: Sequence[Entry], briefings: Iterable[str]) -> None:
        """Take in segments that a SegmentWriter wrote to a folder on the same disk.

        They are all that the index then has of these briefings. Raises as `update` does.
        """
        with self._writing() as writer:
            writer.adopt(folder, segments, briefings)

    @contextlib.contextmanager
    def batch(self, committed: Callable[[], None] | None = None) -> Iterator[None]:
        """Gather the changes made inside into few commits, as for a whole library.

        `committed` is called after each commit: all changes made before are then on disk, and
        only then should the caller note them as done. An exception inside commits nothing more.
        """
        with self._writing(committed):
            yield

    def fold(self, at_most: int | None = None) -> bool:
        """Fold segments that have become too many, and tell whether any had.

        Changes leave this to whoever has the time: they are searchable before it. With `at_most`
        no more documents than that are folded, 1,000 of them in about a tenth of a second. One
        call folds once: call again until nothing is due. Raises as `update` does.
        """
        if self._writer is None and not self.is_due(at_most):
            return False
        with self._writing() as writer:
            return writer.fold(at_most)

    def is_due(self, at_most: int | None = None) -> bool:
        """Tell whether `fold` would fold anything; takes no lock and writes nothing."""
        from briefing.search.merging import choose

        with _damage_told():
            return bool(choose(self._refresh().parts, at_most))

    def optimise(self) -> None:
        """Fold all segments into one; raises as `update` does."""
        with self._writing() as writer:
            writer.fold_all()

    @contextlib.contextmanager
    def _writing(self, committed: Callable[[], None] | None = None) -> Iterator[Writer]:
        # Whoever only searches need not load what writes.
        from briefing.search.writer import Writer

        with self._write_lock:
            if self._writer is not None:
                yield self._writer
                return
            with commit.write_lock(self._folder):
                with _damage_told():
                    self._writer = Writer(self._folder, self._refresh(), committed)
                try:
                    yield self._writer
                    with _damage_told():
                        self._writer.finish()
                finally:
                    self._writer = None
            with _damage_told():
                self._refresh()

    # Asking

    def search(
        self,
        query: str,
        *,
        briefing: str | None = None,
        limit: int = 50,
        order: Order = "rank",
        roles: Collection[Role] | None = None,
    ) -> Results:
        """Find chunks; what a person may type never raises, it gives a hint.

        `limit` counts chunks. `roles` are the roles to look in: those that are read, or all where
        the query names a role. Raises IndexStale where the index turns out to be damaged.
        """
        asked = resolve(parse(query))
        with _damage_told():
            snapshot = self._refresh()
            if asked.root is None or not any(leaves(asked.root)):
                return results_without_hits(query, asked.hints)
            named = any(isinstance(x, Field) and x.name == "role" for x in leaves(asked.root))
            root = asked.root
            if briefing is not None:
                root = And((root, Field("briefing", briefing)))
            answer = snapshot.ask(
                root,
                roles=roles if roles is not None else ROLES if named else READ_ROLES,
                limit=max(1, limit),
                newest=order == "date",
            )
            suggestion = did_you_mean(snapshot, asked.root) if not answer.chunks else None
            return present(query, asked, answer, suggestion)

    def suggest(self, text: str) -> tuple[str, ...]:
        """Complete a partly typed query: whole queries, the likeliest first."""
        with _damage_told():
            return complete(self._refresh(), text)

    def verify(self) -> None:
        """Read the whole index and compare its checksums; raises IndexStale where one differs."""
        with _damage_told():
            for part in self._refresh().parts:
                part.segment.verify()

    def __len__(self) -> int:
        """Return how many chunks are searchable."""
        with _damage_told():
            return self._refresh().size

    def _refresh(self) -> Snapshot:
        """Return the newest state; asking the folder's time costs next to nothing."""
        with self._lock:
            try:
                changed = self._folder.stat().st_mtime_ns
            except OSError as error:
                raise IndexStale("the search index is missing") from error
            now = time.time_ns()
            if self._seen and self._seen[0] == changed and self._seen[1] - changed > _SAME_TICK:
                return self._snapshot
            self._snapshot = _newest(self._folder, self._snapshot)
            self._seen = (changed, now)
            return self._snapshot


def _newest(folder: Path, before: Snapshot | None = None) -> Snapshot:
    """Open the newest state of an index, or take `before` where that is it.

    A newer generation may take a segment away between reading the table of contents and opening
    what it lists: then it is read again. Raises IndexStale where a segment is missing for good.
    """
    for _ in range(ATTEMPTS):
        contents = commit.current(folder)
        try:
            if before is not None and before.is_open() and before.contents == contents:
                return before
            return Snapshot.open(folder, contents, before)
        except IndexStale:
            if commit.current(folder) == contents:
                raise
    raise IndexStale("the search index changes too fast to be read")


@contextlib.contextmanager
def _damage_told() -> Iterator[None]:
    """Turn what reading a damaged file runs into to IndexStale."""
    try:
        yield
    except (
        IndexError,
        ValueError,
        KeyError,
        OverflowError,
        struct.error,
        msgspec.DecodeError,
    ) as error:
        raise IndexStale(f"the search index is damaged ({error})") from error
