"""What of an article is searched: one document a chunk, as terms by field, and what is stored.

A document's stream holds, one after the other and never adjacent for a phrase: the chunk's text,
on the article's first chunk its headline, and the names of those the chunk quotes. The words of
the other fields follow it. Facet fields hold whole values, word fields their single words.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from briefing.model import (
    READ_ROLES,
    Article,
    BriefingInfo,
    Chunk,
    PublicationDate,
    Record,
    Role,
    paragraph_numbers,
)
from briefing.search.analysis import acronym, terms, terms_and_starts

WORD_FIELDS: Final = ("speaker", "publisher", "cites", "section", "tag")
VALUE_FIELDS: Final = ("country", "stance", "role", "briefing", "article")
CHUNK_FACETS: Final = ("country", "speaker_name")
ARTICLE_FACETS: Final = ("publisher_name", "year", "briefing")
"""Facet fields of which an article has one value at most."""
FACET_FIELDS: Final = (*CHUNK_FACETS, *ARTICLE_FACETS)
LEAD_CHUNKS: Final = 3
"""So many body chunks count as an article's lead."""


class ArticleRecord(Record, frozen=True, kw_only=True):
    """What is stored of an article, once for all its chunks."""

    briefing: str
    article: str
    headline: str | None = None
    publisher: str | None = None
    date: PublicationDate | None = None


class ChunkRecord(Record, frozen=True, kw_only=True):
    """What is stored of a chunk."""

    chunk: str
    role: Role
    section: str | None = None
    paragraph: int | None = None
    text: str


class Document(NamedTuple):
    """One chunk, ready to be indexed.

    A bare word is looked for in `text` (its terms, and in `starts` where they begin), `headline`
    and `speakers`. `words` are the terms of each word field, value by value; `values` those of the
    value and facet fields. `first_day` and `last_day` bound the article's date, yyyymmdd, or 0.
    """

    record: ChunkRecord
    text: list[str]
    starts: list[int]
    headline: list[str]
    speakers: list[list[str]]
    words: dict[str, list[list[str]]]
    values: dict[str, list[str]]
    lead: bool
    first_day: int
    last_day: int


def article_record(briefing: str, article: Article) -> ArticleRecord:
    """Take what the results show of an article."""
    return ArticleRecord(
        briefing=briefing,
        article=article.id,
        headline=_storable(article.headline) if article.headline else None,
        publisher=_storable(article.publisher) if article.publisher else None,
        date=article.date,
    )


