"""Adding documents to a briefing: a group of them under one lock, and written together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from briefing import ingest
from briefing.annotate.positions.codebook import READ_TEXTS
from briefing.content.articles import encode_article, read_article, reading_digest, seal
from briefing.content.files import make_folder, write_together
from briefing.content.folders import create_briefing, store_articles
from briefing.content.info import INFO_NAME, read_info, require_own, set_info_key
from briefing.content.locking import OnWait, library_lock
from briefing.content.naming import briefing_names, numbered, safe_child, slugify
from briefing.errors import BriefingError, UsageError
from briefing.ingest import NewArticles
from briefing.library import making, reports
from briefing.library.cluster import open_workers, run_here
from briefing.library.holdings import CodebookFinder, Holdings, info_of, stored_articles
from briefing.library.markings import tell_marked, to_edits, write_marked
from briefing.library.plans import now, user_name
from briefing.model import READ_ROLES, Article, BriefingInfo, Edit, fields_of, read_chunks
from briefing.paraphrases import count_quotes

OnStored = Callable[[Path, Article], object]
FindDouble = Callable[[str, str, Article], tuple[Article, reports.Double | None]]
"""Takes the names of document and briefing, and an annotated article: `Doubles.find`."""
Outcome = reports.Added | reports.Duplicate | reports.Double | reports.Failure
Versions = Mapping[str, Sequence[Path]]
"""The files of the articles that came from an address, in the order in which they were added."""
_TOGETHER = 100
_TOGETHER_BYTES = 8_000_000
"""Articles, and bytes of their originals, from which on a group is stored."""


@dataclass(frozen=True, slots=True)
class AddHooks:
    """Called while documents are added: with who is waited for, what is stored; for doubles."""

    on_wait: OnWait | None
    on_stored: OnStored
    find_double: FindDouble


def add_documents(
    root: Path,
    inputs: Sequence[Path | reports.InputBytes],
    *,
    to: str | None,
    as_one: bool = False,
    progress: reports.Progress | None = None,
    hooks: AddHooks,
    versions: Versions | None = None,
    cluster: str | None = None,
) -> reports.AddReport:
    """Add every document to the briefing `to`, or each to one of its own, as `Library.add` says.

    `versions` are the articles that came from the addresses of fetched documents before. A cluster
    only reads and annotates: ids are given, doubles found and files written here.
    """
    require_place(root, to)
    content = root / "content"
    make_folder(content)
    spelling = making.Spelling(to) if to is not None else None
    sources, failures, told = _collect(inputs)
    documents = partial(_documents, as_one=as_one)
    early = _read_first(content, to, documents(sources[:READ_TEXTS]))
    first = [new.article for _, made in early.values() for new in made.articles]
    folder = safe_child(content, find_folder_name(content, to)) if to is not None else None
    codebooks = CodebookFinder(first[:READ_TEXTS])
    batch = _Batch(root, folder, spelling, codebooks, hooks, versions or {})
    task: Callable[[making.Document], NewArticles] = making.read_document
    if cluster is not None:
        task = partial(making.read_and_annotate, book=batch.likely_book())
    rest = documents(source for number, source in enumerate(sources) if number not in early)
    with open_workers(cluster) as run:
        outcomes, more = _add_all(batch, sources, early, run(task, rest), progress)
    added = tuple(each for each in outcomes if isinstance(each, reports.Added))
    if spelling is not None:
        _retitle(content, added, spelling.title())
    return reports.AddReport(
        added=added,
        duplicates=tuple(each for each in outcomes if isinstance(each, reports.Duplicate)),
        doubles=tuple(each for each in outcomes if isinstance(each, reports.Double)),
        failures=(*failures, *(each for each in outcomes if isinstance(each, reports.Failure))),
        told=(*told, *more),
    )


def _add_all(
    batch: _Batch,
    sources: Sequence[_Source],
    early: Mapping[int, _Reading],
    readings: Iterator[_Reading | Exception],
    progress: reports.Progress | None,
) -> tuple[list[Outcome], list[str]]:
    """Add what was read of all sources in groups; return the outcomes, and what is told."""
    outcomes: list[Outcome] = []
    told: list[str] = []
    done = 0
    while done < len(sources):
        with library_lock(batch.root, on_wait=batch.hooks.on_wait) as hold:
            group = _Group(batch)
            while done < len(sources) and not group.is_full():
                name = sources[done].name
                hold.report_progress(done, len(sources))
                if progress:
                    progress(done, len(sources), name)
                told += group.take(name, early[done] if done in early else next(readings))
                done += 1
            outcomes += group.store()
    if progress:
        progress(len(sources), len(sources), "")
    return outcomes, told


def require_place(root: Path, to: str | None) -> None:
    """Raise UsageError or WriteError where nothing can be added to the briefing `to`."""
    if to is not None and (not to.strip() or to.startswith(".") or set(to) & set("/\\\0")):
        raise UsageError(
            f"{to!r} cannot name a briefing", "Use words: --to huawei-5g, or --to 'Huawei and 5G'."
        )
    content = root / "content"
    require_own(content, find_folder_name(content, to) if to is not None else None)


_Source = Path | reports.InputBytes | ingest.PackedFile
_Reading = tuple[making.Document, NewArticles]


def _collect(
    inputs: Sequence[Path | reports.InputBytes],
) -> tuple[list[_Source], list[reports.Failure], list[str]]:
    sources: list[_Source] = []
    failures: list[reports.Failure] = []
    told: list[str] = []
    for item in inputs:
        found = ingest.Gathered()
        try:
            if isinstance(item, Path):
                found = ingest.gather([item])
            elif (inside := ingest.unpack(item.data, item.file or item.name)) is not None:
                found = inside
            else:
                sources.append(item)
        except Exception as error:  # noqa: BLE001 (nor must what one of them is)
            name = str(item) if isinstance(item, Path) else item.name
            failures.append(reports.failure(name, error))
            continue
        sources += found.files
        failures += [reports.failure(item.name or str(item), error) for error in found.errors]
        told += found.told
    return sources, failures, told


def _documents(
    sources: Iterable[_Source], *, as_one: bool
) -> Iterator[making.Document | Exception]:
    """Yield the document of each source, or why its bytes cannot be had."""
    for source in sources:
        name, origin = source.name, None
        try:
            if isinstance(source, reports.InputBytes):
                name, data, origin = source.file or name, source.data, source.origin
            else:
                data = ingest.read_source(source)
        except Exception as error:  # noqa: BLE001 (it is reported in its turn)
            yield error
        else:
            yield making.Document(name, data, now(), as_one, origin)


def _read_first(
    content: Path, to: str | None, documents: Iterable[making.Document | Exception]
) -> dict[int, _Reading]:
    """Read the first documents of a briefing, which choose its codebook; skip broken ones."""
    if to is None or stored_articles(content / find_folder_name(content, to)):
        return {}
    outcomes = enumerate(run_here(making.read_document, documents))
    return {number: read for number, read in outcomes if not isinstance(read, Exception)}


@dataclass(frozen=True, slots=True)
class _Batch:
    """Where the documents of one call go, and what is known for all of them."""

    root: Path
    to: Path | None
    spelling: making.Spelling | None
    codebooks: CodebookFinder
    hooks: AddHooks
    versions: Versions

    def likely_book(self) -> making.SentBook | None:
        """Return the codebook that articles will probably be of; None where each has its own."""
        if self.to is None or self.spelling is None:
            return None
        with suppress(BriefingError, ValueError):
            info = info_of(self.to, self.spelling.title())
            return making.send_book(self.codebooks.find(self.to, info, None))
        return None


@dataclass(frozen=True, slots=True)
class _Pending:
    """An annotated article that is stored with its group; `made` as in `Added`."""

    name: str
    article: Article
    data: bytes
    made: str | None
    edits: tuple[Edit, ...] = ()
    before: str | None = None
    file: bytes | None = None


class _Group:
    """Documents that are stored together, under one lock; one that fails stops no other."""

    def __init__(self, batch: _Batch) -> None:
        self._batch = batch
        self._holdings: dict[Path, Holdings] = {}
        self._infos: dict[Path, BriefingInfo] = {}
        self._pending: defaultdict[Path, list[_Pending]] = defaultdict(list)
        self._outcomes: list[Outcome] = []
        self._size = 0

    def is_full(self) -> bool:
        """Whether the group is to be stored before more is added."""
        waiting = sum(map(len, self._pending.values()))
        return waiting >= _TOGETHER or self._size >= _TOGETHER_BYTES

    def take(self, name: str, read: _Reading | Exception) -> tuple[str, ...]:
        """Take what was read of one file, or why nothing was; return what is to be told of it."""
        try:
            if not isinstance(read, Exception):
                return self._add(name, read[0].data, read[1])
        except Exception as error:  # noqa: BLE001 (one document must not stop the batch)
            read = error
        self._outcomes.append(reports.failure(name, read))
        return ()

    def _add(self, name: str, data: bytes, made: NewArticles) -> tuple[str, ...]:
        articles = [new.article for new in made.articles]
        if self._batch.spelling is not None:
            for article in articles:
                self._batch.spelling.count(article)
        same_file = articles[0].source.sha256, len(data)
        folder, title = self._choose_folder(articles, name, same_file)
        holdings = self._holdings_of(folder)
        held = holdings.known(*same_file)
        taken = holdings.taken(*same_file)
        self._size += len(data)
        marked: list[Edit] = []
        lost = 0
        for read in made.articles:
            article, marks = read.article, read.marks
            part = article.source.part
            before, same = _versions_of(article, folder, self._batch.versions)
            known = held.get(part, same)
            if known is not None:
                copy = reports.Duplicate(
                    name=name, briefing=folder.name, article=known, same_bytes=part in held
                )
                self._outcomes.append(copy)
                continue
            try:
                new = self._annotate(
                    folder, title, article, ingest.with_free_id(article, name, taken)
                )
                double = None
                if before is None:  # Another version of a page is told as such.
                    new, double = self._batch.hooks.find_double(name, folder.name, new)
                edits, unplaced = to_edits(new, marks, by=user_name()) if marks else ((), 0)
            except Exception as error:  # noqa: BLE001 (one article must not stop the others)
                where = name if part is None else f"{name}, article {part}"
                self._outcomes.append(reports.failure(where, error))
                continue
            if double is not None:
                self._outcomes.append(double)
                if not double.added:
                    continue
            holdings.note(new)
            is_new = not self._pending[folder] and not (folder / INFO_NAME).exists()
            file = read.file if isinstance(read, making.ReadyArticle) and new is article else None
            item = _Pending(name, new, data, title if is_new else None, edits, before, file)
            self._pending[folder].append(item)
            marked += edits
            lost += unplaced
            if len(self._pending[folder]) >= _TOGETHER:  # One file may hold thousands.
                self._write_pending()
        return (*made.told, *tell_marked(name, marked, lost))

    def store(self) -> list[Outcome]:
        """Write what was added, and return what became of each document."""
        self._write_pending()
        return self._outcomes

    def _write_pending(self) -> None:
        for folder, items in self._pending.items():
            made = items[0].made
            try:
                if made is not None:
                    create_briefing(folder, BriefingInfo(title=made))
                paths = self._write(folder, items)
                self._outcomes += list(map(partial(self._stored, folder), paths, items))
            except Exception:  # noqa: BLE001 (which of them it was is found one by one)
                self._outcomes += [self._store_alone(folder, item) for item in items]
        self._pending.clear()

    def _write(self, folder: Path, items: Sequence[_Pending]) -> tuple[Path, ...]:
        edits = [edit for item in items for edit in item.edits]
        pairs = [(item.article, item.data) for item in items]
        made = {item.article.id: item.file for item in items}
        return store_articles(
            folder,
            pairs,
            partial(write_marked, self._batch.root, edits) if edits else write_together,
            lambda article: made[article.id] or encode_article(article),
        )

    def _store_alone(self, folder: Path, item: _Pending) -> Outcome:
        try:
            (path,) = self._write(folder, [item])
            return self._stored(folder, path, item)
        except Exception as error:  # noqa: BLE001 (one article must not stop the others)
            return reports.failure(item.name, error)

    def _stored(self, folder: Path, path: Path, item: _Pending) -> reports.Added:
        self._batch.hooks.on_stored(path, item.article)
        return _summarize(item, folder.name)

    def _annotate(self, folder: Path, title: str, draft: Article, article: Article) -> Article:
        """Return an article annotated: the draft that a worker made of it where it is that."""
        if folder not in self._infos:
            self._infos[folder] = info_of(folder, title)
        codebook = self._batch.codebooks.find(folder, self._infos[folder], article)
        by = draft.annotator
        if by is None or by.codebook != codebook.stamp:
            return making.annotated(article, codebook, read=reading_digest(article))
        if (article.id, article.source) == (draft.id, draft.source):
            return draft
        return seal(article, by.name, by.version, read=by.read, codebook=by.codebook)

    def _choose_folder(
        self, articles: Sequence[Article], name: str, file: tuple[str, int]
    ) -> tuple[Path, str]:
        """Return where the articles of a file go, and its title: a headline, else the file's."""
        if self._batch.to is not None and self._batch.spelling is not None:
            return self._batch.to, self._batch.spelling.title()
        content = self._batch.root / "content"
        title = making.title_of(articles, name)
        folders = (safe_child(content, each) for each in numbered(slugify(title, "briefing")))
        for each in folders:  # One that there is holds the file already.
            is_new = not (each.exists() or each in self._pending)
            if is_new or self._holdings_of(each).known(*file):
                break
        return each, title

    def _holdings_of(self, folder: Path) -> Holdings:
        if folder not in self._holdings:
            self._holdings[folder] = Holdings(folder)
        return self._holdings[folder]


