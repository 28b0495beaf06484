"""The three panels of a briefing as plain data, countries, quotes and sources; and its counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from briefing.compare import origin_counts
from briefing.compare.origins import NOT_STATED, Circle, Origin, OriginGraph
from briefing.compare.text_origins import TextKind
from briefing.model import Annotator, Place, PublicationDate, Quote, Record, Reprint, SaidBy
from briefing.paraphrases import ParaphraseKind
from briefing.wording import quotes_in_words

CountryGroup = Literal["actor", "topic", "mentioned"]
"""A country that speaks or has a position, one that is only spoken about, one only mentioned."""


class Tally(Record, frozen=True, kw_only=True):
    """How many quotes are by a country, and how many by others about it."""

    by: int = 0
    about: int = 0

    @property
    def total(self) -> int:
        """How many there are of both."""
        return self.by + self.about

    def plus(self, other: Tally) -> Tally:
        """Return both counts added up."""
        return Tally(by=self.by + other.by, about=self.about + other.about)


Conflict = Literal["articles", "voices"]
"""How cues of one date disagree: articles with each other, or a country's own word with others'."""


class StanceNote(Record, frozen=True, kw_only=True):
    """One cue for a country's stance, where it stands, and who says so.

    `ruled` is whether the analyst ruled on it, `turned` whether a turned cue shows the stance: a
    ban that was lifted or rejected.
    """

    article: str
    chunk: str
    paragraph: int | None = None
    stance: str
    target: str | None = None
    object: str | None = None
    hedge: str | None = None
    said_by: SaidBy = "other"
    actor: str | None = None
    chain: tuple[str, ...] = ()
    date: str | None = None
    start: int
    end: int
    ruled: bool = False
    turned: bool = False
    origin: Origin = NOT_STATED

    @property
    def place(self) -> Place:
        """The sentence with the cue."""
        return Place(self.article, self.chunk, self.start, self.end)


class Move(Record, frozen=True, kw_only=True):
    """A change of stance from one date to another, with the cue of either."""

    former: StanceNote
    latter: StanceNote


class Standing(Record, frozen=True, kw_only=True):
    """Where a country stands on an object, None where none is named, and since when.

    `latest` is the cue that shows it; `own` is the latest by the country itself, `others` that of
    others about it. `at_odds` are the stances of the latest date where its cues disagree, `stance`
    first. `cues` counts them all, `tally` the articles and origins of those with the stance.
    """

    object: str | None = None
    stance: str
    since: str | None = None
    latest: StanceNote
    own: StanceNote | None = None
    others: StanceNote | None = None
    moves: tuple[Move, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    at_odds: tuple[str, ...] = ()
    cues: int = 0
    tally: origin_counts.OriginTally = origin_counts.OriginTally()

    @property
    def former(self) -> str | None:
        """The stance before this one, where the latest move led to this one."""
        last = self.moves[-1] if self.moves else None
        return last.former.stance if last and last.latter.stance == self.stance else None


class CountryRow(Record, frozen=True, kw_only=True):
    """A country or group in the first panel.

    `quotes` and `paraphrases` are counted apart, and `group` says where they put the country.
    `standings` holds where it stands by object, that of most cues in the briefing first;
    `stance`, `former` and `conflict` are those of the first. The ledger of cues is in time order,
    undated last.
    `sources` are the ids of all articles that name the country or have a quote on it.
    """

    code: str
    name: str
    group: CountryGroup = "mentioned"
    quotes: Tally = Tally()
    paraphrases: Tally = Tally()
    mentions: int = 0
    articles: int = 0
    stance: str | None = None
    former: str | None = None
    conflict: bool = False
    standings: tuple[Standing, ...] = ()
    ledger: tuple[StanceNote, ...] = ()
    sources: tuple[str, ...] = ()


class QuoteRow(Record, frozen=True, kw_only=True):
    """A quote in the second panel: the country it is `by`, if known, and others it is `about`.

    `paraphrase` is what an indirect quote reports: speech, a thought, an attitude or a phrase.
    `also` are the `(article, chunk, quote id)` of the same words elsewhere; `variants` is whether
    any of them differs from this one. `tally` counts the articles and origins of all of them.
    `source` is the article's short label, `number` counts quotes and paraphrases of the briefing in
    reading order.
    """

    article: str
    chunk: str
    number: int = 0
    paragraph: int | None = None
    section: str | None = None
    source: str
    quote: Quote
    paraphrase: ParaphraseKind | None = None
    by: str | None = None
    about: tuple[str, ...] = ()
    pinned: bool = False
    also: tuple[tuple[str, str, str], ...] = ()
    variants: bool = False
    origin: Origin = NOT_STATED
    tally: origin_counts.OriginTally = origin_counts.OriginTally()

    @property
    def key(self) -> tuple[str, str, str]:
        """Article, chunk and quote id, as in `also`."""
        return self.article, self.chunk, self.quote.id

    @property
    def place(self) -> Place:
        """Where the quote stands."""
        return Place(self.article, self.chunk, self.quote.start, self.quote.end, self.quote.id)

    def concerns(self, code: str) -> bool:
        """Whether the quote is by a country or about it."""
        return code == self.by or code in self.about


class SourceRow(Record, frozen=True, kw_only=True):
    """An article in the third panel, numbered from 1 in reading order.

    It counts by its `origin`: the outlet `text_of` whose text it is, in which way says `kind`, or
    that whose report it opens with. `stated` says where its metadata stood, `double_of` is that of
    its Source. `stamp` tells its text from what it was before, `text` numbers its text from 1,
    which copies share. `language` is a code, None for English and where it is not known.
    """

    number: int
    article: str
    label: str
    headline: str | None = None
    publisher: str | None = None
    date: PublicationDate | None = None
    reprint_of: Reprint | None = None
    cites: tuple[str, ...] = ()
    quotes: int = 0
    paraphrases: int = 0
    countries: int = 0
    paragraphs: int = 0
    set_aside: int = 0
    url: str | None = None
    stated: tuple[str, ...] = ()
    double_of: str | None = None
    stamp: str = ""
    origin: Origin = NOT_STATED
    text_of: str | None = None
    kind: TextKind = "own"
    text: int = 0
    language: str | None = None

    @property
    def place(self) -> Place:
        """The article."""
        return Place(self.article)


class CodebookNote(Record, frozen=True, kw_only=True):
    """The codebook of a briefing's stances: the name of a shipped one, and its stances.

    `reason` is why it was chosen, None where the analyst gave it; `is_newer` whether stances of
    some articles are of an older one.
    """

    name: str | None
    stances: tuple[str, ...]
    reason: str | None = None
    is_newer: bool = False


class Panels(Record, frozen=True, kw_only=True):
    """What the briefing screen shows before anything is chosen; kept ready-made in the index.

    `quotes` are the spans in marks or set apart; `paraphrases` what the reporter's own words say of
    a known speaker's statements, thoughts and attitudes.
    """

    name: str
    title: str
    question: str | None = None
    bottom_line: str | None = None
    codebook: CodebookNote | None = None
    countries: tuple[CountryRow, ...] = ()
    quotes: tuple[QuoteRow, ...] = ()
    paraphrases: tuple[QuoteRow, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    circles: tuple[Circle, ...] = ()
    orphans: int = 0
    problems: int = 0

    def counted_quotes(self) -> str:
        """Return how many quotes and paraphrases there are, whichever stand among them."""
        return quotes_in_words(
            sum(row.paraphrase is None for row in self.quotes), len(self.paraphrases)
        )

    def quotes_and_paraphrases(self) -> tuple[QuoteRow, ...]:
        """Return paraphrases among the quotes by their place, pinned ones first."""
        rows = self.quotes + self.paraphrases
        return tuple(sorted(rows, key=lambda row: (not row.pinned, row.number)))

    def counted_sources(self) -> tuple[str, ...]:
        """Return how many articles there are, and how many origins where these are fewer."""
        texts = {row.article: row.text for row in self.sources if row.text}
        found = ((row.article, row.origin) for row in self.sources)
        tally = origin_counts.tally_origins(
            found, OriginGraph(articles={}, texts=texts, circles=self.circles)
        )
        articles = origin_counts.counted_articles(tally)
        are_own = len(tally.origins) == len(self.sources)
        return (articles,) if are_own else (articles, origin_counts.counted_origins(tally))


PANELS = "panels"
COUNTS = "counts"
"""The keys of two fast copies: `Panels`, absent where they have yet to be built, and counts."""


class ArticleCounts(Record, frozen=True, kw_only=True):
    """What an article adds to the row of its briefing in the library list."""

    quotes: int
    paraphrases: int
    date: str | None
    added: str
    countries: tuple[str, ...]
    annotator: Annotator | None


class BriefingCounts(Record, frozen=True, kw_only=True):
    """The counts of a briefing's articles, its codebook, and a digest of each article's edits."""

    articles: Mapping[str, ArticleCounts]
    codebook: CodebookNote | None
    edits: Mapping[str, str]

    def reading_order(self) -> tuple[str, ...]:
        """Return the ids of the articles, ordered as `compare.build.reading_order` does."""
        by_id = sorted(self.articles)
        return tuple(sorted(by_id, key=lambda one: self.articles[one].date or "", reverse=True))
