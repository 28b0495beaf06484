"""Which stretches of a text touch another one."""

from __future__ import annotations

import pytest

from briefing.english.spans import SpanIndex, starting_within
from briefing.model import Mention


def spans_of(*places: tuple[int, int]) -> list[Mention]:
    return [Mention(code="NO", start=start, end=end) for start, end in places]


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (0, 2, []),
        (0, 3, [0]),
        (4, 6, [0, 1]),
        (9, 10, [0]),
        (10, 12, []),
        (11, 13, [2]),
        (0, 99, [0, 1, 2]),
    ],
)
def test_those_with_a_character_in_between_are_found(
    start: int, end: int, found: list[int]
) -> None:
    spans = spans_of((2, 10), (5, 6), (12, 14))
    assert SpanIndex(spans).touching(start, end) == [spans[number] for number in found]


def test_they_come_in_their_order() -> None:
    spans = spans_of((12, 14), (2, 10))
    assert SpanIndex(spans).touching(0, 20) == spans[::-1]
    assert SpanIndex([]).touching(0, 20) == []


def test_stretches_that_start_between_two_offsets() -> None:
    spans = spans_of((0, 3), (4, 9), (4, 6), (10, 12))
    assert starting_within(spans, 4, 10) == spans[1:3]
    assert starting_within(spans, 1, 4) == []
    assert starting_within(spans, 0, 99) == spans
