"""Print how well every ink can be read on every ground, theme by theme (WCAG 2.1 contrast).

    python tests/bench/contrast.py

4.5 : 1 is what WCAG asks of text (AA), 7 : 1 the stronger AAA. The theme of the terminal's own
colours is left out: what these are is the terminal's affair.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from textual.color import Color
from textual.theme import Theme

from briefing.tui.kit.themes import ALIASES, GROUND_LINES, THEMES, Inks

INKS = sorted(
    {
        ink.removeprefix("ink-")
        for ink in THEMES["briefing-dark"].variables
        if ink.startswith(("ink-", "voice-", "stance-"))
    }
    | set(ALIASES)
)
NO_TEXT = frozenset({"line", "found"})
"""The ink of frames, and that which is drawn on its own ground alone."""


class Pair(NamedTuple):
    """Ink on a ground, and how well it can be read there."""

    ink: str
    ground: str
    contrast: float


def luminance(colour: Color) -> float:
    """Return the relative luminance of a colour, 0 for black and 1 for white."""
    parts = (value / 255 for value in colour.rgb)
    red, green, blue = (v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def pairs(theme: Theme) -> Iterator[Pair]:
    """Yield every ink on every ground, the plain grounds of lists, headings and keys included."""
    inks = Inks(theme.variables)
    plain = {"lists": theme.surface, "heading": theme.background, "keys": theme.variables["bar"]}
    for ink in INKS:
        if ink in NO_TEXT:
            continue
        for name, ground in plain.items():
            yield Pair(ink, name, contrast(_fore(inks, ink, None), Color.parse(str(ground))))
        for name in GROUND_LINES:
            yield Pair(
                ink, name, contrast(_fore(inks, ink, name), Color.parse(theme.variables[name]))
            )


def _fore(inks: Inks, ink: str, ground: str | None) -> Color:
    colour = inks.style(ink, ground).color
    assert colour is not None
    return Color.from_rich_color(colour)


def main() -> None:
    for theme in THEMES.values():
        if theme.ansi:
            continue
        found = list(pairs(theme))
        grounds = list(dict.fromkeys(pair.ground for pair in found))
        least = min(found, key=lambda pair: pair.contrast)
        print(f"\n{theme.name}: least {least.contrast:.1f}, {least.ink} on {least.ground}\n")
        print(f"{'':20}" + "".join(f"{ground:>13}" for ground in grounds))
        for ink in dict.fromkeys(pair.ink for pair in found):
            figures = (f"{pair.contrast:13.1f}" for pair in found if pair.ink == ink)
            print(f"{ink:20}" + "".join(figures))


if __name__ == "__main__":
    main()
