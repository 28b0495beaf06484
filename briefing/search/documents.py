"""Preparing articles for the index: one document per passage, and the fields of its article.

A passage has three streams of words (its text, the headline on the article's first passage in a
read role, and the names of the speakers it quotes) and one slot per annotation, so that a country
and a stance in one query match within one annotation.
"""

import hashlib
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice
from typing import Final, NamedTuple

import msgspec

from briefing import model
from briefing.english.sentences import split_sentences
from briefing.english.spans import SpanIndex
from briefing.isodates import days_of
from briefing.model import READ_ROLES, Article, BriefingInfo, Chunk, PublicationDate, Quote, Record
from briefing.search.analysis import acronym, terms, terms_and_places

SLOT_FIELDS: Final = ("country", "stance", "speaker", "cites", "voice")
"""Fields of an annotation: adjacent in a query, they refer to the same annotation."""
PASSAGE_FIELDS: Final = (*SLOT_FIELDS, "role", "section", "tag", "note")
"""Fields that select passages; all others select articles."""
WORD_FIELDS: Final = ("speaker", "cites", "section", "tag", "note", "publisher", "headline")
"""Fields whose single words are indexed; of the others whole values are."""
LEAD_CHUNKS: Final = 3
"""Body chunks that count as an article's lead."""
SAMPLE: Final = 64
"""Checksums kept per article to detect near copies."""
SAMPLED: Final = 100_000
"""Words at the head of an article by which near copies of it are told: a whole book's cost more."""
GAP: Final = 100
"""Places between two streams of a passage, so that no phrase spans both."""
_SHINGLE: Final = 4
"""Words per checksum."""
PlacedTerms = tuple[list[str], list[int]]
"""Terms and the place of each: 0 for the first word, 1 for the second."""
Slot = Mapping[str, Sequence[Sequence[str]]]
"""The values of one annotation by field, each as its words or as one whole value."""


class ArticleRecord(Record, frozen=True, kw_only=True):
    """The stored fields of an article; `sample` is a fingerprint that near copies share."""

    briefing: str
    article: str
    headline: str | None = None
    publisher: str | None = None
    date: PublicationDate | None = None
    facets: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    sample: tuple[int, ...] = ()


class ChunkRecord(Record, frozen=True, kw_only=True):
    """The stored fields of a passage; `notes` are the analyst's."""

    chunk: str
    role: model.Role
    section: str | None = None
    paragraph: int | None = None
    text: str
    notes: tuple[str, ...] = ()


class IndexedPassage(NamedTuple):
    """One passage, ready to be indexed; plain query words match in its three streams."""

    record: ChunkRecord
    text: PlacedTerms
    headline: PlacedTerms
    speakers: Sequence[PlacedTerms]
    slots: Sequence[Slot]
    section: Sequence[str]
    tags: Sequence[Sequence[str]]
    notes: Sequence[Sequence[str]]
    lead: bool


class PreparedArticle(NamedTuple):
    """An article to index, its passages prepared once; days are yyyymmdd or 0."""

    record: ArticleRecord
    key: str
    digest: str
    publisher: Sequence[Sequence[str]]
    first_day: int
    last_day: int
    documents: Iterable[IndexedPassage]


