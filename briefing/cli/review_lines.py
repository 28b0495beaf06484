"""What a review of a briefing found, as plain lines: two sides, changes, gaps, who speaks.

In changes `→` stands for what changed, `+` for what is new, `−` for what is gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from briefing.cli.lines import PlainLine, entry_lines, place_words, quote_lines
from briefing.compare.changes import Change, Changes, KeptArticle, KeptQuote, KeptStanding
from briefing.compare.gaps import FEWEST_MENTIONS, Gaps, NoPosition, OpenStanding
from briefing.compare.matrix import Matrix, MatrixCell, StanceMark
from briefing.compare.origin_counts import tally_words
from briefing.compare.panels import Panels
from briefing.compare.persons import KINDS, PersonRow
from briefing.compare.side_by_side import Basis, ComparedSide, Comparison, Side, StanceCue
from briefing.compare.standing_words import (
    OTHERS_WORD,
    OWN_WORD,
    conflict_words,
    cue_words,
    matter_words,
    source_words,
    stance_words,
    standing_words,
)
from briefing.model import Edit
from briefing.visible import one_line
from briefing.wording import NO_DATE, NO_SPEAKER, counted, date_words

_PASSING = f"named {FEWEST_MENTIONS} times or more, or heard; others are named in passing"
_Place = Callable[..., str]
"""Returns a place of the briefing in a separate part of a line, nothing for what stood then."""


def _title(title: str, what: str) -> PlainLine:
    return PlainLine(f"{one_line(title)} · {what}", 0, "title")


def _sections(sections: Iterable[tuple[str, Iterable[Iterable[PlainLine]]]]) -> Iterator[PlainLine]:
    """Yield each section that has an item: its heading with their number, then their lines."""
    for heading, items in sections:
        found = list(items)
        if found:
            yield PlainLine()
            yield PlainLine(f"{heading}: {len(found)}", 0, "strong")
        for lines in found:
            yield from lines


def change_lines(changes: Changes, title: str, briefing: str) -> Iterator[PlainLine]:
    """Yield since when, what could not be compared, and each kind of change that there is."""
    yield _title(title, "changes")
    yield PlainLine(f"since {one_line(changes.since)}", 0, "faint")
    for note in changes.notes:
        yield PlainLine(one_line(note), 0, "warning")
    if changes.is_empty:
        yield PlainLine("nothing changed")
    line = changes.bottom_line
    kinds: tuple[tuple[str, Sequence[Change[Any]], Callable[[Any, _Place], list[str]]], ...] = (
        ("Bottom line", [line] if line else [], lambda words, _: [words]),
        ("Positions", changes.positions, _kept_standing),
        ("Disagreements", changes.conflicts, _at_odds),
        ("Rulings", changes.rulings, _ruling),
        ("Articles", changes.articles, _kept_article),
        ("Quotes", changes.quotes, _kept_quote),
    )
    yield from _sections(
        (heading, [_both_sides(each, say, briefing) for each in found])
        for heading, found, say in kinds
    )


def _both_sides(
    change: Change[Any], say: Callable[[Any, _Place], list[str]], briefing: str
) -> Iterator[PlainLine]:
    """Yield the lines of both sides, each behind its sign; only what is now has a place."""
    both = change.before is not None and change.now is not None
    sides = (
        (change.before, "from" if both else "−", lambda *_: ""),
        (change.now, "to" if both else "+", lambda *parts: f" · {place_words(briefing, *parts)}"),
    )
    for value, sign, place in sides:
        if value is not None:
            first, *rest = say(value, place)
            yield PlainLine(f"{sign:>4} {one_line(first)}", 2)
            for text in rest:
                yield PlainLine(one_line(text), 7, "faint")


def _kept_standing(one: KeptStanding, place: _Place) -> list[str]:
    since = f" since {one.since}" if one.since else ""
    ruled = " · ruled by the analyst" if one.ruled else ""
    span = f"{one.chunk}:{one.start}-{one.end}"
    stance = _stance_text(one, one.stance, one.object)
    return [f"{stance}{since}{ruled}", one.sentence, f"{one.source}{place(one.article, span)}"]


def _at_odds(one: KeptStanding, _: _Place) -> list[str]:
    text = _stance_text(one, " or ".join(one.at_odds) or one.stance, one.object)
    return [text if one.at_odds else f"{text}, nobody disagrees"]


def _stance_text(one: KeptStanding | OpenStanding, stance: str, about: str | None) -> str:
    return f"{one.country} {one.name}, {stance}" + (f": {about}" if about else "")


def _ruling(one: Edit, place: _Place) -> list[str]:
    country = f"{one.country} " if one.country else ""
    about = ": ".join(filter(None, (one.stance, one.object)))
    target = f" → {one.target}" if one.target else ""
    date = f" · {one.date}" if one.date else ""
    return [f"{country}{about}{target}{date}", f"“{one.anchor.exact}”{place(one.anchor.article)}"]


def _kept_article(one: KeptArticle, place: _Place) -> list[str]:
    return [f"{one.source} · {one.date or NO_DATE}{place(one.article)} · original {one.sha256[:8]}"]


def _kept_quote(one: KeptQuote, place: _Place) -> list[str]:
    where = f"{one.source}{place(one.article, one.quote)}"
    return [f"“{one.exact}”", f"{one.speaker or NO_SPEAKER} · {where}"]


def gap_lines(gaps: Gaps, panels: Panels) -> Iterator[PlainLine]:
    """Yield the title, then each kind of gap that there is under its heading."""
    yield _title(panels.title, "gaps and disagreements")
    yield PlainLine(f"as of {date_words(gaps.as_of)}", 0, "faint")
    name = panels.name
    one_origin = (
        *(_retold(tally_words(one.tally), name, one.articles) for one in gaps.one_origin_articles),
        *(_open(one, panels, tally_words(one.standing.tally)) for one in gaps.one_origin),
        *(quote_lines(row, name) for row in gaps.one_origin_quotes),
    )
    disagree = (
        _open(one, panels, conflict_words(one.standing.conflicts)) for one in gaps.disagreements
    )
    undated = (
        [PlainLine(f"{one_line(row.label)} · {place_words(name, row.article)}", 2)]
        for row in gaps.undated
    )
    found = list(
        _sections(
            (
                ("Articles or voices disagree", disagree),
                ("Several articles, one origin", one_origin),
                (
                    f"No position ({_PASSING})",
                    (_no_position(one, name) for one in gaps.no_position),
                ),
                (
                    "Heard only through others",
                    (_open(one, panels, _own_words(one)) for one in gaps.not_heard),
                ),
                ("Dates to come", _dates(gaps)),
                ("Sources without a date", undated),
            )
        )
    )
    yield from found
    if gaps.one_article:
        yield PlainLine()
        alone = "; ".join(map(_open_text, gaps.one_article))
        yield PlainLine(f"On one article alone: {one_line(alone)}")
    elif not found:
        yield PlainLine("nothing found")


def _open(one: OpenStanding, panels: Panels, tail: str) -> Iterator[PlainLine]:
    labels = {source.article: source.label for source in panels.sources}
    yield PlainLine(one_line(" · ".join(filter(None, (_open_text(one), tail)))), 2)
    for cue in one.cues:
        place = place_words(panels.name, cue.article, f"{cue.chunk}:{cue.start}-{cue.end}")
        yield PlainLine(f"{one_line(cue_words(cue, labels))} · {place}", 4, "faint")


def _open_text(one: OpenStanding) -> str:
    standing = one.standing
    stances = " or ".join(standing.at_odds) or standing.stance
    return _stance_text(one, stances, matter_words(standing.object, standing.latest.target))


def _own_words(one: OpenStanding) -> str:
    if not one.statements:
        return ""
    return f"{counted(one.statements, 'statement')} of its own, none of them a position"


def _retold(text: str, briefing: str, articles: Sequence[str]) -> Iterator[PlainLine]:
    yield PlainLine(text, 2)
    for article in articles:
        yield PlainLine(place_words(briefing, article), 4, "faint")


def _no_position(one: NoPosition, briefing: str) -> list[PlainLine]:
    heard = f"{counted(one.statements, 'statement')} of its own" if one.statements else "not heard"
    named = f"{counted(one.mentions, 'mention')} in {counted(len(one.articles), 'article')}"
    place = place_words(briefing, *one.articles[:1])
    return [PlainLine(f"{one_line(f'{one.country} {one.name}')} · {heard} · {named} · {place}", 2)]


def _dates(gaps: Gaps) -> Iterator[list[PlainLine]]:
    """Yield the dates to come, each with its sentences."""
    for date, entries in groupby(gaps.to_come, lambda entry: entry.date):
        words = "–".join(map(date_words, date.split("/")))
        yield [PlainLine(words, 2), *(line for entry in entries for line in entry_lines(entry))]


def people_lines(people: Sequence[PersonRow], panels: Panels) -> Iterator[PlainLine]:
    """Yield the title, then who speaks under a heading for each kind."""
    yield _title(panels.title, "who speaks")
    yield from _sections(
        (heading, (_person(one, panels) for one in people if one.kind == kind))
        for kind, heading in KINDS.items()
    )
    if not people:
        yield PlainLine("nobody")


def _person(person: PersonRow, panels: Panels) -> Iterator[PlainLine]:
    country = f" ({person.country})" if person.country else ""
    parts = [f"{one_line(person.label)}{country}"]
    parts += [counted(person.quotes, "quote")] if person.quotes else []
    parts += [counted(person.paraphrases, "paraphrase")] if person.paraphrases else []
    parts += [f"via {one_line(', '.join(person.via))}"] if person.via else []
    yield PlainLine(" · ".join(parts), 2)
    if person.name is None:
        yield PlainLine(one_line("; ".join(role.role for role in person.roles)), 4)
    for role in person.roles if person.name is not None else ():
        since = f", {role.since}" if role.since else ""
        until = f" to {role.until}" if role.since and role.until != role.since else ""
        yield PlainLine(one_line(f"{role.role}{since}{until}"), 4)
    labels = {source.article: source.label for source in panels.sources}
    counts = Counter(article for article, _, _ in person.statements)
    for article in person.articles:
        place = place_words(panels.name, article)
        yield PlainLine(f"{one_line(labels[article])} · {counts[article]} · {place}", 4, "faint")


def comparison_lines(compared: Comparison, briefing: str) -> Iterator[PlainLine]:
    """Yield what is compared and how much both have, then each side."""
    one, other = compared.sides
    yield _title(compared.title, f"{one.side.name} and {other.side.name}")
    shared = sum(quote.shared for group in other.groups for quote in group.quotes)
    yield PlainLine(f"{counted(shared, 'quote') if shared else 'no quote'} in both", 0, "faint")
    yield from _side(one, other.side, compared.basis, briefing)
    yield from _side(other, one.side, compared.basis, briefing)


def _side(one: ComparedSide, other: Side, basis: Basis, briefing: str) -> Iterator[PlainLine]:
    yield PlainLine()
    yield PlainLine(f"{one.side.badge} {one.side.name}", 0, "title")
    yield PlainLine(one.side.facts, 0, "faint")
    yield PlainLine()
    yield PlainLine(f"Cues for a stance ({len(one.cues)})", 0, "strong")
    for cue in one.cues:
        yield from _compared_cue(cue, basis)
    if not one.cues:
        yield PlainLine("none", 2)
    for group in one.groups:
        yield PlainLine()
        yield PlainLine(f"{group.heading} ({len(group.quotes)})", 0, "strong")
        for number, quote in enumerate(group.quotes):
            if number:
                yield PlainLine()
            yield from quote_lines(quote.row, briefing)
            if quote.shared:
                yield PlainLine(f"also under {other.name}", 4, "faint")
        if not group.quotes:
            yield PlainLine("none", 2)


def _compared_cue(cue: StanceCue, basis: Basis) -> Iterator[PlainLine]:
    """Yield date, stance and source of a country's cue, or the country's name; then the words."""
    note = cue.note
    first, last = note.date or "undated", f"{one_line(cue.source)} {note.chunk}"
    if basis == "source":
        first, last = f"{one_line(cue.code)} {one_line(cue.country)}", note.chunk
    words = " · ".join(filter(None, (stance_words(note), source_words(note))))
    yield PlainLine(f"{one_line(first)} · {one_line(words)} · {last}", 2)
    if cue.sentence:
        yield PlainLine(one_line(cue.sentence), 4, "quote")


def matrix_lines(matrix: Matrix, title: str) -> Iterator[PlainLine]:
    """Yield the title, then each country with where it stands and what each column shows."""
    by = "source" if matrix.basis == "source" else "time"
    yield _title(title, f"positions by {by}")
    for row in matrix.rows:
        yield PlainLine()
        yield PlainLine(one_line(f"{row.code} {row.name}"), 0, "strong")
        if row.standing is not None:
            yield PlainLine(one_line(f"cue: {standing_words(row.standing)}"), 2)
        cells = {cell.column: cell for cell in row.cells}
        for column in matrix.columns:
            if column.key in cells:
                name = " ".join(part for part in (column.badge, column.name) if part)
                words = f"{name}: {_cell_words(cells[column.key])}"
                yield PlainLine(one_line(words), 4)
    if not matrix.rows:
        yield PlainLine("no cue for a stance was found")


def _cell_words(cell: MatrixCell) -> str:
    """Return the stances of a cell: `ban ×2, in its own word; allow, as others say, ruled`."""
    words = "; ".join(map(_mark_words, cell.marks))
    return f"{words} · in conflict" if cell.at_odds else words


def _mark_words(mark: StanceMark) -> str:
    times = f" ×{mark.cues}" if mark.cues > 1 else ""
    voice = OWN_WORD if mark.said_by == "self" else OTHERS_WORD
    return f"{mark.stance}{times}, {voice.lower()}{', ruled' if mark.ruled else ''}"
