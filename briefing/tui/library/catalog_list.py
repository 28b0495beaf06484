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
NARROW_NAMES = ("Art.", "Quotes", "Ctry.")


class ColumnWidths(NamedTuple):
    """The cells of each column; a question of 0 is left out."""

    title: int
    question: int
    number: int
    countries: int
    latest: int

    def question_cells(self, text: str) -> str:
        """Return the question with the gap before it, or an empty text."""
        return f"  {pad(text, self.question)}" if self.question else ""

    def number_cells(self, articles: str, quotes: str, countries: str) -> str:
        """Return the counts, aligned right."""
        numbers = pad_left(articles, self.number) + pad_left(quotes, self.number)
        return numbers + pad_left(countries, self.countries)


def columns_for(width: int) -> ColumnWidths:
    """Divide `width` cells: numbers as they need, the question only where there is room."""
    if width < WIDE:
        return ColumnWidths(max(width - 33, 8), 0, 7, 6, 11)
    free = width - 3 * 10 - 12 - 3
    title = max(free * 2 // 5, 20)
    return ColumnWidths(title, free - title - 2, 10, 10, 12)


class CatalogHead(LineBar):
    """The names of the columns, aligned with the list below."""

    def line(self, width: int) -> Line:
        """Return the column names."""
        columns = columns_for(width - 1)
        names = ("Articles", "Quotes", "Countries") if columns.question else NARROW_NAMES
        title, question = pad("Briefing", columns.title), columns.question_cells("Question")
        latest = pad_left("Latest", columns.latest)
        return (Piece(f" {title}{question}{columns.number_cells(*names)}{latest}", "faint"),)


class CatalogList(LineList[CatalogRow]):
    """One line a briefing, drawn from the catalog alone."""

    ROW_HEIGHT: ClassVar[int | None] = 1

    def lines_of(self, item: CatalogRow, width: int) -> Sequence[Line]:
        """Return title, question, counts and latest date in their columns."""
        columns = columns_for(width)
        broken = f" {item.problems} left out" if item.problems else ""
        room = columns.title - width_of(broken)
        title = fit(one_line(item.title), room)
        numbers = f"{item.articles:,}", f"{item.quotes:,}", str(len(item.countries))
        latest = pad_left(one_line(item.latest or "–"), columns.latest)
        line = (
            Piece(" "),
            Piece(title, "text" if item.articles else "soft"),
            Piece(broken, "warning"),
            Piece(" " * (room - width_of(title))),
            Piece(columns.question_cells(one_line(item.question or "")), "faint"),
            Piece(columns.number_cells(*numbers), "soft"),
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
