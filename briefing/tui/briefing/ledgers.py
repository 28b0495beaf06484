"""The ledgers of a briefing, shown in place of its quotes: positions, timeline, what to rule on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from briefing.compare.choosing import country_row, no_dates, no_positions
from briefing.compare.panels import Panels, Standing
from briefing.compare.side_by_side import StanceCue, choose_cues
from briefing.compare.standing_words import part_cues, standing_words
from briefing.library import Library
from briefing.model import Place, paragraph_numbers
from briefing.tui.briefing.panel_lists import country_names
from briefing.tui.kit.line_list import HeadLines, LineList, RowData
from briefing.tui.kit.quote_lines import HAND, cue_lines, rule_line, section_line, stance_piece
from briefing.tui.kit.text_lines import Line, Piece, cut, pad, spread, width_of, wrap
from briefing.tui.kit.themes import stance_ink
from briefing.visible import one_line
from briefing.wording import NO_DATE, date_in_year, paragraph_words, year_of

if TYPE_CHECKING:
    from briefing.annotate.positions.unruled import Unruled
    from briefing.compare.timeline import TimelineEntry

MOST_STANDINGS = 5
"""The objects of a country that are summed up above its cues."""
MOST_DATE = 20
"""The most cells the timeline's column of dates takes."""

SENTENCE_LINES = 4
"""The most lines a sentence takes; the reader below has the rest."""


class LedgerList(LineList[RowData]):
    """A list that is shown in place of the quotes, of what is read for it."""

    TITLE: ClassVar[str]
    WAITING: ClassVar[str] = ""
    """What it says until its rows are read; nothing where it needs none."""
    FAILED: ClassVar[str] = ""
    """What it says where they cannot be read."""
    read: ClassVar[staticmethod[[Library, Panels], Sequence[Any]]]
    """Returns its rows; runs in a thread, and raises BriefingError."""
    reason: ClassVar[staticmethod[[Panels, str | None], str]]
    """Returns why it may have no row, where only a country is chosen."""
    parts: ClassVar[staticmethod[[Panels], object]] = staticmethod(lambda _: None)
    """Returns what of the panels it shows beside its rows."""
    fill: Callable[[Panels, str | None, Sequence[Any]], None]
    """Shows what of its rows is of a country, or all."""

    def update(self, panels: Panels, country: str | None, rows: Sequence[Any] | None) -> None:
        """Show what there is to show now; `rows` is None while they are being read."""
        empty = self.reason(panels, country)
        if self.is_new(self.parts(panels), country, rows, empty):
            self.empty = empty
            self.title(self.TITLE, *country_names(panels, country))
            if rows is None and self.WAITING:
                self.show_nothing(self.WAITING)
            else:
                self.fill(panels, country, rows or ())


class PositionList(LedgerList[StanceCue]):
    """The ledger of positions: every cue for a stance, by country and by date."""

    TITLE: ClassVar[str] = "Positions"
    reason = staticmethod(no_positions)
    parts = staticmethod(lambda panels: (panels.countries, panels.sources))

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
        stance, words = stance_piece(one.stance, one.latest), one_line(standing_words(one))
        ink = "warning" if one.conflicts else "soft"
        rest = Piece(words.removeprefix(one_line(one.stance)), ink)
        lines.append(cut((Piece(" "), stance, rest), width))
    return (*lines, (), section_line(heading, number))


def position_rows(panels: Panels, country: str | None) -> list[StanceCue]:
    """Return the cues of one country, or of all, its own word before what others say about it."""
    found = choose_cues(panels, lambda code, _: country in (None, code))
    by_country = groupby(found, key=lambda cue: cue.code)
    return [
        cue
        for _, cues in by_country
        for cue in sorted(cues, key=lambda cue: cue.note.said_by != "self")
    ]


class TimelineRow(NamedTuple):
    """An entry of the timeline, and whether the entry above has the same date."""

    entry: TimelineEntry
    again: bool = False

    @property
    def place(self) -> Place:
        """The sentence, or the top of the article that was published."""
        entry = self.entry
        if entry.chunk is None or entry.start is None or entry.end is None:
            return Place(entry.article)
        return Place(entry.article, entry.chunk, entry.start, entry.end)


class TimelineList(LedgerList[TimelineRow]):
    """The dated sentences: the date at the left, the sentence, and its source below."""

    GAP: ClassVar[int] = 1
    TITLE: ClassVar[str] = "Timeline"
    WAITING: ClassVar[str] = "Reading the dates …"
    FAILED: ClassVar[str] = "The dates could not be read."
    reason = staticmethod(no_dates)
    date_width = MOST_DATE

    @staticmethod
    def read(library: Library, panels: Panels) -> Sequence[TimelineRow]:
        """Return the timeline of a briefing."""
        return [TimelineRow(entry) for entry in library.timeline(panels.name)]

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
                heads[at] = partial(rule_line, year_of(date), "heading")
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
        where = one_line(paragraph_words(entry.source, entry.paragraph))
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


