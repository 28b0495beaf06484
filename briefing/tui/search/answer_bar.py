"""The line under a query: how much it found, and how it may be completed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from textual import events

from briefing.tui.kit.bars import LineBar
from briefing.tui.kit.text_lines import ELLIPSIS, Line, Piece, length, spread, width_of
from briefing.visible import one_line

LEAST_LETTERS = 2
"""A field is offered from so many letters on; nearly every word begins like some field."""


class Offer(NamedTuple):
    """A completion: the query it makes, and the value shown, a country's code with its name.

    `saved` is the label of the saved search that it is, if any.
    """

    query: str
    code: str
    words: str = ""
    saved: str | None = None


def offers(text: str, completions: Iterable[str]) -> tuple[Offer, ...]:
    """Return what is offered for `text`: fields and values of fields, never plain words.

    The beginning of a word finds what the word finds, so that completing it would gain nothing.
    """
    from briefing.search.suggest import last_completed

    found: list[Offer] = []
    for query in completions:
        last = last_completed(query)
        if last is not None and last.value:
            # The blank after it begins the next word.
            code, words = (last.value, last.label) if last.label else ("", last.value)
            found.append(Offer(f"{query} ", one_line(code), one_line(words)))
        elif last and len(text) - (len(query) - len(last.field) - 1) >= LEAST_LETTERS:
            found.append(Offer(query, "", f"{last.field}:"))
    return tuple(found)


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


class AnswerBar(LineBar):
    """Shows the answer; offers, which a click picks, come first and leave it the rest."""

    def __init__(self, pick: Callable[[int], object], *, id: str = "answer") -> None:  # noqa: A002
        super().__init__(id=id)
        self._pick = pick
        self._words, self._ink, self._where = "", "soft", ""
        self._offers: Sequence[Offer] = ()
        self._chosen = 0

    def show(self, words: str, ink: str, where: str = "") -> None:
        """Set the words with their ink, and the words at the right."""
        self._words, self._ink, self._where = one_line(words), ink, one_line(where)
        self.refresh()

    def offer(self, offers: Sequence[Offer], chosen: int) -> None:
        """Set how the query may be completed, and which completion is selected."""
        self._offers, self._chosen = offers, chosen
        self.refresh()

    def line(self, width: int) -> Line:
        """Return the offers or the answer, and at the right what there is room for."""
        if not self._offers:
            words = Piece(f" {self._words}", self._ink)
            return spread((words,), (Piece(f"{self._where} ", "faint"),), width)
        left: list[Piece] = []
        shown = self._placed(width)
        for each in shown:
            left += self._pieces(each.number)
        if shown[-1].number < len(self._offers) - 1:
            left.append(Piece(f" {ELLIPSIS}", "faint"))
        # A hint would be about a query that is not complete.
        right = () if self._ink == "warning" else (Piece(f"{self._words} ", "faint"),)
        return spread(left, right if length(left) + length(right) < width else (), width)

    def _pieces(self, number: int) -> tuple[Piece, ...]:
        offer, chosen = self._offers[number], number == self._chosen
        ground = "cursor" if chosen else None
        code = Piece(f" {offer.code}" if offer.code else "", "key" if chosen else "code", ground)
        return code, Piece(f" {offer.words} ", "strong" if chosen else "soft", ground)

    def _placed(self, width: int) -> tuple[Placed, ...]:
        widths = (length(self._pieces(number)) for number in range(len(self._offers)))
        return placed(widths, self._chosen, width - width_of(ELLIPSIS) - 1)

    def on_click(self, event: events.Click) -> None:
        """Pick the offer under the mouse."""
        place = event.get_content_offset(self)
        if place is None or not self._offers:
            return
        for each in self._placed(self.size.width):
            if each.start <= place.x < each.end:
                self._pick(each.number)
