"""The list of annotators, in the order in which they run over an article.

Countries are found first, in all of it; the others read them, part by part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from briefing.annotate.citations.annotator import annotate_citations
from briefing.annotate.countries.annotator import annotate_countries
from briefing.annotate.dates.annotator import annotate_dates
from briefing.annotate.parts import split_parts
from briefing.annotate.positions.annotator import annotate_positions
from briefing.annotate.positions.codebook import RULES
from briefing.annotate.quotes.annotator import annotate_quotes
from briefing.codebooks import Codebook, shipped
from briefing.english.tokens import Streams
from briefing.model import Article, Chunk
from briefing.quote_ids import QuoteNames

NAME = RULES
VERSION = 1


class Shared(Struct, frozen=True):
    """What the annotators of a part of an article share: ids of quotes, and tokens."""

    names: QuoteNames
    streams: Streams


Annotate = Callable[[Sequence[Chunk], Article, Codebook, Shared], Sequence[Chunk]]
"""Returns the chunks so far with annotations of one kind; the article gives its metadata."""

ANNOTATORS: tuple[Annotate, ...] = (
    lambda chunks, article, _codebook, shared: annotate_quotes(
        chunks,
        article.language,
        publisher=article.publisher,
        date=article.date.value if article.date else None,
        headline=article.headline,
        names=shared.names,
        streams=shared.streams,
    ),
    lambda chunks, *_: annotate_citations(chunks),
    lambda chunks, article, codebook, shared: annotate_positions(
        chunks, codebook, article.date.value if article.date else None, shared.streams
    ),
    lambda chunks, article, *_: annotate_dates(chunks, article.date),
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
    found = annotate_countries(article.chunks, article.headline)
    chunks: list[Chunk] = []
    names = QuoteNames()
    for texts in split_parts(correct(replace(article, chunks=found)).chunks):
        part, shared = texts, Shared(names, Streams())
        for run in ANNOTATORS:
            part = run(part, article, codebook, shared)
        chunks += part
    return replace(article, chunks=tuple(chunks))
