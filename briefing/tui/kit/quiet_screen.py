"""The base of screens whose widgets repaint themselves when the focus moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from briefing.tui.kit.actions import say

if TYPE_CHECKING:
    from briefing.tui.kit.bars import Key


NARROW = 100
"""A screen of fewer cells shows one panel at a time."""
HIDDEN = 9
"""The rank of a key that the foot does not show."""


class QuietScreen(Screen[object]):
    """A screen that is not repainted as a whole when the focus moves."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    @property
    def is_asking(self) -> bool:
        """Whether something is typed in a line of the screen."""
        return False

    def first_keys(self) -> Sequence[Key]:
        """Return keys that the foot of the screen shows before those of the bindings."""
        return ()

    def way_back(self) -> str:
        """Return where esc leads in a word, where the screen knows better than its binding."""
        return ""

    def rank(self, binding: Binding) -> int:  # noqa: ARG002
        """Return where the foot shows a key: those of a lower rank come first."""
        return 1

    def tell(self, words: str) -> None:
        """Tell what was done."""
        say(self, words)
