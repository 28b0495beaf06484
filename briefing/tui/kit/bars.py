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
    from textual.timer import Timer


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
        self._end: Timer | None = None

    def show(self, words: str, ink: str, seconds: float | None = None) -> None:
        """Show these words behind a bar of that ink, for some seconds if these are given."""
        self._words, self._ink = one_line(words), ink
        if self._end is not None:
            self._end.stop()
        self._end = self.set_timer(seconds, self.hide) if seconds is not None else None
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
        self._said: tuple[str, str, Sequence[str], str, str] = (title, "", (), "", "")

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
        said = (one_line(title), one_line(detail or ""), tuple(counts),
                one_line(warning), one_line(answer or ""))  # fmt: skip
        if said != self._said:
            self._said = said
            self.refresh()

    def line_at(self, y: int, width: int) -> Line:
        """Return the heading, and below it the answer."""
        answer = self._said[-1]
        if y == 1 and answer:
            return (Piece("▌", "accent"), Piece(f"→ {answer}"))
        return super().line_at(y, width)

    def line(self, width: int) -> Line:
        """Return the heading; counts yield to title and detail, a wide bar keeps the last."""
        title, detail, counts, warning, answer = self._said
        left = [Piece("▌", "accent"), Piece(title, "strong")]
        below = f"→ {answer}" if answer and self.size.height == 1 else ""
        if words := " ".join(filter(None, (detail, below))):
            left.append(Piece(f" · {words}", "soft"))
        right = [Piece(f"{warning}   ", "warning")] if warning else []
        for kept in range(len(counts)):
            shown = Piece("   ".join(counts[kept:]), "soft")
            is_last = width >= WIDE and kept == len(counts) - 1
            if is_last or length([*left, *right, shown]) < width - 2:
                right.append(shown)
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
    """A key in the bar: how it is written, what it does, the key itself, its ink and its group."""

    shown: str
    description: str
    key: str
    ink: str = "text"
    group: str = ""

    @property
    def pieces(self) -> Line:
        """How it is shown; a key of a group may have no words of its own."""
        words = (Piece(f" {self.description} ", self.ink),) if self.description else ()
        return (Piece(f" {self.shown}", "key"), *words)


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
        types = screen.focused is not None and screen.focused.check_consume_key("a", "a")
        for _, binding, enabled, _ in screen.active_bindings.values():
            words = binding.description
            if binding.key == "escape" and quiet is not None and binding.action == "back":
                words = quiet.way_back() or words
            elif not binding.show:
                continue
            shown = self.app.get_key_display(binding)
            if types and len(shown) == 1 and shown.isascii():
                continue  # Textual leaves out what would be typed, but for signs such as `/`.
            if enabled and words and (binding.action not in here or binding.key == "escape"):
                group = binding.group.description if binding.group is not None else ""
                key = Key(shown, words, binding.key, group=group)
                here[binding.action] = quiet.rank(binding) if quiet else 0, key
                kept = next((each for each in self.ALWAYS if each in (binding.id, binding.key)), "")
                if kept and always.setdefault(kept, key) is key:
                    done.add(binding.action)
        left = (each for action, each in here.items() if action not in done)
        ranked = sorted(left, key=lambda each: each[0])
        wanted = [key for rank, key in ranked if rank != HIDDEN]
        first = quiet.first_keys() if quiet else ()
        return first, wanted, [always[each] for each in self.ALWAYS if each in always]

    def _placed(self, width: int) -> tuple[Sequence[Key], Sequence[Key]]:
        """Return the keys at the left and those at the right, none of them cut.

        Of a group those that have no room for their own words share a word, if all fit then.
        """
        self._shown = self._shown or self._keys()
        first, here, always = self._shown
        wanted = length(_pieces(first)) or FOR_OTHERS
        while len(always) > 2 and length(_pieces(always)) + wanted >= width:
            always = always[:-1]
        here = [*first, *here]
        room = width - length(_pieces(always)) - 1
        start = next((at for at, key in enumerate(here) if key.group), len(here))
        ends = list(accumulate((length(key.pieces) for key in here), initial=0))
        for at in range(len(here), start - 1, -1):
            folded = _folded(here[at:])
            if ends[at] + length(_pieces(folded)) <= room:
                return [*here[:at], *folded], always[::-1]
        return here[: max(bisect_right(ends, room) - 1, 0)], always[::-1]

    def line(self, width: int) -> Line:
        """Return the keys that fit."""
        here, always = self._placed(width)
        return spread(_pieces(here), _pieces(always), width)

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        here, always = self._placed(self.size.width)
        ends = self.size.width - length(_pieces(always))
        for start, keys in ((0, here), (ends, always)):
            at = index_at([length(key.pieces) for key in keys], event.x - start)
            if at is not None:
                self.app.simulate_key(keys[at].key)


def _folded(keys: Sequence[Key]) -> Sequence[Key]:
    """Return the keys of a group, the last with the name of the group and the others with none."""
    found = [key for key in keys if key.group]
    bare = [key._replace(description="") for key in found[:-1]]
    return [*bare, *(key._replace(description=key.group) for key in found[-1:])]


def _pieces(keys: Sequence[Key]) -> list[Piece]:
    return [piece for key in keys for piece in key.pieces]
