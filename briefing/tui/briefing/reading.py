"""What the screen of a briefing reads in threads: its panels, articles and ledgers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.cache import LRUCache
from textual.reactive import var
from textual.timer import Timer

from briefing.compare.panels import Panels
from briefing.errors import BriefingError
from briefing.library import Library
from briefing.model import Place
from briefing.tui.briefing.panel_board import PanelBoard
from briefing.tui.correcting.asking import HandRead
from briefing.tui.correcting.screen import CorrectingScreen
from briefing.tui.kit.actions import ArticleRead, read_article, read_in_thread
from briefing.tui.kit.bars import WrappedBar
from briefing.tui.kit.messages import CatalogNews
from briefing.tui.reader.reader import Reader

if TYPE_CHECKING:
    from briefing.tui.app import BriefingApp

LOOK_AFTER = 1.5
"""Seconds after a briefing was read in which what is new in it is not looked for."""
KEPT_ARTICLES = 16
"""How many articles are kept in memory once they are read."""


class ReadingScreen(CorrectingScreen):
    """A screen with the lists of a briefing, and a reader of its articles."""

    panels: var[Panels | None] = var(None, init=False)
    country: var[str | None] = var(None, init=False)
    place: var[Place | None] = var(None, init=False)
    middle: var[str] = var("quotes", init=False)
    show_article: Callable[[], None]
    """Shows the selected place in the reader, if its article is in memory."""

    def __init__(self, library: Library, briefing: str) -> None:
        super().__init__()
        self.library = library
        self.briefing = briefing
        self._board = PanelBoard()
        self._reader = Reader(id="reader")
        self._since = WrappedBar(id="news")
        self._articles: LRUCache[str, ArticleRead] = LRUCache(KEPT_ARTICLES)
        self._unreadable = False
        self._rows: dict[str, Sequence[Any]] = {}
        """The rows of the ledgers that were read."""
        self._awaited: set[str] = set()
        """The ledgers that are being read."""
        self._undone = False
        self._opened: str | None = None
        """The ledger that was asked for, until a row of it is chosen."""
        self._look: Timer | None = None

    def look_soon(self) -> None:
        """Look for what changed since the person looked last, once nothing else is read."""
        if self._look is not None:
            self._look.stop()
        look = partial(
            read_in_thread, self, "news", self._read_news, self._tell_news, lambda _: None
        )
        self._look = self.set_timer(LOOK_AFTER, look)

    def _read_news(self) -> str:
        from briefing.compare.outlines.change_outline import news_words

        changes = self.library.look(self.briefing)
        return news_words(changes) if changes is not None else ""

    def _tell_news(self, words: str) -> None:
        own = cast("BriefingApp", self.app).hand.changed
        if words and self.briefing not in own:
            self._since.show(f"Since you looked last: {words}. D shows it.", "accent")
        own.discard(self.briefing)

    def here(self) -> Place | None:
        """Return the place of the row under the cursor, in the reader the place read."""
        row = self._board.row_of(self.focused)
        return row.place if row is not None else self.place

    def is_reading(self) -> bool:
        """Whether what is corrected here is still being read."""
        unread = self.here() is not None and self._article() is None
        looking = "unruled" in self._awaited and self.focused is self._board.unruled
        waits = self.panels is None or unread or looking
        return super().is_reading() or (waits and not self._unreadable)

    async def _ready(self) -> bool:
        """Go to the place of the row first: one sees what is corrected."""
        here = self.here()
        if here is not None:
            self.place = here
        return await super()._ready()

    def read_panels(self) -> None:
        """Read the briefing."""
        if self._foot is not None:
            self.read_hand()
        read = partial(self.library.panels, self.briefing)
        read_in_thread(self, "panels", read, self.take_panels, self._fail)

    def take_panels(self, panels: Panels) -> None:
        """Take over the panels."""
        self._articles.clear()
        self._unreadable = False
        before, same = self.panels, panels == self.panels
        self._rows.pop("people", None)
        self.panels = panels
        if "unruled" in self._rows and _texts(before) != _texts(panels):
            self._read_ledger("unruled")
        if same:
            self.show_article()
        if self.place is None:
            self._read_hand_first()
        self.note_news()

    def _read_hand_first(self) -> None:
        """Read what corrections need, once what is read here is on the screen."""
        if self._foot is None:
            self.call_after_refresh(self.read_hand)

    async def take_hand(self, hand: HandRead) -> None:
        """Show what the analyst did to the article, too, which is read with the first."""
        first = self._foot is None
        await super().take_hand(hand)
        if first and self.place is not None:
            self.read_article(self.place.article)

    def read_article(self, article: str) -> None:
        """Read an article of the briefing; the first without edits, whose reader takes time."""
        edits = self._foot is not None
        read = partial(read_article, self.library, self.briefing, article, edits=edits)
        read_in_thread(self, "article", read, self._take_article, self._fail)

    def _take_article(self, read: ArticleRead) -> None:
        """Keep the article, and show it if it is still the selected one."""
        self._articles.discard(read.article.id)  # Else the cache keeps the one that it has.
        self._articles[read.article.id] = read
        if self.place is not None and self.place.article == read.article.id:
            self.show_article()
        self._read_hand_first()
        self.paint_again()

    def _fail(self, error: BriefingError) -> None:
        self._unreadable = True
        self._reader.show_error(error)
        if self.panels is None:
            self._board.countries.show_nothing("The briefing could not be read.")
        for each in self._awaited:
            self._board.ledgers[each].show_nothing(self._board.ledgers[each].FAILED)
        self._read_hand_first()
        self.note_news()

    def on_catalog_news(self, message: CatalogNews) -> None:
        """Read the briefing again if it has changed."""
        if self.briefing in message.changed:
            self._forget("timeline")
            if self.middle != "unruled":
                self._forget("unruled")
            elif self._undone:
                self._read_ledger("unruled")
            self._undone = False
            self.read_panels()

    def _forget(self, ledger: str) -> None:
        self._rows.pop(ledger, None)
        self._awaited.discard(ledger)

    def _take_ledger(self, ledger: str, panels: Panels, rows: Sequence[Any]) -> None:
        self._awaited.discard(ledger)
        if panels is not self.panels:  # Rows name what panels of their own time hold.
            self._read_ledger(ledger)
            return
        self._rows[ledger] = rows
        bookmarks = self._board.bookmarks()
        if ledger == "unruled":
            self._board.unruled.forget()
        self.fill_middle()
        if ledger == "unruled":
            self._board.reopen(bookmarks)
            self._aim()
        self.note_news()
        if self.place is None or self.place.article in self._articles:
            self.paint_again()

    def _read_ledger(self, ledger: str) -> None:
        """Read the rows of a ledger; those shown stay until others are found."""
        if self.panels is not None:
            self._awaited.add(ledger)
            read = partial(self._board.ledgers[ledger].read, self.library, self.panels)
            take = partial(self._take_ledger, ledger, self.panels)
            read_in_thread(self, ledger, read, take, self._fail)

    def fill_middle(self) -> None:
        """Fill the ledger in the middle, reading it first if it is not in memory."""
        if self.panels is None:
            return
        name, ledger = self.middle, self._board.ledgers.get(self.middle)
        if ledger is not None:
            ledger.update(self.panels, self.country, self._rows.get(name))
            if ledger.WAITING and name not in self._rows and name not in self._awaited:
                self._read_ledger(name)
        self._aim()

    def _aim(self) -> None:
        """Choose the rows of the place; of a ledger just opened the row nearest to it."""
        if self.place is not None:
            self._board.select_place(self.place)
        if self._opened == self.middle:
            place = self._board.place_at(self.middle)
            if place is not None:
                self._opened, self.place = None, place


def _texts(panels: Panels | None) -> list[tuple[str, ...]]:
    return [(row.label, row.article, row.stamp) for row in panels.sources] if panels else []
