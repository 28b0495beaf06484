"""The two hand-tuned themes, and the inks in which every line of the app is written.

An ink is a purpose ("faint", "voice-named", "stance-ban"), never a colour: widgets name inks, and
a theme gives them colours. For Textual's other themes the inks are derived from their colours.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rich.style import Style
from textual.color import Color, ColorParseError
from textual.theme import Theme

from briefing.model import SpeakerType

if TYPE_CHECKING:
    from textual.app import App

BOLD_INKS = frozenset({"strong", "code", "speaker", "heading", "badge", "key"})
UNDERLINED_INKS = frozenset({"country", "country-chosen", "citation", "link"})

ALIASES = {
    "code": "ink-soft",
    "speaker": "ink-strong",
    "heading": "ink-strong",
    "badge": "ink-accent",
    "key": "ink-accent",
    "country-chosen": "ink-accent",
    "citation": "ink-soft",
    "link": "voice-institution",
}
"""Inks that share a colour and differ in weight or line."""

_COLOURS = (
    ("primary", "#7aa2f7", "#1f56c4"),
    ("secondary", "#6fd0e6", "#0b6a80"),
    ("accent", "#c099ff", "#7332c9"),
    ("success", "#9ece6a", "#276a0f"),
    ("warning", "#ff9e64", "#9c4406"),
    ("error", "#ff7a90", "#b91c38"),
    ("foreground", "#c8d0f0", "#2a2e45"),
    ("background", "#1a1b26", "#eceef5"),
    ("surface", "#222436", "#f9f9fc"),
    ("panel", "#2b2e44", "#e2e4ef"),
)
"""A colour of Textual's own themes, dark and light."""

_VARIABLES: tuple[tuple[str, str, str, str | float | None], ...] = (
    ("ink-strong", "#e6e9fb", "#14172a", "foreground"),
    ("ink-text", "#c8d0f0", "#2a2e45", "foreground"),
    ("ink-soft", "#a3adcf", "#4b5172", 0.25),
    ("ink-faint", "#8790b3", "#5f6689", 0.4),
    ("ink-accent", "#c099ff", "#7332c9", "accent"),
    ("ink-line", "#4a5074", "#b4b8cf", 0.7),
    ("ink-warning", "#ff9e64", "#9c4406", "warning"),
    ("voice-named", "#9ece6a", "#276a0f", "success"),
    ("voice-official", "#e0c46c", "#715900", "warning"),
    ("voice-spokesperson", "#7aa2f7", "#1f56c4", "primary"),
    ("voice-institution", "#6fd0e6", "#0b6a80", "secondary"),
    ("voice-anonymous", "#ff9e64", "#a34808", "warning"),
    ("voice-document", "#a3adcf", "#4b5172", "foreground"),
    ("stance-ban", "#ff7a90", "#b91c38", "error"),
    ("stance-restrict", "#e8b06a", "#93530a", "warning"),
    ("stance-allow", "#9ece6a", "#276a0f", "success"),
    ("stance-undecided", "#82aaff", "#1f56c4", "primary"),
    ("stance-pressure", "#c099ff", "#7332c9", "accent"),
    ("ink-quote", "#f0c27c", "#6b4200", "warning"),
    ("ink-country", "#82aaff", "#1f56c4", "primary"),
    ("ink-found", "#1a1b26", "#14172a", "background"),
    ("block-cursor-background", "#3b3656", "#e0d7f7", None),
    ("block-cursor-foreground", "#e6e9fb", "#14172a", None),
    ("block-cursor-text-style", "none", "none", None),
    ("input-selection-background", "#c099ff 30%", "#7332c9 25%", None),
    ("cursor", "#3b3656", "#e0d7f7", 0.8),
    ("cursor-quiet", "#2e3049", "#e9e7f2", "panel"),
    ("mark", "#4a3b1e", "#ffe7a8", 0.88),
    ("highlight", "#1f4a3f", "#c9f0da", 0.8),
    ("selected", "#4d4583", "#cbb8f5", 0.6),
    ("found", "#e8c46c", "#ffd45c", "warning"),
    ("bar", "#2f3350", "#dcdfee", "panel"),
)
"""An ink (`ink-`, `voice-`, `stance-`) or a ground, dark and light, and what it is in a theme that
does not know it: a colour of that theme, or its foreground mixed with so much of the background."""

