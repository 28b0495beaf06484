"""The ledgers of a briefing, shown in place of its quotes: positions and timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from briefing.compare.choosing import country_row
from briefing.compare.panels import Panels, Standing
from briefing.compare.place import Place
from briefing.compare.side_by_side import StanceCue
from briefing.compare.standing_words import part_cues, standing_words
from briefing.library import Library
from briefing.model import paragraph_numbers
from briefing.tui.kit.line_list import HeadLines, LineList
from briefing.tui.kit.quote_lines import cue_lines, rule_line, section_line, stance_piece
from briefing.tui.kit.text_lines import Line, Piece, cut, pad, width_of, wrap
from briefing.visible import one_line
from briefing.wording import NO_DATE, date_in_year, year_of

if TYPE_CHECKING:
    from briefing.compare.timeline import TimelineEntry

MOST_STANDINGS = 5
"""The objects of a country that are summed up above its cues."""
MOST_DATE = 20
"""The most cells the timeline's column of dates takes."""

SENTENCE_LINES = 4
"""The most lines a sentence takes in the timeline; the reader below has the rest."""


class PositionList(LineList[StanceCue]):
    """The ledger of positions: every cue for a stance, by country and by date."""

    def fill(self, panels: Panels, country: str | None, _: object) -> None:
        """Show the cues of all countries, or of one: where it stands, its own word, then others."""
        heads: dict[int, HeadLines] = {}
        row = country_row(panels, country)
        if row is not None:
            standings, at = row.standings[:MOST_STANDINGS], 0
            for heading, notes in part_cues(row.ledger):
                heads[at] = partial(_voice_head, standings if not at else (), heading, len(notes))
                at += len(notes)
        self.show(position_rows(panels, country), heads=heads)

    def height_of(self, item: StanceCue, width: int) -> int:
        """Return one line, or more where object or source do not fit beside the stance."""
        return len(self.lines_of(item, width))

    def lines_of(self, item: StanceCue, width: int) -> Sequence[Line]:
        """Return date, country, stance with its hedge and object, and the source."""
        return ledger_lines(item, width)


def ledger_lines(cue: StanceCue, width: int) -> tuple[Line, ...]:
    """Return date, country, stance with its hedge and object, and the source of a cue."""
    date = pad(one_line(cue.note.date or NO_DATE), 10)
    before = (
        Piece(f" {date} ", "soft" if cue.note.date else "faint"),
        Piece(pad(one_line(cue.code), 5), "code"),
    )
    return cue_lines(before, cue.note, cue.source, width)


def _voice_head(
    standings: Sequence[Standing], heading: str, number: int, width: int
) -> tuple[Line, ...]:
    """Return where a country stands on each object, and the heading over a part of its cues."""
    lines = []
    for one in standings:
        stance, rest = stance_piece(one.stance, one.latest), standing_words(one)
        ink = "warning" if one.conflicts else "soft"
        words = Piece(one_line(rest.removeprefix(one.stance)), ink)
        lines.append(cut((Piece(" "), stance, words), width))
    return (*lines, (), section_line(heading, number))


def position_rows(panels: Panels, country: str | None) -> list[StanceCue]:
    """Return the cues of one country, or of all, with the labels of their sources.

    A country's own word comes before what others say about it.
    """
    labels = {row.article: row.label for row in panels.sources}
    return [
        StanceCue(
            note=note,
            code=row.code,
            country=row.name,
            source=labels.get(note.article, note.article),
        )
        for row in panels.countries
        if country is None or row.code == country
        for _, notes in part_cues(row.ledger)
        for note in notes
    ]


class TimelineRow(NamedTuple):
    """An entry of the timeline, its paragraph, and whether the entry above has the same date."""

    entry: TimelineEntry
    paragraph: int | None
    again: bool = False

    @property
    def place(self) -> Place:
        """The sentence, or the top of the article that was published."""
        entry = self.entry
        if entry.chunk is None or entry.start is None or entry.end is None:
            return Place(entry.article)
        return Place(entry.article, entry.chunk, entry.start, entry.end)


def read_timeline(library: Library, panels: Panels) -> list[TimelineRow]:
    """Return the timeline of a briefing with the paragraph of each sentence.

    Raises BriefingError where the briefing or an article cannot be read.
    """
    numbers: dict[str, Mapping[str, int]] = {}
    rows = []
    for entry in library.timeline(panels.name):
        if entry.article not in numbers:
            numbers[entry.article] = paragraph_numbers(library.article(panels.name, entry.article))
        rows.append(TimelineRow(entry, numbers[entry.article].get(entry.chunk or "")))
    return rows


class TimelineList(LineList[TimelineRow]):
    """The dated sentences: the date at the left, the sentence, and its source below."""

    GAP: ClassVar[int] = 1
    date_width = MOST_DATE

    def fill(self, _: Panels, country: str | None, rows: Sequence[TimelineRow]) -> None:
        """Show what names a country, or all, each new year under a heading of its own."""
        heads: dict[int, HeadLines] = {}
        marked: list[TimelineRow] = []
        before = ""
        if country is not None:
            rows = [row for row in rows if country in row.entry.countries]
        for at, row in enumerate(rows):
            date = row.entry.date
            if year_of(date) != year_of(before):
                heads[at] = partial(_year_head, year_of(date))
            marked.append(row._replace(again=date == before))
            before = date
        widest = max((width_of(_date(row.entry)) for row in rows), default=0)
        self.date_width = min(widest + 4, MOST_DATE)
        self.show(marked, heads=heads)

    def height_of(self, item: TimelineRow, width: int) -> int:
        """Return the lines of its words, and one for its source."""
        return len(self._sentence(item.entry, width)) + 1

    def lines_of(self, item: TimelineRow, width: int) -> Sequence[Line]:
        """Return the date, the words, and their source."""
        entry = item.entry
        ink = "text" if entry.kind == "sentence" else "strong"
        first, *rest = self._sentence(entry, width)
        date = Piece(pad(f"  {_date(entry)}", self.date_width), "faint" if item.again else "soft")
        indent = Piece(" " * self.date_width)
        where = one_line(entry.source) + (f" ¶{item.paragraph}" if item.paragraph else "")
        if entry.kind == "published" and entry.text:
            where += " · published"
        return (
            (date, Piece(first, ink)),
            *((indent, Piece(line, ink)) for line in rest),
            cut((indent, Piece(where, "faint")), width),
        )

    def _sentence(self, entry: TimelineEntry, width: int) -> tuple[str, ...]:
        words = one_line(entry.text or "") or f"{one_line(entry.source)} is published"
        return wrap(words, width - self.date_width - 1, SENTENCE_LINES)


def _year_head(year: str, width: int) -> tuple[Line]:
    return (rule_line(year, "heading", width),)


def _date(entry: TimelineEntry) -> str:
    return one_line(date_in_year(entry.date, inferred=entry.basis == "inferred"))
