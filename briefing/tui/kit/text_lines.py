"""Lines of a known width out of text of any kind: measuring, cutting, wrapping, in cells.

A `Piece` is words with the ink they are written in, a `Line` the pieces of one row of the screen.
East Asian wide characters and emoji take two cells, combining marks none; a letter with its
marks and emoji that are joined are never taken apart. Everything here is safe
to show: hidden characters have become signs, and nothing is read as markup.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple, TypeAlias

from rich.cells import cell_len, split_graphemes

ELLIPSIS = "…"
_NARROW = re.compile("[\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e]*")


class Piece(NamedTuple):
    """Words and the ink they are written in; `ground` overrides the row's background."""

    text: str
    ink: str = "text"
    ground: str | None = None


Line: TypeAlias = tuple[Piece, ...]


def width_of(text: str) -> int:
    """Return the number of cells that `text` takes."""
    return len(text) if _is_narrow(text) else cell_len(text)


def _is_narrow(text: str) -> bool:
    """Whether it is quickly seen that every character takes one cell, as in most English text."""
    return text.isascii() or _NARROW.fullmatch(text) is not None


def clusters(text: str) -> Sequence[tuple[int, int, int]]:
    """Return the characters as a person sees them: start, end and cells of each.

    What joins or marks nothing, as at the start of a text, is one by itself.
    """
    if _is_narrow(text):
        return [(at, at + 1, 1) for at in range(len(text))]
    return split_graphemes(text)[0]


def fit(text: str, width: int) -> str:
    """Cut `text` to `width` cells, with an ellipsis where words are lost."""
    if width <= 0:
        return ""
    if width_of(text) <= width:
        return text
    return text[: _fitting(text, width - 1)].rstrip() + ELLIPSIS


def _fitting(text: str, width: int, start: int = 0) -> int:
    """Return where what fits into `width` cells from `start` on ends.

    Only so much of the text is looked at as a line may hold, whatever marks are piled up in it.
    """
    end = start
    for _, last, size in clusters(text[start : start + 2 * width]):
        width -= size
        if width < 0:
            break
        end = start + last
    return end


def pad(text: str, width: int) -> str:
    """Cut or fill `text` to exactly `width` cells, aligned left."""
    cut = fit(text, width)
    return cut + " " * (width - width_of(cut))


def pad_left(text: str, width: int) -> str:
    """Cut or fill `text` to exactly `width` cells, aligned right."""
    cut = fit(text, width)
    return " " * (width - width_of(cut)) + cut


def break_lines(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each line of at most `width` cells that `text` breaks into.

    Lines break at blanks, which are then on neither line, and inside words longer than a line.
    An empty text is one line. Takes time linear in the text.
    """
    width = max(width, 2)
    if _is_narrow(text):
        yield from _break_narrow(text, width)
        return
    start = end = used = 0
    for first, last in _pieces(text, width):
        size = width_of(text[first:last])
        gap = first - end
        # Parts of a word follow each other on lines of their own: joined, they may be wider.
        if end in (start, first) or used + gap + size > width:
            if end > start:
                yield start, end
            start, used, gap = first, 0, 0
        used += gap + size
        end = last
    yield start, end


def _break_narrow(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Do the same where a character is a cell: line by line, as long articles have many words."""
    start, last = len(text) - len(text.lstrip(" ")), len(text.rstrip(" "))
    while last - start > width:
        blank = text.rfind(" ", start, start + width + 1)
        end = start + width if blank < 0 else blank
        while text[end - 1] == " ":
            end -= 1
        yield start, end
        start = end
        while text[start] == " ":
            start += 1
    yield (start, last) if start < last else (0, 0)


def _pieces(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each word, of those longer than `width` in parts."""
    at = 0
    for word in text.split(" "):
        if len(word) * 2 <= width or width_of(word) <= width:
            if word:
                yield at, at + len(word)
        else:
            yield from _parts(word, at, width)
        at += len(word) + 1


def _parts(word: str, at: int, width: int) -> Iterator[tuple[int, int]]:
    """Cut a long word into parts of at most `width` cells; `at` is where it starts."""
    start = 0
    while start < len(word):
        end = max(_fitting(word, width, start), start + 1)
        yield at + start, at + end
        start = end


def wrap(text: str, width: int, limit: int | None = None) -> tuple[str, ...]:
    """Break `text` into lines of at most `width` cells.

    With `limit`, at most that many lines come out, and the last ends in an ellipsis if words are
    left.
    """
    if width_of(text) <= width:
        return (text,)
    lines: list[str] = []
    for start, end in break_lines(text, width):
        if limit is not None and len(lines) == limit:
            return (*lines[:-1], fit(lines[-1], width - 1).removesuffix(ELLIPSIS) + ELLIPSIS)
        lines.append(text[start:end])
    return tuple(lines)


def wrap_pieces(pieces: Sequence[Piece], width: int) -> list[Line]:
    """Break pieces into lines of at most `width` cells, as if they were one text."""
    ends = list(accumulate(len(piece.text) for piece in pieces))
    placed = [(end - len(piece.text), end, piece) for piece, end in zip(pieces, ends, strict=True)]
    return [
        tuple(
            piece._replace(text=piece.text[max(start - first, 0) : end - first])
            for first, last, piece in placed
            if first < end and start < last
        )
        for start, end in break_lines("".join(piece.text for piece in pieces), width)
    ]


def length(line: Iterable[Piece]) -> int:
    """Return the number of cells that the pieces take together."""
    return sum(width_of(piece.text) for piece in line)


def cut(line: Iterable[Piece], width: int) -> Line:
    """Cut a line of pieces to `width` cells, with an ellipsis where words are lost."""
    kept: list[Piece] = []
    left = width
    for piece in line:
        size = width_of(piece.text)
        if size > left:
            if left > 0:
                kept.append(piece._replace(text=fit(piece.text, left)))
            break
        kept.append(piece)
        left -= size
    return tuple(kept)


def spread(left: Iterable[Piece], right: Iterable[Piece], width: int) -> Line:
    """Align `left` and `right` to both ends of `width` cells; the left one is cut if needed."""
    end = tuple(right)
    room = max(width - length(end) - (1 if end else 0), 0)
    start = cut(left, room)
    gap = max(width - length(start) - length(end), 0)
    return (*start, Piece(" " * gap), *end)


def index_at(widths: Sequence[int], x: int) -> int | None:
    """Return which of the pieces of these widths, side by side, has cell `x`, or None."""
    index = bisect_right(list(accumulate(widths)), x)
    return index if x >= 0 and index < len(widths) else None
