"""What the abbreviations of an article stand for, as it says itself: `Harbour Board (HB)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from briefing.world.outlets import OutletName, find_outlets, outlet_named

MAX_INTRODUCED: Final = 80
"""The longest name before its abbreviation, in characters."""
_ABBREVIATION: Final = re.compile(r" \(([A-Z]{2,8})\)")


def introduced(texts: Iterable[str]) -> dict[str, str]:
    """Map abbreviations to the names that the article puts before them."""
    found: dict[str, str] = {}
    for text in texts:
        for match in _ABBREVIATION.finditer(text):
            words = text[max(0, match.start() - MAX_INTRODUCED) : match.start()].split()
            for first in range(len(words) - 1, -1, -1):
                initials = "".join(word[0] for word in words[first:] if word[0].isupper())
                if initials == match[1] and words[first][0] == initials[0]:
                    found.setdefault(match[1], " ".join(words[first:]))
                    break
    return found


def find_outlets_in(texts: Sequence[str]) -> tuple[tuple[OutletName, ...], ...]:
    """Find the outlets of each text, without short names that stand for something else here."""
    others = {short for short, full in introduced(texts).items() if outlet_named(full) is None}
    return tuple(
        tuple(one for one in find_outlets(text) if text[one.start : one.end] not in others)
        for text in texts
    )
