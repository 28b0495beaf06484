"""Lines of a known width out of text of any kind: measuring, cutting, wrapping, in cells.

A `Piece` is words with the ink they are written in, a `Line` the pieces of one row of the screen.
East Asian wide characters and emoji take two cells, combining marks none. Everything here is safe
to show: hidden characters have become signs, and nothing is read as markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from rich.cells import cell_len, set_cell_size

from briefing.visible import visible

ELLIPSIS = "…"


class Piece(NamedTuple):
    """Words and the ink they are written in; `ground` overrides the row's background."""

    text: str
    ink: str = "text"
    ground: str | None = None


Line: TypeAlias = tuple[Piece, ...]


def one_line(text: str) -> str:
    """Fold every run of white space into one blank and show hidden characters as signs."""
    return visible(" ".join(text.split()))


def width_of(text: str) -> int:
    """Return the number of cells that `text` takes."""
    return len(text) if text.isascii() else cell_len(text)


def fit(text: str, width: int) -> str:
    """Cut `text` to `width` cells, with an ellipsis where words are lost."""
    if width <= 0:
        return ""
    if width_of(text) <= width:
        return text
    if text.isascii():
        return text[: width - 1].rstrip() + ELLIPSIS
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def pad(text: str, width: int) -> str:
    """Cut or fill `text` to exactly `width` cells, set to the left."""
    cut = fit(text, width)
    return cut + " " * (width - width_of(cut))


def pad_left(text: str, width: int) -> str:
    """Cut or fill `text` to exactly `width` cells, set to the right."""
    cut = fit(text, width)
    return " " * (width - width_of(cut)) + cut


def wrap(text: str, width: int, limit: int | None = None) -> tuple[str, ...]:
    """Break `text` into lines of at most `width` cells, between words where it can.

    With `limit`, at most that many lines come out and the last ends in an ellipsis if words are
    left. Words longer than a line are broken. Takes time linear in what is returned and scanned.
    """
    width = max(width, 1)
    if width_of(text) <= width:
        return (text,)
    lines: list[str] = []
    line, used = "", 0
    for word in _breakable(text.split(" "), width):
        size = width_of(word)
        if line and used + 1 + size > width:
            lines.append(line)
            line, used = word, size
            if limit is not None and len(lines) >= limit:
                return (*lines[:-1], _ended(lines[-1], width))
        else:
            line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
    return (*lines, line)


def _ended(line: str, width: int) -> str:
    """Mark a line after which words were left out."""
    return fit(line, width - 1).removesuffix(ELLIPSIS) + ELLIPSIS


def _breakable(words: Iterable[str], width: int) -> Iterable[str]:
    """Yield words, those longer than a line in parts."""
    for word in words:
        if len(word) * 2 <= width or width_of(word) <= width:
            yield word
        elif word.isascii():
            yield from (word[start : start + width] for start in range(0, len(word), width))
        else:
            yield from _cells_apart(word, width)


def _cells_apart(word: str, width: int) -> Iterable[str]:
    """Cut a word of wide characters into parts of at most `width` cells."""
    part, used = "", 0
    for character in word:
        size = cell_len(character)
        if part and used + size > width:
            yield part
            part, used = "", 0
        part += character
        used += size
    if part:
        yield part


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
    """Set `left` to the left and `right` to the right of `width` cells; the left one gives way."""
    end = tuple(right)
    room = max(width - length(end) - (1 if end else 0), 0)
    start = cut(left, room)
    gap = max(width - length(start) - length(end), 0)
    return (*start, Piece(" " * gap), *end)
