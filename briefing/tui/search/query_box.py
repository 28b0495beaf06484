"""Where a query is typed."""

from __future__ import annotations

from rich.highlighter import Highlighter
from rich.text import Text
from textual.widgets import Input

from briefing.visible import visible_aligned


class HiddenAsSigns(Highlighter):
    """Shows a sign for each hidden or active character of a pasted or completed text."""

    def highlight(self, text: Text) -> None:
        """Put the signs into what is shown."""
        text.plain = visible_aligned(text.plain)


class QueryBox(Input):
    """An input that keeps its text when it gets the focus, and accepts a text as if typed."""

    def __init__(self, *, placeholder: str, id: str) -> None:  # noqa: A002
        signs = HiddenAsSigns()
        super().__init__(placeholder=placeholder, id=id, highlighter=signs, select_on_focus=False)

    def write(self, text: str) -> None:
        """Replace the query by `text`, ready to go on typing."""
        self.value = text
        self.cursor_position = len(text)
        self.focus()

    @property
    def at_end(self) -> bool:
        """Whether the next character typed comes last."""
        return self.has_focus and self.cursor_at_end and self.selection.is_empty
