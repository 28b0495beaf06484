"""Which completions are offered while a query is typed, and where each is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from briefing.visible import one_line

LEAST_LETTERS = 2
"""A field is offered from so many letters on; nearly every word begins like some field."""


class Offer(NamedTuple):
    """A completion: the query it makes, and the value shown, a country's code with its name.

    `saved` is the label of the saved search that it is, if any.
    """

    query: str
    code: str
    words: str
    saved: str | None = None


def offers(text: str, completions: Iterable[str]) -> tuple[Offer, ...]:
    """Return what is offered for `text`: fields and values of fields, never plain words.

    The beginning of a word finds what the word finds, so that completing it would gain nothing.
    """
    return tuple(_offers(text, completions))


def _offers(text: str, completions: Iterable[str]) -> Iterator[Offer]:
    from briefing.search.suggest import last_completed

    for query in completions:
        last = last_completed(query)
        if last is None:
            continue
        if last.value:
            # The blank after it begins the next word.
            code, words = (last.value, last.label) if last.label else ("", last.value)
            yield Offer(f"{query} ", one_line(code), one_line(words))
        elif len(text) - (len(query) - len(last.field) - 1) >= LEAST_LETTERS:
            yield Offer(query, "", f"{last.field}:")


class Placed(NamedTuple):
    """An offer in a line: its number among all, and the cells where it starts and ends."""

    number: int
    start: int
    end: int


def placed(widths: Iterable[int], chosen: int, room: int) -> tuple[Placed, ...]:
    """Return those offers that fit side by side into `room` cells; the chosen one is among them.

    `widths` are the cells that each takes. Those before the chosen one are dropped first.
    """
    sizes = list(widths)
    first = chosen
    used = sizes[chosen] if sizes else 0
    while first > 0 and used + sizes[first - 1] <= room:
        first -= 1
        used += sizes[first]
    found: list[Placed] = []
    start = 0
    for number in range(first, len(sizes)):
        if found and start + sizes[number] > room:
            break
        found.append(Placed(number, start, start + sizes[number]))
        start += sizes[number]
    return tuple(found)
