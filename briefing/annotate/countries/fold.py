"""A copy of a text in which names can be looked up, with the way back to the text's own offsets.

Line breaks and odd spaces become plain ones, invisible characters go, words in capitals are
written like names. A blank line becomes a mark of its own, so that no name reaches over it.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Set
from typing import Final

from msgspec import Struct

from briefing.english.lexicon import read_words

_SAME_LENGTH: Final = (
    ("\xa0", " "),
    ("\u202f", " "),
    ("\u2007", " "),
    ("\u2009", " "),
    ("\t", " "),
    ("\r", " "),
    ("\u2019", "'"),
    ("\u2018", "'"),
    ("\u2010", "-"),
    ("\u2011", "-"),
)
BLANK_LINE: Final = "\v"
"""Stands in the copy where the text has a blank line."""
_BLANK_LINES = re.compile(r"\n[ \n]*\n")
_SPACES = re.compile("  +")
_SPACES_OR_INVISIBLE = re.compile(
    "  +|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+"
)
_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-Þ]{2,}")
_SMALL_WORDS: Final = read_words("annotate/countries", "countries", "small_words")


class Folded(Struct, frozen=True):
    """The copy, and the way back: offsets here and how many characters had gone before each."""

    text: str
    places: tuple[int, ...]
    shifts: tuple[int, ...]

    def original(self, offset: int) -> int:
        """Return the offset in the original text of the character at `offset` of the copy."""
        number = bisect.bisect_right(self.places, offset)
        return offset + self.shifts[number - 1] if number else offset


def fold(text: str, capitals: Set[str]) -> Folded:
    """Copy a text for looking up; words in `capitals` keep their capitals."""
    copy = text
    for old, new in _SAME_LENGTH:
        if old in copy:
            copy = copy.replace(old, new)
    if "\n" in copy:
        copy = _BLANK_LINES.sub(lambda match: BLANK_LINE * len(match.group()), copy)
        copy = copy.replace("\n", " ")
    copy = _CAPITALS.sub(lambda match: _write_like_name(match.group(), capitals), copy)
    return _squeeze(copy)


def _write_like_name(word: str, capitals: Set[str]) -> str:
    if word in _SMALL_WORDS:
        return word.lower()
    return word if word in capitals else word.capitalize()


def _squeeze(copy: str) -> Folded:
    pieces: list[str] = []
    places: list[int] = []
    shifts: list[int] = []
    edge = length = gone = 0
    for match in (_SPACES if copy.isascii() else _SPACES_OR_INVISIBLE).finditer(copy):
        start, end = match.span()
        kept = 1 if copy[start] == " " else 0
        pieces.append(copy[edge : start + kept])
        length += start + kept - edge
        gone += end - start - kept
        edge = end
        places.append(length)
        shifts.append(gone)
    if not pieces:
        return Folded(copy, (), ())
    pieces.append(copy[edge:])
    return Folded("".join(pieces), tuple(places), tuple(shifts))
