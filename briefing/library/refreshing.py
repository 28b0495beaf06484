"""Updating the index from `content/`: only changed files are read again.

`content/` is never written here. A briefing's article files are compared by size and modification
time; when its `briefing.yaml` or `edits.yaml` changed, all of them are read again. Changing the
search index costs most by far, so an edit may leave it to the next search. A shared index is filled
by all who use it: what it has already stays, and nobody deletes from it what they never had. It is
filled from one library alone, which is told by its articles, since copies of content/ have no more
in common.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from briefing import errors
from briefing.compare.panels import COUNTS, BriefingCounts
from briefing.content.folders import article_paths
from briefing.content.info import INFO_NAME, read_info
from briefing.content.locking import Hold
from briefing.library.incremental_reading import (
    BriefingChanges,
    Stored,
    catalog_row,
    list_files,
    read_changes,
    write_copies,
)
from briefing.library.reports import Progress, Refreshed
from briefing.library.staleness import LibraryState, Stamps, check_staleness, files_of, one_stamp
from briefing.library.store import Store
from briefing.model import Article, BriefingInfo, Problem
from briefing.search.address import shown_address
from briefing.search.documents import article_key, digest_of
from briefing.search.results import CatalogRow

if TYPE_CHECKING:
    from briefing.search.index import SearchIndex

NO_INDEX = "The index was rebuilt: there was none."
READ_ONLY = "The shared index may only be read here: what changed is found once others index it."
LATER = "What changed is found once it is indexed, which is tried again."
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
    cannot be read is rebuilt entirely. Where a shared one cannot be reached or written, what
    changed is left to the next refresh, and the fast copies are up to date all the same.
    """
    state = check_staleness(content, store, names)
    stale = state.wanted if force else state.stale
    waiting = store.unsearched()
    if not (stale or state.gone or searchable or (waiting and searchable is None)):
        return Refreshed()
    work = _Work(content, store, hold, progress, is_shared=isinstance(store.place, str))
    if searchable is False and not force and not state.gone and all(map(state.stamps.get, stale)):
        return work.refresh_copies(state, stored)
    is_asked = (state.known or work.is_shared) and force and names is None
    is_new = not (state.known or work.is_shared)
    try:
        search, reason = _open_search(store, rebuild=is_new or is_asked)
        with closing(search):
            if not search.may_write():
                done = work.refresh_copies(state, stored)
                # Who may write one day has to compare all of it.
                store.put_generation("")
                store.forget_unsearched()
                return replace(done, unsearched=READ_ONLY if done.changed or waiting else None)
            if reason is None and search.generation != store.generation():
                _check_same_library(content, store, state.present, search)
            done = work.refresh_all(
                search, state, stored, waiting, force=force, anew=reason is not None
            )
    except (errors.BusyError, errors.UnavailableError, errors.WriteError) as error:
        if (
            not work.is_shared
            or force
            or (searchable and isinstance(error, errors.UnavailableError))
        ):
            raise
        done = work.refresh_copies(check_staleness(content, store, names), stored)
        why = f"{error.message[:1].upper()}{error.message[1:].rstrip('.')}."
        return replace(done, unsearched=" ".join(filter(None, (why, error.hint, LATER))))
    if reason is None or is_asked:
        return done
    return replace(done, rebuilt=reason if state.known else NO_INDEX)


def _open_search(store: Store, *, rebuild: bool) -> tuple[SearchIndex, str | None]:
    """Open the search index, or create an empty one and return the reason."""
    from briefing.search.index import create_index, open_index

    reason = NO_INDEX
    if not rebuild:
        try:
            return open_index(store.place), None
        except errors.StaleIndexError as error:
            reason = f"The index was rebuilt: {error.message}."
    store.forget_stamps()  # Until it is filled, every briefing counts as changed.
    return create_index(store.place), reason


def _check_same_library(
    content: Path, store: Store, names: Sequence[str], search: SearchIndex
) -> None:
    """Raise UnavailableError where a shared index is of another library than these briefings."""
    keys: set[str] = set()
    for name in names:
        with suppress(errors.NotFoundError):  # It may not be read.
            keys.update(article_key(name, path.stem) for path in article_paths(content / name))
    if not search.is_of(keys):
        raise errors.UnavailableError(
            f"the shared index is another library's ({shown_address(str(store.place))})",
            "Name another database, or copy content/ of that library here first; "
            "briefing index --rebuild makes it the index of this one, for everybody.",
        )


