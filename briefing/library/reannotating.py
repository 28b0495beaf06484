"""Making annotations anew: machine output is replaced, an analyst's edits stand apart and stay.

An article file that was changed by hand is left alone unless its owner says otherwise, however
often its annotations were made anew since.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from briefing.content import (
    INFO_NAME,
    Waiting,
    article_paths,
    is_hand_edited,
    is_set_by_hand,
    library_lock,
    original_path,
    read_article,
    read_bytes,
    read_info,
    reading_digest,
    refuse_links,
    write_article,
)
from briefing.crashes import report_crash
from briefing.errors import BriefingError
from briefing.ingest import to_article
from briefing.library.adding import annotated
from briefing.library.reports import Failure, Progress, Reannotated
from briefing.model import Article

ANNOTATIONS = ("countries", "mentions", "quotes", "citations", "positions", "dates")
"""The fields of a chunk that are made anew."""

Confirm = Callable[[str], bool]


def reannotate(
    root: Path,
    name: str,
    *,
    reread: bool = False,
    confirm: Confirm = lambda _: False,
    progress: Progress | None = None,
    waiting: Waiting | None = None,
) -> Reannotated:
    """Annotate every article of a briefing anew and write those that change.

    With `reread` chunks, roles and metadata are made anew too, from the original bytes. `confirm`
    is asked with the article's id before a file changed by hand is replaced. `waiting` is told for
    whom this waits, where another process writes to the library.
    """
    folder = root / "content" / name
    changed: list[str] = []
    kept: list[str] = []
    failures: list[Failure] = []
    refuse_links(folder, root)
    with library_lock(root, doing="annotating", waiting=waiting) as hold:
        codebook = read_info(folder / INFO_NAME).codebook
        paths = article_paths(folder)
        for done, path in enumerate(paths):
            hold.tell(done, len(paths))
            if progress:
                progress(done, len(paths), path.stem)
            try:
                article = read_article(path)
                draft = _reread(folder, article) if reread else article
                if _loses_work(article, draft) and not confirm(article.id):
                    kept.append(article.id)
                    continue
                fresh = annotated(draft, codebook, read=_read_digest(article, draft))
            except BriefingError as error:
                failures.append(_failure(path, error))
                continue
            except Exception as error:  # noqa: BLE001 (one article must not end the others)
                failures.append(_failure(path, report_crash(error, str(path))))
                continue
            if fresh != article:
                write_article(path, fresh)
                changed.append(article.id)
    return Reannotated(changed=tuple(changed), kept=tuple(kept), failures=tuple(failures))


def _loses_work(article: Article, draft: Article) -> bool:
    """Whether making `article` anew from `draft` may undo what a person did in its file.

    The draft is the article itself, or what was read from its original again. That loses metadata
    and text set by hand, which a file that was annotated anew since still shows by its digest of
    the reading; where there is no such digest, whatever the reader does not say may be a person's.
    """
    if is_hand_edited(article) or (article.annotator is None and _is_annotated(article)):
        return True
    if draft is article or reading_digest(draft) == reading_digest(article):
        return False
    known = article.annotator.read if article.annotator else None
    return known is None or is_set_by_hand(article)


def _is_annotated(article: Article) -> bool:
    return any(getattr(chunk, field) for chunk in article.chunks for field in ANNOTATIONS)


def _read_digest(article: Article, draft: Article) -> str | None:
    """Return the digest of the reading that `draft` is of: a new one, or the article's own."""
    if draft is not article:
        return reading_digest(draft)
    return article.annotator.read if article.annotator else None


def _failure(path: Path, error: BriefingError) -> Failure:
    return Failure(
        name=path.name, message=error.message, hint=error.hint, exit_code=int(error.exit_code)
    )


def _reread(folder: Path, article: Article) -> Article:
    """Read the original again; the article keeps its id, its file and the moment it was added."""
    path = original_path(folder, article)
    refuse_links(path, folder)
    data = read_bytes(path)
    fresh = to_article(data, name=path.name, added=article.source.added)
    return replace(fresh, id=article.id, source=replace(fresh.source, file=article.source.file))
