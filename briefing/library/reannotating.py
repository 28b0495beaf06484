"""Annotating stored articles again; the analyst's edits are stored apart and kept.

An article file that was changed by hand is only replaced after confirmation.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath

from msgspec import structs

from briefing.annotate import pipeline
from briefing.annotate.positions.codebook import codebook_in_use, readable_text
from briefing.content import articles
from briefing.content.articles import is_hand_edited, reading_digest
from briefing.content.files import read_bytes, read_plain, refuse_links, write_together
from briefing.content.folders import article_paths, original_path
from briefing.content.info import INFO_NAME, read_info
from briefing.content.locking import OnWait, library_lock
from briefing.content.performing import TRASH, ActionStep, perform
from briefing.errors import BriefingError, MismatchError
from briefing.ingest import FETCHED, NewArticle, WebOrigin, to_articles
from briefing.library.cluster import open_workers
from briefing.library.making import SentBook, annotated, book_of, send_book
from briefing.library.plans import log_line, new_id
from briefing.library.reports import Failure, Progress, Reannotated, failure
from briefing.model import ANNOTATED, Article, fields_of

Confirm = Callable[[str], bool]
_TOGETHER = 100
"""Articles that are written together."""


def reannotate(
    root: Path,
    name: str,
    *,
    reread: bool = False,
    confirm: Confirm = lambda _: False,
    progress: Progress | None = None,
    on_wait: OnWait | None = None,
    cluster: str | None = None,
) -> Reannotated:
    """Annotate a briefing again, as `Library.reannotate` says; raises as `open_workers`, too."""
    folder = root / "content" / name
    changed: list[str] = []
    kept: list[str] = []
    replaced: list[str] = []
    failures: list[Failure] = []
    waiting: list[tuple[_Stored, _Renewed]] = []
    refuse_links(folder, root)
    with (
        open_workers(cluster) as run,
        library_lock(root, doing="annotating", on_wait=on_wait) as hold,
    ):
        paths = article_paths(folder)
        info = read_info(folder / INFO_NAME)
        codebook = codebook_in_use(info, (), stored_texts(paths))
        task = partial(_renew, book=send_book(codebook))
        outcomes = run(task, _read_stored(folder, paths, reread=reread))
        for done, (path, outcome) in enumerate(zip(paths, outcomes, strict=True)):
            hold.report_progress(done, len(paths))
            if progress:
                progress(done, len(paths), path.stem)
            if isinstance(outcome, Exception):
                failures.append(failure(path.name, outcome))
                continue
            stored, made = outcome
            if made.loses and not confirm(made.article):
                kept.append(made.article)
            elif made.data is not None:
                changed.append(made.article)
                if made.loses:
                    _replace(root, path, made.data)
                    replaced.append(made.article)
                else:
                    waiting.append((stored, made))
            if len(waiting) >= _TOGETHER:
                kept += _write(waiting)
                waiting.clear()
        kept += _write(waiting)
    unwritten = set(kept)
    return Reannotated(
        changed=tuple(article for article in changed if article not in unwritten),
        kept=tuple(kept),
        replaced=tuple(replaced),
        failures=tuple(failures),
    )


@dataclass(frozen=True, slots=True)
class _Stored:
    """The file of an article, and its `original`, or what was read of one that several share."""

    path: Path
    data: bytes
    original: bytes | None = None
    drafts: tuple[NewArticle, ...] | None = None

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.name

    @property
    def size(self) -> int:
        """How many bytes travel."""
        return len(self.data) + len(self.original or b"")


@dataclass(frozen=True, slots=True)
class _Renewed:
    """The new bytes of an article's file, None where they are the old; whether work is lost."""

    article: str
    loses: bool
    data: bytes | None


def _read_stored(
    folder: Path, paths: Sequence[Path], *, reread: bool
) -> Iterator[_Stored | Exception]:
    """Yield the files of articles, or why they cannot be read; an original shared is read once."""
    shared: dict[Path, tuple[NewArticle, ...]] = {}
    for path in paths:
        try:
            stored = _Stored(path, read_bytes(path))
            yield _with_original(folder, stored, shared) if reread else stored
        except Exception as error:  # noqa: BLE001 (one article must not stop the others)
            yield error


def _with_original(
    folder: Path, stored: _Stored, shared: dict[Path, tuple[NewArticle, ...]]
) -> _Stored:
    article = articles.parse_metadata(stored.data, stored.path)
    path = original_path(folder, article)
    if article.source.part is None:
        return replace(stored, original=_read_original(folder, article))
    if path not in shared:
        shared[path] = _read_drafts(article, path.name, _read_original(folder, article))
    same = (new for new in shared[path] if new.article.source.part == article.source.part)
    return replace(stored, drafts=tuple(same))


