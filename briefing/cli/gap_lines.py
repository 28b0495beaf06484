"""What a briefing lacks as plain lines: a section for each kind of gap, with places to go to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from briefing.cli.lines import PlainLine, place_words, quote_lines
from briefing.cli.timeline_lines import entry_lines
from briefing.compare.gaps import FEWEST_MENTIONS, Gaps, NoPosition, OneOrigin, OpenStanding
from briefing.compare.origin_counts import tally_words
from briefing.compare.panels import Panels, StanceNote
from briefing.compare.standing_words import (
    conflict_words,
    matter_words,
    source_words,
    stance_words,
)
from briefing.visible import one_line
from briefing.wording import counted, date_words

_PASSING = f"named {FEWEST_MENTIONS} times or more, or heard; others are named in passing"
_Items = list[list[PlainLine]]


def gap_lines(gaps: Gaps, panels: Panels) -> Iterator[PlainLine]:
    """Yield the title, then each kind of gap that there is under its heading."""
    yield PlainLine(f"{one_line(panels.title)} · gaps and disagreements", strength="title")
    yield PlainLine(f"as of {date_words(gaps.as_of)}", strength="faint")
    one_origin = [
        *(_retold(one, panels.name) for one in gaps.one_origin_articles),
        *(_standing(one, panels, tally_words(one.standing.tally)) for one in gaps.one_origin),
        *(list(quote_lines(row, panels.name)) for row in gaps.one_origin_quotes),
    ]
    sections: tuple[tuple[str, _Items], ...] = (
        (
            "Articles or voices disagree",
            [
                _standing(one, panels, conflict_words(one.standing.conflicts))
                for one in gaps.disagreements
            ],
        ),
        ("Several articles, one origin", one_origin),
        (
            f"No position ({_PASSING})",
            [[_no_position(one, panels.name)] for one in gaps.no_position],
        ),
        (
            "Heard only through others",
            [_standing(one, panels, _own_words(one)) for one in gaps.not_heard],
        ),
        ("Dates to come", _dates(gaps)),
        (
            "Sources without a date",
            [
                [PlainLine(f"{one_line(row.label)} · {place_words(panels.name, row.article)}", 2)]
                for row in gaps.undated
            ],
        ),
    )
    for heading, items in sections:
        if items:
            yield PlainLine()
            yield PlainLine(f"{heading}: {len(items)}", strength="strong")
            for lines in items:
                yield from lines
    if gaps.one_article:
        yield PlainLine()
        alone = "; ".join(map(_standing_text, gaps.one_article))
        yield PlainLine(f"On one article alone: {one_line(alone)}")
    elif not any(items for _, items in sections):
        yield PlainLine("nothing found")


def _standing(one: OpenStanding, panels: Panels, tail: str) -> list[PlainLine]:
    text = _standing_text(one) + (f" · {tail}" if tail else "")
    labels = {source.article: source.label for source in panels.sources}
    cues = (_cue_text(cue, labels[cue.article], panels.name) for cue in one.cues)
    return [
        PlainLine(one_line(text), indent=2),
        *(PlainLine(cue, indent=4, strength="faint") for cue in cues),
    ]


def _cue_text(cue: StanceNote, label: str, briefing: str) -> str:
    """Return date, stance, who says so and the place of a cue."""
    parts = (
        cue.date or "undated",
        stance_words(cue),
        source_words(cue),
        "ruled by the analyst" if cue.ruled else "",
        label,
        place_words(briefing, cue.article, f"{cue.chunk}:{cue.start}-{cue.end}"),
    )
    return " · ".join(one_line(part) for part in parts if part)


def _standing_text(one: OpenStanding) -> str:
    standing = one.standing
    about = matter_words(standing.object, standing.latest.target)
    stances = " or ".join(standing.at_odds) or standing.stance
    return f"{one.country} {one.name}, {stances}" + (f": {about}" if about else "")


def _own_words(one: OpenStanding) -> str:
    if not one.statements:
        return ""
    return f"{counted(one.statements, 'statement')} of its own, on other matters"


def _retold(one: OneOrigin, briefing: str) -> list[PlainLine]:
    places = (place_words(briefing, article) for article in one.articles)
    return [
        PlainLine(tally_words(one.tally), indent=2),
        *(PlainLine(place, indent=4, strength="faint") for place in places),
    ]


def _no_position(one: NoPosition, briefing: str) -> PlainLine:
    heard = f"{counted(one.statements, 'statement')} of its own" if one.statements else "not heard"
    named = f"{counted(one.mentions, 'mention')} in {counted(len(one.articles), 'article')}"
    place = place_words(briefing, *one.articles[:1])
    return PlainLine(f"{one_line(f'{one.country} {one.name}')} · {heard} · {named} · {place}", 2)


def _dates(gaps: Gaps) -> _Items:
    """Return the dates to come, each with its sentences."""
    return [
        [
            PlainLine("–".join(map(date_words, date.split("/"))), indent=2),
            *(line for entry in entries for line in entry_lines(entry)),
        ]
        for date, entries in groupby(gaps.to_come, lambda entry: entry.date)
    ]
