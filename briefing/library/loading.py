"""Reading a briefing for the index: its changed files, and the fast copies made of all of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from msgspec.structs import replace

from briefing.compare.panels import Panels
from briefing.content import (
    EDITS_NAME,
    INFO_NAME,
    apply_edits,
    read_article,
    read_edits,
    read_info,
    to_problem,
)
from briefing.errors import ContentError
from briefing.library.staleness import Stamps, folder_time, one_stamp, read_stamps
from briefing.library.store import Store
from briefing.model import Article, Briefing, BriefingInfo, Edit, Orphan, Problem, Record
from briefing.search.results import CatalogRow

Tell = Callable[[], None]
"""Called again and again as a sign that the work goes on."""


class Loaded(Record, frozen=True, kw_only=True):
    """A briefing as read for the index.

    `changed` are its articles that must be indexed again; `removed` the ids of those that must
    leave the index, or None for all that it has of this briefing. `when` and `stamps` are of its
    folder before reading, so that a file that changes meanwhile is read again next time.
    """

    briefing: Briefing
    changed: tuple[Article, ...]
    removed: tuple[str, ...] | None
    when: str
    stamps: Stamps

    def stamped(self, row: CatalogRow) -> CatalogRow:
        """Return the briefing's row with what tells which state of the files it is from."""
        return replace(row, stamp=one_stamp(self.when, self.stamps))


def load(content: Path, store: Store, name: str, tell: Tell, before: Stamps) -> Loaded:
    """Read the files of a briefing that changed since `before` and copies of the rest.

    All of it is read where nothing is known of before. `tell` is called before each file.
    """
    folder = content / name
    when = folder_time(folder)
    stamps = read_stamps(folder)
    whole = any(stamps.get(file) != before.get(file) for file in (INFO_NAME, EDITS_NAME))
    problems: list[Problem] = []
    info = _read_info(folder, name, problems)
    edits = _read_edits(folder, problems) if EDITS_NAME in stamps else ()
    files = sorted(stamps.keys() - {INFO_NAME, EDITS_NAME})
    same_files = () if whole else {file for file in files if stamps[file] == before.get(file)}
    kept, fresh = _read_articles(folder, store, files, same_files, problems, tell)
    same = {article.id for article in kept}
    applied, orphans = apply_edits(
        fresh, [edit for edit in edits if edit.anchor.article not in same]
    )
    known_orphans = store.read(name, "orphans", tuple[Orphan, ...]) or ()
    left = tuple(orphan for orphan in known_orphans if orphan.edit.anchor.article in same)
    everything = sorted([*kept, *applied], key=lambda article: article.id)
    gone = {file.removesuffix(".yaml") for file in before.keys() - stamps.keys()}
    broken = {Path(problem.file).stem for problem in problems}
    return Loaded(
        briefing=Briefing(
            name=name,
            info=info,
            articles=tuple(everything),
            edits=edits,
            orphans=left + orphans,
            problems=tuple(problems),
        ),
        changed=applied,
        removed=tuple(sorted(gone | broken)) if before else None,
        when=when,
        stamps=stamps,
    )


def _read_articles(
    folder: Path,
    store: Store,
    files: Sequence[str],
    same: Collection[str],
    problems: list[Problem],
    tell: Tell,
) -> tuple[list[Article], list[Article]]:
    """Take the copies of the files that are the `same` as before, and read the others."""
    kept: list[Article] = []
    fresh: list[Article] = []
    for file in files:
        tell()
        stem = file.removesuffix(".yaml")
        copy = store.read(folder.name, f"article/{stem}", Article) if file in same else None
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
            problems.append(Problem(file=f"{folder.name}/{file}", message=message))
            continue
        fresh.append(article)
    return kept, fresh


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


def write_copies(store: Store, loaded: Loaded, panels: Panels, tell: Tell) -> None:
    """Write a briefing's fast copies as far as they changed; `tell` is called before each."""
    briefing = loaded.briefing
    for article in loaded.changed:
        tell()
        store.write(briefing.name, f"article/{article.id}", article)
    for article_id in loaded.removed or ():
        store.remove(briefing.name, f"article/{article_id}")
    store.write(briefing.name, "panels", panels)
    if briefing.orphans:
        store.write(briefing.name, "orphans", briefing.orphans)
    else:
        store.remove(briefing.name, "orphans")
