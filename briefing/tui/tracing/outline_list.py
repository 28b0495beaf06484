"""An outline as a list: rows below rows, which fold.

Textual's own tree has one line a node, where a quote may take six, and paints all of a page again
(80 ms of CPU) where this list paints what has changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from briefing.compare.outlines import OutlineRow
from briefing.compare.place import Place
from briefing.compare.word_alignment import parts_shown
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.line_list import BLANK_LINE, HeadLines, LineList
from briefing.tui.kit.quote_lines import BAR
from briefing.tui.kit.text_lines import Line, Piece, length, spread, width_of, wrap, wrap_pieces
from briefing.visible import one_line

OPEN, FOLDED = "▾ ", "▸ "
MOST_OPEN = 400
"""An outline of more rows is folded at first, to be read from above."""
MEASURE = 112
"""The most cells that a line takes: longer ones are hard to read."""
ROOMY = 90
"""The cells from which on a line is left blank between rows of several lines."""
_INKS = {"strong": "strong", "normal": "text", "quote": "text", "faint": "soft"}
_SIGN_INKS = {"+": "accent", "to": "accent", "−": "warning", "from": "faint"}


class Entry(NamedTuple):
    """A row with its number in the outline, and whether rows stand below it."""

    number: int
    row: OutlineRow
    is_branch: bool


class OutlineList(LineList[Entry]):
    """The rows that are not folded away."""

    BINDINGS = keys_of("outline")

    _entries: Sequence[Entry] = ()
    _folded: frozenset[int] = frozenset()

    def show_outline(self, rows: Sequence[OutlineRow], place: Place | None = None) -> None:
        """Show an outline, with the cursor at the row of a place, if it has one."""
        depths = [*(row.depth for row in rows[1:]), 0]
        self._entries = [
            Entry(number, row, below > row.depth)
            for number, (row, below) in enumerate(zip(rows, depths, strict=False))
        ]
        self._folded = frozenset(self._branches if len(rows) > MOST_OPEN else ())
        self._heights = (-1, {})
        at = next((each for each in self._entries if place and each.row.place == place), None)
        while at is not None and self._folded:
            self._folded -= {at.number}
            at = self._above(at)
        self._fill(next((n for n, row in enumerate(rows) if place and row.place == place), 0))

    @property
    def _branches(self) -> Iterator[int]:
        return (each.number for each in self._entries if each.is_branch)

    def _fill(self, number: int) -> None:
        """Show what is not folded, with the cursor at a row or else at the one above it."""
        shown = list(self._shown())
        heads: Mapping[int, HeadLines] = {
            at: BLANK_LINE if each.row.depth == 0 else _blank_in_width
            for at, (above, each) in enumerate(pairwise(shown), 1)
            if (above.row.depth if each.row.depth == 0 else _is_long(above))
            and (each.is_branch or _is_long(each))
        }
        at = max((n for n, each in enumerate(shown) if each.number <= number), default=0)
        self.show(shown, cursor=at, heads=MappingProxyType(heads))

    def _shown(self) -> Iterator[Entry]:
        depth: int | None = None
        for each in self._entries:
            if depth is None or each.row.depth <= depth:
                depth = each.row.depth if each.number in self._folded else None
                yield each

    def _above(self, entry: Entry) -> Entry | None:
        before = reversed(self._entries[: entry.number])
        return next((each for each in before if each.row.depth < entry.row.depth), None)

    # What the person does

    def action_choose(self) -> None:
        """Fold or unfold a branch; choose another row."""
        entry = self.chosen
        if entry is not None and entry.is_branch:
            self._folded ^= {entry.number}
            self._fill(entry.number)
        else:
            super().action_choose()

    def action_fold(self, direction: int) -> None:
        """Fold the row, else go to the one above it; or unfold the row."""
        entry = self.chosen
        if entry is None:
            return
        is_folded = entry.number in self._folded
        if entry.is_branch and is_folded == (direction > 0):
            self.action_choose()
        elif direction < 0 and (above := self._above(entry)) is not None:
            self._move(self.items.index(above))

    def action_fold_all(self) -> None:
        """Fold all rows, or unfold all where some are folded: the outer ones of a long outline."""
        entry = self.chosen
        if entry is not None:
            kept = self._inner if len(self._entries) > MOST_OPEN else frozenset()
            self._folded = kept if self._folded > kept else frozenset(self._branches)
            self._fill(entry.number)

    @property
    def _inner(self) -> frozenset[int]:
        return frozenset(each for each in self._branches if self._entries[each].row.depth)

    # Drawing

    def key_of(self, item: Entry) -> int:
        """Return the number of the row."""
        return item.number

    def lines_of(self, item: Entry, width: int) -> Sequence[Line]:
        """Return the row's text with its facts, then what belongs to it."""
        row, width = item.row, min(width, MEASURE)
        lead, below = self._lead(item)
        room = width - length(lead) - 1
        facts = " · ".join(one_line(fact) for fact in row.facts if fact)
        end = (Piece(facts, "soft"),)
        words, is_beside = _pieces(row), width_of(row.text + facts) + 3 <= room
        if row.depth == 0 and is_beside:
            first = [spread(words, end, room)]
        elif row.depth == 0 or not facts:
            first = [*wrap_pieces(words, room), *(wrap_pieces(end, room) if facts else ())]
        else:
            first = wrap_pieces((*words, Piece(" · ", "faint"), *end), room)
        lines = [(*(lead if at == 0 else below), *line) for at, line in enumerate(first)]
        source = " · ".join(one_line(part) for part in row.source if part)
        for text, ink in ((one_line(row.said), "soft"), (source, "faint")):
            lines += [(*below, Piece(line, ink)) for line in wrap(text, room) if text]
        return lines

    def _lead(self, item: Entry) -> tuple[Line, Line]:
        """Return what stands before the first line of a row, and before the others."""
        row = item.row
        indent = Piece(" " * (1 + 2 * row.depth))
        if item.is_branch:
            sign = Piece(FOLDED if item.number in self._folded else OPEN, "accent")
        elif row.sign:
            sign = Piece(f"{row.sign:>4} ", _SIGN_INKS[row.sign])
        elif row.strength == "quote" or row.parts:
            bar = Piece(f"{BAR} ", "line")
            return (indent, bar), (indent, bar)
        else:
            sign = Piece("  ")
        return (indent, sign), (indent, Piece(" " * len(sign.text)))


def _is_long(entry: Entry) -> bool:
    """Whether more belongs to a row than a line of it."""
    row = entry.row
    return bool(row.parts or row.said or row.strength == "quote" or any(row.source))


def _blank_in_width(width: int) -> Sequence[Line]:
    return ((),) if width >= ROOMY else ()


def _pieces(row: OutlineRow) -> tuple[Piece, ...]:
    """Return the words of a row, those marked that another version has not."""
    if not row.parts:
        return (Piece(one_line(row.text), _INKS.get(row.strength, row.strength)),)
    pieces = [Piece("“")]
    for kind, text in parts_shown(row.parts):
        shown = one_line(text)
        if kind == "kept":
            pieces.append(Piece(shown))
        elif kind == "added":
            pieces.append(Piece(shown, "strong", "highlight"))
        else:
            pieces.append(Piece(f"[{shown}]", "faint"))
        pieces.append(Piece(" "))
    return (*pieces[:-1], Piece("”"))
