"""Which codebook the articles that are added to a briefing are annotated by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from briefing.annotate.positions.codebook import codebook_in_use, readable_text
from briefing.codebooks import Codebook
from briefing.content.articles import read_article
from briefing.content.info import INFO_NAME, read_info
from briefing.errors import BriefingError
from briefing.library.holdings import stored_articles
from briefing.model import Article, BriefingInfo

_ASKED: Final = 3
"""Articles of a briefing that are read to learn which book it has, however many there are."""


def info_of(folder: Path, title: str) -> BriefingInfo:
    """Return the briefing.yaml of a folder; where there is none, that of a new briefing."""
    path = folder / INFO_NAME
    return read_info(path) if path.exists() else BriefingInfo(title=title)


class CodebookFinder:
    """Finds the codebook of the briefing that an article goes to; knows the last one.

    `drafts` are the first articles of the batch, where they go to one new briefing.
    """

    def __init__(self, drafts: Sequence[Article]) -> None:
        self._drafts = drafts
        self._last: tuple[Path, BriefingInfo, Codebook] | None = None

    def find(self, folder: Path, info: BriefingInfo, draft: Article | None) -> Codebook:
        """Return the codebook for a draft; one that stored articles have is kept.

        Without a draft it is only likely: that of the next one may be another.
        """
        if self._last is not None and self._last[:2] == (folder, info):
            return self._last[2]
        texts = map(readable_text, self._drafts or ((draft,) if draft else ()))
        codebook = codebook_in_use(info, _stamps(folder), texts)
        if draft is not None:
            self._last = folder, info, codebook
        return codebook


def _stamps(folder: Path) -> Iterator[str | None]:
    for path in stored_articles(folder)[:_ASKED]:
        with suppress(BriefingError, OSError):
            article = read_article(path)
            yield article.annotator.codebook if article.annotator else None
