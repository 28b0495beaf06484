"""Inputs that show a sign for each hidden or active character of what is pasted or completed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from rich.highlighter import Highlighter
from rich.segment import Segment
from rich.text import Text
from textual.events import Paste
from textual.strip import Strip
from textual.widgets import Input

from briefing.tui.kit.actions import ask_at_once, say
from briefing.tui.kit.painted import InkedWidget
from briefing.visible import visible_aligned

LONGEST = 5_000
"""The most characters that are pasted into a line."""


class HiddenAsSigns(Highlighter):
    """Shows the signs, each in the place of its character, so that the cursor keeps its place."""

    def highlight(self, text: Text) -> None:
        """Put the signs into what is shown."""
        text.plain = visible_aligned(text.plain)


class SignedInput(Input, InkedWidget):
    """An input that shows the signs in its completions too; its value is as it was typed."""

    def __init__(self, **options: object) -> None:
        # Nothing is validated: each time Textual would restyle the input for it.
        super().__init__(highlighter=HiddenAsSigns(), validate_on=(), **options)  # type: ignore[arg-type]

    async def typed_before(self) -> str:
        """Return what was typed before this key: the input takes other keys in its own time."""
        done = asyncio.Event()
        self.call_later(done.set)
        await done.wait()
        return self.value

    async def action_submit(self) -> None:
        """Let the screen take the text before the keys behind this one are looked at."""
        await ask_at_once(self, self.Submitted(self, self.value))

    def _on_paste(self, event: Paste) -> None:
        """Refuse a line that would hold up every key from then on."""
        if len(event.text.partition("\n")[0]) > LONGEST:
            event.prevent_default().stop()
            say(self.app, f"Not pasted: a line holds {LONGEST:,} characters.", warning=True)

    def row(self, y: int) -> Iterable[Segment]:
        """Return the line, with the signs in what would complete it."""
        width = self.size.width
        strip = self.render_line(y).adjust_cell_length(width, self._base)
        segments = [segment._replace(text=visible_aligned(segment.text)) for segment in strip]
        return Strip(segments).adjust_cell_length(width)


class QueryBox(SignedInput):
    """An input that keeps its text when it gets the focus, and accepts a text as if typed."""

    def __init__(self, *, placeholder: str, id: str) -> None:  # noqa: A002
        super().__init__(placeholder=placeholder, id=id, select_on_focus=False)

    def write(self, text: str) -> None:
        """Replace the query by `text`, ready to go on typing."""
        self.value = text
        self.cursor_position = len(text)
        self.screen.set_focus(self)
