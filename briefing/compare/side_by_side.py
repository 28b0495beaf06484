"""Two countries, or two sources, set against each other: pure functions over `Panels`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from briefing.compare.panels import CountryRow, Panels, QuoteRow, SourceRow, StanceNote
from briefing.compare.voices import OWN_VOICES, about_heading, country_counts, part_quotes
from briefing.visible import one_line
from briefing.wording import counted, short_date

Basis = Literal["country", "source"]


class Side(NamedTuple):
    """What can stand in a column: a country by its code, or a source by its article's id.

    `badge` is the code or the number, `facts` what is told of it as a whole.
    """

    key: str
    badge: str
    name: str
    facts: str


class Cue(NamedTuple):
    """A cue for a stance, with the country and the source it belongs to."""

    note: StanceNote
    code: str
    country: str
    source: str


class Statement(NamedTuple):
    """A quote, and whether the other side has it as well."""

    row: QuoteRow
    shared: bool


class Part(NamedTuple):
    """The quotes of a side that stand under one heading."""

    heading: str
    statements: tuple[Statement, ...]


def sides(panels: Panels, basis: Basis) -> tuple[Side, ...]:
    """Return all that can stand in a column, in the order of the panels."""
    if basis == "country":
        return tuple(
            Side(row.code, one_line(row.code), one_line(row.name), _country_facts(row))
            for row in panels.countries
        )
    return tuple(
        Side(row.article, str(row.number), one_line(row.label), _source_facts(row))
        for row in panels.sources
    )


def _country_facts(row: CountryRow) -> str:
    parts = (
        country_counts(row),
        counted(row.mentions, "mention"),
        counted(row.articles, "article"),
    )
    return " · ".join(parts)


def _source_facts(row: SourceRow) -> str:
    parts = [
        short_date(row.date) if row.date is not None else "date unknown",
        counted(row.quotes, "quote"),
        counted(row.countries, "country", "countries"),
    ]
    return " · ".join(parts)


def first_pair(options: Sequence[Side], chosen: str | None) -> tuple[str | None, str | None]:
    """Return the chosen side and the next one: the two that the columns begin with."""
    keys = [side.key for side in options]
    at = keys.index(chosen) if chosen in keys else 0
    left = keys[at] if keys else None
    rest = [key for key in (*keys[at + 1 :], *keys) if key != left]
    return left, rest[0] if rest else None


def kept_pair(
    options: Sequence[Side], pair: tuple[str | None, str | None]
) -> tuple[str | None, str | None]:
    """Return the pair; one that is no longer an option gives way to the one after the other."""
    keys = {side.key for side in options}
    left, right = (key if key in keys else None for key in pair)
    if left is not None and right is not None:
        return left, right
    if left is None and right is not None:
        return first_pair(options, right)[::-1]
    return first_pair(options, left)


def next_side(
    options: Sequence[Side], here: str | None, other: str | None, direction: int
) -> str | None:
    """Return the side after `here`, or before it, going round and passing over `other`."""
    keys = [side.key for side in options if side.key != other]
    if here not in keys:
        return here
    return keys[(keys.index(here) + direction) % len(keys)]


def cues(panels: Panels, basis: Basis, key: str) -> tuple[Cue, ...]:
    """Return the cues of a country in time order, or those of a source by country."""
    labels = {row.article: row.label for row in panels.sources}
    return tuple(
        Cue(note, row.code, row.name, labels.get(note.article, note.article))
        for row in panels.countries
        for note in row.ledger
        if key == (row.code if basis == "country" else note.article)
    )


def parts(panels: Panels, basis: Basis, key: str, other: str | None) -> tuple[Part, ...]:
    """Return the quotes of a side: of a country those by it, then those about it.

    Shared are those that the other side has too, or a twin of.
    """
    theirs: set[tuple[str, str, str]] = set()
    if other is not None:
        theirs = {_name(row) for _, rows in _quotes(panels, basis, other) for row in rows}
    return tuple(
        Part(
            heading,
            tuple(
                Statement(row, shared=_name(row) in theirs or not theirs.isdisjoint(row.also))
                for row in rows
            ),
        )
        for heading, rows in _quotes(panels, basis, key)
    )


def _quotes(panels: Panels, basis: Basis, key: str) -> tuple[tuple[str, Sequence[QuoteRow]], ...]:
    if basis == "source":
        return (("Quotes", [row for row in panels.quotes if row.article == key]),)
    names = {row.code: one_line(row.name) for row in panels.countries}
    own, about = part_quotes(panels.quotes, key)
    if not own and not about:
        return (("Quotes", ()),)
    heard = (OWN_VOICES, own)
    return (heard, (about_heading(names.get(key, key)), about)) if about else (heard,)


def _name(row: QuoteRow) -> tuple[str, str, str]:
    return row.article, row.chunk, row.quote.id
