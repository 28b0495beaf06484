"""The base of screens whose widgets repaint themselves when the focus moves."""

from __future__ import annotations

from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget


class QuietScreen(Screen[object]):
    """A screen that is not repainted as a whole when the focus moves."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
