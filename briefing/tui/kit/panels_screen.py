"""The base of screens that show the panels of a briefing in lists: people, matrix, comparison."""

from __future__ import annotations

from pathlib import Path

from briefing.compare.choosing import source_label, source_row
from briefing.compare.citing import whereabouts
from briefing.compare.panels import Panels, QuoteRow
from briefing.compare.place import Place
from briefing.library import Library
from briefing.tui.kit.actions import copy_quote, read_in_thread
from briefing.tui.kit.bars import TitleBar
from briefing.tui.kit.messages import ArticleWanted, CatalogNews
from briefing.tui.kit.quiet_screen import QuietScreen


class PanelsScreen(QuietScreen):
    """Follows the changes of its briefing, opens its articles and copies its quotes."""

    CSS_PATH = Path(__file__).with_suffix(".tcss")

    def __init__(self, library: Library, panels: Panels) -> None:
        super().__init__()
        self.library, self.panels = library, panels
        self._heading = TitleBar()

    def show_panels(self) -> None:
        """Show new panels, keeping what is selected where it still exists."""
        raise NotImplementedError

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
        self.post_message(ArticleWanted(self.panels.name, place, label, country))

    def copy_row(self, row: QuoteRow | None) -> None:
        """Copy a quote with its source, or say that none is selected."""
        source = source_row(self.panels, row.article) if row is not None else None
        copy_quote(self, row, whereabouts(source))
