"""Where a quote stands, in words, and the quote with its speaker and source as it is cited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from briefing.compare.origin_counts import NOT_STATED_WORDS, outlet_words, tally_words
from briefing.compare.panels import ArticleKind, QuoteRow, SourceRow
from briefing.visible import copied, one_line
from briefing.wording import in_marks, long_date, role_and_addressee, speaker_name

_LEADS: Mapping[ArticleKind, str] = MappingProxyType(
    {
        "wire": "wire report of",
        "reprint": "reprint of",
        "copy": "same text as that of",
        "retelling": "retells",
    }
)


def provenance(row: QuoteRow) -> str:
    """Return where a quote stands, who passed it on, and how many articles and origins have it.

    The first link of a chain is the speaker, who has a line of their own.
    """
    place = one_line(row.source) + (f" ¶{row.paragraph}" if row.paragraph else "")
    chain = "".join(f" ← {one_line(link)}" for link in row.quote.chain[1:])
    also = f" · {tally_words(row.tally)}" if row.tally.articles > 1 else ""
    return place + chain + also + (", variants differ" if row.variants else "")


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
    """Return where an article's text or report comes from, and what it cites, a line each."""
    lines = []
    if source.kind != "own":
        outlet = source.origin.outlet
        heard = f", from {source.origin.heard_from}" if source.origin.heard_from else ""
        known = (
            outlet_words(outlet, short=False) + heard
            if outlet
            else f"another outlet, {NOT_STATED_WORDS}"
        )
        lines.append(f"{_LEADS[source.kind]} {one_line(known)}")
    elif source.origin.outlet is None:
        lines.append(NOT_STATED_WORDS)
    if source.cites:
        lines.append("cites: " + ", ".join(map(one_line, source.cites)))
    return tuple(lines)
