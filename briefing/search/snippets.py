"""Cutting snippets around matching words, and finding these words in a text."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from briefing.search.analysis import (
    IDEOGRAPH,
    Token,
    close_groups,
    terms_and_places,
    tokens,
)
from briefing.search.results import Snippet

SNIPPET_LENGTH = 220
Bounds = tuple[int, int]

_NEAR = 30
"""Characters that a cut inside a word is moved outwards before it is moved inwards."""
_NOT_PLAIN = r"(?=[A-Za-z0-9]*[^A-Za-z0-9\s])"
"""Ahead is a run of other characters too, whose terms may begin otherwise than it does."""
_VISIBLE = re.compile(r"\S")
_BORDER = re.compile(rf"\s|{IDEOGRAPH.pattern}")
_PAIR = re.compile(
    r"\u200d|[\ud800-\udbff][\udc00-\udfff]|[\U0001f1e6-\U0001f1ff]{2}|.[\U0001f3fb-\U0001f3ff]"
)
"""Characters displayed as one: joined emoji, surrogates, flags, skin tones."""


class TermTest(NamedTuple):
    """Which terms match: of those that begin with `start` the ones for which `rest` holds."""

    start: str
    rest: Callable[[str], bool]

    def accepts(self, term: str) -> bool:
        """Whether a term matches."""
        return term.startswith(self.start) and self.rest(term)


class Marker:
    """Finds the matching words of a query in texts.

    Each of `wanted` is a sequence of tests: a single one matches every term that it accepts,
    several match terms at consecutive places that they accept in turn.
    """

    def __init__(self, wanted: Iterable[Sequence[TermTest]]) -> None:
        runs = [tests for tests in wanted if tests]
        self._single = [tests[0] for tests in runs if len(tests) == 1]
        self._rows = [tests for tests in runs if len(tests) > 1]
        starts = "|".join(re.escape(test.start) for test in self._single)
        self._likely = re.compile(rf"(?<!\S)(?:(?i:{starts})|{_NOT_PLAIN})\S*")
        self._found: dict[str, list[Token]] = {}

    def find_spans(self, text: str) -> tuple[Bounds, ...]:
        """Return the spans of matching words in order, without overlaps, in code points."""
        spans: set[Bounds] = set()
        for match in self._likely.finditer(close_groups(text)) if self._single else ():
            run, start = match.group(), match.start()
            found = self._found.get(run)
            if found is None:
                found = [token for token in tokens(run) if self._accepts(token.term)]
                self._found[run] = found
            spans.update((start + token.start, start + token.end) for token in found)
        if self._rows:
            terms = set(terms_and_places(text)[0])
            rows = [row for row in self._rows if all(any(map(t.accepts, terms)) for t in row)]
            by_place = _by_place(tokens(text)) if rows else []
            for row in rows:
                spans.update(_stretches(by_place, row))
        return _merge(spans)

    def _accepts(self, term: str) -> bool:
        return any(test.accepts(term) for test in self._single)


def cut_snippet(text: str, spans: Sequence[Bounds], length: int = SNIPPET_LENGTH) -> Snippet:
    """Cut the part of `text` with the most `spans`, which are in order, at word borders.

    A text of at most `length` is returned whole; else the snippet is about that long, longer if a
    hit is inside a long address, and does not end in a space. Spaces at the start of the text are
    kept, so that `start` is 0 if nothing before the snippet was cut.
    """
    if len(text) <= length:
        return _marked(text, spans, 0, len(text))
    visible = _next_visible(text, 0)
    first, last = _best_window(spans, length) if spans else (visible, visible)
    start = min(first - (length - last + first) // 3, len(text.rstrip()) - length)
    start = _next_visible(text, _cut_before(text, start, first, length)) if start > 0 else visible
    end = _cut_after(text, max(start + length, last), max(last, start + 1), length)
    start = 0 if start == visible else start
    return _marked(text, spans, start, start + len(text[start:end].rstrip()))


def _by_place(tokens: Sequence[Token]) -> list[list[Token]]:
    by_place: list[list[Token]] = [[] for _ in range(tokens[-1].place + 1)] if tokens else []
    for token in tokens:
        by_place[token.place].append(token)
    return by_place


def _stretches(by_place: Sequence[Sequence[Token]], tests: Sequence[TermTest]) -> Iterator[Bounds]:
    for place in range(len(by_place) - len(tests) + 1):
        accepted: list[Token] = []
        for n, test in enumerate(tests, place):
            found = [token for token in by_place[n] if test.accepts(token.term)]
            if not found:
                break
            accepted += found
        else:
            yield min(token.start for token in accepted), max(token.end for token in accepted)


def _merge(spans: Iterable[Bounds]) -> tuple[Bounds, ...]:
    merged: list[Bounds] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _marked(text: str, spans: Iterable[Bounds], start: int, end: int) -> Snippet:
    inside = ((max(a, start) - start, min(b, end) - start) for a, b in spans)
    return Snippet(
        text=text[start:end],
        start=start,
        marks=tuple((a, b) for a, b in inside if a < b),
        more=_VISIBLE.search(text, end) is not None,
    )


def _best_window(spans: Sequence[Bounds], length: int) -> Bounds:
    """Return start and end of the most spans that fit into `length`, the earliest of equals."""
    best, most, last = (0, 0), 0, 0
    for first, (start, end) in enumerate(spans):
        last = max(last, first + 1)
        while last < len(spans) and spans[last][1] - start <= length:
            last += 1
        if last - first > most:
            most = last - first
            best = (start, min(max(end, spans[last - 1][1]), start + length))
    return best


def _next_visible(text: str, place: int) -> int:
    found = _VISIBLE.search(text, place)
    return found.start() if found else len(text)


def _cut_before(text: str, place: int, first: int, length: int) -> int:
    """Move `place` back to a word border, or forward to one not after `first`."""
    near = range(place, max(-1, place - _NEAR), -1)
    far = range(near.stop, max(-1, place - length), -1)
    return _cut(text, near, range(place + 1, first + 1), far)


def _cut_after(text: str, place: int, last: int, length: int) -> int:
    """Move `place` forward to a word border, or back to one not before `last`."""
    size = len(text)
    near = range(min(place, size), min(size + 1, place + _NEAR))
    far = range(near.stop, min(size + 1, place + length))
    return _cut(text, near, range(place - 1, last - 1, -1), far)


def _cut(text: str, near: range, back: range, far: range) -> int:
    """Return the first word border in three ranges; without one, a border between characters."""
    for place in chain(near, back, far):
        if _is_border(text, place):
            return place
    whole = [place for place in near if _is_whole(text, place)]
    parted = (place for place in whole if not text[place - 1 : place + 1].isalnum())
    return next(chain(parted, whole, near))


def _is_border(text: str, place: int) -> bool:
    """Whether `place` is an end of the text, or next to a space or an ideograph."""
    if place in (0, len(text)):
        return True
    return bool(_BORDER.search(text[place - 1 : place + 1])) and _is_whole(text, place)


def _is_whole(text: str, place: int) -> bool:
    """Whether a cut before `place` does not separate a mark or joiner from its base."""
    category = unicodedata.category(text[place])
    if category == "Cf":
        return text[place - 1].isspace()
    return not category.startswith("M") and not _PAIR.match(text, place - 1)
