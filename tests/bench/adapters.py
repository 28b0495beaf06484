"""The public functions of `briefing.annotate` in the form that evaluators of other data take."""

from __future__ import annotations

import re

from briefing.annotate import countries
from briefing.annotate.quotes import find_quotes
from briefing.model import Quote, Speaker

_PARAGRAPH = re.compile(r"[^\n]+")


def quotes(text: str) -> list[dict[str, object]]:
    """The quotes of a text whose lines are paragraphs, offsets into the whole text."""
    spans = [match.span() for match in _PARAGRAPH.finditer(text)]
    rows = find_quotes([text[start:end] for start, end in spans])
    return [
        _row(quote, start) for (start, _), row in zip(spans, rows, strict=True) for quote in row
    ]


def _row(quote: Quote, offset: int) -> dict[str, object]:
    speaker = quote.speaker or Speaker(type="anonymous")
    return {
        "start": offset + quote.start,
        "end": offset + quote.end,
        "kind": "indirect" if quote.kind == "indirect" else "direct",
        "speaker": speaker.name or speaker.role,
        "mention": speaker.mention,
        "cue": quote.cue,
    }


def mentions(text: str) -> list[tuple[int, int, str]]:
    """The spans of a text that name a country, with the country's code."""
    return [(one.start, one.end, one.code) for one in countries.find_mentions(text)]


def about(title: str, body: str) -> tuple[str, ...]:
    """The codes of the countries that a text is about."""
    return countries.about(title, body)
