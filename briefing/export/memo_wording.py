"""How facts of the model read in a memo: dates, speakers, publications, places."""

from __future__ import annotations

from briefing.compare.panels import QuoteRow
from briefing.export.escape import escape, escape_line
from briefing.model import Article, PublicationDate, Reprint, Speaker
from briefing.visible import one_line
from briefing.wording import BASES, NO_DATE, date_words, speaker_name, speaker_role


def dated_words(date: PublicationDate | None) -> str:
    """Return the date as precise as it is, with its basis: `March 2019 (inferred)`."""
    return plain_date(date) + (BASES[date.basis] if date else "")


def plain_date(date: PublicationDate | None) -> str:
    """Return the date as precise as it is, without its basis."""
    if date is None:
        return NO_DATE
    return " to ".join(iso_words(value) for value in date.value.split("/"))


def iso_words(value: str) -> str:
    """Return `23 January 2020` for `2020-01-23`, less for less; other text escaped as it is."""
    return escape(date_words(value))


def speaker_words(speaker: Speaker | None) -> str:
    """Return `**Name**, role`, or the role alone, or what is known of a speaker without either."""
    if speaker is not None and speaker.name is None and speaker.role:
        return f"**{escape(one_line(speaker.role))}**"
    role = speaker_role(speaker)
    return f"**{escape(speaker_name(speaker))}**" + (f", {escape(role)}" if role else "")


def article_words(article: Article) -> str:
    """Return publisher, headline and date, each as stated or said to be missing; fit for a line."""
    publisher = escape_line(article.publisher) if article.publisher else "publisher not stated"
    headline = f"“{escape(article.headline)}”" if article.headline else "without a headline"
    return f"{publisher}, {headline}, {dated_words(article.date)}"


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
