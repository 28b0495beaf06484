"""The part of a chunk that shows why it was found, with the exact place of every matching word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from briefing.search.analysis import Place, places, stem, terms
from briefing.search.fuzzy import within_distance
from briefing.search.query import Fuzzy, Leaf, Phrase, Prefix, Word
from briefing.search.results import Snippet

SNIPPET_LENGTH = 220
Span = tuple[int, int]
Finder = Callable[[Sequence[Place]], Iterable[Span]]


def find_spans(text: str, asked: Iterable[Leaf]) -> tuple[Span, ...]:
    """Find the words of a text that answer a query: `(start, end)`, in order, none overlapping.

    A phrase is one span from its first word to its last.
    """
    words = list(places(text))
    spans: list[Span] = []
    for leaf in asked:
        finder = _finder(leaf)
        if finder is not None:
            spans.extend(finder(words))
    return _merge(spans)


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
    )


def _finder(leaf: Leaf) -> Finder | None:
    """Choose how the words that answer a leaf are found; None for a field, which marks none."""
    match leaf:
        case Word(text) | Prefix(text) | Fuzzy(text):
            wanted = terms(text)
            if not wanted:
                return None
            if len(wanted) > 1:
                return _sequence_finder(wanted, prefix=isinstance(leaf, Prefix))
            return _single_finder(leaf, wanted[0])
        case Phrase(text):
            wanted = terms(text)
            return _sequence_finder(wanted, prefix=False) if wanted else None
    return None


def _single_finder(leaf: Leaf, wanted: str) -> Finder:
    matches: Callable[[str], bool]
    if isinstance(leaf, Prefix):
        matches = _begins(wanted)
    elif isinstance(leaf, Fuzzy):
        limit = leaf.distance
        matches = lambda term: within_distance(term, wanted, limit)  # noqa: E731
    else:
        root = stem(wanted)
        matches = lambda term: stem(term) == root  # noqa: E731
    return lambda words: ((start, end) for term, start, end in words if matches(term))


def _begins(wanted: str) -> Callable[[str], bool]:
    return lambda term: term.startswith(wanted)


def _sequence_finder(wanted: list[str], *, prefix: bool) -> Finder:
    last = len(wanted) - 1

    def find(words: Sequence[Place]) -> Iterable[Span]:
        sequence = [term for term, _, _ in words]
        for place in range(len(sequence) - last):
            if sequence[place] != wanted[0] and not (prefix and last == 0):
                continue
            found = sequence[place : place + last + 1]
            if found == wanted or (
                prefix and found[:-1] == wanted[:-1] and found[-1].startswith(wanted[-1])
            ):
                yield words[place][1], words[place + last][2]

    return find


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
