"""Stretches between the quotation marks of any language: „…“, « … », »…«, “…”, 「…」, ‘…’.

Marks that must be told from apostrophes are read as in English, in `english/marks.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from briefing.english.marks import find_marked

_CLOSING: Final = {
    "„": '“”"',
    "“": '”"',
    "”": "”“",
    '"': '"”“',
    "«": "»",
    "»": "«»",
    "‚": "‘’",
    "‹": "›",
    "›": "‹",
    "「": "」",
    "『": "』",
    "〝": "〞〟",
    "＂": "＂",
}
"""What may close a stretch that each mark opens."""
_ANY: Final = re.compile(r"[„“”\"«»‚‘’‹›「」『』〝〞〟＂]")
_EITHER_WAY: Final = frozenset('"”»›＂')
"""Marks that close as well as open, and open only before a word and behind none."""
_MIXED: Final = frozenset('„“"')
"""Marks of which one opens what another closes (`“…"`), so that inner stretches are counted."""
_TURN: Final = re.compile(r"\s*—[^\s—]")
_DASHED: Final = re.compile(r"—(?:[.,;:…]+\s)?(?P<words>[^—]*)")
"""What follows a dash, but for a stop or comma of the words before the tag."""
_POINTS: Final = frozenset(".,!?…")
_BEHIND: Final = _POINTS | {";", ":", ")", ""}


def find_stretches(text: str) -> list[tuple[int, int]]:
    """Return start and end of what stands between marks of a paragraph, outermost, blanks left out.

    A stretch that nothing closes counts only where it opens the paragraph: it goes on in the next.
    """
    found: list[tuple[int, int]] = []
    opened, mark, depth = -1, "", 0
    for match in _ANY.finditer(text):
        at, char = match.start(), match[0]
        if opened < 0:
            if char in _CLOSING and (char not in _EITHER_WAY or _opens(text, at)):
                opened, mark, depth = at, char, 0
        elif char != mark and {char, mark} <= _MIXED and _opens(text, at):
            depth += 1
        elif char in _CLOSING[mark]:
            if depth == 0:
                found.append((opened + 1, at))
                opened = -1
            depth = max(0, depth - 1)
        elif char == mark:
            depth += 1
    if opened >= 0 and not text[:opened].strip():
        found.append((opened + 1, len(text)))
    found += _find_singles(text, found)
    return [trimmed for one in sorted(found) if (trimmed := _trim(text, *one))]


def find_turn(text: str) -> list[tuple[int, int]]:
    """Return the speech of a paragraph that opens with a dash, as Spanish writes dialogue.

    Between dashes stands who says it: `—Hoy no —dijo Ana—. Mañana.` A dash with a blank behind it
    may open an item of a list, and in French and German no mark parts the speech from what is told.
    """
    if _TURN.match(text) is None:
        return []
    parts = [match.span("words") for match in _DASHED.finditer(text)][::2]
    return [trimmed for one in parts if (trimmed := _trim(text, *one))]


def _find_singles(text: str, others: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return what stands in single marks that a mark of punctuation shows to be none of elision.

    Words such as Dutch `'s` open with one, Italian `po'` ends with one.
    """
    return [
        (one.start, one.end)
        for one in find_marked([text])[0]
        if one.single
        and text[one.start + 1].isalpha()
        and (text[one.end - 1] in _POINTS or text[one.outer_end : one.outer_end + 1] in _BEHIND)
        and all(one.outer_end < start or end < one.outer_start for start, end in others)
    ]


def _opens(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    ended = before.isalnum() or before in {".", "!", "?", ","}
    return not ended and bool(after.strip()) and after not in {",", ";", ":", ")"}


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    return (start, start + len(inner.strip())) if inner.strip() else None
