"""An outline as plain lines: every row with its place as commands take it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from functools import partial

from briefing.cli.lines import PlainLine, Strength, place_words
from briefing.compare.outlines import Outline, OutlineRow
from briefing.compare.panels import Panels
from briefing.compare.place import Place
from briefing.compare.word_alignment import marked_parts
from briefing.visible import one_line

WIDTH = 80
"""The columns of a terminal that quotations fit into."""


def outline_lines(
    outline: Outline, panels: Panels, width: int | None = None
) -> Iterator[PlainLine]:
    """Yield the title, what it is about, and the rows, broken into lines of `width` if given."""
    yield PlainLine(f"{one_line(panels.title)} · {outline.what}", strength="title")
    if outline.about:
        yield PlainLine(one_line(outline.about), strength="faint")
    for note in outline.notes:
        yield PlainLine(one_line(note), strength="warning")
    if not outline.rows:
        yield PlainLine(outline.empty)
    for row in outline.rows:
        if row.depth == 0:
            yield PlainLine()
        yield from _row_lines(row, panels.name, width)


def _row_lines(row: OutlineRow, briefing: str, width: int | None) -> Iterator[PlainLine]:
    indent, broken = 2 * row.depth, partial(broken_lines, width=width)
    place = () if row.place is None else (place_text(row.place, briefing),)
    is_apart = row.strength == "quote" or row.said or any(row.source)
    inline = () if is_apart else place
    text = f"“{marked_parts(row.parts)}”" if row.parts else row.text
    sign = f"{row.sign:>4} " if row.sign else ""
    yield from broken(sign + _joined(text, *row.facts, *inline), indent, row.strength)
    below = indent + (len(sign) or 2)
    if row.said:
        yield from broken(_joined(row.said), below, "faint")
    source = "" if inline else _joined(*row.source, *place)
    if source:
        yield from broken(source, below, "faint")


def _joined(*parts: str) -> str:
    return " · ".join(one_line(part) for part in parts if part)


def place_text(place: Place, briefing: str) -> str:
    """Return a place as commands take it: `NAME/ARTICLE/QUOTE`, `NAME/ARTICLE/CHUNK:START-END`."""
    part = place.quote or place.chunk
    if part and place.end and not place.quote:
        part = f"{part}:{place.start}-{place.end}"
    return place_words(briefing, place.article, *([part] if part else []))


def broken_lines(
    text: str, indent: int, strength: Strength, width: int | None
) -> Iterator[PlainLine]:
    """Yield a text in lines of a width; long words, as places are, stay whole."""
    if width is None:
        yield PlainLine(text, indent=indent, strength=strength)
        return
    for line in textwrap.wrap(text, width - indent, break_long_words=False, break_on_hyphens=False):
        yield PlainLine(line, indent=indent, strength=strength)
