"""The foot of a screen on which the analyst corrects: what was done, and the line to type in."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Size
from textual.timer import Timer

from briefing.tui.correcting.ask_line import AskLine
from briefing.tui.kit.bars import WrappedBar
from briefing.tui.reader.find_line import FindLine

SHOWN_FOR = 6
"""The seconds for which the screen tells what was done."""


class Notice(WrappedBar):
    """Tells what was done, for some seconds."""

    def __init__(self) -> None:
        super().__init__(id="notice")
        self._end: Timer | None = None

    def tell(self, words: str) -> None:
        """Show these words in place of those before."""
        if self._end is not None:
            self._end.stop()
        self.show(words, "accent")
        self._end = self.set_timer(SHOWN_FOR, self.hide)


class Foot(Vertical):
    """The last notice, below it the lines to type an answer or words to find; mostly hidden."""

    def __init__(self) -> None:
        super().__init__(id="foot")
        self.notice = Notice()
        self.line = AskLine()
        self.find = FindLine()

    def _size_updated(
        self,
        size: Size,
        virtual_size: Size,
        container_size: Size,
        layout: bool = True,  # noqa: ARG002, FBT001, FBT002
    ) -> bool:
        """Take over a new size without laying out the screen a second time."""
        return super()._size_updated(size, virtual_size, container_size, layout=False)

    def compose(self) -> ComposeResult:
        """Lay out notice and lines."""
        yield self.notice
        yield self.line
        yield self.find
