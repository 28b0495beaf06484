"""The part of a chunk that shows why it was found, and the place of every matching word in it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from itertools import compress, count

from briefing.search.analysis import end_of_term
from briefing.search.results import Snippet

SNIPPET_LENGTH = 220
Span = tuple[int, int]


def find_spans(
    text: str,
    words: Sequence[int],
    starts: Sequence[int],
    asked: Iterable[Sequence[Container[int]]],
) -> tuple[Span, ...]:
    """Find the words of a text that answer a query: `(start, end)`, in order, none overlapping.

    `words` are the text's terms by number and `starts` their places; each of `asked` says for one
    word, phrase or beginning which terms answer its first word, its second, and so on. Words in a
    row that answer a phrase are one span.
    """
    runs: set[tuple[int, int]] = set()
    for wanted in asked:
        if wanted:
            runs.update(_find_runs(words, wanted))
    return _merge([(starts[first], end_of_term(text, starts[last])) for first, last in runs])


def _find_runs(words: Sequence[int], wanted: Sequence[Container[int]]) -> Iterable[tuple[int, int]]:
    first, more = wanted[0], wanted[1:]
    places = compress(count(), map(first.__contains__, words))
    if not more:
        return ((place, place) for place in places)
    return (
        (place, place + len(more))
        for place in places
        if place + len(more) < len(words)
        and all(words[place + n] in each for n, each in enumerate(more, 1))
    )


def cut_snippet(text: str, spans: Sequence[Span], length: int = SNIPPET_LENGTH) -> Snippet:
    """Cut the stretch of `text` that shows most hits, at word borders, the hits marked."""
    if len(text) <= length:
        return Snippet(text=text, start=0, marks=tuple(spans))
    start = _best_start(spans, length, len(text))
    start = _word_start(text, start)
    end = _word_end(text, min(len(text), start + length))
    inside = ((max(a, start), min(b, end)) for a, b in spans if a < end and b > start)
    return Snippet(
        text=text[start:end],
        start=start,
        marks=tuple((a - start, b - start) for a, b in inside),
        more=end < len(text),
    )


def _merge(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(set(spans)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _best_start(spans: Sequence[Span], length: int, size: int) -> int:
    """Find the window that holds most spans; the earliest of equals, a third of it before them."""
    if not spans:
        return 0
    best, best_count, last = 0, 0, 0
    for first in range(len(spans)):
        last = max(last, first)
        while last < len(spans) and spans[last][1] - spans[first][0] <= length:
            last += 1
        if last - first > best_count:
            best, best_count = first, last - first
    final = spans[best + max(best_count, 1) - 1][1]
    slack = max(0, length - (final - spans[best][0]))
    return max(0, min(spans[best][0] - slack // 3, size - length))


def _word_start(text: str, start: int) -> int:
    """Move back to where the word at `start` begins, over 30 characters at most."""
    if start == 0:
        return 0
    for place in range(start, max(0, start - 30), -1):
        if text[place - 1].isspace():
            return place
    return start


def _word_end(text: str, end: int) -> int:
    """Move on to where the word at `end` stops, over 30 characters at most."""
    for place in range(end, min(len(text), end + 30)):
        if text[place].isspace():
            return place
    return min(len(text), end + 30) if len(text) - end <= 30 else end
