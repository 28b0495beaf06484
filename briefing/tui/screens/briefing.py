"""One briefing: countries, quotes and sources side by side, and the reader below them.

What is chosen (country, place, panel) lives here as watched variables; a change is pushed down to
the widgets concerned, and what a person does in a widget comes back up as a message.
"""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import DescendantFocus
from textual.reactive import var

from briefing.compare.panels import CountryRow, Panels, QuoteRow, SourceRow
from briefing.library import Library
from briefing.model import Article
from briefing.tui.messages import ArticleWanted, CatalogNews, LinkWanted, RefreshNews, SearchWanted
from briefing.tui.place import Place
from briefing.tui.screens.reading import ReadingScreen
from briefing.tui.selection import (
    country_row,
    no_articles,
    no_quotes,
    place_of,
    quote_at,
    quotes_of,
    source_row,
    sources_of,
    troubles,
)
from briefing.tui.text_lines import one_line
from briefing.tui.widgets.bars import KeyBar, Tab, TabStrip, TitleBar
from briefing.tui.widgets.line_list import LineList
from briefing.tui.widgets.panel_lists import (
    AllCountries,
    CountryList,
    PositionList,
    PositionRow,
    QuoteList,
    SourceList,
    position_rows,
)
from briefing.tui.widgets.reader import Reader
from briefing.tui.words import citation_of, counted, whereabouts

TABS = (
    Tab("countries", "Countries"),
    Tab("quotes", "Quotes"),
    Tab("sources", "Sources"),
    Tab("positions", "Positions"),
)
KEPT_ARTICLES = 16
"""How many articles read from the library are kept at hand."""


