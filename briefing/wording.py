"""How values of the model read in words: counts, dates with their basis, speakers, quotes.

One line of safe text comes out of each function: hidden characters have become signs.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.isodates import in_words, in_words_under_year
from briefing.model import (
    TEXT_ITSELF,
    Article,
    DateBasis,
    PublicationDate,
    Quote,
    Speaker,
    SpeakerType,
    fields_of,
)
from briefing.visible import one_line

BASES: dict[DateBasis, str] = {
    "stated": "",
    "metadata": " (from the page’s metadata)",
    "inferred": " (inferred)",
    "analyst": " (set by the analyst)",
}
"""What follows a date where the text itself does not state it."""

NO_DATE = "undated"
NO_SPEAKER = "speaker not stated"

_UNNAMED: dict[SpeakerType, str] = {
    "named": "speaker not named",
    "official": "unnamed official",
    "spokesperson": "unnamed spokesperson",
    "institution": "unnamed institution",
    "anonymous": "unnamed source",
    "document": "document",
}


def older_stances(name: str) -> str:
    """Return what to do where the stances of a briefing are of an older codebook."""
    return f"stances are of an older codebook: run briefing annotate {name}"


def ended(words: str) -> str:
    """Return words with the full stop of a sentence, unless they end in a mark that is one."""
    return words if words.rstrip("”’\"')").endswith((".", "!", "?", "…", ":")) else f"{words}."


def counted(number: int, noun: str) -> str:
    """Return `1 quote`, `2 quotes`, `3 countries`."""
    many = f"{noun[:-1]}ies" if noun.endswith(("ry", "py")) else f"{noun}s"
    return f"{number:,} {noun if number == 1 else many}"


def pace(done: int, total: int, seconds: float) -> str:
    """Return how fast work goes and what is left of it: `120 a second, 2 min left`.

    Nothing before the first second has passed.
    """
    if seconds < 1 or not done:
        return ""
    rate, left = done / seconds, (total - done) * seconds / done
    speed = f"{rate:,.0f} a second" if rate >= 1 else f"{60 * rate:,.0f} a minute"
    return f"{speed}, {f'{left / 60:,.0f} min' if left >= 90 else f'{left:.0f} s'} left"


def quotes_in_words(quotes: int, paraphrases: int = 0) -> str:
    """Return `17 quotes`, `17 quotes · 55 paraphrases`: the words in marks and those without."""
    found = counted(quotes, "quote")
    return f"{found} · {counted(paraphrases, 'paraphrase')}" if paraphrases else found


def code_and_name(code: str, name: str) -> str:
    """Return `GB United Kingdom`; a group that is called by its code is named once."""
    return name if name == code else f"{code} {name}"


def paragraph_words(source: str, paragraph: int | None) -> str:
    """Return `The Gull ¶4`, only the source for what stands in no paragraph."""
    return source if paragraph is None else f"{source} ¶{paragraph}"


def where_stated(article: Article, *, in_text: str | None = None) -> Iterator[str]:
    """Yield `date from <time>`, `publisher from c2`: each field of the metadata and where it stood.

    `in_text` stands for the chunk of what a line of the text states. That a text is in English by
    its words goes without saying.
    """
    dates = {"date": article.date, "updated": article.updated}
    found = fields_of(article.evidence, *article.evidence.__struct_fields__)
    found |= {field: date.evidence if date else None for field, date in dates.items()}
    for field, evidence in found.items():
        place = evidence and (evidence.place or (evidence.chunk and (in_text or evidence.chunk)))
        is_usual = place == TEXT_ITSELF and article.language == "en"
        if place and not is_usual:
            yield one_line(f"{field.removesuffix('_of')} from {place}")


def short_date(date: PublicationDate | None) -> str:
    """Return the date as it is stored, `~` after it where it was inferred; `undated` for none."""
    if date is None:
        return NO_DATE
    return one_line(date.value.replace("/", "–")) + (" ~" if date.basis == "inferred" else "")


def date_text(date: PublicationDate | None) -> str:
    """Return a publication date as it is known: `2019-03 (inferred)`, or that it is not stated."""
    if date is None:
        return NO_DATE
    return date.value + ("" if date.basis == "metadata" else BASES[date.basis])


def long_date(date: PublicationDate | None) -> str:
    """Return the date in words with its basis where that is not the text itself."""
    if date is None:
        return NO_DATE
    words = "–".join(date_words(part) for part in date.value.split("/"))
    return words if date.basis == "stated" else f"{words} ({date.basis})"


def date_words(value: str) -> str:
    """Return `23 January 2020` for `2020-01-23`, `January 2020` for `2020-01`, else the value."""
    return in_words(value) or one_line(value)


def year_of(value: str) -> str:
    """Return the year a date lies or begins in."""
    return one_line(value[:4])


def date_in_year(value: str, *, inferred: bool) -> str:
    """Return a date as it reads under its year: `23 Jan`, `13–19 Jan`, `Nov–Feb 2020`, `2019`.

    An inferred date is followed by `~`.
    """
    words = in_words_under_year(value) or one_line(value.replace("/", "–"))
    return f"{words} ~" if inferred else words


def speaker_name(speaker: Speaker | None) -> str:
    """Return who spoke, in the fullest words the article has for them."""
    if speaker is None:
        return NO_SPEAKER
    return one_line(speaker.name or speaker.mention or _UNNAMED[speaker.type])


def speaker_role(speaker: Speaker | None) -> str:
    """Return the speaker's role, or an empty text where the name includes it."""
    role = one_line(speaker.role or "") if speaker else ""
    return "" if role.casefold() in speaker_name(speaker).casefold() else role


def speaker_text(speaker: Speaker | None) -> str:
    """Return who said it: name, role and country, or that the text does not say."""
    if speaker is None:
        return NO_SPEAKER
    parts = (speaker_name(speaker), speaker_role(speaker))
    text = " · ".join(part for part in parts if part)
    return f"{text} ({one_line(speaker.country)})" if speaker.country else text


def role_and_addressee(quote: Quote) -> str:
    """Return the speaker's role, unless the name includes it, and who they told."""
    addressee = f"told {one_line(quote.to)}" if quote.to else ""
    return ", ".join(part for part in (speaker_role(quote.speaker), addressee) if part)


def marked(quote: Quote) -> str:
    """Return the words of a quote as a list shows them: in marks, but for paraphrases."""
    return in_marks(quote, one_line(quote.exact))


def in_marks(quote: Quote, words: str) -> str:
    """Return the words of a quote in marks, but for paraphrases."""
    return words if quote.kind == "indirect" else f"“{words}”"
