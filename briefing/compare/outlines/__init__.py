"""What is found across articles as an outline: lines below lines, each of which leads to a place.

The commands print an outline, the screens fold it: neither says what the other does not.
"""

from __future__ import annotations

from typing import Literal

from briefing.compare.word_alignment import AlignedPart
from briefing.model import Place, Record


class OutlineRow(Record, frozen=True, kw_only=True):
    """A line with what belongs to it; those that follow at a greater depth are below it.

    `facts` stand behind the text, `said` below it, then `source`, which says where it is from.
    `parts` are the text against another version; `sign` tells what changed.
    """

    depth: int
    text: str
    strength: Literal["strong", "normal", "quote", "faint", "warning"] = "normal"
    sign: str = ""
    facts: tuple[str, ...] = ()
    said: str = ""
    source: tuple[str, ...] = ()
    place: Place | None = None
    parts: tuple[AlignedPart, ...] = ()


class Outline(Record, frozen=True, kw_only=True):
    """What is outlined, a sentence about it, warnings, and the rows, which may be none."""

    what: str
    about: str = ""
    notes: tuple[str, ...] = ()
    rows: tuple[OutlineRow, ...] = ()
    empty: str = "nothing found"
