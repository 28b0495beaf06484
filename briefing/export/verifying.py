"""The last look before words leave the library: each quote against the text it is said to be in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from briefing.compare.panels import Panels
from briefing.errors import ContentError, MismatchError
from briefing.model import Article, Briefing, Chunk, Quote, paragraph_numbers


class ExactText(NamedTuple):
    """Words that must stand in an export, and where they are stored."""

    where: str
    words: str


_HINT = "Run briefing check; nothing was exported."
_WITHOUT = f"{_HINT} --without-broken exports the other articles."


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkPlace:
    """A stored chunk with its article, its position among the chunks and its ¶ (or None)."""

    article: Article
    chunk: Chunk
    order: int
    paragraph: int | None


def stored_places(briefing: Briefing) -> Mapping[tuple[str, str], ChunkPlace]:
    """Return every chunk of the briefing by `(article id, chunk id)`."""
    places: dict[tuple[str, str], ChunkPlace] = {}
    for article in briefing.articles:
        numbers = paragraph_numbers(article)
        for order, chunk in enumerate(article.chunks):
            places[article.id, chunk.id] = ChunkPlace(
                article=article, chunk=chunk, order=order, paragraph=numbers.get(chunk.id)
            )
    return places


def refuse_broken(briefing: Briefing) -> None:
    """Raise MismatchError where a quote is not its article's text, ContentError for other faults.

    Both name the file: an article that was not read is in no export unless that is asked for.
    """
    for problem in sorted(briefing.problems, key=lambda each: not each.wrong_quote):
        if problem.wrong_quote:
            raise MismatchError(f"{problem.place}: {problem.message}", _WITHOUT)
        raise ContentError(
            problem.message,
            path=Path(problem.file),
            line=problem.line,
            column=problem.column,
            hint=_WITHOUT,
        )


def check_quotes(
    briefing: Briefing, panels: Panels, places: Mapping[tuple[str, str], ChunkPlace]
) -> None:
    """Raise MismatchError, which names article, chunk and quote, where one is not as it is stored.

    Every quote and position is compared.
    """
    for article in briefing.articles:
        for chunk in article.chunks:
            for quote in chunk.quotes:
                _check_quote(article.id, chunk, quote)
    for row in (*panels.quotes, *panels.paraphrases):
        _check_quote(row.article, _find(places, row.article, row.chunk), row.quote)
    for country in panels.countries:
        for note in country.ledger:
            chunk = _find(places, note.article, note.chunk)
            if not 0 <= note.start < note.end <= len(chunk.text):
                raise MismatchError(
                    f"article {note.article}, chunk {note.chunk}: the sentence that shows the "
                    f"position of {country.code} is not in the stored text",
                    _HINT,
                )


def _check_quote(article: str, chunk: Chunk, quote: Quote) -> None:
    inside = 0 <= quote.start < quote.end <= len(chunk.text)
    if not inside or chunk.text[quote.start : quote.end] != quote.exact:
        raise MismatchError(
            f"article {article}, chunk {chunk.id}, quote {quote.id}: "
            "its words are not, character for character, in the stored text",
            _HINT,
        )


def _find(places: Mapping[tuple[str, str], ChunkPlace], article: str, chunk: str) -> Chunk:
    place = places.get((article, chunk))
    if place is None:
        raise MismatchError(f"article {article}, chunk {chunk}: no such stored text", _HINT)
    return place.chunk
