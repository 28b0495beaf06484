"""A column of the comparison: its country or source, the cues for a stance, the quotes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from briefing.compare.place import Place
from briefing.compare.side_by_side import Basis, ComparedQuote, QuoteGroup, Side, StanceCue
from briefing.tui.kit.bars import LineBar
from briefing.tui.kit.line_list import BLANK_LINE, HeadLines, LineList
from briefing.tui.kit.messages import Posted
from briefing.tui.kit.quote_lines import cue_lines, quote_lines, section_line
from briefing.tui.kit.text_lines import Line, Piece, cut, fit, length, pad, wrap
from briefing.visible import one_line
from briefing.wording import NO_DATE, counted

MARGIN = 2
"""The cells at the left, where `=` is shown."""


CompareRow: TypeAlias = StanceCue | ComparedQuote | str
"""A cue, a quote, or a message of the app."""


def place_in(row: CompareRow | None) -> Place | None:
    """Return the place of a row in its article, or None for a message."""
    return None if row is None or isinstance(row, str) else row.place


class CompareList(LineList[CompareRow]):
    """Cues, then quotes; those that the other column has as well are marked."""

    basis: Basis = "country"

    def show_side(
        self, basis: Basis, cues: Sequence[StanceCue], groups: Sequence[QuoteGroup]
    ) -> None:
        """Show the cues and quotes of a side, or nothing where it has neither."""
        self.basis = basis
        sections: list[tuple[str, Sequence[CompareRow]]] = [("Cues for a stance", cues)]
        sections += [(group.heading, group.quotes) for group in groups]
        rows: list[CompareRow] = []
        heads: dict[int, HeadLines] = {}
        head: tuple[Line, ...] = ()
        for heading, found in sections if any(found for _, found in sections) else ():
            head = (*head, section_line(heading, len(found)))
            if not found:
                head = (*head, (Piece("  none found", "faint"),), ())
                continue
            if isinstance(found[0], ComparedQuote):
                heads |= dict.fromkeys(range(len(rows), len(rows) + len(found)), BLANK_LINE)
            heads[len(rows)] = head
            rows += found
            head = ((),)
        if rows and not sections[-1][1]:
            heads[len(rows)] = head[:-2]
            rows.append("none found")
        self.show(rows, heads=heads)

    def select_place(self, place: Place) -> None:
        """Move the cursor to the row of that place, if there is one."""
        self.select_where(lambda row: place_in(row) == place)

    def lines_of(self, item: CompareRow, width: int) -> Sequence[Line]:
        """Return the lines of a cue, a quote or a message."""
        if isinstance(item, StanceCue):
            return self._cue(item, width)
        if isinstance(item, ComparedQuote):
            return _statement(item, width)
        lines = wrap(item, width - MARGIN - 1)
        return [(Piece(" " * MARGIN), Piece(line, "faint")) for line in lines]

    def _cue(self, cue: StanceCue, width: int) -> Sequence[Line]:
        note = cue.note
        if self.basis == "country":
            date = pad(one_line(note.date or NO_DATE), 12)
            first = Piece(date, "soft" if note.date else "faint")
        else:
            first = Piece(pad(one_line(cue.code), 6), "code")
        right = cue.source if self.basis == "country" else cue.country
        return cue_lines((Piece(" " * MARGIN), first), note, right, width)


def _statement(statement: ComparedQuote, width: int) -> tuple[Line, ...]:
    first, *rest = quote_lines(statement.row, width - MARGIN)
    mark = Piece("= " if statement.shared else "  ", "key")
    return ((mark, *first), *((Piece(" " * MARGIN), *line) for line in rest))


class Chooser(LineBar):
    """The country or source of the column, between the keys that change it."""

    class Turned(Posted):
        """The person clicked one of the keys of `chooser`."""

        chooser: Chooser
        direction: int

    _side: Side | None = None
    _count = ""

    def show(self, side: Side | None, number: int, total: int) -> None:
        """Show a side, the `number`th of `total`."""
        self._side, self._count = side, f"{number} of {total} " if side else ""
        self.refresh()

    def line(self, width: int) -> Line:
        """Return the side between its keys, and which of how many it is."""
        if self._side is None:
            return (Piece("  nothing to compare with", "faint"),)
        left = (Piece(" [ ", "key"), Piece(f"{self._side.badge} ", "code"))
        end = (Piece(" ] ", "key"), Piece(self._count, "faint"))
        room = width - length((*left, *end)) - 1
        return cut((*left, Piece(fit(self._side.name, room), "strong"), *end), width)

    def on_click(self, event: events.Click) -> None:
        """Go to the previous side, or, with a click right of its key, to the next."""
        self.post_message(self.Turned(self, -1 if event.x < 3 else 1))


class CompareColumn(Vertical):
    """A chooser above its list."""

    def __init__(self, name: str) -> None:
        super().__init__(id=name)
        self.chooser = Chooser()
        self.rows = CompareList(empty="")

    def compose(self) -> ComposeResult:
        """Lay out chooser and list."""
        yield self.chooser
        yield self.rows

    def show(
        self,
        basis: Basis,
        options: Sequence[Side],
        key: str | None,
        cues: Sequence[StanceCue],
        parts: Sequence[QuoteGroup],
    ) -> None:
        """Show the side `key` of `options` with its cues and quotes, or why there is none."""
        keys = [side.key for side in options]
        at = keys.index(key) if key in keys else -1
        side = options[at] if at >= 0 else None
        self.chooser.show(side, at + 1, len(options))
        self.rows.title(side.facts if side else "")
        self.rows.empty = _nothing(side, basis)
        self.rows.show_side(basis, cues, parts)


def _nothing(side: Side | None, basis: Basis) -> str:
    one, other = ("country", "sources") if basis == "country" else ("source", "countries")
    if side is None:
        return f"There is no other {one} here. Press m to compare {other}."
    return f"{side.name} has neither a cue for a stance nor a quote. Press ] for the next {one}."


def shared_words(parts: Sequence[QuoteGroup]) -> str:
    """Return how many statements are in both columns, with their mark."""
    shared = sum(each.shared for part in parts for each in part.quotes)
    return f"= {counted(shared, 'statement')} in both" if shared else "no statement in both"
