"""One briefing: countries, quotes and sources side by side, and the reader below them.

What is selected are watched variables: messages from the widgets change them, and a change is
pushed down to heading, lists and reader.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.events import DescendantFocus
from textual.reactive import var

from briefing.compare.choosing import no_articles, quote_at, source_label, source_row, troubles
from briefing.compare.panels import Panels, SourceRow
from briefing.compare.standing_words import whereabouts
from briefing.library import Library
from briefing.model import Place, text_stamp
from briefing.paths import ReadingPlace
from briefing.tui.briefing.panel_board import MIDDLE, PANELS
from briefing.tui.briefing.reading import ReadingScreen
from briefing.tui.correcting.screen import Rulable
from briefing.tui.kit import messages
from briefing.tui.kit.actions import copy_quote, open_at_once
from briefing.tui.kit.bars import KeyBar, Tab, TabStrip, TitleBar
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.line_list import LineList
from briefing.tui.kit.quiet_screen import NARROW
from briefing.tui.reader.reader import Reader, Top
from briefing.wording import counted

if TYPE_CHECKING:
    from briefing.tui.app import BriefingApp

TABS = [Tab(label.lower(), label.replace("Unruled", "To rule")) for label in (*PANELS, "Reader")]
_PANEL_IDS = frozenset(each.lower() for each in PANELS)
SHORT = 34
"""A narrow screen of fewer lines has no room for the reader below a list."""


class BriefingScreen(ReadingScreen):
    """The screen of the briefing of that name in a library."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "../reader/reader.tcss", "../correcting/correcting.tcss", "briefing.tcss",
    ]  # fmt: skip
    BINDINGS = keys_of("briefing")
    AUTO_FOCUS = "#countries"

    panel: var[str] = var("countries", init=False)
    paraphrases: var[bool] = var(default=False, init=False)
    reads: var[bool] = var(default=False, init=False)
    """Whether the reader has the keys, which then has a narrow screen to itself."""

    def __init__(self, library: Library, wanted: messages.BriefingWanted) -> None:
        super().__init__(library, wanted.name)
        self._resumed: dict[Place, Top] = {}
        self._is_left = False
        self._board.sources.is_unread = self._is_unread
        self._heading = TitleBar(wanted.name)
        self._tabs = TabStrip(TABS, self._pick_tab)

    def compose(self) -> ComposeResult:
        """Lay out heading, tabs, lists, reader and keys."""
        yield self._heading
        yield self._tabs
        yield self._since
        yield self._board
        yield self._reader
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the first panel and read the briefing."""
        self.watch_panel(self.panel)
        self.read_panels()

    def on_unmount(self) -> None:
        """Report that the briefing was closed."""
        self._note_spot()
        self.app.post_message(messages.ReadingLeft(self.briefing))

    def on_screen_suspend(self) -> None:
        """Remember where one reads."""
        self._note_spot()
        self._is_left = True

    def on_screen_resume(self) -> None:
        """Go on here."""
        self._is_left = False

    def on_place_news(self, message: messages.PlaceNews) -> None:
        """Go on where one has read to on another screen."""
        place, top = message.left.place, message.left.top
        if message.left.briefing == self.briefing and place is not None:
            self._resumed = {place: top} if top is not None else {}
            if place != self.place:
                self.place = place
            else:
                self.show_article()

    def _note_spot(self) -> None:
        """Remember what is chosen; another screen above remembers where one reads on."""
        place = self.place
        if self._memory is not None and place is not None and not self._is_left:
            spot = ReadingPlace(
                place=place, top=self._reader.top, country=self.country, panel=self.panel,
                middle=self.middle, is_reading=self.reads, paraphrases=self.paraphrases,
            )  # fmt: skip
            self._memory.note_spot(self.briefing, spot)

    def _resume(self) -> None:
        """Choose what was chosen when the briefing was left, as far as it is still there."""
        spot = self._memory.spot(self.briefing) if self._memory is not None else None
        if spot is None or self.source(spot.place.article) is None or self.panels is None:
            self._select_first()
            return
        self.paraphrases = spot.paraphrases
        if spot.country in {row.code for row in self.panels.countries}:
            self.country = spot.country
        if spot.middle in MIDDLE:
            self.middle = spot.middle
        place = spot.place
        self._resumed = {place: spot.top} if spot.top is not None else {}
        self.place = place
        if self.focused in {None, self._board.countries} and spot.panel in _PANEL_IDS:
            self._focus(spot.panel)
            if spot.is_reading:
                self.go_to_reader()

    def _is_unread(self, row: SourceRow) -> bool:
        memory = self._memory
        return memory is not None and not memory.has_read(self.briefing, row.article, row.stamp)

    def on_refresh_news(self, message: messages.RefreshNews) -> None:
        """Show the progress of the background refresh."""
        self._show_heading(message.words)

    def take_panels(self, panels: Panels) -> None:
        """Remember what was open, and take over the panels."""
        rows = cast("BriefingApp", self.app).rows
        stamp = next((row.stamp for row in rows if row.name == self.briefing), None)
        if self._memory is not None:
            self._memory.note_opened(self.briefing, len(panels.sources), stamp)
        super().take_panels(panels)

    # What is selected, pushed down

    def watch_panels(self) -> None:
        """Fill the lists, keeping country and place where they still exist."""
        panels = self.panels
        if panels is None:
            return
        if self._memory is not None:
            self.look_soon()
        if self.country not in {row.code for row in panels.countries}:
            self.set_reactive(BriefingScreen.country, None)
        self._show_heading()
        place, bookmarks = self.place, self._board.bookmarks()
        self._fill()
        self._board.reopen(bookmarks)
        if place is None:
            self._resume()
        elif self.source(place.article) is None:
            self._select_first()
        elif place.quote is not None:
            row = quote_at(panels, place)
            if row is None:
                self._select_next()
            else:
                self.place = row.place  # Its bounds may be others now.
                self.show_article()
        else:
            self.show_article()
        if self.place is not None:
            self._board.select_place(self.place)

    def watch_country(self) -> None:
        """Filter the lists and select the first row that is left; without a country, stay."""
        self._fill()
        if self.country is not None:
            self._select_first()

    def watch_place(self, place: Place | None) -> None:
        """Move the reader and the cursors to the place."""
        if place is None:
            return
        self._board.select_place(place)
        self.show_article()

    def watch_panel(self, panel: str) -> None:
        """Show the panel on a narrow screen, or in the middle of a wide one."""
        if panel in MIDDLE:
            self.middle = panel
        self._arrange()

    watch_middle = ReadingScreen.fill_middle

    def _arrange(self) -> None:
        """Show one list or the reader on a narrow screen, else three lists."""
        alone = self._is_narrow and self.reads
        short = self._is_narrow and self.app.size.height < SHORT
        self._tabs.show("reader" if alone else self.panel)
        self._board.display = not alone
        self._reader.display = self.reads or not short
        self._board.show_lists(self.panel, self.middle, narrow=self._is_narrow)
        self._note_read()

    on_resize = watch_reads = _arrange

    def _note_read(self) -> None:
        article, memory = self._reader.article, self._memory
        if article is None or memory is None or not self._reader.display:
            return
        stamp = text_stamp(article)
        if not memory.has_read(self.briefing, article.id, stamp):
            memory.note_read(self.briefing, article.id, stamp)
            self._board.sources.note_read(article.id)

    @property
    def _is_narrow(self) -> bool:
        return self.app.size.width < NARROW

    def _show_heading(self, warning: str = "") -> None:
        panels = self.panels
        if panels is not None:
            counts = (
                counted(len(panels.sources), "article"),
                counted(len(panels.countries), "country"),
                panels.counted_quotes(),
            )
            self._heading.show(
                panels.title, panels.question, counts, warning or troubles(panels),
                answer=panels.bottom_line,
            )  # fmt: skip

    def _fill(self) -> None:
        if self.panels is not None:
            self._board.fill(self.panels, self.country, paraphrases=self.paraphrases)
            self.fill_middle()

    watch_paraphrases = _fill

    def _select_first(self) -> None:
        """Select the first row of the list in the middle, else the first quote or source."""
        first = self._board.first_place(self.middle)
        if first is not None and first != self.place:
            self.place = first
        elif first is not None:
            self._board.select_place(first)
            self.show_article()
        elif self.panels is not None and not self.panels.sources:
            self._reader.clear(no_articles(self.panels))
        else:
            self.show_article()

    def _select_next(self) -> None:
        """Select the quote that took the place of one that was dropped, if that was listed."""
        row = self._board.quotes.chosen
        if row is not None:
            self.place = row.place
        elif self.place is not None:
            self.place = self.place._replace(quote=None)

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
            label = source_label(self.panels, article.id)
            self._reader.show(
                article, place, label=label, country=self.country, placed=read.placed,
                top=self._resumed.pop(place, None),
            )  # fmt: skip
            self._note_read()
            self.note_news()

    def source(self, article: str) -> SourceRow | None:
        """Return the row of an article, or None."""
        return source_row(self.panels, article) if self.panels is not None else None

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
            self.place = row.place

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Go on to the country's quotes, all that a person says, or the reader at the place."""
        if message.sender is self._board.countries:
            self._focus("quotes")
        elif message.sender is not self._board.ledgers["people"]:
            self.go_to_reader()
        elif self.panels is not None and "people" in self._rows:
            everybody, person = self._rows["people"], message.item.person
            open_at_once(self, messages.PersonWanted(self.panels, everybody, person, self.country))

    def on_reader_moved(self, message: Reader.Moved) -> None:
        """Follow the reader."""
        self.place = message.place

    def on_reader_maximised(self, _: Reader.Maximised) -> None:
        """Open the article on the whole screen, at the place."""
        place = self.place
        if place is not None:
            label = source_label(self.panels, place.article)
            read = self._articles.get(place.article) if self._foot is not None else None
            wanted = messages.ArticleWanted(
                self.briefing, place, label, self.country, top=self._reader.top, read=read
            )
            open_at_once(self, wanted)

    def _pick_tab(self, panel: str) -> None:
        if panel == "reader" and not self.is_asking:
            self.go_to_reader()
        elif not self.is_asking:
            self._focus(panel)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Remember the panel that has the focus."""
        if event.widget.has_class("panel") and event.widget.id:
            self.panel, self.reads = event.widget.id, False
        elif event.widget is self._reader:
            self.reads = True

    # Corrections

    def stands(self) -> bool:
        """Whether something is corrected here, and not a country chosen."""
        return self.focused not in {self._board.countries, self._board.ledgers["people"]}

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
        self.panel, self.reads = panel, False
        self.set_focus(self._board.get_child_by_id(panel))

    def go_to_reader(self) -> None:
        """Give the reader the keys, showing it first where it is hidden."""
        self.reads = True
        super().go_to_reader()

    def action_panel(self, direction: int) -> None:
        """Go to the next panel or the previous one, the reader being the last."""
        wide = ["countries", self.middle, "sources"]
        order = [tab.panel for tab in TABS] if self._is_narrow else [*wide, "reader"]
        focused = self.focused.id if self.focused is not None else None
        here = order.index(focused) if focused in order else 0
        target = order[(here + direction) % len(order)]
        self._pick_tab(target)

    def action_middle(self, ledger: str) -> None:
        """Show a ledger in place of the quotes, at the row nearest to the place, or the quotes."""
        wanted = "quotes" if self.middle == ledger else ledger
        self._focus(wanted)
        if wanted == ledger:
            self._opened = ledger
            self.fill_middle()
            if ledger in self._awaited:
                self.hold_paint()  # Its rows are read soon.

    def action_search(self) -> None:
        """Search this briefing."""
        title = self.panels.title if self.panels is not None else self.briefing
        open_at_once(self, messages.SearchWanted(self.briefing, title))

    def way_back(self) -> str:
        """Return where a step back leads: the panel, the quotes, all countries, the library."""
        focused = self.focused.id if self.focused is not None else None
        if focused == "reader":
            return self.panel.replace("unruled", "to rule").capitalize()
        if focused in MIDDLE[1:]:
            return "Quotes"
        return "All" if self.country is not None else "Library"

    def action_back(self) -> None:
        """Go back a step: from the reader to the panel, from a country to all, to the library."""
        focused = self.focused.id if self.focused is not None else None
        if focused == "reader":
            self._focus(self.panel)
        elif focused in MIDDLE[1:]:
            self._focus("quotes")
        elif self.country is not None:
            self.country = None
            self.refresh_bindings()
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

    def action_open(self, screen: str) -> None:
        """Open a screen over the panels, beginning with what is selected."""
        if self.panels is not None:
            article = self.place.article if self.place is not None else None
            wanted = messages.PanelsWanted(screen, self.panels, self.country, article)
            open_at_once(self, wanted)

    def action_trace(self, trace: str) -> None:
        """Show an outline of the briefing, at what is selected; news are read then."""
        if trace == "changes":
            self._since.hide()
        open_at_once(self, messages.TraceWanted(self.briefing, trace, self.here()))

    # For the command palette

    def go_to(self, goal: Place | str | None) -> None:
        """Select a place and go to the reader, or a country, None for all, and go to its quotes."""
        if isinstance(goal, Place):
            self.place = goal
            self.go_to_reader()
        else:
            self.country = goal
            self._focus("quotes")
