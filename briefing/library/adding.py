"""Adding documents to a briefing: one lock a file, and two atomic writes an article."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from briefing.annotate import pipeline
from briefing.annotate.positions.codebook import READ_TEXTS, codebook_in_use, readable_text
from briefing.codebooks import Codebook
from briefing.content.articles import read_article
from briefing.content.derived_files import read_plain
from briefing.content.digests import reading_digest, seal
from briefing.content.files import make_folder, read_bytes
from briefing.content.folders import article_paths, create_briefing, store_article
from briefing.content.info import INFO_NAME, read_info, set_info_key
from briefing.content.listing import briefing_names
from briefing.content.locking import OnWait, library_lock
from briefing.content.naming import numbered, safe_child, slugify
from briefing.errors import BriefingError, NotFoundError, UsageError
from briefing.ingest import NewArticles, gather, read_source, to_articles, with_free_id
from briefing.library.reports import (
    Added,
    AddReport,
    Duplicate,
    Failure,
    InputBytes,
    Progress,
    failure,
)
from briefing.library.sample import require_own
from briefing.library.titling import Spelling
from briefing.model import READ_ROLES, Article, BriefingInfo, read_chunks
from briefing.paraphrases import count_quotes

OnStored = Callable[[Path, Article], object]
Versions = dict[str, list[Path]]
"""The files of the articles that came from an address, in the order in which they were added."""
ASKED = 3
"""Articles of a briefing that are read to learn which book it has, however many there are."""
_HEAD_OF_ARTICLE = 20_000
"""Bytes of an article's file within which its metadata stand."""


def add_documents(
    root: Path,
    inputs: Sequence[Path | InputBytes],
    *,
    to: str | None,
    progress: Progress | None = None,
    on_wait: OnWait | None = None,
    on_stored: OnStored = lambda _path, _article: None,
    versions: Versions | None = None,
) -> AddReport:
    """Add every document to the briefing `to`, or each to one of its own.

    `on_stored` is called with each article and its file, under the library's lock. Of what was
    fetched, `versions` are the articles that there are, and what is added is noted in it. Raises as
    `Library.add` does; failures of single documents are reported.
    """
    require_place(root, to)
    content = root / "content"
    make_folder(content)
    spelling = Spelling(to) if to is not None else None
    sources, failures = _collect(inputs)
    added: list[Added] = []
    duplicates: list[Duplicate] = []
    told: list[str] = []
    early = _read_first(content, to, sources)
    first = [draft.article for _, drafts in early.values() for draft in drafts.articles]
    codebooks = _Codebooks(first[:READ_TEXTS])
    versions = {} if versions is None else versions
    batch = _Batch(root, to, spelling, codebooks, on_wait, on_stored, versions)
    for count, source in enumerate(sources):
        name = source.name
        if progress:
            progress(count, len(sources), name)
        try:
            read = early.pop(count, None)
            data, drafts = read or _read(source)
            for outcome in _add_file(batch, name, data, drafts):
                if isinstance(outcome, Added):
                    added.append(outcome)
                elif isinstance(outcome, Duplicate):
                    duplicates.append(outcome)
                else:
                    failures.append(outcome)
            told.extend(drafts.told)
        except Exception as error:  # noqa: BLE001 (one document must not stop the batch)
            failures.append(failure(name, error))
    if progress:
        progress(len(sources), len(sources), "")
    if spelling is not None:
        _retitle(content, added, spelling.title())
    return AddReport(
        added=tuple(added),
        duplicates=tuple(duplicates),
        failures=tuple(failures),
        told=tuple(told),
    )


def require_place(root: Path, to: str | None) -> None:
    """Raise UsageError or WriteError where nothing can be added to the briefing `to`."""
    if to is not None:
        check_name(to)
    content = root / "content"
    require_own(content, find_folder_name(content, to) if to is not None else None)


def check_name(name: str) -> None:
    """Raise UsageError unless `name` can name a briefing: not blank, hidden or a path."""
    if not name.strip() or any(char in name for char in "/\\\0") or name.startswith("."):
        raise UsageError(
            f"{name!r} cannot name a briefing",
            "Use words: --to huawei-5g, or --to 'Huawei and 5G'.",
        )


def _collect(inputs: Sequence[Path | InputBytes]) -> tuple[list[Path | InputBytes], list[Failure]]:
    found: list[Path | InputBytes] = []
    failures: list[Failure] = []
    for item in inputs:
        if isinstance(item, InputBytes):
            found.append(item)
            continue
        try:
            files, errors = gather([item])
        except Exception as error:  # noqa: BLE001 (nor must what one of them is)
            failures.append(failure(str(item), error))
            continue
        found.extend(files)
        failures.extend(failure(item.name or str(item), error) for error in errors)
    return found, failures


