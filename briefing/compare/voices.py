"""A country's quotes as they are shown: its own voices first, then what is said about it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.compare.panels import CountryRow, QuoteRow, Tally

OWN_VOICES = "Own voices"
ONLY_MENTIONED = "Only mentioned"

_WITH_ARTICLE = re.compile(
    r"(?:United|Five|Group of) |.*(?:Republic|Union|Islands|Nations|Netherlands|Philippines)\Z"
)


def about_heading(name: str) -> str:
    """Return the heading over what others say about a country: `About the United States`."""
    return f"About {'the ' if _WITH_ARTICLE.match(name) else ''}{name}"


def part_quotes(
    rows: Sequence[QuoteRow], code: str
) -> tuple[tuple[QuoteRow, ...], tuple[QuoteRow, ...]]:
    """Return the rows by a country and those about it, each in the order given."""
    return (
        tuple(row for row in rows if row.by == code),
        tuple(row for row in rows if code in row.about),
    )


def tally_words(tally: Tally) -> str:
    """Return `12 by · 5 about`; what there is none of is left out."""
    parts = (
        f"{tally.by:,} by" if tally.by else "",
        f"{tally.about:,} about" if tally.about else "",
    )
    return " · ".join(part for part in parts if part)


def country_counts(row: CountryRow) -> str:
    """Return the quotes of a country in words, or its paraphrases where it has no quotes."""
    if row.group == "mentioned":
        return ONLY_MENTIONED.lower()
    if row.quotes.total:
        return tally_words(row.quotes)
    return f"{row.paraphrases.total:,} paraphrased" if row.paraphrases.total else "no quotes"
