"""Updating the index from `content/`: only changed files are read again.

`content/` is never written here. A briefing's article files are compared by size and modification
time; when its `briefing.yaml` or `edits.yaml` changed, all of them are read again. Changing the
search index costs most by far, so an edit may leave it to the next search.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.compare.build import build_panels
from briefing.content.info import INFO_NAME, read_info
from briefing.content.locking import Hold
from briefing.errors import BriefingError, StaleIndexError
from briefing.library.incremental_reading import (
    BriefingChanges,
    Stored,
    catalog_row,
    count,
    read_changes,
    write_copies,
)
from briefing.library.reports import Progress, Refreshed
from briefing.library.staleness import Stamps, check_staleness, files_of
from briefing.library.store import Store
from briefing.model import Article, Problem
from briefing.search.results import CatalogRow

if TYPE_CHECKING:
    from briefing.search.index import SearchIndex

NO_INDEX = "The index was rebuilt: there was none."
AT_ONCE = 100
"""Articles indexed between two progress reports."""
MANY = 500
"""Changed briefings from which on the catalog's log is compacted, for a quick next start."""


def refresh(
    content: Path,
    store: Store,
    hold: Hold,
    *,
    progress: Progress | None = None,
    force: bool = False,
    searchable: bool | None = None,
    names: Sequence[str] | None = None,
    stored: Mapping[Path, Stored],
) -> Refreshed:
    """Index what changed, as `Library.refresh` says, under `hold`, the lock of the index.

    The search index is opened only where something changed or it must be `searchable`; one that
    cannot be read is rebuilt entirely.
    """
    state = check_staleness(content, store, names)
    stale = state.wanted if force else state.stale
    waiting = store.unsearched()
    if not (stale or state.gone or searchable or (waiting and searchable is None)):
        return Refreshed()
    if searchable is False and not force and not state.gone and all(map(state.stamps.get, stale)):
        work = _Work(content, store, None, stale, hold, progress)
        work.build({name: files_of(state.stamps[name]) for name in stale}, stored)
        work.note_indexed()
        return Refreshed(changed=tuple(stale), problems=work.finish())
    is_asked = bool(state.known) and force and names is None
    search, reason = _open_search(store, rebuild=not state.known or is_asked)
    stale = stale if reason is None else state.present
    before = {
        name: {} if force or reason is not None else files_of(state.stamps.get(name))
        for name in stale
    }
    work = _Work(content, store, search, stale, hold, progress)
    try:
        with search.batch(work.note_indexed):
            work.build(before, stored)
            for name in state.gone:
                search.delete(name)
                store.remove_row(name)
            for name in waiting.keys() & set(state.present) if reason is None else ():
                work.catch_up(name, waiting[name])
        work.note_indexed()
        store.forget_unsearched()
        if len(stale) >= MANY:
            store.put_catalog(store.catalog())
    finally:
        search.close()
    return Refreshed(
        changed=tuple(stale),
        removed=state.gone,
        problems=work.finish(),
        rebuilt=reason if not is_asked else None,
    )


def _open_search(store: Store, *, rebuild: bool) -> tuple[SearchIndex, str | None]:
    """Open the search index, or create an empty one and return the reason."""
    from briefing.search.index import create_index, open_index

    reason = NO_INDEX
    if not rebuild:
        try:
            return open_index(store.folder), None
        except StaleIndexError as error:
            reason = f"The index was rebuilt: {error.message}."
    store.forget_stamps()  # Until it is filled, every briefing counts as changed.
    return create_index(store.folder), reason


@dataclass
class _Work:
    content: Path
    store: Store
    search: SearchIndex | None
    names: Sequence[str]
    hold: Hold
    progress: Progress | None
    problems: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    pending: list[CatalogRow] = field(default_factory=list)

    def build(self, before: Mapping[str, Stamps], stored: Mapping[Path, Stored]) -> None:
        """Index the briefings; `before` has the indexed stamps of each, `stored` what is new."""
        for name in self.names:
            if self.progress:
                self.progress(len(self.problems), len(self.names), name)
            self._report()
            try:
                changes = read_changes(
                    self.content, self.store, name, self._report, before[name], stored
                )
            except PermissionError as error:
                message = f"it may not be read ({error.strerror})"
                self.problems[name] = (Problem(file=name, message=message),)
                continue
            self.pending.append(self._index(changes))
            self.problems[name] = changes.briefing.problems

    def note_indexed(self) -> None:
        """Stamp the committed briefings; without a stamp they would be indexed again."""
        self.store.put_rows(*self.pending)
        self.pending.clear()

    def finish(self) -> tuple[Problem, ...]:
        """Report that all is done, and return the problems that were found, in order."""
        if self.progress and self.names:
            self.progress(len(self.names), len(self.names), "")
        return tuple(problem for name in self.names for problem in self.problems[name])

    def _report(self) -> None:
        self.hold.report_progress(len(self.problems), len(self.names))

    def _index(self, changes: BriefingChanges) -> CatalogRow:
        """Write a briefing's changes to the search index and the fast copies; return its row."""
        briefing, changed = changes.briefing, changes.briefing.articles
        row = self._write_copies(changes)
        if self.search is None:
            ids = [*(article.id for article in changed), *(changes.removed or ())]
            self.store.leave_unsearched(briefing.name, ids)
            return changes.stamped(row)
        self.search.delete(briefing.name, changes.removed)
        for start in range(0, len(changed), AT_ONCE):
            self._report()
            self.search.update(briefing.name, briefing.info, changed[start : start + AT_ONCE])
        return changes.stamped(row)

    def catch_up(self, name: str, article_ids: Collection[str]) -> None:
        """Index the articles of a briefing that were left to the next search, from their copies."""
        assert self.search is not None  # noqa: S101
        try:
            info = read_info(self.content / name / INFO_NAME)
        except BriefingError:
            return  # All of it is indexed again once it can be read.
        copies = (self.store.read(name, f"article/{each}", Article) for each in article_ids)
        self.search.delete(name, sorted(article_ids))
        self.search.update(name, info, [article for article in copies if article is not None])

    def _write_copies(self, changes: BriefingChanges) -> CatalogRow:
        panels = build_panels(changes.briefing)
        name = changes.briefing.name

        def read_copy(article: str) -> Article | None:
            return self.store.read(name, f"article/{article}", Article)

        counts = count(changes.briefing, panels, changes.known, read_copy)
        row = catalog_row(changes.briefing, counts)
        # Without a stamp: the old copies are about to be replaced.
        self.store.put_rows(row)
        write_copies(self.store, changes, panels, counts, self._report)
        return row