def _read(source: Path | InputBytes) -> tuple[bytes, NewArticles]:
    moment = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(source, InputBytes):
        name, data, origin = source.file or source.name, source.data, source.origin
    else:
        name, data, origin = source.name, read_source(source), None
    return data, to_articles(data, name=name, added=moment, origin=origin)


def _read_first(
    content: Path, to: str | None, sources: Sequence[Path | InputBytes]
) -> dict[int, tuple[bytes, NewArticles]]:
    """Read the first documents for a briefing without articles: they choose its codebook.

    What cannot be read is left out; it is reported in its turn.
    """
    if to is None or _stored_articles(content / find_folder_name(content, to)):
        return {}
    read: dict[int, tuple[bytes, NewArticles]] = {}
    for number, source in enumerate(sources[:READ_TEXTS]):
        with suppress(Exception):
            read[number] = _read(source)
    return read


@dataclass(frozen=True, slots=True)
class _Batch:
    """Where the documents of one call go, and what is known for all of them."""

    root: Path
    to: str | None
    spelling: Spelling | None
    codebooks: _Codebooks
    on_wait: OnWait | None
    on_stored: OnStored
    versions: Versions


def _add_file(
    batch: _Batch, name: str, data: bytes, drafts: NewArticles
) -> list[Added | Duplicate | Failure]:
    """Store the articles of one file, under one lock; one that fails does not stop the others."""
    articles = [draft.article for draft in drafts.articles]
    spelling = batch.spelling
    if spelling is not None:
        for article in articles:
            spelling.count(article)
    outcomes: list[Added | Duplicate | Failure] = []
    with library_lock(batch.root, on_wait=batch.on_wait):
        folder, title = _choose_folder(batch.root / "content", articles, name, batch.to, data)
        if spelling is not None:
            title = spelling.title()
        held = _held(folder, data, articles[0])
        taken = _taken(folder, data)
        for draft in articles:
            part = draft.source.part
            before, same = _before(batch, folder, draft)
            known = held.get(part, same)
            if known is not None:
                copy = Duplicate(
                    name=name, briefing=folder.name, article=known, same_bytes=part in held
                )
                outcomes.append(copy)
                continue
            try:
                article, made = _store(batch, folder, title, with_free_id(draft, name, taken), data)
            except Exception as error:  # noqa: BLE001 (one article must not stop the others)
                outcomes.append(failure(name if part is None else f"{name}, {part}", error))
                continue
            taken.add(article.id)
            if article.source.address is not None and part is None:
                path = folder / f"{article.id}.yaml"
                batch.versions.setdefault(article.source.address, []).append(path)
            outcomes.append(replace(_summarize(name, folder.name, article, made), before=before))
    return outcomes


def _before(batch: _Batch, folder: Path, draft: Article) -> tuple[str | None, str | None]:
    """Return the last article that came from a page before, and the one with the same text."""
    known = batch.versions.get(draft.source.address or "", ())
    before = [path for path in known if path.parent == folder]
    text = _read_text(draft)
    for path in before:
        with suppress(BriefingError, OSError):
            if _read_text(read_article(path)) == text:
                return before[-1].stem, path.stem
    return (before[-1].stem if before else None), None


def _read_text(article: Article) -> list[str]:
    return [chunk.text for chunk in read_chunks(article)]


def _store(
    batch: _Batch, folder: Path, title: str, draft: Article, data: bytes
) -> tuple[Article, str | None]:
    """Annotate and store one article; return it, and the title of a briefing made for it."""
    path = folder / INFO_NAME
    made = None if path.exists() else title
    info = read_info(path) if made is None else BriefingInfo(title=title)
    codebook = batch.codebooks.find(folder, info, draft)
    article = annotated(draft, codebook, read=reading_digest(draft))
    create_briefing(folder, BriefingInfo(title=title))
    batch.on_stored(store_article(folder, article, data), article)
    return article, made


class _Codebooks:
    """Finds the codebook of the briefing that an article goes to; knows the last one.

    `drafts` are the first articles of the batch, where they go to one new briefing.
    """

    def __init__(self, drafts: Sequence[Article]) -> None:
        self._drafts = drafts
        self._last: tuple[Path, BriefingInfo, Codebook] | None = None

    def find(self, folder: Path, info: BriefingInfo, draft: Article) -> Codebook:
        """Return the codebook for a draft; one that stored articles have is kept."""
        if self._last is not None and self._last[:2] == (folder, info):
            return self._last[2]
        texts = map(readable_text, self._drafts or (draft,))
        codebook = codebook_in_use(info, _stamps(folder), texts)
        self._last = folder, info, codebook
        return codebook


