"""The library: all briefings in columns, filtered as one types; drawn from the catalog alone."""

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
NO_MATCH = "No briefing has these words. Press esc to see them all."


class LibraryScreen(Screen[object]):
    """The list of briefings; `rows` and `words` decide what it shows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", id="library.open", tooltip="Open the briefing"),
        Binding("f", "filter", "Filter", id="library.filter",
                tooltip="Show only briefings with the words typed"),
        Binding("slash", "search", "Search", key_display="/", id="library.search",
                tooltip="Search the words of all articles"),
        Binding("escape", "clear", "Show all", show=False, id="library.clear",
                tooltip="Leave the filter"),
    ]  # fmt: skip
    AUTO_FOCUS = "#catalog"

    rows: var[Sequence[CatalogRow]] = var((), init=False)
    words: var[str] = var("", init=False)

    def __init__(self, name: str, place: str, rows: Sequence[CatalogRow]) -> None:
        super().__init__()
        self._library = name
        self._place = place
        self._news = "" if rows else READING
        self.set_reactive(LibraryScreen.rows, rows)

    def compose(self) -> ComposeResult:
        """Lay out heading, filter, columns and keys."""
        yield TitleBar(id="heading")
        with Vertical(id="frame"):
            yield CatalogHead()
            yield CatalogList(id="catalog", empty=NO_BRIEFINGS)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the catalog as it is known."""
        self.query_exactly_one("#frame").border_title = cast("str", Content("Briefings"))
        self._show(self.rows)

    def _show(self, rows: Sequence[CatalogRow], keep: str | None = None) -> None:
        catalog = self.query_exactly_one(CatalogList)
        catalog.empty = NO_MATCH if self.words else READING if self._news else NO_BRIEFINGS
        names = [row.name for row in rows] if keep is not None else []
        catalog.show(rows, cursor=names.index(keep) if keep in names else 0)
        self._head()

    def _head(self) -> None:
        quotes = sum(row.quotes for row in self.rows)
        articles = sum(row.articles for row in self.rows)
        counts = (
            counted(len(self.rows), "briefing"),
            counted(articles, "article"),
            counted(quotes, "quote"),
        )
        heading = self.query_exactly_one(TitleBar)
        heading.show(self._library, self._place, counts, self._news if self.rows else "")
        self._count()

    def _count(self) -> None:
        frame = self.query_exactly_one("#frame")
        count = self.query_exactly_one(CatalogList).count_note()
        frame.border_subtitle = cast("str", Content(count))

    def watch_rows(self, rows: Sequence[CatalogRow]) -> None:
        """Show new rows, with the cursor on the same briefing."""
        chosen = self.query_exactly_one(CatalogList).chosen
        self._show(matching(rows, self.words), chosen.name if chosen else None)

    def watch_words(self, words: str) -> None:
        """Show the rows that have the words."""
        self._show(matching(self.rows, words))

    def on_catalog_news(self, message: CatalogNews) -> None:
        """Take over new rows."""
        self.rows = message.rows

    def on_refresh_news(self, message: RefreshNews) -> None:
        """Tell how far the background refresh is."""
        over = bool(self._news) and not message.words
        self._news = message.words
        if over and not self.rows:
            self._show(self.rows)
        self._head()

    def on_line_list_moved(self, _: LineList.Moved) -> None:
        """Count along."""
        self._count()

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Open the briefing."""
        self.post_message(BriefingWanted(message.item.name))

    def on_input_changed(self, message: Input.Changed) -> None:
        """Filter as one types."""
        self.words = message.value

    def on_input_submitted(self, _: Input.Submitted) -> None:
        """Go from the filter to the list."""
        self.query_exactly_one(CatalogList).focus()

    async def action_filter(self) -> None:
        """Open the filter and go there."""
        if not self.query("#filter"):
            from textual.widgets import Input

            box = Input(placeholder="words of title, question, tag or country code", id="filter")
            await self.query_exactly_one("#frame").mount(box, before=0)
        self.query_exactly_one("#filter").focus()

    async def action_clear(self) -> None:
        """Close the filter and show all briefings."""
        await self.query("#filter").remove()
        self.words = ""
        self.query_exactly_one(CatalogList).focus()

    def action_open(self) -> None:
        """Open the briefing under the cursor."""
        self.query_exactly_one(CatalogList).action_choose()

    def action_search(self) -> None:
        """Search all articles."""
        self.post_message(SearchWanted())
