"""Words found in a page whatever their case and accents, and where one is among them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple, overload

_PLAIN = dict(zip("’‘“”„‐‑–", '\'\'"""---', strict=True))

FEW = 50
"""So many kinds of characters with marks are in a text of most languages."""


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
        marked = [char for char, fold in folds.items() if fold != char.casefold()]
        if len(marked) > FEW:
            text_folded = text.translate({ord(char): fold for char, fold in folds.items()})
        else:  # One after the other, and the case of all at once, takes half the time.
            text_folded = text
            for char in marked:
                text_folded = text_folded.replace(char, folds[char])
        self._text = text_folded.casefold()
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
        return _Found(self, wanted) if wanted.strip() else ()

    def parts(self, wanted: str) -> Sequence[str]:
        """Return what is between the places of words, as they are compared."""
        return self._text.split(wanted)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return a span as it is compared as one of the text."""
        last = self._original(end)
        return min(self._original(start), last - 1), last

    def _original(self, offset: int) -> int:
        number = bisect_right(self._places, offset)
        return offset + self._shifts[number - 1] if number else offset


class _Found(Sequence[tuple[int, int]]):
    """The places of words in a text; one letter has many, of which few are looked at."""

    def __init__(self, text: FoldedText, wanted: str) -> None:
        self._text, self._size = text, len(wanted)
        self._before = list(accumulate(map(len, text.parts(wanted))))[:-1]

    def __len__(self) -> int:
        return len(self._before)

    @overload
    def __getitem__(self, at: int) -> tuple[int, int]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[tuple[int, int]]: ...
    def __getitem__(self, at: int | slice) -> tuple[int, int] | Sequence[tuple[int, int]]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        start = self._before[at] + at * self._size
        return self._text.span(start, start + self._size)


class FoundSpans(NamedTuple):
    """The spans of a page that were found, in reading order, and the number of the present one."""

    spans: Sequence[tuple[int, int]] = ()
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

    def at_span(self, span: tuple[int, int] | None) -> FoundSpans:
        """Return them at a span, or at none where it is none of them."""
        at = bisect_left(self.spans, span) if span is not None else len(self.spans)
        return self._replace(at=at if span in self.spans[at : at + 1] else None)

    def within(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        """Return the spans that touch a stretch of the page."""
        first = bisect_right(self.spans, start, key=lambda span: span[1])
        last = bisect_left(self.spans, end, key=lambda span: span[0])
        return self.spans[first:last]

    def note(self) -> str:
        """Return `3 of 17`, or how many there are."""
        if not self.spans:
            return "no match"
        return f"{self.at + 1 if self.at is not None else '–'} of {len(self.spans):,}"
