"""Words of a page that are selected: from one word to another of the same block."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from briefing.compare.place import Place
from briefing.tui.reader.article_page import Page, PageBlock
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
