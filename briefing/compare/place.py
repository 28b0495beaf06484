"""A place in a briefing: what every panel chooses and the reader shows."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """An article, and in it a chunk and a span, as far as they are chosen.

    `start` and `end` are code points into the chunk's text; `quote` is the id of the quote there.
    """

    article: str
    chunk: str | None = None
    start: int = 0
    end: int = 0
    quote: str | None = None
