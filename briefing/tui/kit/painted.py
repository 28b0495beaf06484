"""A scrolling widget that paints its own lines in inks: what lists and the reader share."""

from __future__ import annotations

from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from briefing.tui.kit.themes import Inks, inks


class PaintedView(ScrollView):
    """Knows the theme's inks and its own ground, and how many lines there are to scroll through."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._known_inks: Inks | None = None
        self._base = Style.null()

    def on_mount(self) -> None:
        """Paint anew when the theme changes."""
        self.app.theme_changed_signal.subscribe(self, self._repaint)

    def _repaint(self, _: object = None) -> None:
        self._known_inks = None
        self.refresh()

    @property
    def inks(self) -> Inks:
        """The inks of the app's present theme."""
        if self._known_inks is None:
            self._known_inks = inks(self.app)
        return self._known_inks

    def extend(self, width: int, height: int) -> None:
        """Say how many cells there are to scroll through.

        Set by hand, since setting `virtual_size` lays out the whole screen anew, which takes longer
        than all the rest of a key; this widget's own size does not depend on it.
        """
        size = Size(width, height)
        if size != self.virtual_size:
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint the lines of a region; the widget's own style is worked out once for them all."""
        self._base = self.rich_style
        return super().render_lines(crop)
