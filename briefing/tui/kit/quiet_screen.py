"""The base of screens whose widgets repaint themselves when the focus moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

if TYPE_CHECKING:
    from briefing.tui.kit.bars import Key


class QuietScreen(Screen[object]):
    """A screen that is not repainted as a whole when the focus moves."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def first_keys(self) -> Sequence[Key]:
        """Return keys that the foot of the screen shows before those of the bindings."""
        return ()
