"""The base of screens whose widgets repaint themselves when the focus moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.reactive import Reactive
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.widget import Widget

from briefing.tui.kit.actions import say

if TYPE_CHECKING:
    from briefing.tui.kit.bars import Key


NARROW = 100
"""A screen of fewer cells shows one panel at a time."""
HIDDEN = 9
"""The rank of a key that the foot does not show."""


class SwiftScreen(Screen[ScreenResultType]):
    """A screen that is styled and painted once when it opens, where Textual does so three times."""

    _is_held = False
    """Whether a layout is not painted, since the whole screen soon is."""

    async def _compose(self) -> None:
        """Take the classes of the app's size before there is anything that they restyle."""
        app = self.app
        self.add_class(
            *self._get_breakpoint_classes(app.size.width, app.HORIZONTAL_BREAKPOINTS or []),
            *self._get_breakpoint_classes(app.size.height, app.VERTICAL_BREAKPOINTS or []),
            update=False,
        )
        app.stylesheet.apply(self)
        await super()._compose()

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Ask for the paint before Textual's own handler, which is next, lays out."""
        event.refresh_styles = False
        self.refresh()

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:  # noqa: FBT001, FBT002
        self._is_held = self._repaint_required
        super()._refresh_layout(size, scroll)
        self._is_held = False

    def _screen_resized(self, size: Size) -> None:
        """Lay out for another size, but not again for the one that this very layout told."""
        if self.outer_size != size:
            super()._screen_resized(size)

    def _compositor_refresh(self) -> None:
        if not self._is_held:
            super()._compositor_refresh()


class SwiftModal(SwiftScreen[ScreenResultType], ModalScreen[ScreenResultType]):
    """The same for a dialog."""


class QuietScreen(SwiftScreen[object]):
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
