"""What may be chosen of an export besides its scope: each choice a row, and where it matters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from briefing.compare.panels import QuoteRow
from briefing.export.formats import FORMATS, ExportFormat
from briefing.export.material import ROW_KINDS
from briefing.tui.briefing.panel_lists import QuoteList
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.line_list import LineList
from briefing.tui.kit.text_lines import Line, Piece, pad, spread
from briefing.wording import counted

LABEL_WIDTH = 13
FORMAT = "format"
BROKEN = "without_broken"
ONE_BY_ONE = "one by one"
WORDS_OF = {
    "markdown": "memo", "csl": "CSL-JSON", "json": "JSON", "csv": "CSV", "bibtex": "BibTeX",
}  # fmt: skip
"""The formats in the words of the list."""
PICKED = "✓"
"""At a statement that is exported."""


class Option(NamedTuple):
    """A choice: the field of a request, its name and values, and the formats where it matters.

    What only chooses `statements` matters to references, too, where they are those of a country.
    """

    field: str
    label: str
    values: Sequence[tuple[Any, str]]
    formats: frozenset[str]
    statements: bool = False

    def matters(self, to: str, country: str | None) -> bool:
        """Whether the text in a format depends on the choice."""
        return to in self.formats or (self.statements and country is not None)

    def words(self, value: object, to: str) -> str:
        """Return a value in words; no table chosen is all of them, or the first in CSV."""
        if self.field == "rows" and value is None:
            return "quotes" if to == "csv" else "all three"
        return next(words for each, words in self.values if each == value)


_MEMO, _ROWS = frozenset({"markdown"}), frozenset({"csv", "json"})
_ALL = frozenset(WORDS_OF)
OPTIONS = (
    Option(FORMAT, "Format", tuple(WORDS_OF.items()), _ALL),
    Option("full", "Length", ((False, "short"), (True, "in full")), _MEMO),
    Option("citations", "Citations",
           (("footnotes", "footnotes"), ("pandoc", "Pandoc keys"), ("plain", "plain list")), _MEMO),
    Option("rows", "Table", ((None, ""), *((kind, kind) for kind in ROW_KINDS)), _ROWS),
    Option("pinned", "Statements",
           ((False, "all"), (True, "pinned only"), (ONE_BY_ONE, "one by one")),
           _MEMO | _ROWS, statements=True),
    Option("with_paraphrases", "Paraphrases", ((False, "evidence"), (True, "all")),
           _MEMO | _ROWS, statements=True),
    Option(BROKEN, "Broken files", ((False, "none may be"), (True, "left out")), _ALL),
)  # fmt: skip


def turned(option: Option, value: object, direction: int, to: str) -> object:
    """Return the value after another one, or the one before it, that differs in a format."""
    same = {"quotes"} if to == "csv" else set()
    values = [each for each, _ in option.values if each not in same or each == value]
    return values[(values.index(value) + direction) % len(values)]


def with_suffix_of(name: str, before: ExportFormat | None, now: str) -> str:
    """Return a file's name with the end of another format in place of its own."""
    suffixes = before.suffixes if before is not None else ()
    end = next((each for each in suffixes if name.casefold().endswith(each)), "")
    stem = name[: len(name) - len(end)]
    return stem + next(each.suffixes[0] for each in FORMATS if each.name == now)


class OptionList(LineList[Option]):
    """The choices with their values; one that the format leaves unused says so."""

    COUNTED = False
    ROW_HEIGHT: ClassVar[int | None] = 1
    BINDINGS = keys_of("export-options")

    def __init__(self, turn: Callable[[Option, int], None]) -> None:
        super().__init__(id="options", empty="")
        self._turn = turn
        self._values: Mapping[str, object] = {}
        self._country: str | None = None

    def show_values(self, values: Mapping[str, object], country: str | None) -> None:
        """Show the options that have a value, by their fields."""
        self._values, self._country = values, country
        items = [each for each in OPTIONS if each.field in values]
        self.styles.height = len(items) + 2
        self.show(items, cursor=self.cursor)

    def lines_of(self, item: Option, width: int) -> Sequence[Line]:
        """Return the name of the choice and its value."""
        to, value = str(self._values[FORMAT]), self._values[item.field]
        if to and not item.matters(to, self._country):
            words, inks = f"not in {WORDS_OF[to]}", ("faint", "faint")
        else:
            words = item.words(value, to) if value != "" else "unknown"
            inks = ("soft", "text" if value == item.values[0][0] else "accent")
        label = Piece(f" {pad(item.label, LABEL_WIDTH)}", inks[0])
        return (spread((label, Piece(words, inks[1])), (), width),)

    def action_turn(self, direction: int) -> None:
        """Ask for another value of the choice under the cursor."""
        if self.chosen is not None:
            self._turn(self.chosen, direction)

    async def action_choose(self) -> None:
        """Change the choice that was clicked twice."""
        self.action_turn(1)


class PickList(QuoteList):
    """The statements that may be exported, each with whether it is."""

    BINDINGS = keys_of("export-statements")

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__(id="statements", empty="There is no statement to choose.")
        self._changed = changed
        self._left_out: set[tuple[str, str, str]] = set()

    @property
    def picked(self) -> Sequence[QuoteRow]:
        """The statements that are wanted."""
        return [row for row in self.items if row.key not in self._left_out]

    def count_note(self) -> str:
        """Return how many are wanted of how many."""
        return f"{len(self.picked):,} of {counted(len(self.items), 'statement')}"

    def height_of(self, item: QuoteRow, width: int) -> int:
        """Return the lines of the quote beside the sign."""
        return super().height_of(item, width - 2)

    def lines_of(self, item: QuoteRow, width: int) -> Sequence[Line]:
        """Return the lines of the quote, the first behind a sign where it is wanted."""
        sign = Piece("  " if item.key in self._left_out else f"{PICKED} ", "accent")
        first, *rest = super().lines_of(item, width - 2)
        return ((sign, *first), *((Piece("  "), *line) for line in rest))

    async def action_pick(self) -> None:
        """Leave the statement out, or take it in again."""
        if self.chosen is not None:
            self._left_out ^= {self.chosen.key}
            self.repaint(self.cursor)
            self._changed()

    action_choose = action_pick
