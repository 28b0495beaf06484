"""Bringing the index up to date with `content/`: only changed files are read again.

`content/` is the truth and is never written here. A briefing's article files are compared by size
and modification time; when its `briefing.yaml` or `edits.yaml` changed, all of it is read again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from briefing.compare.build import build_panels
from briefing.content import Hold
from briefing.errors import StaleIndexError
from briefing.library.loading import Loaded, catalog_row, load, write_copies
from briefing.library.reports import Progress, Refreshed
from briefing.library.staleness import Stamps, files_of, look
from briefing.library.store import Store
from briefing.model import Problem
from briefing.search.index import SearchIndex
from briefing.search.results import CatalogRow

AT_ONCE = 100
"""So many articles are indexed between two signs that the work goes on."""
MANY = 500
"""From so many changed briefings on the catalog's log is folded in, for a quick next start."""


def refresh(
    content: Path,
    store: Store,
    hold: Hold,
    *,
    progress: Progress | None = None,
    force: bool = False,
    searchable: bool = False,
    names: Sequence[str] | None = None,
) -> Refreshed:
    """Index what changed among `names` (default: every briefing) and forget what is gone.

    The search index is opened only where something changed or it must be `searchable`; one that
    cannot be read is made anew, with everything in it. `hold` is the lock under which all this is
    done: it is told how far that is, however large a briefing.
    """
    state = look(content, store, names)
    stale = state.wanted if force else state.stale
    if not (stale or state.gone or searchable):
        return Refreshed()
    search, reason = _open_search(store, anew=not state.known or (force and names is None))
    stale = stale if reason is None else state.present
    before = {
        name: {} if force or reason is not None else files_of(state.stamps.get(name))
        for name in stale
    }
    work = _Work(content, store, search, stale, hold, progress)
    try:
        with search.batch(work.note_indexed):
            work.build(before)
            for name in state.gone:
                search.delete(name)
                store.remove_row(name)
        work.note_indexed()
        if len(stale) >= MANY:
            store.put_catalog(store.catalog())
    finally:
        search.close()
    return Refreshed(
        changed=tuple(stale),
        removed=state.gone,
        problems=work.finish(),
        rebuilt=f"The index was made anew: {reason}." if reason else None,
    )


def _open_search(store: Store, *, anew: bool) -> tuple[SearchIndex, str | None]:
    """Open the search index, or start an empty one and say why."""
    if anew:
        return _start_over(store), "there was none"
    try:
        return SearchIndex.open(store.folder), None
    except StaleIndexError as error:
        return _start_over(store), error.message


def _start_over(store: Store) -> SearchIndex:
    """Start an empty index; who is interrupted while filling it finds every file changed."""
    store.forget_stamps()
    return SearchIndex.create(store.folder)


class _Work:
    """One refresh on its way: which of its briefings are done, and which of these are on disk."""

    def __init__(
        self,
        content: Path,
        store: Store,
        search: SearchIndex,
        names: Sequence[str],
        hold: Hold,
        progress: Progress | None,
    ) -> None:
        self._content = content
        self._store = store
        self._search = search
        self._names = names
        self._hold = hold
        self._progress = progress
        self._problems: dict[str, tuple[Problem, ...]] = {}
        self._pending: list[CatalogRow] = []

    def build(self, before: Mapping[str, Stamps]) -> None:
        """Build the briefings, with what is known `before` of each."""
        for name in self._names:
            self._start(name)
            loaded = load(self._content, self._store, name, self._tell, before[name])
            self._pending.append(self._index(loaded))
            self._problems[name] = loaded.briefing.problems

    def note_indexed(self) -> None:
        """Stamp the briefings that are on disk: a kill before this means to do them again."""
        self._store.put_rows(self._pending)
        self._pending.clear()

    def finish(self) -> tuple[Problem, ...]:
        """Tell that all is done, and return the problems that were met, in order."""
        if self._progress and self._names:
            self._progress(len(self._names), len(self._names), "")
        return tuple(problem for name in self._names for problem in self._problems[name])

    def _start(self, name: str) -> None:
        if self._progress:
            self._progress(len(self._problems), len(self._names), name)
        self._tell()

    def _tell(self) -> None:
        self._hold.tell(len(self._problems), len(self._names))

    def _index(self, loaded: Loaded) -> CatalogRow:
        """Put a briefing's changes into the search index and the fast copies; return its row."""
        briefing, changed = loaded.briefing, loaded.changed
        self._search.delete(briefing.name, loaded.removed)
        for start in range(0, len(changed), AT_ONCE):
            self._tell()
            self._search.update(briefing.name, briefing.info, changed[start : start + AT_ONCE])
        panels = build_panels(briefing)
        row = catalog_row(briefing, panels)
        # Without a stamp: the copies of before are about to go.
        self._store.put_row(row)
        write_copies(self._store, loaded, panels, self._tell)
        return loaded.stamped(row)
