"""Places as a call names them and `show` prints them: `NAME/ARTICLE/c7`, `NAME/ARTICLE/q-3f2a`.

And which country or source of a briefing is meant by the words of a call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from briefing.errors import NotFoundError, UsageError, list_known, nearest
from briefing.visible import one_line

if TYPE_CHECKING:
    from briefing.compare.panels import CountryRow, Panels, SourceRow
    from briefing.library import Library
    from briefing.model import Article, Chunk, Quote

_SPAN = re.compile(r"(.+):([0-9]{1,9})[-–]([0-9]{1,9})")
"""A block and a span of it, as in `c7:0-20`."""
_QUOTE_ID = re.compile(r"q-[0-9a-f]{2,64}(-[0-9]{1,4})?")


class NamedPlace(NamedTuple):
    """A briefing, an article, a block, a quote or a span of a block; the block of a quote is named.

    `start` and `end` are offsets of the span, in code points.
    """

    briefing: str
    article: str = ""
    chunk: str | None = None
    quote: str | None = None
    start: int | None = None
    end: int | None = None

    def __str__(self) -> str:
        part = self.quote or self.chunk
        if part and self.start is not None:
            part = f"{part}:{self.start}-{self.end}"
        return "/".join(each for each in (self.briefing, self.article, part) if each)


def split_place(text: str) -> tuple[str, str, str]:
    """Return briefing, article and what is in it, "" for what is not named; raises UsageError."""
    parts = text.removesuffix("/").split("/")
    if len(parts) > 3 or not all(part.strip() for part in parts):
        raise UsageError(
            f"{text!r} is not a place",
            "A place is NAME, NAME/ARTICLE, NAME/ARTICLE/BLOCK or NAME/ARTICLE/QUOTE, "
            "as briefing show prints it.",
        )
    name, article, part = (*parts, "", "")[:3]
    return name, article, part


def find_place(library: Library, text: str) -> NamedPlace:
    """Find a place of the library; an article's id may be shortened where that names one.

    Raises UsageError for what is no place, NotFoundError with the nearest names.
    """
    name, article, part = split_place(text)
    library.require(name)
    if not article:
        return NamedPlace(name)
    known = library.article_ids(name)
    if not part and _QUOTE_ID.fullmatch(article) and not _matches(article, known):
        return _find_quote(library, name, known, article)
    whole = _one_of(article, known, "an article", name)
    if not part:
        return NamedPlace(name, whole)
    return _find_part(library.article(name, whole), name, part)


def _matches(text: str, known: Sequence[str]) -> list[str]:
    """Return the ids that a text names: that id, else those that begin so, else that contain it."""
    if text in known:
        return [text]
    return [each for each in known if each.startswith(text)] or [
        each for each in known if text in each
    ]


def _one_of(text: str, known: Sequence[str], kind: str, where: str) -> str:
    """Return the one id that a text names; raises NotFoundError with the nearest ones."""
    found = _matches(text, known)
    if len(found) == 1:
        return found[0]
    if not found:
        raise _none(kind, text, where, known)
    raise NotFoundError(
        f"{text!r} is a part of {len(found)} names in {where}",
        f"Which one? {', '.join(found[:12])}{', …' if len(found) > 12 else ''}",
    )


def _none(kind: str, text: str, where: str, known: Sequence[str]) -> NotFoundError:
    """Return the error for what is not there, with what is."""
    return NotFoundError(
        f"{text!r} is not {kind} of {where}", list_known(nearest(text, known), known)
    )


def _find_part(article: Article, name: str, part: str) -> NamedPlace:
    """Find a quote, a block, a paragraph as in `¶3`, or a span of a block, in an article."""
    from briefing.model import paragraph_numbers

    for chunk, quote in _quotes(article):
        if quote.id == part:
            return NamedPlace(name, article.id, chunk.id, quote.id)
    span = _SPAN.fullmatch(part)
    block = span[1] if span else part
    numbers = {f"¶{number}": chunk for chunk, number in paragraph_numbers(article).items()}
    block = numbers.get(block, block)
    for chunk in article.chunks:
        if chunk.id == block:
            place = NamedPlace(name, article.id, chunk.id)
            return _with_span(place, chunk, int(span[2]), int(span[3])) if span else place
    where = f"{name}/{article.id}"
    if part.startswith("q-"):
        quotes = [quote.id for _, quote in _quotes(article)]
        return _find_part(article, name, _one_of(part, quotes, "a quote", where))
    blocks = [chunk.id for chunk in article.chunks]
    raise _none("a block or quote", part, where, blocks)


def _with_span(place: NamedPlace, chunk: Chunk, start: int, end: int) -> NamedPlace:
    if not start < end <= len(chunk.text):
        raise NotFoundError(
            f"{place} has no characters {start}-{end}", f"It has {len(chunk.text)} characters."
        )
    return place._replace(start=start, end=end)


def _quotes(article: Article) -> Iterator[tuple[Chunk, Quote]]:
    return ((chunk, quote) for chunk in article.chunks for quote in chunk.quotes)


def _find_quote(library: Library, name: str, articles: Sequence[str], quote: str) -> NamedPlace:
    """Find a quote by its id alone; raises NotFoundError where none or several articles have it."""
    texts = [library.article(name, each) for each in articles]
    found = [
        NamedPlace(name, article.id, chunk.id, one.id)
        for article in texts
        for chunk, one in _quotes(article)
        if one.id == quote
    ]
    if len(found) > 1:
        raise NotFoundError(
            f"{quote!r} is in {len(found)} articles of {name}",
            f"Which one? {', '.join(map(str, found[:12]))}",
        )
    if not found:
        ids = [one.id for article in texts for _, one in _quotes(article)]
        raise _none("a quote", quote, name, ids)
    return found[0]


def find_country(panels: Panels, wanted: str) -> CountryRow:
    """Find a country by code, name or demonym; raises NotFoundError, which lists those there are.

    A country that no article names is reported as such, and a misspelt name with one like it.
    """
    from briefing.library import country_code
    from briefing.world.country_names import country_name

    code = country_code(wanted)
    for row in panels.countries:
        if row.code == code:
            return row
    known = [row.code for row in panels.countries]
    name = country_name(code)
    if name != code:
        raise _not_in(panels, f"no article of this briefing names {name}", [], known)
    like = nearest(wanted, [row.name for row in panels.countries])
    raise _not_in(panels, f"{wanted!r} is not a country of this briefing", like, known)


def chosen_country(panels: Panels, wanted: str | None) -> CountryRow | None:
    """Return the country that a call names, None where it names none; raises NotFoundError."""
    return find_country(panels, wanted) if wanted is not None else None


def find_source(panels: Panels, wanted: str) -> SourceRow:
    """Find an article by id, a part of it, number or label.

    Raises NotFoundError, which lists those there are.
    """
    folded = wanted.casefold()
    for row in panels.sources:
        if folded in (row.article.casefold(), str(row.number), one_line(row.label).casefold()):
            return row
    known = [row.article for row in panels.sources]
    if _matches(wanted, known):
        whole = _one_of(wanted, known, "an article", panels.name)
        return next(row for row in panels.sources if row.article == whole)
    like = nearest(wanted, [*known, *(one_line(row.label) for row in panels.sources)])
    raise _not_in(panels, f"{wanted!r} is not an article of this briefing", like, known)


def _not_in(
    panels: Panels, message: str, like: Sequence[str], known: Sequence[str]
) -> NotFoundError:
    """Return the error; what is missing may stand in what could not be read."""
    hint = list_known(like, known)
    if panels.problems:
        hint += f" Not everything could be read: run briefing check {panels.name}."
    return NotFoundError(message, hint)
