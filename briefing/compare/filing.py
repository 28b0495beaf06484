"""Which countries a quote is by and which it is about, and so where a country belongs.

A quote is **by** the country that its speaker speaks for: the speaker's country, or the country
that is itself named as the speaker ("Wellington said"). It is **about** every other country that
its sentence names, inside the words or outside them, that it is told to by name, or whose position
its sentence shows. What is not a theme of the sentence does not count:

- a place: the dateline, "in Prague", "on a visit to Poland"; within the quoted words a city only
- the speaker's own name and role: "the ambassador to Poland"
- a name inside the name of an outlet or a company

The parts of one utterance are one statement, so they are filed together. A country that no quote is
by or about and that holds no position is only mentioned.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from briefing.compare.panels import CountryGroup, Tally
from briefing.english.sentences import split_sentences
from briefing.english.spans import BareSpan, Span, SpanIndex
from briefing.model import READ_ROLES, Article, Chunk, Mention, Quote, Record, Speaker
from briefing.world.name_kinds import DATELINE, NAMED_AFTER, SPEAKING, kind_of

_REACH = 400
"""How far from a quote its speaker is looked for, so that no length of sentence costs much."""
_LOOK_BACK = 40
_AT_PLACE = re.compile(
    r"\b(?:(?:in|at|near|outside|inside|around|across|throughout|visiting|leaving)"
    r"|(?:visit|visits|trip|travel|travell?ed|flew|flown|came|return|returned|tour) (?:to|of|from)"
    r"|(?:university|city|town|port|suburbs?|outskirts|streets|district) of"
    r"|(?:speaking|reporting|writing|talking|phone|telephone|video|live|back) from)"
    r" (?:(?:a|an|the) )?(?:(?:central|downtown|nearby|northern|southern|eastern|western) )?\Z",
    re.IGNORECASE,
)
_IS_PLACE = re.compile(r" (?:capital|city|town|port|airport)\b")
_DATELINE = re.compile(
    r"\s*[A-Z][\w.'’-]*(?:(?: and)?[ /][A-Z][\w.'’-]*){0,3}(?:, [A-Z][\w.]*(?: [A-Z][\w.]*)?)?"
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d\d?|\d\d? [A-Z][a-z]{2,8})(?:,? \d{4})?)?"
    r"(?: \([^()\n]{1,40}\))?(?:\s?(?:--?|–|—)|:)\s"
)
_SHORT_NAME = 3
"""A name of this many capitals may open a sentence; a longer one in capitals is a dateline."""


class Filing(Record, frozen=True, kw_only=True):
    """The country that a quote speaks for, if known, and the others that it is about."""

    by: str | None = None
    about: tuple[str, ...] = ()


QuoteId = tuple[str, str]
"""The ids of a chunk and of a quote in it."""


def file_quotes(article: Article) -> Mapping[QuoteId, Filing]:
    """Return where each quote that is read belongs; takes time linear in the text."""
    filed: dict[QuoteId, Filing] = {}
    statements: dict[str, list[QuoteId]] = {}
    for chunk in article.chunks:
        if chunk.role in READ_ROLES and chunk.quotes:
            filed.update(_file_chunk(chunk))
            for quote in chunk.quotes:
                if quote.utterance is not None:
                    statements.setdefault(quote.utterance, []).append((chunk.id, quote.id))
    for parts in statements.values():
        each = [filed[part] for part in parts]
        by = next((one.by for one in each if one.by is not None), None)
        about = dict.fromkeys(code for one in each for code in one.about if code != by)
        filed.update(dict.fromkeys(parts, Filing(by=by, about=tuple(about))))
    return filed


def group_country(quotes: Tally, paraphrases: Tally, *, has_position: bool) -> CountryGroup:
    """Return `actor` for a country with a position or a voice of its own, else what is left."""
    if has_position or quotes.by or paraphrases.by:
        return "actor"
    return "topic" if quotes.about or paraphrases.about else "mentioned"


def country_mentions(chunk: Chunk) -> tuple[Mention, ...]:
    """Return the mentions that speak of a country, and not of a company named after one."""
    return tuple(mention for mention in chunk.mentions if kind_of(mention.rule) not in NAMED_AFTER)


def _file_chunk(chunk: Chunk) -> Iterator[tuple[QuoteId, Filing]]:
    """Yield ids and filing of each quote; a sentence's themes are worked out once for all of it."""
    mentions = sorted(country_mentions(chunk), key=lambda one: one.start)
    if not mentions and not chunk.positions:
        for quote in chunk.quotes:
            yield (chunk.id, quote.id), Filing(by=_country_of(quote.speaker))
        return
    starts = [mention.start for mention in mentions]
    sentences = split_sentences(chunk.text)
    ends = [end for _, end in sentences]
    within = [_sentences_of(quote.start, quote.end, sentences, ends) for quote in chunk.quotes]
    around = [
        _around(quote, sentences[low:high])
        for quote, (low, high) in zip(chunk.quotes, within, strict=True)
    ]
    spoken = [
        span
        for quote, (start, end) in zip(chunk.quotes, around, strict=True)
        for span in _speaker_spans(chunk.text, quote, start, end)
    ]
    themes = _themes(chunk, mentions, sentences, ends, spoken)
    for quote, (low, high), (start, end) in zip(chunk.quotes, within, around, strict=True):
        near = mentions[bisect_left(starts, start) : bisect_left(starts, end)]
        by = _country_of(quote.speaker) or _named_speaker(chunk.text, quote, near)
        codes = dict.fromkeys(code for sentence in themes[low:high] for code in sentence)
        about = tuple(code for code in codes if code != by)
        yield (chunk.id, quote.id), Filing(by=by, about=about)


