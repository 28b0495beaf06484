"""The data types of a library: frozen records that every layer shares.

Offsets (`start`, `end`) are Unicode code points into the `text` of the chunk that holds the
annotation, `end` exclusive. `None` means: the text does not say. The names follow the W3C Web
Annotation model (TextQuoteSelector, TextPositionSelector), schema.org NewsArticle and ISO 3166-1.
"""

from __future__ import annotations

import functools
import threading
from typing import Any, Final, Literal, NamedTuple, TypeVar, get_args

import msgspec

_T = TypeVar("_T")
_BUILDING: Final = threading.Lock()

ARTICLE_FORMAT = "briefing/article/2"
BRIEFING_FORMAT = "briefing/briefing/1"
EDITS_FORMAT = "briefing/edits/2"

Role = Literal[
    "body", "heading", "standfirst", "caption", "editor-note", "boilerplate", "unrelated"
]
ROLES: tuple[Role, ...] = get_args(Role)
READ_ROLES: frozenset[Role] = frozenset({"body", "heading", "standfirst", "caption"})
"""The roles that are shown and searched by default; others are set aside, never dropped."""

QuoteKind = Literal["direct", "partial", "block", "indirect"]
SpeakerType = Literal["named", "spokesperson", "official", "anonymous", "institution", "document"]
VOICES: tuple[SpeakerType, ...] = get_args(SpeakerType)
CitationKind = Literal["source", "mention"]
SaidBy = Literal["self", "other"]
MetadataField = Literal[
    "headline", "publisher", "authors", "date", "updated", "language", "url", "reprint_of"
]
DatePrecision = Literal["day", "month", "year", "range"]
DateBasis = Literal["stated", "metadata", "inferred", "analyst"]
EditKind = Literal[
    "set-speaker",
    "drop-quote",
    "add-quote",
    "set-bounds",
    "pin",
    "set-role",
    "set-metadata",
    "rule-position",
    "set-position",
    "drop-mention",
    "add-mention",
    "set-mention",
    "note",
    "tag",
    "highlight",
]


