"""What is chosen in a briefing, and how it is pushed down to heading, panels and reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.reactive import var

from briefing.compare.choosing import (
    country_row,
    no_articles,
    no_dates,
    no_positions,
    no_quotes,
    place_of,
    quotes_of,
    source_row,
    sources_of,
    troubles,
)
from briefing.compare.panels import Panels, SourceRow
from briefing.compare.place import Place
from briefing.library import Library
from briefing.model import Article
from briefing.tui.briefing.ledgers import (
    PositionList,
    TimelineList,
    TimelineRow,
    entries_of,
    position_rows,
)
from briefing.tui.briefing.panel_lists import CountryList, QuoteList, SourceList
from briefing.tui.kit.bars import KeyBar, Tab, TabStrip, TitleBar
from briefing.tui.kit.line_list import LineList
from briefing.tui.kit.messages import CatalogNews, ReadingLeft, RefreshNews
from briefing.tui.reader.reader import Reader
from briefing.tui.reader.reading import ReadingScreen
from briefing.tui.shell.memory import ReadingMemory
from briefing.visible import one_line
from briefing.wording import counted

TABS = (
    Tab("countries", "Countries"),
    Tab("quotes", "Quotes"),
    Tab("sources", "Sources"),
    Tab("positions", "Positions"),
    Tab("timeline", "Timeline"),
)
MIDDLE = ("quotes", "positions", "timeline")
"""The panels that take turns in the middle of a wide screen."""

KEPT_ARTICLES = 16
"""How many articles read from the library are kept at hand."""


class ChosenScreen(ReadingScreen):
    """Holds what is chosen as watched variables; a change fills what is concerned."""

    panels: var[Panels | None] = var(None, init=False)
    country: var[str | None] = var(None, init=False)
    place: var[Place | None] = var(None, init=False)
    panel: var[str] = var("countries", init=False)
    middle: var[str] = var("quotes", init=False)
    paraphrases: var[bool] = var(default=False, init=False)

    def __init__(
        self, library: Library, briefing: str, *, memory: ReadingMemory | None = None
    ) -> None:
        super().__init__(library, briefing)
        self._articles: dict[str, Article] = {}
        self._timeline: Sequence[TimelineRow] | None = None
        self._reading_dates = False
        self._memory = memory

    def compose(self) -> ComposeResult:
        """Lay out heading, tabs, panels, reader and keys."""
        yield TitleBar(self.briefing, id="heading")
        yield TabStrip(TABS, id="tabs")
        with Horizontal(id="panels"):
            yield _panel(CountryList(id="countries", empty="Opening …"))
            yield _panel(QuoteList(id="quotes", empty=""))
            yield _panel(PositionList(id="positions", empty=""))
            yield _panel(TimelineList(id="timeline", empty=""))
            yield _panel(SourceList(id="sources", empty=""))
        yield Reader(id="reader")
        yield KeyBar()

    def on_mount(self) -> None:
        """Ask for the panels."""
        self._show_panel(self.panel)
        self.read_panels()

    def on_unmount(self) -> None:
        """Tell that the briefing is left."""
        self.app.post_message(ReadingLeft())

    # What was read

    def on_panels_screen_panels_ready(self, message: ReadingScreen.PanelsReady) -> None:
        """Take over the panels."""
        self._articles.clear()
        self.panels = message.panels

    def on_reading_screen_article_ready(self, message: ReadingScreen.ArticleReady) -> None:
        """Keep the article, and show it if it is still the one that is asked for."""
        while len(self._articles) >= KEPT_ARTICLES:
            self._articles.pop(next(iter(self._articles)))
        self._articles[message.article.id] = message.article
        if self.place is not None and self.place.article == message.article.id:
            self._read_here()

    def on_reading_screen_timeline_ready(self, message: ReadingScreen.TimelineReady) -> None:
        """Keep the timeline, and show it if it is still looked at."""
        self._timeline = message.rows
        self._reading_dates = False
        self._fill_middle()

    def on_panels_screen_failed(self, message: ReadingScreen.Failed) -> None:
        """Say in the panels too that nothing can be shown."""
        super().on_panels_screen_failed(message)
        if self.panels is None:
            countries = self.query_exactly_one(CountryList)
            countries.empty = "Could not be opened."
            countries.refresh()
        elif self._reading_dates:
            timeline = self.query_exactly_one(TimelineList)
            timeline.empty = "The dates could not be read."
            timeline.refresh()

    def on_catalog_news(self, message: CatalogNews) -> None:
        """Read again what has changed."""
        if self.briefing in message.changed:
            self._timeline = None
            self._reading_dates = False
            self.read_panels()

    def on_refresh_news(self, message: RefreshNews) -> None:
        """Tell how far the background refresh is."""
        self._head(message.words)

    # What is chosen, pushed down

    def watch_panels(self) -> None:
        """Fill the panels, keeping country and place where they still exist."""
        panels = self.panels
        if panels is None:
            return
        codes = {row.code for row in panels.countries}
        if self.country not in codes:
            self.set_reactive(ChosenScreen.country, None)
        self._list_countries(panels)
        self._head()
        place = self.place
        self._fill()
        if place is None:
            self._choose_last_read()
        elif place.article not in {row.article for row in panels.sources}:
            self._choose_first()
        else:
            self._read_here()

    def watch_country(self) -> None:
        """Filter the panels and go to the first quote that is left."""
        self.query_exactly_one(CountryList).select_country(self.country)
        self._fill()
        self._choose_first()

    def watch_paraphrases(self) -> None:
        """Show quotes with or without paraphrases, and count what is shown."""
        if self.panels is not None:
            self._list_countries(self.panels)
        self._fill()
        self._choose_first()

    def watch_place(self) -> None:
        """Move the reader, and the cursor of the quotes, to the place."""
        place = self.place
        if place is None:
            return
        if self._memory is not None:
            self._memory.note_article(self.briefing, place.article)
        wanted = (place.article, place.quote)
        if place.quote is not None:
            quotes = self.query_exactly_one(QuoteList)
            quotes.select_where(lambda row: (row.article, row.quote.id) == wanted)
        sources = self.query_exactly_one(SourceList)
        sources.select_where(lambda row: row.article == place.article)
        self._read_here()

    def watch_panel(self, panel: str) -> None:
        """Show the panel on a narrow screen."""
        self._show_panel(panel)

    def watch_middle(self, middle: str) -> None:
        """Show that panel in the middle of a wide screen."""
        for each in MIDDLE:
            self.set_class(each == middle, f"-{each}")
        self._fill_middle()

    def _show_panel(self, panel: str) -> None:
        for each in self.query(".panel"):
            each.set_class(each.id == panel, "-shown")
        self.query_exactly_one(TabStrip).show(panel)
        if panel in MIDDLE:
            self.middle = panel

    def _head(self, warning: str = "") -> None:
        panels = self.panels
        if panels is None:
            return
        counts = (
            counted(len(panels.sources), "article"),
            counted(len(panels.countries), "country"),
            counted(len(panels.quotes), "quote"),
        )
        heading = self.query_exactly_one(TitleBar)
        heading.show(panels.title, panels.question, counts, warning or troubles(panels))

    def _list_countries(self, panels: Panels) -> None:
        countries = self.query_exactly_one(CountryList)
        countries.title("Countries")
        countries.show_countries(panels.countries, self.country, paraphrases=self.paraphrases)

    def _fill(self) -> None:
        """Fill quotes, sources and the ledgers with what belongs to the chosen country."""
        panels, code = self.panels, self.country
        if panels is None:
            return
        quotes = self.query_exactly_one(QuoteList)
        quotes.empty = no_quotes(panels, code)
        quotes.title("Quotes", *self._where())
        rows = quotes_of(panels, code, paraphrases=self.paraphrases)
        quotes.show_quotes(rows, country_row(panels, code))
        sources = self.query_exactly_one(SourceList)
        sources.title("Sources", *self._where())
        sources.show_sources(sources_of(panels, code), panels)
        self._fill_middle()

    def _fill_middle(self) -> None:
        """Fill the ledger that stands in the middle; ledgers are made only while looked at."""
        panels = self.panels
        if panels is None:
            return
        if self.middle == "positions":
            positions = self.query_exactly_one(PositionList)
            positions.empty = no_positions(panels, self.country)
            positions.title("Positions", *self._where())
            positions.show(position_rows(panels.countries, panels.sources, self.country))
        elif self.middle == "timeline":
            self._fill_timeline(panels)

    def _fill_timeline(self, panels: Panels) -> None:
        """Fill the timeline, reading it first where it is not at hand."""
        entries = self._timeline
        timeline = self.query_exactly_one(TimelineList)
        timeline.title("Timeline", *self._where())
        if entries is None:
            timeline.empty = "Reading the dates …"
            timeline.show(())
            if not self._reading_dates:
                self._reading_dates = True
                self.read_timeline()
        else:
            timeline.empty = no_dates(panels, self.country)
            timeline.show_entries(entries_of(entries, self.country))

    def _where(self) -> list[str]:
        """Return the name of the chosen country, for titles."""
        row = country_row(self.panels, self.country) if self.panels is not None else None
        return [one_line(row.name)] if row else []

    def _choose_last_read(self) -> None:
        """Choose the article that was read last here, unless the first quote stands in it."""
        quote = self.query_exactly_one(QuoteList).chosen
        last = self._memory.article(self.briefing) if self._memory is not None else None
        known = last is not None and self.source(last) is not None
        if last is not None and known and (quote is None or quote.article != last):
            self.place = Place(last)
        else:
            self._choose_first()

    def _choose_first(self) -> None:
        """Choose the first quote that is shown, else the first source."""
        quote = self.query_exactly_one(QuoteList).chosen
        source = self.query_exactly_one(SourceList).chosen
        if quote is not None:
            self.place = place_of(quote)
        elif source is not None:
            self.place = Place(source.article)
        elif self.panels is not None and not self.panels.sources:
            self.query_exactly_one(Reader).clear(no_articles(self.panels))
        else:
            self._read_here()

    def _read_here(self) -> None:
        """Show the place in the reader, reading its article first where it is not at hand."""
        place = self.place
        if place is None:
            return
        article = self._articles.get(place.article)
        if article is None:
            self.read_article(place.article)
            return
        label = self.source(place.article)
        self.query_exactly_one(Reader).show(
            article, place, label=label.label if label else article.id, country=self.country
        )

    def source(self, article: str) -> SourceRow | None:
        """Return the row of an article, or None."""
        return source_row(self.panels, article) if self.panels is not None else None


def _panel(widget: LineList[Any]) -> LineList[Any]:
    widget.add_class("panel")
    return widget
