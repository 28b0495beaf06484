"""Two countries, or two sources, side by side: their cues and quotes, and what both have."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import DescendantFocus
from textual.reactive import var

from briefing.compare.side_by_side import (
    Basis,
    ComparedQuote,
    QuoteGroup,
    cues,
    filled,
    first_pair,
    kept_pair,
    next_side,
    quote_groups,
    sides,
)
from briefing.library import Library
from briefing.tui.compare.column import Chooser, CompareColumn, place_in, shared_words
from briefing.tui.kit.bars import KeyBar, Tab, TabStrip
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.line_list import LineList
from briefing.tui.kit.messages import CompareWanted
from briefing.tui.kit.panels_screen import PanelsScreen

COLUMNS = ("left", "right")

Pair = tuple[str | None, str | None]


class CompareScreen(PanelsScreen):
    """Compares two sides; all it shows comes from the panels of a briefing."""

    BINDINGS = keys_of("compare")
    AUTO_FOCUS = "#left CompareList"

    basis: var[Basis] = var("country", init=False)
    pair: var[Pair] = var((None, None), init=False)
    column: var[int] = var(0, init=False)

    def __init__(self, library: Library, wanted: CompareWanted) -> None:
        super().__init__(library, wanted.panels)
        panels = wanted.panels
        self._pairs: dict[Basis, Pair] = {
            "country": first_pair(sides(panels, "country"), wanted.country),
            "source": first_pair(sides(panels, "source"), wanted.article),
        }
        self.set_reactive(CompareScreen.pair, self._pairs["country"])

        self._tabs = TabStrip([Tab(each, each) for each in COLUMNS])
        self._columns = [CompareColumn(each) for each in COLUMNS]

    def compose(self) -> ComposeResult:
        """Lay out heading, tabs, the two columns and keys."""
        yield self._heading
        yield self._tabs
        with Horizontal(id="sides"):
            yield from self._columns
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill the columns."""
        self.watch_column()
        self.watch_pair()

    def show_panels(self) -> None:
        """Show the new panels, keeping both sides and the selected rows where they still exist."""
        selected = [place_in(each.rows.chosen) for each in self._columns]
        for basis, pair in self._pairs.items():
            self._pairs[basis] = kept_pair(sides(self.panels, basis), pair)
        self.set_reactive(CompareScreen.pair, self._pairs[self.basis])
        self.watch_pair()
        for column, place in zip(self._columns, selected, strict=True):
            if place is not None:
                column.rows.select_place(place)

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
            column.show(basis, options, key, found, statements)
        labels = [names.get(key or "", "—") for key in self.pair]
        self._tabs.relabel([Tab(*each) for each in zip(COLUMNS, labels, strict=True)])
        detail = "compare countries" if basis == "country" else "compare sources"
        self._heading.show(panels.title, detail, (shared_words(statements),))

    def watch_column(self) -> None:
        """Show the column on a narrow screen."""
        for at, each in enumerate(self._columns):
            each.set_class(at == self.column, "-shown")
        self._tabs.show(COLUMNS[self.column])

    # What the person does

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Remember the column that has the focus."""
        if event.widget.parent in self._columns:
            self.column = self._columns.index(event.widget.parent)

    def on_tab_strip_picked(self, message: TabStrip.Picked) -> None:
        """Show the column of the tab."""
        self._focus(COLUMNS.index(message.panel))

    def on_chooser_turned(self, message: Chooser.Turned) -> None:
        """Change the column whose chooser was clicked."""
        self._focus([each.chooser for each in self._columns].index(message.chooser))
        self.action_turn(message.direction)

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Open the article at the cue or quote."""
        place = place_in(message.item)
        if place is not None:
            self.open_place(place, self.pair[self.column] if self.basis == "country" else None)

    def _focus(self, column: int) -> None:
        self.column = column
        self.set_focus(self._columns[column].rows)

    def action_column(self, direction: int) -> None:
        """Go to the other column."""
        self._focus((self.column + direction) % len(COLUMNS))

    def action_turn(self, direction: int) -> None:
        """Show the next side, or the previous one, in the column that has the focus."""
        here, other = self.pair[self.column], self.pair[1 - self.column]
        new = next_side(sides(self.panels, self.basis), here, other, direction)
        self.pair = (new, other) if self.column == 0 else (other, new)

    def action_switch(self) -> None:
        """Compare sources instead of countries, or countries again."""
        self.basis = "source" if self.basis == "country" else "country"

    def action_yank(self) -> None:
        """Copy the quote under the cursor, with its source."""
        selected = self._columns[self.column].rows.chosen
        self.copy_row(selected.row if isinstance(selected, ComparedQuote) else None)
