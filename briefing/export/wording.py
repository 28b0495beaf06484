"""How facts of the model read in a memo: dates, speakers, publications, places."""

from __future__ import annotations

import re

from briefing.compare.panels import QuoteRow
from briefing.export.escape import escape, escape_line
from briefing.model import Article, DateBasis, PublicationDate, Reprint, Speaker, SpeakerType

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_BASES: dict[DateBasis, str] = {
    "stated": "",
    "metadata": " (from the page’s metadata)",
    "inferred": " (inferred)",
    "analyst": " (set by the analyst)",
}
_NAMELESS: dict[SpeakerType, str] = {
    "named": "speaker not named",
    "spokesperson": "a spokesperson",
    "official": "an official",
    "anonymous": "an unnamed source",
    "institution": "an institution",
    "document": "a document",
}
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def date_words(date: PublicationDate | None) -> str:
    """Return the date as precise as it is, with its basis: `March 2019 (inferred)`."""
    return plain_date(date) + (_BASES[date.basis] if date else "")


def plain_date(date: PublicationDate | None) -> str:
    """Return the date as precise as it is, without its basis."""
    if date is None:
        return "date not stated"
    return " to ".join(iso_words(value) for value in date.value.split("/"))


def iso_words(value: str) -> str:
    """Return `23 January 2020` for `2020-01-23`, less for less; other text escaped as it is."""
    match = _ISO.fullmatch(value)
    if match is None:
        return escape(value)
    year, month, day = match.groups()
    if month is None or not 1 <= int(month) <= len(_MONTHS):
        return escape(value)
    name = _MONTHS[int(month) - 1]
    return f"{int(day)} {name} {year}" if day else f"{name} {year}"


def speaker_words(speaker: Speaker | None) -> str:
    """Return `**Name**, role`, or the role alone, or what is known of a speaker without either."""
    if speaker is None:
        return "**speaker not named**"
    if speaker.name is None:
        return f"**{escape(speaker.role or speaker.mention or _NAMELESS[speaker.type])}**"
    return f"**{escape(speaker.name)}**" + (f", {escape(speaker.role)}" if speaker.role else "")


def article_words(article: Article) -> str:
    """Return publisher, headline and date, each as stated or said to be missing; fit for a line."""
    publisher = escape_line(article.publisher) if article.publisher else "publisher not stated"
    headline = f"“{escape(article.headline)}”" if article.headline else "without a headline"
    return f"{publisher}, {headline}, {date_words(article.date)}"


def reprint_words(reprint: Reprint) -> str:
    """Return `reprinted from` with whatever is known of the original."""
    known = [
        escape(reprint.publisher) if reprint.publisher else None,
        f"“{escape(reprint.headline)}”" if reprint.headline else None,
        iso_words(reprint.date) if reprint.date else None,
    ]
    return "reprinted from " + (", ".join(word for word in known if word) or "another publisher")


def place_words(row: QuoteRow) -> str:
    """Return `¶ 5, under “Security concerns”`, as far as the article has either."""
    paragraph = f"¶ {row.paragraph}" if row.paragraph is not None else "outside the paragraphs"
    return paragraph + (f", under “{escape(row.section)}”" if row.section else "")


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return `1 quote` or `3 quotes`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
