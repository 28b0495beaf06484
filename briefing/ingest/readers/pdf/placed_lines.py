"""The lines of a PDF's pages: their words, and where and how large they stand.

pdfium gives the characters in the order in which a page draws them, with line breaks of its own.
Lines that run over two columns are cut in the gutter, and stretches put into reading order.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any, Final, NamedTuple

_HYPHENS: Final = frozenset([0x02, 0xFFFE])
"""What pdfium puts for a hyphen at the end of a line, without a line break behind it."""
_SIGNS: Final = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st", 0xF0A7: "•", 0xF0B7: "•", 0xF0D8: "•", 0xF0FC: "•",
}  # fmt: skip
"""Letters for ligatures, and bullets for what fonts of symbols have in their place."""
_BOLD: Final = 600
_WIDE: Final = 1.2
"""A blank in a line is wide from this many times the size of its letters on."""
_MOST_STRETCHES: Final = 80
"""Stretches of a page that are put into order; pages with more are forms or tables."""
_FEWEST_CUT: Final = 6
_SHORTEST_SIDE: Final = 18


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line with its box in points from the lower left corner, and the size of its letters.

    `start` and `end` are its characters on the page, `gaps` the wide blanks in it, from and to.
    `turned` is 1 where it runs upwards, -1 where it runs downwards.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    start: int
    end: int
    bold: bool = False
    turned: int = 0
    gaps: tuple[tuple[float, float], ...] = ()


def read_lines(page: Any, size: tuple[float, float]) -> list[list[PlacedLine]]:
    """Return the stretches of lines of a page of this shown `size`, turned if most lines are."""
    from pypdfium2 import raw

    codes = [raw.FPDFText_GetUnicode(page, index) for index in range(page.count_chars())]
    lines = list(_lines(page, codes))
    way, number = Counter(line.turned for line in lines).most_common(1)[0] if lines else (0, 0)
    if way and number * 2 > len(lines):
        lines = [_turn(line, way, size) if line.turned == way else line for line in lines]
    upright = [line for line in lines if not line.turned]
    turned = [line for line in lines if line.turned]
    gutter = _find_gutter(upright)
    if gutter is not None:
        upright = list(_cut(page, codes, upright, gutter))
    stretches = list(_stretches(upright))
    if len(stretches) <= _MOST_STRETCHES:
        stretches = _order(stretches)
    return [*stretches, turned] if turned else stretches


def _turn(line: PlacedLine, way: int, size: tuple[float, float]) -> PlacedLine:
    """Return a line of a turned page as it is shown."""
    left, right = (
        (line.bottom, line.top) if way > 0 else (size[0] - line.top, size[0] - line.bottom)
    )
    down, up = (size[1] - line.right, size[1] - line.left) if way > 0 else (line.left, line.right)
    return replace(line, left=left, right=right, bottom=down, top=up, turned=0, gaps=())


def _lines(page: Any, codes: Sequence[int]) -> Iterator[PlacedLine]:
    start = 0
    for end, code in enumerate(codes, 1):
        if code == 0x0A or code in _HYPHENS or end == len(codes):
            if line := _line(page, codes, start, end):
                yield line
            start = end


def _line(page: Any, codes: Sequence[int], start: int, end: int) -> PlacedLine | None:
    """Make a line of characters; its letters are judged by three, for notes and initials differ."""
    while start < end and codes[start] <= 0x20 and codes[start] not in _HYPHENS:
        start += 1
    while end > start and codes[end - 1] <= 0x20 and codes[end - 1] not in _HYPHENS:
        end -= 1
    if start == end:
        return None
    boxes = [page.get_rect(index) for index in range(page.count_rects(start, end - start))]
    if not boxes:
        return None
    last = max(start, end - 2) if codes[end - 1] in _HYPHENS else end - 1
    letters = [_letter(page, index) for index in (start, (start + last) // 2, last)]
    left, bottom, right, top = zip(*boxes, strict=True)
    return PlacedLine(
        _text(codes[start:end]),
        min(left),
        min(bottom),
        max(right),
        max(top),
        size := median(letter.size for letter in letters),
        start,
        end,
        bold=all(letter.bold for letter in letters),
        turned=letters[1].turned,
        gaps=tuple(
            (before[2], after[0])
            for before, after in pairwise(sorted(boxes))
            if after[0] - before[2] > size * _WIDE
        ),
    )


class _Letter(NamedTuple):
    size: float
    bold: bool
    turned: int


def _letter(page: Any, index: int) -> _Letter:
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(page, index, matrix)
    scale = (matrix.c**2 + matrix.d**2) ** 0.5 or 1
    return _Letter(
        raw.FPDFText_GetFontSize(page, index) * scale,
        raw.FPDFText_GetFontWeight(page, index) >= _BOLD,
        (1 if matrix.b > 0 else -1) if abs(matrix.b) > abs(matrix.a) else 0,
    )


def _text(codes: Sequence[int]) -> str:
    parts = ["-" if code in _HYPHENS else _SIGNS.get(code) or chr(code) for code in codes]
    text = "".join(parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(text.replace("\0", "\ufffd").split())


def _find_gutter(lines: Sequence[PlacedLine]) -> float | None:
    """Return the place at which most lines of a page have a wide blank between two columns."""
    wide = [line for line in lines if len(line.gaps) == 1]
    if len(wide) < _FEWEST_CUT or len(wide) * 3 < len(lines):
        return None
    places = Counter(round(sum(line.gaps[0]) / 20) for line in wide)
    place = places.most_common(1)[0][0] * 10.0
    cut = [line for line in wide if line.gaps[0][0] <= place <= line.gaps[0][1]]
    long = sum(len(line.text) for line in cut) >= 2 * _SHORTEST_SIDE * len(cut)
    return place if len(cut) >= _FEWEST_CUT and len(cut) * 3 >= len(lines) and long else None


def _cut(
    page: Any, codes: Sequence[int], lines: Sequence[PlacedLine], place: float
) -> Iterator[PlacedLine]:
    """Yield the lines of a page of two columns: in a run of cut ones, the left parts go first."""
    right: list[PlacedLine] = []
    for line in lines:
        if not any(start <= place <= end for start, end in line.gaps):
            if line.left >= place and right:
                right.append(line)
                continue
            if line.right > place:
                yield from right
                right = []
            yield line
            continue
        signs = range(line.start, line.end)
        at = next(index for index in signs if page.get_charbox(index)[0] >= place)
        if before := _line(page, codes, line.start, at):
            yield before
        if behind := _line(page, codes, at, line.end):
            right.append(behind)
    yield from right


def _stretches(lines: Sequence[PlacedLine]) -> Iterator[list[PlacedLine]]:
    """Yield the runs of lines of like size that stand right below each other."""
    stretch: list[PlacedLine] = []
    for line in lines:
        if stretch and not _goes_on(stretch[-1], line):
            yield stretch
            stretch = []
        stretch.append(line)
    if stretch:
        yield stretch


def _goes_on(before: PlacedLine, line: PlacedLine) -> bool:
    size = max(before.size, line.size, 1)
    below = -0.5 * size < before.bottom - line.bottom < 3.5 * size
    over = min(before.right, line.right) - max(before.left, line.left) > 0
    beside = abs(before.bottom - line.bottom) < size * 0.5
    like = min(before.size, line.size) * 1.2 > size
    return below and (over or beside) and like


def _order(stretches: list[list[PlacedLine]]) -> list[list[PlacedLine]]:
    """Put stretches into reading order where a blank column or row parts them."""
    if len(stretches) < 2:
        return stretches
    across = [_reach([(line.left, line.right) for line in each]) for each in stretches]
    down = [_reach([(-line.top, -line.bottom) for line in each]) for each in stretches]
    for spans, beside in ((across, down), (down, None)):
        first = _before_gap(spans)
        if not first or (beside is not None and not _overlap(beside, first)):
            continue
        ahead = [stretch for index, stretch in enumerate(stretches) if index in first]
        behind = [stretch for index, stretch in enumerate(stretches) if index not in first]
        return [*_order(ahead), *_order(behind)]
    return stretches


_Spans = Sequence[tuple[float, float]]


def _reach(spans: _Spans) -> tuple[float, float]:
    return min(low for low, _ in spans), max(high for _, high in spans)


def _before_gap(spans: _Spans) -> set[int]:
    """Return which spans lie before the first gap that none of them reaches over."""
    ranked = sorted(range(len(spans)), key=lambda index: spans[index][0])
    reached = spans[ranked[0]][1]
    for place, number in enumerate(ranked):
        if spans[number][0] > reached - 1 and place:
            return set(ranked[:place])
        reached = max(reached, spans[number][1])
    return set()


def _overlap(spans: _Spans, first: set[int]) -> bool:
    """Whether the first spans stand beside the others."""
    ahead = _reach([span for index, span in enumerate(spans) if index in first])
    behind = _reach([span for index, span in enumerate(spans) if index not in first])
    return min(ahead[1], behind[1]) - max(ahead[0], behind[0]) > 1
