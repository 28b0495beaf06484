"""Two countries, or two sources, side by side: their cues and quotes, and what both have."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import DescendantFocus
from textual.reactive import var

from briefing.compare.choosing import source_row
from briefing.compare.citing import citation_of, whereabouts
from briefing.compare.panels import Panels
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
from briefing.tui.compare.column import (
    Chooser,
    CompareColumn,
    CompareList,
    CompareRow,
    shared_words,
)
from briefing.tui.kit.bars import KeyBar, Tab, TabStrip, TitleBar
from briefing.tui.kit.line_list import LineList
from briefing.tui.kit.messages import ArticleWanted, CatalogNews
from briefing.tui.reader.reading import PanelsScreen
from briefing.visible import visible

COLUMNS = ("left", "right")

Pair = tuple[str | None, str | None]


class CompareScreen(PanelsScreen):
    """Holds which two stand side by side; all it shows comes from the panels."""

    CSS_PATH = Path(__file__).with_name("compare.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_square_bracket", "turn(-1)", "Before", key_display="[", id="compare.before",
                tooltip="Put the country or source before into this column"),
        Binding("right_square_bracket", "turn(1)", "Next", key_display="]", id="compare.next",
                tooltip="Put the next country or source into this column"),
        Binding("m", "switch", "Switch", id="compare.switch",
                tooltip="Compare sources instead of countries, or countries again"),
        Binding("tab,l,right", "column(1)", "Other column", key_display="tab", id="compare.column",
                tooltip="To the other column"),
        Binding("shift+tab,h,left", "column(-1)", "Column before", show=False,
                id="compare.previous-column", tooltip="To the other column"),
        Binding("y", "yank", "Copy", id="compare.yank",
                tooltip="Copy the chosen quote with its speaker and source"),
        Binding("escape,c", "dismiss", "Back", key_display="esc", id="compare.back",
                tooltip="Back to the briefing"),
    ]  # fmt: skip
    AUTO_FOCUS = "#left CompareList"

    basis: var[Basis] = var("country", init=False)
    pair: var[Pair] = var((None, None), init=False)
    column: var[int] = var(0, init=False)

    def __init__(
        self, library: Library, panels: Panels, country: str | None, article: str | None
    ) -> None:
        super().__init__(library, panels.name)
        self.panels = panels
        self._pairs: dict[Basis, Pair] = {
            "country": first_pair(sides(panels, "country"), country),
            "source": first_pair(sides(panels, "source"), article),
        }
        self.set_reactive(CompareScreen.pair, self._pairs["country"])

    def compose(self) -> ComposeResult:
        """Lay out heading, tabs, the two columns and keys."""
        yield TitleBar(id="heading")
        yield TabStrip([Tab(each, each) for each in COLUMNS], id="tabs")
        with Horizontal(id="columns"):
            for each in COLUMNS:
                yield CompareColumn(id=each, classes="column")
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill the columns."""
        self.watch_column()
        self.watch_pair()

    # What was read

    def on_catalog_news(self, message: CatalogNews) -> None:
        """Read the panels again when the briefing has changed."""
        if self.briefing in message.changed:
            self.read_panels()

    def on_panels_screen_panels_ready(self, message: PanelsScreen.PanelsReady) -> None:
        """Show the new panels, keeping both sides and the rows chosen where they still exist."""
        chosen = [row.place if (row := rows.chosen) else None for rows in self._lists()]
        self.panels = message.panels
        for basis, pair in self._pairs.items():
            self._pairs[basis] = kept_pair(sides(self.panels, basis), pair)
        self.set_reactive(CompareScreen.pair, self._pairs[self.basis])
        self.watch_pair()
        for rows, place in zip(self._lists(), chosen, strict=True):
            if place is not None:
                rows.select_place(place)

    def on_panels_screen_failed(self, message: PanelsScreen.Failed) -> None:
        """Say why what is shown is no longer what the library has."""
        self.notify(visible(message.error.message), severity="warning", markup=False)

    def _lists(self) -> list[CompareList]:
        return [self.query_exactly_one(f"#{each} CompareList", CompareList) for each in COLUMNS]

    # What stands in the columns

    def watch_basis(self, basis: Basis) -> None:
        """Show the pair of that basis."""
        self.pair = self._pairs[basis]
        self.watch_pair()

    def watch_pair(self) -> None:
        """Fill both columns: what one has decides what is marked in the other."""
        basis, panels = self.basis, self.panels
        self._pairs[basis] = self.pair
        options = sides(panels, basis)
        names = {side.key: side.name for side in options}
        told: tuple[QuoteGroup, ...] = ()
        for each, key, other in zip(COLUMNS, self.pair, reversed(self.pair), strict=True):
            column = self.query_exactly_one(f"#{each}", CompareColumn)
            told = filled(quote_groups(panels, basis, key, other)) if key is not None else ()
            noted = cues(panels, basis, key) if key is not None else ()
            column.show(basis, options, key, noted, told)
        tabs = [
            Tab(each, names.get(key or "", "—"))
            for each, key in zip(COLUMNS, self.pair, strict=True)
        ]
        self.query_exactly_one(TabStrip).relabel(tabs)
        detail = "compare countries" if basis == "country" else "compare sources"
        heading = self.query_exactly_one(TitleBar)
        heading.show(self.panels.title, detail, (shared_words(told),))

    def watch_column(self) -> None:
        """Show the column on a narrow screen."""
        shown = COLUMNS[self.column]
        for each in self.query(".column"):
            each.set_class(each.id == shown, "-shown")
        self.query_exactly_one(TabStrip).show(shown)

    # What the person does

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Remember the column that has the focus."""
        column = event.widget.parent
        if isinstance(column, CompareColumn) and column.id in COLUMNS:
            self.column = COLUMNS.index(column.id)

    def on_tab_strip_picked(self, message: TabStrip.Picked) -> None:
        """Show the column of the tab."""
        self._focus(COLUMNS.index(message.panel))

    def on_chooser_turned(self, message: Chooser.Turned) -> None:
        """Change the column whose chooser was clicked."""
        column = message.chooser.parent
        if column is not None and column.id in COLUMNS:
            self._focus(COLUMNS.index(column.id))
            self.action_turn(message.direction)

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Open the article at the cue or quote."""
        row: CompareRow = message.item
        if row.place is not None:
            source = source_row(self.panels, row.place.article)
            label = source.label if source is not None else row.place.article
            country = self.pair[self.column] if self.basis == "country" else None
            self.post_message(
                ArticleWanted(self.panels.name, row.place, label=label, country=country)
            )

    def _focus(self, column: int) -> None:
        self.column = column
        self.set_focus(self.query_exactly_one(f"#{COLUMNS[column]} CompareList"))

    def action_column(self, direction: int) -> None:
        """Go to the other column."""
        self._focus((self.column + direction) % len(COLUMNS))

    def action_turn(self, direction: int) -> None:
        """Put the next side, or the one before, into the column that has the focus."""
        here, other = self.pair[self.column], self.pair[1 - self.column]
        new = next_side(sides(self.panels, self.basis), here, other, direction)
        self.pair = (new, other) if self.column == 0 else (other, new)

    def action_switch(self) -> None:
        """Compare sources instead of countries, or countries again."""
        self.basis = "source" if self.basis == "country" else "country"

    def action_yank(self) -> None:
        """Copy the quote under the cursor, with its source."""
        chosen = self.query_exactly_one(f"#{COLUMNS[self.column]} CompareList", CompareList).chosen
        if chosen is None or not isinstance(chosen.item, ComparedQuote):
            self.notify("No quote is chosen here.", severity="warning", markup=False)
            return
        row = chosen.item.row
        where = whereabouts(source_row(self.panels, row.article))
        self.app.copy_to_clipboard(citation_of(row, where))
        self.notify("Quote and source copied.", markup=False)
