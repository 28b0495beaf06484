"""How values read on the screen: dates with their basis, voices, counts, roles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefing.model import PublicationDate, Quote, Speaker, SpeakerType
from briefing.tui.kit.text_lines import one_line

if TYPE_CHECKING:
    from briefing.compare.panels import QuoteRow, SourceRow

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip

_UNNAMED: dict[SpeakerType, str] = {
    "named": "speaker not named",
    "official": "unnamed official",
    "spokesperson": "unnamed spokesperson",
    "institution": "unnamed institution",
    "anonymous": "unnamed source",
    "document": "document",
}


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return `1 quote`, `2 quotes`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def short_date(date: PublicationDate | None) -> str:
    """Return the date as it is stored, `~` after it where it was inferred; `unknown` for none."""
    if date is None:
        return "unknown"
    return one_line(date.value.replace("/", "–")) + (" ~" if date.basis == "inferred" else "")


def long_date(date: PublicationDate | None) -> str:
    """Return the date in words with its basis where that is not the text itself."""
    if date is None:
        return "date unknown"
    words = "–".join(_in_words(part) for part in date.value.split("/"))
    return words if date.basis == "stated" else f"{words} ({date.basis})"


def year_of(value: str) -> str:
    """Return the year a date lies or begins in."""
    return value[:4]


def date_in_year(value: str, *, inferred: bool) -> str:
    """Return a date as it reads under its year: `23 Jan`, `13–19 Jan`, `Nov–Feb 2020`, `2019`.

    `~` after it tells that it was inferred.
    """
    first, _, last = value.partition("/")
    words = _short(first, year=len(first) == 4)
    if last:
        end = _short(last, year=last[:4] != first[:4] or len(last) == 4)
        same_month = (
            len(first) == len(last) == 10 and first[:7] == last[:7] and first[8:].isdecimal()
        )
        words = f"{int(first[8:])}–{end}" if same_month else f"{words}–{end}"
    return f"{words} ~" if inferred else words


def _short(value: str, *, year: bool) -> str:
    """Return a day or month in short words, with its year only if asked for."""
    words = _in_words(value).split(" ")
    kept = [word[:3] if word in MONTHS else word for word in words]
    return " ".join(kept if year or len(kept) == 1 else kept[:-1])


def _in_words(value: str) -> str:
    parts = value.split("-")
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts) > 3:
        return one_line(value)
    if len(parts) == 1 or not 1 <= int(parts[1]) <= 12:
        return value
    month = MONTHS[int(parts[1]) - 1]
    return " ".join([*(str(int(day)) for day in parts[2:]), month, parts[0]])


def voice(speaker: Speaker | None) -> str:
    """Return who spoke, in the fullest words the article has for them."""
    if speaker is None:
        return "speaker not stated"
    return one_line(speaker.name or speaker.mention or _UNNAMED[speaker.type])


def told(quote: Quote) -> str:
    """Return the speaker's role, unless the name says it already, and whom they told."""
    role = one_line(quote.speaker.role or "") if quote.speaker else ""
    known = role.casefold() in voice(quote.speaker).casefold()
    parts = [] if known else [role]
    if quote.to:
        parts.append(f"told {one_line(quote.to)}")
    return ", ".join(parts)


def marked(quote: Quote) -> str:
    """Return the words of a quote as a list shows them: in marks, but for paraphrases."""
    words = one_line(quote.exact)
    return words if quote.kind == "indirect" else f"“{words}”"


def provenance(row: QuoteRow) -> str:
    """Return where a quote stands, who passed it on, and in how many sources the words are.

    The first link of a chain is the speaker, who has a line of their own.
    """
    place = one_line(row.source) + (f" ¶{row.paragraph}" if row.paragraph else "")
    chain = "".join(f" ← {one_line(link)}" for link in row.quote.chain[1:])
    others = len({article for article, _, _ in row.also} - {row.article})
    also = f" · {counted(others + 1, 'source')}" if others else ""
    return place + chain + also + (", variants differ" if row.variants else "")


def citation_of(row: QuoteRow, where: Sequence[str | None]) -> str:
    """Return a quote with its speaker and source, as it is copied for a memo.

    `where` goes on from the source's label: headline, date, address, as far as they are known.
    """
    who = ", ".join(part for part in (voice(row.quote.speaker), told(row.quote)) if part)
    paragraph = f"¶{row.paragraph}" if row.paragraph else None
    source = ", ".join(one_line(part) for part in (row.source, paragraph, *where) if part)
    return f"{marked(row.quote)}\n— {who}. {source}"


def whereabouts(source: SourceRow | None) -> tuple[str | None, ...]:
    """Return headline, date and address of a source, for `citation_of`."""
    if source is None:
        return ()
    return (source.headline, long_date(source.date), source.url)
