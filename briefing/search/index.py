"""The search index of a library: opening, changing and asking it."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from briefing.model import READ_ROLES, Article, BriefingInfo, Role
from briefing.search.documents import (
    ArticleRecord,
    ChunkRecord,
    article_key,
    article_record,
    day_range,
    documents,
)
from briefing.search.errors import IndexStale
from briefing.search.query import And, Field, leaves, parse
from briefing.search.resolve import resolve
from briefing.search.results import ArticleHits, Facets, FacetValue, Hit, Results
from briefing.search.snippets import cut_snippet, find_spans

Order = Literal["rank", "date"]
_FACETS = {
    "country": "country",
    "publisher": "publisher_name",
    "speaker": "speaker_name",
    "year": "year",
    "briefing": "briefing",
}


class SearchIndex:
    """All chunks of a library, searchable; one writer at a time, any number of readers."""

    def __init__(self, folder: Path) -> None:
        from briefing.search.stock import StockIndex

        self._folder = folder
        self._stock = StockIndex(folder)

    @classmethod
    def open(cls, folder: Path) -> SearchIndex:
        """Open the index below `folder` (a library's `index/`).

        Raises IndexStale where there is none of this version that can be read: `create` it then,
        and add everything.
        """
        if not (folder / "search").is_dir():
            raise IndexStale("the search index is missing")
        return cls(folder / "search")

    @classmethod
    def create(cls, folder: Path) -> SearchIndex:
        """Start an empty index below `folder`, in place of whatever is there."""
        if (folder / "search").exists():
            shutil.rmtree(folder / "search")
        return cls(folder / "search")

    def update(self, briefing: str, info: BriefingInfo, articles: Sequence[Article]) -> None:
        """Put articles in, in place of those of the same id in that briefing."""
        self.delete(briefing, [article.id for article in articles])
        pairs = (
            (article_record(briefing, article), document)
            for article in articles
            for document in documents(briefing, info, article)
        )
        self._stock.add(pairs)

    def delete(self, briefing: str, article_ids: Iterable[str] | None = None) -> None:
        """Take articles out, or with None the whole briefing."""
        if article_ids is None:
            self._stock.delete("briefing", briefing)
        else:
            for article_id in article_ids:
                self._stock.delete("article", article_key(briefing, article_id))

    def search(
        self,
        query: str,
        *,
        briefing: str | None = None,
        limit: int = 50,
        order: Order = "rank",
        roles: Iterable[Role] | None = None,
    ) -> Results:
        """Find chunks; never raises for what a person may type."""
        asked = resolve(parse(query))
        root = asked.root
        own = [leaf for leaf in leaves(root) if isinstance(leaf, Field) and leaf.name == "role"]
        wanted = roles if roles is not None else (_all_roles() if own else READ_ROLES)
        if briefing is not None and root is not None:
            root = And((root, Field("briefing", briefing)))
        found = self._stock.search(root, wanted) if any(leaves(asked.root)) else []
        if order == "date":
            found.sort(key=lambda row: day_range(row[1].date and row[1].date.value), reverse=True)
        totals = Counter((a.briefing, a.article) for _, a, _, _ in found)
        groups: dict[tuple[str, str], list[Hit]] = {}
        heads: dict[tuple[str, str], ArticleRecord] = {}
        for score, article, chunk, _ in found[:limit]:
            key = (article.briefing, article.article)
            heads[key] = article
            spans = find_spans(chunk.text, leaves(asked.root))
            groups.setdefault(key, []).append(_hit(score, article, chunk, spans))
        return Results(
            query=query,
            groups=tuple(
                ArticleHits(
                    briefing=key[0],
                    article=key[1],
                    headline=heads[key].headline,
                    publisher=heads[key].publisher,
                    date=heads[key].date,
                    hits=tuple(hits),
                    total=totals[key],
                )
                for key, hits in groups.items()
            ),
            total_chunks=len(found),
            total_articles=len(totals),
            facets=_facets([values for _, _, _, values in found]),
            hint="; ".join(asked.hints) or (None if found else "nothing was found"),
        )

    def suggest(self, text: str) -> tuple[str, ...]:
        """Complete a partly typed query."""
        return ()

    def close(self) -> None:
        """Let go of the files."""
        self._stock.index.close()


def _all_roles() -> tuple[Role, ...]:
    from briefing.model import ROLES

    return ROLES


def _facets(rows: list[dict[str, list[str]]]) -> Facets:
    counted = {
        name: Counter(value for row in rows for value in row.get(field, ()))
        for name, field in _FACETS.items()
    }
    return Facets(
        **{
            name: tuple(
                FacetValue(value=value, label=value, count=count)
                for value, count in counter.most_common(20)
            )
            for name, counter in counted.items()
        }
    )


def _hit(
    score: float, article: ArticleRecord, chunk: ChunkRecord, spans: tuple[tuple[int, int], ...]
) -> Hit:
    return Hit(
        briefing=article.briefing,
        article=article.article,
        chunk=chunk.chunk,
        role=chunk.role,
        section=chunk.section,
        paragraph=chunk.paragraph,
        score=score,
        snippet=cut_snippet(chunk.text, spans),
        spans=spans,
    )
