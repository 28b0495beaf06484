"""The foot of a screen: what was done, and the line in which something is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input

from briefing.errors import BriefingError
from briefing.tui.kit.actions import in_words, read_in_thread
from briefing.tui.kit.bars import LineBar, WrappedBar
from briefing.tui.kit.inputs import QueryBox
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.painted import Bordered
from briefing.tui.kit.text_lines import Line, Piece, cut
from briefing.tui.reader.findable import FindLine
from briefing.tui.search.answer_bar import AnswerBar, Offer
from briefing.visible import one_line

Values = Mapping[str, str]


class AskedField(NamedTuple):
    """What is typed: the key it is returned under, its name, its value so far, an example.

    Of prose one goes on writing; any other value is selected, so that the next word replaces it.
    """

    key: str
    label: str
    value: str = ""
    example: str = ""
    hint: str = ""
    is_prose: bool = False


class Prompt(NamedTuple):
    """What the line asks for.

    `suggest` returns suggestions by key; it runs in a thread. `check` raises BriefingError where
    something that was typed is no good, which keeps the line open. `error` is why one asks again.
    """

    title: str
    fields: Sequence[AskedField]
    suggest: Callable[[], Mapping[str, Sequence[Offer]]] | None = None
    check: Callable[[Values], object] | None = None
    error: str = ""


def fields_line(fields: Sequence[AskedField], at: int, changed: frozenset[str], width: int) -> Line:
    """Return the names of several fields, the one that is typed, and a sign at those changed."""
    pieces = []
    for number, field in enumerate(fields):
        here = number == at
        ground = "cursor" if here else None
        sign = "✎" if field.key in changed else " "
        pieces.append(Piece(sign, "accent", ground))
        pieces.append(Piece(f"{field.label} ", "badge" if here else "soft", ground))
    return cut(pieces, width)


Answer = Callable[[Values], None]


class AskLine(Bordered):
    """Asks a question at the foot of its screen, and has all keys until it is answered.

    It is part of the screen, which a screen of its own above it would have to paint again.
    """

    BINDINGS = keys_of("ask")

    def __init__(self) -> None:
        super().__init__(id="ask")
        self.display = False
        self._question: Prompt | None = None
        self._then: Answer | None = None
        self._left: Widget | None = None
        self._values: dict[str, str] = {}
        self._at = 0
        self._found: Mapping[str, Sequence[Offer]] = {}
        self._typed = ""
        self._choice = -1
        self._error = ""
        self._box = QueryBox(placeholder="", id="typed")
        self._tabs = LineBar(id="fields")
        self._offers = AnswerBar(self._take)
        self._trouble = WrappedBar(id="trouble")

    @property
    def is_modal(self) -> bool:
        """Whether a question is asked: the keys of the screen below wait so long."""
        return self._question is not None

    def compose(self) -> ComposeResult:
        """Lay out fields, input and suggestions."""
        yield self._tabs
        yield self._box
        yield self._offers
        yield self._trouble

    def ask(self, question: Prompt, then: Answer) -> None:
        """Ask, and call `then` with what was typed by key."""
        self._left = self.screen.focused
        self._question, self._then = question, then
        self._values = {field.key: field.value for field in question.fields}
        self._at, self._found, self._error = 0, {}, question.error
        self.label(one_line(question.title))
        self._tabs.display = len(question.fields) > 1
        self.display = True
        self.screen.set_focus(self._box)
        self._show_field()
        if question.suggest is not None:
            take = partial(self._take_suggestions, question)
            read_in_thread(self, "suggest", question.suggest, take, lambda _: take({}))

    def _close(self) -> None:
        self._question = self._then = None
        self.screen.set_focus(self._left)
        self.display = False

    action_cancel = _close

    def on_descendant_blur(self) -> None:
        """Keep the keys when something else is clicked; the app without focus has no keys."""
        if self.is_modal and self.screen.focused is not None:
            self.screen.set_focus(self._box)

    def _take_suggestions(self, question: Prompt, found: Mapping[str, Sequence[Offer]]) -> None:
        if question is self._question:
            self._found = found
            self._show_offers()
            self.refresh_bindings()

    @property
    def _fields(self) -> Sequence[AskedField]:
        return self._question.fields if self._question is not None else ()

    @property
    def _field(self) -> AskedField:
        return self._fields[self._at]

    def _show_field(self) -> None:
        field = self._field
        self._box.placeholder = field.example
        self._typed, self._choice = "", -1
        self._write(self._values[field.key])
        if not field.is_prose:
            self._box.select_all()
        self._show_tabs()
        self._show_offers()
        self.refresh_bindings()

    def _write(self, text: str) -> None:
        self._values[self._field.key] = text
        self._box.value, self._box.cursor_position = text, len(text)

    def _show_tabs(self) -> None:
        changed = (each.key for each in self._fields if self._values[each.key] != each.value)
        self._tabs.write(partial(fields_line, self._fields, self._at, frozenset(changed)))

    def _matching(self) -> Sequence[Offer]:
        words = self._typed.casefold().split()
        found = self._found.get(self._field.key, ())
        return [each for each in found if all(word in each.query.casefold() for word in words)]

    def _show_offers(self) -> None:
        """Show the suggestions, or why what was typed is no good, or the hint."""
        self._offers.show(self._field.hint, "faint", "")
        self._offers.offer(self._matching(), max(self._choice, 0))
        self._offers.display = not self._error
        if self._error:
            self._trouble.show(self._error, "warning")
        else:
            self._trouble.hide()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Follow the typing."""
        self._take_over(message.value)

    def _take_over(self, text: str) -> None:
        if self.is_modal and text != self._values[self._field.key]:
            self._values[self._field.key] = self._typed = text
            self._choice, self._error = -1, ""
            self._show_tabs()
            self._show_offers()

    async def _typed_before(self) -> None:
        """Follow what was typed before this key."""
        self._take_over(await self._box.typed_before())

    def _take(self, number: int) -> None:
        found = self._matching()
        if found:
            self._choice, self._error = number % len(found), ""
            self._write(found[self._choice].query)
            self._show_tabs()
            self._show_offers()

    # Actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether the action is possible: there are suggestions, or several fields."""
        if action == "take":
            return self.is_modal and bool(self._found.get(self._field.key))
        if action == "field":
            return len(self._fields) > 1
        return super().check_action(action, parameters)

    async def action_take(self, direction: int) -> None:
        """Take a suggestion: the first, then the next one or the one before."""
        await self._typed_before()
        self._take(self._choice + direction if self._choice >= 0 or direction > 0 else -1)

    async def action_field(self, direction: int) -> None:
        """Go to another field."""
        await self._typed_before()
        self._at = (self._at + direction) % len(self._fields)
        self._show_field()

    async def action_accept(self) -> None:
        """Go on with what was typed, unless it is no good."""
        await self._typed_before()
        question, then, values = self._question, self._then, dict(self._values)
        if question is None or then is None:
            return
        try:
            if question.check is not None:
                question.check(values)
        except BriefingError as error:
            self._error = in_words(error)
            self._show_offers()
        else:
            self._close()
            then(values)


class Foot(NamedTuple):
    """The last notice, below it the lines to type an answer or words to find; mostly hidden."""

    notice: WrappedBar
    line: AskLine
    find: FindLine