def documents(briefing: str, info: BriefingInfo, article: Article) -> Iterator[Document]:
    """Make the documents of an article, one a chunk, in reading order."""
    paragraphs = paragraph_numbers(article)
    first_day, last_day = day_range(article.date.value if article.date else None)
    shared = _article_words(info, article)
    year = [str(first_day // 10_000)] if first_day else []
    headline = terms(article.headline) if article.headline else []
    headline_place = _headline_place(article.chunks)
    for place, chunk in enumerate(article.chunks):
        paragraph = paragraphs.get(chunk.id)
        names = _speaker_names(chunk)
        words, starts = terms_and_starts(chunk.text)
        yield Document(
            record=ChunkRecord(
                chunk=chunk.id,
                role=chunk.role,
                section=_storable(chunk.section) if chunk.section else None,
                paragraph=paragraph,
                text=_storable(chunk.text),
            ),
            text=words,
            starts=starts,
            headline=headline if place == headline_place else [],
            speakers=[terms(name) for name in names],
            words=_chunk_words(chunk, shared),
            values={
                "country": countries_of(chunk),
                "stance": _unique(_stances(chunk)),
                "role": [chunk.role],
                "briefing": [briefing],
                "article": [article_key(briefing, article.id)],
                "publisher_name": [_storable(article.publisher)] if article.publisher else [],
                "speaker_name": names,
                "year": year,
            },
            lead=paragraph is not None and paragraph <= LEAD_CHUNKS,
            first_day=first_day,
            last_day=last_day,
        )


def article_key(briefing: str, article_id: str) -> str:
    """Name an article across briefings, as the `article` field holds it."""
    return f"{briefing}/{article_id}"


def countries_of(chunk: Chunk) -> list[str]:
    """List the countries that a chunk is about, names, cites a stance of or quotes a voice of."""
    about = [country.code for country in chunk.countries]
    named = [mention.code for mention in chunk.mentions]
    stances = [position.country for position in chunk.positions]
    voices = [q.speaker.country for q in chunk.quotes if q.speaker and q.speaker.country]
    return _unique([*about, *named, *stances, *voices])


def day_range(value: str | None) -> tuple[int, int]:
    """Read a date of any precision as its first and last day, yyyymmdd; (0, 0) for no date.

    `2019-02` gives (20190201, 20190228), `2019-02/2019-03` (20190201, 20190331).
    """
    if not value:
        return 0, 0
    first, _, last = value.partition("/")
    begin, end = _one_date(first), _one_date(last or first)
    return (begin[0], end[1]) if begin[0] and end[1] >= begin[0] else (0, 0)


def _one_date(value: str) -> tuple[int, int]:
    parts = value.strip().split("-")
    if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return 0, 0
    year, month, day = [*(int(part) for part in parts), 0, 0][:3]
    if len(parts[0]) != 4 or not 1 <= year <= 9999 or (len(parts) > 1 and not 1 <= month <= 12):
        return 0, 0
    days = calendar.monthrange(year, month or 12)[1]
    if len(parts) == 3 and not 1 <= day <= days:
        return 0, 0
    first = year * 10_000 + (month or 1) * 100 + (day or 1)
    return first, year * 10_000 + (month or 12) * 100 + (day or days)


def _headline_place(chunks: Sequence[Chunk]) -> int:
    """Find the chunk that a headline's words belong to: the first that is read."""
    read = (place for place, chunk in enumerate(chunks) if chunk.role in READ_ROLES)
    return next(read, 0)


def _article_words(info: BriefingInfo, article: Article) -> dict[str, list[list[str]]]:
    """Make the words of the fields that all chunks of an article share."""
    reprint = article.reprint_of
    publishers = [article.publisher, reprint.publisher if reprint else None]
    return {
        "publisher": _outlet_words(name for name in publishers if name),
        "tag": [terms(tag) for tag in info.tags],
    }


def _chunk_words(chunk: Chunk, shared: dict[str, list[list[str]]]) -> dict[str, list[list[str]]]:
    voices: list[str] = []
    for quote in chunk.quotes:
        if quote.speaker is not None:
            speaker = quote.speaker
            voices.extend(text for text in (speaker.name, speaker.mention, speaker.role) if text)
    return {
        **shared,
        "speaker": [terms(voice) for voice in _unique(voices)],
        "cites": _outlet_words(_unique(citation.outlet for citation in chunk.citations)),
        "section": [terms(chunk.section)] if chunk.section else [],
        "tag": [*shared["tag"], *(terms(tag) for tag in chunk.tags)],
    }


def _outlet_words(names: Iterable[str]) -> list[list[str]]:
    """Give each outlet's words, and its initials as a value of their own."""
    found: list[list[str]] = []
    for name in names:
        found.append(terms(name))
        initials = acronym(name)
        if initials:
            found.append([initials])
    return found


def _speaker_names(chunk: Chunk) -> list[str]:
    speakers = [quote.speaker for quote in chunk.quotes if quote.speaker]
    return _unique(s.name or s.role or s.mention or "" for s in speakers)


def _stances(chunk: Chunk) -> Iterator[str]:
    for position in chunk.positions:
        yield position.stance.casefold()


def _unique(values: Iterable[str]) -> list[str]:
    return [_storable(value) for value in dict.fromkeys(values) if value]


def _storable(text: str) -> str:
    """Put a question mark for every lone surrogate, which no file can hold; offsets stay."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
