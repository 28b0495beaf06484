"""Where a query is typed."""

from __future__ import annotations

from rich.highlighter import Highlighter
from rich.text import Text
from textual.widgets import Input

from briefing.visible import visible_aligned


class HiddenAsSigns(Highlighter):
    """Shows a sign for each hidden or active character, which a pasted or completed text may have.

    The text itself stays as it is.
    """

    def highlight(self, text: Text) -> None:
        """Put the signs into what is shown."""
        text.plain = visible_aligned(text.plain)


class QueryBox(Input):
    """An input that keeps its text when one comes back to it, and takes a text as if typed."""

    def __init__(self, *, placeholder: str, id: str | None = None) -> None:  # noqa: A002
        super().__init__(
            placeholder=placeholder, id=id, highlighter=HiddenAsSigns(), select_on_focus=False
        )

    def write(self, text: str) -> None:
        """Put `text` in place of what stands there, ready to go on typing."""
        self.value = text
        self.cursor_position = len(text)
        self.focus()

    @property
    def at_end(self) -> bool:
        """Whether what is typed next would come last."""
        return self.has_focus and self.cursor_at_end and self.selection.is_empty
