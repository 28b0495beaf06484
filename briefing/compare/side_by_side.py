"""Two countries, or two sources, set against each other; and positions as a matrix.

That has a row a country, a column a source, or a month or year. It only sorts the cues of the
ledgers into cells; what a country's cues add up to stays with the ledger.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal

from briefing.compare.panels import CountryRow, Panels, QuoteRow, StanceNote, Standing
from briefing.compare.same_words import join_objects
from briefing.compare.standing_words import OWN_VOICES, about_heading, country_counts, part_quotes
from briefing.isodates import days_of, in_words
from briefing.model import Article, Place, Record, SaidBy
from briefing.visible import one_line
from briefing.wording import NO_DATE, counted, quotes_in_words, short_date

Basis = Literal["country", "source"]


class Side(Record, frozen=True, kw_only=True):
    """What can stand in a column: a country by its code, or a source by its article's id.

    `badge` is the code or the number, `facts` its counts in words.
    """

    key: str
    badge: str
    name: str
    facts: str


class StanceCue(Record, frozen=True, kw_only=True):
    """A cue for a stance with its country and source; `sentence` is None where it was not read."""

    note: StanceNote
    code: str
    country: str
    source: str
    sentence: str | None = None

    @property
    def place(self) -> Place:
        """The sentence with the cue."""
        return self.note.place


class ComparedQuote(Record, frozen=True, kw_only=True):
    """A quote, and whether the other side has it as well."""

    row: QuoteRow
    shared: bool

    @property
    def place(self) -> Place:
        """Where the quote stands."""
        return self.row.place


class QuoteGroup(Record, frozen=True, kw_only=True):
    """The quotes of a side that stand under one heading."""

    heading: str
    quotes: tuple[ComparedQuote, ...]


class ComparedSide(Record, frozen=True, kw_only=True):
    """All that one side has: its cues for a stance, and its quotes by heading."""

    side: Side
    cues: tuple[StanceCue, ...]
    groups: tuple[QuoteGroup, ...]


class Comparison(Record, frozen=True, kw_only=True):
    """Two sides under the same headings, also where there is nothing under one of them."""

    title: str
    basis: Basis
    sides: tuple[ComparedSide, ComparedSide]


def sides(panels: Panels, basis: Basis) -> tuple[Side, ...]:
    """Return all that can stand in a column, in the order of the panels."""
    if basis == "country":
        return tuple(
            _side(
                row.code,
                row.code,
                row.name,
                country_counts(row),
                counted(row.mentions, "mention"),
                counted(row.articles, "article"),
            )
            for row in panels.countries
        )
    return tuple(
        _side(
            row.article,
            str(row.number),
            row.label,
            short_date(row.date),
            quotes_in_words(row.quotes, row.paraphrases),
            counted(row.countries, "country"),
        )
        for row in panels.sources
    )


def _side(key: str, badge: str, name: str, *facts: str) -> Side:
    return Side(key=key, badge=one_line(badge), name=one_line(name), facts=" · ".join(facts))


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
    """Return the pair, with another side in place of one that is no longer an option."""
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
    """Return the side after `here`, or before it, skipping `other`; the last leads to the first."""
    keys = [side.key for side in options if side.key != other]
    if here not in keys:
        return here
    return keys[(keys.index(here) + direction) % len(keys)]


def cues(
    panels: Panels, basis: Basis, key: str, articles: Mapping[str, Article] | None = None
) -> tuple[StanceCue, ...]:
    """Return the cues of a country in time order, or those of a source by country.

    Their sentences are taken from `articles`, by id.
    """
    return choose_cues(
        panels, lambda code, note: key == (code if basis == "country" else note.article), articles
    )


def choose_cues(
    panels: Panels,
    wanted: Callable[[str, StanceNote], bool],
    articles: Mapping[str, Article] | None = None,
) -> tuple[StanceCue, ...]:
    """Return the cues that are wanted of a country's code and its note, country by country."""
    labels = {row.article: row.label for row in panels.sources}
    return tuple(
        StanceCue(
            note=note,
            code=row.code,
            country=row.name,
            source=labels.get(note.article, note.article),
            sentence=_sentence(note, (articles or {}).get(note.article)),
        )
        for row in panels.countries
        for note in row.ledger
        if wanted(row.code, note)
    )


def _sentence(note: StanceNote, article: Article | None) -> str | None:
    chunks = article.chunks if article is not None else ()
    return next((one.text[note.start : note.end] for one in chunks if one.id == note.chunk), None)


def quote_groups(
    panels: Panels, basis: Basis, key: str, other: str | None
) -> tuple[QuoteGroup, ...]:
    """Return the quotes of a side: of a country those by it, then those about it.

    Shared are those that the other side has too, or a twin of. Both groups of a country are
    returned, and may be empty.
    """
    theirs: set[tuple[str, str, str]] = set()
    if other is not None:
        theirs = {row.key for _, rows in _quotes(panels, basis, other) for row in rows}
    return tuple(
        QuoteGroup(
            heading=heading,
            quotes=tuple(
                ComparedQuote(row=row, shared=row.key in theirs or not theirs.isdisjoint(row.also))
                for row in rows
            ),
        )
        for heading, rows in _quotes(panels, basis, key)
    )


def filled(groups: Sequence[QuoteGroup]) -> tuple[QuoteGroup, ...]:
    """Return the groups without an empty second one, or one empty group where none has a quote."""
    if not any(group.quotes for group in groups):
        return (QuoteGroup(heading="Quotes", quotes=()),)
    return (groups[0], *(group for group in groups[1:] if group.quotes))


def _quotes(panels: Panels, basis: Basis, key: str) -> tuple[tuple[str, Sequence[QuoteRow]], ...]:
    if basis == "source":
        return (("Quotes", [row for row in panels.quotes if row.article == key]),)
    names = {row.code: one_line(row.name) for row in panels.countries}
    own, about = part_quotes(panels.quotes, key)
    return ((OWN_VOICES, own), (about_heading(names.get(key, key)), about))


def compare(
    panels: Panels, basis: Basis, pair: tuple[str, str], articles: Mapping[str, Article]
) -> Comparison:
    """Return two sides of the panels with all that the screen shows of them.

    `pair` holds the keys of two of `sides(panels, basis)`, `articles` those that cues stand in.
    """
    options = {side.key: side for side in sides(panels, basis)}
    left, right = (
        ComparedSide(
            side=options[key],
            cues=cues(panels, basis, key, articles),
            groups=quote_groups(panels, basis, key, other),
        )
        for key, other in (pair, pair[::-1])
    )
    return Comparison(title=panels.title, basis=basis, sides=(left, right))


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
        columns=tuple(_columns(panels, basis, keys)),
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


def _columns(panels: Panels, basis: MatrixBasis, keys: AbstractSet[str]) -> Iterator[MatrixColumn]:
    """Yield sources in the order of the panels, or months or years; what is undated comes last."""
    for row in panels.sources if basis == "source" else ():
        if row.article in keys:
            date = short_date(row.date)
            yield MatrixColumn(key=row.article, badge=str(row.number), name=row.label, date=date)
    for key in sorted(keys, key=lambda key: (not key, key)) if basis == "time" else ():
        yield MatrixColumn(key=key, name=in_words(key, short=True) or key or NO_DATE)


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
