"""Where a quote stands, in words, and the quote with its speaker and source as it is cited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from briefing.compare.origin_counts import NOT_STATED_WORDS, outlet_words, tally_words
from briefing.compare.origins import Origin
from briefing.compare.panels import QuoteRow, SourceRow
from briefing.compare.text_origins import TextKind
from briefing.visible import copied, one_line
from briefing.wording import (
    in_marks,
    long_date,
    paragraph_words,
    role_and_addressee,
    speaker_name,
)

_TEXT_OF: Mapping[TextKind, str] = MappingProxyType(
    {"wire": "wire report of", "reprint": "reprint of", "copy": "same text as that of"}
)


def provenance(row: QuoteRow, via: str = "via") -> str:
    """Return where a quote stands, who passed it on, and how many articles and origins have it.

    The first link of a chain is the speaker, who has a line of their own. `via` is the word or sign
    before the others.
    """
    also = f" · {tally_words(row.tally, speakers=False)}" if row.tally.articles > 1 else ""
    return place_and_chain(row, via) + also + (", variants differ" if row.variants else "")


def place_and_chain(row: QuoteRow, via: str = "via") -> str:
    """Return where a quote stands and who passed it on."""
    chain = "".join(f" {via} {link}" for link in row.quote.chain[1:])
    return one_line(paragraph_words(row.source, row.paragraph) + chain)


def citation_of(row: QuoteRow, where: Sequence[str | None]) -> str:
    """Return a quote with its speaker and source, as it is copied for a memo: word for word.

    `where` goes on from the source's label: headline, date, address, as far as they are known.
    """
    who = ", ".join(
        part for part in (speaker_name(row.quote.speaker), role_and_addressee(row.quote)) if part
    )
    paragraph = f"¶{row.paragraph}" if row.paragraph else None
    source = ", ".join(one_line(part) for part in (row.source, paragraph, *where) if part)
    return f"{in_marks(row.quote, copied(row.quote.exact))}\n— {who}. {source}"


def whereabouts(source: SourceRow | None) -> tuple[str | None, ...]:
    """Return headline, date and address of a source, for `citation_of`."""
    if source is None:
        return ()
    return (source.headline, long_date(source.date), source.url)


def source_origins(source: SourceRow) -> tuple[str, ...]:
    """Return where an article's text and report come from, and what it cites, a line each."""
    lines = []
    own = Origin(outlet=source.text_of)
    if source.kind != "own":
        lines.append(f"{_TEXT_OF[source.kind]} {_origin_in_full(own)}")
    if source.origin != own:
        lines.append(f"retells {_origin_in_full(source.origin)}")
    elif own.outlet is None and not lines:
        lines.append(NOT_STATED_WORDS)
    if source.cites:
        lines.append("cites: " + ", ".join(map(one_line, source.cites)))
    return tuple(lines)


def _origin_in_full(origin: Origin) -> str:
    heard = f", from {one_line(origin.heard_from)}" if origin.heard_from else ""
    if origin.outlet is None:
        return f"{one_line(origin.heard_from or 'another outlet')}, {NOT_STATED_WORDS}"
    return outlet_words(origin.outlet, short=False) + heard
