"""Which lines of a PDF's pages are its running heads and feet, and which its page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from briefing.ingest.readers.pdf.placed_lines import PlacedLine

_EDGE: Final = 4
"""Lines at the top and at the bottom of a page that may be running ones."""
_DIGITS: Final = re.compile(r"\d{1,9}")
_MOST_NUMBERS: Final = 12
_FEWEST: Final = 2
_ENOUGH: Final = 5
"""Pages on which a line of the edge stands, with fewer where a fourth of all pages are fewer."""
_NUMBER: Final = re.compile(
    r"(?i)\W{0,3}(?:page|p\.|seite|página|pág\.)?\s?(?:\d{1,5}|[ivxl]{1,6})"
    r"(?:\s?(?:/|of|von|de|sur)\s?\d{1,5})?\W{0,3}"
)
_MARGIN: Final = 0.15


def running_lines(
    pages: Sequence[Sequence[PlacedLine]], heights: Sequence[float]
) -> set[PlacedLine]:
    """Return the lines that stand alike at the edge of several pages, and the page numbers.

    Lines whose numbers count the pages are alike. Heads of every second page are found where there
    are enough pages.
    """
    edges = [_edge(page) for page in pages]
    counted = Counter(
        key
        for number, edge in enumerate(edges)
        for key in {key for line in edge for key in _keys(line, number)}
    )
    needed = max(_FEWEST, min(_ENOUGH, -(-len(pages) // 4)))
    found: set[PlacedLine] = set()
    for number, (edge, height) in enumerate(zip(edges, heights, strict=True)):
        for line in edge:
            outside = line.bottom > height * (1 - _MARGIN) or line.top < height * _MARGIN
            alike = any(counted[key] >= needed for key in _keys(line, number))
            if outside and (alike or _NUMBER.fullmatch(line.text)):
                found.add(line)
    return found


def _edge(page: Sequence[PlacedLine]) -> list[PlacedLine]:
    ranked = sorted(page, key=lambda line: line.bottom)
    return [*ranked[:_EDGE], *ranked[max(_EDGE, len(ranked) - _EDGE) :]]


def _keys(line: PlacedLine, page: int) -> Iterator[tuple[str, int]]:
    """Yield what lines at like places of several pages share: their words, or those but a number.

    The number counts the pages: less that of its own page it is the same on all of them.
    """
    place = round(line.bottom / 6)
    yield line.text, place
    for match in list(_DIGITS.finditer(line.text))[:_MOST_NUMBERS]:
        counted = int(match[0]) - page
        yield f"{line.text[: match.start()]}{counted:+}{line.text[match.end() :]}", place
