"""Origins, concordance, changes and gaps of a briefing: outlines that lead to their passages."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from textual.app import ComposeResult
from textual.reactive import var
from textual.widgets import Input

from briefing.compare.choosing import source_label
from briefing.compare.outlines import Outline
from briefing.compare.panels import Panels
from briefing.errors import BriefingError
from briefing.library import Library
from briefing.tui.kit.actions import in_words
from briefing.tui.kit.bars import KeyBar, Tab, TabStrip, TitleBar, WrappedBar
from briefing.tui.kit.inputs import SignedInput
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.line_list import LineList
from briefing.tui.kit.messages import ArticleWanted, CatalogNews, Posted, TraceWanted
from briefing.tui.kit.quiet_screen import QuietScreen
from briefing.tui.kit.workers import post_result
from briefing.tui.tracing.outline_list import Entry, OutlineList

TRACES = ("origins", "concordance", "changes", "gaps")
OF_WORDS = frozenset({"origins", "concordance"})
"""The outlines that may be of some words only."""
WORDS = "Only of these words: enter looks for them, esc shows all again"


class OutlineRead(Posted):
    """The outline that was asked for as (trace, words)."""

    asked: tuple[str, str]
    outline: Outline
    panels: Panels | None = None


class TraceScreen(QuietScreen):
    """Shows one outline at a time; only of some words, where these are given."""

    CSS_PATH = Path(__file__).with_name("tracing.tcss")
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
        self._tabs = TabStrip([Tab(name, name.capitalize()) for name in TRACES])
        self._box = SignedInput(placeholder=WORDS, id="words")
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
        self._box.display = False
        self._show()

    # What is shown

    def watch_trace(self) -> None:
        """Show another outline, of all words."""
        self.set_reactive(TraceScreen.words, "")
        self._show()
        self.refresh_bindings()

    def watch_words(self) -> None:
        """Show the outline of these words."""
        self._show()

    def _show(self) -> None:
        """Show the outline that is asked for, reading it first where it is not in memory."""
        asked = self.trace, self.words
        self._tabs.show(self.trace)
        outline = self._outlines.get(asked)
        if outline is None:
            self._rows.show_nothing("Loading …")
            self._about.hide()
            post_result(self, "trace", partial(self._read, asked), partial(_failed, asked))
        else:
            words = " · ".join(filter(None, (outline.about, *outline.notes)))
            self._about.show(words, "warning" if outline.notes else "line")
            self._rows.empty = outline.empty
            self._rows.show_outline(outline.rows, self.wanted.at)

    def _read(self, asked: tuple[str, str]) -> OutlineRead:
        panels = self.library.panels(self.wanted.briefing)
        return OutlineRead(asked, read_outline(self.library, panels, *asked), panels)

    def on_outline_read(self, message: OutlineRead) -> None:
        """Keep the outline, and show it if it is still asked for."""
        self._outlines[message.asked] = message.outline
        self.panels = message.panels or self.panels
        self._heading.show(self.panels.title if self.panels else self.wanted.briefing)
        if message.asked == (self.trace, self.words):
            self._show()

    def on_catalog_news(self, message: CatalogNews) -> None:
        """Read again what has changed."""
        if self.wanted.briefing in message.changed:
            self._outlines.clear()
            self._show()

    # What the person does

    def on_tab_strip_picked(self, message: TabStrip.Picked) -> None:
        """Show the outline of the tab."""
        self.trace = message.panel

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Open the article at the place of the row."""
        entry: Entry = message.item
        place = entry.row.place
        if place is not None:
            label = source_label(self.panels, place.article)
            self.post_message(ArticleWanted(self.wanted.briefing, place, label))

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
        self._box.focus()

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


def _failed(asked: tuple[str, str], error: BriefingError) -> OutlineRead:
    return OutlineRead(asked, Outline(what=asked[0], empty=in_words(error)))


def read_outline(library: Library, panels: Panels, trace: str, words: str) -> Outline:
    """Return an outline of a briefing, of some words if given; raises BriefingError."""
    from briefing.compare.concordance import has_words
    from briefing.compare.outlines.change_outline import outline_changes, outline_gaps
    from briefing.compare.outlines.origin_outline import outline_concordances, outline_origins

    name = panels.name
    match trace:
        case "origins":
            return outline_origins(library.origins(name, words or None), panels)
        case "concordance":
            found = library.concordance(name, has_words(words) if words else None)
            return outline_concordances(found)
        case "changes":
            return outline_changes(library.changes(name, "last-look"), panels)
        case _:
            return outline_gaps(library.gaps(name), panels)
