"""Outlets that an article names: as its source, or merely in passing."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.model import Chunk


def annotate_citations(chunks: Sequence[Chunk]) -> tuple[Chunk, ...]:
    """Return the chunks with their citations made anew."""
    return tuple(chunks)
