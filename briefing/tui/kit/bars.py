"""The one-line bars of a screen: its heading, the tabs of a narrow screen, the keys at the foot."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from textual import events

from briefing.tui.kit.painted import InkedWidget
from briefing.tui.kit.quiet_screen import HIDDEN, QuietScreen
from briefing.tui.kit.text_lines import Line, Piece, index_at, length, spread, width_of, wrap
from briefing.visible import one_line

if TYPE_CHECKING:
    from textual.screen import Screen


MARGIN = 5
"""The cells beside wrapped words: their bar, and what frames them."""
FOR_OTHERS = 56
"""The cells that keys of the place are left beside the palette's."""
WIDE = 96
"""A heading of at least so many cells always has the last of its counts."""


class LineBar(InkedWidget):
    """A widget of lines of pieces, most of one, drawn without a layout of its own."""

    DEFAULT_CSS = "LineBar { height: 1; width: 1fr; }"
    ALLOW_SELECT = False
    _written: Callable[[int], Line] = staticmethod(lambda _: ())

    def write(self, line: Callable[[int], Line]) -> None:
        """Show what that returns for so many cells."""
        self._written = line
        self.refresh()

    def line(self, width: int) -> Line:
        """Return what the bar shows in `width` cells."""
        return self._written(width)

    def line_at(self, y: int, width: int) -> Line:
        """Return what line `y` shows: nothing but the first has words."""
        return self.line(width) if y == 0 else ()

    def row(self, y: int) -> Iterable[Segment]:
        """Paint the line."""
        width = self.size.width
        return self.paint(self.line_at(y, width), width)


