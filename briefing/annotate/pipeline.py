"""The list of annotators, in the order in which they run over an article."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from briefing.annotate.citations.annotator import annotate_citations
from briefing.annotate.countries.annotator import annotate_countries
from briefing.annotate.dates.annotator import annotate_dates
from briefing.annotate.positions.annotator import annotate_positions
from briefing.annotate.positions.codebook import RULES
from briefing.annotate.quotes.annotator import annotate_quotes
from briefing.codebooks import Codebook, shipped
from briefing.model import Article, Chunk

NAME = RULES
VERSION = 1

Annotate = Callable[[Sequence[Chunk], Article, Codebook], Sequence[Chunk]]
"""Returns the chunks so far with annotations of one kind; the article gives its metadata."""

ANNOTATORS: tuple[Annotate, ...] = (
    lambda chunks, article, _: annotate_countries(chunks, article.headline),
    lambda chunks, article, _: annotate_quotes(
        chunks,
        article.language,
        publisher=article.publisher,
        date=article.date.value if article.date else None,
    ),
    lambda chunks, _article, _: annotate_citations(chunks),
    lambda chunks, article, codebook: annotate_positions(
        chunks, codebook, article.date.value if article.date else None
    ),
    lambda chunks, article, _: annotate_dates(chunks, article.date),
)


def annotate(
    article: Article,
    codebook: Codebook | None = None,
    correct: Callable[[Article], Article] = lambda article: article,
) -> Article:
    """Return the article with its annotations rebuilt by every annotator in turn.

    Text, roles, links and metadata stay as they are. `codebook` has the stances, those of
    `acts` where none is given; `correct` corrects the mentions of countries, which the others
    read. The annotator's digest is set when the article is stored.
    """
    codebook = codebook or shipped("acts")
    find_countries, *others = ANNOTATORS
    found = find_countries(article.chunks, article, codebook)
    chunks: Sequence[Chunk] = correct(replace(article, chunks=tuple(found))).chunks
    for run in others:
        chunks = run(chunks, article, codebook)
    return replace(article, chunks=tuple(chunks))
