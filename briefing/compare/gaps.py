"""What a briefing lacks: where sources disagree, what rests on one origin, whom nobody heard.

A country that is named once or twice, and does not speak, is named in passing and no gap.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from briefing.compare.origin_counts import OriginTally, tally_origins
from briefing.compare.panels import CountryRow, Panels, QuoteRow, SourceRow, StanceNote, Standing
from briefing.compare.timeline import TimelineEntry
from briefing.isodates import days_of
from briefing.model import Record, fields_of

FEWEST_MENTIONS: Final = 3
"""The mentions from which on a country without a voice is no longer named in passing."""
_COUNTRY_CODE = 2
"""The letters of a country's code; those of groups but the EU's are longer."""


class OpenStanding(Record, frozen=True, kw_only=True):
    """Where a country stands on an object, with something open about it, and the cues to look at.

    `statements` counts the country's own quotes and paraphrases on whatever matter.
    """

    country: str
    name: str
    statements: int
    standing: Standing
    cues: tuple[StanceNote, ...]


class OneOrigin(Record, frozen=True, kw_only=True):
    """Articles that retell, reprint or copy one outlet's report, that outlet's own among them."""

    tally: OriginTally
    articles: tuple[str, ...]


class NoPosition(Record, frozen=True, kw_only=True):
    """A country without a position that is named or speaks; `articles` are those that name it."""

    country: str
    name: str
    mentions: int
    statements: int
    articles: tuple[str, ...]


class Gaps(Record, frozen=True, kw_only=True):
    """What a briefing lacks as of a day, the most important first.

    `one_origin`, `one_origin_quotes` and `one_origin_articles` are what several articles have from
    one outlet, `not_heard` the countries whose positions are all told by others, `one_article`
    those whose main position is told by one article, `foreign` the sources that are not in English.
    """

    as_of: str
    disagreements: tuple[OpenStanding, ...] = ()
    one_origin: tuple[OpenStanding, ...] = ()
    one_origin_quotes: tuple[QuoteRow, ...] = ()
    one_origin_articles: tuple[OneOrigin, ...] = ()
    no_position: tuple[NoPosition, ...] = ()
    not_heard: tuple[OpenStanding, ...] = ()
    one_article: tuple[OpenStanding, ...] = ()
    to_come: tuple[TimelineEntry, ...] = ()
    undated: tuple[SourceRow, ...] = ()
    foreign: tuple[SourceRow, ...] = ()


def find_gaps(panels: Panels, timeline: Sequence[TimelineEntry], as_of: dt.date) -> Gaps:
    """Return what the panels of a briefing lack; dates of its timeline are to come after `as_of`.

    Countries keep the order of the panels; those without a position are ordered by how often they
    speak, then by how often they are named.
    """
    every = [(row, standing) for row in panels.countries for standing in row.standings]
    main = [(row, row.standings[0]) for row in panels.countries if row.standings]

    def are(pairs: list[_Pair], is_open: Callable[[_Pair], bool]) -> tuple[OpenStanding, ...]:
        return tuple(_open_standing(*pair) for pair in pairs if is_open(pair))

    return Gaps(
        as_of=as_of.isoformat(),
        disagreements=are(every, lambda pair: bool(pair[1].conflicts)),
        one_origin=are(every, lambda pair: _has_one_origin(pair[1].tally)),
        one_origin_quotes=tuple(_find_one_origin_quotes(panels.quotes)),
        one_origin_articles=tuple(_find_one_origin_articles(panels.sources)),
        no_position=tuple(
            sorted(
                filter(None, map(_no_position, panels.countries)),
                key=lambda one: (-one.statements, -one.mentions),
            )
        ),
        not_heard=are(main, lambda pair: all(one.said_by == "other" for one in pair[0].ledger)),
        one_article=are(main, lambda pair: pair[1].tally.articles == 1 and not pair[1].conflicts),
        to_come=tuple(_find_dates_to_come(timeline, as_of)),
        undated=tuple(row for row in panels.sources if row.date is None),
        foreign=tuple(row for row in panels.sources if row.language),
    )


_Pair = tuple[CountryRow, Standing]


def newest_day(panels: Panels) -> dt.date | None:
    """Return the last day on which an article of the briefing appeared; None without a date."""
    days = [days_of(row.date.value) for row in panels.sources if row.date]
    return max((each[1] for each in days if each), default=None)


def _open_standing(row: CountryRow, standing: Standing) -> OpenStanding:
    """Return a standing with the first cue, of its latest date, for each of its stances."""
    cues = {standing.stance: standing.latest}
    for note in row.ledger:
        if note.date == standing.latest.date and note.stance in standing.at_odds:
            cues.setdefault(note.stance, note)
    return OpenStanding(
        country=row.code,
        name=row.name,
        statements=_statements(row),
        standing=standing,
        cues=tuple(cues.values()),
    )


def _has_one_origin(tally: OriginTally) -> bool:
    """Whether several articles have it from one outlet; where one does not tell, it may be two."""
    return tally.articles > 1 and len(tally.origins) == 1 and not tally.not_stated


def _find_one_origin_quotes(rows: Sequence[QuoteRow]) -> Iterator[QuoteRow]:
    """Yield the quotes of one origin that several articles have, the first of the same words."""
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        if _has_one_origin(row.tally) and row.key not in seen:
            seen.update(row.also)
            yield row


def _find_one_origin_articles(rows: Sequence[SourceRow]) -> Iterator[OneOrigin]:
    by_outlet: defaultdict[str, list[SourceRow]] = defaultdict(list)
    for row in rows:
        if row.origin.outlet is not None:
            by_outlet[row.origin.outlet].append(row)
    for found in by_outlet.values():
        if len(found) > 1 and any(row.kind != "own" for row in found):
            tally = tally_origins((row.article, row.origin) for row in found)
            yield OneOrigin(tally=tally, articles=tuple(row.article for row in found))


def _statements(row: CountryRow) -> int:
    return row.quotes.by + row.paraphrases.by


def _no_position(row: CountryRow) -> NoPosition | None:
    is_named = len(row.code) == _COUNTRY_CODE and row.mentions >= FEWEST_MENTIONS
    if row.standings or not (_statements(row) or is_named):
        return None
    counts = fields_of(row, "name", "mentions")
    return NoPosition(country=row.code, statements=_statements(row), articles=row.sources, **counts)


def _find_dates_to_come(
    timeline: Sequence[TimelineEntry], as_of: dt.date
) -> Iterator[TimelineEntry]:
    """Yield the sentences with a date that begins after a day, each once."""
    seen: set[tuple[str, str | None]] = set()
    for entry in timeline:
        days = days_of(entry.date)
        is_ahead = entry.kind == "sentence" and days is not None and days[0] > as_of
        if is_ahead and (entry.date, entry.text) not in seen:
            seen.add((entry.date, entry.text))
            yield entry
