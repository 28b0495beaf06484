"""Making annotations anew: machine output is replaced, an analyst's edits stand apart and stay.

An article file that was changed by hand is left alone unless its owner says otherwise.
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
    library_lock,
    original_path,
    read_article,
    read_info,
    write_article,
)
from briefing.crashes import told
from briefing.errors import BriefingError, InputError
from briefing.ingest import to_article
from briefing.library.adding import annotated
from briefing.library.reports import Failure, Reannotated
from briefing.model import Article

Progress = Callable[[int, int, str], None]
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
    with library_lock(root, doing="annotating", waiting=waiting) as hold:
        codebook = read_info(folder / INFO_NAME).codebook
        paths = article_paths(folder)
        for done, path in enumerate(paths):
            hold.tell(done, len(paths))
            if progress:
                progress(done, len(paths), path.stem)
            try:
                article = read_article(path)
                if is_hand_edited(article) and not confirm(article.id):
                    kept.append(article.id)
                    continue
                fresh = annotated(_reread(folder, article) if reread else article, codebook)
            except BriefingError as error:
                failures.append(_failure(path, error))
                continue
            except Exception as error:  # noqa: BLE001 (one article must not end the others)
                failures.append(_failure(path, told(error, str(path))))
                continue
            if fresh != article:
                write_article(path, fresh)
                changed.append(article.id)
    return Reannotated(changed=tuple(changed), kept=tuple(kept), failures=tuple(failures))


def _failure(path: Path, error: BriefingError) -> Failure:
    return Failure(
        name=path.name, message=error.message, hint=error.hint, exit_code=int(error.exit_code)
    )


def _reread(folder: Path, article: Article) -> Article:
    """Read the original again; the article keeps its id, its file and the moment it was added."""
    path = original_path(folder, article)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: the original cannot be read ({error.strerror})") from error
    fresh = to_article(data, name=path.name, added=article.source.added)
    return replace(fresh, id=article.id, source=replace(fresh.source, file=article.source.file))
