"""The base of screens whose widgets repaint themselves when the focus moves."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.reactive import Reactive
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.strip import Strip
from textual.visual import RenderOptions, Visual
from textual.widget import Widget

from briefing.tui.kit.actions import say
from briefing.tui.kit.messages import ScreenReady

if TYPE_CHECKING:
    from textual.css.styles import RulesMap

    from briefing.tui.kit.bars import Key


NARROW = 100
"""A screen of fewer cells shows one panel at a time."""
HELD = 0.15
"""Seconds for which nothing is painted at most while what is opened is being read."""
HIDDEN = 9
"""The rank of a key that the foot does not show."""


class WholeScreen(Screen[ScreenResultType]):
    """A screen that is set up only with all its parts."""

    _has_parts = True
    """Whether it has parts from the first on."""
    is_ready = False
    """Whether it takes keys: it has its parts, and one of them the focus."""

    async def on_event(self, event: events.Event) -> None:
        """Take an event; one that is closed as it opens has no parts, and is not set up."""
        is_gone = self._closing or self._pruning or (self._has_parts and not self.children)
        if not (is_gone and isinstance(event, events.Mount)):
            await super().on_event(event)
        if isinstance(event, events.ScreenResume):
            self.is_ready = True
            self.post_message(ScreenReady())


class SwiftScreen(WholeScreen[ScreenResultType]):
    """A screen that is styled and painted once when it opens, where Textual does so three times."""

    _is_held = False
    """Whether a layout is not painted, since the whole screen soon is."""

    def __init__(self) -> None:
        super().__init__()
        self._held = ExitStack()

    def hold_paint(self) -> None:
        """Paint nothing until `paint_again` is called, but not for long: else one paints twice."""
        self._held.enter_context(self.app.batch_update())
        self.app.set_timer(HELD, self.paint_again)

    def paint_again(self) -> None:
        """Paint what was held back, if anything was."""
        self._held.close()
        self.check_idle()

    def on_unmount(self) -> None:
        """Let other screens paint."""
        self._held.close()

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
        """Paint at once with what is to be painted all that has changed, but not yet said so."""
        if not self._is_held:
            shown = self._compositor.visible_widgets
            self._compositor.update_widgets(
                {each for each in shown if each._repaint_regions}  # noqa: SLF001
            )
            super()._compositor_refresh()


class Backdrop(Visual):
    """What is seen below a dialog, with each style blended once, where Textual does every piece."""

    def __init__(self, below: BackgroundScreen) -> None:
        self._below = below

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002
        """Return the whole width."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        """Return the whole height."""
        return self._below.screen.size.height

    def render_strips(
        self,
        width: int,  # noqa: ARG002
        height: int | None,
        style: object,  # noqa: ARG002
        options: RenderOptions,  # noqa: ARG002
    ) -> list[Strip]:
        """Return the lines of the screen below."""

        @cache
        def blend(style: Style | None) -> Style | None:
            blended = self._below.process_segments([Segment("", style)], self._below.color)
            return next(each.style for each in blended)

        return [
            Strip([Segment(text, blend(style)) for text, style, _ in strip], strip.cell_length)
            for strip in self._below.screen._compositor.render_strips()[:height]  # noqa: SLF001
        ]


class SwiftModal(SwiftScreen[ScreenResultType], ModalScreen[ScreenResultType]):
    """The same for a dialog."""

    def render(self) -> Any:
        """Return what is below."""
        below = super().render()
        return Backdrop(below) if isinstance(below, BackgroundScreen) else below


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
