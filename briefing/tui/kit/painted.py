"""The bases of all widgets that paint their own lines in inks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import ceil
from typing import Any, Self

from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.containers import Vertical
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
FOOT_MARGIN = 7
"""The cells of a foot beside its words, without the gutter: lines, spaces, the dot at a note."""
EIGHTHS = " ▁▂▃▄▅▆▇"
BOLD, NOT_BOLD = Style(bold=True), Style(bold=False, dim=False)


class InkedWidget(Widget):
    """A widget that knows the inks of the theme, and paints itself by `row`, its border, too.

    Textual's own painting looks up every style anew for each line.
    """

    _base = Style.null()
    _caption: Line = ()
    _foot: Line = ()
    _is_lit = False
    """Whether the border shows that the keys go here."""
    absent_sign = ""
    """The word of a sign of the legend that is not drawn now."""

    def __init__(self, *children: Widget, **options: Any) -> None:
        super().__init__(*children, **options)
        self._look: tuple[object, ...] = ()
        self._strips: dict[int, Strip] = {}
        """The lines as they were painted with that look."""

    def label(self, title: str | None = None, foot: Line | None = None) -> None:
        """Write into the border, and repaint only that."""
        left, top, _, height = *self.content_offset, *self.outer_size
        before = self._caption, self._foot
        self._caption = self._caption if title is None else (Piece(title),)
        self._foot = self._foot if foot is None else foot
        for was, now, y in zip(before, (self._caption, self._foot), (0, height - 1), strict=True):
            if was != now:
                self.refresh(Region(-left, y - top, self.outer_size.width, 1))

    def write_foot(self, note: str, title: str | None = None) -> None:
        """Write a note into the foot of the border, before it the legend as far as it has room."""
        room = self.outer_size.width - self.styles.gutter.width - width_of(note) - FOOT_MARGIN
        line = foot_of(type(self).__name__, room, self.absent_sign)
        words = Piece(f" · {note}" if line and note else note, "faint")
        self.label(title, (*line, words))

    def watch_has_focus(self, _: bool) -> None:  # noqa: FBT001
        """Restyle nothing: what shows the focus is painted."""

    def row(self, y: int) -> Iterable[Segment]:  # noqa: ARG002
        """Return a line inside border and padding."""
        return (Segment(" " * self.size.width, self._base),)

    def scroll_bar(self, size: int) -> Sequence[Segment]:  # noqa: ARG002
        """Return the scroll bar of so many lines, nothing where there is none."""
        return ()

    def refresh(self, *regions: Region, **what: bool) -> Self:
        """Forget the lines that are to be painted anew."""
        top = self.styles.gutter.top
        old = (y + top for each in regions for y in each.line_range) if regions else [*self._strips]
        for y in old:
            self._strips.pop(y, None)
        return super().refresh(*regions, **what)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint the lines of a region that are not painted yet."""
        base = self.rich_style
        self._is_lit = self.has_focus or self.has_focus_within
        look = (self.outer_size, base, self._is_lit, self.inks)
        if look != self._look:
            self._look, self._base = look, base
            self._strips.clear()
        if any(y not in self._strips for y in crop.line_range):
            painted = self._paint_lines(y for y in crop.line_range if y not in self._strips)
            for each in self.get_line_filters():
                ground = self.background_colors[1]
                painted = {y: strip.apply_filter(each, ground) for y, strip in painted.items()}
            self._strips |= painted
        return [self._strips[y].crop(*crop.column_span) for y in crop.line_range]

    def _paint_lines(self, lines: Iterable[int]) -> dict[int, Strip]:
        base, styles = self._base, self.styles
        width, height = self.outer_size
        top, right, bottom, left = styles.gutter
        edge, over, under = (
            bool(each[0]) for each in (styles.border_left, styles.border_top, styles.border_bottom)
        )
        frame = base + self.inks.style("accent" if self._is_lit else "line")
        side = [Segment("│", frame)] * edge
        bar = self.scroll_bar(height - top - bottom)
        before = [*side, *_blank(left - edge, base)]
        after = [*_blank(right - edge - bool(bar), base), *side]
        painted = {}
        for y in lines:
            if top <= y < height - bottom:
                at = y - top
                cells = [*before, *self.row(at), *bar[at : at + 1], *after]
            elif over and y == 0:
                cells = self._edge("╭╮" if edge else "", self._caption, width, frame)
            elif under and y == height - 1:
                cells = self._edge("╰╯", self._foot, width, frame)
            else:
                cells = [*side, *_blank(width - 2 * edge, base), *side]
            painted[y] = Strip(cells, width)
        return painted

    def _edge(self, corners: str, words: Line, width: int, style: Style) -> list[Segment]:
        """Return a line of the border: the title at its left, or the foot at its right."""
        gap = " " if corners else ""
        left, right = corners[:1], corners[1:]
        ends = len(corners) + 2 * len(gap) + 1
        line = [each for each in cut(words, width - ends - 1) if each.text]
        if not line:
            return [Segment(f"{left}{'─' * (width - len(corners))}{right}", style)]
        rest = "─" * (width - ends - length(line))
        inks, base = self.inks.style, self._base
        if words is self._caption:
            shown = base + inks("accent" if self._is_lit else "soft") + BOLD
            label = Segment(f"{gap}{line[0].text}{gap}", shown)
            return [Segment(left + "─", style), label, Segment(rest + right, style)]
        cells = [Segment(p.text, base + inks(p.ink, p.ground) + NOT_BOLD) for p in line]
        space = Segment(gap, base)
        return [Segment(left + rest, style), space, *cells, space, Segment("─" + right, style)]

    def paint(self, line: Line, width: int, ground: str | None = None) -> list[Segment]:
        """Return a line of so many cells, on a ground where one is named."""
        style, base = self.inks.style, self._base
        shown = cut(line, width)
        segments = [Segment(p.text, base + style(p.ink, p.ground or ground)) for p in shown]
        rest = base + style("text", ground) if ground else base
        return [*segments, *_blank(width - length(shown), rest)]

    @property
    def inks(self) -> Inks:
        """The inks of the app's current theme."""
        return inks(self.app.theme)