def _versions_of(
    article: Article, folder: Path, versions: Versions
) -> tuple[str | None, str | None]:
    """Return the last article that came from a page before, and the one with the same text."""
    known = versions.get(article.source.address or "", ())
    before = [path for path in known if path.parent == folder]
    text = _read_text(article) if before else []
    for path in before:
        with suppress(BriefingError, OSError):
            if _read_text(read_article(path)) == text:
                return before[-1].stem, path.stem
    return (before[-1].stem if before else None), None


def _read_text(article: Article) -> list[str]:
    return [chunk.text for chunk in read_chunks(article)]


def _retitle(content: Path, added: Sequence[reports.Added], title: str) -> None:
    """Set a new briefing's title by all its articles, unless it was changed or cannot be."""
    for item in added:
        path = content / item.briefing / INFO_NAME
        if item.made not in (None, title):
            with suppress(BriefingError):
                if read_info(path).title == item.made:
                    set_info_key(path, "title", title)


def find_folder_name(content: Path, to: str) -> str:
    """Return the name of the folder of a briefing: one that there is, or that of a new one."""
    return to if to in briefing_names(content) else slugify(to, "briefing")


def _summarize(item: _Pending, briefing: str) -> reports.Added:
    article = item.article
    read = read_chunks(article)
    aside: Counter[str] = Counter()
    for chunk in article.chunks:
        if chunk.role not in READ_ROLES:
            aside[(chunk.reason or chunk.role).replace("_", " ")] += len(chunk.text.split())
    quotes, paraphrases = count_quotes(quote for chunk in read for quote in chunk.quotes)
    return reports.Added(
        **fields_of(article, "headline", "publisher"),
        name=item.name,
        briefing=briefing,
        article=article.id,
        paragraphs=sum(chunk.role == "body" for chunk in article.chunks),
        quotes=quotes,
        paraphrases=paraphrases,
        countries=len({mention.code for chunk in read for mention in chunk.mentions}),
        set_aside=len(article.chunks) - len(read),
        words_aside=aside.total(),
        reasons=tuple(reason for reason, _ in aside.most_common(3)),
        made=item.made,
        before=item.before,
    )