class Record(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """Frozen, slotted, compared by value; an unknown field in a file is an error."""


def fields_of(record: Record, *names: str) -> dict[str, Any]:
    """Return the values of these fields, for a record that has them too."""
    return {name: getattr(record, name) for name in names}


def decoder_of(kind: type[_T]) -> msgspec.json.Decoder[_T]:
    """Return the JSON decoder of a type; types are read here one thread at a time.

    msgspec 0.22 notes a type before it has read its fields, and a thread that decodes it meanwhile
    ends the process: whatever threads may read first is decoded or converted after this.
    """
    with _BUILDING:
        found: msgspec.json.Decoder[_T] = _build_decoder(kind)
        return found


_build_decoder: Final[Any] = functools.cache(msgspec.json.Decoder)


TEXT_ITSELF: Final = "the words of the text"
"""The place of evidence that no single stretch of a text is: which language it is in."""


class Evidence(Record, frozen=True, kw_only=True):
    """The evidence for a value: its exact words, and where they stand.

    That is a chunk, by its id, or else a `place` outside the text: `meta og:title`, `field HD`,
    `header Subject`; None where that is unknown.
    """

    exact: str
    chunk: str | None = None
    place: str | None = None


class PublicationDate(Record, frozen=True, kw_only=True):
    """When an article appeared or was changed, as precisely as it says.

    `value` is ISO 8601: `2020-01-23`, `2019-03`, `2019`, or a range `2019-02/2019-03`.
    """

    value: str
    precision: DatePrecision
    basis: DateBasis
    evidence: Evidence | None = None


class Reprint(Record, frozen=True, kw_only=True):
    """The original of an article that this host republishes."""

    publisher: str | None = None
    headline: str | None = None
    date: str | None = None
    url: str | None = None


class MetadataEvidence(Record, frozen=True, kw_only=True):
    """The evidence for each field of an article's metadata; dates have their own."""

    headline: Evidence | None = None
    publisher: Evidence | None = None
    authors: Evidence | None = None
    language: Evidence | None = None
    url: Evidence | None = None
    reprint_of: Evidence | None = None


class Source(Record, frozen=True, kw_only=True):
    """The bytes an article was made from: a file below the briefing's `originals/`.

    `sha256` is of those bytes, in lower-case hex; `added` is UTC, ISO 8601 with `Z`. `reader` is
    the name of the reader that made the article of them; `part` counts the articles of a file that
    holds several, from 1. `section` and `words` (a count) are what the source states. `address` is
    what was asked for where the bytes were fetched. `double_of` is the place, `BRIEFING/ARTICLE`,
    of an article whose text or address it shared when added.
    """

    file: str
    media_type: str
    sha256: str
    added: str
    encoding: str | None = None
    reader: str | None = None
    part: int | None = None
    section: str | None = None
    words: int | None = None
    double_of: str | None = None
    address: str | None = None


class Annotator(Record, frozen=True, kw_only=True):
    """What made the annotations; `digest` is over all as written and reveals edits by hand.

    `read` is the digest of what was read from the original; later annotation keeps it, so that it
    reveals metadata or text set by hand. `codebook` is the stamp of the codebook that the stances
    are of. None where they are unknown.
    """

    name: str
    version: int
    digest: str
    read: str | None = None
    codebook: str | None = None


class CountryWeight(Record, frozen=True, kw_only=True):
    """How much of a chunk is about a country; the weights of a chunk sum to about 1."""

    code: str
    weight: float


class Mention(Record, frozen=True, kw_only=True):
    """A span that names a country: its name, demonym, capital, or institution standing for it."""

    code: str
    start: int
    end: int
    rule: str | None = None


class Speaker(Record, frozen=True, kw_only=True):
    """Who said it: `name` is the fullest form the article knows, `mention` the form used here."""

    name: str | None = None
    role: str | None = None
    type: SpeakerType
    country: str | None = None
    mention: str | None = None


class Quote(Record, frozen=True, kw_only=True):
    """A span of speech; the marks stay outside, and `text[start:end] == exact` always holds.

    `utterance` is shared by the parts of one interrupted statement. `to` is the addressee, a person
    or outlet. `chain` is how it came here, innermost first: the speaker, then each who passed it
    on, without the article itself; empty when the article quotes the speaker directly. `rule` is
    the rule that attributed it.
    """

    id: str
    kind: QuoteKind
    start: int
    end: int
    exact: str
    utterance: str | None = None
    speaker: Speaker | None = None
    cue: str | None = None
    to: str | None = None
    chain: tuple[str, ...] = ()
    rule: str


class Citation(Record, frozen=True, kw_only=True):
    """An outlet or document that the chunk names: as its `source`, or only as a `mention`."""

    outlet: str
    start: int
    end: int
    kind: CitationKind = "source"
    rule: str | None = None


class Position(Record, frozen=True, kw_only=True):
    """What a country says or does about the question, with the clause that shows it.

    `target` is the code of the country it is directed at, `object` the words for what it is about,
    `actor` the words for who acts. `said_by` is `self` where the country's own voice says so, else
    `other`; `chain` names who passed it on, innermost first. `date` is when it was so, as in
    PublicationDate, where the analyst says.
    """

    country: str
    stance: str
    target: str | None = None
    object: str | None = None
    hedge: str | None = None
    said_by: SaidBy | None = None
    actor: str | None = None
    chain: tuple[str, ...] = ()
    date: str | None = None
    start: int
    end: int
    rule: str


class HighlightedSpan(Record, frozen=True, kw_only=True):
    """A span that the analyst highlighted."""

    start: int
    end: int


class Dismissal(Record, frozen=True, kw_only=True):
    """A span that the analyst ruled to show no position: of a country, or of any where None."""

    country: str | None = None
    start: int
    end: int


class Link(Record, frozen=True, kw_only=True):
    """A hyperlink's words; `url` is None where the page had no address left."""

    start: int
    end: int
    url: str | None = None


class DateMention(Record, frozen=True, kw_only=True):
    """A span that names a day, a month, a year or a range of them; `value` as in PublicationDate.

    `basis` is `stated` where the words give the whole date, `inferred` where the publication date
    or the tense of the sentence completes it. `rule` is the rule that read it.
    """

    start: int
    end: int
    value: str
    precision: DatePrecision
    basis: DateBasis
    rule: str


class Chunk(Record, frozen=True, kw_only=True):
    """One block of an article in reading order: the unit of search and of annotation.

    `reason` is the rule that gave a role other than `body`; `section` is the heading or run-in
    label above it. `time` is when a live report posted it, ISO 8601 as on the page. `text` is kept
    as it was read, with odd spaces, typos and marks. What `EDITED` names comes from edits only;
    `pins` are the ids of pinned quotes.
    """

    id: str
    role: Role
    reason: str | None = None
    section: str | None = None
    time: str | None = None
    text: str
    countries: tuple[CountryWeight, ...] = ()
    mentions: tuple[Mention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    citations: tuple[Citation, ...] = ()
    positions: tuple[Position, ...] = ()
    links: tuple[Link, ...] = ()
    dates: tuple[DateMention, ...] = ()
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    dismissed: tuple[Dismissal, ...] = ()
    highlights: tuple[HighlightedSpan, ...] = ()
    pins: tuple[str, ...] = ()


SPANNED = ("mentions", "quotes", "citations", "positions", "links", "dates")
"""The fields of a chunk whose items are spans of its text, in the order of the file."""
ANNOTATED = ("countries", "mentions", "quotes", "citations", "positions", "dates")
"""The fields of a chunk that annotators fill, and fill again."""
EDITED = ("tags", "notes", "dismissed", "highlights", "pins")
"""The fields of a chunk that only edits fill; they are never written to an article file."""
NO_POSITION = "none"
"""The stance of a ruling that a sentence shows no position."""


class Article(Record, frozen=True, kw_only=True):
    """One source document: metadata and all chunks in reading order.

    The fields of chunks in `EDITED` come only from edits and are never written to its file.
    """

    format: str = ARTICLE_FORMAT
    id: str
    headline: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    date: PublicationDate | None = None
    updated: PublicationDate | None = None
    language: str | None = None
    url: str | None = None
    reprint_of: Reprint | None = None
    evidence: MetadataEvidence = MetadataEvidence()
    source: Source
    annotator: Annotator | None = None
    chunks: tuple[Chunk, ...] = ()


class Alias(Record, frozen=True, kw_only=True):
    """Names that the analyst treats as one: every form in `forms` is shown as `name`."""

    name: str
    forms: tuple[str, ...]


class Aliases(Record, frozen=True, kw_only=True):
    """The analyst's aliases, in addition to what annotators merge within an article."""

    speakers: tuple[Alias, ...] = ()
    outlets: tuple[Alias, ...] = ()


class PinnedQuote(Record, frozen=True, kw_only=True):
    """A quote that the analyst pinned: its article, and its exact words as the anchor."""

    article: str
    exact: str


class Feed(Record, frozen=True, kw_only=True):
    """The address of a feed; of its entries those with one of the `words` are fetched, or all."""

    address: str
    words: tuple[str, ...] = ()


class SavedSearch(Record, frozen=True, kw_only=True):
    """A query saved under a name.

    `last_run` and the ids `seen` then are noted apart, not in the analyst's file.
    """

    name: str
    query: str
    last_run: str | None = None
    seen: tuple[str, ...] = ()


class StanceSpec(Record, frozen=True, kw_only=True):
    """A stance as the analyst wrote it; without cues they are those that its name has."""

    cues: tuple[str, ...] = ()
    opposite: str | None = None


StanceMapping = dict[str, StanceSpec | tuple[str, ...] | None]
CodebookSpec = str | tuple[str | StanceMapping, ...] | StanceMapping
"""A codebook as it stands in `briefing.yaml`: the name of a shipped book, a list of such names,
words and mappings, or a mapping of each stance to its cues; `codebooks.resolve` reads it."""


class BriefingInfo(Record, frozen=True, kw_only=True):
    """The analyst's own file, `briefing.yaml`: the question and how answers are judged.

    `codebook` is None where none is given; one is chosen then. `sample` marks a read-only briefing
    that ships with the program.
    """

    format: str = BRIEFING_FORMAT
    title: str
    question: str | None = None
    bottom_line: str | None = None
    tags: tuple[str, ...] = ()
    codebook: CodebookSpec | None = None
    aliases: Aliases = Aliases()
    pinned: tuple[PinnedQuote, ...] = ()
    feeds: tuple[str | Feed, ...] = ()
    searches: tuple[SavedSearch, ...] = ()
    sample: bool = False


class Anchor(Record, frozen=True, kw_only=True):
    """A place in an article: `prefix + exact + suffix` must match exactly once."""

    article: str
    exact: str
    prefix: str = ""
    suffix: str = ""


class Choice(Record, frozen=True, kw_only=True):
    """One of the places where words stand, with the chunk's id and the text around them."""

    anchor: Anchor
    chunk: str
    before: str
    exact: str
    after: str


class Edit(Record, frozen=True, kw_only=True):
    """An analyst's correction, stored apart from machine output and applied when it is read.

    `content.edit_kinds` has a row for each kind: which of the optional fields it needs, and what it
    does. A ruling's stance `none` says that its words show no position, of any country where it
    names none. `words` are the new exact words of a quote, `country` the code of a position or a
    mention; `text` is that of a note or a tag, and the reason for any other kind. `set-metadata`
    sets `field` to `value`: text, the names of authors, a reprint, an ISO 8601 date of any
    precision, or None where the article does not say; its anchor is the evidence, and may be empty.
    `by` is who made the edit, `made` when (ISO 8601, UTC).
    """

    id: str
    kind: EditKind
    anchor: Anchor
    speaker: Speaker | None = None
    quote_kind: QuoteKind | None = None
    role: Role | None = None
    field: MetadataField | None = None
    value: str | tuple[str, ...] | Reprint | None = None
    country: str | None = None
    stance: str | None = None
    target: str | None = None
    object: str | None = None
    date: str | None = None
    words: str | None = None
    text: str | None = None
    by: str | None = None
    made: str | None = None


class Orphan(Record, frozen=True, kw_only=True):
    """An edit whose anchor no longer matches once: kept, reported, never moved."""

    edit: Edit
    reason: str


class PlacedEdit(Record, frozen=True, kw_only=True):
    """An edit in a sentence and where it is: a span of a chunk, None for an article's metadata.

    `reason` is why it has no place any more, None for one that applies.
    """

    edit: Edit
    says: str
    chunk: str | None = None
    start: int = 0
    end: int = 0
    reason: str | None = None


class Problem(Record, frozen=True, kw_only=True):
    """Something `briefing check` found; `line` and `column` count from 1.

    `wrong_quote` is whether a quote is not in the stored text, which no export passes over.
    """

    file: str
    message: str
    line: int | None = None
    column: int | None = None
    severity: Literal["error", "warning"] = "error"
    wrong_quote: bool = False

    @property
    def place(self) -> str:
        """The file with line and column, as far as they are known."""
        parts = (self.file, self.line, self.column)
        return ":".join(str(part) for part in parts if part is not None)


class Briefing(Record, frozen=True, kw_only=True):
    """One question with its articles, edits applied; `problems` name the skipped files."""

    name: str
    info: BriefingInfo
    articles: tuple[Article, ...] = ()
    edits: tuple[Edit, ...] = ()
    orphans: tuple[Orphan, ...] = ()
    problems: tuple[Problem, ...] = ()


def text_stamp(article: Article) -> str:
    """Return what tells the text of an article from another one that it had before."""
    read = article.annotator.read if article.annotator is not None else None
    return (read or article.source.sha256)[:12]


def origin_of(source: Source) -> str:
    """Return what tells the bytes of an article from any other: their hash, and their part."""
    return source.sha256 if source.part is None else f"{source.sha256}/{source.part}"


def paragraph_numbers(article: Article) -> dict[str, int]:
    """Map the id of every body chunk to its paragraph number (¶), counted from 1."""
    body = (chunk.id for chunk in article.chunks if chunk.role == "body")
    return {chunk_id: number for number, chunk_id in enumerate(body, 1)}


def read_chunks(article: Article) -> tuple[Chunk, ...]:
    """Return the chunks that are read unless more is asked for."""
    return tuple(chunk for chunk in article.chunks if chunk.role in READ_ROLES)


class Place(NamedTuple):
    """An article, and in it a chunk and a span, as far as they are chosen.

    `start` and `end` are code points into the chunk's text; `quote` is the id of the quote there.
    """

    article: str
    chunk: str | None = None
    start: int = 0
    end: int = 0
    quote: str | None = None
