"""Two countries, or two sources, side by side: their cues and quotes, and what both have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

from textual import events
from textual.reactive import var

from briefing.compare.side_by_side import (
    Basis,
    ComparedQuote,
    QuoteGroup,
    Side,
    StanceCue,
    cues,
    filled,
    first_pair,
    kept_pair,
    next_side,
    quote_groups,
    sides,
)
from briefing.library import Library
from briefing.model import Place
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.line_list import BLANK_LINE, HeadLines, LineList
from briefing.tui.kit.messages import PanelsWanted
from briefing.tui.kit.panels_screen import SidesScreen
from briefing.tui.kit.quote_lines import cue_lines, quote_lines, section_line
from briefing.tui.kit.text_lines import Line, Piece, pad, wrap
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
    """Cues, then quotes; those that the other column has as well are marked.

    The title is the country or source, between the keys that change it, as a click there does.
    """

    basis: Basis = "country"

    def __init__(self, name: str, turn: Callable[[str, int], object]) -> None:
        super().__init__(id=name, empty="")
        self._turn = partial(turn, name)

    async def on_click(self, event: events.Click) -> None:
        """Go to the next side, or, with a click at the left end of the title, to the previous."""
        if event.y == 0:
            self._turn(-1 if event.x < 6 else 1)

    def show_side(
        self,
        basis: Basis,
        options: Sequence[Side],
        key: str | None,
        cues: Sequence[StanceCue],
        groups: Sequence[QuoteGroup],
    ) -> None:
        """Show the side `key` of `options` with its cues and quotes, or why there is none."""
        self.basis = basis
        side = next((each for each in options if each.key == key), None)
        self.empty = _nothing(side, basis)
        if side is None:
            self.title("nothing to compare with")
        else:
            name, at = f"{one_line(side.badge)} {one_line(side.name)}", options.index(side) + 1
            self.title(f"[ {name} ] {at:,} of {len(options):,}", one_line(side.facts))
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


def _nothing(side: Side | None, basis: Basis) -> str:
    one, other = ("country", "sources") if basis == "country" else ("source", "countries")
    if side is None:
        return f"There is no other {one} here. Press m to compare {other}."
    return f"{side.name} has neither a cue for a stance nor a quote. Press ] for the next {one}."


Pair = tuple[str | None, str | None]


class CompareScreen(SidesScreen):
    """Compares two sides; all it shows comes from the panels of a briefing."""

    BINDINGS = keys_of("compare")
    AUTO_FOCUS = "#left"

    basis: var[Basis] = var("country", init=False)
    pair: var[Pair] = var((None, None), init=False)

    def __init__(self, library: Library, wanted: PanelsWanted) -> None:
        panels = wanted.panels
        self._columns = [CompareList(each, self._turn) for each in ("left", "right")]
        super().__init__(library, panels, self._columns)
        self._pairs: dict[Basis, Pair] = {
            "country": first_pair(sides(panels, "country"), wanted.country),
            "source": first_pair(sides(panels, "source"), wanted.article),
        }
        self.set_reactive(CompareScreen.pair, self._pairs["country"])

    def on_mount(self) -> None:
        """Fill the columns."""
        self.watch_side()
        self.watch_pair()

    def show_panels(self) -> None:
        """Show the new panels, keeping both sides and the selected rows where they still exist."""
        selected = [place_in(each.chosen) for each in self._columns]
        for basis, pair in self._pairs.items():
            self._pairs[basis] = kept_pair(sides(self.panels, basis), pair)
        self.set_reactive(CompareScreen.pair, self._pairs[self.basis])
        self.watch_pair()
        for column, place in zip(self._columns, selected, strict=True):
            if place is not None:
                column.select_place(place)

    # What the columns show

    def watch_basis(self, basis: Basis) -> None:
        """Show the pair of that basis."""
        self.pair = self._pairs[basis]
        self.watch_pair()

    def watch_pair(self) -> None:
        """Fill both columns, each with what it shares with the other marked."""
        basis, panels = self.basis, self.panels
        self._pairs[basis] = self.pair
        options = sides(panels, basis)
        names = {side.key: side.name for side in options}
        statements: tuple[QuoteGroup, ...] = ()
        for column, key, other in zip(self._columns, self.pair, reversed(self.pair), strict=True):
            statements = filled(quote_groups(panels, basis, key, other)) if key is not None else ()
            found = cues(panels, basis, key) if key is not None else ()
            column.show_side(basis, options, key, found, statements)
        self.label(*(names.get(key or "", "—") for key in self.pair))
        detail = "compare countries" if basis == "country" else "compare sources"
        shared = sum(each.shared for group in statements for each in group.quotes)
        words = f"= {counted(shared, 'statement')} in both" if shared else "no statement in both"
        self._heading.show(panels.title, detail, (words,))

    # What the person does

    def _turn(self, column: str, direction: int) -> None:
        """Change the column whose title was clicked."""
        self.go_to(self._names.index(column))
        self.action_turn(direction)

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Open the article at the cue or quote."""
        place = place_in(message.item)
        if place is not None:
            self.open_place(place, self.pair[self.side] if self.basis == "country" else None)

    def action_turn(self, direction: int) -> None:
        """Show the next side, or the previous one, in the column that has the focus."""
        here, other = self.pair[self.side], self.pair[1 - self.side]
        new = next_side(sides(self.panels, self.basis), here, other, direction)
        self.pair = (new, other) if self.side == 0 else (other, new)

    def action_switch(self) -> None:
        """Compare sources instead of countries, or countries again."""
        self.basis = "source" if self.basis == "country" else "country"

    def action_yank(self) -> None:
        """Copy the quote under the cursor, with its source."""
        selected = self._columns[self.side].chosen
        self.copy_row(selected.row if isinstance(selected, ComparedQuote) else None)
