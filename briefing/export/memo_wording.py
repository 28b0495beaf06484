"""How facts of the model read in a memo: dates, speakers, publications, origins."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.export.escape import escape, escape_line
from briefing.isodates import in_words
from briefing.model import Article, PublicationDate, Speaker
from briefing.visible import one_line
from briefing.wording import NO_DATE, date_words, speaker_name, speaker_role


def dated_words(date: PublicationDate | None) -> str:
    """Return the date as precise as it is, with its basis: `March 2019 (inferred)`."""
    return plain_date(date) + (f" ({date.basis})" if date and date.basis != "stated" else "")


def plain_date(date: PublicationDate | None) -> str:
    """Return the date as precise as it is, without its basis."""
    return NO_DATE if date is None else iso_words(date.value)


def iso_words(value: str) -> str:
    """Return `23 January 2020` for `2020-01-23`, less for less; other text escaped as it is."""
    return " to ".join(escape(date_words(part)) for part in value.split("/"))


def brief_date(value: str) -> str:
    """Return `23 Jan 2020` for `2020-01-23`, less for less."""
    return "–".join(escape(in_words(part, short=True) or part) for part in value.split("/"))


def speaker_words(speaker: Speaker | None, told: str) -> str:
    """Return `**Name**, role`; the role only where `told`, the sentence, does not tell it."""
    if speaker is not None and speaker.name is None and speaker.role:
        return f"**{escape(one_line(speaker.role))}**"
    role = speaker_role(speaker)
    known = not role or role.casefold() in one_line(told).casefold()
    return f"**{escape(speaker_name(speaker))}**" + ("" if known else f", {escape(role)}")


def article_words(article: Article) -> str:
    """Return publisher, headline and date, each as stated or said to be missing; fit for a line."""
    publisher = escape_line(article.publisher) if article.publisher else "publisher not stated"
    headline = f"“{escape(article.headline)}”" if article.headline else "without a headline"
    return f"{publisher}, {headline}, {dated_words(article.date)}"


def listed(names: Iterable[str], most: int = 12) -> str:
    """Return names in a row, `and 3 more` for what is beyond the most."""
    known = list(names)
    more = f" and {len(known) - most} more" if len(known) > most else ""
    return ", ".join(escape(name) for name in known[:most]) + more
