"""Words spelt nearly like another: in the vocabulary of a segment, without reading all of it."""

from __future__ import annotations

import string
from collections.abc import Iterator
from typing import Final

from briefing.search.segment import Segment

_LETTERS: Final = string.ascii_lowercase + string.digits


def near_terms(segment: Segment, term: str, distance: int) -> list[int]:
    """Return the words at most `distance` letters from `term`, by number.

    The first letter must be the same. Words of about that length that begin with it are compared.
    """
    first, last = segment.span("text", term[:1])
    if first == last:
        return []
    size = len(term.encode("utf-8", "surrogatepass"))
    slack = distance if term.isascii() else distance * 4
    lengths = range(size - slack, size + slack + 1)
    words = enumerate(segment.texts(first, last), first)
    if distance == 1 and term.isascii():
        near = {word.encode() for word in (term, *one_letter_off(term))}
        return [number for number, word in words if word in near]
    close = (
        (number, word.decode("utf-8", "surrogatepass"))
        for number, word in words
        if len(word) in lengths
    )
    return [number for number, word in close if within_distance(word, term, distance)]


def one_letter_off(term: str) -> Iterator[str]:
    """Walk the words that differ in a letter dropped, doubled, put in, changed or swapped."""
    for place in range(len(term) + 1):
        head, tail = term[:place], term[place:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


def within_distance(one: str, other: str, limit: int) -> bool:
    """Tell whether two words are at most `limit` letters apart; swapped neighbours count one.

    The first letter must be the same: people rarely mistype it, and it keeps the search short.
    """
    if one[:1] != other[:1] or abs(len(one) - len(other)) > limit:
        return False
    if one == other:
        return True
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, row = row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != wanted))
            swapped = i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted
            row.append(min(cost, before[j - 2] + 1) if swapped else cost)
        if min(row) > limit:
            return False
        before = above
    return row[-1] <= limit
