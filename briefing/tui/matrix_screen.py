"""Positions as a matrix, and the sentences of the cell under the cursor below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.reactive import var

from briefing.compare.choosing import no_positions
from briefing.compare.side_by_side import (
    Matrix,
    MatrixBasis,
    MatrixCell,
    MatrixColumn,
    MatrixRow,
    StanceCue,
    StanceMark,
    build_matrix,
    choose_cues,
)
from briefing.library import Library
from briefing.tui.briefing.ledgers import PositionList, ledger_lines
from briefing.tui.kit.actions import read_in_thread
from briefing.tui.kit.bars import KeyBar, LineBar
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.line_list import LineList
from briefing.tui.kit.messages import PanelsWanted
from briefing.tui.kit.panels_screen import PanelsScreen
from briefing.tui.kit.quiet_screen import TALL
from briefing.tui.kit.quote_lines import HAND, stance_piece
from briefing.tui.kit.text_lines import Line, Piece, cut, fit, length, pad, width_of, wrap
from briefing.tui.kit.themes import stance_ink
from briefing.visible import one_line
from briefing.wording import counted

NARROWEST, WIDEST = 11, 20
"""The cells that a column takes."""
STANCE_WIDTH = 15
"""The cells for where a country stands, on a wide screen."""
WIDE = 110
ODDS = "≠"


class StanceGrid(LineList[MatrixRow]):
    """A list of countries whose rows are cells, one of which is under the cursor."""

    BINDINGS = keys_of("matrix-grid")

    matrix = Matrix(basis="source", columns=(), rows=(), shortened={})
    _at = _left = 0

    def show_matrix(self, matrix: Matrix, code: str | None, key: str | None) -> None:
        """Show a matrix with the cell of a country and a column chosen, or the country's first."""
        self.matrix = matrix
        row = next((n for n, each in enumerate(matrix.rows) if each.code == code), 0)
        keys = [column.key for column in matrix.columns]
        filled = [cell.column for row in matrix.rows[row : row + 1] for cell in row.cells]
        first = min(map(keys.index, filled), default=0)
        self._at, self._left = keys.index(key) if key in keys else first, 0
        self.styles.max_height = len(matrix.rows) + self._head_height + 2
        self.title("Positions")
        self.show(matrix.rows, cursor=row)

    @property
    def column(self) -> MatrixColumn | None:
        """The column under the cursor, None without any."""
        return self.matrix.columns[self._at] if self.matrix.columns else None

    @property
    def cell(self) -> MatrixCell | None:
        """The cell under the cursor, None where it has no cue."""
        row, column = self.chosen, self.column
        cells = row.cells if row is not None else ()
        return next((cell for cell in cells if column and cell.column == column.key), None)

    def count_note(self) -> str:
        """Return how many columns there are, and which are in view."""
        shown, total = self._measures[2], len(self.matrix.columns)
        view = f"{self._left + 1}–{min(self._left + shown, total)} of " if total > shown else ""
        return view + counted(total, "source" if self.matrix.basis == "source" else "column")

    # Moving

    def action_column(self, direction: int) -> None:
        """Move to the next column or the one before."""
        self._go(self.cursor, self._at + direction)

    def action_filled(self, direction: int) -> None:
        """Move to the next cell with a cue, row by row, or to the one before."""
        number = {column.key: at for at, column in enumerate(self.matrix.columns)}
        spots = sorted(
            (at, number[cell.column]) for at, row in enumerate(self.items) for cell in row.cells
        )
        here = self.cursor, self._at
        ahead = [spot for spot in spots if (spot > here if direction > 0 else spot < here)]
        if ahead:
            self._go(*ahead[0 if direction > 0 else -1])

    def _go(self, row: int, column: int) -> None:
        self._at = max(0, min(column, len(self.matrix.columns) - 1))
        self._move(row)
        self.reveal()
        self._note_count()
        self.refresh()

    async def on_click(self, event: events.Click) -> None:
        """Move to the column clicked, too."""
        offset = event.get_content_offset(self)
        before, width, _ = self._measures
        if offset is not None and offset.x >= before:
            column = self._left + (offset.x - before) // width
            if column != self._at and column < len(self.matrix.columns):
                event.prevent_default()
                self._go(max(self._row_at(offset.y + self.scroll_offset.y), 0), column)

    # Measuring and scrolling: the names of the columns take the first lines of the view

    @property
    def _head_height(self) -> int:
        return 4 if self.app.size.height >= TALL else 3

    @property
    def _measures(self) -> tuple[int, int, int]:
        """The cells before the columns, those of a column, and how many columns are in view."""
        width = self.line_width
        names = (width_of(one_line(f"{row.code} {row.name}")) for row in self.items)
        before = min(max(names, default=0) + 3, width // 3) + self._standing_width
        columns = max(len(self.matrix.columns), 1)
        each = max(NARROWEST, min((width - before) // columns, WIDEST))
        return before, each, max((width - before) // each, 1)

    @property
    def _standing_width(self) -> int:
        return STANCE_WIDTH if self.line_width >= WIDE else 0

    def _measure(self) -> None:
        width, head = self.line_width, self._head_height
        if width > 0:
            self._measured_width = width
            self._ends = range(head + 1, head + len(self.items) + 1)
            self.extend(width, head + len(self.items))

    def spot(self) -> None:
        """Return nothing: a row is a line in any width."""

    def _row_top(self, index: int) -> int:
        return index + self._head_height

    def _row_height(self, index: int) -> int:  # noqa: ARG002
        return 1

    def _row_at(self, y: int) -> int:
        return y - self._head_height

    def reveal(self) -> None:
        """Scroll rows and columns to the cell under the cursor."""
        if self.line_width <= 0:
            return
        shown, total = self._measures[2], len(self.matrix.columns)
        self._left = max(min(self._left, self._at, total - shown), self._at - shown + 1, 0)
        view = max(self.room.height - self._head_height, 1)
        start = self.scroll_offset.y
        if not start <= self.cursor < start + view:
            top = self.cursor if self.cursor < start else self.cursor - view + 1
            self.scroll_to(y=top, animate=False)

    # Painting

    def _shown_at(self, y: int, width: int) -> tuple[Line, int, str | None]:
        if y < self._head_height and self.items:
            return self._head_line(y, width), width, None
        return super()._shown_at(y, width)

    def _drawn(self, index: int, width: int) -> Sequence[Line]:
        return self.lines_of(self.items[index], width)

    def ground_of(self, index: int, inner: int) -> str | None:  # noqa: ARG002
        """Return the quiet ground for the whole row of the cursor."""
        return "cursor-quiet" if index == self.cursor else None

    def _in_view(self) -> Sequence[tuple[int, MatrixColumn]]:
        shown = self._measures[2]
        return list(enumerate(self.matrix.columns))[self._left : self._left + shown]

    def _head_line(self, y: int, width: int) -> Line:
        before, each, _ = self._measures
        rule = self._head_height - 1
        if y == rule:
            return (Piece("─" * width, "line"),)
        line = [Piece(" " * before)]
        for number, column in self._in_view():
            names = wrap(one_line(f"{column.badge} {column.name}".strip()), each - 1, rule)
            shown = names[y - rule] if len(names) >= rule - y else ""
            line.append(Piece(pad(shown, each), "strong" if number == self._at else "soft"))
        return tuple(line)

    def lines_of(self, item: MatrixRow, width: int) -> Sequence[Line]:  # noqa: ARG002
        """Return a country, where it stands where there is room, and its cells in view."""
        before, each, _ = self._measures
        room = before - self._standing_width
        code = Piece(f" {one_line(item.code)} ", "code")
        name = fit(one_line(item.name), room - length((code,)) - 1)
        line = [code, Piece(pad(name, room - length((code,))))]
        line += _standing(item, self._standing_width)
        cells = {cell.column: cell for cell in item.cells}
        for number, column in self._in_view():
            here = item is self.chosen and number == self._at and self.has_focus
            marks = self._marks(cells.get(column.key), each - 1)
            marks = (*marks, Piece(" " * (each - length(marks))))
            line += [piece._replace(ground="cursor" if here else None) for piece in marks]
        return (tuple(line),)

    def _marks(self, cell: MatrixCell | None, width: int) -> Line:
        """Return the stances of a cell in full, or shortened, or as many as there is room for."""
        if cell is None:
            return (Piece("·", "line"),)
        odds = (Piece(f"{ODDS} ", "warning"),) if cell.at_odds else ()
        in_full = _joined(odds, cell.marks, {})
        if length(in_full) <= width:
            return in_full
        for kept in range(len(cell.marks), 0, -1):
            line = _joined(odds, cell.marks[:kept], self.matrix.shortened)
            more = len(cell.marks) - kept
            line = (*line, Piece(f"+{more}", "soft")) if more else line
            if length(line) <= width:
                break
        return cut(line, width)


def _joined(before: Line, marks: Sequence[StanceMark], short: Mapping[str, str]) -> Line:
    line = list(before)
    for mark in marks:
        words = one_line(short.get(mark.stance, mark.stance))
        dot = "●" if mark.said_by == "self" else "○"
        line += [
            Piece(f"{dot}{words}", stance_ink(mark.stance)),
            Piece(f"{HAND if mark.ruled else ''} ", "accent"),
        ]
    return tuple(line)


def _standing(row: MatrixRow, width: int) -> Line:
    """Return where a country stands by its ledger, and whether its cues disagree."""
    one = row.standing
    if one is None or not width:
        return (Piece(" " * width),)
    stance = stance_piece(one.stance, one.latest)
    shown = stance._replace(text=fit(stance.text, width - 4))
    odds = Piece(f" {ODDS}" if one.conflicts else "", "warning")
    return shown, odds, Piece(" " * (width - length((shown, odds))))


def legend_line(shortened: Mapping[str, str], width: int) -> Line:
    """Return each stance, its beginning in the matrix in the ink that it has there."""
    line: list[Piece] = [Piece(" ")]
    for stance, short in shortened.items():
        ink = stance_ink(stance)
        word = one_line(stance)
        more = Piece(f" {word[: len(short)]}", ink), Piece(f"{word[len(short) :]} ", "faint")
        if length((*line, *more)) > width:
            break
        line += more
    return tuple(line)


SENTENCE_LINES = 3
"""The most lines of a sentence; the reader has the rest."""


class CueList(PositionList):
    """The cues of a cell, each with its sentence."""

    GAP: ClassVar[int] = 1

    def lines_of(self, item: StanceCue, width: int) -> Sequence[Line]:
        """Return the cue and below it its sentence."""
        words = wrap(one_line(item.sentence or ""), width - 3, SENTENCE_LINES)
        sentence = ((Piece("  "), Piece(line, "text")) for line in words)
        return (*ledger_lines(item, width), *sentence)


class MatrixScreen(PanelsScreen):
    """Shows where countries stand by source or by time; leads from a cell to its sentences."""

    CSS_PATH = Path(__file__).with_name("matrix_screen.tcss")
    BINDINGS = keys_of("matrix")
    AUTO_FOCUS = "StanceGrid"

    basis: var[MatrixBasis] = var("source", init=False)

    def __init__(self, library: Library, wanted: PanelsWanted) -> None:
        super().__init__(library, wanted.panels)
        self._country = wanted.country
        self._grid = StanceGrid()
        self._legend = LineBar()
        self._cues = CueList(empty="")

    def compose(self) -> ComposeResult:
        """Lay out heading, matrix, legend, sentences and keys."""
        yield self._heading
        yield self._grid
        yield self._legend
        yield self._cues
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill the matrix, beginning with the country that was asked for."""
        self._show(self._country, None)

    def show_panels(self) -> None:
        """Show the new positions, keeping the cell where it still exists."""
        row, column = self._grid.chosen, self._grid.column
        self._show(row.code if row else None, column.key if column else None)

    watch_basis = show_panels

    def _show(self, code: str | None, key: str | None) -> None:
        matrix = build_matrix(self.panels, self.basis)
        self._grid.empty = no_positions(self.panels, None)
        self._grid.show_matrix(matrix, code, key)
        self._legend.write(partial(legend_line, matrix.shortened))
        self.read_cell()
        by = "source" if self.basis == "source" else "time"
        cues = sum(len(cell.notes) for row in matrix.rows for cell in row.cells)
        counts = (counted(len(matrix.rows), "country"), counted(cues, "cue"))
        self._heading.show(self.panels.title, f"positions by {by}", counts)

    # The sentences of a cell

    @on(LineList.Moved, "StanceGrid")
    def read_cell(self) -> None:
        """Read the sentences of the cell under the cursor."""
        row, column, cell = self._grid.chosen, self._grid.column, self._grid.cell
        names = (row.name, column.name) if row is not None and column is not None else ()
        self._cues.title(*map(one_line, names))
        if cell is None:
            words = "No cue here. Press n for the next cell that has one."
            self._cues.show_nothing(words if row is not None else "")
        elif row is not None:
            read = partial(self._read, row.code, cell)
            read_in_thread(self, "cell", read, partial(self._show_cues, cell))

    def _read(self, code: str, cell: MatrixCell) -> Sequence[StanceCue]:
        read = partial(self.library.article, self.panels.name)
        articles = {name: read(name) for name in {note.article for note in cell.notes}}
        return choose_cues(
            self.panels, lambda each, note: each == code and note in cell.notes, articles
        )

    def _show_cues(self, cell: MatrixCell, cues: Sequence[StanceCue]) -> None:
        if cell is self._grid.cell:
            self._cues.show(cues)

    # What the person does

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Open the article at the sentence, if the cell has one, or go to the list of several."""
        cell, cue = self._grid.cell, self._cues.chosen
        is_one = cell is not None and len(cell.notes) == 1
        if cue is not None and (is_one or message.sender is self._cues):
            self.open_place(cue.place, cue.code)
        else:
            self.set_focus(self._cues)

    def action_switch(self) -> None:
        """Show time in place of the sources, or the sources again."""
        self.basis = "time" if self.basis == "source" else "source"

    def action_back(self) -> None:
        """Go from the sentences to the matrix, from there to the briefing."""
        if self.focused is self._cues:
            self.set_focus(self._grid)
        else:
            self.dismiss()
