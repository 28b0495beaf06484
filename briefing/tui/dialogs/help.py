"""Help: every key of the screen below and every sign; and the first page over the samples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding
from textual.dom import DOMNode
from textual.events import Key, Paste
from textual.screen import Screen

from briefing.tui.kit.bars import KeyBar
from briefing.tui.kit.keys import LEGEND, keys_of
from briefing.tui.kit.line_list import LineList, LinePage
from briefing.tui.kit.painted import Bordered
from briefing.tui.kit.quiet_screen import SwiftModal
from briefing.tui.kit.text_lines import Line, Piece, fit, width_of, wrap

KEYS_WIDTH = 16


class HelpRow(NamedTuple):
    """A key or sign with what it does or means, or, without one, the name of a group."""

    keys: str
    words: str
    ink: str = "key"
    ground: str | None = None


class HelpList(LinePage[HelpRow]):
    """The keys and signs in groups."""

    def lines_of(self, item: HelpRow, width: int) -> Sequence[Line]:
        """Return the key and what it does, or the heading of a group after a blank line."""
        if not item.keys:
            heading = (Piece(f" {item.words}", "heading"),)
            return (heading,) if item == self.items[0] else ((), heading)
        lines, key = wrap(item.words, width - KEYS_WIDTH - 3), fit(item.keys, KEYS_WIDTH)
        gap = Piece(" " * (KEYS_WIDTH - width_of(key)))
        first = (Piece("  "), Piece(key, item.ink, item.ground), gap, Piece(lines[0], "text"))
        indent = Piece(" " * (KEYS_WIDTH + 2))
        return (first, *((indent, Piece(line)) for line in lines[1:]))


class PageDialog(SwiftModal[bool]):
    """A dialog with a page to read; returns True when it was read."""

    CSS_PATH = Path(__file__).with_name("dialogs.tcss")
    AUTO_FOCUS = "HelpList"
    TITLE = "Welcome"

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        dialog = Bordered(classes="dialog bare")
        dialog.label(self.TITLE)
        with dialog:
            yield HelpList()
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill the page."""
        self.query_exactly_one(HelpList).show(self.rows())

    def rows(self) -> Sequence[HelpRow]:
        """Return the rows of the page."""
        return LINES


class HelpScreen(PageDialog):
    """Lists the keys of a screen and of what is on it, and explains the signs that it draws."""

    BINDINGS = keys_of("help")
    TITLE = "Help · keys, then signs"

    def __init__(self, below: Screen[object], user_keys: Mapping[str, str]) -> None:
        super().__init__()
        self._below = below
        self._user_keys = user_keys

    def rows(self) -> Sequence[HelpRow]:
        """Return keys in groups, then signs in groups."""
        kinds: list[type[DOMNode]] = list(dict.fromkeys(map(type, self._below.query())))
        lists = [each for each in kinds if issubclass(each, LineList)]
        readers = [each for each in kinds if each.__name__ == "Reader"]
        groups = [("This screen", _declared(type(self._below)))]
        if lists:
            base: type[DOMNode] = LineList
            named = [each for each in (base, *lists) if "BINDINGS" in vars(each)]
            own = [each for kind in named for each in _declared(kind)]
            groups.append(("In a list", list({each.id: each for each in own}.values())))
        groups += [("In the reader", _declared(each)) for each in readers]
        groups.append(("Everywhere", _declared(type(self.app))))
        rows = []
        for name, declared in groups:
            corrections = [each for each in declared if (each.id or "").startswith("correct.")]
            others = [each for each in declared if each not in corrections]
            rows += [HelpRow("", name), *self._keys_of(others)]
            if corrections:
                rows += [HelpRow("", "To correct"), *self._keys_of(corrections)]
        names = {each.__name__ for kind in kinds for each in kind.__mro__}
        for group in LEGEND:
            if names.intersection(group.widget.split(", ")):
                rows.append(HelpRow("", group.name))
                rows += [
                    HelpRow(each.sign, each.meaning, each.ink, each.ground) for each in group.signs
                ]
        return rows

    def _keys_of(self, bindings: Iterable[Binding]) -> Iterable[HelpRow]:
        links = [binding for binding in bindings if binding.action.startswith("link(")]
        stances = [each for each in bindings if re.match(r"rule\([1-9]", each.action)]
        for binding in bindings:
            if binding not in links and binding not in stances:
                keys = self._user_keys.get(binding.id or "", binding.key).split(",")
                shown = (self.app.get_key_display(Binding(key.strip(), "")) for key in keys)
                yield HelpRow(" ".join(shown), binding.tooltip or binding.description)
        if links:
            yield HelpRow("1 … 9", "Open the link of that number in the browser")
        if stances:
            yield HelpRow("1 … 9", "Rule that the sentence shows the stance of that number")


def _declared(kind: type[DOMNode]) -> list[Binding]:
    """Return the bindings that a class declares itself, or its nearest base of ours."""
    for each in kind.__mro__:
        declared = vars(each).get("BINDINGS")
        if declared:
            return [binding for binding in declared if isinstance(binding, Binding)]
    return []


LINES = (
    HelpRow("briefing", "reads a pile of articles: who says what, and where each country stands, "
            "word for word", "speaker"),
    HelpRow("enter  esc", "from a country to a quote, its passage, the whole page; and back"),
    HelpRow("tab", "to the next panel: countries, quotes, sources, the reader"),
    HelpRow("/", "searches the words of all articles"),
    HelpRow("?", "explains every key and sign of the screen you are on"),
    HelpRow("+", "adds articles of your own; in the shell: briefing --library ~/news add FILE… "
            "--to NAME"),
)  # fmt: skip


class WelcomeScreen(PageDialog):
    """Six lines over the library that is open."""

    BINDINGS = keys_of("welcome")

    def on_key(self, event: Key) -> None:
        """Begin with any other key, which then does what it does there, unless it scrolls here."""
        page = self.query_exactly_one(HelpList)
        if not (page.max_scroll_y and event.key in self.active_bindings):
            self._begin_with(event, Key(event.key, event.character))

    def on_paste(self, event: Paste) -> None:
        """Begin with what is pasted."""
        self._begin_with(event, Paste(event.text))

    def _begin_with(self, event: Key | Paste, again: Key | Paste) -> None:
        event.stop()
        event.prevent_default()
        self.dismiss(True)  # noqa: FBT003 - the result of the screen
        self.app.post_message(again)
