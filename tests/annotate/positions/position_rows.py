"""Reads sentences of tests as positions: each row of a table is a text and what it shows."""

from __future__ import annotations

from briefing.annotate.countries.annotator import annotate_countries
from briefing.annotate.positions.annotator import annotate_positions
from briefing.annotate.quotes.annotator import annotate_quotes
from briefing.codebooks import resolve
from briefing.model import Chunk, CodebookSpec, Position


def rows(table: str) -> list[str]:
    """Return the lines of a table that are not empty."""
    return [line for line in table.strip().splitlines() if line]


def positions_of(
    text: str, codebook: CodebookSpec = "measures", date: str | None = None
) -> tuple[Position, ...]:
    """Return the positions of a text that is one paragraph of an article."""
    body = (Chunk(id="c1", role="body", text=text),)
    read = annotate_quotes(annotate_countries(body, None))
    (chunk,) = annotate_positions(read, resolve(codebook), date)
    return chunk.positions


def shown(positions: tuple[Position, ...]) -> str:
    """Return countries with their stances and hedges as tables write them."""
    return "; ".join(
        " ".join(filter(None, (one.country, one.stance, one.hedge))) for one in positions
    )


def stances(positions: tuple[Position, ...]) -> str:
    """Return countries with their stances alone."""
    return "; ".join(f"{one.country} {one.stance}" for one in positions)
