"""The matrix of positions as plain lines: under each country its sources, or months or years."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.cli.lines import PlainLine
from briefing.compare.matrix import Matrix, MatrixCell, StanceMark
from briefing.compare.standing_words import OTHERS_WORD, OWN_WORD, standing_words
from briefing.visible import one_line


def matrix_lines(matrix: Matrix, title: str) -> Iterator[PlainLine]:
    """Yield the title, then each country with where it stands and what each column shows."""
    by = "source" if matrix.basis == "source" else "time"
    yield PlainLine(f"{one_line(title)} · positions by {by}", strength="title")
    for row in matrix.rows:
        yield PlainLine()
        yield PlainLine(one_line(f"{row.code} {row.name}"), strength="strong")
        if row.standing is not None:
            yield PlainLine(one_line(f"cue: {standing_words(row.standing)}"), indent=2)
        cells = {cell.column: cell for cell in row.cells}
        for column in matrix.columns:
            if column.key in cells:
                name = " ".join(part for part in (column.badge, column.name) if part)
                words = f"{name}: {_cell_words(cells[column.key])}"
                yield PlainLine(one_line(words), indent=4)
    if not matrix.rows:
        yield PlainLine("no cue for a stance was found")


def _cell_words(cell: MatrixCell) -> str:
    """Return the stances of a cell: `ban ×2, in its own word; allow, as others say, ruled`."""
    words = "; ".join(map(_mark_words, cell.marks))
    return f"{words} · in conflict" if cell.at_odds else words


def _mark_words(mark: StanceMark) -> str:
    times = f" ×{mark.cues}" if mark.cues > 1 else ""
    voice = OWN_WORD if mark.said_by == "self" else OTHERS_WORD
    return f"{mark.stance}{times}, {voice.lower()}{', ruled' if mark.ruled else ''}"