class BriefingScreen(ReadingScreen):
    """Chooses and shows; what it reads, `ReadingScreen` reads."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search", key_display="/", id="briefing.search",
                tooltip="Search the words of this briefing"),
        Binding("p", "positions", "Positions", id="briefing.positions",
                tooltip="The ledger of cues for each country's stance, in time order"),
        Binding("i", "paraphrases", "Paraphrases", id="briefing.paraphrases",
                tooltip="Show or hide statements that are told without quotation marks"),
        Binding("e", "export", "Export", id="briefing.export",
                tooltip="Write the briefing, or one country of it, to Markdown"),
        Binding("o", "browse", "Open source", id="briefing.browse",
                tooltip="Open the chosen link, or the article's own address, in the browser"),
        Binding("y", "yank", "Copy", id="briefing.yank",
                tooltip="Copy the chosen quote with its speaker and source"),
        Binding("tab,l,right", "panel(1)", "Next panel", show=False, id="briefing.next-panel",
                tooltip="Next panel"),
        Binding("shift+tab,h,left", "panel(-1)", "Panel before", show=False,
                id="briefing.previous-panel", tooltip="Panel before"),
        Binding("escape", "back", "Back", show=False, id="briefing.back",
                tooltip="Back to the panel, to all countries, to the library"),
    ]  # fmt: skip
    AUTO_FOCUS = "#countries"

    panels: var[Panels | None] = var(None, init=False)
    country: var[str | None] = var(None, init=False)
    place: var[Place | None] = var(None, init=False)
    panel: var[str] = var("countries", init=False)
    paraphrases: var[bool] = var(default=False, init=False)

    def __init__(self, library: Library, briefing: str) -> None:
        super().__init__(library, briefing)
        self._articles: dict[str, Article] = {}

    def compose(self) -> ComposeResult:
        """Lay out heading, tabs, panels, reader and keys."""
        yield TitleBar(self.briefing, id="heading")
        yield TabStrip(TABS, id="tabs")
        with Horizontal(id="panels"):
            yield _panel(CountryList(id="countries", empty="Opening …"))
            yield _panel(QuoteList(id="quotes", empty=""))
            yield _panel(PositionList(id="positions", empty=""))
            yield _panel(SourceList(id="sources", empty=""))
        yield Reader(id="reader")
        yield KeyBar()

    def on_mount(self) -> None:
        """Ask for the panels."""
        self._show_panel(self.panel)
        self.read_panels()

    # What was read

    def on_reading_screen_panels_ready(self, message: ReadingScreen.PanelsReady) -> None:
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

    def on_reading_screen_failed(self, message: ReadingScreen.Failed) -> None:
        """Say in the panels too that nothing can be shown."""
        super().on_reading_screen_failed(message)
        if self.panels is None:
            countries = self.query_exactly_one(CountryList)
            countries.empty = "Could not be opened."
            countries.refresh()

    def on_catalog_news(self, message: CatalogNews) -> None:
        """Read again what has changed."""
        if self.briefing in message.changed:
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
            self.set_reactive(BriefingScreen.country, None)
        countries = self.query_exactly_one(CountryList)
        countries.title("Countries")
        countries.show_countries(panels.countries, len(panels.quotes), self.country)
        self._head()
        place = self.place
        self._fill()
        if place is None or place.article not in {row.article for row in panels.sources}:
            self._choose_first()
        else:
            self._read_here()

    def watch_country(self) -> None:
        """Filter the panels and go to the first quote that is left."""
        self.query_exactly_one(CountryList).select_country(self.country)
        self._fill()
        self._choose_first()

    def watch_paraphrases(self) -> None:
        """Show quotes with or without paraphrases."""
        self._fill()
        self._choose_first()

    def watch_place(self) -> None:
        """Move the reader, and the cursor of the quotes, to the place."""
        place = self.place
        if place is None:
            return
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

    def _show_panel(self, panel: str) -> None:
        for each in self.query(".panel"):
            each.set_class(each.id == panel, "-shown")
        self.query_exactly_one(TabStrip).show(panel)
        if panel in {"quotes", "positions"}:
            self.set_class(panel == "positions", "-positions")
        if panel == "positions":
            self._fill_positions()

    def _head(self, warning: str = "") -> None:
        panels = self.panels
        if panels is None:
            return
        counts = (
            counted(len(panels.sources), "article"),
            counted(len(panels.countries), "country", "countries"),
            counted(len(panels.quotes), "quote"),
        )
        heading = self.query_exactly_one(TitleBar)
        heading.show(panels.title, panels.question, counts, warning or troubles(panels))

    def _fill(self) -> None:
        """Fill quotes, sources and positions with what belongs to the chosen country."""
        panels, code = self.panels, self.country
        if panels is None:
            return
        row = self._country_row()
        where = [one_line(row.name)] if row else []
        quotes = self.query_exactly_one(QuoteList)
        quotes.empty = no_quotes(panels, code)
        quotes.title("Quotes", *where)
        quotes.show(quotes_of(panels, code, paraphrases=self.paraphrases))
        sources = self.query_exactly_one(SourceList)
        sources.title("Sources", *where)
        sources.show_sources(sources_of(panels, code), panels)
        if self.has_class("-positions"):
            self._fill_positions()

    def _fill_positions(self) -> None:
        """Fill the ledger, which is made only while it is looked at."""
        panels, row = self.panels, self._country_row()
        if panels is None:
            return
        positions = self.query_exactly_one(PositionList)
        positions.empty = "No cue for a stance was found."
        positions.title("Positions", *([one_line(row.name)] if row else []))
        positions.show(position_rows(panels.countries, panels.sources, self.country))

    def _country_row(self) -> CountryRow | None:
        return country_row(self.panels, self.country) if self.panels is not None else None

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
        label = self._source(place.article)
        self.query_exactly_one(Reader).show(
            article, place, label=label.label if label else article.id, country=self.country
        )

    def _source(self, article: str) -> SourceRow | None:
        return source_row(self.panels, article) if self.panels is not None else None

    # What the person does, as messages from below

    @on(LineList.Moved, "#countries")
    def choose_country(self, message: LineList.Moved) -> None:
        """Filter by the country, or take the filter off."""
        row: CountryRow | AllCountries = message.item
        if not message.overtaken:
            self.country = row.code if isinstance(row, CountryRow) else None

    @on(LineList.Moved, "#quotes")
    def choose_quote(self, message: LineList.Moved) -> None:
        """Go to the quote."""
        row: QuoteRow = message.item
        if not message.overtaken:
            self.place = place_of(row)

    @on(LineList.Moved, "#sources")
    def choose_source(self, message: LineList.Moved) -> None:
        """Go to the top of the article."""
        row: SourceRow = message.item
        if not message.overtaken:
            self.place = Place(row.article)

    @on(LineList.Moved, "#positions")
    def choose_position(self, message: LineList.Moved) -> None:
        """Go to the sentence that shows the stance."""
        row: PositionRow = message.item
        if not message.overtaken:
            note = row.note
            self.place = Place(note.article, note.chunk, note.start, note.end)

    @on(LineList.Chosen, "#countries")
    def enter_quotes(self) -> None:
        """Go on to the country's quotes."""
        self._focus("quotes")

    @on(LineList.Chosen, "#quotes,#sources,#positions")
    def enter_reader(self, message: LineList.Chosen) -> None:
        """Go to the row's place and on to the reader."""
        message.control.post_message(LineList.Moved(message.control, message.item))
        self.set_focus(self.query_exactly_one(Reader))

    def on_reader_moved(self, message: Reader.Moved) -> None:
        """Follow the reader."""
        self.place = message.place

    def on_reader_maximised(self, _: Reader.Maximised) -> None:
        """Open the article on the whole screen, at the place."""
        if self.place is not None:
            source = self._source(self.place.article)
            label = source.label if source else self.place.article
            self.post_message(
                ArticleWanted(self.briefing, self.place, label=label, country=self.country)
            )

    def on_tab_strip_picked(self, message: TabStrip.Picked) -> None:
        """Show the panel of the tab."""
        self._focus(message.panel)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Remember the panel that has the focus."""
        if event.widget.has_class("panel") and event.widget.id:
            self.panel = event.widget.id

    # Actions

    def _focus(self, panel: str) -> None:
        self.panel = panel
        self.set_focus(self.query_exactly_one(f"#{panel}"))

    def action_panel(self, direction: int) -> None:
        """Go to the next panel or the one before, the reader being the last."""
        tabs = [tab.panel for tab in TABS]
        panels = tabs if self.has_class("-narrow") else ["countries", self._middle(), "sources"]
        order = [*panels, "reader"]
        focused = self.focused.id if self.focused is not None else None
        here = order.index(focused) if focused in order else 0
        target = order[(here + direction) % len(order)]
        if target == "reader":
            self.set_focus(self.query_exactly_one(Reader))
        else:
            self._focus(target)

    def _middle(self) -> str:
        return "positions" if self.has_class("-positions") else "quotes"

    def action_positions(self) -> None:
        """Show the ledger in place of the quotes, or the quotes again."""
        self._focus("quotes" if self._middle() == "positions" else "positions")

    def action_paraphrases(self) -> None:
        """Show or hide the paraphrases among the quotes."""
        self.paraphrases = not self.paraphrases

    def action_search(self) -> None:
        """Search this briefing."""
        title = self.panels.title if self.panels is not None else self.briefing
        self.post_message(SearchWanted(self.briefing, title))

    def action_back(self) -> None:
        """Go back a step: from the reader to the panel, from a country to all, to the library."""
        focused = self.focused.id if self.focused is not None else None
        if focused == "reader":
            self._focus(self.panel)
        elif focused == "positions":
            self._focus("quotes")
        elif self.country is not None:
            self.country = None
        else:
            self.dismiss()

    def action_browse(self) -> None:
        """Open the link that is chosen in the reader, or else the article's own address."""
        reader = self.query_exactly_one(Reader)
        link = reader.link_here() if reader.has_focus else None
        if link is None and self.place is not None:
            source = self._source(self.place.article)
            if source is None or source.url is None:
                self.notify("The article does not say where it is on the web.", markup=False)
                return
            link = source.url, source.label
        if link is not None:
            self.post_message(LinkWanted(*link))

    def action_yank(self) -> None:
        """Copy the quote that is chosen, with its source."""
        row = quote_at(self.panels, self.place) if self.panels is not None else None
        if row is None:
            self.notify("No quote is chosen here.", severity="warning", markup=False)
            return
        self.app.copy_to_clipboard(citation_of(row, whereabouts(self._source(row.article))))
        self.notify("Quote and source copied.", markup=False)

    def action_export(self) -> None:
        """Open the export dialog."""
        if self.panels is None:
            return
        from briefing.tui.screens.export import ExportScreen

        self.app.push_screen(ExportScreen(self.library, self.panels, self.country))

    # For the command palette

    def go_to_country(self, code: str | None) -> None:
        """Choose a country and go to its quotes."""
        self.country = code
        self._focus("quotes")

    def go_to_source(self, article: str) -> None:
        """Choose an article and go to the reader."""
        self.place = Place(article)
        self.set_focus(self.query_exactly_one(Reader))


def _panel(widget: LineList[Any]) -> LineList[Any]:
    widget.add_class("panel")
    return widget
