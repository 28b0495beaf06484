"""Reading the changed files of a briefing for the index, and writing its fast copies."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

import msgspec
from msgspec.structs import replace

from briefing.annotate.positions.codebook import readable_text
from briefing.compare.build import build_panels, note_codebook
from briefing.compare.panels import Panels
from briefing.content.articles import read_article
from briefing.content.edits import EDITS_NAME, read_edits
from briefing.content.folders import read_briefing, read_folder
from briefing.content.info import INFO_NAME
from briefing.content.listing import briefing_names
from briefing.errors import BriefingError, NotFoundError
from briefing.library.counts import COUNTS, PANELS, ArticleCounts, BriefingCounts
from briefing.library.doubles import note_texts
from briefing.library.edited_articles import apply_and_annotate
from briefing.library.staleness import Stamps, files_of, folder_time, one_stamp, read_stamps
from briefing.library.store import Store
from briefing.model import Article, Briefing, Edit, Orphan, Record
from briefing.search.results import CatalogRow


class Stored(Record, frozen=True, kw_only=True):
    """An article as it was just stored, with the size and time of its file then."""

    stamp: tuple[int, int]
    article: Article


class BriefingChanges(Record, frozen=True, kw_only=True):
    """A briefing and what changed in it since it was last indexed.

    Its articles are those to index again; `known` counts those that are as they were indexed, and
    `removed` are the ids of those to delete from the index, or None for all of them. `when` and
    `stamps` describe its folder before reading, so that a file that changes meanwhile is read again
    by the next refresh.
    """

    briefing: Briefing
    known: Mapping[str, ArticleCounts]
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
    is_same_info = stamps.get(INFO_NAME) == before.get(INFO_NAME)
    counts = store.read(name, COUNTS, BriefingCounts) if before and is_same_info else None
    counted = counts.articles if counts else {}
    edited: Collection[str] = ()
    if counts and stamps.get(EDITS_NAME) != before.get(EDITS_NAME):
        edited = _edited_since(folder, counts.edits)

    def known(path: Path) -> bool:
        is_same = stamps[path.name] == before.get(path.name)
        return is_same and path.stem in counted and path.stem not in edited

    def read(path: Path) -> Article:
        ours = stored.get(path)
        is_same = ours is not None and ours.stamp == stamps[path.name]
        return ours.article if ours is not None and is_same else read_article(path)

    paths = [folder / file for file in sorted(stamps.keys() - ours)]
    found = read_folder(folder, paths, known=known, read_file=read, before_each=before_each)
    same = set(found.known)
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
            articles=applied,
            edits=found.edits,
            orphans=left + orphans,
            problems=found.problems,
        ),
        known={each: counted[each] for each in found.known},
        removed=tuple(sorted(gone | broken)) if before else None,
        when=when,
        stamps=stamps,
    )


def _edited_since(folder: Path, marks: Mapping[str, str]) -> Collection[str]:
    try:
        now = _mark(read_edits(folder / EDITS_NAME))
    except BriefingError:
        now = {}
    return {each for each in {*marks, *now} if marks.get(each) != now.get(each)}


def _mark(edits: Iterable[Edit]) -> dict[str, str]:
    found: dict[str, list[Edit]] = {}
    for edit in edits:
        found.setdefault(edit.anchor.article, []).append(edit)
    return {
        article: hashlib.sha256(msgspec.json.encode(mine)).hexdigest()[:32]
        for article, mine in found.items()
    }


def count(
    briefing: Briefing,
    panels: Panels,
    known: Mapping[str, ArticleCounts] = MappingProxyType({}),
    read_copy: Callable[[str], Article | None] = lambda _: None,
) -> BriefingCounts:
    """Return the counts of a briefing's articles, whose `panels` these are, and of `known` ones.

    `read_copy` returns a known article, of which few are read, to choose the codebook.
    """
    countries: defaultdict[str, list[str]] = defaultdict(list)
    for row in panels.countries:
        for each in row.sources:
            countries[each].append(row.code)
    read = {article.id: article for article in briefing.articles}
    counted = {
        source.article: ArticleCounts(
            quotes=source.quotes,
            paraphrases=source.paraphrases,
            date=source.date.value if source.date else None,
            countries=tuple(countries[source.article]),
            added=read[source.article].source.added,
            annotator=read[source.article].annotator,
        )
        for source in panels.sources
    }
    articles = dict(sorted({**known, **counted}.items()))
    found = (read.get(each) or read_copy(each) for each in articles)
    texts = (readable_text(article) for article in found if article is not None)
    annotators = [each.annotator for each in articles.values()]
    note = note_codebook(briefing.info, annotators, texts) if known else panels.codebook
    return BriefingCounts(articles=articles, codebook=note, edits=_mark(briefing.edits))


def catalog_row(briefing: Briefing, counts: BriefingCounts) -> CatalogRow:
    """Return the row of the library list for a briefing; countries of many articles come first."""
    articles = counts.articles.values()
    countries = Counter(code for article in articles for code in article.countries)
    moments = [article.added for article in articles]
    moments += [edit.made for edit in briefing.edits if edit.made is not None]
    return CatalogRow(
        name=briefing.name,
        title=briefing.info.title,
        question=briefing.info.question,
        tags=briefing.info.tags,
        articles=len(articles),
        quotes=sum(article.quotes for article in articles),
        paraphrases=sum(article.paraphrases for article in articles),
        countries=tuple(sorted(countries, key=lambda code: (-countries[code], code))),
        latest=max((article.date for article in articles if article.date), default=None),
        activity=max(moments, default=None),
        problems=len(briefing.problems) + len(briefing.orphans),
        is_codebook_newer=counts.codebook is not None and counts.codebook.is_newer,
    )


def read_rows(content: Path) -> tuple[CatalogRow, ...]:
    """Read every briefing and return its row, by name; one that cannot be read has none."""
    rows: list[CatalogRow] = []
    for name in briefing_names(content):
        with suppress(NotFoundError, OSError):
            briefing = read_briefing(content / name, apply_and_annotate)
            rows.append(catalog_row(briefing, count(briefing, build_panels(briefing))))
    return tuple(rows)


def write_copies(
    store: Store,
    changes: BriefingChanges,
    panels: Panels,
    counts: BriefingCounts,
    before_each: Callable[[], None],
) -> None:
    """Write the fast copies that changed; `before_each` is called before each article's.

    Panels of a large briefing take seconds, so where only a part of it was read they are left to
    whoever reads them next.
    """
    briefing = changes.briefing
    store.write(briefing.name, COUNTS, counts)
    store.remove(briefing.name, PANELS)
    for article in briefing.articles:
        before_each()
        store.write(briefing.name, f"article/{article.id}", article)
    note_texts(store, briefing.name, briefing.articles)
    for article_id in changes.removed or ():
        store.remove(briefing.name, f"article/{article_id}")
    if not changes.known:
        store.write(briefing.name, PANELS, panels)
    if briefing.orphans:
        store.write(briefing.name, "orphans", briefing.orphans)
    else:
        store.remove(briefing.name, "orphans")


def build_waiting(content: Path, store: Store, name: str) -> Panels | None:
    """Build and store the panels that were left to this reading; hold the lock of the index.

    None where the briefing's files are not as they were indexed, or a copy of them is missing.
    """
    ready = store.read(name, PANELS, Panels)
    stamps = files_of(store.stamps().get(name))
    if ready is not None or not stamps:
        return ready
    changes = read_changes(content, store, name, lambda: None, stamps, {})
    copies = [store.read(name, f"article/{each}", Article) for each in changes.known]
    known = tuple(copy for copy in copies if copy is not None)
    if changes.stamps != stamps or len(known) < len(copies):
        return None
    briefing = replace(changes.briefing, articles=known + changes.briefing.articles)
    panels = build_panels(briefing)
    store.write(name, PANELS, panels)
    return panels
