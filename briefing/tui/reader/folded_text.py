"""Words found in a page whatever their case and accents, and where one is among them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

_PLAIN = dict(zip("’‘“”„‐‑–", '\'\'"""---', strict=True))


def _fold(char: str) -> str:
    """Return a character as it is compared: without case and accents, quotes and blanks plain."""
    if char.isspace():
        return " "
    parts = unicodedata.normalize("NFD", _PLAIN.get(char, char))
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


class FoldedText:
    """A text as it is compared, with the way back to its own offsets."""

    def __init__(self, text: str) -> None:
        folds = {char: _fold(char) for char in set(text)}
        self._text = text.translate({ord(char): fold for char, fold in folds.items()})
        # Where a character becomes none or several, all offsets after it differ.
        self._places: list[int] = []
        self._shifts: list[int] = []
        odd = "".join(char for char, fold in folds.items() if len(fold) != 1)
        grown = 0
        for match in re.finditer(f"[{re.escape(odd)}]", text) if odd else ():
            grown += len(folds[match[0]]) - 1
            self._places.append(match.end() + grown)
            self._shifts.append(-grown)

    def find(self, words: str) -> Sequence[tuple[int, int]]:
        """Return the spans of the text that read as the words do; none for no words."""
        wanted = "".join(map(_fold, words))
        if not wanted.strip():
            return []
        found = [match.span() for match in re.finditer(re.escape(wanted), self._text)]
        if not self._places:
            return found
        ends = [(start, self._original(end)) for start, end in found]
        return [(min(self._original(start), last - 1), last) for start, last in ends]

    def _original(self, offset: int) -> int:
        number = bisect_right(self._places, offset)
        return offset + self._shifts[number - 1] if number else offset


class FoundSpans(NamedTuple):
    """The spans of a page that were found, in reading order, and the number of the present one."""

    spans: tuple[tuple[int, int], ...] = ()
    at: int | None = None

    @property
    def here(self) -> tuple[int, int] | None:
        """The present span, if there is one."""
        return self.spans[self.at] if self.at is not None else None

    def nearest(self, offset: int) -> FoundSpans:
        """Return them at the first span from `offset` on, else at the first of all."""
        if not self.spans:
            return self
        return self._replace(at=bisect_left(self.spans, (offset, 0)) % len(self.spans))

    def step(self, direction: int, offset: int) -> FoundSpans:
        """Return them at the next span or the one before, from `offset` where one is at none."""
        if not self.spans:
            return self
        at = self.at
        if at is None:
            at = bisect_left(self.spans, (offset, 0)) - (direction > 0)
        return self._replace(at=(at + direction) % len(self.spans))

    def within(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return the spans that touch a stretch of the page."""
        first = bisect_right(self.spans, start, key=lambda span: span[1])
        last = bisect_left(self.spans, end, key=lambda span: span[0])
        return self.spans[first:last]

    def note(self) -> str:
        """Return `3 of 17`, or how many there are."""
        if not self.spans:
            return "no match"
        return f"{self.at + 1 if self.at is not None else '–'} of {len(self.spans):,}"
