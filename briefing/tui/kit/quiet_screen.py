"""The base of screens whose widgets repaint themselves when the focus moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING, Self

from rich.segment import Segment
from rich.style import Style
from textual import events, messages
from textual._compositor import Compositor
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets._toast import ToastRack

from briefing.tui.kit.actions import say
from briefing.tui.kit.messages import ScreenReady

if TYPE_CHECKING:
    from briefing.tui.kit.bars import Key


NARROW, TALL = 100, 34
"""A screen of fewer cells shows one panel at a time, one of fewer lines shorter bars."""
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
    _is_fresh = False
    """Whether it was laid out with all its parts, and not painted yet."""

    async def on_event(self, event: events.Event) -> None:
        """Take an event; one that is closed as it opens has no parts, and is not set up."""
        is_gone = self._closing or self._pruning or (self._has_parts and not self.children)
        if not (is_gone and isinstance(event, events.Mount)):
            await super().on_event(event)
        if isinstance(event, events.ScreenResume):
            self._is_fresh = not self.is_ready and bool(self.children)
            self.is_ready = True
            self.call_after_refresh(setattr, self, "_is_fresh", False)  # noqa: FBT003
            self.post_message(ScreenReady())


class SwiftCompositor(Compositor):
    """Has each widget draw only the lines that are painted and seen, where Textual's has it all."""

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        """Return what is painted of each line, by where it begins."""
        chops: list[dict[int, Strip]] = [{} for _ in range(self.size.height)]
        free = {y: [crop.column_span] for y in range(self.size.height) if is_rendered_line(y)}
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
    _laid_out = 0.0
    """When everything was laid out last."""
    _is_held = False
    """Whether a layout is not painted, since the whole screen soon is."""

    def __init__(self) -> None:
        # Else the screen would take the classes of its size later, and restyle all that is on it.
        width, height = self.app.size
        sizes = "-wide" if width >= NARROW else "-narrow", "-tall" if height >= TALL else "-short"
        super().__init__(classes=" ".join(sizes))
        self._compositor = SwiftCompositor()
        self._held = ExitStack()

    def refresh(self, *regions: Region, layout: bool = False, **what: bool) -> Self:
        """Refresh, but not lay out again as Textual asks for once a screen has all its parts."""
        again, self._is_fresh = layout and self._is_fresh, self._is_fresh and not layout
        return super().refresh(*regions, layout=layout and not again, **what)

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

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Add nothing: no widget has a tooltip, and notices have a place once there are any."""

    def place_notices(self) -> None:
        """Have a place for notices."""
        if self.is_attached and not self.query(ToastRack):
            self.mount(ToastRack(id="textual-toastrack"))

    def on_screen_suspend(self) -> None:
        """Leave the notices to the screen above: both would show the same, one beside the other."""
        for each in self.children:
            if isinstance(each, ToastRack):
                each.display = False

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Ask for the paint before Textual's own handler, which is next, lays out."""
        event.refresh_styles = False
        if self.app._notifications:  # noqa: SLF001
            self.place_notices()
        self.refresh()

    def on_layout(self, message: messages.Layout) -> None:
        """Do not lay out for what was asked for before everything was laid out."""
        if message.time < self._laid_out:
            message.prevent_default()

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:  # noqa: FBT001, FBT002
        """Lay out, but not again for sizes that this very layout told."""
        known = {each for each in self._compositor.full_map if each._layout_required}  # noqa: SLF001
        self._is_held = self._repaint_required
        self._laid_out = self._laid_out if scroll else events.Idle().time
        super()._refresh_layout(size, scroll)
        self._is_held = False
        for each in self._compositor.full_map.keys() - (known - {self}):
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


class SwiftModal(SwiftScreen[ScreenResultType], ModalScreen[ScreenResultType]):
    """The same for a dialog, below which what is seen has each style blended once."""

    BLANK = False
    _backdrop: tuple[Size, Sequence[Strip]] = (Size(), ())
    """What is seen below in so many cells, until that has news."""

    def refresh(self, *regions: Region, **what: bool) -> Self:
        """Look below anew."""
        self._backdrop = Size(), ()
        return super().refresh(*regions, **what)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return what is below."""
        # One that is below itself may be asked for lines of the size that it had before.
        size = Size(max(self.size.width, crop.right), max(self.size.height, crop.bottom))
        if self._backdrop[0] != size:
            self._backdrop = size, self._blended(*size)
        return [each.crop(*crop.column_span) for each in self._backdrop[1][crop.y : crop.bottom]]

    def _blended(self, width: int, height: int) -> Sequence[Strip]:
        below = self.render()
        blank = [Strip.blank(width, self.rich_style)] * height
        if not isinstance(below, BackgroundScreen):
            return blank

        @cache
        def blend(style: Style | None) -> Style | None:
            blended = below.process_segments([Segment("", style)], below.color)
            return next(each.style for each in blended)

        blended = [
            Strip([Segment(text, blend(style)) for text, style, _ in strip], strip.cell_length)
            for strip in below.screen._compositor.render_strips()[:height]  # noqa: SLF001
        ]
        # What is below may still have its size of before.
        return [*(each.adjust_cell_length(width) for each in blended), *blank[len(blended) :]]


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
