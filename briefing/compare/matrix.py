"""Positions as a matrix: a row a country, a column a source, or a month or year.

It only sorts the cues of the ledgers into cells. What a cell shows are the stances of its cues,
each with who says so; what a country's cues add up to stays with the ledger.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal

from briefing.compare.panels import CountryRow, Panels, StanceNote, Standing
from briefing.compare.same_words import join_objects
from briefing.isodates import days_of, in_words
from briefing.model import Record, SaidBy
from briefing.wording import NO_DATE, short_date

MatrixBasis = Literal["source", "time"]
MOST_MONTHS = 24
"""The longest span, in months, that is shown by month; a longer one is shown by year."""


class MatrixColumn(Record, frozen=True, kw_only=True):
    """A source by its article's id, or a month or year by its ISO value, empty for undated cues.

    `badge` is the number of the source, or nothing; `name` its label, or the month in words.
    """

    key: str
    badge: str = ""
    name: str
    date: str = ""


class StanceMark(Record, frozen=True, kw_only=True):
    """A stance in a cell, in the country's own word or as others say; in how many cues."""

    stance: str
    said_by: SaidBy
    cues: int
    ruled: bool = False


class MatrixCell(Record, frozen=True, kw_only=True):
    """The cues of a country in a column, in time order, and their stances, own word first.

    `at_odds` is whether one of the cues is of those that disagree by the country's ledger.
    """

    column: str
    marks: tuple[StanceMark, ...]
    notes: tuple[StanceNote, ...]
    at_odds: bool = False


class MatrixRow(Record, frozen=True, kw_only=True):
    """A country, where it stands by its ledger, and its cells that have cues."""

    code: str
    name: str
    standing: Standing | None
    cells: tuple[MatrixCell, ...]


class Matrix(Record, frozen=True, kw_only=True):
    """The countries and columns with a cue.

    `shortened` has the stances, the most frequent first, each with the shortest beginning that no
    other has.
    """

    basis: MatrixBasis
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    shortened: Mapping[str, str]


def build_matrix(panels: Panels, basis: MatrixBasis, country: str | None = None) -> Matrix:
    """Return the cues of the panels by country, all or that one, and by source or time."""
    found = [row for row in panels.countries if row.ledger]
    names = join_objects([note.object for row in found for note in row.ledger if note.object])
    acting = [row for row in found if country in (None, row.code)]
    notes = [note for row in acting for note in row.ledger]
    by_month = _span([note.date for note in notes if note.date]) <= MOST_MONTHS
    size = len("2020-01") if by_month else len("2020")

    def column_of(note: StanceNote) -> str:
        return note.article if basis == "source" else (note.date or "").partition("/")[0][:size]

    keys = {column_of(note) for note in notes}
    stances = [stance for stance, _ in Counter(note.stance for note in notes).most_common()]
    return Matrix(
        basis=basis,
        columns=_source_columns(panels, keys) if basis == "source" else _time_columns(keys),
        rows=tuple(_row(row, column_of, names) for row in acting),
        shortened=_shorten(stances),
    )


def _span(dates: Iterable[str]) -> int:
    """Return how many months there are from the first date to the end of the last."""
    days = [found for found in map(days_of, dates) if found is not None]
    if not days:
        return 0
    first, last = min(start for start, _ in days), max(end for _, end in days)
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _source_columns(panels: Panels, keys: AbstractSet[str]) -> tuple[MatrixColumn, ...]:
    return tuple(
        MatrixColumn(
            key=row.article, badge=str(row.number), name=row.label, date=short_date(row.date)
        )
        for row in panels.sources
        if row.article in keys
    )


def _time_columns(keys: AbstractSet[str]) -> tuple[MatrixColumn, ...]:
    """Return months or years in order; what is undated comes last."""
    ordered = sorted(keys, key=lambda key: (not key, key))
    return tuple(
        MatrixColumn(key=key, name=in_words(key, short=True) or key or NO_DATE) for key in ordered
    )


def _row(
    row: CountryRow, column_of: Callable[[StanceNote], str], names: Mapping[str, str]
) -> MatrixRow:
    by_column: defaultdict[str, list[StanceNote]] = defaultdict(list)
    for note in row.ledger:
        by_column[column_of(note)].append(note)
    at_odds = _find_odds(row, names)
    cells = tuple(
        MatrixCell(
            column=key,
            marks=_marks(notes),
            notes=tuple(notes),
            at_odds=any(note in at_odds for note in notes),
        )
        for key, notes in by_column.items()
    )
    standing = row.standings[0] if row.standings else None
    return MatrixRow(code=row.code, name=row.name, standing=standing, cells=cells)


def _find_odds(row: CountryRow, names: Mapping[str, str]) -> list[StanceNote]:
    """Return the cues of a country that disagree: those of its standings' latest dates."""
    matters = {names[note.object] for note in row.ledger if note.object}
    only = next(iter(matters)) if len(matters) == 1 else None
    odd = {
        (names.get(one.object or ""), one.latest.date, stance)
        for one in row.standings
        for stance in one.at_odds
    }
    return [
        note
        for note in row.ledger
        if (names[note.object] if note.object else only, note.date, note.stance) in odd
    ]


def _marks(notes: Sequence[StanceNote]) -> tuple[StanceMark, ...]:
    """Return the stances of cues: own word first, then what was ruled, then what is frequent."""
    found: defaultdict[tuple[SaidBy, str], list[StanceNote]] = defaultdict(list)
    for note in notes:
        found[note.said_by, note.stance].append(note)
    marks = (
        StanceMark(
            stance=stance,
            said_by=said_by,
            cues=len(each),
            ruled=any(note.ruled for note in each),
        )
        for (said_by, stance), each in found.items()
    )
    return tuple(
        sorted(marks, key=lambda mark: (mark.said_by != "self", not mark.ruled, -mark.cues))
    )


def _shorten(stances: Sequence[str]) -> Mapping[str, str]:
    """Return for each stance its shortest beginning of two letters or more that no other has."""
    return {
        stance: next(
            (
                stance[:size]
                for size in range(2, len(stance))
                if not any(each.startswith(stance[:size]) for each in stances if each != stance)
            ),
            stance,
        )
        for stance in stances
    }