def _renew(stored: _Stored, book: SentBook) -> _Renewed:
    """Return the file of an article as it is annotated now: a pure function, for any worker."""
    article = draft = articles.parse_article(stored.data, stored.path)
    name, drafts = PurePosixPath(article.source.file).name, stored.drafts
    if stored.original is not None:
        drafts = _read_drafts(article, name, stored.original)
    if drafts is not None:
        draft = _pick(article, name, drafts)
    read = article.annotator.read if article.annotator else None
    if draft is not article:
        read = reading_digest(draft)
    fresh = annotated(draft, book_of(book), read=read)
    data = articles.encode_article(fresh) if fresh != article else None
    return _Renewed(article.id, _loses_work(article, draft), data)


def _write(waiting: Sequence[tuple[_Stored, _Renewed]]) -> list[str]:
    """Write files together; return the articles that a hand has changed since they were read."""
    late = [made.article for stored, made in waiting if read_plain(stored.path) != stored.data]
    new = [(stored.path, made.data or b"") for stored, made in waiting if made.article not in late]
    if new:
        write_together(new)
    return late


def _replace(root: Path, path: Path, fresh: bytes) -> None:
    """Replace a file changed by hand, as an action: logged, undone, the old file in the trash."""
    name = path.parent.name
    action = new_id()
    old = read_bytes(path)
    kept = ActionStep(path=f"{TRASH}/{action}/content/{name}/{path.name}", after=old)
    step = ActionStep(path=f"content/{name}/{path.name}", before=old, after=fresh)
    said = f"{name}/{path.stem}, changed by hand, was annotated again."
    perform(root, (kept, step), log_line(action, (name,), said, (step,)))


def stored_texts(paths: Sequence[Path]) -> Iterator[str]:
    """Yield the texts of the articles that can be read."""
    for path in paths:
        with suppress(BriefingError, OSError):
            yield readable_text(articles.read_article(path))


def _loses_work(article: Article, draft: Article) -> bool:
    """Whether replacing `article` by `draft` may undo metadata, text or annotations set by hand."""
    made_by = article.annotator.name if article.annotator else None
    is_annotated = any(getattr(chunk, field) for chunk in article.chunks for field in ANNOTATED)
    if is_hand_edited(article) or (made_by != pipeline.NAME and is_annotated):
        return True
    if draft is article or reading_digest(draft) == reading_digest(article):
        return False
    known = article.annotator.read if article.annotator else None
    return known is None or articles.is_set_by_hand(article)


def read_again(folder: Path, article: Article) -> Article:
    """Read the original again; raises MismatchError where it is not the same articles."""
    name = PurePosixPath(article.source.file).name
    return _pick(article, name, _read_drafts(article, name, _read_original(folder, article)))


def _read_original(folder: Path, article: Article) -> bytes:
    """Return the bytes that came in; raises MismatchError where they are others now."""
    path = original_path(folder, article)
    refuse_links(path, folder)
    data = read_bytes(path)
    if hashlib.sha256(data).hexdigest() != article.source.sha256:
        message = f"{path} is not what {article.id} was made of: it has another sha256."
        hint = "Put back what it was; what is new in it is added as another file."
        raise MismatchError(message, hint)
    return data


def _read_drafts(article: Article, name: str, original: bytes) -> tuple[NewArticle, ...]:
    source, url = article.source, article.evidence.url
    origin = None
    if source.address is not None:
        address = url.exact if url is not None and url.place == FETCHED else source.address
        origin = WebOrigin(source.address, address, source.encoding)
    return to_articles(original, name=name, added="", as_one=True, origin=origin).articles


def _pick(article: Article, name: str, drafts: Sequence[NewArticle]) -> Article:
    """Return which of the articles that a file is read as now an article is."""
    part = article.source.part
    fresh = next((each.article for each in drafts if each.article.source.part == part), None)
    if fresh is None:
        raise MismatchError(
            f"{name} is not read as it was when {article.id} was added.",
            "It is read as several articles now: add the file again."
            if part is None
            else f"It holds no article {part} now.",
        )
    kept = fields_of(article.source, "file", "added", "double_of")
    source = structs.replace(fresh.source, **kept)
    return structs.replace(fresh, id=article.id, source=source)
