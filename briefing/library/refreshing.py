"""Bringing the index up to date with `content/`: only changed files are read again.

`content/` is the truth and is never written here. A briefing's article files are compared by size
and modification time; when its `briefing.yaml` or `edits.yaml` changed, all of it is read again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from briefing.compare.build import build_panels
from briefing.compare.panels import Panels
from briefing.content import (
    EDITS_NAME,
    INFO_NAME,
    Hold,
    apply_edits,
    read_article,
    read_edits,
    read_info,
    to_problem,
)
from briefing.errors import ContentError
from briefing.library.reports import Refreshed
from briefing.library.staleness import Stamps, folder_time, look, one_stamp, read_stamps
from briefing.model import Article, Briefing, BriefingInfo, Edit, Orphan, Problem, Record
from briefing.search.errors import IndexStale
from briefing.search.index import SearchIndex
from briefing.search.results import CatalogRow
from briefing.search.store import Store

Progress = Callable[[int, int, str], None]
Tell = Callable[[], None]

AT_ONCE = 100
"""So many articles are indexed between two signs that the work goes on."""
MANY = 500
"""From so many changed briefings on the catalog's log is folded in, for a quick next start."""


QUICKLY_FOLDED = 1_000
"""Chunks folded at once after a change, in about a tenth of a second; more waits for idle time."""


class Loaded(Record, frozen=True, kw_only=True):
    """A briefing as read for the index, with the ids of articles that must be indexed again."""

    briefing: Briefing
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def load(
    content: Path, store: Store, name: str, tell: Tell, *, force: bool
) -> tuple[Loaded, str, Stamps]:
    """Read the changed files of a briefing and take the rest from the fast copies.

    Returns it with the time and the stamps of its folder, taken before reading, so that a file
    that changes meanwhile is read again next time. `tell` is called before each file.
    """
    folder = content / name
    when = folder_time(folder)
    stamps = read_stamps(folder)
    before = store.stamps(name) or {}
    whole = force or any(stamps.get(file) != before.get(file) for file in (INFO_NAME, EDITS_NAME))
    problems: list[Problem] = []
    info = _read_info(folder, name, problems)
    edits = _read_edits(folder, problems) if EDITS_NAME in stamps else ()
    kept: list[Article] = []
    fresh: list[Article] = []
    for file in sorted(stamps.keys() - {INFO_NAME, EDITS_NAME}):
        tell()
        stem = file.removesuffix(".yaml")
        copy = None
        if not whole and stamps[file] == before.get(file):
            copy = store.read(name, f"article/{stem}", Article)
        if copy is not None:
            kept.append(copy)
            continue
        try:
            article = read_article(folder / file)
        except ContentError as error:
            problems.append(_problem(folder, error))
            continue
        if any(article.id == other.id for other in (*kept, *fresh)):
            message = f"the id {article.id!r} is already that of another article"
            problems.append(Problem(file=f"{name}/{file}", message=message))
            continue
        fresh.append(article)
    same = {article.id for article in kept}
    applied, orphans = apply_edits(
        fresh, [edit for edit in edits if edit.anchor.article not in same]
    )
    known_orphans = store.read(name, "orphans", tuple[Orphan, ...]) or ()
    left = tuple(orphan for orphan in known_orphans if orphan.edit.anchor.article in same)
    everything = sorted([*kept, *applied], key=lambda article: article.id)
    gone = {file.removesuffix(".yaml") for file in before.keys() - stamps.keys()}
    broken = {Path(problem.file).stem for problem in problems}
    loaded = Loaded(
        briefing=Briefing(
            name=name,
            info=info,
            articles=tuple(everything),
            edits=edits,
            orphans=left + orphans,
            problems=tuple(problems),
        ),
        changed=tuple(article.id for article in applied),
        removed=tuple(sorted(gone | broken)),
    )
    return loaded, when, stamps


