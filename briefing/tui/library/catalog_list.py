"""The briefings of a library in columns: title, question, counts, latest date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from briefing.search.results import CatalogRow
from briefing.tui.kit.bars import LineBar
from briefing.tui.kit.line_list import LineList
from briefing.tui.kit.text_lines import Line, Piece, fit, pad, pad_left, spread, width_of
from briefing.visible import one_line

WIDE = 96


class Columns(NamedTuple):
    """The cells of each column; 0 leaves a column out."""

    title: int
    question: int
    number: int
    countries: int
    latest: int


def columns_for(width: int) -> Columns:
    """Divide `width` cells: numbers as they need, the question only where there is room."""
    if width < WIDE:
        return Columns(max(width - 33, 8), 0, 7, 6, 11)
    free = width - 3 * 10 - 12 - 3
    title = max(free * 2 // 5, 20)
    return Columns(title, free - title - 2, 10, 10, 12)


def column_heads(width: int) -> Line:
    """Return the line of column names for `width` cells."""
    columns = columns_for(width)
    narrow = not columns.question
    question = "" if narrow else "  " + pad("Question", columns.question)
    text = (
        " "
        + pad("Briefing", columns.title)
        + question
        + pad_left("Art." if narrow else "Articles", columns.number)
        + pad_left("Quotes", columns.number)
        + pad_left("Ctry." if narrow else "Countries", columns.countries)
        + pad_left("Latest", columns.latest)
    )
    return (Piece(text, "faint"),)


class CatalogHead(LineBar):
    """The names of the columns, aligned with the list below."""

    def line(self, width: int) -> Line:
        """Return the column names."""
        return column_heads(width - 1)


class CatalogList(LineList[CatalogRow]):
    """One line a briefing, drawn from the catalog alone."""

    ROW_HEIGHT: ClassVar[int | None] = 1

    def lines_of(self, item: CatalogRow, width: int) -> Sequence[Line]:
        """Return title, question, counts and latest date in their columns."""
        columns = columns_for(width)
        broken = f" {item.problems} left out" if item.problems else ""
        room = columns.title - width_of(broken)
        title = fit(one_line(item.title), room)
        fill = " " * (room - width_of(title))
        question = pad(one_line(item.question or ""), columns.question) if columns.question else ""
        numbers = pad_left(f"{item.articles:,}", columns.number) + pad_left(
            f"{item.quotes:,}", columns.number
        )
        countries = pad_left(str(len(item.countries)), columns.countries)
        latest = pad_left(one_line(item.latest or "–"), columns.latest)
        line = (
            Piece(" "),
            Piece(title, "text" if item.articles else "soft"),
            Piece(broken, "warning"),
            Piece(fill),
            Piece(f"  {question}" if question else "", "faint"),
            Piece(numbers + countries, "soft"),
            Piece(latest, "soft" if item.latest else "faint"),
        )
        return (spread(line, (), width),)


def matching(rows: Sequence[CatalogRow], words: str) -> Sequence[CatalogRow]:
    """Return the rows that hold every word of `words` in title, question, name, tags or codes."""
    wanted = words.casefold().split()
    if not wanted:
        return rows
    return [row for row in rows if all(word in _haystack(row) for word in wanted)]


def _haystack(row: CatalogRow) -> str:
    parts = (row.title, row.question or "", row.name, *row.tags, *row.countries)
    return "\n".join(parts).casefold()
