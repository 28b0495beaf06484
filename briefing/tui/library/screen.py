"""The library: all briefings in columns, filtered as you type; drawn from the catalog alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import var
from textual.screen import Screen

from briefing.search.results import CatalogRow
from briefing.tui.kit.bars import KeyBar, TitleBar
from briefing.tui.kit.line_list import LineList
from briefing.tui.kit.messages import BriefingWanted, CatalogNews, RefreshNews, SearchWanted
from briefing.tui.library.catalog_list import CatalogHead, CatalogList, matching
from briefing.wording import counted

if TYPE_CHECKING:
    from textual.widgets import Input

NO_BRIEFINGS = (
    "No briefing here yet. Add articles from the command line: "
    "briefing add FILE… --to NAME, and they appear here."
)
READING = "Reading the library …"
NO_MATCH = "No briefing has these words. Press esc to show all."


class LibraryScreen(Screen[object]):
    """The list of briefings; `rows` and `words` decide what it shows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", id="library.open", tooltip="Open the briefing"),
        Binding("f", "filter", "Filter", id="library.filter",
                tooltip="Show only the briefings with certain words"),
        Binding("slash", "search", "Search", id="library.search",
                tooltip="Search the words of all articles"),
        Binding("escape", "clear", "Show all", show=False, id="library.clear",
                tooltip="Remove the filter"),
    ]  # fmt: skip
    AUTO_FOCUS = "#catalog"

    rows: var[Sequence[CatalogRow]] = var((), init=False)
    words: var[str] = var("", init=False)

    def __init__(self, name: str, place: str, rows: Sequence[CatalogRow]) -> None:
        super().__init__()
        self._library = name
        self._place = place
        self._news = "" if rows else READING
        self._waiting: CatalogNews | None = None
        self.set_reactive(LibraryScreen.rows, rows)
        self._heading = TitleBar()
        self._frame = Vertical(id="frame")
        self._frame.border_title = "Briefings"
        self._catalog = CatalogList(id="catalog", empty=NO_BRIEFINGS)

    def compose(self) -> ComposeResult:
        """Lay out heading, columns and keys."""
        yield self._heading
        with self._frame:
            yield CatalogHead()
            yield self._catalog
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the catalog as last known."""
        self._show(self.rows)

    def go_to(self, name: str, place: str, rows: Sequence[CatalogRow]) -> None:
        """Show another library."""
        self._library, self._place = name, place
        self._waiting = None
        self.rows = rows
        self._head()

    def _show(self, rows: Sequence[CatalogRow], keep: str | None = None) -> None:
        self._catalog.empty = NO_MATCH if self.words else READING if self._news else NO_BRIEFINGS
        names = [row.name for row in rows] if keep is not None else []
        self._catalog.show(rows, cursor=names.index(keep) if keep in names else 0)
        self._head()

    def _head(self) -> None:
        quotes = sum(row.quotes for row in self.rows)
        articles = sum(row.articles for row in self.rows)
        counts = (
            counted(len(self.rows), "briefing"),
            counted(articles, "article"),
            counted(quotes, "quote"),
        )
        self._heading.show(self._library, self._place, counts, self._news if self.rows else "")
        self._count()

    def _count(self) -> None:
        self._frame.border_subtitle = cast("str", Content(self._catalog.count_note()))

    def watch_rows(self, rows: Sequence[CatalogRow]) -> None:
        """Show new rows, with the cursor on the same briefing."""
        chosen = self._catalog.chosen
        self._show(matching(rows, self.words), chosen.name if chosen else None)

    def watch_words(self, words: str) -> None:
        """Show the rows that have the words."""
        self._show(matching(self.rows, words))

    def on_catalog_news(self, message: CatalogNews) -> None:
        """Take over new rows, below another screen when that is left: it would be painted anew."""
        if self.is_active:
            self.rows = message.rows
        else:
            self._waiting = message

    def on_screen_resume(self) -> None:
        """Take over the rows that came meanwhile."""
        if self._waiting is not None:
            message, self._waiting = self._waiting, None
            self.rows = message.rows
            self._head()

    def on_refresh_news(self, message: RefreshNews) -> None:
        """Show the progress of the background refresh."""
        over = bool(self._news) and not message.words
        self._news = message.words
        if over and not self.rows:
            self._show(self.rows)
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
            await self._frame.mount(box, before=0)
        self.query_exactly_one("#filter").focus()

    async def action_clear(self) -> None:
        """Close the filter and show all briefings."""
        await self.query("#filter").remove()
        self.words = ""
        self._catalog.focus()

    def action_open(self) -> None:
        """Open the briefing under the cursor."""
        self._catalog.action_choose()

    def action_search(self) -> None:
        """Search all articles."""
        self.post_message(SearchWanted())
