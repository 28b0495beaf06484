"""The sentences of a briefing to rule on, shown in place of its quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from briefing.compare.panels import Panels
from briefing.compare.place import Place
from briefing.library import Library
from briefing.model import paragraph_numbers
from briefing.tui.kit.line_list import LineList
from briefing.tui.kit.quote_lines import HAND
from briefing.tui.kit.text_lines import Line, Piece, cut, spread, wrap
from briefing.tui.kit.themes import stance_ink
from briefing.visible import one_line

if TYPE_CHECKING:
    from briefing.annotate.positions.unruled import Unruled

SENTENCE_LINES = 4
"""The most lines a sentence takes; the reader below has the rest."""


class UnruledRow(NamedTuple):
    """A sentence to rule on, its source and paragraph."""

    sentence: Unruled
    source: str
    paragraph: int | None

    @property
    def place(self) -> Place:
        """The sentence in its article."""
        each = self.sentence
        return Place(each.article, each.chunk, each.start, each.end)


def read_unruled(library: Library, panels: Panels) -> list[UnruledRow]:
    """Return the sentences to rule on; raises BriefingError where an article cannot be read."""
    labels = {row.article: row.label for row in panels.sources}
    numbers: dict[str, Mapping[str, int]] = {}
    rows = []
    for each in library.unruled(panels.name):
        if each.article not in numbers:
            numbers[each.article] = paragraph_numbers(library.article(panels.name, each.article))
        source = labels.get(each.article, each.article)
        rows.append(UnruledRow(each, source, numbers[each.article].get(each.chunk)))
    return rows


class UnruledList(LineList[UnruledRow]):
    """Sentences with the countries that may act in them; a ruled one keeps its row.

    One country of the sentence under the cursor is chosen: a stance is given to it.
    """

    GAP: ClassVar[int] = 1

    def __init__(self, *, id: str | None = None, empty: str = "") -> None:  # noqa: A002
        super().__init__(id=id, empty=empty)
        self._countries: dict[Place, int] = {}
        self._ruled: dict[Place, str] = {}
        self._wanted: str | None = None

    def fill(self, _: Panels, country: str | None, rows: Sequence[UnruledRow]) -> None:
        """Show the sentences of a country, or all; the country is the one chosen in each."""
        self._wanted = country
        self.show([row for row in rows if country is None or country in row.sentence.countries])

    def forget(self) -> None:
        """Forget what was ruled: the sentences are read again."""
        self._ruled.clear()
        self.repaint()

    def country_of(self, row: UnruledRow) -> str | None:
        """Return the country of a sentence that a stance would be given to."""
        codes = row.sentence.countries
        first = codes.index(self._wanted) if self._wanted in codes else 0
        return codes[self._countries.get(row.place, first) % len(codes)] if codes else None

    def choose_country(self, direction: int) -> None:
        """Choose the next country of the sentence under the cursor, or the one before."""
        row = self.chosen
        if row is not None:
            at = row.sentence.countries.index(self.country_of(row) or "")
            self._countries[row.place] = at + direction
            self.repaint()

    def note_ruling(self, stance: str) -> None:
        """Show the stance at the sentence under the cursor, and go on to the next."""
        row = self.chosen
        if row is not None:
            self._ruled[row.place] = stance
            self._rows.clear()
            self.action_line(1)
            if row is self.chosen:
                self.repaint()

    def count_note(self) -> str:
        """Return the number of the sentence and how many are ruled."""
        note = super().count_note()
        return f"{note} · {len(self._ruled)} ruled" if self._ruled else note

    def height_of(self, item: UnruledRow, width: int) -> int:
        """Return the lines of the sentence, and one for its countries."""
        return len(_words(item, width)) + 1

    def lines_of(self, item: UnruledRow, width: int) -> Sequence[Line]:
        """Return the sentence, and below it its ruling, its countries and its source."""
        stance = self._ruled.get(item.place)
        ink = "text" if stance is None else "faint"
        words = [(Piece(" "), Piece(line, ink)) for line in _words(item, width)]
        chosen = self.country_of(item)
        codes = item.sentence.countries
        below = [Piece(" ")]
        if stance is not None:
            below += [
                Piece(f"{HAND} ", "accent"),
                Piece(f"{one_line(stance)} ", _ink(stance)),
            ]
        below += [Piece(f"{one_line(c)} ", "badge" if c == chosen else "faint") for c in codes]
        where = one_line(item.source) + (f" ¶{item.paragraph}" if item.paragraph else "")
        return (*words, spread(cut(below, width), (Piece(f"{where} ", "faint"),), width))


def _ink(stance: str) -> str:
    return "soft" if stance == "none" else stance_ink(stance)


def _words(row: UnruledRow, width: int) -> tuple[str, ...]:
    return wrap(one_line(row.sentence.exact), width - 2, SENTENCE_LINES)
