"""The ledger of positions: every cue for a country's stance in time order, and what it adds up to.

It sums up cues; it does not decide. An analyst's ruling outweighs every machine cue of its article.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from briefing.compare.panels import StanceNote
from briefing.model import Article, Chunk, Position, Record

ANALYST = "analyst"
MACHINE_ROLES = frozenset({"body", "standfirst", "heading"})


class Standing(Record, frozen=True, kw_only=True):
    """The latest stance of a country, the different one before it, and whether sources disagree."""

    stance: str | None = None
    former: str | None = None
    conflict: bool = False
    ledger: tuple[StanceNote, ...] = ()


def build_ledgers(articles: Sequence[Article]) -> Mapping[str, Standing]:
    """Return the standing of every country with a cue, by its code."""
    cues: defaultdict[str, list[tuple[StanceNote, bool]]] = defaultdict(list)
    for article in articles:
        for chunk in article.chunks:
            if chunk.role in MACHINE_ROLES:
                for position in chunk.positions:
                    note = _note(article, chunk, position)
                    cues[position.country].append((note, position.rule == ANALYST))
    return {code: _standing(found) for code, found in cues.items()}


def _note(article: Article, chunk: Chunk, position: Position) -> StanceNote:
    return StanceNote(
        article=article.id,
        chunk=chunk.id,
        stance=position.stance,
        hedge=position.hedge,
        date=article.date.value if article.date else None,
        start=position.start,
        end=position.end,
    )


def _standing(cues: Sequence[tuple[StanceNote, bool]]) -> Standing:
    ordered = sorted(cues, key=lambda cue: (cue[0].date is None, cue[0].date or ""))
    dated = [cue for cue in ordered if cue[0].date is not None] or ordered
    periods: dict[str | None, list[tuple[StanceNote, bool]]] = {}
    for cue in dated:
        periods.setdefault(cue[0].date, []).append(cue)
    summed = [_sum_up(period) for period in periods.values()]
    stance, conflict = summed[-1]
    former = next((past for past, _ in reversed(summed[:-1]) if past != stance), None)
    return Standing(
        stance=stance, former=former, conflict=conflict, ledger=tuple(note for note, _ in ordered)
    )


def _sum_up(period: Sequence[tuple[StanceNote, bool]]) -> tuple[str, bool]:
    """Return the stance most cues of one date show, and whether articles of that date disagree."""
    ruled = [note for note, by_analyst in period if by_analyst]
    notes = ruled or [note for note, _ in period]
    by_article: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for note in notes:
        by_article[note.article][note.stance] += 1
    total = Counter(note.stance for note in notes)
    leaders = {counts.most_common(1)[0][0] for counts in by_article.values()}
    return total.most_common(1)[0][0], len(leaders) > 1
