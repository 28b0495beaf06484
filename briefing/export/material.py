"""What an export is made from: a briefing as it was asked for, and what was compared in it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from msgspec.structs import replace

from briefing.compare.build import build_panels
from briefing.compare.changes import Changes
from briefing.compare.choosing import country_row, source_label
from briefing.compare.gaps import Gaps, find_gaps
from briefing.compare.panels import CountryRow, Panels, QuoteRow, SourceRow, StanceNote
from briefing.compare.timeline import TimelineEntry, build_timeline
from briefing.errors import NotFoundError, list_known
from briefing.export.statements import (
    ShownStatement,
    StoredPlaces,
    Stretch,
    gather_statements,
    stretch_at,
)
from briefing.export.verifying import stored_places
from briefing.isodates import days_of, require_days
from briefing.model import Article, Briefing, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """The rows of one export; `sources` are numbered from 1 as they will stand.

    `quotes` are the rows of statements; `statements` those a memo may show, in the order of
    their countries. `generated` is the ISO date to print. `undated_out` and `older_out` count the
    articles that `since` leaves out, `broken` names the files that could not be read.
    """

    briefing: Briefing
    panels: Panels
    request: ExportRequest
    generated: str
    articles: Mapping[str, Article]
    gaps: Gaps
    places: StoredPlaces
    changes: Changes | None
    country: CountryRow | None
    countries: tuple[CountryRow, ...]
    quotes: tuple[QuoteRow, ...]
    statements: tuple[ShownStatement, ...]
    timeline: tuple[TimelineEntry, ...]
    source_rows: tuple[SourceRow, ...]
    sources: Mapping[str, int]
    undated_out: int = 0
    older_out: int = 0

    def text(self, stretch: Stretch) -> str:
        """Return the stored words of a stretch."""
        chunk = self.places[stretch.article, stretch.chunk].chunk
        return chunk.text[stretch.start : stretch.end]

    def called(self, article: Article) -> str:
        """Return what an article is called among the sources, without its date."""
        label = source_label(self.panels, article.id)
        return label.removesuffix(f" {article.date.value}") if article.date else label

    def stretch_of(self, note: StanceNote) -> Stretch:
        """Return the sentences that show a cue."""
        return stretch_at(self.places, note)

    def words(self) -> int:
        """Return how many words the paragraphs have of the articles that the export is about."""
        return sum(
            len(chunk.text.split())
            for row in self.source_rows
            for chunk in self.articles[row.article].chunks
            if chunk.role == "body"
        )


def gather_material(
    briefing: Briefing,
    panels: Panels,
    request: ExportRequest,
    *,
    generated: str,
    changes: Changes | None = None,
) -> Material:
    """Return what is exported of a briefing, whose panels these are.

    Raises NotFoundError for a country or a quote that the briefing does not have, UsageError for a
    date that is none.
    """
    known = {(row.article, row.quote.id) for row in (*panels.quotes, *panels.paraphrases)}
    for each in request.select:
        if each not in known:
            raise NotFoundError(f"the briefing {panels.name} has no quote {'/'.join(each)}")
    kept, undated, older = _keep_since(briefing, request.since)
    if kept is not briefing:
        panels = build_panels(kept)
    places = stored_places(kept)
    country = _find_country(panels, request.country) if request.country else None
    timeline = build_timeline(kept, country=country.code if country else None)
    quotes = choose_quotes(panels, request, country)
    statements = gather_statements(quotes, places)
    used = {entry.article for entry in timeline if entry.kind == "sentence"}
    used |= {row.article for found in statements for row in (*found.parts, *found.repeats)}
    used |= {note.article for note in country.ledger} if country else set()
    rows = tuple(row for row in panels.sources if country is None or row.article in used)
    return Material(
        briefing=kept,
        panels=panels,
        request=request,
        generated=generated,
        articles={article.id: article for article in kept.articles},
        places=places,
        changes=changes,
        gaps=find_gaps(panels, timeline, dt.date.fromisoformat(generated)),
        country=country,
        countries=(country,) if country else panels.countries,
        quotes=quotes,
        statements=statements,
        timeline=timeline,
        source_rows=rows,
        sources={row.article: number for number, row in enumerate(rows, 1)},
        undated_out=undated,
        older_out=older,
    )


def _keep_since(briefing: Briefing, since: str | None) -> tuple[Briefing, int, int]:
    """Return the briefing without articles that are undated or older, and how many these are."""
    if since is None:
        return briefing, 0, 0
    first = require_days(since)
    dated = [article for article in briefing.articles if article.date]
    days = (days_of(each.date.value if each.date else "") for each in dated)
    kept = [each for each, own in zip(dated, days, strict=True) if own and own[1] >= first[0]]
    left = replace(briefing, articles=tuple(kept))
    return left, len(briefing.articles) - len(dated), len(dated) - len(kept)


def _find_country(panels: Panels, code: str) -> CountryRow:
    row = country_row(panels, code) or country_row(panels, code.upper())
    if row is None:
        known = list_known((), [each.code for each in panels.countries])
        raise NotFoundError(f"the briefing {panels.name} has no country {code}", known)
    return row


def choose_quotes(
    panels: Panels, request: ExportRequest, country: CountryRow | None
) -> tuple[QuoteRow, ...]:
    """Return the rows that are asked for: quotes, and the paraphrases that may be shown."""
    rows = (*panels.quotes, *panels.paraphrases)
    if request.select:
        selected = frozenset(request.select)
        rows = tuple(row for row in rows if (row.article, row.quote.id) in selected)
    elif not request.with_paraphrases:
        rows = (*panels.quotes, *_evidence(panels))
    return tuple(
        row
        for row in rows
        if (row.pinned or not request.pinned) and (country is None or row.concerns(country.code))
    )


def _evidence(panels: Panels) -> Sequence[QuoteRow]:
    """Return the paraphrases in which a country's own voice shows a position of that country."""
    shown: defaultdict[tuple[str | None, str, str], list[StanceNote]] = defaultdict(list)
    for country in panels.countries:
        for note in country.ledger:
            if note.said_by == "self":
                shown[country.code, note.article, note.chunk].append(note)
    return [
        row
        for row in panels.paraphrases
        if row.pinned
        or any(
            row.quote.start < note.end and note.start < row.quote.end
            for note in shown[row.by, row.article, row.chunk]
        )
    ]


Citations = Literal["footnotes", "pandoc", "plain"]
RowKind = Literal["quotes", "positions", "ledger"]
ROW_KINDS: tuple[RowKind, ...] = get_args(RowKind)


class ExportRequest(Record, frozen=True, kw_only=True):
    """What goes into an export; everything, within the length of a memo, by default.

    `country` is a code; `since` an ISO date that leaves out what is older or undated; `select`
    names statements by article and quote id. `with_paraphrases` offers every paraphrase as a key
    statement, and not only those that show a position; `full` lifts the limit of length. `rows`
    chooses one table of rows.
    """

    country: str | None = None
    since: str | None = None
    pinned: bool = False
    select: tuple[tuple[str, str], ...] = ()
    with_paraphrases: bool = False
    full: bool = False
    citations: Citations = "footnotes"
    rows: RowKind | None = None

    @property
    def is_part(self) -> bool:
        """Whether only a part of the briefing is asked for."""
        return bool(self.country or self.since or self.pinned or self.select)