class WrappedBar(LineBar):
    """Words behind a bar, in as many lines as they need; none while there is nothing to say."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.display = False
        self._words, self._ink = "", "accent"

    def show(self, words: str, ink: str) -> None:
        """Show these words behind a bar of that ink."""
        self._words, self._ink = one_line(words), ink
        self.display = True
        self._fit(self.screen.size.width)
        self.refresh()

    def hide(self) -> None:
        """Show nothing."""
        self.display = False

    def on_resize(self, event: events.Resize) -> None:
        """Take the lines that the words need."""
        self._fit(event.size.width)

    def _fit(self, width: int) -> None:
        self.styles.height = len(self._lines(width))

    def _lines(self, width: int) -> tuple[str, ...]:
        return wrap(self._words, width - MARGIN)

    def line_at(self, y: int, width: int) -> Line:
        """Return a line of the words."""
        lines = self._lines(width)
        return (Piece("▌ ", self._ink), Piece(lines[y] if y < len(lines) else ""))


class TitleBar(LineBar):
    """What the screen is about, at the left, and its counts, at the right."""

    def __init__(self, title: str = "") -> None:
        super().__init__(id="heading")
        self._title = title
        self._detail = ""
        self._counts: Sequence[str] = ()
        self._warning = ""
        self._answer = ""

    def show(
        self,
        title: str,
        detail: str | None = None,
        counts: Sequence[str] = (),
        warning: str = "",
        answer: str | None = None,
    ) -> None:
        """Set the title, a detail after it, counts at the right, and a warning before them.

        An answer stands below the detail where there is room for a second line, else behind it.
        """
        shown = (one_line(title), one_line(detail or ""), tuple(counts),
                 one_line(warning), one_line(answer or ""))  # fmt: skip
        if shown != (self._title, self._detail, self._counts, self._warning, self._answer):
            self._title, self._detail, self._counts, self._warning, self._answer = shown
            self.refresh()

    def line_at(self, y: int, width: int) -> Line:
        """Return the heading, and below it the answer."""
        if y == 1 and self._answer:
            return (Piece("▌", "accent"), Piece(f"→ {self._answer}"))
        return super().line_at(y, width)

    def line(self, width: int) -> Line:
        """Return the heading; counts yield to title and detail, a wide bar keeps the last."""
        left = [Piece("▌", "accent"), Piece(self._title, "strong")]
        answer = f"→ {self._answer}" if self._answer and self.size.height == 1 else ""
        if detail := " ".join(filter(None, (self._detail, answer))):
            left.append(Piece(f" · {detail}", "soft"))
        right = [Piece(f"{self._warning}   ", "warning")] if self._warning else []
        for kept in range(len(self._counts)):
            counts = Piece("   ".join(self._counts[kept:]), "soft")
            is_last = width >= WIDE and kept == len(self._counts) - 1
            if is_last or length([*left, *right, counts]) < width - 2:
                right.append(counts)
                break
        return spread(left, right, width)


class Tab(NamedTuple):
    """A panel of a narrow screen: its id and the word on its tab."""

    panel: str
    label: str


class TabStrip(LineBar):
    """The tabs of a narrow screen, which shows one panel at a time; a click picks another."""

    def __init__(self, tabs: Sequence[Tab], pick: Callable[[str], object]) -> None:
        super().__init__(id="tabs")
        self._tabs, self._pick = tabs, pick
        self._shown = tabs[0].panel

    def relabel(self, tabs: Sequence[Tab]) -> None:
        """Change the words on the tabs."""
        self._tabs = tabs
        self.refresh()

    def show(self, panel: str) -> None:
        """Mark the tab of `panel`."""
        self._shown = panel
        self.refresh()

    def line(self, width: int) -> Line:
        """Return the tabs and how to move between them."""
        pieces = [Piece(" ")]
        for tab in self._tabs:
            chosen = tab.panel == self._shown
            pieces.append(
                Piece(f" {tab.label} ", "badge" if chosen else "soft", "cursor" if chosen else None)
            )
        hint = Piece("tab to move ", "faint")
        return spread(pieces, (hint,) if length((*pieces, hint)) < width else (), width)

    def on_click(self, event: events.Click) -> None:
        """Pick the tab under the mouse."""
        at = index_at([width_of(tab.label) + 2 for tab in self._tabs], event.x - 1)
        if at is not None:
            self._pick(self._tabs[at].panel)


class Key(NamedTuple):
    """A key in the bar: how it is written, what it does, and the key itself."""

    shown: str
    description: str
    key: str
    ink: str = "text"


class KeyBar(LineBar):
    """The keys that work here, as many as fit; help, the way back and palette before others."""

    ALWAYS: ClassVar[Sequence[str]] = ("app.help", "escape", "app.palette")
    """What is always shown, by id or key, the most important first; help stands rightmost."""
    _shown: tuple[Sequence[Key], ...] | None = None
    """What is to be seen, unless nothing is yet: while a screen opens, the keys change often."""

    def on_mount(self) -> None:
        """Repaint whenever the keys that work change."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def _follow(self, _: Screen[object]) -> None:
        if self._shown is not None and self._shown != (keys := self._keys()):
            self._shown = keys
            self.refresh()

    def _keys(self) -> tuple[Sequence[Key], ...]:
        """Return what the screen puts first, the keys of this place, and those always shown."""
        screen = self.screen
        always: dict[str, Key] = {}
        here: dict[str, tuple[int, Key]] = {}
        done: set[str] = set()
        quiet = screen if isinstance(screen, QuietScreen) else None
        for _, binding, enabled, _ in screen.active_bindings.values():
            words = binding.description
            if binding.key == "escape" and quiet is not None and binding.action == "back":
                words = quiet.way_back() or words
            elif not binding.show:
                continue
            if enabled and words and (binding.action not in here or binding.key == "escape"):
                key = Key(self.app.get_key_display(binding), words, binding.key)
                here[binding.action] = quiet.rank(binding) if quiet else 0, key
                kept = next((each for each in self.ALWAYS if each in (binding.id, binding.key)), "")
                if kept and always.setdefault(kept, key) is key:
                    done.add(binding.action)
        left = (each for action, each in here.items() if action not in done)
        ranked = sorted(left, key=lambda each: each[0])
        shown = [key for rank, key in ranked if rank != HIDDEN]
        first = quiet.first_keys() if quiet else ()
        return first, shown, [always[each] for each in self.ALWAYS if each in always]

    def _placed(self, width: int) -> tuple[Sequence[Key], Sequence[Key]]:
        """Return the keys at the left and those at the right, none of them cut."""
        self._shown = self._shown or self._keys()
        first, here, always = self._shown
        wanted = sum(map(_key_width, first)) or FOR_OTHERS
        while len(always) > 2 and sum(map(_key_width, always)) + wanted >= width:
            always = always[:-1]
        here = [*first, *here]
        room = width - sum(_key_width(key) for key in always) - 1
        ends = list(accumulate(_key_width(key) for key in here))
        return here[: bisect_right(ends, room)], always[::-1]

    def line(self, width: int) -> Line:
        """Return the keys that fit."""
        here, always = self._placed(width)
        return spread(_pieces(here), _pieces(always), width)

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        here, always = self._placed(self.size.width)
        ends = self.size.width - sum(_key_width(key) for key in always)
        for start, keys in ((0, here), (ends, always)):
            at = index_at([_key_width(key) for key in keys], event.x - start)
            if at is not None:
                self.app.simulate_key(keys[at].key)


def _key_width(key: Key) -> int:
    return width_of(key.shown) + width_of(key.description) + 3


def _pieces(keys: Sequence[Key]) -> list[Piece]:
    pieces = []
    for key in keys:
        pieces += [Piece(f" {key.shown}", "key"), Piece(f" {key.description} ", key.ink)]
    return pieces