def prepare(briefing: str, info: BriefingInfo, article: Article) -> PreparedArticle:
    """Return what is indexed of an article, its passages in reading order."""
    first_day, last_day = day_range(article.date.value if article.date else None)
    reprint = article.reprint_of
    publishers = [article.publisher, reprint.publisher if reprint else None]
    read = model.read_chunks(article)
    quotes = (quote for chunk in read for quote in chunk.quotes)
    tokenize = cache(terms_and_places)  # A text is sampled here, and indexed as a passage.
    record = ArticleRecord(
        briefing=briefing,
        article=article.id,
        headline=_storable(article.headline) if article.headline else None,
        publisher=_storable(article.publisher) if article.publisher else None,
        date=article.date,
        facets={
            "country": tuple(_unique(code for chunk in read for code in _codes(chunk))),
            "publisher": (_storable(article.publisher),) if article.publisher else (),
            "speaker": tuple(_unique(name for one in quotes for name in _voices(one.speaker)[:1])),
            "year": (str(first_day // 10_000),) if first_day else (),
            "briefing": (briefing,),
        },
        sample=_sample(chain.from_iterable(tokenize(chunk.text)[0] for chunk in read)),
    )
    return PreparedArticle(
        record=record,
        key=article_key(briefing, article.id),
        digest=digest_of(info, article),
        publisher=_outlet_words(name for name in publishers if name),
        first_day=first_day,
        last_day=last_day,
        documents=_documents(info, article, tokenize),
    )


def digest_of(info: BriefingInfo, article: Article) -> str:
    """Return a digest of all that is indexed of an article, much cheaper than preparing it."""
    try:
        data = msgspec.json.encode((info.tags, article))
    except UnicodeEncodeError:  # There are lone surrogates in it.
        data = ascii((info.tags, article)).encode()
    return hashlib.sha256(data).hexdigest()[:32]


def _documents(
    info: BriefingInfo, article: Article, tokenize: Callable[[str], PlacedTerms]
) -> Iterator[IndexedPassage]:
    paragraphs = model.paragraph_numbers(article)
    # The headline is indexed with the first chunk in a read role.
    read = (place for place, chunk in enumerate(article.chunks) if chunk.role in READ_ROLES)
    headline_place = next(read, 0)
    for place, chunk in enumerate(article.chunks):
        paragraph = paragraphs.get(chunk.id)
        headline = article.headline if place == headline_place else None
        speakers = (quote.speaker for quote in chunk.quotes)
        names = _unique(s.name or s.mention or s.role or "" for s in speakers if s)
        yield IndexedPassage(
            record=ChunkRecord(
                chunk=chunk.id,
                role=chunk.role,
                section=_storable(chunk.section) if chunk.section else None,
                paragraph=paragraph,
                text=_storable(chunk.text),
                notes=tuple(map(_storable, chunk.notes)),
            ),
            text=tokenize(chunk.text),
            headline=terms_and_places(headline) if headline else ([], []),
            speakers=[terms_and_places(name) for name in names],
            slots=slots_of(chunk),
            section=terms(chunk.section) if chunk.section else (),
            tags=[terms(tag) for tag in (*info.tags, *chunk.tags)],
            notes=[terms(note) for note in chunk.notes],
            lead=paragraph is not None and paragraph <= LEAD_CHUNKS,
        )


def streams_of(doc: IndexedPassage) -> Iterator[tuple[int, list[str], list[int]]]:
    """Yield text, headline and speakers of a passage: its first place, terms, places from there."""
    base = 0
    for words, at in (doc.text, doc.headline, *doc.speakers):
        yield base, words, at
        base += (at[-1] if at else 0) + GAP


def article_key(briefing: str, article_id: str) -> str:
    """Return the key of an article across briefings, the value of the index field `article`."""
    return f"{briefing}/{article_id}"


def slots_of(chunk: Chunk) -> list[Slot]:
    """Return a slot for each annotation of a passage, and for each country it is about or names.

    A quote has the countries of speaker and sentences; a position in one has its speaker, too.
    """
    found: list[Slot] = _quote_slots(chunk) if chunk.quotes else []
    quotes = SpanIndex(chunk.quotes)
    for position in chunk.positions:
        start, end = position.start, position.end
        near = quotes.touching(start, end)
        voices = (_voice_of(one) for one in near if one.start <= start and end <= one.end)
        country, stance = _storable(position.country), _storable(position.stance.casefold())
        found.append({**next(voices, {}), "country": [[country]], "stance": [[stance]]})
    found += [{"cites": _outlet_words([citation.outlet])} for citation in chunk.citations]
    codes = [country.code for country in chunk.countries] + [m.code for m in chunk.mentions]
    found += [{"country": [[code]]} for code in _unique(codes)]
    return list({repr(slot): slot for slot in found}.values())


def _quote_slots(chunk: Chunk) -> list[Slot]:
    # Without countries to look for, the sentences do not matter.
    sentences = split_sentences(chunk.text) if chunk.mentions else ()
    mentions = SpanIndex(chunk.mentions)
    starts, ends = [start for start, _ in sentences], [end for _, end in sentences]
    found: list[Slot] = []
    named: dict[tuple[int, int], list[str]] = {}
    for quote in chunk.quotes:
        first, behind = bisect_right(ends, quote.start), bisect_left(starts, quote.end)
        start, end = quote.start, quote.end
        if first < behind:
            start, end = starts[first], ends[behind - 1]
        own = [quote.speaker.country] if quote.speaker and quote.speaker.country else []
        if (start, end) not in named:
            near = mentions.touching(start, end)
            named[start, end] = _unique(m.code for m in near if start <= m.start and m.end <= end)
        codes = [[code] for code in _unique([*own, *named[start, end]])]
        found.append({**_voice_of(quote), "country": codes})
    return found


def _voice_of(quote: Quote) -> Slot:
    slot: dict[str, list[list[str]]] = {"cites": _outlet_words(quote.chain)}
    speaker = quote.speaker
    if speaker is not None:
        voices = _voices(speaker)
        slot["speaker"] = [terms(voice) for voice in _unique(voices)]
        slot["voice"] = [[speaker.type]]
        slot["name"] = [[name] for name in _unique(voices[:1])]
    return slot


def _codes(chunk: Chunk) -> Iterator[str]:
    yield from (quote.speaker.country or "" for quote in chunk.quotes if quote.speaker)
    yield from (country.code for country in chunk.countries)
    yield from (mention.code for mention in chunk.mentions)
    yield from (position.country for position in chunk.positions)


def _voices(speaker: model.Speaker | None) -> list[str]:
    names = (speaker.name, speaker.mention, speaker.role) if speaker else ()
    return [text for text in names if text]


def _sample(terms: Iterable[str]) -> tuple[int, ...]:
    """Return the lowest checksums of a text's shingles, a MinHash sketch (Broder 1997)."""
    words = list(islice(terms, SAMPLED))
    shingles = map(" ".join, zip(*(words[n:] for n in range(_SHINGLE)), strict=False))
    data = "\n".join(shingles).encode("utf-8", "replace")
    sums = set(map(zlib.crc32, data.split(b"\n"))) if data else ()
    return tuple(sorted(sums)[:SAMPLE])


def day_range(value: str | None) -> tuple[int, int]:
    """Return first and last day, yyyymmdd, of an ISO date or range, (0, 0) for anything else."""
    days = days_of(value) if value else None
    if days is None:
        return 0, 0
    first, last = (day.year * 10_000 + day.month * 100 + day.day for day in days)
    return first, last


def _outlet_words(names: Iterable[str]) -> list[list[str]]:
    found: list[list[str]] = []
    for name in names:
        initials = acronym(name)
        found += [terms(name), [initials]] if initials else [terms(name)]
    return found


def _unique(values: Iterable[str]) -> list[str]:
    return [_storable(value) for value in dict.fromkeys(values) if value]


def _storable(text: str) -> str:
    """Replace lone surrogates, which no file can hold, by question marks; offsets stay valid."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
