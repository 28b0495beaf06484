"""Reading the changed files of a briefing for the index, and writing its fast copies."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec.structs import replace

from briefing.compare.build import build_panels
from briefing.compare.panels import Panels
from briefing.content.articles import read_article
from briefing.content.edits import EDITS_NAME, read_edits
from briefing.content.folders import read_briefing, read_folder
from briefing.content.info import INFO_NAME
from briefing.content.listing import briefing_names
from briefing.errors import BriefingError, NotFoundError
from briefing.library.edited_articles import apply_and_annotate
from briefing.library.staleness import Stamps, folder_time, one_stamp, read_stamps
from briefing.library.store import Store
from briefing.model import Article, Briefing, Edit, Orphan, Record
from briefing.search.results import CatalogRow


class Stored(Record, frozen=True, kw_only=True):
    """An article as it was just stored, with the size and time of its file then."""

    stamp: tuple[int, int]
    article: Article


class BriefingChanges(Record, frozen=True, kw_only=True):
    """A briefing and what changed in it since it was last indexed.

    `changed` are the articles to index again; `removed` the ids of those to delete from the index,
    or None for all of this briefing. `when` and `stamps` describe its folder before reading, so
    that a file that changes meanwhile is read again by the next refresh.
    """

    briefing: Briefing
    changed: tuple[Article, ...]
    removed: tuple[str, ...] | None
    when: str
    stamps: Stamps

    def stamped(self, row: CatalogRow) -> CatalogRow:
        """Return the briefing's row with the stamp of the files that were read."""
        return replace(row, stamp=one_stamp(self.when, self.stamps))


def read_changes(
    content: Path,
    store: Store,
    name: str,
    before_each: Callable[[], None],
    before: Stamps,
    stored: Mapping[Path, Stored],
) -> BriefingChanges:
    """Read the files of a briefing that changed since `before`, and fast copies of the others.

    All files are read where `before` is empty or briefing.yaml changed, and the articles whose
    edits changed. `before_each` is called before each file. A file that is still as it was `stored`
    is not read back.
    """
    folder = content / name
    when = folder_time(folder)
    stamps = read_stamps(folder)
    ours = {INFO_NAME, EDITS_NAME}
    whole = stamps.get(INFO_NAME) != before.get(INFO_NAME)
    edited: Collection[str] = ()
    if stamps.get(EDITS_NAME) != before.get(EDITS_NAME):
        marks = store.read(name, EDIT_MARKS, dict[str, str])
        whole = whole or marks is None
        edited = _edited_since(folder, marks or {})

    def known(path: Path) -> Article | None:
        if whole or path.stem in edited or stamps[path.name] != before.get(path.name):
            return None
        return store.read(name, f"article/{path.stem}", Article)

    def read(path: Path) -> Article:
        ours = stored.get(path)
        is_same = ours is not None and ours.stamp == stamps[path.name]
        return ours.article if ours is not None and is_same else read_article(path)

    paths = [folder / file for file in sorted(stamps.keys() - ours)]
    found = read_folder(folder, paths, known=known, read_file=read, before_each=before_each)
    same = {article.id for article in found.known}
    edits = [edit for edit in found.edits if edit.anchor.article not in same]
    applied, orphans = apply_and_annotate(found.read, edits, found.info)
    known_orphans = store.read(name, "orphans", tuple[Orphan, ...]) or ()
    left = tuple(orphan for orphan in known_orphans if orphan.edit.anchor.article in same)
    gone = {file.removesuffix(".yaml") for file in before.keys() - stamps.keys()}
    broken = {Path(problem.file).stem for problem in found.problems}
    return BriefingChanges(
        briefing=Briefing(
            name=name,
            info=found.info,
            articles=tuple(sorted((*found.known, *applied), key=lambda article: article.id)),
            edits=found.edits,
            orphans=left + orphans,
            problems=found.problems,
        ),
        changed=applied,
        removed=tuple(sorted(gone | broken)) if before else None,
        when=when,
        stamps=stamps,
    )


EDIT_MARKS = "edits"
"""The fast copy with a digest of the edits of each article."""


def _edited_since(folder: Path, marks: Mapping[str, str]) -> Collection[str]:
    """Return the ids of the articles whose edits have other digests by now."""
    try:
        now = _mark(read_edits(folder / EDITS_NAME))
    except BriefingError:
        now = {}
    return {each for each in {*marks, *now} if marks.get(each) != now.get(each)}


def _mark(edits: Iterable[Edit]) -> dict[str, str]:
    """Return a digest of the edits of each article."""
    found: dict[str, list[Edit]] = {}
    for edit in edits:
        found.setdefault(edit.anchor.article, []).append(edit)
    return {
        article: hashlib.sha256(msgspec.json.encode(mine)).hexdigest()[:32]
        for article, mine in found.items()
    }


def catalog_row(briefing: Briefing, panels: Panels) -> CatalogRow:
    """Return the row of the library list for a briefing."""
    moments = [article.source.added for article in briefing.articles]
    moments += [edit.made for edit in briefing.edits if edit.made is not None]
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
        activity=max(moments, default=None),
        problems=panels.problems + panels.orphans,
        is_codebook_newer=panels.codebook is not None and panels.codebook.is_newer,
    )


def read_rows(content: Path) -> tuple[CatalogRow, ...]:
    """Read every briefing and return its row, by name; one that cannot be read has none."""
    rows: list[CatalogRow] = []
    for name in briefing_names(content):
        with suppress(NotFoundError, OSError):
            briefing = read_briefing(content / name, apply_and_annotate)
            rows.append(catalog_row(briefing, build_panels(briefing)))
    return tuple(rows)


def write_copies(
    store: Store, changes: BriefingChanges, panels: Panels, before_each: Callable[[], None]
) -> None:
    """Write the fast copies that changed; `before_each` is called before each article's."""
    briefing = changes.briefing
    for article in changes.changed:
        before_each()
        store.write(briefing.name, f"article/{article.id}", article)
    for article_id in changes.removed or ():
        store.remove(briefing.name, f"article/{article_id}")
    store.write(briefing.name, "panels", panels)
    store.write(briefing.name, EDIT_MARKS, _mark(briefing.edits))
    if briefing.orphans:
        store.write(briefing.name, "orphans", briefing.orphans)
    else:
        store.remove(briefing.name, "orphans")
