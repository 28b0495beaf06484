"""Origins, concordance, changes and gaps of a briefing, as outlines that lead to passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from textual.app import ComposeResult
from textual.reactive import var
from textual.widgets import Input

from briefing.compare.choosing import source_label
from briefing.compare.outlines import Outline, OutlineRow
from briefing.compare.panels import Panels
from briefing.compare.word_alignment import parts_shown
from briefing.library import Library
from briefing.model import Place
from briefing.tui.kit.actions import in_words, open_at_once, read_in_thread
from briefing.tui.kit.bars import KeyBar, Tab, TabStrip, TitleBar, WrappedBar
from briefing.tui.kit.inputs import SignedInput
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.line_list import BLANK_LINE, HeadLines, LineList
from briefing.tui.kit.messages import ArticleWanted, CatalogNews, TraceWanted
from briefing.tui.kit.quiet_screen import QuietScreen
from briefing.tui.kit.quote_lines import BAR
from briefing.tui.kit.text_lines import Line, Piece, length, spread, width_of, wrap, wrap_pieces
from briefing.visible import one_line

OPEN, FOLDED = "▾ ", "▸ "
MOST_OPEN = 400
"""An outline of more rows is folded at first, to be read from above."""
MEASURE = 112
"""The most cells that a line takes: longer ones are hard to read."""
ROOMY = 90
"""The cells from which on a line is left blank between rows of several lines."""
_INKS = {"strong": "strong", "normal": "text", "quote": "text", "faint": "soft"}
_SIGN_INKS = {"+": "accent", "to": "accent", "−": "warning", "from": "faint"}


class Entry(NamedTuple):
    """A row with its number in the outline, and whether rows stand below it."""

    number: int
    row: OutlineRow
    is_branch: bool


class OutlineList(LineList[Entry]):
    """The rows that are not folded away."""

    BINDINGS = keys_of("outline")

    _entries: Sequence[Entry] = ()
    _folded: frozenset[int] = frozenset()

    def show_outline(self, rows: Sequence[OutlineRow], place: Place | None = None) -> None:
        """Show an outline, with the cursor at the row of a place, if it has one."""
        depths = [*(row.depth for row in rows[1:]), 0]
        self._entries = [
            Entry(number, row, below > row.depth)
            for number, (row, below) in enumerate(zip(rows, depths, strict=False))
        ]
        self._folded = frozenset(self._branches if len(rows) > MOST_OPEN else ())
        self._heights = (-1, {})
        at = next((each for each in self._entries if place and each.row.place == place), None)
        while at is not None and self._folded:
            self._folded -= {at.number}
            at = self._above(at)
        self._fill(next((n for n, row in enumerate(rows) if place and row.place == place), 0))

    @property
    def _branches(self) -> Iterator[int]:
        return (each.number for each in self._entries if each.is_branch)

    def _fill(self, number: int) -> None:
        """Show what is not folded, with the cursor at a row or else at the one above it."""
        shown = list(self._unfolded())
        heads: Mapping[int, HeadLines] = {
            at: BLANK_LINE
            if each.row.depth == 0
            else lambda width: BLANK_LINE if width >= ROOMY else ()
            for at, (above, each) in enumerate(pairwise(shown), 1)
            if (above.row.depth if each.row.depth == 0 else _is_long(above))
            and (each.is_branch or _is_long(each))
        }
        at = max((n for n, each in enumerate(shown) if each.number <= number), default=0)
        self.show(shown, cursor=at, heads=MappingProxyType(heads))

    def _unfolded(self) -> Iterator[Entry]:
        depth: int | None = None
        for each in self._entries:
            if depth is None or each.row.depth <= depth:
                depth = each.row.depth if each.number in self._folded else None
                yield each

    def _above(self, entry: Entry) -> Entry | None:
        before = reversed(self._entries[: entry.number])
        return next((each for each in before if each.row.depth < entry.row.depth), None)

    # What the person does

    async def action_choose(self) -> None:
        """Fold or unfold a branch; choose another row."""
        entry = self.chosen
        if entry is not None and entry.is_branch:
            self._folded ^= {entry.number}
            self._fill(entry.number)
        else:
            await super().action_choose()

    async def action_fold(self, direction: int) -> None:
        """Fold the row, else go to the one above it; or unfold the row."""
        entry = self.chosen
        if entry is None:
            return
        is_folded = entry.number in self._folded
        if entry.is_branch and is_folded == (direction > 0):
            await self.action_choose()
        elif direction < 0 and (above := self._above(entry)) is not None:
            self._move(self.items.index(above))

    def action_fold_all(self) -> None:
        """Fold all rows, or unfold all where some are folded: the outer ones of a long outline."""
        entry = self.chosen
        if entry is not None:
            inner = (each for each in self._branches if self._entries[each].row.depth)
            kept = frozenset(inner if len(self._entries) > MOST_OPEN else ())
            self._folded = kept if self._folded > kept else frozenset(self._branches)
            self._fill(entry.number)

    # Drawing

    def key_of(self, item: Entry) -> int:
        """Return the number of the row."""
        return item.number

    def lines_of(self, item: Entry, width: int) -> Sequence[Line]:
        """Return the row's text with its facts, then what belongs to it."""
        row, width = item.row, min(width, MEASURE)
        lead, below = self._lead(item)
        room = width - length(lead) - 1
        facts = " · ".join(one_line(fact) for fact in row.facts if fact)
        end = (Piece(facts, "soft"),)
        words, is_beside = _pieces(row), width_of(row.text + facts) + 3 <= room
        if row.depth == 0 and is_beside:
            first = [spread(words, end, room)]
        elif row.depth == 0 or not facts:
            first = [*wrap_pieces(words, room), *(wrap_pieces(end, room) if facts else ())]
        else:
            first = wrap_pieces((*words, Piece(" · ", "faint"), *end), room)
        lines = [(*(lead if at == 0 else below), *line) for at, line in enumerate(first)]
        source = " · ".join(one_line(part) for part in row.source if part)
        for text, ink in ((one_line(row.said), "soft"), (source, "faint")):
            lines += [(*below, Piece(line, ink)) for line in wrap(text, room) if text]
        return lines

    def _lead(self, item: Entry) -> tuple[Line, Line]:
        """Return what stands before the first line of a row, and before the others."""
        row = item.row
        indent = Piece(" " * (1 + 2 * row.depth))
        if item.is_branch:
            sign = Piece(FOLDED if item.number in self._folded else OPEN, "accent")
        elif row.sign:
            sign = Piece(f"{row.sign:>4} ", _SIGN_INKS[row.sign])
        elif row.strength == "quote" or row.parts:
            bar = Piece(f"{BAR} ", "line")
            return (indent, bar), (indent, bar)
        else:
            sign = Piece("  ")
        return (indent, sign), (indent, Piece(" " * len(sign.text)))


