"""Reading the changed files of a briefing for the index, and writing its fast copies."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

import msgspec
from msgspec.structs import replace

from briefing.annotate.positions.codebook import readable_text
from briefing.compare.build import build_panels, countries_of, note_codebook
from briefing.compare.panels import COUNTS, PANELS, ArticleCounts, BriefingCounts, Panels
from briefing.content.articles import read_article
from briefing.content.edits import EDITS_NAME
from briefing.content.folders import read_analyst_files, read_articles, read_briefing
from briefing.content.info import INFO_NAME
from briefing.content.naming import briefing_names
from briefing.errors import NotFoundError
from briefing.library.doubles import note_texts
from briefing.library.edited_articles import apply_and_annotate
from briefing.library.staleness import UNTRUSTED, Stamps, files_of, folder_time, read_stamps
from briefing.library.store import Store
from briefing.model import Article, Briefing, Edit, Orphan, Record, fields_of, read_chunks
from briefing.paraphrases import count_quotes
from briefing.search.results import CatalogRow

READ_AT_ONCE: Final = 1_000
"""Articles of a briefing that are held at once while they are indexed."""
NOTHING_COUNTED: Final = BriefingCounts(articles={}, codebook=None, edits={})


class Stored(Record, frozen=True, kw_only=True):
    """An article as it was just stored, with the size and time of its file then."""

    stamp: tuple[int, int]
    article: Article


class Listed(NamedTuple):
    """A folder's time and its files' stamps, from before any is read, as in `one_stamp`."""

    when: str
    stamps: Stamps


class BriefingChanges(Record, frozen=True, kw_only=True):
    """A briefing and what changed in it since it was last indexed, or a part of that.

    Its articles are those to index again; `counts` are of all, `removed` are the ids of those to
    delete from the index, or None for all others. `is_whole` is whether all articles were read.
    `listed` is its folder as far as it was read.
    """

    briefing: Briefing
    counts: BriefingCounts
    removed: tuple[str, ...] | None
    is_whole: bool
    listed: Listed


def list_files(folder: Path) -> Listed:
    """List the files of a briefing; raises PermissionError where it may not be read."""
    when = folder_time(folder)
    return Listed(when, read_stamps(folder))


def read_changes(
    content: Path,
    store: Store,
    name: str,
    listed: Listed,
    before_each: Callable[[], None],
    before: Stamps,
    stored: Mapping[Path, Stored],
) -> Iterator[BriefingChanges]:
    """Read the files of a briefing that changed since `before`, and fast copies of the others.

    All files are read where `before` is empty or briefing.yaml changed, and the articles whose
    edits changed. `before_each` is called before each file. A file that is still as it was `stored`
    is not read back. Many are yielded in parts, so that no more have to be held: each as if later
    files had yet to come, once the copies of those before it are written.
    """
    folder, stamps = content / name, listed.stamps
    written = read_analyst_files(folder)
    former = _read_counts(store, name) if before else NOTHING_COUNTED
    is_same_info = stamps.get(INFO_NAME) == before.get(INFO_NAME)
    edited: Collection[str] = ()
    if stamps.get(EDITS_NAME) != before.get(EDITS_NAME):
        now = _mark(written.edits)
        edited = {each for each in {*former.edits, *now} if former.edits.get(each) != now.get(each)}

    def is_known(path: Path) -> bool:
        is_same = is_same_info and stamps[path.name] == before.get(path.name)
        return is_same and path.stem in former.articles and path.stem not in edited

    def read(path: Path) -> Article:
        ours = stored.get(path)
        is_same = ours is not None and ours.stamp == stamps[path.name]
        return ours.article if ours is not None and is_same else read_article(path)

    paths = [folder / file for file in sorted(stamps.keys() - {INFO_NAME, EDITS_NAME})]
    known = set(filter(is_known, paths))
    gone = {file.removesuffix(".yaml") for file in before.keys() - stamps.keys()}
    # Those too that a killed run had yet to come to.
    gone |= former.articles.keys() - {path.stem for path in paths}
    names: dict[str, str] = {}
    held = {path.stem for path in paths}
    unread = {path.name for path in paths if path not in known}
    problems = written.problems
    for part in _parts(paths, known):
        held.difference_update(path.stem for path in paths[part])
        unread.difference_update(path.name for path in paths[part])
        articles, same, found = read_articles(
            paths[part], names, known=known.__contains__, read_file=read, before_each=before_each
        )
        problems += found
        held.update(same)
        edits = [edit for edit in written.edits if edit.anchor.article not in held]
        applied, orphans = apply_and_annotate(articles, edits, written.info)
        known_orphans = store.read(name, "orphans", tuple[Orphan, ...]) or ()
        left = tuple(orphan for orphan in known_orphans if orphan.edit.anchor.article in held)
        briefing = replace(written, articles=applied, orphans=left + orphans, problems=problems)
        counted = _read_counts(store, name).articles if held else {}
        broken = {Path(problem.file).stem for problem in found}
        yield BriefingChanges(
            briefing=briefing,
            counts=count(
                briefing,
                {each: counted[each] for each in held if each in counted},
                lambda article: store.read(name, f"article/{article}", Article),
            ),
            removed=None if part.start == 0 and not before else tuple(sorted(gone | broken)),
            is_whole=not (known or held),
            listed=Listed(UNTRUSTED, {n: stamp for n, stamp in stamps.items() if n not in unread})
            if unread
            else listed,
        )
        held.update(article.id for article in articles)
        gone = set()
        del articles, applied, briefing  # The next part needs their room.


def _parts(paths: Sequence[Path], known: Collection[Path]) -> Iterator[slice]:
    """Yield slices of the files, of which all but the last have READ_AT_ONCE to read."""
    start = count = 0
    for end, path in enumerate(paths):
        count += path not in known
        if count > READ_AT_ONCE:
            yield slice(start, end)
            start, count = end, 1
    yield slice(start, len(paths))


def _read_counts(store: Store, name: str) -> BriefingCounts:
    return store.read(name, COUNTS, BriefingCounts) or NOTHING_COUNTED


def _mark(edits: Iterable[Edit]) -> dict[str, str]:
    found: defaultdict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        found[edit.anchor.article].append(edit)
    encoded = {article: msgspec.json.encode(mine) for article, mine in found.items()}
    return {each: hashlib.sha256(data).hexdigest()[:32] for each, data in encoded.items()}


def count(
    briefing: Briefing,
    known: Mapping[str, ArticleCounts] = MappingProxyType({}),
    read_copy: Callable[[str], Article | None] = lambda _: None,
) -> BriefingCounts:
    """Return the counts of articles and of `known` ones, few of which `read_copy` reads."""
    read = {article.id: article for article in briefing.articles}
    counted = {each: _count_article(article) for each, article in read.items()}
    articles = dict(sorted({**known, **counted}.items()))
    found = (read.get(each) or read_copy(each) for each in articles)
    texts = (readable_text(article) for article in found if article is not None)
    annotators = [each.annotator for each in articles.values()]
    note = note_codebook(briefing.info, annotators, texts)
    return BriefingCounts(articles=articles, codebook=note, edits=_mark(briefing.edits))


def _count_article(article: Article) -> ArticleCounts:
    chunks = read_chunks(article)
    quotes, paraphrases = count_quotes(quote for chunk in chunks for quote in chunk.quotes)
    return ArticleCounts(
        quotes=quotes,
        paraphrases=paraphrases,
        date=article.date.value if article.date else None,
        countries=countries_of(article),
        added=article.source.added,
        annotator=article.annotator,
    )


def catalog_row(briefing: Briefing, counts: BriefingCounts) -> CatalogRow:
    """Return the row of the library list for a briefing; countries of many articles come first."""
    articles = counts.articles.values()
    countries = Counter(code for article in articles for code in article.countries)
    moments = [article.added for article in articles]
    moments += [edit.made for edit in briefing.edits if edit.made is not None]
    return CatalogRow(
        name=briefing.name,
        **fields_of(briefing.info, "title", "question", "tags"),
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
            rows.append(catalog_row(briefing, count(briefing)))
    return tuple(rows)


def write_copies(store: Store, changes: BriefingChanges, before_each: Callable[[], None]) -> None:
    """Write changed fast copies, `before_each` article; panels only where all was read."""
    briefing = changes.briefing
    store.write(briefing.name, COUNTS, changes.counts)
    store.remove(briefing.name, PANELS)
    for article in briefing.articles:
        before_each()
        store.write(briefing.name, f"article/{article.id}", article)
    note_texts(store, briefing.name, briefing.articles)
    for article_id in changes.removed or ():
        store.remove(briefing.name, f"article/{article_id}")
    if changes.is_whole:
        store.write(briefing.name, PANELS, build_panels(briefing))
    if briefing.orphans:
        store.write(briefing.name, "orphans", briefing.orphans)
    else:
        store.remove(briefing.name, "orphans")


def build_waiting(content: Path, store: Store, name: str) -> Panels | None:
    """Build, under the index's lock, the panels left to this reading; None if out of date."""
    ready = store.read(name, PANELS, Panels)
    stamps = files_of(store.stamps().get(name))
    if ready is not None or not stamps:
        return ready
    listed = list_files(content / name)
    if listed.stamps != stamps:
        return None
    *_, changes = read_changes(content, store, name, listed, lambda: None, stamps, {})
    copies = [store.read(name, f"article/{each}", Article) for each in changes.counts.articles]
    found = tuple(copy for copy in copies if copy is not None)
    if len(found) < len(copies):
        return None
    panels = build_panels(replace(changes.briefing, articles=found))
    store.write(name, PANELS, panels)
    return panels
