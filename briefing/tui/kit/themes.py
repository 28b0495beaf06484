"""The themes, and the inks in which every line of the app is written.

An ink is a purpose ("faint", "voice-named", "stance-ban"), never a colour: widgets name inks, and
a theme gives them colours (`data/themes.tsv`). None of Textual's own themes is offered: in none of
them can half of the inks be read on every ground.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from briefing.english.lexicon import read_rows
from briefing.model import SpeakerType

BOLD_INKS = frozenset({"strong", "code", "speaker", "heading", "badge", "key"})
UNDERLINED_INKS = frozenset({"country", "country-chosen", "citation", "link"})
STRONG_GROUNDS = frozenset({"selected", "found"})
"""Grounds so strong that only one ink can be read on them."""

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

GROUND_LINES: Mapping[str, Style] = MappingProxyType(
    {
        "cursor": Style(reverse=True),
        "cursor-quiet": Style(bold=True),
        "mark": Style(bold=True, underline=True),
        "highlight": Style(underline=True),
        "selected": Style(reverse=True),
        "found": Style(reverse=True),
    }
)
"""What tells a ground apart where all grounds have the terminal's own colour."""

INK_LINES = MappingProxyType({"faint": Style(dim=True), "quote": Style(italic=True)})
"""What tells an ink apart there."""

PREFIX = "briefing-"
TERMINAL = f"{PREFIX}terminal"


def _read_themes() -> dict[str, Theme]:
    (_, *names), *rows = (row.split("\t") for row in read_rows("tui/kit", "themes.tsv"))
    of_textual = {each.name for each in dataclasses.fields(Theme)}
    themes = {}
    for column, name in enumerate(names, 1):
        own: dict[str, Any] = {row[0]: row[column] for row in rows if row[0] in of_textual}
        inks = {row[0]: row[column] for row in rows if row[0] not in of_textual}
        of_terminal, dark = PREFIX + name == TERMINAL, "light" not in name
        theme = Theme(PREFIX + name, dark=dark, ansi=of_terminal, variables=inks, **own)
        themes[theme.name] = theme
    return themes


THEMES = _read_themes()
THEME_NAMES = tuple(name.removeprefix(PREFIX) for name in THEMES)
DARK = THEMES[f"{PREFIX}dark"]
_STANCES = tuple(name for name in DARK.variables if name.startswith("stance-"))


def theme_named(name: str | None) -> str:
    """Return the name of the theme that a person calls so: `light` is enough; else the dark one."""
    return next((each for each in (name, f"{PREFIX}{name}") if each in THEMES), DARK.name) or ""


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

        Faint ink on a ground becomes soft and any ink on a strong ground strong, which stay
        readable there.
        """
        key = (ink, ground)
        if key not in self._styles:
            self._styles[key] = self._make(ink, ground)
        return self._styles[key]

    def _make(self, ink: str, ground: str | None) -> Style:
        lines = Style(bold=ink in BOLD_INKS or None, underline=ink in UNDERLINED_INKS or None)
        back = None if ground is None else Color.parse(self._colours[ground])
        if ground == "found":
            name = "found"
        elif ground in STRONG_GROUNDS:
            name = "strong"
        else:
            name = "soft" if ink == "faint" and ground is not None else ink
        if back is not None and back.ansi is not None:
            lines += GROUND_LINES.get(ground or "", Style.null())
            name = "text" if lines.reverse else name
        fore = self._colour(name)
        if fore.ansi is not None:
            lines += INK_LINES.get(name, Style.null())
        return lines + Style.from_color(fore.rich_color, back.rich_color if back else None)

    def _colour(self, ink: str) -> Color:
        colours = self._colours
        value = colours.get(ALIASES.get(ink, f"ink-{ink}")) or colours.get(ink)
        return Color.parse(value or colours["ink-text"])


@lru_cache(maxsize=4)
def inks(theme: str) -> Inks:
    """Return the inks of one of our themes; always the same object."""
    return Inks(THEMES[theme].variables)
