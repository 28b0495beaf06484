"""The line at the foot of a screen in which one types what to find in the article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from textual.content import Content
from textual.message import Message

from briefing.tui.kit.inputs import SignedInput
from briefing.tui.kit.keys import keys_of


class FindLine(SignedInput):
    """Posts each change of the words, and whether they are kept when it is left."""

    BINDINGS = keys_of("find")

    @dataclass(eq=False, repr=False)
    class Left(Message):
        """The line was left; the find goes on if it is `kept`."""

        kept: bool

    def __init__(self) -> None:
        super().__init__(id="find", placeholder="words of this article")
        self.display = False

    @property
    def is_modal(self) -> bool:
        """Whether the keys of the screen below wait: while one types here."""
        return bool(self.display)

    def open(self) -> None:
        """Begin anew."""
        self.value = ""
        self.display = True
        self.note("")
        self.screen.set_focus(self)

    def note(self, matches: str) -> None:
        """Show at which of the matches one is."""
        parts = filter(None, ("Find in the article", matches))
        self.border_title = cast("str", Content(" · ".join(parts)))

    def on_blur(self) -> None:
        """Leave the line, and keep the find, when something else gets the keys."""
        if self.display and self.screen.focused is not None:
            self.action_leave(kept=True)

    def action_leave(self, kept: bool) -> None:  # noqa: FBT001 - from a binding
        """Leave the line."""
        if self.display:
            self.display = False
            self.post_message(self.Left(kept))
