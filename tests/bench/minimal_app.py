"""The smallest useful Textual app: what the start-up and the keys of ours are measured against."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static


class EmptyScreen(Screen[None]):
    """Shows a line of text."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss", "Back")]

    def compose(self) -> ComposeResult:
        """Show the line."""
        yield Static("opened")


class ListScreen(EmptyScreen):
    """Shows a list of sixty lines, and the keys."""

    def compose(self) -> ComposeResult:
        """Lay out the list and the foot, which the start does not load."""
        from textual.widgets import Footer, OptionList

        yield OptionList(*(f"a line of some words, the number {at}" for at in range(60)))
        yield Footer()


class MinimalApp(App[None]):
    """Shows a line of text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("e", "open('empty')", "Empty"),
        ("l", "open('list')", "List"),
    ]

    def action_open(self, name: str) -> None:
        """Open a screen."""
        self.push_screen(EmptyScreen() if name == "empty" else ListScreen())

    def compose(self) -> ComposeResult:
        """Show the line."""
        yield Static("ready")


if __name__ == "__main__":
    MinimalApp().run()
