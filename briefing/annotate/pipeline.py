"""The order in which the annotators run over an article."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from briefing.annotate.citations.annotator import annotate_citations
from briefing.annotate.countries.annotator import annotate_countries
from briefing.annotate.dates.annotator import annotate_dates
from briefing.annotate.positions.annotator import annotate_positions
from briefing.annotate.quotes.annotator import annotate_quotes
from briefing.model import DEFAULT_CODEBOOK, Article

NAME = "rules"
VERSION = 1


def annotate(article: Article, codebook: Sequence[str] = DEFAULT_CODEBOOK) -> Article:
    """Return the article with countries, quotes, citations, positions and dates made anew.

    Text, roles, links and metadata stay as they are; annotations that were there are replaced.
    `codebook` is the vocabulary of stances. The annotator's digest is set when it is stored.
    """
    chunks = annotate_countries(article.chunks, article.headline)
    chunks = annotate_citations(annotate_quotes(chunks))
    chunks = annotate_dates(annotate_positions(chunks, codebook), article.date)
    return replace(article, chunks=chunks)
