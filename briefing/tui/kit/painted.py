"""The bases of all widgets that paint their own lines in inks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.events import Blur, Focus
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from briefing.tui.kit.keys import foot_of
from briefing.tui.kit.quiet_screen import QuietScreen
from briefing.tui.kit.text_lines import Line, Piece, cut, length, width_of
from briefing.tui.kit.themes import Inks, inks

END = object()
"""The spot of a view that is at its end."""
FOOT_MARGIN = 8
"""The cells of the bottom border beside its words: corners, spaces, the dot before the note."""


def write_border(widget: Widget, title: Content | None = None, foot: Content | None = None) -> None:
    """Write into a widget's border and repaint only that, where Textual repaints the widget."""
    left, top, _, height = *widget.content_offset, *widget.outer_size
    for name, words, y in (("title", title, 0), ("subtitle", foot, height - 1)):
        before = getattr(widget, f"_border_{name}")
        known = before is not None and words is not None
        if words is None or (known and before.is_same(words)):
            continue
        setattr(widget, f"_border_{name}", words)
        widget.refresh(Region(-left, y - top, widget.outer_size.width, 1))


class InkedWidget(Widget):
    """A widget that knows the inks of the theme."""

    _inks: Inks | None = None
    absent_sign = ""
    """The word of a sign of the legend that is not drawn now."""

    def on_mount(self) -> None:
        """Repaint whenever the theme changes."""
        self.app.theme_changed_signal.subscribe(self, self._forget_inks)

    def _forget_inks(self, _: object) -> None:
        self._inks = None
        self.refresh()

    def write_foot(self, note: str, title: Content | None = None) -> None:
        """Write a note into the foot of the border, before it the legend as far as it has room."""
        room = self.outer_size.width - self.styles.gutter.width - width_of(note) - FOOT_MARGIN
        line = foot_of(type(self).__name__, room, self.absent_sign)
        if line and note:
            line = (*line, Piece(" · ", "faint"))
        write_border(self, title, self.inks.content((*line, Piece(note, "faint"))))

    def paint(self, line: Line, width: int, ground: str | None = None) -> Strip:
        """Return a line of so many cells, on a ground where one is named."""
        style = self.inks.style
        shown = cut(line, width)
        segments = [Segment(p.text, style(p.ink, p.ground or ground)) for p in shown]
        rest = width - length(shown)
        if rest > 0:
            segments.append(Segment(" " * rest, style("text", ground) if ground else Style.null()))
        return Strip(segments, width)

    @property
    def inks(self) -> Inks:
        """The inks of the app's current theme."""
        if self._inks is None:
            self._inks = inks(self.app.theme)
        return self._inks


class StayingView(ScrollView):
    """A scrolling widget that stays at its place when its size changes, however wide its lines."""

    spot: Callable[[], Any]
    """Returns what the view begins with, however wide its lines are; None at the top."""
    line_of_spot: Callable[[Any], int]
    """Returns the line that begins with it now."""
    sees_choice: Callable[[], bool]
    """Whether what is chosen is in view."""
    reveal: Callable[[], None]
    """Scrolls what is chosen into view."""
    _spot: Any = None
    """What the view began with before its size changed, None at the top."""
    _spot_line = -1
    """The line that it began with when its size had changed: at another one, somebody scrolled."""
    _saw_choice: bool | None = None
    """Whether what is chosen was in view then; None before there was a view."""
    _is_resized = False
    """Whether its size has changed, and the view was not yet put back to its spot."""

    def _size_updated(
        self,
        size: Size,
        virtual_size: Size,
        container_size: Size,
        layout: bool = True,  # noqa: FBT001, FBT002
    ) -> bool:
        """Note what the view begins with before it takes over another size."""
        if size != self._size and not self._is_resized:
            self._is_resized = True
            line = self.scroll_offset.y
            if line != self._spot_line or self._saw_choice is None:
                self._spot = END if 0 < self.max_scroll_y <= line else self.spot()
                self._saw_choice = self.sees_choice() if self._size else None
        return super()._size_updated(size, virtual_size, container_size, layout)

    def keep_spot(self, *, reveals: bool = True) -> None:
        """Scroll to where the view began before its size changed; the end stays the end.

        What is chosen stays in view, or comes into view if `reveals`, unless it was not.
        """
        if self._is_resized and self._spot is not None:
            line = self.max_scroll_y if self._spot is END else self.line_of_spot(self._spot)
            self.scroll_to(y=line, animate=False)
        was_seen = self._saw_choice if self._is_resized else None
        if (reveals and was_seen is None) or (was_seen and not self.sees_choice()):
            self.reveal()
        self._is_resized, self._spot_line = False, self.scroll_offset.y


class PaintedView(StayingView, InkedWidget):
    """A scrolling widget; its actions scroll it by lines, half pages and to either end."""

    _base = Style.null()

    def extend(self, width: int, height: int) -> None:
        """Set how many cells there are to scroll through.

        Setting `virtual_size` itself would lay out the whole screen, which takes longer than the
        rest of a key press; this widget's own size does not depend on it.
        """
        size = Size(width, height)
        if size != self.virtual_size:
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)

    def _size_updated(
        self,
        size: Size,
        virtual_size: Size,  # noqa: ARG002
        container_size: Size,
        layout: bool = True,  # noqa: FBT001, FBT002
    ) -> bool:
        """Take over a new size; what a layout takes for the cells to scroll through is none of it.

        Else every layout of the screen would repaint the scrollbars of all its lists.
        """
        return super()._size_updated(size, self.virtual_size, container_size, layout)

    def watch_has_focus(self, _: bool) -> None:  # noqa: FBT001
        """Restyle itself only: its scrollbars, which take as long again, look the same."""
        self.app.stylesheet.apply(self)

    def on_blur(self, event: Blur) -> None:
        """Look as before while a line of the screen is typed in: one sees what it concerns."""
        if self.is_asked_about:
            event.prevent_default()

    @property
    def is_asked_about(self) -> bool:
        """Whether a line of the screen is typed in; a click chooses nothing else then."""
        return isinstance(self.screen, QuietScreen) and self.screen.is_asking

    def on_focus(self, event: Focus) -> None:
        """Repaint nothing after a line was typed in."""
        if self.has_focus:
            event.prevent_default()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint the lines of a region; the widget's own style is computed once for all."""
        self._base = self.rich_style
        return super().render_lines(crop)

    @property
    def room(self) -> Size:
        """The cells in which lines are painted; known, too, before the screen is laid out anew."""
        width, height = self.outer_size
        gutter = self.gutter
        return Size(max(width - gutter.width, 0), max(height - gutter.height, 0))

    @property
    def half_page(self) -> int:
        """Half of the lines in view, at least one."""
        return max(self.room.height // 2, 1)

    def action_line(self, direction: int) -> None:
        """Scroll by a line."""
        self.scroll_relative(y=direction, animate=False)

    def action_page(self, direction: int) -> None:
        """Scroll by half a page."""
        self.scroll_relative(y=direction * self.half_page, animate=False)

    def action_edge(self, end: int) -> None:
        """Scroll to the top (0) or the end (1)."""
        self.scroll_to(y=self.max_scroll_y if end else 0, animate=False)
