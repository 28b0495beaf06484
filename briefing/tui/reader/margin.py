"""The margin beside an article: the analyst's notes, tags and corrections, each at its place."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.model import READ_ROLES, PlacedEdit
from briefing.tui.kit.text_lines import Line, Piece, wrap
from briefing.tui.reader.article_page import Page
from briefing.tui.reader.page_lines import PageLines
from briefing.visible import one_line
from briefing.wording import speaker_name

LEAST, MOST = 20, 40
"""The cells that the margin takes."""
GAP = 3
NOTE_LINES, OTHER_LINES = 12, 3
"""The most lines of a note, and of what else the analyst did."""
_SAID: dict[str, str] = {
    "drop-quote": "quote dropped",
    "add-quote": "quote added",
    "set-bounds": "bounds set",
    "pin": "pinned",
}
_SHOWN_IN_TEXT = frozenset({"highlight"})


def margin_width(width: int, measure: int) -> int:
    """Return the cells of a margin beside lines of `measure` cells, 0 where there is no room."""
    room = width - measure - GAP
    return min(room, MOST) if room >= LEAST else 0


def margin_lines(
    page: Page, lines: PageLines, placed: Sequence[PlacedEdit], width: int
) -> dict[int, Line]:
    """Return what stands beside the lines of the page, by line; what has no room moves down."""
    beside: dict[int, Line] = {}
    free = 0
    for at, edit in sorted(_lines_of(page, lines, placed), key=lambda each: each[0]):
        line = max(at, free)
        for written in _written(edit, width):
            beside[line] = written
            line += 1
        free = line
    return beside


def _lines_of(
    page: Page, lines: PageLines, placed: Sequence[PlacedEdit]
) -> Sequence[tuple[int, PlacedEdit]]:
    found = [(0, edit) for edit in placed if edit.chunk is None and edit.reason is None]
    for edit in placed:
        block = page.block(edit.chunk)
        if block is not None and edit.reason is None and edit.edit.kind not in _SHOWN_IN_TEXT:
            found.append((lines.line_of(block.page_start(edit.start)), edit))
    return found


def _written(placed: PlacedEdit, width: int) -> Sequence[Line]:
    edit = placed.edit
    if edit.kind == "tag":
        return ((Piece(f"#{one_line(edit.text or '')}", "accent"),),)
    is_note = edit.kind == "note"
    words = one_line((edit.text or "") if is_note else _said(placed))
    limit = NOTE_LINES if is_note else OTHER_LINES
    ink = "text" if is_note else "faint"
    first, *rest = wrap(words, width - 2, limit)
    sign = Piece("✎ ", "accent")
    return ((sign, Piece(first, ink)), *((Piece("  "), Piece(line, ink)) for line in rest))


def _said(placed: PlacedEdit) -> str:
    """Return what the analyst did, in fewer words than the sentence for it."""
    edit = placed.edit
    match edit.kind:
        case "set-speaker":
            return f"speaker: {speaker_name(edit.speaker)}"
        case "rule-position":
            return " ".join(filter(None, (edit.country, edit.stance)))
        case "set-role":
            return "restored" if edit.role in READ_ROLES else "set aside"
        case _:
            return _SAID.get(edit.kind, placed.says)
