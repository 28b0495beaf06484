"""What the library list shows of a briefing, counted by article: a change recounts its articles."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.compare.panels import CodebookNote
from briefing.model import Annotator, Record

PANELS = "panels"
COUNTS = "counts"
"""The keys of two fast copies: `Panels`, absent where they have yet to be built, and counts."""


class ArticleCounts(Record, frozen=True, kw_only=True):
    """What an article adds to the row of its briefing in the library list."""

    quotes: int
    paraphrases: int
    date: str | None
    added: str
    countries: tuple[str, ...]
    annotator: Annotator | None


class BriefingCounts(Record, frozen=True, kw_only=True):
    """The counts of a briefing's articles, its codebook, and a digest of each article's edits."""

    articles: Mapping[str, ArticleCounts]
    codebook: CodebookNote | None
    edits: Mapping[str, str]

    def reading_order(self) -> tuple[str, ...]:
        """Return the ids of the articles, ordered as `compare.build.reading_order` does."""
        by_id = sorted(self.articles)
        return tuple(sorted(by_id, key=lambda one: self.articles[one].date or "", reverse=True))
