"""The list of annotators, in the order in which they run over an article.

Countries are found first, in all of it; the others read them, part by part. They know English:
what is in another language is kept from them and read by `other_languages`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from briefing.annotate.citations.annotator import annotate_citations
from briefing.annotate.countries.annotator import annotate_countries
from briefing.annotate.dates.annotator import annotate_dates
from briefing.annotate.other_languages.annotator import annotate_others, name_countries
from briefing.annotate.parts import split_parts
from briefing.annotate.positions.annotator import annotate_positions
from briefing.annotate.positions.codebook import RULES
from briefing.annotate.quotes.annotator import annotate_quotes
from briefing.codebooks import Codebook, shipped
from briefing.english.tokens import Streams
from briefing.model import Article, Chunk
from briefing.quote_ids import QuoteNames
from briefing.world.languages import languages_of_chunks

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
    others = languages_of_chunks(article.chunks, article.language)
    found = _name_countries(article, others)
    chunks: list[Chunk] = []
    names = QuoteNames()
    for part in split_parts(correct(replace(article, chunks=found)).chunks):
        english, shared = _without(part, others), Shared(names, Streams())
        for run in ANNOTATORS:
            english = run(english, article, codebook, shared)
        foreign = [chunk for chunk in part if chunk.id in others]
        chunks += _weave(part, english, annotate_others(foreign, others, names, article.date))
    return replace(article, chunks=tuple(chunks))


def _name_countries(article: Article, others: Mapping[str, str]) -> tuple[Chunk, ...]:
    """Return the chunks with the countries they name, each by the names of its language."""
    english = annotate_countries(_without(article.chunks, others), article.headline)
    foreign = name_countries([each for each in article.chunks if each.id in others], others)
    return _weave(article.chunks, english, foreign)


def _without(chunks: Sequence[Chunk], others: Mapping[str, str]) -> Sequence[Chunk]:
    return [chunk for chunk in chunks if chunk.id not in others] if others else chunks


def _weave(chunks: Sequence[Chunk], *kinds: Sequence[Chunk]) -> tuple[Chunk, ...]:
    """Return chunks of several kinds in the order that they have in an article."""
    found = {chunk.id: chunk for kind in kinds for chunk in kind}
    return tuple(found[chunk.id] for chunk in chunks)
