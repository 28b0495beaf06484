"""The ledger of positions: where each country stands on each object, since when, and who says so.

It sums up cues; it does not decide. Within one date an analyst's ruling outweighs machine cues, and
a country's own word what others say about it; then the stance of most cues counts. Cues without a
date count only where there is no dated one, but a ruling counts then too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from typing import Final

from briefing.compare.origin_counts import tally_origins
from briefing.compare.origins import OriginGraph, trace_origins
from briefing.compare.panels import Conflict, Move, StanceNote, Standing
from briefing.compare.same_words import join_objects
from briefing.english.lexicon import read_words
from briefing.model import (
    Article,
    Chunk,
    Position,
    Record,
    SaidBy,
    fields_of,
    paragraph_numbers,
)

_AS_READ: Final = ("stance", "target", "object", "hedge", "actor", "chain", "start", "end")
ANALYST: Final = "analyst"
MACHINE_ROLES: Final = frozenset({"body", "standfirst", "heading"})
TURNED: Final = "turned_"
"""What rules of turned cues begin with, which tell a stance, but never a move: lifted, denied."""


class Ledger(Record, frozen=True, kw_only=True):
    """All cues of a country in time order, undated last, and what they add up to by object.

    What the analyst ruled on comes first, then what most cues of the briefing are about.
    """

    notes: tuple[StanceNote, ...] = ()
    standings: tuple[Standing, ...] = ()


def build_ledgers(
    articles: Sequence[Article], graph: OriginGraph | None = None
) -> Mapping[str, Ledger]:
    """Return the ledger of every country with a cue, by its code.

    `graph` is that of the articles, traced here where it is not given.
    """
    graph = graph or trace_origins(articles)
    found: defaultdict[str, list[StanceNote]] = defaultdict(list)
    for article in articles:
        numbers = paragraph_numbers(article)
        for chunk in article.chunks:
            if chunk.role in MACHINE_ROLES:
                for position in chunk.positions:
                    note = _note(article, chunk, numbers.get(chunk.id), position, graph)
                    found[position.country].append(note)
    named = [note.object for notes in found.values() for note in notes if note.object]
    names = join_objects(named)
    frequent = Counter(names[wording] for wording in named)
    return {code: _ledger(notes, names, frequent, graph) for code, notes in found.items()}


def said_by(position: Position) -> SaidBy:
    """Return who says so; where no rule did, it is the country itself if an official acts.

    Files of before the rules told it apart have none; what nobody official says is another's word.
    """
    if position.said_by is not None:
        return position.said_by
    officials = read_words("english", "people", "official", "spokesperson")
    words = (position.actor or "").lower().split()
    return "self" if not officials.isdisjoint(words) else "other"


def _note(
    article: Article, chunk: Chunk, paragraph: int | None, position: Position, graph: OriginGraph
) -> StanceNote:
    return StanceNote(
        article=article.id,
        chunk=chunk.id,
        paragraph=paragraph,
        said_by=said_by(position),
        date=position.date or (article.date.value if article.date else None),
        **fields_of(position, *_AS_READ),
        ruled=position.rule == ANALYST,
        turned=position.rule.startswith(TURNED),
        origin=graph.of(article.id, position.chain),
    )


def _ledger(
    notes: Sequence[StanceNote],
    names: Mapping[str, str],
    frequent: Mapping[str, int],
    graph: OriginGraph,
) -> Ledger:
    ordered = sorted(notes, key=lambda note: (note.date is None, note.date or ""))
    named = {names[note.object] for note in ordered if note.object}
    only = next(iter(named)) if len(named) == 1 else None
    by_object: defaultdict[str | None, list[StanceNote]] = defaultdict(list)
    for note in ordered:
        by_object[names[note.object] if note.object else only].append(note)
    standings = [_standing(matter, found, graph) for matter, found in by_object.items()]
    standings.sort(key=lambda one: one.latest.date or "", reverse=True)
    standings.sort(key=lambda one: -frequent.get(one.object or "", 0))
    standings.sort(key=lambda one: not one.latest.ruled)
    return Ledger(notes=tuple(ordered), standings=tuple(standings))


def _standing(matter: str | None, notes: Sequence[StanceNote], graph: OriginGraph) -> Standing:
    """Return what the cues on one object, in time order, add up to."""
    counted = _counted(notes)
    latest, since = _sum_up(counted)
    today = [note for note in counted if note.date == latest.date]
    conflicts = _find_conflicts(today)
    stances = dict.fromkeys((latest.stance, *(note.stance for note in today)))
    own = [note for note in counted if note.said_by == "self"]
    others = [note for note in counted if note.said_by == "other"]
    return Standing(
        object=matter,
        stance=latest.stance,
        since=since,
        latest=latest,
        own=_sum_up(own)[0] if own else None,
        others=_sum_up(others)[0] if others else None,
        moves=_find_moves(notes),
        conflicts=conflicts,
        at_odds=tuple(stances) if conflicts else (),
        cues=len(notes),
        tally=tally_origins(
            ((note.article, note.origin) for note in notes if note.stance == latest.stance), graph
        ),
    )


def _counted(notes: Sequence[StanceNote]) -> Sequence[StanceNote]:
    """Return the cues that count: the dated ones, else all; undated rulings if no dated one is."""
    dated = [note for note in notes if note.date is not None]
    rulings = [note for note in notes if note.ruled]
    if rulings and all(note.date is None for note in rulings):
        return rulings
    return dated or notes


def _sum_up(notes: Sequence[StanceNote]) -> tuple[StanceNote, str | None]:
    """Return the cue that stands for the latest date, and since when its stance goes on."""
    settled = _settle_dates(notes)
    latest = settled[-1]
    since = latest.date
    for note in reversed(settled):
        if note.stance != latest.stance:
            break
        since = note.date
    return latest, since


def _settle_dates(notes: Sequence[StanceNote]) -> list[StanceNote]:
    return [_settle(list(period)) for _, period in groupby(notes, key=lambda note: note.date)]


def _settle(notes: Sequence[StanceNote]) -> StanceNote:
    """Return the cue that stands for all of one date."""
    ruled = [note for note in notes if note.ruled] or notes
    heard = [note for note in ruled if note.said_by == "self"] or ruled
    stance = Counter(note.stance for note in heard).most_common(1)[0][0]
    return next(note for note in heard if note.stance == stance)


def _find_moves(notes: Sequence[StanceNote]) -> tuple[Move, ...]:
    """Return where the stance changed from one date to another, without turned cues."""
    plain = [note for note in notes if note.date is not None and not note.turned]
    return tuple(
        Move(former=former, latter=latter)
        for former, latter in pairwise(_settle_dates(plain))
        if former.stance != latter.stance
    )


def _find_conflicts(notes: Sequence[StanceNote]) -> tuple[Conflict, ...]:
    """Return how the cues of one date disagree; rulings leave the others out."""
    ruled = [note for note in notes if note.ruled] or notes
    voices = [[note for note in ruled if note.said_by == voice] for voice in ("self", "other")]
    leading = {_settle(voice).stance for voice in voices if voice}
    found: list[Conflict] = []
    if any(_articles_disagree(voice) for voice in voices):
        found.append("articles")
    if len(leading) > 1:
        found.append("voices")
    return tuple(found)


def _articles_disagree(notes: Sequence[StanceNote]) -> bool:
    by_article: defaultdict[str, list[StanceNote]] = defaultdict(list)
    for note in notes:
        by_article[note.article].append(note)
    return len({_settle(each).stance for each in by_article.values()}) > 1