def _blank(width: int, style: Style) -> list[Segment]:
    return [Segment(" " * width, style)] if width > 0 else []


class Bordered(Vertical, InkedWidget):
    """A border around other widgets."""


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
    """A scrolling widget; its actions scroll it by lines, half pages and to either end.

    It draws its scroll bar itself, as a widget of Textual's would have to be laid out and styled.
    """

    def extend(self, width: int, height: int) -> None:
        """Set how many cells there are to scroll through.

        Setting `virtual_size` itself would lay out the whole screen, which takes longer than the
        rest of a key press; this widget's own size seldom depends on it.
        """
        size = Size(width, height)
        if size != self.virtual_size:
            self.set_reactive(Widget.virtual_size, size)
            self.scroll_y = min(self.scroll_y, self.max_scroll_y)
            bar = Region(self.room.width, 0, self.gutter.right, self.room.height)
            self.refresh(bar, layout=self.styles.auto_dimensions)

    @property
    def allow_vertical_scroll(self) -> bool:
        """Whether there is more than is in view."""
        return self.max_scroll_y > 0

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Repaint what is in view now."""
        if round(old_value) != round(new_value):
            self.refresh()

    def scroll_bar(self, size: int) -> Sequence[Segment]:
        """Return the bar in eighths of a cell, from where the view begins to where it ends."""
        total = self.virtual_size.height
        if not 0 < size < total:
            return ()
        thumb = max(1, size * size / total)
        start = int((size - thumb) * self.scroll_offset.y / (total - size) * 8)
        end = start + ceil(thumb * 8)
        style = self._base + self.inks.style("line")
        turned = style + Style(reverse=True)
        cells = []
        for y in range(0, 8 * size, 8):
            above, filled = max(start - y, 0), min(end - y, 8)
            if above or filled <= 0:
                cells.append(Segment(EIGHTHS[max(8 - above, 0) % 8], style))
            else:
                cells.append(Segment(EIGHTHS[8 - filled], turned))
        return cells

    @on(events.MouseDown)
    @on(events.MouseMove)
    def scroll_by_bar(self, event: events.MouseEvent) -> None:
        """Scroll to where the mouse is held down on the scroll bar."""
        if event.button and event.x == self.gutter.left + self.room.width:
            at = (event.y - self.gutter.top) / max(self.room.height - 1, 1)
            self.scroll_to(y=round(at * self.max_scroll_y), animate=False)

    def on_blur(self, event: events.Blur) -> None:
        """Look as before while a line of the screen is typed in: one sees what it concerns."""
        if self.is_asked_about:
            event.prevent_default()

    @property
    def is_asked_about(self) -> bool:
        """Whether a line of the screen is typed in; a click chooses nothing else then."""
        return isinstance(self.screen, QuietScreen) and self.screen.is_asking

    def on_focus(self, event: events.Focus) -> None:
        """Repaint nothing after a line was typed in."""
        if self.has_focus:
            event.prevent_default()

    @property
    def room(self) -> Size:
        """The cells in which lines are painted; known, too, before the screen is laid out anew."""
        return self.outer_size - self.gutter.totals

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