@dataclass
class _Work:
    content: Path
    store: Store
    hold: Hold
    progress: Progress | None
    is_shared: bool
    search: SearchIndex | None = None
    names: Sequence[str] = ()
    problems: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    pending: list[CatalogRow] = field(default_factory=list)
    committed: dict[str, str | None] = field(default_factory=dict)

    def refresh_copies(self, state: LibraryState, stored: Mapping[Path, Stored]) -> Refreshed:
        """Update the fast copies, and leave the search index to the next refresh."""
        self.search = None
        before = {name: files_of(state.stamps.get(name)) for name in state.stale}
        self.build(before, stored)
        self.note_indexed()
        for name in state.gone:
            self.store.leave_unsearched(name, ())
            self.store.remove_row(name)
        return self.finish(state.gone)

    def refresh_all(
        self,
        search: SearchIndex,
        state: LibraryState,
        stored: Mapping[Path, Stored],
        waiting: Mapping[str, Collection[str]],
        *,
        force: bool,
        anew: bool,
    ) -> Refreshed:
        """Update fast copies and search index, which may be empty (`anew`)."""
        self.search = search
        stale = state.present if anew else state.wanted if force else state.stale
        before = {name: {} if force or anew else files_of(state.stamps.get(name)) for name in stale}
        if search.generation != self.store.generation():
            # All articles that have fast copies.
            waiting = {
                name: {*self._known(name), *waiting.get(name, ())}
                for name in self.store.stamps().keys() | waiting.keys()
            }
        with search.batch(self.note_indexed):
            self.build(before, stored)
            for name in state.gone:
                search.delete(name)
                self.store.remove_row(name)
            for name, ids in waiting.items() if not anew else ():
                self.catch_up(name, ids, is_present=name in state.present)
        self.note_indexed()
        self.store.forget_unsearched()
        # Who has no articles yet may become a library of their own.
        self.store.put_generation(search.generation if state.present else "")
        if len(stale) >= MANY:
            self.store.put_catalog(self.store.catalog())
        if self.is_shared:
            with suppress(errors.BriefingError):  # All is searchable, and somebody else may do it.
                search.merge()
        return self.finish(state.gone)

    def _known(self, name: str) -> Collection[str]:
        counts = self.store.read(name, COUNTS, BriefingCounts)
        return counts.articles if counts else ()

    def build(self, before: Mapping[str, Stamps], stored: Mapping[Path, Stored]) -> None:
        """Index the briefings; `before` has the indexed stamps of each, `stored` what is new."""
        self.names = tuple(before)
        for name in self.names:
            if self.progress:
                self.progress(len(self.problems), len(self.names), name)
            self._report()
            try:
                listed = list_files(self.content / name)
            except PermissionError as error:
                message = f"it may not be read ({error.strerror})"
                self.problems[name] = (Problem(file=name, message=message),)
                continue
            for changes in read_changes(
                self.content, self.store, name, listed, self._report, before[name], stored
            ):
                self.pending.append(self._index(changes))
                problems = changes.briefing.problems
                del changes  # Nor is it held while the next part is read.
            self.problems[name] = problems

    def note_indexed(self) -> None:
        """Stamp the committed briefings; without a stamp they would be indexed again."""
        self.store.put_rows(*self.pending)
        self.committed |= {row.name: row.stamp for row in self.pending}
        self.pending.clear()

    def finish(self, gone: tuple[str, ...]) -> Refreshed:
        """Report that all is done, and return what changed and the problems that were found."""
        if self.progress and self.names:
            self.progress(len(self.names), len(self.names), "")
        problems = tuple(problem for name in self.names for problem in self.problems[name])
        return Refreshed(changed=tuple(self.names), removed=gone, problems=problems)

    def _report(self) -> None:
        self.hold.report_progress(len(self.problems), len(self.names))

    def _index(self, changes: BriefingChanges) -> CatalogRow:
        """Write a briefing's changes to the search index and the fast copies; return its row."""
        briefing, changed = changes.briefing, changes.briefing.articles
        ids = [article.id for article in changed]
        removed = changes.removed
        if removed is None and self.is_shared:
            # What others have indexed, of a copy of content/ that is ahead of this, is not ours.
            removed = tuple(set(self._known(briefing.name)).difference(changes.counts.articles))
        row = catalog_row(briefing, changes.counts)
        # Stamped with what is committed of this run: the old copies are about to be replaced.
        self.store.put_rows(replace(row, stamp=self.committed.get(briefing.name)))
        write_copies(self.store, changes, self._report)
        if self.search is None:
            self.store.leave_unsearched(briefing.name, [*ids, *(removed or ())])
        else:
            if removed != ():
                self.search.delete(briefing.name, removed)
            self._put(briefing.name, briefing.info, changed)
        return replace(row, stamp=one_stamp(*changes.listed))

    def _put(self, name: str, info: BriefingInfo, articles: Sequence[Article]) -> None:
        """Index articles of a briefing, but for those that a shared index has as they are."""
        assert self.search is not None  # noqa: S101
        held = self.search.held(name, [article.id for article in articles])
        if held:
            articles = [each for each in articles if held.get(each.id) != digest_of(info, each)]
        for start in range(0, len(articles), AT_ONCE):
            self._report()
            self.search.update(name, info, articles[start : start + AT_ONCE])

    def catch_up(self, name: str, article_ids: Collection[str], *, is_present: bool) -> None:
        """Index the articles of a briefing that were left to the next search, from their copies."""
        assert self.search is not None  # noqa: S101
        if not is_present:
            self.search.delete(name)
            return
        try:
            info = read_info(self.content / name / INFO_NAME)
        except errors.BriefingError:
            return  # All of it is indexed again once it can be read.
        copies = {each: self.store.read(name, f"article/{each}", Article) for each in article_ids}
        self.search.delete(name, sorted(each for each, copy in copies.items() if copy is None))
        self._put(name, info, [article for article in copies.values() if article is not None])
