"""The smallest useful Textual app: what the start-up and the keys of ours are measured against."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class MinimalApp(App[None]):
    """Shows a line of text."""

    def compose(self) -> ComposeResult:
        """Show the line."""
        yield Static("ready")


if __name__ == "__main__":
    MinimalApp().run()