def _read_info(folder: Path, name: str, problems: list[Problem]) -> BriefingInfo:
    try:
        return read_info(folder / INFO_NAME)
    except ContentError as error:
        problems.append(_problem(folder, error))
        return BriefingInfo(title=name)


def _read_edits(folder: Path, problems: list[Problem]) -> tuple[Edit, ...]:
    try:
        return read_edits(folder / EDITS_NAME)
    except ContentError as error:
        problems.append(_problem(folder, error))
        return ()


def _problem(folder: Path, error: ContentError) -> Problem:
    return replace(to_problem(error), file=f"{folder.name}/{error.path.name}")


def catalog_row(briefing: Briefing, panels: Panels) -> CatalogRow:
    """Return the line of the library list for a briefing."""
    dates = [source.date.value for source in panels.sources if source.date]
    return CatalogRow(
        name=briefing.name,
        title=panels.title,
        question=panels.question,
        tags=briefing.info.tags,
        articles=len(panels.sources),
        quotes=len(panels.quotes),
        countries=tuple(row.code for row in panels.countries),
        latest=max(dates, default=None),
        problems=panels.problems + panels.orphans,
    )


def refresh(
    content: Path,
    index_dir: Path,
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
    search, reason = _open_search(index_dir, anew=not state.known or (force and names is None))
    if reason is not None:
        stale = state.present
    problems: list[Problem] = []
    pending: list[tuple[CatalogRow, Stamps]] = []
    try:
        with search.batch(lambda: _note_indexed(store, pending)):
            for done, name in enumerate(stale):
                if progress:
                    progress(done, len(stale), name)
                tell = partial(hold.tell, done, len(stale))
                whole = force or reason is not None
                loaded, when, stamps = load(content, store, name, tell, force=whole)
                row = replace(
                    _index_one(store, search, loaded, tell), stamp=one_stamp(when, stamps)
                )
                pending.append((row, stamps))
                problems.extend(loaded.briefing.problems)
            for name in state.gone:
                search.delete(name)
                store.remove_row(name)
        _note_indexed(store, pending)
        search.fold(QUICKLY_FOLDED)
        if len(stale) >= MANY:
            store.put_catalog(store.catalog())
    finally:
        search.close()
    if progress and stale:
        progress(len(stale), len(stale), "")
    return Refreshed(
        changed=tuple(stale),
        removed=state.gone,
        problems=tuple(problems),
        rebuilt=f"The index was made anew: {reason}." if reason else None,
    )


def _open_search(index_dir: Path, *, anew: bool) -> tuple[SearchIndex, str | None]:
    """Open the search index, or start an empty one and say why."""
    if anew:
        return SearchIndex.create(index_dir), "there was none"
    try:
        return SearchIndex.open(index_dir), None
    except IndexStale as error:
        return SearchIndex.create(index_dir), error.message


def _index_one(store: Store, search: SearchIndex, loaded: Loaded, tell: Tell) -> CatalogRow:
    """Put a briefing's changes into the search index and the fast copies; return its row."""
    briefing = loaded.briefing
    changed = [article for article in briefing.articles if article.id in loaded.changed]
    if loaded.removed:
        search.delete(briefing.name, loaded.removed)
    for start in range(0, len(changed), AT_ONCE):
        tell()
        search.update(briefing.name, briefing.info, changed[start : start + AT_ONCE])
    for article in changed:
        tell()
        store.write(briefing.name, f"article/{article.id}", article)
    panels = build_panels(briefing)
    store.write(briefing.name, "panels", panels)
    store.write(briefing.name, "orphans", briefing.orphans)
    row = catalog_row(briefing, panels)
    store.put_row(row)
    return row


def _note_indexed(store: Store, pending: list[tuple[CatalogRow, Stamps]]) -> None:
    """Stamp the briefings whose changes are on disk: a kill before this means to do them again."""
    for row, stamps in pending:
        store.set_stamps(row.name, stamps)
        store.put_row(row)
    pending.clear()