def _stored_articles(folder: Path) -> tuple[Path, ...]:
    """List the article files of a briefing that may not exist yet."""
    try:
        return article_paths(folder)
    except NotFoundError:
        return ()


def _stamps(folder: Path) -> Iterator[str | None]:
    for path in _stored_articles(folder)[:ASKED]:
        with suppress(BriefingError, OSError):
            article = read_article(path)
            yield article.annotator.codebook if article.annotator else None


def _retitle(content: Path, added: Sequence[Added], title: str) -> None:
    """Set the title of a newly created briefing to the one based on all its articles.

    A briefing that was given another title meanwhile, or cannot be written, is left as it is.
    """
    for item in added:
        path = content / item.briefing / INFO_NAME
        if item.made not in (None, title):
            with suppress(BriefingError):
                if read_info(path).title == item.made:
                    set_info_key(path, "title", title)


def annotated(article: Article, codebook: Codebook, *, read: str | None) -> Article:
    """Return the article annotated by the rules and sealed with its digest.

    `read` is the reading digest of the original, None where it is unknown.
    """
    made = pipeline.annotate(article, codebook)
    return seal(made, pipeline.NAME, pipeline.VERSION, read=read, codebook=codebook.stamp)


def _choose_folder(
    content: Path, articles: Sequence[Article], name: str, to: str | None, data: bytes
) -> tuple[Path, str]:
    """Return where the articles of a file go, and its title: one headline's, else the file's."""
    if to is not None:
        return safe_child(content, find_folder_name(content, to)), to
    title = (articles[0].headline if len(articles) == 1 else None) or Path(name).stem
    folders = (safe_child(content, each) for each in numbered(slugify(title, "briefing")))
    fitting = (each for each in folders if not each.exists() or _held(each, data, articles[0]))
    return next(fitting), title


def find_folder_name(content: Path, to: str) -> str:
    """Return the name of the folder of a briefing: one that there is, or that of a new one."""
    return to if to in briefing_names(content) else slugify(to, "briefing")


def _held(folder: Path, data: bytes, article: Article) -> dict[int | None, str]:
    """Map the parts that the briefing holds of this file to the ids of their articles.

    The one article of a file is the part None. An original without an article (a process was
    killed between the two writes) does not count.
    """
    if article.source.part is None:
        known = _known_copy(folder, data)
        return {} if known is None else {None: known}
    if not (folder / article.source.file).exists():
        return {}
    held: dict[int | None, str] = {}
    for path in _stored_articles(folder):
        with suppress(BriefingError, OSError):
            if article.source.file.encode() in read_bytes(path)[:_HEAD_OF_ARTICLE]:
                source = read_article(path).source
                held[source.part] = path.stem
    return held


def _known_copy(folder: Path, data: bytes) -> str | None:
    """Return the id of the article with exactly these bytes as its original, or None."""
    try:
        with os.scandir(folder / "originals") as entries:
            alike = [
                Path(entry.path)
                for entry in entries
                if entry.is_file(follow_symlinks=False)
                and entry.stat(follow_symlinks=False).st_size == len(data)
            ]
    except FileNotFoundError:
        return None
    for path in sorted(alike):
        if read_plain(path) == data and (folder / f"{path.stem}.yaml").exists():
            return path.stem
    return None


def _taken(folder: Path, data: bytes) -> set[str]:
    """Return the ids in use: those of articles, and of originals that a killed process left.

    A leftover original with exactly these bytes does not count: it becomes this article's.
    """
    articles = {path.stem for path in folder.glob("*.yaml")}
    originals = folder / "originals"
    stray = [path for path in originals.glob("*") if path.stem not in articles]
    size = len(data)
    return articles | {
        path.stem for path in stray if path.lstat().st_size != size or read_plain(path) != data
    }


def _summarize(name: str, briefing: str, article: Article, made: str | None) -> Added:
    read = [chunk for chunk in article.chunks if chunk.role in READ_ROLES]
    aside: Counter[str] = Counter()
    for chunk in article.chunks:
        if chunk.role not in READ_ROLES:
            aside[(chunk.reason or chunk.role).replace("_", " ")] += len(chunk.text.split())
    quotes, paraphrases = count_quotes(quote for chunk in read for quote in chunk.quotes)
    return Added(
        name=name,
        briefing=briefing,
        article=article.id,
        headline=article.headline,
        publisher=article.publisher,
        paragraphs=sum(chunk.role == "body" for chunk in article.chunks),
        quotes=quotes,
        paraphrases=paraphrases,
        countries=len({mention.code for chunk in read for mention in chunk.mentions}),
        set_aside=len(article.chunks) - len(read),
        words_aside=aside.total(),
        reasons=tuple(reason for reason, _ in aside.most_common(3)),
        made=made,
    )
