"""One briefing: countries, quotes and sources side by side, and the reader below them.

What a person does in a widget comes up here as a message and changes what is chosen.
"""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.events import DescendantFocus

from briefing.compare.choosing import place_of, quote_at
from briefing.compare.citing import citation_of, whereabouts
from briefing.compare.panels import CountryRow, QuoteRow, SourceRow
from briefing.compare.place import Place
from briefing.tui.briefing.chosen import TABS, ChosenScreen
from briefing.tui.briefing.ledgers import PositionRow, TimelineRow
from briefing.tui.briefing.panel_lists import AllCountries
from briefing.tui.kit.bars import TabStrip
from briefing.tui.kit.line_list import LineList
from briefing.tui.kit.messages import ArticleWanted, LinkWanted, SearchWanted
from briefing.tui.reader.reader import Reader


class BriefingScreen(ChosenScreen):
    """Takes what a person does; what that makes of the panels, `ChosenScreen` knows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search", key_display="/", id="briefing.search",
                tooltip="Search the words of this briefing"),
        Binding("c", "compare", "Compare", id="briefing.compare",
                tooltip="Two countries, or two sources, side by side"),
        Binding("p", "positions", "Positions", id="briefing.positions",
                tooltip="The ledger of cues for each country's stance, in time order"),
        Binding("t", "timeline", "Timeline", id="briefing.timeline",
                tooltip="What is told of which date, in time order"),
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

    @on(LineList.Moved, "#timeline")
    def choose_date(self, message: LineList.Moved) -> None:
        """Go to the sentence that tells of the date, or to the article published then."""
        row: TimelineRow = message.item
        if not message.overtaken:
            self.place = row.place

    @on(LineList.Chosen, "#countries")
    def enter_quotes(self) -> None:
        """Go on to the country's quotes."""
        self._focus("quotes")

    @on(LineList.Chosen, "#quotes,#sources,#positions,#timeline")
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
            source = self.source(self.place.article)
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
        panels = tabs if self.has_class("-narrow") else ["countries", self.middle, "sources"]
        order = [*panels, "reader"]
        focused = self.focused.id if self.focused is not None else None
        here = order.index(focused) if focused in order else 0
        target = order[(here + direction) % len(order)]
        if target == "reader":
            self.set_focus(self.query_exactly_one(Reader))
        else:
            self._focus(target)

    def action_positions(self) -> None:
        """Show the ledger in place of the quotes, or the quotes again."""
        self._focus("quotes" if self.middle == "positions" else "positions")

    def action_timeline(self) -> None:
        """Show the timeline in place of the quotes, or the quotes again."""
        self._focus("quotes" if self.middle == "timeline" else "timeline")

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
        elif focused in {"positions", "timeline"}:
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
            source = self.source(self.place.article)
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
        self.app.copy_to_clipboard(citation_of(row, whereabouts(self.source(row.article))))
        self.notify("Quote and source copied.", markup=False)

    def action_compare(self) -> None:
        """Open two countries or two sources side by side, beginning with what is chosen."""
        if self.panels is None:
            return
        from briefing.tui.compare.screen import CompareScreen

        article = self.place.article if self.place is not None else None
        self.app.push_screen(CompareScreen(self.library, self.panels, self.country, article))

    def action_export(self) -> None:
        """Open the export dialog."""
        if self.panels is None:
            return
        from briefing.tui.dialogs.export import ExportScreen

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
