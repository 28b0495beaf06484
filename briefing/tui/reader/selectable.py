"""A page on which words are selected, with keys or the mouse, to do something with them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from textual.events import MouseDown, MouseEvent, MouseMove, MouseUp

from briefing.model import Article, Place
from briefing.tui.kit.messages import Posted
from briefing.tui.kit.painted import PaintedView
from briefing.tui.reader.article_page import Page, PageBlock, Stop
from briefing.tui.reader.page_lines import PageLines

_WIDE = "\u2e80-\u9fff\uf900-\ufaff"
_WORD = re.compile(f"[{_WIDE}][\u3099\u309a\ufe00-\ufe0f]?|[^\\s{_WIDE}]+")
"""A word, or a character of a script that leaves no blanks between words."""
OPENING, CLOSING = frozenset('“„«"‘'), frozenset('”“»"')


class Selection(NamedTuple):
    """The words of a block as spans of the page, the one that stays and the one that moves."""

    block: PageBlock
    words: tuple[tuple[int, int], ...]
    fixed: int
    moving: int

    @property
    def span(self) -> tuple[int, int]:
        """The selected span of the page."""
        first, last = sorted((self.fixed, self.moving))
        return self.words[first][0], self.words[last][1]

    def collapsed(self) -> Selection:
        """Return the moving word alone."""
        return self._replace(fixed=self.moving)

    def swapped(self) -> Selection:
        """Return the same words with the other end moving."""
        return self._replace(fixed=self.moving, moving=self.fixed)

    def moved(self, words: int) -> Selection:
        """Return it with the moving end so many words on."""
        last = len(self.words) - 1
        return self._replace(moving=max(0, min(self.moving + words, last)))

    def moved_to(self, offset: int) -> Selection:
        """Return it with the moving end at an offset of the page, or as near as the block has."""
        at = bisect_right(self.words, offset, key=lambda word: word[0]) - 1
        return self._replace(moving=max(0, at))

    def moved_by_line(self, lines: PageLines, direction: int) -> Selection:
        """Return it with the moving end a line below or above."""
        start = self.words[self.moving][0]
        number = lines.line_of(start)
        target = number + direction
        if not 0 <= target < len(lines):
            return self
        first, last = lines.spans[target]
        below = lines.offset_at(target, lines.cells_before(start))
        return self.moved_to(below if below >= 0 else max(last - 1, first))

    def place(self, article: str, text: str, *, unmarked: bool = False) -> Place:
        """Return where the words of a page's `text` are in its article.

        With `unmarked`, quotation marks around them are left out.
        """
        start, end = self.span
        while unmarked and start < end and text[start] in OPENING:
            start += 1
        while unmarked and end > start and text[end - 1] in CLOSING:
            end -= 1
        return Place(article, self.block.chunk, *self.block.chunk_span(start, end))


def select(page: Page, block: PageBlock, start: int, end: int) -> Selection | None:
    """Select the words of a block that a span of the page touches; None where it has no words."""
    found = _WORD.finditer(page.text, block.start, block.end)
    words = tuple(match.span() for match in found)
    if not words:
        return None
    selection = Selection(block, words, 0, 0).moved_to(start).collapsed()
    return selection.moved_to(max(end - 1, start))


LINES_ABOVE = 3
"""How many lines are left above a place that is scrolled to."""

Mark = Literal["note", "tag", "highlight", "quote", "bounds"]
SELECTING = frozenset({"mark", "unselect", "extend", "swap", "collapse"})
"""The actions that concern selected words."""
UNSELECTED = frozenset({"select", "toggle_aside", "maximise", "stop", "link"})
"""The actions that are possible while no words are selected."""


class SelectableView(PaintedView):
    """A view of a page; posts what the person wants of the words that are selected."""

    ALLOW_SELECT = False  # The words that are selected here are those of the article.

    place: Place | None
    article: Article | None = None
    _page: Page
    _lines: PageLines
    _selection: Selection | None = None
    _begun: Selection | None = None
    """The words that were selected at first."""
    _drawing_from = -1
    _draw: Callable[..., None]
    """Draws what is selected."""
    _margin: Callable[[], int]
    """Returns the cells left of the lines."""
    _drawn = False
    """Whether the mouse went over words since its button was pressed."""

    class Marked(Posted):
        """The person wants something of the selected words: what, where, and the words."""

        what: Mark
        place: Place
        words: str

    # Where things are

    @property
    def _block(self) -> PageBlock | None:
        return self._page.block(self.place.chunk) if self.place else None

    def _stops_here(self) -> Iterator[Stop]:
        place = self.place
        if place is not None and place.chunk is not None:
            stops = self._page.marks(place.chunk).stops
            yield from (stop for stop in stops if stop.chunk_span == place[1:4])

    def sees_choice(self) -> bool:
        """Whether the place begins in the view."""
        return 0 <= self._place_lines()[0] - self.scroll_offset.y < self.room.height

    @property
    def _block_read(self) -> PageBlock | None:
        """The block of the place while that is in view, else the one at the top of the view."""
        line = self.scroll_offset.y
        if self.sees_choice() or line >= len(self._lines):
            return self._block
        return self._page.block_at(self._lines.spans[line][0])

    def _offset_read(self) -> int:
        """Return the offset of the page where one reads: the place, else the top of the view."""
        line = self.scroll_offset.y
        if self.sees_choice() or line >= len(self._lines):
            return self._block.page_start(self.place.start) if self._block and self.place else 0
        return self._lines.spans[line][0]

    def reveal(self) -> None:
        """Scroll the place to a few lines below the top, unless it is well in view.

        Well in view is a place that starts in the upper half and ends above the last line.
        """
        if self.place is None or self.article is None:
            return
        if self.place.chunk is None:
            self.scroll_to(y=0, animate=False)
        else:
            self._reveal_lines(*self._place_lines())

    def _reveal_lines(self, first: int, last: int) -> None:
        """Scroll to lines unless they are well in view."""
        height = max(self.room.height, 1)
        top = self.scroll_offset.y
        if top + 1 <= first <= top + height // 2 and last < top + height - 1:
            return
        above = min(LINES_ABOVE, max(height - (last - first) - 2, 0))
        self.scroll_to(y=max(first - above, 0), animate=False)

    def _place_lines(self) -> tuple[int, int]:
        """Return the first and the last line of the place, the top where only the article is."""
        place, block = self.place, self._block
        if place is None or block is None:
            return 0, 0
        first = self._lines.line_of(block.page_start(place.start))
        return first, max(self._lines.line_of(block.page_end(place.end)), first)

    def _offset_of(self, event: MouseEvent) -> int:
        """Return the offset of the page under the mouse, -1 beside the text."""
        at = event.get_content_offset(self)
        if at is None:
            return -1
        return self._lines.offset_at(at.y + self.scroll_offset.y, at.x - self._margin())

    # Selecting

    @property
    def selects(self) -> bool:
        """Whether words are selected."""
        return self._selection is not None

    def on_mouse_down(self, event: MouseDown) -> None:
        """Begin to draw over words."""
        self._drawn = False
        offset = self._offset_of(event)
        if offset >= 0 and event.button == 1 and not self.is_asked_about:
            self._drawing_from = offset
            self.capture_mouse()

    def on_mouse_move(self, event: MouseMove) -> None:
        """Select the words from where the drawing began to the mouse."""
        offset = self._offset_of(event)
        if self._drawing_from < 0 or offset < 0 or offset == self._drawing_from:
            return
        self._drawn = True
        start = self._drawing_from
        block = next((each for each in self._page.blocks if each.start <= start < each.end), None)
        drawn = select(self._page, block, start, start + 1) if block is not None else None
        if drawn is not None:
            self._select(drawn.moved_to(offset))

    def on_mouse_up(self, _: MouseUp) -> None:
        """End the drawing; what is selected stays."""
        self._drawing_from = -1
        self.release_mouse()

    def _select(self, selection: Selection | None) -> None:
        begun = (selection is None) != (self._selection is None)
        self._selection = selection
        self._draw(moved=False)
        if begun:
            self.refresh_bindings()

    def unselect(self) -> None:
        """Select no words."""
        if self._selection is not None:
            self._select(None)

    action_unselect = unselect

    def action_select(self) -> None:
        """Select the words of the place, or the first word in view."""
        block = self._block
        if block is not None and self.place is not None:
            span = block.page_start(self.place.start), block.page_end(self.place.end)
        else:
            top = self._lines.spans[self.scroll_offset.y][0] if len(self._lines) else 0
            block = next((each for each in self._page.blocks if each.end > top), None)
            span = (max(top, block.start), 0) if block is not None else (0, 0)
        if block is not None:
            self._select(select(self._page, block, *span))
            self._begun = self._selection

    def action_extend(self, words: int) -> None:
        """Move the end of the selected words."""
        if self._selection is not None:
            self._select(self._selection.moved(words))
            self._reveal_selection()

    def action_swap(self) -> None:
        """Let the other end move."""
        if self._selection is not None:
            self._select(self._selection.swapped())

    def action_collapse(self) -> None:
        """Begin anew at the word that moves."""
        if self._selection is not None:
            self._select(self._selection.collapsed())

    def action_line(self, direction: int) -> None:
        """Scroll by a line, or move the end of the selected words by one."""
        if self._selection is None:
            super().action_line(direction)
        else:
            self._select(self._selection.moved_by_line(self._lines, direction))
            self._reveal_selection()

    def _reveal_selection(self) -> None:
        """Scroll so that the moving end is in view."""
        if self._selection is not None:
            line = self._lines.line_of(self._selection.words[self._selection.moving][0])
            top, height = self.scroll_offset.y, self.room.height
            if not top <= line < top + height:
                self.scroll_to(y=line if line < top else line - height + 1, animate=False)

    def action_mark(self, what: Mark) -> None:
        """Ask for something to be done with the selected words."""
        selection, here = self._selection, self.place
        if selection is None or here is None:
            return
        text, (start, end) = self._page.text, selection.span
        place = selection.place(here.article, text, unmarked=what in {"quote", "bounds"})
        if what == "bounds" and self._begun is not None:
            # An end that was not moved stays where it is, be it inside a word.
            first, last = self._begun.span
            place = place._replace(
                quote=here.quote,
                start=here.start if start == first else place.start,
                end=here.end if end == last else place.end,
            )
        self.post_message(self.Marked(what, place, text[start:end]))