def _around(quote: Quote, sentences: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return where the sentences of a quote begin and end, within reach of it."""
    if not sentences:
        return quote.start, quote.end
    start, end = sentences[0][0], sentences[-1][1]
    return max(start, quote.start - _REACH), min(end, quote.end + _REACH)


def _country_of(speaker: Speaker | None) -> str | None:
    return speaker.country if speaker is not None else None


def _sentences_of(
    start: int, end: int, sentences: Sequence[tuple[int, int]], ends: Sequence[int]
) -> tuple[int, int]:
    """Return the first and one past the last of the sentences that a span reaches into."""
    low = high = bisect_right(ends, start)
    while high < len(sentences) and sentences[high][0] < end:
        high += 1
    return low, high


def _themes(
    chunk: Chunk,
    mentions: Sequence[Mention],
    sentences: Sequence[tuple[int, int]],
    ends: Sequence[int],
    spoken: Sequence[BareSpan],
) -> list[dict[str, None]]:
    """Return for each sentence the countries that it is about, in the order of the text."""
    themes: list[dict[str, None]] = [{} for _ in sentences]
    quoted = SpanIndex(chunk.quotes)
    others = SpanIndex[Span]((*spoken, *chunk.citations))
    dateline = _dateline_end(chunk.text, mentions)
    for mention in mentions:
        at, first = bisect_right(ends, mention.start), (mention.start, mention.start + 1)
        is_place = mention.start < dateline or _is_place(
            chunk.text, mention, quoted=bool(quoted.touching(*first))
        )
        if at < len(themes) and not is_place and not others.touching(*first):
            themes[at][mention.code] = None
    for position in chunk.positions:
        low, high = _sentences_of(position.start, position.end, sentences, ends)
        for sentence in themes[low:high]:
            sentence[position.country] = None
    return themes


def _is_place(text: str, mention: Mention, *, quoted: bool) -> bool:
    """Whether a mention only says where: of the quoted words, only a city's name may."""
    before = text[max(0, mention.start - _LOOK_BACK) : mention.start]
    if _AT_PLACE.search(before) is None:
        return False
    kind = kind_of(mention.rule)
    if kind == "demonym":
        return _IS_PLACE.match(text, mention.end) is not None
    return kind in DATELINE or not quoted


def _dateline_end(text: str, mentions: Sequence[Mention]) -> int:
    """Return where the dateline ends that a chunk opens with, else 0."""
    if not mentions or text[: mentions[0].start].strip():
        return 0
    first = mentions[0]
    name = text[first.start : first.end]
    if kind_of(first.rule) not in DATELINE and not (name.isupper() and len(name) > _SHORT_NAME):
        return 0
    match = _DATELINE.match(text)
    return match.end() if match else 0


def _speaker_spans(text: str, quote: Quote, start: int, end: int) -> Iterator[BareSpan]:
    """Yield where the sentence names the speaker: who speaks for a country is not its theme."""
    speaker = quote.speaker
    if speaker is None:
        return
    for words in (speaker.mention, speaker.role, speaker.name):
        at = text.find(words, start, end) if words else -1
        if words and at >= 0 and _is_whole(text, at, at + len(words)):
            yield BareSpan(at, at + len(words))


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a span neither begins nor ends inside a word."""
    return not (text[max(0, start - 1) : start].isalnum() or text[end : end + 1].isalnum())


def _named_speaker(text: str, quote: Quote, mentions: Sequence[Mention]) -> str | None:
    """Return the country whose name, capital or institution is the speaker, or None."""
    if quote.speaker is None:
        return None
    wanted = quote.speaker.mention or quote.speaker.name or ""
    wanted = wanted[4:] if wanted[:4].lower() == "the " else wanted
    for mention in mentions:
        named = kind_of(mention.rule) in SPEAKING and text[mention.start : mention.end] == wanted
        if named and not quote.start <= mention.start < quote.end:
            return mention.code
    return None
