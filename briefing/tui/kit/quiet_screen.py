"""The base of screens whose widgets repaint themselves when the focus moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual._compositor import Compositor
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import RenderOptions, Visual
from textual.widget import Widget
from textual.widgets._toast import ToastRack

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


class SwiftCompositor(Compositor):
    """Has each widget draw only the lines that are painted and seen, where Textual's has it all."""

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        """Return what is painted of each line, by where it begins."""
        width, height = self.size
        chops: list[dict[int, Strip]] = [{} for _ in range(height)]
        free = {y: [(0, width)] for y in range(height) if is_rendered_line(y)}
        for widget, (region, clip) in self.visible_widgets.items():  # Those above come first.
            seen = region.intersection(clip)
            left, right = seen.column_span
            lines = seen.line_range if crop.overlaps(seen) else ()
            wanted = [y for y in lines if any(a < right and left < b for a, b in free.get(y, ()))]
            if not wanted:
                continue
            top, end = wanted[0], wanted[-1] + 1
            part = Region(left - region.x, top - region.y, seen.width, end - top)
            strips = widget.render_lines(part)
            for y in wanted:
                gaps, free[y] = free[y], []
                for start, until in gaps:
                    first, last = max(start, left), min(until, right)
                    rest = [(start, first), (last, until)] if first < last else [(start, until)]
                    free[y] += [each for each in rest if each[0] < each[1]]
                    if first < last:
                        chops[y][first] = strips[y - top].crop(first - left, last - left)
        painted = [dict(sorted(each.items())) for each in chops]
        # Textual takes from here where each piece ends.
        self._cuts = [[0, *(at + each.cell_length for at, each in y.items())] for y in painted]
        return painted


class SwiftScreen(WholeScreen[ScreenResultType]):
    """A screen that is styled and painted once when it opens, where Textual does so three times."""

    BLANK = True
    _is_held = False
    """Whether a layout is not painted, since the whole screen soon is."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = SwiftCompositor()
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

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Hide the notices from the first: hiding them later lays out the whole screen."""
        super()._extend_compose(widgets)
        for each in widgets:
            if isinstance(each, ToastRack):
                each.display = False

    def on_screen_suspend(self) -> None:
        """Leave the notices to the screen above: both would show the same, one beside the other."""
        for each in self.children:
            if isinstance(each, ToastRack):
                each.display = False

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Ask for the paint before Textual's own handler, which is next, lays out."""
        event.refresh_styles = False
        self.refresh()

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:  # noqa: FBT001, FBT002
        """Lay out, but not again for sizes that this very layout told, unless of what scrolls."""
        known = {each for each in self._compositor.full_map if each._layout_required}  # noqa: SLF001
        self._is_held = self._repaint_required
        super()._refresh_layout(size, scroll)
        self._is_held = False
        for each in self._compositor.full_map.keys() - known:
            if not isinstance(each, ScrollView):
                each._layout_required = False  # noqa: SLF001

    def _screen_resized(self, size: Size) -> None:
        """Lay out for another size, but not again for the one that this very layout told."""
        if self.outer_size != size:
            super()._screen_resized(size)

    def _compositor_refresh(self) -> None:
        """Paint at once with what is to be painted all that has changed, but not yet said so."""
        is_late = self._repaint_required and self.app._batch_count  # noqa: SLF001
        if not (self._is_held or is_late):
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

    BLANK = False

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
