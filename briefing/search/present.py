"""From what was found to what a screen shows: groups, snippets, labelled facets, hints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from briefing.search.query import Query, quote_value
from briefing.search.reader import Answer, Found
from briefing.search.results import ArticleHits, Facets, FacetValue, Hit, Results
from briefing.search.snippets import cut_snippet

NOTHING_FOUND: Final = "nothing was found"
NOTHING_ASKED: Final = "type a word to look for"
_FACET_QUERY: Final = {
    "country": "country",
    "publisher": "publisher",
    "speaker": "speaker",
    "year": "date",
    "briefing": "briefing",
}


def present(query: str, asked: Query, answer: Answer, suggestion: str | None) -> Results:
    """Make the results of a query: hits grouped by article, the best article first."""
    hints = asked.hints if answer.chunks else (*asked.hints, NOTHING_FOUND)
    return Results(
        query=query,
        groups=_group(answer.found),
        total_chunks=answer.chunks,
        total_articles=answer.articles,
        facets=_facets(answer),
        hint=_sentence(hints),
        suggestion=suggestion,
    )


def results_without_hits(query: str, hints: Sequence[str]) -> Results:
    """Make the results of a query that asks for nothing that can be looked up."""
    return Results(query=query, hint=_sentence(hints) or NOTHING_ASKED)


def _sentence(hints: Sequence[str]) -> str | None:
    return "; ".join(hints) or None


def _group(found: Sequence[Found]) -> tuple[ArticleHits, ...]:
    groups: dict[tuple[str, str], list[Found]] = {}
    for each in found:
        groups.setdefault((each.article.briefing, each.article.article), []).append(each)
    return tuple(_article_hits(group) for group in groups.values())


def _article_hits(group: Sequence[Found]) -> ArticleHits:
    article = group[0].article
    return ArticleHits(
        briefing=article.briefing,
        article=article.article,
        headline=article.headline,
        publisher=article.publisher,
        date=article.date,
        hits=tuple(_hit(each) for each in group),
        total=group[0].in_article,
    )


def _hit(found: Found) -> Hit:
    chunk = found.chunk
    return Hit(
        briefing=found.article.briefing,
        article=found.article.article,
        chunk=chunk.chunk,
        role=chunk.role,
        section=chunk.section,
        paragraph=chunk.paragraph,
        score=round(found.score, 4),
        snippet=cut_snippet(chunk.text, found.spans),
        spans=found.spans,
    )


def _facets(answer: Answer) -> Facets:
    return Facets(
        **{
            facet: tuple(
                FacetValue(
                    value=value,
                    label=_label(facet, value),
                    count=count,
                    query=f"{_FACET_QUERY[facet]}:{quote_value(value)}",
                )
                for value, count in values
            )
            for facet, values in answer.facets.items()
        }
    )


def _label(facet: str, value: str) -> str:
    if facet != "country":
        return value
    from briefing.annotate.country_names import country_name

    return country_name(value)
