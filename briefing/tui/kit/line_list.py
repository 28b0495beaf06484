"""A list that draws only the lines in view, whatever its length: the base of every long list.

A subclass says what lines an item has; this class knows the cursor, the keys, the mouse, scrolling
and painting. It keeps the positions of rows as sums of their heights and a small cache of painted
lines, so that a key costs the same with ten rows and with ten thousand.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import accumulate
from types import MappingProxyType
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

from rich.segment import Segment
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from briefing.tui.kit.actions import ask_at_once
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.messages import Posted
from briefing.tui.kit.painted import PaintedView
from briefing.tui.kit.text_lines import Line, Piece, wrap
from briefing.visible import visible

RowData = TypeVar("RowData")
HeadLines: TypeAlias = Sequence[Line] | Callable[[int], Sequence[Line]]
"""The heading lines above a row, or what returns them for so many cells."""
BLANK_LINE: Sequence[Line] = ((),)

NO_ROW = -1
MOST_KNOWN = 20_000
"""The heights of rows that are remembered when other rows are shown."""
NO_HEADS: Mapping[int, HeadLines] = MappingProxyType({})


class _RowMessage(Posted):
    """The list that posts it, and the item of the row concerned."""

    sender: LineList[Any]
    item: Any

    @property
    def control(self) -> LineList[Any]:
        """The list, for `on(..., "#id")`."""
        return self.sender


class LineList(PaintedView, Generic[RowData], can_focus=True):
    """A scrolling list of items of one or more lines each, with one of them under the cursor."""

    ROW_HEIGHT: ClassVar[int | None] = None
    """The lines of every row where they are all alike: then no row is measured in advance."""

    GAP: ClassVar[int] = 0
    """Blank lines after each row."""

    COUNTED: ClassVar[bool] = True
    """Whether the bottom border shows the number of the row."""

    BINDINGS = keys_of("list")

    cursor: var[int] = var(0, init=False)
    """The index of the row that is chosen; meaningless while the list is empty."""

    _is_chosen = True
    """Whether the row under the cursor is chosen; else the cursor only waits beside one."""

    class Moved(_RowMessage):
        """The person moved the cursor to `item`."""

        def can_replace(self, message: Message) -> bool:
            """Whether the `message` after this one replaces it: a move of the same list."""
            return isinstance(message, LineList.Moved) and message.sender is self.sender

        @property
        def overtaken(self) -> bool:
            """Whether the cursor has moved on since, so that another message follows."""
            return self.sender.chosen is not self.item

    class Chosen(_RowMessage):
        """The person chose `item`, with enter or a second click, and moved to it before."""

    def __init__(self, *, id: str | None = None, empty: str = "Nothing here.") -> None:  # noqa: A002
        super().__init__(id=id)
        self.items: Sequence[RowData] = ()
        self._heads = NO_HEADS
        self.empty = empty
        self._ends: Sequence[int] = ()
        self._measured_width = -1
        self._heights: tuple[int, Mapping[Hashable, int]] = (-1, {})
        self._rows: LRUCache[tuple[int, int], Sequence[Line]] = LRUCache(256)
        self._shown: tuple[object, ...] | None = None

    # For subclasses

    def lines_of(self, item: RowData, width: int) -> Sequence[Line]:
        """Return the lines of `item` in `width` cells."""
        raise NotImplementedError

    def height_of(self, item: RowData, width: int) -> int | None:  # noqa: ARG002
        """Return how many lines `item` has, or None where only drawing them tells."""
        return None

    def key_of(self, item: RowData) -> Hashable:  # noqa: ARG002
        """Return by what an item is known that was measured before; None where it never is."""
        return None

    # For screens

    def show(
        self,
        items: Sequence[RowData],
        *,
        cursor: int = 0,
        heads: Mapping[int, HeadLines] = NO_HEADS,
    ) -> None:
        """Show `items` with the row `cursor` selected; posts nothing.

        `heads` are the headings above rows, by index; the cursor leaves them alone.
        """
        self.items = items
        self._heads = heads
        # A list that is not on the screen cannot be measured: forget the rows of other items.
        self._ends, self._spot, self._spot_line = (), None, -1
        self._measured_width = -1
        self._rows.clear()
        self._is_chosen = True
        self.set_reactive(LineList.cursor, max(0, min(cursor, len(items) - 1)))
        self._measure()
        self.refresh()
        self._note_count()
        self.reveal()

    def select_where(self, wanted: Callable[[RowData], bool]) -> None:
        """Move the cursor to the first row that is wanted; posts nothing."""
        if self.items and not wanted(self.items[self.cursor]):
            found = (index for index, item in enumerate(self.items) if wanted(item))
            self.cursor = next(found, self.cursor)

    def aim(self, index: int, *, choose: bool) -> None:
        """Move the cursor to a row, and choose it or no row at all; posts nothing.

        Where none is chosen, the first step chooses the row that the cursor is at.
        """
        if choose != self._is_chosen:
            self._is_chosen = choose
            self.refresh()
            self._note_count()
        self.cursor = index

    def is_new(self, *shown: object) -> bool:
        """Whether it is to show other things than last time: else it keeps what it paints."""
        before, self._shown = self._shown, shown
        return before != shown

    def show_nothing(self, reason: str) -> None:
        """Show a sentence in place of items."""
        self.empty, self._shown = reason, None
        self.show(())

    def title(self, *pieces: str) -> None:
        """Set the title in the border, its parts separated by dots."""
        self.label(" · ".join(pieces))

    @property
    def chosen(self) -> RowData | None:
        """The item under the cursor, or None while there are no items or none is chosen."""
        return self.items[self.cursor] if self.items and self._is_chosen else None

    def count_note(self) -> str:
        """Return the text of the bottom border."""
        if not self.COUNTED or not self.items:
            return ""
        total = f"{len(self.items):,}"
        return f"{self.cursor + 1:,} of {total}" if self._is_chosen else total

    # Measuring and scrolling

    @property
    def line_width(self) -> int:
        """The cells that a line may take."""
        return self.room.width

    def _measure(self) -> None:
        """Compute where each row ends, if the items or the width have changed."""
        width = self.line_width
        if width == self._measured_width or width <= 0 or not self.display:
            return
        self._measured_width = width
        self._rows.clear()
        if self.ROW_HEIGHT is None:
            known = self._heights[1] if self._heights[0] == width else {}
            keys = [self.key_of(item) for item in self.items]
            heights = [
                (key is not None and known.get(key))
                or self.height_of(item, width)
                or len(self._drawn(index, width))
                for index, (key, item) in enumerate(zip(keys, self.items, strict=True))
            ]
            kept = known if len(known) < MOST_KNOWN else {}
            self._heights = (width, {**kept, **dict(zip(keys, heights, strict=True))})
            above = (len(self._head(index, width)) for index in range(len(heights)))
            both = zip(above, heights, strict=True)
            self._ends = list(accumulate(head + height + self.GAP for head, height in both))
        else:
            step = self.ROW_HEIGHT + self.GAP
            self._ends = range(step, step * len(self.items) + 1, step)
        self.extend(width, max(self._ends[-1] - self.GAP, 0) if self._ends else 0)

    def _head(self, index: int, width: int) -> Sequence[Line]:
        head = self._heads.get(index, ())
        return head(width) if callable(head) else head

    def _row_top(self, index: int) -> int:
        return self._ends[index - 1] if index and self._ends else 0

    def spot(self) -> tuple[int, float] | None:
        """Return the row that the view begins with, and how much of it is above."""
        start = self.scroll_offset.y
        at = min(self._row_at(start), len(self._ends) - 1)
        top = self._row_top(at)
        return (at, (start - top) / (self._ends[at] - top)) if start and self._ends else None

    def line_of_spot(self, spot: tuple[int, float]) -> int:
        """Return the line where so much of the row is above."""
        top = self._row_top(spot[0])
        return top + round(spot[1] * (self._ends[spot[0]] - top))

    def sees_choice(self) -> bool:
        """Whether the row under the cursor is in view, as far as there is room for it."""
        above, room = self._row_top(self.cursor) - self.scroll_offset.y, self.room.height
        return above >= 0 and above + min(self._row_height(self.cursor), room) <= room

    def _row_height(self, index: int) -> int:
        return self._ends[index] - self._row_top(index) - self.GAP if self._ends else 1

    def _row_at(self, y: int) -> int:
        return bisect_right(self._ends, y)

    def reveal(self) -> None:
        """Scroll as little as needed for the whole row under the cursor to be in view."""
        if not self.items or self._measured_width <= 0:
            return
        top, height = self._row_top(self.cursor), self._row_height(self.cursor)
        view = self.room.height
        start = self.scroll_offset.y
        if top < start or height > view:
            self.scroll_to(y=top, animate=False)
        elif top + height > start + view:
            self.scroll_to(y=top + height - view, animate=False)

    def _note_count(self) -> None:
        """Show the count in the bottom border, and before it the legend as far as it has room."""
        if not self.is_attached:
            return
        self.write_foot(self.count_note())

    def repaint(self, index: int | None = None) -> None:
        """Draw a row anew, or all: what they say has changed, but not their heights."""
        self._rows.clear()
        self._note_count()
        if index is None:
            self.refresh()
        else:
            self._refresh_row(index)

    def _refresh_row(self, index: int) -> None:
        if 0 <= index < len(self.items):
            top = self._row_top(index) - self.scroll_offset.y
            self.refresh(Region(0, top, self.size.width, self._row_height(index)))

    # Events

    def on_resize(self, _: events.Resize) -> None:
        """Measure again for the new width; keep the top row, and the cursor if it was in view."""
        self._measure()
        self.keep_spot()
        self._note_count()

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the two rows concerned and keep the new one in view."""
        if not self.items:
            return
        for index in {old, new}:
            self._refresh_row(index)
        self._note_count()
        self.reveal()

    async def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row clicked; a click on the chosen row chooses it."""
        offset = event.get_content_offset(self)
        if offset is None or not self.items or self.is_asked_about:
            return
        index = self._row_at(offset.y + self.scroll_offset.y)
        if not 0 <= index < len(self.items):
            return
        if index == self.cursor and event.chain > 1:
            await self.action_choose()
        else:
            self._move(index)

    # Actions

    def _move(self, index: int) -> None:
        if not self.items:
            return
        target = max(0, min(index, len(self.items) - 1))
        self.aim(target, choose=True)
        # The screen hears of it before it is told to repaint the row, and paints once for both.
        self.screen.post_message(self.Moved(self, self.items[target]))

    def action_line(self, direction: int) -> None:
        """Move by a row."""
        self._move(self.cursor + (direction if self._is_chosen else 0))

    def action_page(self, direction: int) -> None:
        """Move by half of what is in view, at least one row."""
        if not self.items:
            return
        top = self._row_top(self.cursor) + direction * self.half_page
        target = self._row_at(max(top, 0))
        self._move(target if target != self.cursor else self.cursor + direction)

    def action_edge(self, end: int) -> None:
        """Move to the first row (0) or the last (1)."""
        self._move(len(self.items) - 1 if end else 0)

    async def action_choose(self) -> None:
        """Choose the row under the cursor; keys behind the one that does find what it opens."""
        if self.items:
            self.aim(self.cursor, choose=True)
            await ask_at_once(self, self.Moved(self, self.items[self.cursor]))
            await ask_at_once(self, self.Chosen(self, self.items[self.cursor]))

    # Painting

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint lines as they are at this width."""
        self._measure()
        return super().render_lines(crop)

    def row(self, y: int) -> Iterable[Segment]:
        """Paint one line of the view."""
        return self.paint(*self._shown_at(y, self.line_width))

    def _shown_at(self, y: int, width: int) -> tuple[Line, int, str | None]:
        """Return what is to be seen in a line of the view, in so many cells, and on what ground."""
        if not self.items:
            lines = self._empty_lines(width)
            return lines[y] if y < len(lines) else (), width, None
        line_number = y + self.scroll_offset.y
        index = self._row_at(line_number)
        if index >= len(self.items):
            return (), width, None
        lines = (*self._head(index, width), *self._drawn(index, width))
        inner = line_number - self._row_top(index)
        if inner >= len(lines):
            return (), width, None
        return lines[inner], width, self.ground_of(index, inner)

    def ground_of(self, index: int, inner: int) -> str | None:
        """Return the ground of a line of a row: the cursor's, but not under a row's heading."""
        if (
            index != self.cursor
            or not self._is_chosen
            or inner < len(self._head(index, self.line_width))
        ):
            return None
        return "cursor" if self.has_focus else "cursor-quiet"

    def _drawn(self, index: int, width: int) -> Sequence[Line]:
        """Return the lines of a row without its heading."""
        key = (index, width)
        lines = self._rows.get(key)
        if lines is None:
            lines = self._rows[key] = self.lines_of(self.items[index], width)
        return lines

    def _empty_lines(self, width: int) -> Sequence[Line]:
        """Return the lines of the sentence for no items, a line below the top."""
        key = (NO_ROW, width)
        if key not in self._rows:
            words = wrap(visible(self.empty, lines=True), width - 2)
            self._rows[key] = ((), *((Piece(" "), Piece(each, "soft")) for each in words))
        return self._rows[key]


class LinePage(LineList[RowData]):
    """A list for reading only: it scrolls by lines and shows no cursor."""

    COUNTED = False

    def ground_of(self, index: int, inner: int) -> str | None:  # noqa: ARG002
        """Return no ground."""
        return None

    action_line = PaintedView.action_line
    action_page = PaintedView.action_page
    action_edge = PaintedView.action_edge
