"""What a briefing lacks as plain lines: a section for each kind of gap, with places to go to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from briefing.cli.lines import PlainLine, place_words, quote_lines
from briefing.cli.timeline_lines import entry_lines
from briefing.compare.gaps import FEWEST_MENTIONS, Gaps, NoPosition, OneOrigin, OpenStanding
from briefing.compare.origin_counts import tally_words
from briefing.compare.panels import Panels, SourceRow
from briefing.compare.standing_words import conflict_words, cue_words, matter_words
from briefing.visible import one_line
from briefing.wording import counted, date_words

_PASSING = f"named {FEWEST_MENTIONS} times or more, or heard; others are named in passing"


def gap_lines(gaps: Gaps, panels: Panels) -> Iterator[PlainLine]:
    """Yield the title, then each kind of gap that there is under its heading."""
    yield PlainLine(f"{one_line(panels.title)} · gaps and disagreements", strength="title")
    yield PlainLine(f"as of {date_words(gaps.as_of)}", strength="faint")
    name = panels.name
    disagree = (
        _standing(one, panels, conflict_words(one.standing.conflicts)) for one in gaps.disagreements
    )
    one_origin = (
        *(_retold(one, name) for one in gaps.one_origin_articles),
        *(_standing(one, panels, tally_words(one.standing.tally)) for one in gaps.one_origin),
        *(quote_lines(row, name) for row in gaps.one_origin_quotes),
    )
    not_heard = (_standing(one, panels, _own_words(one)) for one in gaps.not_heard)
    sections: Sequence[tuple[str, Iterable[Iterable[PlainLine]]]] = (
        ("Articles or voices disagree", disagree),
        ("Several articles, one origin", one_origin),
        (f"No position ({_PASSING})", (_no_position(one, name) for one in gaps.no_position)),
        ("Heard only through others", not_heard),
        ("Dates to come", _dates(gaps)),
        ("Sources without a date", (_undated(row, name) for row in gaps.undated)),
    )
    is_empty = not gaps.one_article
    for heading, found in sections:
        items = list(found)
        if items:
            is_empty = False
            yield PlainLine()
            yield PlainLine(f"{heading}: {len(items)}", strength="strong")
        for lines in items:
            yield from lines
    if gaps.one_article:
        yield PlainLine()
        alone = "; ".join(map(_standing_text, gaps.one_article))
        yield PlainLine(f"On one article alone: {one_line(alone)}")
    if is_empty:
        yield PlainLine("nothing found")


def _standing(one: OpenStanding, panels: Panels, tail: str) -> list[PlainLine]:
    labels = {source.article: source.label for source in panels.sources}
    lines = [PlainLine(one_line(" · ".join(filter(None, (_standing_text(one), tail)))), indent=2)]
    for cue in one.cues:
        place = place_words(panels.name, cue.article, f"{cue.chunk}:{cue.start}-{cue.end}")
        text = f"{one_line(cue_words(cue, labels))} · {place}"
        lines.append(PlainLine(text, indent=4, strength="faint"))
    return lines


def _standing_text(one: OpenStanding) -> str:
    standing = one.standing
    about = matter_words(standing.object, standing.latest.target)
    stances = " or ".join(standing.at_odds) or standing.stance
    return f"{one.country} {one.name}, {stances}" + (f": {about}" if about else "")


def _own_words(one: OpenStanding) -> str:
    if not one.statements:
        return ""
    return f"{counted(one.statements, 'statement')} of its own, none of them a position"


def _retold(one: OneOrigin, briefing: str) -> list[PlainLine]:
    places = (place_words(briefing, article) for article in one.articles)
    return [
        PlainLine(tally_words(one.tally), indent=2),
        *(PlainLine(place, indent=4, strength="faint") for place in places),
    ]


def _no_position(one: NoPosition, briefing: str) -> list[PlainLine]:
    heard = f"{counted(one.statements, 'statement')} of its own" if one.statements else "not heard"
    named = f"{counted(one.mentions, 'mention')} in {counted(len(one.articles), 'article')}"
    place = place_words(briefing, *one.articles[:1])
    return [PlainLine(f"{one_line(f'{one.country} {one.name}')} · {heard} · {named} · {place}", 2)]


def _undated(row: SourceRow, briefing: str) -> list[PlainLine]:
    return [PlainLine(f"{one_line(row.label)} · {place_words(briefing, row.article)}", indent=2)]


def _dates(gaps: Gaps) -> Iterator[list[PlainLine]]:
    """Yield the dates to come, each with its sentences."""
    for date, entries in groupby(gaps.to_come, lambda entry: entry.date):
        words = "–".join(map(date_words, date.split("/")))
        lines = (line for entry in entries for line in entry_lines(entry))
        yield [PlainLine(words, indent=2), *lines]