def _date(entry: TimelineEntry) -> str:
    return one_line(date_in_year(entry.date, inferred=entry.basis == "inferred"))


class UnruledRow(NamedTuple):
    """A sentence to rule on, its source and paragraph."""

    sentence: Unruled
    source: str
    paragraph: int | None

    @property
    def place(self) -> Place:
        """The sentence in its article."""
        each = self.sentence
        return Place(each.article, each.chunk, each.start, each.end)


class UnruledList(LedgerList[UnruledRow]):
    """Sentences with the countries that may act in them; a ruled one keeps its row.

    One country of the sentence under the cursor is chosen: a stance is given to it.
    """

    GAP: ClassVar[int] = 1
    TITLE: ClassVar[str] = "To rule on"
    WAITING: ClassVar[str] = "Looking for sentences …"
    FAILED: ClassVar[str] = "The sentences could not be read."
    reason = staticmethod(lambda *_: "No sentence is left to rule on. Press p for the positions.")

    def __init__(self, *, id: str, empty: str = "") -> None:  # noqa: A002
        super().__init__(id=id, empty=empty)
        self._countries: dict[Place, int] = {}
        self._ruled: dict[Place, str] = {}
        self._wanted: str | None = None

    @staticmethod
    def read(library: Library, panels: Panels) -> Sequence[UnruledRow]:
        """Return the sentences to rule on."""
        labels = {row.article: row.label for row in panels.sources}
        numbers = cache(lambda article: paragraph_numbers(library.article(panels.name, article)))
        return [
            UnruledRow(
                each, labels.get(each.article, each.article), numbers(each.article).get(each.chunk)
            )
            for each in library.unruled(panels.name)
        ]

    def fill(self, _: Panels, country: str | None, rows: Sequence[UnruledRow]) -> None:
        """Show the sentences of a country, or all; the country is the one chosen in each."""
        self._wanted = country
        self.show([row for row in rows if country is None or country in row.sentence.countries])

    def forget(self) -> None:
        """Forget what was ruled: the sentences are read again."""
        self._ruled.clear()
        self.repaint()

    def country_of(self, row: UnruledRow) -> str | None:
        """Return the country of a sentence that a stance would be given to."""
        codes = row.sentence.countries
        first = codes.index(self._wanted) if self._wanted in codes else 0
        return codes[self._countries.get(row.place, first) % len(codes)] if codes else None

    def choose_country(self, direction: int) -> None:
        """Choose the next country of the sentence under the cursor, or the one before."""
        row = self.chosen
        if row is not None:
            at = row.sentence.countries.index(self.country_of(row) or "")
            self._countries[row.place] = at + direction
            self.repaint()

    def note_ruling(self, stance: str) -> None:
        """Show the stance at the sentence under the cursor, and go on to the next."""
        row = self.chosen
        if row is not None:
            self._ruled[row.place] = stance
            self._rows.clear()
            self.action_line(1)
            if row is self.chosen:
                self.repaint()

    def count_note(self) -> str:
        """Return the number of the sentence and how many are ruled."""
        note = super().count_note()
        return f"{note} · {len(self._ruled)} ruled" if self._ruled else note

    def height_of(self, item: UnruledRow, width: int) -> int:
        """Return the lines of the sentence, and one for its countries."""
        return len(_words(item, width)) + 1

    def lines_of(self, item: UnruledRow, width: int) -> Sequence[Line]:
        """Return the sentence, and below it its ruling, its countries and its source."""
        stance = self._ruled.get(item.place)
        ink = "text" if stance is None else "faint"
        words = [(Piece(" "), Piece(line, ink)) for line in _words(item, width)]
        chosen = self.country_of(item)
        codes = item.sentence.countries
        below = [Piece(" ")]
        if stance is not None:
            ink = "soft" if stance == "none" else stance_ink(stance)
            below += [Piece(f"{HAND} ", "accent"), Piece(f"{one_line(stance)} ", ink)]
        below += [Piece(f"{one_line(c)} ", "badge" if c == chosen else "faint") for c in codes]
        where = one_line(paragraph_words(item.source, item.paragraph))
        return (*words, spread(cut(below, width), (Piece(f"{where} ", "faint"),), width))


def _words(row: UnruledRow, width: int) -> tuple[str, ...]:
    return wrap(one_line(row.sentence.exact), width - 2, SENTENCE_LINES)
