"""Long articles are annotated in parts: what one tells of people and places, the next has not.

Memory is bounded so: what the rules know of a text while they read takes a hundred times its room.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from briefing.model import Chunk

WHOLE: Final = 1_500_000
"""Characters that are read as one text; a long book has a million, so what is longer is a
collection, whose texts share no people."""
PART: Final = 500_000
"""Characters read at once of a longer text."""


def split_parts(chunks: Sequence[Chunk]) -> Iterator[Sequence[Chunk]]:
    """Yield the chunks of an article, of one longer than WHOLE in parts of at most PART characters.

    A longer chunk is a part of its own.
    """
    length = WHOLE if sum(len(chunk.text) for chunk in chunks) <= WHOLE else PART
    first = size = 0
    for at, chunk in enumerate(chunks):
        if size and size + len(chunk.text) > length:
            yield chunks[first:at]
            first, size = at, 0
        size += len(chunk.text)
    yield chunks[first:]
