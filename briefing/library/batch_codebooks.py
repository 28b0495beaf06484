"""The codebook for the articles that are added in one batch, found once for each briefing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from briefing.annotate.positions.codebook import codebook_in_use, readable_text
from briefing.codebooks import Codebook
from briefing.content.articles import read_article
from briefing.content.folders import article_paths
from briefing.errors import BriefingError, NotFoundError
from briefing.model import Article, BriefingInfo

ASKED = 3
"""Articles of a briefing that are read to learn which book it has, however many there are."""


class BatchCodebooks:
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


def stored_articles(folder: Path) -> tuple[Path, ...]:
    """List the article files of a briefing that may not exist yet."""
    try:
        return article_paths(folder)
    except NotFoundError:
        return ()


def _stamps(folder: Path) -> Iterator[str | None]:
    for path in stored_articles(folder)[:ASKED]:
        with suppress(BriefingError, OSError):
            article = read_article(path)
            yield article.annotator.codebook if article.annotator else None
