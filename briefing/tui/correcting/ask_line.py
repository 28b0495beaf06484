"""A line at the foot of the screen in which something is typed, with suggestions below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, NamedTuple, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input

from briefing.errors import BriefingError
from briefing.tui.kit.actions import in_words
from briefing.tui.kit.bars import KeyBar, LineBar
from briefing.tui.kit.text_lines import Line, Piece, cut
from briefing.tui.kit.workers import post_result
from briefing.tui.search.answer_bar import AnswerBar
from briefing.tui.search.completing import Offer
from briefing.tui.search.query_box import QueryBox
from briefing.visible import one_line

Values = Mapping[str, str]


class Suggestion(NamedTuple):
    """A value that may be taken, and words that say where it is from."""

    value: str
    why: str = ""


class AskedField(NamedTuple):
    """What is typed: the key it is returned under, its name, its value so far, an example."""

    key: str
    label: str
    value: str = ""
    example: str = ""
    hint: str = ""


class Prompt(NamedTuple):
    """What the line asks for.

    `suggest` returns suggestions by key; it runs in a thread. `check` raises BriefingError where
    something that was typed is no good, which keeps the line open. `error` is why one asks again.
    """

    title: str
    fields: Sequence[AskedField]
    suggest: Callable[[], Mapping[str, Sequence[Suggestion]]] | None = None
    check: Callable[[Values], object] | None = None
    error: str = ""


@dataclass(eq=False, repr=False)
class Suggested(Message):
    """What may be taken for each field."""

    found: Mapping[str, Sequence[Suggestion]]


class FieldTabs(LineBar):
    """The names of several fields, with the one that is typed, and a sign at those changed."""

    def __init__(self, fields: Sequence[AskedField]) -> None:
        super().__init__(id="fields")
        self._fields = fields
        self._at = 0
        self._changed: frozenset[str] = frozenset()

    def show(self, at: int, changed: frozenset[str]) -> None:
        """Mark a field as the one that is typed, and those that were changed."""
        self._at, self._changed = at, changed
        self.refresh()

    def line(self, width: int) -> Line:
        """Return the names side by side."""
        pieces = []
        for number, field in enumerate(self._fields):
            here = number == self._at
            ground = "cursor" if here else None
            sign = "✎" if field.key in self._changed else " "
            pieces.append(Piece(sign, "accent", ground))
            pieces.append(Piece(f"{field.label} ", "badge" if here else "soft", ground))
        return cut(pieces, width)


class AskLine(ModalScreen[Values | None]):
    """Asks a question at the foot of the screen; returns what was typed by key, None if nothing."""

    CSS_PATH = Path(__file__).with_name("correcting.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "Store", priority=True, id="ask.accept",
                tooltip="Store what was typed"),
        Binding("tab", "take(1)", "Suggestion", priority=True, id="ask.take",
                tooltip="Take the suggestion, again the next one"),
        Binding("shift+tab", "take(-1)", "Previous", show=False, priority=True,
                id="ask.take-previous", tooltip="Take the suggestion before"),
        Binding("down", "field(1)", "Next field", priority=True, id="ask.field",
                tooltip="Go to the next field"),
        Binding("up", "field(-1)", "AskedField before", show=False, priority=True,
                id="ask.field-before", tooltip="Go to the field before"),
        Binding("down", "take(1)", show=False, priority=True, id="ask.take-below",
                tooltip="Take the suggestion, again the next one"),
        Binding("up", "take(-1)", show=False, priority=True, id="ask.take-above",
                tooltip="Take the suggestion before"),
        Binding("escape", "cancel", "Cancel", id="ask.cancel", tooltip="Change nothing"),
    ]  # fmt: skip
    AUTO_FOCUS = "#typed"

    def __init__(self, question: Prompt) -> None:
        super().__init__()
        self.question = question
        self._values = {field.key: field.value for field in question.fields}
        self._at = 0
        self._found: Mapping[str, Sequence[Suggestion]] = {}
        self._typed = ""
        self._choice = -1
        self._error = question.error
        self._box = QueryBox(placeholder=self._field.example, id="typed")
        self._tabs = FieldTabs(question.fields)
        self._offers = AnswerBar()

    def compose(self) -> ComposeResult:
        """Lay out fields, input, suggestions and keys."""
        line = Vertical(id="ask")
        line.border_title = cast("str", Content(one_line(self.question.title)))
        with line:
            if len(self.question.fields) > 1:
                yield self._tabs
            yield self._box
            yield self._offers
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the first field and look for suggestions."""
        self._show_field()
        suggest = self.question.suggest
        if suggest is not None:
            post_result(self, "suggest", lambda: Suggested(suggest()), lambda _: Suggested({}))

    def on_suggested(self, message: Suggested) -> None:
        """Offer what was found."""
        self._found = message.found
        self._show_offers()
        self.refresh_bindings()

    @property
    def _field(self) -> AskedField:
        return self.question.fields[self._at]

    def _show_field(self) -> None:
        field = self._field
        self._box.placeholder = field.example
        self._typed, self._choice = "", -1
        self._write(self._values[field.key])
        self._show_tabs()
        self._show_offers()
        self.refresh_bindings()

    def _write(self, text: str) -> None:
        self._values[self._field.key] = text
        self._box.write(text)

    def _show_tabs(self) -> None:
        fields = self.question.fields
        changed = (each.key for each in fields if self._values[each.key] != each.value)
        self._tabs.show(self._at, frozenset(changed))

    def _matching(self) -> Sequence[Suggestion]:
        """Return the suggestions that hold all words typed."""
        words = self._typed.casefold().split()
        found = self._found.get(self._field.key, ())
        return [each for each in found if all(word in each.value.casefold() for word in words)]

    def _show_offers(self) -> None:
        """Show the suggestions, or why what was typed is no good, or the hint."""
        offers = [Offer("", one_line(each.value), one_line(each.why)) for each in self._matching()]
        hint = self._error or self._field.hint
        self._offers.show(hint, "warning" if self._error else "faint", "")
        self._offers.offer(() if self._error else offers, max(self._choice, 0))

    def on_input_changed(self, message: Input.Changed) -> None:
        """Follow the typing."""
        if message.value != self._values[self._field.key]:
            self._values[self._field.key] = self._typed = message.value
            self._choice, self._error = -1, ""
            self._show_tabs()
            self._show_offers()

    def on_answer_bar_picked(self, message: AnswerBar.Picked) -> None:
        """Take the suggestion that was clicked."""
        self._take(message.number)

    def _take(self, number: int) -> None:
        found = self._matching()
        if found:
            self._choice, self._error = number % len(found), ""
            self._write(found[self._choice].value)
            self._show_tabs()
            self._show_offers()

    # Actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether the action is possible: there are suggestions, or several fields."""
        if action == "take":
            return bool(self._found.get(self._field.key))
        if action == "field":
            return len(self.question.fields) > 1
        return super().check_action(action, parameters)

    def action_take(self, direction: int) -> None:
        """Take a suggestion: the first, then the next one or the one before."""
        self._take(self._choice + direction if self._choice >= 0 or direction > 0 else -1)

    def action_field(self, direction: int) -> None:
        """Go to another field."""
        self._at = (self._at + direction) % len(self.question.fields)
        self._show_field()

    def action_accept(self) -> None:
        """Return what was typed, unless it is no good."""
        values = dict(self._values)
        try:
            if self.question.check is not None:
                self.question.check(values)
        except BriefingError as error:
            self._error = in_words(error)
            self._show_offers()
        else:
            self.dismiss(values)

    def action_cancel(self) -> None:
        """Return nothing."""
        self.dismiss(None)
