"""The last look before words leave the library: each quote against the text it is said to be in.

What an export wrote is read back as well, by a reader that is not ours.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec

from briefing.compare.panels import Panels
from briefing.errors import ContentError, MismatchError
from briefing.model import Article, Briefing, Chunk, Quote, paragraph_numbers
from briefing.visible import escape_json


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


_FORMULA = "=+-@\t\r\n＝＋－＠"
_GUARDED = re.compile(rf"'*[{re.escape(_FORMULA)}]")
"""What a spreadsheet might take for a formula, and the same with guards before it."""
LOST_IN_PLAIN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What a terminal would obey, which CSV and BibTeX have no way to write otherwise."""


class Written(NamedTuple):
    """The text of an export, and the words that must be in it, in that order."""

    text: str
    exact: tuple[ExactText, ...] = ()

    def count_words(self) -> int:
        """Return how many words the text has, markup and all."""
        return len(self.text.split())


ReadBack = Callable[[str], Iterator[str]]
"""Reads the texts of a written file: paragraphs, cells or strings, in their order."""


def check_written(written: Written, read: ReadBack) -> None:
    """Read a file back and find every exact text in it; raises MismatchError by name.

    The texts are looked for in their order, so one that was written twice is found twice.
    """
    texts = read(written.text)
    here = next(texts, "")
    at = 0
    for where, words in written.exact:
        while (found := here.find(words, at)) < 0:
            text = next(texts, None)
            if text is None:
                raise MismatchError(
                    f"{where}: as it was written, its words are not the stored text",
                    "Nothing was exported. This is an error in briefing: please report it.",
                )
            here, at = text, 0
        at = found + len(words)


def read_markdown(text: str) -> Iterator[str]:
    """Yield the text of each paragraph, heading and cell, without its markup."""
    from markdown_it import MarkdownIt

    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "inline":
            children = token.children or []
            yield "".join(" " if child.type == "softbreak" else child.content for child in children)


def read_csv(text: str) -> Iterator[str]:
    """Yield the cells of each row, without the guards against formulas."""
    for row in csv.reader(io.StringIO(text, newline="")):
        yield from map(unguarded, row)


def read_json(text: str) -> Iterator[str]:
    """Yield every string of a JSON text that is a value."""
    pending = [json.loads(text)]
    while pending:
        match pending.pop():
            case str() as words:
                yield words
            case dict() as fields:
                pending.extend(reversed(fields.values()))
            case list() as items:
                pending.extend(reversed(items))


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: with an apostrophe if need be."""
    return f"'{cell}" if _GUARDED.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return the text of a cell that `guarded` made."""
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell) else cell


def json_text(data: object) -> str:
    """Return data as JSON whose characters are printable, the others by their numbers."""
    encoded = msgspec.json.encode(data)
    text = msgspec.json.format(encoded, indent=2).decode()
    return escape_json(text) + "\n"
