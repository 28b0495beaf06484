"""Annotating stored articles again; the analyst's edits are stored apart and kept.

An article file that was changed by hand is only replaced after confirmation, however often it was
annotated since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from briefing.annotate import pipeline
from briefing.annotate.positions.codebook import codebook_in_use, readable_text
from briefing.content.action_log import Logged
from briefing.content.articles import encode_article, read_article, write_article
from briefing.content.digests import is_hand_edited, is_set_by_hand, reading_digest
from briefing.content.files import read_bytes, refuse_links
from briefing.content.folders import article_paths, original_path
from briefing.content.info import INFO_NAME, read_info
from briefing.content.locking import OnWait, library_lock
from briefing.content.performing import TRASH, ActionStep, perform
from briefing.content.undoing import changes_of
from briefing.errors import BriefingError, MismatchError
from briefing.ingest import FETCHED, NewArticle, WebOrigin, to_articles
from briefing.library.adding import annotated
from briefing.library.plans import new_id, now, user_name
from briefing.library.reports import Failure, Progress, Reannotated, failure
from briefing.model import ANNOTATED, Article, fields_of

Confirm = Callable[[str], bool]


def reannotate(
    root: Path,
    name: str,
    *,
    reread: bool = False,
    confirm: Confirm = lambda _: False,
    progress: Progress | None = None,
    on_wait: OnWait | None = None,
) -> Reannotated:
    """Annotate a briefing again, as `Library.reannotate` says, and write what changes.

    Failures of single articles are reported; raises BusyError, NotFoundError, and ContentError for
    briefing.yaml.
    """
    folder = root / "content" / name
    changed: list[str] = []
    kept: list[str] = []
    replaced: list[str] = []
    failures: list[Failure] = []
    refuse_links(folder, root)
    with library_lock(root, doing="annotating", on_wait=on_wait) as hold:
        paths = article_paths(folder)
        files: dict[Path, tuple[NewArticle, ...]] = {}
        info = read_info(folder / INFO_NAME)
        codebook = codebook_in_use(info, (), stored_texts(paths))
        for done, path in enumerate(paths):
            hold.report_progress(done, len(paths))
            if progress:
                progress(done, len(paths), path.stem)
            try:
                article = read_article(path)
                draft = read_again(folder, article, files) if reread else article
                loses = _loses_work(article, draft)
                if loses and not confirm(article.id):
                    kept.append(article.id)
                    continue
                fresh = annotated(draft, codebook, read=_read_digest(article, draft))
            except Exception as error:  # noqa: BLE001 (one article must not stop the others)
                failures.append(failure(path.name, error))
                continue
            if fresh == article:
                continue
            changed.append(article.id)
            if loses:
                _replace(root, path, fresh)
                replaced.append(article.id)
            else:
                write_article(path, fresh)
    return Reannotated(
        changed=tuple(changed),
        kept=tuple(kept),
        replaced=tuple(replaced),
        failures=tuple(failures),
    )


def _replace(root: Path, path: Path, fresh: Article) -> None:
    """Replace a file changed by hand, as an action: logged, undone, the old file in the trash."""
    name = path.parent.name
    action = new_id()
    old = read_bytes(path)
    kept = ActionStep(path=f"{TRASH}/{action}/content/{name}/{path.name}", after=old)
    step = ActionStep(path=f"content/{name}/{path.name}", before=old, after=encode_article(fresh))
    line = Logged(
        id=action,
        made=now(),
        by=user_name(),
        briefings=(name,),
        done=f"{name}/{path.stem}, changed by hand, was annotated again.",
        changes=changes_of((step,)),
    )
    perform(root, (kept, step), line)


def stored_texts(paths: Sequence[Path]) -> Iterator[str]:
    """Yield the texts of the articles that can be read."""
    for path in paths:
        with suppress(BriefingError, OSError):
            yield readable_text(read_article(path))


def _loses_work(article: Article, draft: Article) -> bool:
    """Whether replacing `article` by the annotated `draft` may undo what the rules did not make.

    The draft is the article itself, or what was read from its original again. The latter loses
    metadata and text set by hand, which the reading digest reveals even after later annotation;
    without that digest, every difference from the new reading may be a change by hand.
    """
    made_by = article.annotator.name if article.annotator else None
    is_annotated = any(getattr(chunk, field) for chunk in article.chunks for field in ANNOTATED)
    if is_hand_edited(article) or (made_by != pipeline.NAME and is_annotated):
        return True
    if draft is article or reading_digest(draft) == reading_digest(article):
        return False
    known = article.annotator.read if article.annotator else None
    return known is None or is_set_by_hand(article)


def _read_digest(article: Article, draft: Article) -> str | None:
    if draft is not article:
        return reading_digest(draft)
    return article.annotator.read if article.annotator else None


def read_again(
    folder: Path, article: Article, known: dict[Path, tuple[NewArticle, ...]] | None = None
) -> Article:
    """Read the original again; the article keeps its id, its file and the time it was added.

    Files of several articles are kept in `known`, so that each is read once for all of them.
    Raises MismatchError where the file is read as other articles now.
    """
    path = original_path(folder, article)
    part = article.source.part
    drafts = known.get(path) if known is not None else None
    if drafts is None:
        refuse_links(path, folder)
        data, origin = read_bytes(path), _origin_of(article)
        read = to_articles(data, name=path.name, added="", as_one=True, origin=origin)
        drafts = read.articles
        if known is not None and part is not None:
            known[path] = drafts
    fresh = next((each.article for each in drafts if each.article.source.part == part), None)
    if fresh is None:
        raise MismatchError(
            f"{path.name} is not read as it was when {article.id} was added.",
            "It is read as several articles now: add the file again."
            if part is None
            else f"It holds no article {part} now.",
        )
    kept = fields_of(article.source, "file", "added", "double_of")
    return replace(fresh, id=article.id, source=replace(fresh.source, **kept))


def _origin_of(article: Article) -> WebOrigin | None:
    """Return where an article was fetched; None for one that came as a file."""
    source, url = article.source, article.evidence.url
    if source.address is None:
        return None
    address = url.exact if url is not None and url.place == FETCHED else source.address
    return WebOrigin(source.address, address, source.encoding)
