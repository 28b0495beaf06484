"""A page broken into lines of a known width, each with the inks that fall on it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from briefing.tui.kit.text_lines import Line, Piece, break_lines, clusters, width_of
from briefing.tui.reader.article_page import Inked, Page


class Highlight(NamedTuple):
    """A span of the page on a ground of its own."""

    start: int
    end: int
    ground: str


class PageLines:
    """The lines of `page` in `width` cells; each is found and painted without the others.

    `before` are earlier lines: where only the inks have changed, their breaks are reused.
    """

    def __init__(self, page: Page, width: int, before: PageLines | None = None) -> None:
        self.page = page
        self.width = width
        self.spans: list[tuple[int, int]]
        if before is not None and before.width == width and before.page.text == page.text:
            self.spans = before.spans
        else:
            self.spans = [
                (base + start, base + end)
                for base, part in _paragraphs(page.text)
                for start, end in break_lines(part, width)
            ]
        self._starts = [start for start, _ in self.spans]
        self._laid: dict[str, dict[int, tuple[Inked, ...]]] = {}

    def __len__(self) -> int:
        return len(self.spans)

    def text(self, number: int) -> str:
        """Return the words of a line."""
        start, end = self.spans[number]
        return self.page.text[start:end]

    def line_of(self, offset: int) -> int:
        """Return the number of the line with `offset`."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def offset_at(self, number: int, cells: int) -> int:
        """Return the offset of the character `cells` to the right on a line, -1 beyond its end."""
        if not 0 <= number < len(self.spans) or cells < 0:
            return -1
        start = self.spans[number][0]
        for first, _, size in clusters(self.text(number)):
            cells -= size
            if cells < 0:
                return start + first
        return -1

    def cells_before(self, offset: int) -> int:
        """Return how many cells of its line are before `offset`."""
        return width_of(self.page.text[self.spans[self.line_of(offset)][0] : offset])

    def line(self, number: int, highlights: Sequence[Highlight]) -> Line:
        """Return a line in pieces, those under a highlight on its ground."""
        start, end = self.spans[number]
        inked = self._inks(number)
        over = [each for each in highlights if each.start < end and each.end > start]
        cuts = {start, end}
        for first, last in ((each[0], each[1]) for each in (*inked, *over)):
            cuts.update((max(first, start), min(last, end)))
        # Joined emoji or a letter and its mark, parted, would no longer take the cells they take.
        whole = {start + first for first, _, _ in clusters(self.text(number))} | {start, end}
        edges = sorted(cuts & whole)
        return tuple(self._piece(first, last, inked, over) for first, last in pairwise(edges))

    def _piece(
        self, start: int, end: int, inked: Sequence[Inked], over: Sequence[Highlight]
    ) -> Piece:
        ink = next((i.ink for i in reversed(inked) if i.start <= start and end <= i.end), "text")
        ground = next((h.ground for h in reversed(over) if h.start <= start and end <= h.end), None)
        if ground == "found":
            ink = "found"
        elif ground == "mark" and ink in {"text", "soft"}:
            ink = "quote"
        return Piece(self.page.text[start:end], ink, ground)

    def _inks(self, number: int) -> Sequence[Inked]:
        """Return the inks on a line: those of its block, or that of a line of the app's own."""
        (start, end), page = self.spans[number], self.page
        block = page.block_at(start)
        if block is not None and block.start < end:
            if block.chunk not in self._laid:
                self._laid[block.chunk] = self._lay(page.marks(block.chunk).inked)
            return self._laid[block.chunk].get(number, ())
        at = bisect_right(page.inked, start, key=lambda inked: inked.end)
        return [inked for inked in page.inked[at : at + 1] if inked.start < end]

    def _lay(self, inked: Iterable[Inked]) -> dict[int, tuple[Inked, ...]]:
        lines: dict[int, list[Inked]] = {}
        for span in inked:
            if span.end > span.start:
                for number in range(self.line_of(span.start), self.line_of(span.end - 1) + 1):
                    lines.setdefault(number, []).append(span)
        return {number: tuple(spans) for number, spans in lines.items()}


def _paragraphs(text: str) -> Iterable[tuple[int, str]]:
    """Yield each stretch between line feeds with its offset."""
    at = 0
    for part in text.split("\n"):
        yield at, part
        at += len(part) + 1
