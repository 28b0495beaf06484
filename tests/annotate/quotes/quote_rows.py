"""What the rules made of paragraphs, as rows that a test can name."""

from __future__ import annotations

from briefing.annotate.quotes.annotator import find_quotes
from briefing.annotate.quotes.candidates import Options

Row = tuple[str, str | None, str]


def rows_of(*paragraphs: str, off: frozenset[str], indirect: bool) -> list[Row]:
    """Who said what by which rule: the name, else the role, None where nobody is named.

    Of reported speech where `indirect`, else of all that stands in marks.
    """
    return [
        (
            quote.exact,
            (quote.speaker.name or quote.speaker.role) if quote.speaker else None,
            quote.rule,
        )
        for row in find_quotes(paragraphs, Options(off))
        for quote in row
        if (quote.kind == "indirect") == indirect
    ]
