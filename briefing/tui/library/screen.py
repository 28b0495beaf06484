"""The library: all briefings in columns, filtered as you type; drawn from the catalog alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import var

from briefing.search.results import CatalogRow
from briefing.tui.kit.bars import KeyBar, TitleBar
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.line_list import LineList
from briefing.tui.kit.messages import (
    AddWanted,
    BriefingWanted,
    CatalogNews,
    RefreshNews,
    SearchWanted,
)
from briefing.tui.kit.painted import write_border
from briefing.tui.kit.quiet_screen import QuietScreen
from briefing.tui.library.catalog_list import (
    ORDERS,
    CatalogHead,
    CatalogList,
    News,
    in_order,
    matching,
)
from briefing.wording import counted, quotes_in_words

if TYPE_CHECKING:
    from textual.widgets import Input

    from briefing.tui.shell.memory import ReadingMemory

NO_BRIEFINGS = (
    "No briefing here yet. Press + to add articles, or add them from the command line: "
    "briefing add FILE… --to NAME, and they appear here."
)
READING = "Reading the library …"
NO_MATCH = "No briefing has these words. Press esc to show all."


class LibraryScreen(QuietScreen):
    """The list of briefings; `rows` and `words` decide what it shows."""

    BINDINGS = keys_of("library")
    AUTO_FOCUS = "#catalog"

    rows: var[Sequence[CatalogRow]] = var((), init=False)
    words: var[str] = var("", init=False)
    order: var[str] = var("title", init=False)

    def __init__(
        self,
        name: str,
        place: str,
        rows: Sequence[CatalogRow],
        memory: ReadingMemory | None = None,
        *,
        covered: bool = False,
    ) -> None:
        super().__init__()
        self._memory = memory
        self._covered, self._left = covered, False
        self._library = name
        self._place = place
        self._news = "" if rows else READING
        self._waiting: CatalogNews | None = None
        self._ordered: Sequence[CatalogRow] = ()
        self.set_reactive(LibraryScreen.rows, rows)
        self._heading = TitleBar()
        self._frame = Vertical(id="frame")
        self._catalog = CatalogList(id="catalog", empty=NO_BRIEFINGS)
        self._catalog.news = self._news_of

    def compose(self) -> ComposeResult:
        """Lay out heading, columns and keys; `covered` at the start, once the screen is seen."""
        if self._covered:
            return
        yield self._heading
        with self._frame:
            yield CatalogHead()
            yield self._catalog
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the catalog as last known."""
        self._sort()

    def _news_of(self, row: CatalogRow) -> News:
        """Return what came since a briefing was open last."""
        if self._memory is None or not row.articles:
            return News()
        seen = self._memory.opened(row.name)
        if seen is None:
            return News(never_opened=True)
        changed = self._memory.has_changed(row.name, row.stamp)
        return News(max(row.articles - seen, 0), changed=changed)

    def go_to(
        self, name: str, place: str, rows: Sequence[CatalogRow], memory: ReadingMemory | None
    ) -> None:
        """Show another library."""
        self._library, self._place, self._memory = name, place, memory
        self._waiting = None
        self.rows = rows
        self._head()

    def _sort(self) -> None:
        self._ordered = in_order(self.rows, self.order, self._news_of)
        write_border(self._frame, Content(f"Briefings · by {self.order}"))
        chosen = self._catalog.chosen
        self._show(matching(self._ordered, self.words), chosen.name if chosen else None)
        self._head()

    def _show(self, rows: Sequence[CatalogRow], keep: str | None = None) -> None:
        self._catalog.empty = NO_MATCH if self.words else READING if self._news else NO_BRIEFINGS
        names = [row.name for row in rows] if keep is not None else []
        self._catalog.show(rows, cursor=names.index(keep) if keep in names else 0)
        self._count()

    def _head(self) -> None:
        said = (sum(row.quotes for row in self.rows), sum(row.paraphrases for row in self.rows))
        articles = sum(row.articles for row in self.rows)
        counts = (
            counted(len(self.rows), "briefing"),
            counted(articles, "article"),
            quotes_in_words(*said),
        )
        self._heading.show(self._library, self._place, counts, self._news if self.rows else "")
        self._count()

    def _count(self) -> None:
        write_border(self._frame, foot=Content(self._catalog.count_note()))

    def watch_rows(self) -> None:
        """Show new rows."""
        self._sort()

    def watch_words(self, before: str, words: str) -> None:
        """Show the rows that have the words; what is typed on only narrows them."""
        rows = self._catalog.items if before and words.startswith(before) else self._ordered
        self._show(matching(rows, words))

    def watch_order(self) -> None:
        """Show the rows in another order."""
        self._sort()

    def on_catalog_news(self, message: CatalogNews) -> None:
        """Take over new rows, below another screen when that is left: it would be painted anew."""
        if self.is_active:
            self.rows = message.rows
        else:
            self._waiting = message

    def on_screen_suspend(self) -> None:
        """Note that another screen has come above."""
        self._left = True

    async def on_screen_resume(self) -> None:
        """Take over the rows that came meanwhile, and what is no longer new."""
        if self._covered and self._left:
            self._covered = False
            await self.recompose()
            self._catalog.focus()
        if self._waiting is not None:
            message, self._waiting = self._waiting, None
            self.rows = message.rows
            self._head()
        elif self._memory is not None and self.order == "new":
            self._sort()
        else:
            self._catalog.repaint()

    def on_refresh_news(self, message: RefreshNews) -> None:
        """Show the progress of the background refresh."""
        over = bool(self._news) and not message.words and self._waiting is None
        self._news = message.words
        if over and not self.rows:
            self._sort()
        if self.is_active:
            self._head()

    def on_line_list_moved(self, _: LineList.Moved) -> None:
        """Show which row is selected."""
        self._count()

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Open the briefing."""
        self.post_message(BriefingWanted(message.item.name))

    def on_input_changed(self, message: Input.Changed) -> None:
        """Filter by what is typed."""
        self.words = message.value

    def on_input_submitted(self, _: Input.Submitted) -> None:
        """Go from the filter to the list."""
        self._catalog.focus()

    async def action_filter(self) -> None:
        """Open the filter and go there."""
        if not self.query("#filter"):
            from briefing.tui.kit.inputs import SignedInput

            words = "words of title, question, tag or country code"
            box = SignedInput(placeholder=words, id="filter")
            with self.app.batch_update():
                await self._frame.mount(box, before=0)
                self.set_focus(box)
        self.query_exactly_one("#filter").focus()

    async def action_clear(self) -> None:
        """Close the filter and show all briefings."""
        # All that changes is painted with the layout that the removal makes.
        with self.app.batch_update():
            self.words = ""
            self.set_focus(self._catalog)
            await self.query("#filter").remove()

    def action_open(self) -> None:
        """Open the briefing under the cursor."""
        self._catalog.action_choose()

    def action_sort(self) -> None:
        """Sort by what comes next."""
        orders = list(ORDERS)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]

    def action_add(self) -> None:
        """Ask for articles to add."""
        self.post_message(AddWanted())

    def action_search(self) -> None:
        """Search all articles."""
        self.post_message(SearchWanted())
