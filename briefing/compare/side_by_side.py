"""Two countries, or two sources, set against each other: pure functions over `Panels`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from briefing.compare.panels import Panels, QuoteRow, StanceNote
from briefing.compare.place import Place
from briefing.compare.standing_words import OWN_VOICES, about_heading, country_counts, part_quotes
from briefing.model import Article, Record
from briefing.visible import one_line
from briefing.wording import counted, quotes_in_words, short_date

Basis = Literal["country", "source"]


class Side(Record, frozen=True, kw_only=True):
    """What can stand in a column: a country by its code, or a source by its article's id.

    `badge` is the code or the number, `facts` its counts in words.
    """

    key: str
    badge: str
    name: str
    facts: str


class StanceCue(Record, frozen=True, kw_only=True):
    """A cue for a stance with its country and source; `sentence` is None where it was not read."""

    note: StanceNote
    code: str
    country: str
    source: str
    sentence: str | None = None

    @property
    def place(self) -> Place:
        """The sentence with the cue."""
        return self.note.place


class ComparedQuote(Record, frozen=True, kw_only=True):
    """A quote, and whether the other side has it as well."""

    row: QuoteRow
    shared: bool

    @property
    def place(self) -> Place:
        """Where the quote stands."""
        return self.row.place


class QuoteGroup(Record, frozen=True, kw_only=True):
    """The quotes of a side that stand under one heading."""

    heading: str
    quotes: tuple[ComparedQuote, ...]


class ComparedSide(Record, frozen=True, kw_only=True):
    """All that one side has: its cues for a stance, and its quotes by heading."""

    side: Side
    cues: tuple[StanceCue, ...]
    groups: tuple[QuoteGroup, ...]


class Comparison(Record, frozen=True, kw_only=True):
    """Two sides under the same headings, also where there is nothing under one of them."""

    title: str
    basis: Basis
    sides: tuple[ComparedSide, ComparedSide]


def sides(panels: Panels, basis: Basis) -> tuple[Side, ...]:
    """Return all that can stand in a column, in the order of the panels."""
    if basis == "country":
        return tuple(
            _side(
                row.code,
                row.code,
                row.name,
                country_counts(row),
                counted(row.mentions, "mention"),
                counted(row.articles, "article"),
            )
            for row in panels.countries
        )
    return tuple(
        _side(
            row.article,
            str(row.number),
            row.label,
            short_date(row.date),
            quotes_in_words(row.quotes, row.paraphrases),
            counted(row.countries, "country"),
        )
        for row in panels.sources
    )


def _side(key: str, badge: str, name: str, *facts: str) -> Side:
    return Side(key=key, badge=one_line(badge), name=one_line(name), facts=" · ".join(facts))


def first_pair(options: Sequence[Side], chosen: str | None) -> tuple[str | None, str | None]:
    """Return the chosen side and the next one: the two that the columns begin with."""
    keys = [side.key for side in options]
    at = keys.index(chosen) if chosen in keys else 0
    left = keys[at] if keys else None
    rest = [key for key in (*keys[at + 1 :], *keys) if key != left]
    return left, rest[0] if rest else None


def kept_pair(
    options: Sequence[Side], pair: tuple[str | None, str | None]
) -> tuple[str | None, str | None]:
    """Return the pair, with another side in place of one that is no longer an option."""
    keys = {side.key for side in options}
    left, right = (key if key in keys else None for key in pair)
    if left is not None and right is not None:
        return left, right
    if left is None and right is not None:
        return first_pair(options, right)[::-1]
    return first_pair(options, left)


def next_side(
    options: Sequence[Side], here: str | None, other: str | None, direction: int
) -> str | None:
    """Return the side after `here`, or before it, skipping `other`; the last leads to the first."""
    keys = [side.key for side in options if side.key != other]
    if here not in keys:
        return here
    return keys[(keys.index(here) + direction) % len(keys)]


def cues(
    panels: Panels, basis: Basis, key: str, articles: Mapping[str, Article] | None = None
) -> tuple[StanceCue, ...]:
    """Return the cues of a country in time order, or those of a source by country.

    Their sentences are taken from `articles`, by id.
    """
    return choose_cues(
        panels, lambda code, note: key == (code if basis == "country" else note.article), articles
    )


def choose_cues(
    panels: Panels,
    wanted: Callable[[str, StanceNote], bool],
    articles: Mapping[str, Article] | None = None,
) -> tuple[StanceCue, ...]:
    """Return the cues that are wanted of a country's code and its note, country by country."""
    labels = {row.article: row.label for row in panels.sources}
    return tuple(
        StanceCue(
            note=note,
            code=row.code,
            country=row.name,
            source=labels.get(note.article, note.article),
            sentence=_sentence(note, (articles or {}).get(note.article)),
        )
        for row in panels.countries
        for note in row.ledger
        if wanted(row.code, note)
    )


def _sentence(note: StanceNote, article: Article | None) -> str | None:
    chunks = article.chunks if article is not None else ()
    return next((one.text[note.start : note.end] for one in chunks if one.id == note.chunk), None)


def quote_groups(
    panels: Panels, basis: Basis, key: str, other: str | None
) -> tuple[QuoteGroup, ...]:
    """Return the quotes of a side: of a country those by it, then those about it.

    Shared are those that the other side has too, or a twin of. Both groups of a country are
    returned, and may be empty.
    """
    theirs: set[tuple[str, str, str]] = set()
    if other is not None:
        theirs = {row.key for _, rows in _quotes(panels, basis, other) for row in rows}
    return tuple(
        QuoteGroup(
            heading=heading,
            quotes=tuple(
                ComparedQuote(row=row, shared=row.key in theirs or not theirs.isdisjoint(row.also))
                for row in rows
            ),
        )
        for heading, rows in _quotes(panels, basis, key)
    )


def filled(groups: Sequence[QuoteGroup]) -> tuple[QuoteGroup, ...]:
    """Return the groups without an empty second one, or one empty group where none has a quote."""
    if not any(group.quotes for group in groups):
        return (QuoteGroup(heading="Quotes", quotes=()),)
    return (groups[0], *(group for group in groups[1:] if group.quotes))


def _quotes(panels: Panels, basis: Basis, key: str) -> tuple[tuple[str, Sequence[QuoteRow]], ...]:
    if basis == "source":
        return (("Quotes", [row for row in panels.quotes if row.article == key]),)
    names = {row.code: one_line(row.name) for row in panels.countries}
    own, about = part_quotes(panels.quotes, key)
    return ((OWN_VOICES, own), (about_heading(names.get(key, key)), about))


def compare(
    panels: Panels, basis: Basis, pair: tuple[str, str], articles: Mapping[str, Article]
) -> Comparison:
    """Return two sides of the panels with all that the screen shows of them.

    `pair` holds the keys of two of `sides(panels, basis)`, `articles` those that cues stand in.
    """
    options = {side.key: side for side in sides(panels, basis)}
    left, right = (
        ComparedSide(
            side=options[key],
            cues=cues(panels, basis, key, articles),
            groups=quote_groups(panels, basis, key, other),
        )
        for key, other in (pair, pair[::-1])
    )
    return Comparison(title=panels.title, basis=basis, sides=(left, right))
