"""Articles -> what they say about each date: dated sentences and publications in time order."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

from briefing.compare.build import reading_order, source_labels
from briefing.english.sentences import split_sentences
from briefing.isodates import days_of
from briefing.model import (
    Article,
    Briefing,
    Chunk,
    DateBasis,
    DatePrecision,
    Record,
    fields_of,
    read_chunks,
)

EntryKind = Literal["sentence", "published"]


class TimelineEntry(Record, frozen=True, kw_only=True):
    """A sentence with a date, or the publication of an article.

    `date` is ISO as in PublicationDate. For a sentence `start` and `end` are its place in the
    chunk's text, `text` its words and `countries` those it names; for a publication `chunk`,
    `paragraph` and the place are None, `text` is the headline and `countries` are those the article
    names.
    """

    date: str
    precision: DatePrecision
    basis: DateBasis
    kind: EntryKind
    article: str
    source: str
    chunk: str | None = None
    paragraph: int | None = None
    start: int | None = None
    end: int | None = None
    text: str | None = None
    countries: tuple[str, ...] = ()


class TimelineDate(Record, frozen=True, kw_only=True):
    """A date with its sentences and publications, in reading order."""

    date: str
    precision: DatePrecision
    entries: tuple[TimelineEntry, ...]


def build_timeline(briefing: Briefing, *, country: str | None = None) -> tuple[TimelineEntry, ...]:
    """Return the dated sentences of body text and the publications, in time order.

    A sentence with several dates has an entry for each. A year goes before its months and a month
    before its days; of the same date publications come first, then articles in reading order.
    With `country` only entries that name it by that code are returned.
    """
    articles = reading_order(briefing.articles)
    labels = source_labels(articles)
    entries = [
        entry
        for article in articles
        for entry in _article_entries(article, labels[article.id])
        if country is None or country in entry.countries
    ]
    return tuple(sorted(entries, key=_time_order))


def group_by_date(entries: Sequence[TimelineEntry]) -> tuple[TimelineDate, ...]:
    """Return entries that `build_timeline` ordered, those of one date together."""
    return tuple(
        TimelineDate(date=date, precision=precision, entries=tuple(group))
        for (date, precision), group in groupby(entries, lambda one: (one.date, one.precision))
    )


def _time_order(entry: TimelineEntry) -> tuple[dt.date, int, str, bool]:
    first, last = days_of(entry.date) or (dt.date.max, dt.date.min)
    return first, -last.toordinal(), entry.date, entry.kind == "sentence"


def _article_entries(article: Article, label: str) -> Iterator[TimelineEntry]:
    chunks = read_chunks(article)
    if article.date is not None:
        named = (mention.code for chunk in chunks for mention in chunk.mentions)
        yield TimelineEntry(
            date=article.date.value,
            **fields_of(article.date, "precision", "basis"),
            kind="published",
            article=article.id,
            source=label,
            text=article.headline,
            countries=tuple(dict.fromkeys(named)),
        )
    body = (chunk for chunk in chunks if chunk.role == "body")
    for paragraph, chunk in enumerate(body, start=1):
        if chunk.dates:
            yield from _chunk_entries(chunk, paragraph, article.id, label)


def _chunk_entries(
    chunk: Chunk, paragraph: int, article: str, label: str
) -> Iterator[TimelineEntry]:
    sentences = split_sentences(chunk.text)
    starts = [start for start, _ in sentences]
    mentions = sorted(chunk.mentions, key=lambda one: one.start)
    places = [mention.start for mention in mentions]
    seen: set[tuple[int, str]] = set()
    for one in sorted(chunk.dates, key=lambda one: one.start):
        start, end = sentence_around((one.start, one.end), sentences, starts)
        if (start, one.value) in seen:
            continue
        seen.add((start, one.value))
        inside = mentions[bisect.bisect_left(places, start) : bisect.bisect_left(places, end)]
        yield TimelineEntry(
            date=one.value,
            **fields_of(one, "precision", "basis"),
            kind="sentence",
            article=article,
            source=label,
            chunk=chunk.id,
            paragraph=paragraph,
            start=start,
            end=end,
            text=chunk.text[start:end],
            countries=tuple(dict.fromkeys(mention.code for mention in inside)),
        )


def sentence_around(
    span: tuple[int, int], sentences: Sequence[tuple[int, int]], starts: Sequence[int]
) -> tuple[int, int]:
    """Return the sentence a span stands in, stretched over those its words run into."""
    start, end = span
    first = max(bisect.bisect_right(starts, start) - 1, 0)
    last = max(bisect.bisect_left(starts, end) - 1, first)
    if not sentences:
        return span
    return min(sentences[first][0], start), max(sentences[last][1], end)
