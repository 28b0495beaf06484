"""The first page: what this is, the keys that matter, how to begin with articles of one's own."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical

from briefing.tui.dialogs.help import HelpList, HelpRow
from briefing.tui.kit.bars import KeyBar
from briefing.tui.kit.keys import keys_of
from briefing.tui.kit.quiet_screen import SwiftModal

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


class WelcomeScreen(SwiftModal[bool]):
    """Six lines over the library that is open; returns True when they have been read."""

    CSS_PATH = Path(__file__).with_name("dialogs.tcss")
    BINDINGS = keys_of("welcome")
    AUTO_FOCUS = "HelpList"

    def compose(self) -> ComposeResult:
        """Lay out the lines."""
        dialog = Vertical(classes="dialog bare")
        dialog.border_title = "Welcome"
        with dialog:
            yield HelpList()
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill in the lines."""
        self.query_exactly_one(HelpList).show(LINES)
