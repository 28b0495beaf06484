"""Which lines of a PDF's pages are its running heads and feet, and which its page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from briefing.ingest.readers.pdf.lines import Line

_EDGE: Final = 4
"""Lines at the top and at the bottom of a page that may be running ones."""
_DIGITS: Final = re.compile(r"\d+")
_NUMBER: Final = re.compile(
    r"(?i)\W{0,3}(?:page|p\.|seite|página|pág\.)?\s?(?:\d{1,4}|[ivxl]{1,6})"
    r"(?:\s?(?:/|of|von|de|sur)\s?\d{1,4})?\W{0,3}"
)
_MARGIN: Final = 0.12


def running_lines(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> set[Line]:
    """Return the lines that stand alike at the edge of several pages, and the page numbers.

    What is alike apart from its digits counts as alike; heads of every second page are found where
    there are enough pages.
    """
    edges = [_edge(page) for page in pages]
    counted = Counter(key for edge in edges for key in {_key(line) for line in edge})
    needed = max(2, -(-len(pages) // 4))
    found: set[Line] = set()
    for edge, height in zip(edges, heights, strict=True):
        for line in edge:
            outside = line.bottom > height * (1 - _MARGIN) or line.top < height * _MARGIN
            numbered = outside and _NUMBER.fullmatch(line.text) is not None
            if numbered or (counted[_key(line)] >= needed and len(pages) > 1):
                found.add(line)
    return found


def _edge(page: Sequence[Line]) -> list[Line]:
    ranked = sorted(page, key=lambda line: line.bottom)
    return [*ranked[:_EDGE], *ranked[max(_EDGE, len(ranked) - _EDGE) :]]


def _key(line: Line) -> tuple[str, int]:
    """Return what lines at like places of several pages share."""
    return _DIGITS.sub("#", line.text), round(line.bottom / 6)
