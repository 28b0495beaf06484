"""Outlines, verified drafts, voices, dates, two sides, and the matrix, as plain lines."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from briefing.cli.lines import PlainLine, Strength, place_words, quote_lines, span_words
from briefing.compare.outlines import Outline, OutlineRow
from briefing.compare.panels import Panels
from briefing.compare.persons import KINDS, PersonRow
from briefing.compare.side_by_side import (
    Basis,
    ComparedSide,
    Comparison,
    Matrix,
    MatrixCell,
    Side,
    StanceCue,
    StanceMark,
)
from briefing.compare.standing_words import (
    OTHERS_WORD,
    OWN_WORD,
    source_words,
    stance_words,
    standing_words,
)
from briefing.compare.timeline import TimelineEntry, group_by_date
from briefing.compare.word_alignment import marked_parts
from briefing.model import Place
from briefing.visible import one_line
from briefing.wording import NO_DATE, code_and_name, counted, paragraph_words, speaker_text

if TYPE_CHECKING:
    from briefing.export.draft_checking import CheckedDraft, CheckedQuotation

WIDTH = 80
"""The columns of a terminal that quotations fit into."""


def outline_lines(
    outline: Outline, panels: Panels, width: int | None = None
) -> Iterator[PlainLine]:
    """Yield the title, what it is about, and the rows, broken into lines of `width` if given."""
    yield PlainLine(f"{one_line(panels.title)} · {outline.what}", strength="title")
    if outline.about:
        yield PlainLine(one_line(outline.about), strength="faint")
    for note in outline.notes:
        yield PlainLine(one_line(note), strength="warning")
    if not outline.rows:
        yield PlainLine(outline.empty)
    for row in outline.rows:
        if row.depth == 0:
            yield PlainLine()
        yield from _row_lines(row, panels.name, width)


def _row_lines(row: OutlineRow, briefing: str, width: int | None) -> Iterator[PlainLine]:
    indent, broken = 2 * row.depth, partial(broken_lines, width=width)
    place = () if row.place is None else (place_text(row.place, briefing),)
    is_apart = row.strength == "quote" or row.said or any(row.source)
    inline = () if is_apart else place
    text = f"“{marked_parts(row.parts)}”" if row.parts else row.text
    sign = f"{row.sign:>4} " if row.sign else ""
    yield from broken(sign + _joined(text, *row.facts, *inline), indent, row.strength)
    below = indent + (len(sign) or 2)
    if row.said:
        yield from broken(_joined(row.said), below, "faint")
    source = "" if inline else _joined(*row.source, *place)
    if source:
        yield from broken(source, below, "faint")


def _joined(*parts: str) -> str:
    return " · ".join(one_line(part) for part in parts if part)


def place_text(place: Place, briefing: str) -> str:
    """Return a place as commands take it: `NAME/ARTICLE/QUOTE`, `NAME/ARTICLE/CHUNK:START-END`."""
    part = place.quote or place.chunk
    if part and place.end and not place.quote:
        part = f"{part}:{place.start}-{place.end}"
    return place_words(briefing, place.article, *([part] if part else []))


def broken_lines(
    text: str, indent: int, strength: Strength, width: int | None
) -> Iterator[PlainLine]:
    """Yield a text in lines of a width; long words, as places are, stay whole."""
    if width is None:
        yield PlainLine(text, indent=indent, strength=strength)
        return
    for line in textwrap.wrap(text, width - indent, break_long_words=False, break_on_hyphens=False):
        yield PlainLine(line, indent=indent, strength=strength)


def timeline_lines(
    entries: Sequence[TimelineEntry], title: str, briefing: str
) -> Iterator[PlainLine]:
    """Yield the title, then every date in time order with its sentences and publications."""
    yield PlainLine(f"{one_line(title)} · timeline", 0, "title")
    dates = group_by_date(entries)
    sentences = sum(entry.kind == "sentence" for entry in entries)
    counts = (
        counted(len(dates), "date"),
        counted(sentences, "dated sentence"),
        counted(len(entries) - sentences, "publication"),
    )
    yield PlainLine(" · ".join(counts), 0, "faint")
    for group in dates:
        yield PlainLine()
        yield PlainLine(group.date, 0, "strong")
        for entry in group.entries:
            yield from _entry_lines(entry, briefing)


def _entry_lines(entry: TimelineEntry, briefing: str) -> Iterator[PlainLine]:
    """Yield a sentence or a publication, and where it stands."""
    if entry.kind == "published":
        headline = f": {one_line(entry.text)}" if entry.text else ""
        yield PlainLine(f"published{headline}", 2)
    else:
        yield PlainLine(one_line(entry.text or ""), 2)
    chunk = [entry.chunk] if entry.chunk else []
    place = [one_line(paragraph_words(entry.source, entry.paragraph))]
    place += [place_words(briefing, entry.article, *chunk)]
    place += [f"date {entry.basis}"] if entry.chunk else []
    if entry.kind == "sentence" and entry.countries:
        place.append(" ".join(entry.countries))
    yield PlainLine(" · ".join(place), 4, "faint")


def people_lines(people: Sequence[PersonRow], panels: Panels) -> Iterator[PlainLine]:
    """Yield the title, then who speaks under a heading for each kind."""
    yield PlainLine(f"{one_line(panels.title)} · who speaks", 0, "title")
    for kind, heading in KINDS.items():
        found = [one for one in people if one.kind == kind]
        if found:
            yield PlainLine()
            yield PlainLine(f"{heading}: {len(found):,}", 0, "strong")
        for one in found:
            yield from _person(one, panels)
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
    what = one_line(f"{one.side.name} and {other.side.name}")
    yield PlainLine(f"{one_line(compared.title)} · {what}", 0, "title")
    shared = sum(quote.shared for group in other.groups for quote in group.quotes)
    yield PlainLine(f"{counted(shared, 'quote') if shared else 'no quote'} in both", 0, "faint")
    yield from _side(one, other.side, compared.basis, briefing)
    yield from _side(other, one.side, compared.basis, briefing)


def _side(one: ComparedSide, other: Side, basis: Basis, briefing: str) -> Iterator[PlainLine]:
    yield PlainLine()
    yield PlainLine(f"{one.side.badge} {one.side.name}", 0, "title")
    yield PlainLine(one.side.facts, 0, "faint")
    yield PlainLine()
    yield PlainLine(f"Cues for a stance ({len(one.cues):,})", 0, "strong")
    for cue in one.cues:
        yield from _compared_cue(cue, basis, briefing)
    if not one.cues:
        yield PlainLine("none", 2)
    for group in one.groups:
        yield PlainLine()
        yield PlainLine(f"{group.heading} ({len(group.quotes):,})", 0, "strong")
        for number, quote in enumerate(group.quotes):
            if number:
                yield PlainLine()
            yield from quote_lines(quote.row, briefing)
            if quote.shared:
                yield PlainLine(f"also under {other.name}", 4, "faint")
        if not group.quotes:
            yield PlainLine("none", 2)


def _compared_cue(cue: StanceCue, basis: Basis, briefing: str) -> Iterator[PlainLine]:
    """Yield date, stance and source of a country's cue, or the country's name; then the words."""
    note = cue.note
    first, last = note.date or NO_DATE, paragraph_words(cue.source, note.paragraph)
    if basis == "source":
        first, last = f"{cue.code} {cue.country}", paragraph_words("", note.paragraph).strip()
    words = filter(None, (first, stance_words(note), source_words(note), last))
    yield PlainLine(f"{one_line(' · '.join(words))} · {span_words(briefing, note)}", 2)
    if cue.sentence:
        yield PlainLine(one_line(cue.sentence), 4, "quote")


def matrix_lines(matrix: Matrix, title: str) -> Iterator[PlainLine]:
    """Yield the title, then each country with where it stands and what each column shows."""
    by = "source" if matrix.basis == "source" else "time"
    yield PlainLine(f"{one_line(title)} · positions by {by}", 0, "title")
    for row in matrix.rows:
        yield PlainLine()
        yield PlainLine(one_line(code_and_name(row.code, row.name)), 0, "strong")
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


_wrapped = partial(broken_lines, width=WIDTH)
_HELD_AS: Mapping[str | None, str] = {
    "text": "the article’s own words, no quote there",
    "paraphrase": "the reporter’s paraphrase, not marked as a quote there",
}


def verified_lines(checked: CheckedDraft) -> Iterator[PlainLine]:
    """Yield each quotation with which something is wrong or is to be known, then the counts."""
    for quotation in checked.quotations:
        if not quotation.is_sound or quotation.held_as in _HELD_AS:
            yield from _quotation_lines(quotation)
    counts = Counter(_found(quotation) for quotation in checked.quotations)
    parts = [f"{number:,} {found}" for found, number in counts.most_common()]
    total = counted(len(checked.quotations), "quotation")
    articles = counted(checked.articles, "article")
    summary = f"{total} against {articles}" + (f": {', '.join(parts)}" if parts else "")
    yield from _wrapped(summary, 0, "faint")


def _found(quotation: CheckedQuotation) -> str:
    """Return what was found of a quotation in a word or two: the gravest, if there are several."""
    if quotation.verdict in {"changed", "not found", "too short"}:
        return quotation.verdict
    if quotation.verdict == "cut" and not quotation.marked:
        return "cut without an ellipsis"
    if quotation.misattributed:
        return "attributed to another"
    if quotation.other_source:
        return "in another source"
    return "exact" if quotation.verdict == "exact" else "cut with an ellipsis"


def _quotation_lines(quotation: CheckedQuotation) -> Iterator[PlainLine]:
    strength: Strength = "normal" if quotation.is_sound else "warning"
    yield PlainLine(f"line {quotation.line}: {_found(quotation)}", 0, strength)
    shown = quotation.text
    if quotation.parts and not (quotation.verdict == "cut" and quotation.marked):
        shown = marked_parts(quotation.parts, hide_cuts=quotation.verdict == "not found")
    if quotation.verdict == "not found":
        yield from _wrapped(f"“{one_line(quotation.text)}”", 2, "quote")
        if quotation.passage:
            yield from _wrapped(f"nearest: “{one_line(quotation.passage)}”", 4, "normal")
    else:
        yield from _wrapped(f"“{one_line(shown)}”", 2, "quote")
    if quotation.misattributed:
        told = speaker_text(quotation.attributed_to)
        stored = "; ".join(map(speaker_text, quotation.speakers)) or "the article itself"
        yield from _wrapped(f"draft: {told}", 4, "normal")
        yield from _wrapped(f"text: {stored}", 4, "normal")
    elif quotation.held_as in _HELD_AS and quotation.verdict != "not found":
        yield from _wrapped(_HELD_AS[quotation.held_as], 4, "normal")
    if quotation.other_source:
        yield from _wrapped(f"in {', '.join(map(one_line, quotation.sources))}", 4, "normal")
    if quotation.place:
        yield from _wrapped(place_words(*filter(None, quotation.place)), 4, "faint")
