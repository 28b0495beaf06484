"""One briefing: countries, quotes and sources side by side, and the reader below them.

What is selected are watched variables: messages from the widgets change them, and a change is
pushed down to heading, lists and reader.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import DescendantFocus
from textual.reactive import var

from briefing.compare.choosing import no_articles, quote_at, source_row, troubles
from briefing.compare.citing import whereabouts
from briefing.compare.panels import SourceRow
from briefing.compare.place import Place
from briefing.library import Library
from briefing.tui.briefing.panel_board import MIDDLE, PANELS, place_of_row
from briefing.tui.briefing.panel_keys import KEYS
from briefing.tui.briefing.reading import ReadingScreen
from briefing.tui.correcting.screen import Rulable
from briefing.tui.kit import messages
from briefing.tui.kit.actions import copy_quote
from briefing.tui.kit.bars import KeyBar, Tab, TabStrip, TitleBar
from briefing.tui.kit.line_list import LineList
from briefing.tui.kit.quiet_screen import NARROW
from briefing.tui.reader.reader import Reader
from briefing.tui.shell.memory import ReadingMemory
from briefing.wording import counted

TABS = [Tab(label.lower(), label.replace("Unruled", "To rule")) for label in PANELS]


class BriefingScreen(ReadingScreen):
    """The screen of the briefing of that name in a library."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "../reader/reader.tcss", "../correcting/correcting.tcss", "briefing.tcss",
    ]  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = KEYS
    AUTO_FOCUS = "#countries"

    panel: var[str] = var("countries", init=False)
    paraphrases: var[bool] = var(default=False, init=False)

    def __init__(
        self, library: Library, briefing: str, *, memory: ReadingMemory | None = None
    ) -> None:
        super().__init__(library, briefing)
        self._memory = memory
        self._heading = TitleBar(briefing)
        self._tabs = TabStrip(TABS)

    def compose(self) -> ComposeResult:
        """Lay out heading, tabs, lists, reader and keys."""
        yield self._heading
        yield self._tabs
        yield self._board
        yield self._reader
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the first panel and read the briefing."""
        self.watch_panel(self.panel)
        self.read_panels()

    def on_unmount(self) -> None:
        """Report that the briefing was closed."""
        self.app.post_message(messages.ReadingLeft())

    def on_refresh_news(self, message: messages.RefreshNews) -> None:
        """Show the progress of the background refresh."""
        self._show_heading(message.words)

    # What is selected, pushed down

    def watch_panels(self) -> None:
        """Fill the lists, keeping country and place where they still exist."""
        panels = self.panels
        if panels is None:
            return
        if self._memory is not None:
            self._memory.note_opened(self.briefing, len(panels.sources))
        if self.country not in {row.code for row in panels.countries}:
            self.set_reactive(BriefingScreen.country, None)
        self._show_heading()
        place, bookmarks = self.place, self._board.bookmarks()
        self._fill(countries=True)
        self._board.reopen(bookmarks)
        if place is None:
            self._select_last_read()
        elif self.source(place.article) is None:
            self._select_first()
        elif place.quote is not None:
            row = quote_at(panels, place)
            if row is None:
                self._select_next()
            else:
                self.place = place_of_row(row)  # Its bounds may be others now.
                self.show_article()
        else:
            self.show_article()

    def watch_country(self) -> None:
        """Filter the lists and select the first quote that is left."""
        self._board.countries.select_country(self.country)
        self._fill()
        self._select_first()

    def watch_paraphrases(self) -> None:
        """Show quotes with or without paraphrases, and count what is shown."""
        self._fill(countries=True)
        self._select_first()

    def watch_place(self, place: Place | None) -> None:
        """Move the reader and the cursors to the place."""
        if place is None:
            return
        if self._memory is not None:
            self._memory.note_article(self.briefing, place.article)
        self._board.select_place(place)
        self.show_article()

    def watch_panel(self, panel: str) -> None:
        """Show the panel on a narrow screen, or in the middle of a wide one."""
        if panel in MIDDLE:
            self.middle = panel
        self._tabs.show(panel)
        self._arrange()

    def watch_middle(self) -> None:
        """Fill the list that is in the middle now."""
        self.fill_middle()

    def on_resize(self) -> None:
        """Show one list on a screen that has become narrow, else three."""
        self._arrange()

    def _arrange(self) -> None:
        self._board.show_lists(self.panel, self.middle, narrow=self._is_narrow)

    @property
    def _is_narrow(self) -> bool:
        return self.app.size.width < NARROW

    def _show_heading(self, warning: str = "") -> None:
        panels = self.panels
        if panels is not None:
            counts = (
                counted(len(panels.sources), "article"),
                counted(len(panels.countries), "country"),
                counted(len(panels.quotes), "quote"),
            )
            answer = f"→ {panels.bottom_line}" if panels.bottom_line else None
            detail = " ".join(filter(None, (panels.question, answer)))
            self._heading.show(panels.title, detail, counts, warning or troubles(panels))

    def _fill(self, *, countries: bool = False) -> None:
        """Fill the lists with what belongs to the selected country; `countries` too if asked."""
        if self.panels is None:
            return
        if countries:
            self._board.show_countries(self.panels, self.country, paraphrases=self.paraphrases)
        self._board.show_quotes(self.panels, self.country, paraphrases=self.paraphrases)
        self.fill_middle()

    def _select_last_read(self) -> None:
        """Select the article that was read last, unless the first quote is from it."""
        last = self._memory.article(self.briefing) if self._memory is not None else None
        first = self._board.quotes.chosen
        known = last is not None and self.source(last) is not None
        if last is not None and known and (first is None or first.article != last):
            self.place = Place(last)
        else:
            self._select_first()

    def _select_first(self) -> None:
        """Select the first quote that is shown, else the first source."""
        first = self._board.first_place
        if first is not None:
            self.place = first
        elif self.panels is not None and not self.panels.sources:
            self._reader.clear(no_articles(self.panels))
        else:
            self.show_article()

    def _select_next(self) -> None:
        """Select the quote that took the place of one that was dropped."""
        row = self._board.quotes.chosen
        if row is not None:
            self.place = place_of_row(row)
        else:
            self._select_first()

    def show_article(self) -> None:
        """Show the place in the reader, reading its article first if it is not in memory."""
        place = self.place
        if place is None:
            return
        read = self._articles.get(place.article)
        if read is None:
            self.read_article(place.article)
        else:
            article = read.article
            label = self._label(article.id)
            self._reader.show(article, place, label=label, country=self.country, placed=read.placed)
            self.note_news()

    def source(self, article: str) -> SourceRow | None:
        """Return the row of an article, or None."""
        return source_row(self.panels, article) if self.panels is not None else None

    def _label(self, article: str) -> str:
        source = self.source(article)
        return source.label if source else article

    # What the person does in the widgets

    @on(LineList.Moved, "#countries,#quotes,#sources,#positions,#unruled,#timeline,#people")
    def follow_cursor(self, message: LineList.Moved) -> None:
        """Filter by the country, or go to the place of the row."""
        if message.overtaken:
            return
        row = message.item
        if message.sender is self._board.countries:
            self.country = row.code
        else:
            self.place = place_of_row(row)

    @on(LineList.Chosen, "#countries")
    def enter_quotes(self) -> None:
        """Go on to the country's quotes."""
        self._focus("quotes")

    @on(LineList.Chosen, "#quotes,#sources,#positions,#unruled,#timeline")
    def enter_reader(self, message: LineList.Chosen) -> None:
        """Go to the row's place and on to the reader."""
        self.follow_cursor(LineList.Moved(message.sender, message.item))
        self.set_focus(self._reader)

    @on(LineList.Chosen, "#people")
    def open_person(self, message: LineList.Chosen) -> None:
        """Open all that the person says."""
        if self.panels is not None and self._people is not None:
            person = message.item.person
            self.post_message(
                messages.PersonWanted(self.panels, self._people, person, self.country)
            )

    def on_reader_moved(self, message: Reader.Moved) -> None:
        """Follow the reader."""
        self.place = message.place

    def on_reader_maximised(self, _: Reader.Maximised) -> None:
        """Open the article on the whole screen, at the place."""
        if self.place is not None:
            label = self._label(self.place.article)
            self.post_message(
                messages.ArticleWanted(self.briefing, self.place, label, self.country)
            )

    def on_tab_strip_picked(self, message: TabStrip.Picked) -> None:
        """Show the panel of the tab."""
        self._focus(message.panel)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Remember the panel that has the focus."""
        if event.widget.has_class("panel") and event.widget.id:
            self.panel = event.widget.id

    # Corrections

    def stands(self) -> bool:
        """Whether something is corrected here, and not a country chosen."""
        return self.focused not in {self._board.countries, self._board.people}

    def rulable(self) -> Rulable | None:
        """Return the sentence under the cursor of positions or sentences, or of the reader."""
        return self._board.rulable() or super().rulable()

    def ruled(self, stance: str) -> None:
        """Go on to the next sentence, showing the stance at this one."""
        if not self._board.ruled(stance):
            super().ruled(stance)

    async def action_undo(self) -> None:
        """Undo the last change; the sentences to rule on are read again."""
        self._undone = True
        await super().action_undo()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether the action is possible: countries are chosen among sentences only."""
        if action == "country":
            return self.focused is self._board.unruled
        return super().check_action(action, parameters)

    def action_country(self, direction: int) -> None:
        """Choose another country of the sentence to rule on."""
        self._board.unruled.choose_country(direction)

    # Actions

    def _focus(self, panel: str) -> None:
        self.panel = panel
        self.set_focus(self._board.get_child_by_id(panel))

    def action_panel(self, direction: int) -> None:
        """Go to the next panel or the previous one, the reader being the last."""
        wide = ["countries", self.middle, "sources"]
        panels = [tab.panel for tab in TABS] if self._is_narrow else wide
        order = [*panels, "reader"]
        focused = self.focused.id if self.focused is not None else None
        here = order.index(focused) if focused in order else 0
        target = order[(here + direction) % len(order)]
        if target == "reader":
            self.set_focus(self._reader)
        else:
            self._focus(target)

    def action_middle(self, ledger: str) -> None:
        """Show a ledger in place of the quotes, or the quotes again."""
        self._focus("quotes" if self.middle == ledger else ledger)

    def action_paraphrases(self) -> None:
        """Show or hide the paraphrases among the quotes."""
        self.paraphrases = not self.paraphrases

    def action_search(self) -> None:
        """Search this briefing."""
        title = self.panels.title if self.panels is not None else self.briefing
        self.post_message(messages.SearchWanted(self.briefing, title))

    def action_back(self) -> None:
        """Go back a step: from the reader to the panel, from a country to all, to the library."""
        focused = self.focused.id if self.focused is not None else None
        if focused == "reader":
            self._focus(self.panel)
        elif focused in {"positions", "unruled", "timeline", "people"}:
            self._focus("quotes")
        elif self.country is not None:
            self.country = None
        else:
            self.dismiss()

    def address(self) -> tuple[str, str] | None:
        """Return address and label of the selected source."""
        here = self.here()
        source = self.source(here.article) if here is not None else None
        return (source.url, source.label) if source is not None and source.url else None

    def action_yank(self) -> None:
        """Copy the selected quote with its source."""
        row = quote_at(self.panels, self.here()) if self.panels is not None else None
        copy_quote(self, row, whereabouts(self.source(row.article) if row else None))

    def action_compare(self) -> None:
        """Compare two countries or two sources, beginning with what is selected."""
        if self.panels is not None:
            article = self.place.article if self.place is not None else None
            self.post_message(messages.CompareWanted(self.panels, self.country, article))

    def action_matrix(self) -> None:
        """Open the matrix of positions, beginning with the selected country."""
        if self.panels is not None:
            self.post_message(messages.MatrixWanted(self.panels, self.country))

    def action_add(self) -> None:
        """Ask for articles to add to the briefing."""
        self.post_message(messages.AddWanted(self.briefing))

    def action_export(self) -> None:
        """Open the export dialog."""
        if self.panels is not None:
            self.post_message(messages.ExportWanted(self.panels, self.country))

    # For the command palette

    def go_to_country(self, code: str | None) -> None:
        """Select a country and go to its quotes."""
        self.country = code
        self._focus("quotes")

    def go_to_source(self, article: str) -> None:
        """Select an article and go to the reader."""
        self.place = Place(article)
        self.set_focus(self._reader)
