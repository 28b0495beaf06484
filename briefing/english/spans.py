"""Stretches of a text, of which those that touch another are found without looking at all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Generic, NamedTuple, Protocol, TypeVar


class Span(Protocol):
    """A stretch of a text in code points, the end exclusive."""

    @property
    def start(self) -> int:
        """The first character."""

    @property
    def end(self) -> int:
        """The character behind the last."""


class BareSpan(NamedTuple):
    """A stretch of which nothing else is known."""

    start: int
    end: int


_Span = TypeVar("_Span", bound=Span)


def starting_within(spans: Sequence[_Span], start: int, end: int) -> Sequence[_Span]:
    """Return those of some stretches in their order that start between two offsets."""
    low = bisect_left(spans, start, key=lambda one: one.start)
    return spans[low : bisect_left(spans, end, low, key=lambda one: one.start)]


class SpanIndex(Generic[_Span]):
    """Stretches of one text in their order."""

    def __init__(self, spans: Iterable[_Span]) -> None:
        self._spans = sorted(spans, key=lambda one: one.start)
        self._starts = [one.start for one in self._spans]
        self._reach = list(accumulate((one.end for one in self._spans), max))

    def touching(self, start: int, end: int) -> Sequence[_Span]:
        """Return those that have a character between two offsets."""
        low, high = bisect_right(self._reach, start), bisect_left(self._starts, end)
        return [one for one in self._spans[low:high] if one.end > start]
