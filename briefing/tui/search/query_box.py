"""Where a query is typed."""

from __future__ import annotations

from briefing.tui.kit.inputs import SignedInput


class QueryBox(SignedInput):
    """An input that keeps its text when it gets the focus, and accepts a text as if typed."""

    def __init__(self, *, placeholder: str, id: str) -> None:  # noqa: A002
        super().__init__(placeholder=placeholder, id=id, select_on_focus=False)

    def write(self, text: str) -> None:
        """Replace the query by `text`, ready to go on typing."""
        self.value = text
        self.cursor_position = len(text)
        self.focus()

    @property
    def at_end(self) -> bool:
        """Whether the next character typed comes last."""
        return self.has_focus and self.cursor_at_end and self.selection.is_empty
