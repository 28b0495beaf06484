"""The library: all briefings in columns, filtered as you type; drawn from the catalog alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.reactive import var

from briefing.search.results import CatalogRow
from briefing.tui.kit.actions import open_at_once
from briefing.tui.kit.bars import KeyBar, LineBar, TitleBar
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.line_list import LineList
from briefing.tui.kit.messages import BriefingWanted, CatalogNews, RefreshNews, SearchWanted
from briefing.tui.kit.painted import Bordered
from briefing.tui.kit.quiet_screen import QuietScreen
from briefing.tui.kit.text_lines import (
    Line,
    Piece,
    cut,
    fit,
    length,
    pad,
    pad_left,
    spread,
    width_of,
)
from briefing.visible import one_line
from briefing.wording import NO_DATE, counted, quotes_in_words

if TYPE_CHECKING:
    from textual.widgets import Input

    from briefing.tui.shell.memory import ReadingMemory

WIDE, WITH_QUESTION = 96, 130
NEW = 8
"""The cells of what is new."""


class News(NamedTuple):
    """What came since a briefing was open last; of two, what is more comes first."""

    articles: int = 0
    never_opened: bool = False
    changed: bool = False

    @property
    def sign(self) -> str:
        """The sign of what weighs most."""
        if self.articles:
            return f"+{self.articles:,}"
        return "•" if self.never_opened else "changed" if self.changed else ""


ToNews = Callable[[CatalogRow], News]


class ColumnWidths(NamedTuple):
    """The cells of each column; one of none is left out, for the title of a narrow screen."""

    title: int
    question: int
    number: int
    countries: int
    activity: int
    latest: int

    def line(self, left: Sequence[Piece], question: str, right: Sequence[Piece]) -> Line:
        """Return what is in the columns, `right` being the cells behind the question."""
        start = cut(left, self.title + 1)
        middle = f"  {pad(question, self.question)}" if self.question else ""
        gap = Piece(" " * (self.title + 1 - length(start)))
        return (*start, gap, Piece(middle, "faint"), *right)

    def numbers(self, articles: str, quotes: str, countries: str) -> str:
        """Return the counts, aligned right."""
        counts = pad_left(articles, self.number) + pad_left(quotes, self.number)
        return counts + pad_left(countries, self.countries)

    def dates(self, activity: str, latest: str) -> str:
        """Return the last activity and the newest article, aligned right."""
        return pad_left(activity, self.activity) + pad_left(latest, self.latest)


def columns_for(width: int) -> ColumnWidths:
    """Divide `width` cells: numbers as they need, the question only where there is room."""
    if width < WIDE:
        return ColumnWidths(max(width - NEW - 2 * 7 - 12 - 1, 8), 0, 7, 0, 12, 0)
    free = width - NEW - 3 * 10 - 2 * 13 - 2
    title = free * 2 // 5 if width >= WITH_QUESTION else free
    return ColumnWidths(title, max(free - title - 2, 0), 10, 10, 13, 13)


def head_line(width: int) -> Line:
    """Return the names of the columns, aligned with the list below."""
    columns = columns_for(width - 1)
    wide = columns.countries > 0
    names = columns.numbers("Articles" if wide else "Art.", "Quotes", "Countries")
    right = pad_left("New", NEW) + names + columns.dates("Last change", "Newest")
    return columns.line((Piece(" Briefing", "faint"),), "Question", (Piece(right, "faint"),))


class CatalogList(LineList[CatalogRow]):
    """One line a briefing, drawn from the catalog and from what was opened."""

    ROW_HEIGHT: ClassVar[int | None] = 1
    BINDINGS = keys_of("catalog")
    news: ToNews = staticmethod(lambda _: News())

    def lines_of(self, item: CatalogRow, width: int) -> Sequence[Line]:
        """Return title and tags, question, counts and dates in their columns."""
        columns = columns_for(width)
        broken = f" {item.problems} left out" if item.problems else ""
        room = columns.title - width_of(broken)
        title = fit(one_line(item.title), room)
        left = (
            Piece(" "),
            Piece(title, "text" if item.articles else "soft"),
            Piece(broken, "warning"),
            Piece(_tags(item, room - width_of(title)), "faint"),
        )
        numbers = (item.articles, item.quotes, len(item.countries))
        activity, latest = (item.activity or "–")[:10], item.latest or NO_DATE
        right = (
            Piece(pad_left(self.news(item).sign, NEW), "accent"),
            Piece(columns.numbers(*(f"{number:,}" for number in numbers)), "soft"),
            Piece(columns.dates(one_line(activity), one_line(latest)), "soft"),
        )
        return (spread(columns.line(left, one_line(item.question or ""), right), (), width),)


def _tags(row: CatalogRow, room: int) -> str:
    """Return the tags that fit into so many cells as a whole."""
    shown = " "
    for tag in row.tags:
        words = f" #{one_line(tag)}"
        shown += words if width_of(shown + words) <= room else ""
    return shown.rstrip()


ORDERS: dict[str, Callable[[CatalogRow, ToNews], object]] = {
    "title": lambda row, _: one_line(row.title).casefold(),
    "last change": lambda row, _: row.activity or "",
    "articles": lambda row, _: row.articles,
    "new": lambda row, news: news(row),
}
"""What rows are sorted by, as it is named on the screen; the title runs up, all else down."""


def in_order(rows: Sequence[CatalogRow], order: str, news: ToNews) -> Sequence[CatalogRow]:
    """Return the rows in an order of `ORDERS`; where that leaves it open, as they are."""
    key = ORDERS[order]
    return sorted(rows, key=lambda row: key(row, news), reverse=order != "title")  # type: ignore[arg-type, return-value]


def matching(rows: Sequence[CatalogRow], words: str) -> Sequence[CatalogRow]:
    """Return the rows that hold every word of `words` in title, question, name, tags or codes."""
    for word in words.casefold().split():
        rows = [row for row in rows if word in haystack(row)]
    return rows


def haystack(row: CatalogRow) -> str:
    """Return what is looked at to find a row, in small letters."""
    parts = (row.title, row.question or "", row.name, *row.tags, *row.countries)
    return "\n".join(parts).casefold()


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
        self._has_parts, self._left = not covered, False
        self._library = name
        self._place = place
        self._news = "" if rows else READING
        self._waiting: CatalogNews | None = None
        self._ordered: Sequence[CatalogRow] = ()
        self.set_reactive(LibraryScreen.rows, rows)
        self._heading = TitleBar()
        self._frame = Bordered(id="frame")
        self._names = LineBar()
        self._names.write(head_line)
        self._catalog = CatalogList(id="catalog", empty=NO_BRIEFINGS)
        self._catalog.news = self._news_of

    def compose(self) -> ComposeResult:
        """Lay out heading, columns and keys; `covered` at the start, once the screen is seen."""
        if not self._has_parts:
            return
        yield self._heading
        with self._frame:
            yield self._names
            yield self._catalog
        yield KeyBar()

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
        self._frame.label(f"Briefings · by {self.order}")
        chosen = self._catalog.chosen
        self._show(matching(self._ordered, self.words), chosen.name if chosen else None)
        self._head()

    on_mount = watch_rows = watch_order = _sort

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
        self._frame.label(foot=(Piece(self._catalog.count_note(), "faint"),))

    on_line_list_moved = _count

    def watch_words(self, before: str, words: str) -> None:
        """Show the rows that have the words; what is typed on only narrows them."""
        rows = self._catalog.items if before and words.startswith(before) else self._ordered
        self._show(matching(rows, words))

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
        if self._left and not self._has_parts:
            self._has_parts = True
            await self.recompose()
            self.set_focus(self._catalog)
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

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Open the briefing."""
        open_at_once(self, BriefingWanted(message.item.name))

    def on_input_changed(self, message: Input.Changed) -> None:
        """Filter by what is typed."""
        self.words = message.value

    def on_input_submitted(self, _: Input.Submitted) -> None:
        """Go from the filter to the list."""
        self.set_focus(self._catalog)

    async def action_filter(self) -> None:
        """Open the filter and go there."""
        if not self.query("#filter"):
            from briefing.tui.kit.inputs import SignedInput

            words = "words of title, question, tag or country code"
            box = SignedInput(placeholder=words, id="filter")
            with self.app.batch_update():
                await self._frame.mount(box, before=0)
                self.set_focus(box)
        self.set_focus(self.query_exactly_one("#filter"))

    async def action_clear(self) -> None:
        """Close the filter and show all briefings."""
        # All that changes is painted with the layout that the removal makes.
        with self.app.batch_update():
            self.words = ""
            self.set_focus(self._catalog)
            await self.query("#filter").remove()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether the action is possible: a filter is removed where there is one."""
        if action == "clear":
            return bool(self.query("#filter"))
        return super().check_action(action, parameters)

    def action_sort(self) -> None:
        """Sort by what comes next."""
        orders = list(ORDERS)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]

    def action_search(self) -> None:
        """Search all articles."""
        open_at_once(self, SearchWanted())
