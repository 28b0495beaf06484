"""The base of screens that show the panels of a briefing in lists: people, matrix, comparison."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import DescendantFocus
from textual.reactive import var
from textual.widget import Widget

from briefing.compare.choosing import source_label, source_row
from briefing.compare.panels import Panels, QuoteRow
from briefing.compare.standing_words import whereabouts
from briefing.library import Library
from briefing.model import Place
from briefing.tui.kit.actions import copy_quote, open_at_once, read_in_thread
from briefing.tui.kit.bars import KeyBar, Tab, TabStrip, TitleBar
from briefing.tui.kit.messages import ArticleWanted, CatalogNews
from briefing.tui.kit.quiet_screen import QuietScreen


class PanelsScreen(QuietScreen):
    """Follows the changes of its briefing, opens its articles and copies its quotes."""

    CSS_PATH = Path(__file__).with_suffix(".tcss")
    show_panels: Callable[[], None]
    """Shows new panels, keeping what is selected where it still exists."""

    def __init__(self, library: Library, panels: Panels) -> None:
        super().__init__()
        self.library, self.panels = library, panels
        self._heading = TitleBar()

    def on_catalog_news(self, message: CatalogNews) -> None:
        """Read the panels again if the briefing has changed."""
        name = self.panels.name
        if name in message.changed:
            read_in_thread(self, "panels", lambda: self.library.panels(name), self._take_panels)

    def _take_panels(self, panels: Panels) -> None:
        self.panels = panels
        self.show_panels()

    def open_place(self, place: Place, country: str | None) -> None:
        """Open the article at a place."""
        label = source_label(self.panels, place.article)
        open_at_once(self, ArticleWanted(self.panels.name, place, label, country))

    def copy_row(self, row: QuoteRow | None) -> None:
        """Copy a quote with its source, or say that none is selected."""
        source = source_row(self.panels, row.article) if row is not None else None
        copy_quote(self, row, whereabouts(source))


class SidesScreen(PanelsScreen):
    """Two lists side by side, or one of them below tabs on a narrow screen."""

    side: var[int] = var(0, init=False)

    def __init__(self, library: Library, panels: Panels, sides: Sequence[Widget]) -> None:
        super().__init__(library, panels)
        self._sides = sides
        sides[0].add_class("-shown", update=False)
        self._names = [each.id or "" for each in sides]
        pick = lambda name: self.go_to(self._names.index(name))  # noqa: E731
        self._tabs = TabStrip([Tab(name, name) for name in self._names], pick)

    def compose(self) -> ComposeResult:
        """Lay out heading, tabs, both sides and keys."""
        yield self._heading
        yield self._tabs
        with Horizontal(id="sides"):
            yield from self._sides
        yield KeyBar()

    def label(self, *labels: str) -> None:
        """Write the names of the sides on the tabs."""
        self._tabs.relabel([Tab(*each) for each in zip(self._names, labels, strict=True)])

    def watch_side(self) -> None:
        """Show the side on a narrow screen."""
        for at, each in enumerate(self._sides):
            each.set_class(at == self.side, "-shown")
        self._tabs.show(self._names[self.side])

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Remember the side that has the focus."""
        if event.widget in self._sides:
            self.side = self._sides.index(event.widget)

    def go_to(self, side: int) -> None:
        """Give the list of that side the keys."""
        self.side = side
        self.set_focus(self._sides[side])

    def action_side(self, direction: int) -> None:
        """Go to the other side."""
        self.go_to((self.side + direction) % len(self._sides))