_ANSI = {
    "ink-soft": "ansi_default",
    "ink-faint": "ansi_bright_black",
    "ink-line": "ansi_bright_black",
    "ink-found": "ansi_black",
    "cursor": "ansi_blue",
    "mark": "ansi_default",
    "highlight": "ansi_green",
    "found": "ansi_yellow",
}
"""What replaces mixed colours in themes of the terminal's own sixteen."""

_STANCES = tuple(name for name, *_ in _VARIABLES if name.startswith("stance-"))


def _theme(name: str, column: int) -> Theme:
    """Return the theme with the colours of a column of the tables."""
    colours: dict[str, Any] = {row[0]: row[column] for row in _COLOURS}
    variables = {row[0]: str(row[column]) for row in _VARIABLES}
    return Theme(f"briefing-{name}", dark=name == "dark", variables=variables, **colours)


DARK, LIGHT = _theme("dark", 1), _theme("light", 2)
THEMES = {theme.name: theme for theme in (DARK, LIGHT)}


def palette(app: App[Any]) -> dict[str, str]:
    """Return the colour of every ink and ground in the app's current theme, as CSS values."""
    theme = app.current_theme
    own = {name: value for name, value in theme.variables.items() if name in DARK.variables}
    # Deriving a palette takes milliseconds, which our own themes save at the first paint.
    return own if len(own) == len(DARK.variables) else _inherited(theme) | own


def _inherited(theme: Theme) -> dict[str, str]:
    """Return the palette of a theme that knows no inks, from its own colours."""
    own = theme.to_color_system().generate()
    colours = {}
    for name, _, _, fallback in _VARIABLES:
        if theme.ansi and name in _ANSI:
            colours[name] = _ANSI[name]
        elif isinstance(fallback, float):
            fore, back = Color.parse(own["foreground"]), Color.parse(own["background"])
            colours[name] = fore.blend(back, fallback).hex6
        elif fallback is not None:
            colours[name] = own[fallback]
    return colours


def voice_ink(kind: SpeakerType | None) -> str:
    """Return the ink of a kind of voice, faint where the speaker is not stated."""
    return "faint" if kind is None else f"voice-{kind}"


def stance_ink(stance: str) -> str:
    """Return the ink of a stance; a stance of another codebook always gets the same of the five."""
    ink = f"stance-{stance}"
    return ink if ink in _STANCES else sorted(_STANCES)[sum(map(ord, stance)) % len(_STANCES)]


class Inks:
    """Rich styles by ink, and the grounds of rows and marks, for one theme."""

    def __init__(self, colours: Mapping[str, str]) -> None:
        self._colours = colours
        self._styles: dict[tuple[str, str | None], Style] = {}

    def style(self, ink: str, ground: str | None = None) -> Style:
        """Return the style of `ink`, on `ground` (`cursor`, `mark`, ...) where one is named.

        Faint ink on the cursor's ground becomes soft, which stays readable there.
        """
        key = (ink, ground)
        if key not in self._styles:
            self._styles[key] = self._make(ink, ground)
        return self._styles[key]

    def _make(self, ink: str, ground: str | None) -> Style:
        name = "soft" if ink == "faint" and ground in {"cursor", "mark"} else ink
        return Style(
            color=self._parsed(name).rich_color,
            bgcolor=None if ground is None else _parse(self._colours[ground]).rich_color,
            bold=ink in BOLD_INKS or None,
            underline=ink in UNDERLINED_INKS or None,
        )

    def _parsed(self, ink: str) -> Color:
        colours = self._colours
        value = colours.get(ALIASES.get(ink, f"ink-{ink}")) or colours.get(ink)
        return _parse(value or colours["ink-text"])


def _parse(value: str) -> Color:
    """Read a colour; a value that is no plain colour becomes the terminal's own."""
    try:
        return Color.parse(value)
    except ColorParseError:
        return Color.parse("ansi_default")


@lru_cache(maxsize=4)
def _inks(colours: tuple[tuple[str, str], ...]) -> Inks:
    return Inks(dict(colours))


def inks(app: App[Any]) -> Inks:
    """Return the inks of the app's current theme; the same object until the theme changes."""
    return _inks(tuple(palette(app).items()))
