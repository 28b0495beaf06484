"""The briefings of a library in columns: title and tags, question, what is new, counts, dates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from briefing.search.results import CatalogRow
from briefing.tui.kit.bars import LineBar
from briefing.tui.kit.line_list import LineList
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
from briefing.wording import NO_DATE

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
    """The cells of each column; a question or number of countries of 0 cells is left out."""

    title: int
    question: int
    number: int
    countries: int
    date: int

    def line(self, left: Sequence[Piece], question: str, right: Sequence[Piece]) -> Line:
        """Return what is in the columns, `right` being the cells behind the question."""
        start = cut(left, self.title + 1)
        middle = f"  {pad(question, self.question)}" if self.question else ""
        gap = Piece(" " * (self.title + 1 - length(start)))
        return (*start, gap, Piece(middle, "faint"), *right)

    def numbers(self, articles: str, quotes: str, countries: str) -> str:
        """Return the counts, aligned right."""
        words = pad_left(articles, self.number) + pad_left(quotes, self.number)
        return words + (pad_left(countries, self.countries) if self.countries else "")

    def dates(self, activity: str, latest: str) -> str:
        """Return the last activity and the newest article, aligned right."""
        return pad_left(activity, self.date) + pad_left(latest, self.date)


def columns_for(width: int) -> ColumnWidths:
    """Divide `width` cells: numbers as they need, the question only where there is room."""
    if width < WIDE:
        return ColumnWidths(max(width - NEW - 2 * 7 - 2 * 12 - 1, 8), 0, 7, 0, 12)
    free = width - NEW - 3 * 10 - 2 * 13 - 2
    title = free * 2 // 5 if width >= WITH_QUESTION else free
    return ColumnWidths(title, max(free - title - 2, 0), 10, 10, 13)


class CatalogHead(LineBar):
    """The names of the columns, aligned with the list below."""

    def line(self, width: int) -> Line:
        """Return the column names."""
        columns = columns_for(width - 1)
        wide = columns.countries > 0
        names = columns.numbers("Articles" if wide else "Art.", "Quotes", "Countries")
        right = pad_left("New", NEW) + names + columns.dates("Last change", "Newest")
        return columns.line((Piece(" Briefing", "faint"),), "Question", (Piece(right, "faint"),))


class CatalogList(LineList[CatalogRow]):
    """One line a briefing, drawn from the catalog and from what was opened."""

    ROW_HEIGHT: ClassVar[int | None] = 1
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
