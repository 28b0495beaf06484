"""What stands for characters that a terminal would obey, and which ones no screen shows.

Article text may hold escape sequences and bidirectional overrides, which recolour the screen or
reorder words: each has a sign that a reader sees. Soft hyphens, characters of no width and byte
order marks are part of no word: screens leave them out, copies and exports keep them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

_LEFT_TO_RIGHT = "⇢"
_RIGHT_TO_LEFT = "⇠"
_ISOLATE = "⇣"
_POP = "⇡"
_NEWLINE = "␤"
_ESCAPE = "␛"
_OTHER = "␦"
_NO_CHARACTER = "\N{REPLACEMENT CHARACTER}"

_DIRECTIONS = {
    _LEFT_TO_RIGHT: "\u200e\u202a\u202d\u2066",
    _RIGHT_TO_LEFT: "\u061c\u200f\u202b\u202e\u2067",
    _ISOLATE: "\u2068",
    _POP: "\u202c\u2069",
}
_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x80, 0x9F, _OTHER),
    (0x2028, 0x2029, _NEWLINE),
    (0x206A, 0x206F, _OTHER),
    (0xD800, 0xDFFF, _NO_CHARACTER),
    (0xFFF9, 0xFFFB, _OTHER),
    (0xE0000, 0xE007F, _OTHER),
)
"""First and last code point of what else a terminal would obey or hide words in, and its sign."""

_UNPRINTABLE = re.compile(
    "[\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_HIDDEN = re.compile("[\u00ad\u180e\u200b\u2060-\u2064\ufeff]|[\u200c\u200d](?![^\\x00-\u024f])")
"""What takes no room and changes no word; a joiner before Persian or an emoji does."""
_NO_ROOM = "\u200b"


def _signs() -> dict[int, str]:
    """Build the table of one-character signs."""
    signs = {code: chr(0x2400 + code) for code in range(0x20)}
    for first, last, sign in _RANGES:
        signs.update(dict.fromkeys(range(first, last + 1), sign))
    for sign, characters in _DIRECTIONS.items():
        signs.update({ord(character): sign for character in characters})
    return signs | {0x7F: "␡", 0x85: _NEWLINE, 0x9B: _ESCAPE}


_SIGNS = _signs()
_SIGNS_IN_LINES = {code: sign for code, sign in _SIGNS.items() if code != 0x0A}
_SIGNS_IN_COPIES = {code: sign for code, sign in _SIGNS_IN_LINES.items() if code != 0x09}


def visible(text: str, *, lines: bool = False) -> str:
    """Return `text` as a screen shows it: a sign for each active character, hidden ones left out.

    `lines` keeps line feeds as they are. Only the hidden characters, whose places are
    `hidden_places`, shift the offsets of what comes after them.
    """
    if text.isprintable():
        return text
    return _HIDDEN.sub("", text).translate(_SIGNS_IN_LINES if lines else _SIGNS)


def visible_aligned(text: str, *, lines: bool = False) -> str:
    """Return `text` as `visible` does, but with a character of no width for each hidden one.

    `len(result) == len(text)` always holds.
    """
    if text.isprintable():
        return text
    return _HIDDEN.sub(_NO_ROOM, text).translate(_SIGNS_IN_LINES if lines else _SIGNS)


def hidden_places(text: str) -> tuple[int, ...]:
    """Return the offsets of the characters that `visible` leaves out."""
    if text.isprintable():
        return ()
    return tuple(match.start() for match in _HIDDEN.finditer(text))


def visible_marked(
    text: str, marks: Iterable[tuple[int, int]]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return `text` as `visible` does, and its spans `marks` as spans of that."""
    hidden = hidden_places(text)
    shown = (
        (start - bisect_left(hidden, start), end - bisect_left(hidden, end)) for start, end in marks
    )
    return visible(text), tuple(shown)


def one_line(text: str) -> str:
    """Return `text` as a screen shows it, every run of white space folded into one blank."""
    if text.isprintable():
        return " ".join(text.split())
    return visible(" ".join(_HIDDEN.sub("", text).split()))


def copied(text: str) -> str:
    """Return `text` as it leaves the program: only what a screen would obey has become signs.

    Hidden characters, tabs and line feeds stay.
    """
    return text if text.isprintable() else text.translate(_SIGNS_IN_COPIES)


def escape_json(text: str) -> str:
    """Return a JSON text with a number for each character that does not print."""
    return _UNPRINTABLE.sub(_json_escape, text)


def _json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
