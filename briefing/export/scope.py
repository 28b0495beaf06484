"""What of a briefing goes into one export: all of it, or what concerns one country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from briefing.compare.choosing import country_row
from briefing.compare.panels import CountryRow, Panels, SourceRow
from briefing.errors import NotFoundError
from briefing.export.utterances import Statement, gather_statements
from briefing.export.verifying import ChunkPlace
from briefing.model import Briefing

_MOST_CODES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The statements that stand under a country, or under none: its own, then those about it."""

    country: CountryRow | None
    own: tuple[Statement, ...] = ()
    about: tuple[Statement, ...] = ()

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All of them in the order of the memo."""
        return (*self.own, *self.about)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportScope:
    """The rows of one export; `footnotes` and `sources` are numbered from 1 as they will stand."""

    briefing: Briefing
    panels: Panels
    places: Mapping[tuple[str, str], ChunkPlace]
    country: CountryRow | None
    countries: tuple[CountryRow, ...]
    sections: tuple[Section, ...]
    footnotes: Mapping[Statement, int]
    sources: Mapping[str, int]
    source_rows: tuple[SourceRow, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All statements in the order of their footnotes."""
        return tuple(self.footnotes)


def choose_scope(
    briefing: Briefing,
    panels: Panels,
    places: Mapping[tuple[str, str], ChunkPlace],
    country: str | None,
) -> ExportScope:
    """Return what to export; raises NotFoundError when the briefing does not know the country."""
    chosen = _find_country(panels, country) if country is not None else None
    statements = gather_statements(panels.quotes, places)
    if chosen is not None:
        statements = tuple(found for found in statements if found.concerns(chosen.code))
    countries = (chosen,) if chosen is not None else panels.countries
    sections = _by_country(statements, countries)
    rows = panels.sources if chosen is None else _sources_of(panels, chosen, statements)
    ordered = [statement for section in sections for statement in section.statements]
    return ExportScope(
        briefing=briefing,
        panels=panels,
        places=places,
        country=chosen,
        countries=countries,
        sections=sections,
        footnotes={statement: number for number, statement in enumerate(ordered, 1)},
        sources={row.article: number for number, row in enumerate(rows, 1)},
        source_rows=rows,
    )


def _find_country(panels: Panels, code: str) -> CountryRow:
    row = country_row(panels, code) or country_row(panels, code.upper())
    if row is None:
        known = ", ".join(each.code for each in panels.countries[:_MOST_CODES]) or "none"
        raise NotFoundError(f"the briefing {panels.name} has no country {code}", f"It has: {known}")
    return row


def _by_country(
    statements: tuple[Statement, ...], countries: tuple[CountryRow, ...]
) -> tuple[Section, ...]:
    """Return each statement once: under its speaker's country, else the first it is about.

    What has no country among those shown comes last, under none.
    """
    codes = {row.code for row in countries}
    own: defaultdict[str | None, list[Statement]] = defaultdict(list)
    about: defaultdict[str | None, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.by in codes:
            own[statement.by].append(statement)
        else:
            about[next((code for code in statement.about if code in codes), None)].append(statement)
    sections = [
        Section(country=row, own=tuple(own[row.code]), about=tuple(about[row.code]))
        for row in countries
        if row.code in own or row.code in about
    ]
    return (*sections, *([Section(country=None, about=tuple(about[None]))] if about[None] else []))


def _sources_of(
    panels: Panels, country: CountryRow, statements: tuple[Statement, ...]
) -> tuple[SourceRow, ...]:
    """Return the sources that speak of the country in a statement or a position."""
    used = {row.article for found in statements for row in (*found.parts, *found.repeats)}
    used.update(note.article for note in country.ledger)
    return tuple(row for row in panels.sources if row.article in used)
