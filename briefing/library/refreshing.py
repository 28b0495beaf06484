"""Bringing the index up to date with `content/`: only changed files are read again.

`content/` is the truth and is never written here. A briefing's article files are compared by size
and modification time; when its `briefing.yaml` or `edits.yaml` changed, all of it is read again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from briefing.compare.build import build_panels
from briefing.compare.panels import Panels
from briefing.content import apply_edits, briefing_names, read_article, read_edits, read_info
from briefing.errors import ContentError
from briefing.library.reports import Refreshed
from briefing.model import Article, Briefing, BriefingInfo, Edit, Problem, Record
from briefing.search.index import SearchIndex
from briefing.search.results import CatalogRow
from briefing.search.store import Store

Progress = Callable[[int, int, str], None]
Stamps = Mapping[str, tuple[int, int]]

INFO_FILE = "briefing.yaml"
EDITS_FILE = "edits.yaml"


class Loaded(Record, frozen=True, kw_only=True):
    """A briefing as read for the index, with the ids of articles that must be indexed again."""

    briefing: Briefing
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def read_stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Return `(size, mtime in ns)` of each YAML file of a briefing, symbolic links left out."""
    with os.scandir(folder) as entries:
        return {
            entry.name: ((stat := entry.stat(follow_symlinks=False)).st_size, stat.st_mtime_ns)
            for entry in entries
            if entry.name.endswith(".yaml")
            and not entry.name.startswith(".")
            and entry.is_file(follow_symlinks=False)
        }


def stale_names(content: Path, store: Store, names: Iterable[str]) -> list[str]:
    """Return the briefings among `names` whose files differ from what the index was made of."""
    return [name for name in names if _stamps_or_none(content / name) != store.stamps(name)]


def _stamps_or_none(folder: Path) -> dict[str, tuple[int, int]] | None:
    try:
        return read_stamps(folder)
    except OSError:
        return None


def load(content: Path, store: Store, name: str, *, force: bool) -> tuple[Loaded, Stamps]:
    """Read the changed files of a briefing and take the rest from the fast copies.

    Stamps are taken before reading, so that a file that changes meanwhile is read again next time.
    """
    folder = content / name
    stamps = read_stamps(folder)
    before = store.stamps(name) or {}
    whole = force or any(stamps.get(file) != before.get(file) for file in (INFO_FILE, EDITS_FILE))
    problems: list[Problem] = []
    info = _read_info(folder, name, problems)
    edits = _read_edits(folder, problems) if EDITS_FILE in stamps else ()
    kept: list[Article] = []
    fresh: list[Article] = []
    for file in sorted(stamps.keys() - {INFO_FILE, EDITS_FILE}):
        stem = file.removesuffix(".yaml")
        copy = None
        if not whole and stamps[file] == before.get(file):
            copy = store.read(name, f"article/{stem}", Article)
        if copy is not None:
            kept.append(copy)
            continue
        try:
            fresh.append(read_article(folder / file))
        except ContentError as error:
            problems.append(_problem(folder, error))
    applied, _ = apply_edits(fresh, edits)
    # Orphans can only be told from all articles together; applying edits twice changes nothing.
    everything = sorted([*kept, *applied], key=lambda article: article.id)
    everything_applied, orphans = apply_edits(everything, edits)
    gone = {file.removesuffix(".yaml") for file in before.keys() - stamps.keys()}
    broken = {Path(problem.file).stem for problem in problems}
    loaded = Loaded(
        briefing=Briefing(
            name=name,
            info=info,
            articles=everything_applied,
            edits=edits,
            orphans=orphans,
            problems=tuple(problems),
        ),
        changed=tuple(article.id for article in applied),
        removed=tuple(sorted(gone | broken)),
    )
    return loaded, stamps


def _read_info(folder: Path, name: str, problems: list[Problem]) -> BriefingInfo:
    try:
        return read_info(folder / INFO_FILE)
    except ContentError as error:
        problems.append(_problem(folder, error))
        return BriefingInfo(title=name)


def _read_edits(folder: Path, problems: list[Problem]) -> tuple[Edit, ...]:
    try:
        return read_edits(folder / EDITS_FILE)
    except ContentError as error:
        problems.append(_problem(folder, error))
        return ()


def _problem(folder: Path, error: ContentError) -> Problem:
    return Problem(
        file=f"{folder.name}/{error.path.name}",
        message=error.message,
        line=error.line,
        column=error.column,
    )


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
    store: Store,
    open_search: Callable[[], SearchIndex],
    *,
    progress: Progress | None,
    force: bool,
    names: Sequence[str] | None,
) -> Refreshed:
    """Index what changed among `names` (default: every briefing) and forget what is gone.

    The search index is opened only where something changed.
    """
    present = briefing_names(content)
    wanted = [name for name in present if names is None or name in names]
    known = {row.name for row in store.catalog()}
    gone = sorted(known - set(present)) if names is None else []
    stale = wanted if force else stale_names(content, store, wanted)
    if not stale and not gone:
        return Refreshed()
    search = open_search()
    problems: list[Problem] = []
    for done, name in enumerate(stale):
        if progress:
            progress(done, len(stale), name)
        problems.extend(_index_one(content, store, search, name, force=force))
    for name in gone:
        search.delete(name)
        store.remove_row(name)
    if progress and stale:
        progress(len(stale), len(stale), "")
    return Refreshed(changed=tuple(stale), removed=tuple(gone), problems=tuple(problems))


def _index_one(
    content: Path, store: Store, search: SearchIndex, name: str, *, force: bool
) -> tuple[Problem, ...]:
    """Index one briefing; its stamps come last, so that a kill in between means: do it again."""
    loaded, stamps = load(content, store, name, force=force)
    briefing = loaded.briefing
    changed = [article for article in briefing.articles if article.id in loaded.changed]
    if loaded.removed:
        search.delete(name, loaded.removed)
    if changed:
        search.update(name, briefing.info, changed)
    for article in changed:
        store.write(name, f"article/{article.id}", article)
    panels = build_panels(briefing)
    store.write(name, "panels", panels)
    store.put_row(catalog_row(briefing, panels))
    store.set_stamps(name, stamps)
    return briefing.problems
