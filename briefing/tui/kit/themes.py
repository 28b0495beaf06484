"""The two hand-tuned themes, and the inks in which every line of the app is written.

An ink is a purpose ("faint", "voice-named", "stance-ban"), never a colour: widgets name inks, and
a theme gives them colours. Themes that know nothing of inks get them from their own colours.
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

_VOICES: dict[SpeakerType, str] = {
    "named": "success",
    "official": "warning",
    "spokesperson": "primary",
    "institution": "secondary",
    "anonymous": "warning",
    "document": "foreground",
}
_STANCES: dict[str, str] = {
    "ban": "error",
    "restrict": "warning",
    "allow": "success",
    "undecided": "primary",
    "pressure": "accent",
}
_OTHER_STANCES: tuple[str, ...] = tuple(f"stance-{name}" for name in sorted(_STANCES))

DARK = Theme(
    name="briefing-dark",
    primary="#7aa2f7",
    secondary="#6fd0e6",
    accent="#c099ff",
    success="#9ece6a",
    warning="#ff9e64",
    error="#ff7a90",
    foreground="#c8d0f0",
    background="#1a1b26",
    surface="#222436",
    panel="#2b2e44",
    dark=True,
    variables={
        "ink-strong": "#e6e9fb",
        "ink-text": "#c8d0f0",
        "ink-soft": "#a3adcf",
        "ink-faint": "#8790b3",
        "ink-accent": "#c099ff",
        "ink-line": "#4a5074",
        "ink-warning": "#ff9e64",
        "voice-named": "#9ece6a",
        "voice-official": "#e0c46c",
        "voice-spokesperson": "#7aa2f7",
        "voice-institution": "#6fd0e6",
        "voice-anonymous": "#ff9e64",
        "voice-document": "#a3adcf",
        "stance-ban": "#ff7a90",
        "stance-restrict": "#e8b06a",
        "stance-allow": "#9ece6a",
        "stance-undecided": "#82aaff",
        "stance-pressure": "#c099ff",
        "ink-quote": "#f0c27c",
        "ink-country": "#82aaff",
        "ink-found": "#1a1b26",
        "block-cursor-background": "#3b3656",
        "block-cursor-foreground": "#e6e9fb",
        "block-cursor-text-style": "none",
        "input-selection-background": "#c099ff 30%",
        "cursor": "#3b3656",
        "cursor-quiet": "#2e3049",
        "mark": "#4a3b1e",
        "found": "#e8c46c",
        "bar": "#2f3350",
    },
)
LIGHT = Theme(
    name="briefing-light",
    primary="#1f56c4",
    secondary="#0b6a80",
    accent="#7332c9",
    success="#276a0f",
    warning="#9c4406",
    error="#b91c38",
    foreground="#2a2e45",
    background="#eceef5",
    surface="#f9f9fc",
    panel="#e2e4ef",
    dark=False,
    variables={
        "ink-strong": "#14172a",
        "ink-text": "#2a2e45",
        "ink-soft": "#4b5172",
        "ink-faint": "#5f6689",
        "ink-accent": "#7332c9",
        "ink-line": "#b4b8cf",
        "ink-warning": "#9c4406",
        "voice-named": "#276a0f",
        "voice-official": "#715900",
        "voice-spokesperson": "#1f56c4",
        "voice-institution": "#0b6a80",
        "voice-anonymous": "#a34808",
        "voice-document": "#4b5172",
        "stance-ban": "#b91c38",
        "stance-restrict": "#93530a",
        "stance-allow": "#276a0f",
        "stance-undecided": "#1f56c4",
        "stance-pressure": "#7332c9",
        "ink-quote": "#6b4200",
        "ink-country": "#1f56c4",
        "ink-found": "#14172a",
        "block-cursor-background": "#e0d7f7",
        "block-cursor-foreground": "#14172a",
        "block-cursor-text-style": "none",
        "input-selection-background": "#7332c9 25%",
        "cursor": "#e0d7f7",
        "cursor-quiet": "#e9e7f2",
        "mark": "#ffe7a8",
        "found": "#ffd45c",
        "bar": "#dcdfee",
    },
)
THEMES = {theme.name: theme for theme in (DARK, LIGHT)}


def palette(app: App[Any]) -> dict[str, str]:
    """Return the colour of every ink and ground in the app's present theme, as CSS values."""
    theme = app.current_theme
    own = {name: value for name, value in theme.variables.items() if name in DARK.variables}
    # Working out what a theme would inherit takes milliseconds that the first paint would wait for.
    return own if len(own) == len(DARK.variables) else _inherited(theme) | own


def _inherited(theme: Theme) -> dict[str, str]:
    """Make the palette of a theme that knows no inks out of its own colours."""
    generated = theme.to_color_system().generate()
    fore = generated["foreground"]
    colours = {
        "ink-strong": fore,
        "ink-text": fore,
        "ink-soft": fore if theme.ansi else _between(generated, 0.25),
        "ink-faint": "ansi_bright_black" if theme.ansi else _between(generated, 0.4),
        "ink-accent": generated["accent"],
        "ink-line": "ansi_bright_black" if theme.ansi else _between(generated, 0.7),
        "ink-warning": generated["warning"],
        "ink-quote": generated["warning"],
        "ink-country": generated["primary"],
        "ink-found": "ansi_black" if theme.ansi else generated["background"],
        "cursor": "ansi_blue" if theme.ansi else _between(generated, 0.8),
        "cursor-quiet": generated["panel"],
        "mark": "ansi_default" if theme.ansi else _between(generated, 0.88),
        "found": "ansi_yellow" if theme.ansi else generated["warning"],
        "bar": generated["panel"],
    }
    colours |= {f"voice-{kind}": generated[name] for kind, name in _VOICES.items()}
    return colours | {f"stance-{name}": generated[base] for name, base in _STANCES.items()}


def _between(generated: Mapping[str, str], amount: float) -> str:
    """Mix the foreground with `amount` of the background."""
    fore, back = Color.parse(generated["foreground"]), Color.parse(generated["background"])
    return fore.blend(back, amount).hex6


def voice_ink(kind: SpeakerType | None) -> str:
    """Return the ink of a kind of voice, faint where the speaker is not told."""
    return "faint" if kind is None else f"voice-{kind}"


def stance_ink(stance: str) -> str:
    """Return the ink of a stance; words of another codebook get a steady one of the five."""
    if stance in _STANCES:
        return f"stance-{stance}"
    return _OTHER_STANCES[sum(map(ord, stance)) % len(_OTHER_STANCES)]


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
    """Read a colour; a theme's value that is no plain colour counts as the terminal's own."""
    try:
        return Color.parse(value)
    except ColorParseError:
        return Color.parse("ansi_default")


@lru_cache(maxsize=4)
def _inks(colours: tuple[tuple[str, str], ...]) -> Inks:
    return Inks(dict(colours))


def inks(app: App[Any]) -> Inks:
    """Return the inks of the app's present theme; the same object as long as it stays."""
    return _inks(tuple(palette(app).items()))
