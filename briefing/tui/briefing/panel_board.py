"""The lists of a briefing: three side by side, or one at a time on a narrow screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal

from briefing.compare.choosing import (
    country_row,
    no_dates,
    no_positions,
    no_quotes,
    place_of,
    quotes_of,
    sources_of,
)
from briefing.compare.panels import Panels, QuoteRow, SourceRow
from briefing.compare.place import Place
from briefing.compare.side_by_side import StanceCue
from briefing.tui.briefing.ledgers import (
    PositionList,
    TimelineList,
    TimelineRow,
    entries_of,
)
from briefing.tui.briefing.panel_lists import CountryList, QuoteList, SourceList
from briefing.tui.kit.quote_lines import place_of_cue
from briefing.visible import one_line

PANELS = ("Countries", "Quotes", "Sources", "Positions", "Timeline")
"""The titles of the lists, in the order of the tabs; in small letters they are the ids."""

MIDDLE = ("quotes", "positions", "timeline")
"""The lists that share the middle of a wide screen; one of them is shown."""


class PanelBoard(Horizontal):
    """Countries, quotes and sources, with two ledgers that are shown in place of the quotes."""

    def __init__(self) -> None:
        super().__init__(id="panels")
        self.countries = CountryList(id="countries", empty="Loading …")
        self.quotes = QuoteList(id="quotes", empty="")
        self.positions = PositionList(id="positions", empty="")
        self.timeline = TimelineList(id="timeline", empty="")
        self.sources = SourceList(id="sources", empty="")

    def compose(self) -> ComposeResult:
        """Lay out the lists."""
        lists = (self.countries, self.quotes, self.positions, self.timeline, self.sources)
        for each in lists:
            yield each.add_class("panel")

    def show_panel(self, panel: str) -> None:
        """Show the list of that id on a narrow screen."""
        for each in self.children:
            each.set_class(each.id == panel, "-shown")

    def show_countries(self, panels: Panels, country: str | None, *, paraphrases: bool) -> None:
        """Fill the countries, with the cursor on the selected one."""
        self.countries.title("Countries")
        self.countries.show_countries(panels.countries, country, paraphrases=paraphrases)

    def show_quotes(self, panels: Panels, country: str | None, *, paraphrases: bool) -> None:
        """Fill quotes and sources with those of a country, or with all."""
        row = country_row(panels, country)
        self.quotes.empty = no_quotes(panels, country)
        self.quotes.title("Quotes", *_names(panels, country))
        self.quotes.show_quotes(quotes_of(panels, country, paraphrases=paraphrases), row)
        self.sources.title("Sources", *_names(panels, country))
        self.sources.show_sources(sources_of(panels, country), panels)

    def show_positions(self, panels: Panels, country: str | None) -> None:
        """Fill the ledger of positions with those of a country, or with all."""
        self.positions.empty = no_positions(panels, country)
        self.positions.title("Positions", *_names(panels, country))
        self.positions.show_positions(panels, country)

    def show_timeline(
        self, panels: Panels, country: str | None, rows: Sequence[TimelineRow] | None
    ) -> None:
        """Fill the timeline with the rows of a country, or with all; None where it is not read."""
        self.timeline.title("Timeline", *_names(panels, country))
        if rows is None:
            self.timeline.show_nothing("Reading the dates …")
        else:
            self.timeline.empty = no_dates(panels, country)
            self.timeline.show_entries(entries_of(rows, country))

    def select_place(self, place: Place) -> None:
        """Move the cursors to the quote and the source of a place."""
        if place.quote is not None:
            wanted = (place.article, place.quote)
            self.quotes.select_where(lambda row: (row.article, row.quote.id) == wanted)
        self.sources.select_where(lambda row: row.article == place.article)

    @property
    def first_place(self) -> Place | None:
        """The quote under the cursor, else the source, or None while neither is shown."""
        quote, source = self.quotes.chosen, self.sources.chosen
        if quote is not None:
            return place_of(quote)
        return Place(source.article) if source is not None else None


def place_of_row(row: QuoteRow | SourceRow | StanceCue | TimelineRow) -> Place:
    """Return the place of a row of any list but the countries."""
    match row:
        case QuoteRow():
            return place_of(row)
        case SourceRow():
            return Place(row.article)
        case StanceCue():
            return place_of_cue(row)
        case TimelineRow():
            return row.place


def _names(panels: Panels, country: str | None) -> list[str]:
    """Return the name of the selected country, for titles."""
    row = country_row(panels, country)
    return [one_line(row.name)] if row else []
