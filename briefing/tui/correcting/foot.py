"""The foot of a screen on which the analyst corrects: what was done, and the line to type in."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Resize
from textual.geometry import Size
from textual.strip import Strip
from textual.timer import Timer

from briefing.tui.correcting.ask_line import AskLine
from briefing.tui.kit.bars import LineBar
from briefing.tui.kit.text_lines import Line, Piece, wrap
from briefing.visible import one_line

SHOWN_FOR = 6
"""The seconds for which the screen tells what was done."""


class Notice(LineBar):
    """Tells what was done, for some seconds, in as many lines as that takes."""

    def __init__(self) -> None:
        super().__init__(id="notice")
        self.display = False
        self._words = ""
        self._end: Timer | None = None

    def tell(self, words: str) -> None:
        """Show these words in place of those before."""
        if self._end is not None:
            self._end.stop()
        self._words = one_line(words)
        self.display = True
        self._fit(self.screen.size.width)
        self.refresh()
        self._end = self.set_timer(SHOWN_FOR, self.hide)

    def hide(self) -> None:
        """Show nothing."""
        self.display = False

    def on_resize(self, event: Resize) -> None:
        """Take the lines that the words need."""
        self._fit(event.size.width)

    def _fit(self, width: int) -> None:
        self.styles.height = len(self._lines(width))

    def _lines(self, width: int) -> tuple[str, ...]:
        return wrap(self._words, width - 3)

    def render_line(self, y: int) -> Strip:
        """Paint a line."""
        return self.paint(self.line_at(y, self.size.width))

    def line_at(self, y: int, width: int) -> Line:
        """Return a line of the words, behind a bar."""
        lines = self._lines(width)
        return (Piece("▌ ", "accent"), Piece(lines[y] if y < len(lines) else ""))


class Foot(Vertical):
    """The last notice, and below it the line in which something is typed; both mostly hidden."""

    def __init__(self) -> None:
        super().__init__(id="foot")
        self.notice = Notice()
        self.line = AskLine()

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
        """Lay out notice and line."""
        yield self.notice
        yield self.line
