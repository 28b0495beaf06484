"""The public functions of `briefing.annotate` in the form that evaluators of other data take."""

from __future__ import annotations

import re

from briefing.annotate.countries import annotator as countries
from briefing.annotate.positions.annotator import annotate_positions
from briefing.annotate.quotes.annotator import annotate_quotes, find_quotes
from briefing.annotate.quotes.candidates import ALL_RULES, Options
from briefing.codebooks import shipped
from briefing.model import Chunk, Quote, Speaker

_KINDS = {"direct": "direct", "partial": "direct", "block": "", "indirect": "indirect"}
_PARAGRAPH = re.compile(r"[^\n]+")


def quotes(text: str, options: Options = ALL_RULES) -> list[dict[str, object]]:
    """The quotes of a text whose lines are paragraphs, offsets into the whole text.

    The parts of one reported statement are one row with several spans.
    """
    spans = [match.span() for match in _PARAGRAPH.finditer(text)]
    rows = find_quotes([text[start:end] for start, end in spans], options)
    found: list[dict[str, object]] = []
    reported: dict[str, list[list[int]]] = {}
    for (offset, _), row in zip(spans, rows, strict=True):
        for quote in row:
            place = [offset + quote.start, offset + quote.end]
            if quote.kind == "indirect" and quote.utterance in reported:
                reported[quote.utterance].append(place)
                continue
            entry = _row(quote, place)
            found.append(entry)
            if quote.kind == "indirect" and quote.utterance:
                reported[quote.utterance] = entry["spans"]
    return found


def _row(quote: Quote, place: list[int]) -> dict[str, object]:
    speaker = quote.speaker or Speaker(type="anonymous")
    return {
        "spans": [place],
        "kind": _KINDS[quote.kind],
        "speaker": speaker.name or speaker.role,
        "mention": speaker.mention,
        "cue": quote.cue,
    }


def mentions(text: str) -> list[tuple[int, int, str]]:
    """The countries a text names: start, end and code."""
    return [(found.start, found.end, found.code) for found in countries.find_mentions(text)]


def about(title: str, body: str) -> tuple[str, ...]:
    """The codes of the countries an article is about."""
    return countries.about(title, body)


def positions(text: str) -> list[dict[str, str | None]]:
    """What countries do to whom in a text, in the stances of the book `acts`."""
    body = (Chunk(id="c1", role="body", text=text),)
    read = annotate_quotes(countries.annotate_countries(body, None))
    return [
        {"country": one.country, "stance": one.stance, "target": one.target}
        for chunk in annotate_positions(read, shipped("acts"))
        for one in chunk.positions
    ]