def _is_long(entry: Entry) -> bool:
    """Whether more belongs to a row than a line of it."""
    row = entry.row
    return bool(row.parts or row.said or row.strength == "quote" or any(row.source))


def _pieces(row: OutlineRow) -> tuple[Piece, ...]:
    """Return the words of a row, those marked that another version has not."""
    if not row.parts:
        return (Piece(one_line(row.text), _INKS.get(row.strength, row.strength)),)
    pieces = [Piece("“")]
    for kind, text in parts_shown(row.parts):
        shown = one_line(text)
        if kind == "kept":
            pieces.append(Piece(shown))
        elif kind == "added":
            pieces.append(Piece(shown, "strong", "highlight"))
        else:
            pieces.append(Piece(f"[{shown}]", "faint"))
        pieces.append(Piece(" "))
    return (*pieces[:-1], Piece("”"))


TRACES = ("origins", "concordance", "changes", "gaps")
OF_WORDS = frozenset({"origins", "concordance"})
"""The outlines that may be of some words only."""
WORDS = "Only of these words: enter looks for them, esc shows all again"


class TraceScreen(QuietScreen):
    """Shows one outline at a time; only of some words, where these are given."""

    CSS_PATH = Path(__file__).with_name("tracing_screen.tcss")
    BINDINGS = keys_of("trace")
    AUTO_FOCUS = "OutlineList"

    trace: var[str] = var("origins", init=False)
    words: var[str] = var("", init=False)

    def __init__(self, library: Library, wanted: TraceWanted) -> None:
        super().__init__()
        self.library = library
        self.wanted = wanted
        self.panels: Panels | None = None
        self._outlines: dict[tuple[str, str], Outline] = {}
        self.set_reactive(TraceScreen.trace, wanted.trace)
        self._heading = TitleBar(wanted.briefing)
        tabs = [Tab(name, name.capitalize()) for name in TRACES]
        self._tabs = TabStrip(tabs, partial(setattr, self, "trace"))
        self._box = SignedInput(placeholder=WORDS, id="words")
        self._box.display = False
        self._about = WrappedBar(id="about")
        self._rows = OutlineList(id="outline")

    def compose(self) -> ComposeResult:
        """Lay out heading, tabs, the line for words, the outline and keys."""
        yield self._heading
        yield self._tabs
        yield self._box
        yield self._about
        yield self._rows
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the outline."""
        self._show()

    # What is shown

    def watch_trace(self) -> None:
        """Show another outline, of all words."""
        self.set_reactive(TraceScreen.words, "")
        self._show()
        self.refresh_bindings()

    def _show(self) -> None:
        """Show the outline that is asked for, reading it first where it is not in memory."""
        asked = self.trace, self.words
        self._tabs.show(self.trace)
        outline = self._outlines.get(asked)
        if outline is None:
            self._rows.show_nothing("Loading …")
            self._about.hide()
            take = partial(self._take_outline, asked)
            failed = lambda error: take((Outline(what=asked[0], empty=in_words(error)), None))  # noqa: E731
            read_in_thread(self, "trace", partial(self._read, *asked), take, failed)
            self.hold_paint()
        else:
            words = " · ".join(filter(None, (outline.about, *outline.notes)))
            self._about.show(words, "warning" if outline.notes else "line")
            self._rows.empty = outline.empty
            self._rows.show_outline(outline.rows, self.wanted.at)

    watch_words = _show

    def _read(self, trace: str, words: str) -> tuple[Outline, Panels | None]:
        """Read the panels, and an outline of them."""
        from briefing.compare.concordance import find_concordances, has_words
        from briefing.compare.outlines import change_outline as outlines

        library, name = self.library, self.wanted.briefing
        panels = library.panels(name)
        match trace:
            case "origins":
                outline = outlines.outline_origins(library.origins(name, words or None), panels)
            case "concordance":
                found = find_concordances(panels, has_words(words) if words else None)
                outline = outlines.outline_concordances(found)
            case "changes":
                outline = outlines.outline_changes(library.changes(name, "last-look"), panels)
            case _:
                outline = outlines.outline_gaps(library.gaps(name), panels)
        return outline, panels

    def _take_outline(self, asked: tuple[str, str], read: tuple[Outline, Panels | None]) -> None:
        """Keep the outline, and show it if it is still asked for."""
        self._outlines[asked], panels = read
        self.panels = panels or self.panels
        self._heading.show(self.panels.title if self.panels else self.wanted.briefing)
        if asked == (self.trace, self.words):
            self._show()
            self.paint_again()

    def on_catalog_news(self, message: CatalogNews) -> None:
        """Read again what has changed."""
        if self.wanted.briefing in message.changed:
            self._outlines.clear()
            self._show()

    # What the person does

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Open the article at the place of the row."""
        entry: Entry = message.item
        place = entry.row.place
        if place is not None:
            label = source_label(self.panels, place.article)
            open_at_once(self, ArticleWanted(self.wanted.briefing, place, label))

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Show only what is of the words."""
        self.words = message.value.strip()
        self.set_focus(self._rows)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether the action is possible: some outlines are of no words."""
        if action == "ask":
            return self.trace in OF_WORDS
        return super().check_action(action, parameters)

    def action_ask(self) -> None:
        """Ask for words."""
        self._box.display = True
        self.set_focus(self._box)

    def action_turn(self, direction: int) -> None:
        """Show the next outline, or the one before."""
        self.trace = TRACES[(TRACES.index(self.trace) + direction) % len(TRACES)]

    def action_back(self) -> None:
        """Show all again, or go back."""
        if self._box.display:
            self._box.display, self._box.value, self.words = False, "", ""
            self.set_focus(self._rows)
        else:
            self.dismiss()
