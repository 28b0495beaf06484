"""Positions as a matrix, and the sentences of the cell under the cursor below it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.reactive import var

from briefing.compare.choosing import no_positions
from briefing.compare.matrix import Matrix, MatrixBasis, MatrixCell, build_matrix
from briefing.compare.side_by_side import StanceCue, choose_cues
from briefing.library import Library
from briefing.tui.briefing.ledgers import PositionList, ledger_lines
from briefing.tui.kit.bars import KeyBar
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.line_list import LineList
from briefing.tui.kit.messages import MatrixWanted, Posted
from briefing.tui.kit.panels_screen import PanelsScreen
from briefing.tui.kit.text_lines import Line, Piece, wrap
from briefing.tui.kit.workers import post_result
from briefing.tui.matrix.grid import StanceGrid, StanceLegend
from briefing.visible import one_line
from briefing.wording import counted

SENTENCE_LINES = 3
"""The most lines of a sentence; the reader has the rest."""


class CellRead(Posted):
    """The cues of a cell with their sentences."""

    cell: MatrixCell
    cues: Sequence[StanceCue]


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

    CSS_PATH = Path(__file__).with_name("matrix.tcss")
    BINDINGS = keys_of("matrix")
    AUTO_FOCUS = "StanceGrid"

    basis: var[MatrixBasis] = var("source", init=False)

    def __init__(self, library: Library, wanted: MatrixWanted) -> None:
        super().__init__(library, wanted.panels)
        self._country = wanted.country
        self._grid = StanceGrid()
        self._legend = StanceLegend()
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

    def watch_basis(self) -> None:
        """Show the other columns, keeping the country."""
        row = self._grid.chosen
        self._show(row.code if row else None, None)

    def _show(self, code: str | None, key: str | None) -> None:
        matrix = build_matrix(self.panels, self.basis)
        self._grid.empty = no_positions(self.panels, None)
        self._grid.show_matrix(matrix, code, key)
        self._legend.shortened = matrix.shortened
        self._legend.refresh()
        self.read_cell()
        by = "source" if self.basis == "source" else "time"
        counts = (counted(len(matrix.rows), "country"), counted(_cues(matrix), "cue"))
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
            post_result(self, "cell", partial(self._read, row.code, cell))

    def _read(self, code: str, cell: MatrixCell) -> CellRead:
        read = partial(self.library.article, self.panels.name)
        articles = {name: read(name) for name in {note.article for note in cell.notes}}
        cues = choose_cues(
            self.panels, lambda each, note: each == code and note in cell.notes, articles
        )
        return CellRead(cell, cues)

    def on_cell_read(self, message: CellRead) -> None:
        """Show the sentences if the cursor is still on their cell."""
        if message.cell is self._grid.cell:
            self._cues.show(message.cues)

    # What the person does

    @on(LineList.Chosen, "StanceGrid")
    def enter_cell(self) -> None:
        """Open the only sentence of the cell, or go to the list of several."""
        cell = self._grid.cell
        if cell is not None and len(cell.notes) == 1 and self._cues.chosen is not None:
            self.open_place(self._cues.chosen.place, self._cues.chosen.code)
        else:
            self.set_focus(self._cues)

    @on(LineList.Chosen, "CueList")
    def open_sentence(self, message: LineList.Chosen) -> None:
        """Open the article at the sentence."""
        self.open_place(message.item.place, message.item.code)

    def action_switch(self) -> None:
        """Show time in place of the sources, or the sources again."""
        self.basis = "time" if self.basis == "source" else "source"

    def action_other(self) -> None:
        """Go to the sentences, or back to the matrix."""
        self.set_focus(self._cues if self.focused is self._grid else self._grid)

    def action_back(self) -> None:
        """Go from the sentences to the matrix, from there to the briefing."""
        if self.focused is self._cues:
            self.set_focus(self._grid)
        else:
            self.dismiss()


def _cues(matrix: Matrix) -> int:
    return sum(len(cell.notes) for row in matrix.rows for cell in row.cells)
