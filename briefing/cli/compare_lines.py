"""Two countries, or two sources, as plain lines: one side after the other, under like headings."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.cli.lines import PlainLine, quote_lines
from briefing.compare.side_by_side import Basis, ComparedSide, Comparison, Side, StanceCue
from briefing.compare.standing_words import source_words, stance_words
from briefing.visible import one_line
from briefing.wording import counted


def comparison_lines(compared: Comparison, briefing: str) -> Iterator[PlainLine]:
    """Yield what is compared and how much both have, then each side."""
    one, other = compared.sides
    title = f"{one_line(compared.title)} · {one.side.name} and {other.side.name}"
    yield PlainLine(title, strength="title")
    shared = sum(quote.shared for group in other.groups for quote in group.quotes)
    yield PlainLine(
        text=f"{counted(shared, 'quote') if shared else 'no quote'} in both", strength="faint"
    )
    yield from _side_lines(one, other.side, compared.basis, briefing)
    yield from _side_lines(other, one.side, compared.basis, briefing)


def _side_lines(one: ComparedSide, other: Side, basis: Basis, briefing: str) -> Iterator[PlainLine]:
    yield PlainLine()
    yield PlainLine(f"{one.side.badge} {one.side.name}", strength="title")
    yield PlainLine(one.side.facts, strength="faint")
    yield PlainLine()
    yield PlainLine(f"Cues for a stance ({len(one.cues)})", strength="strong")
    for cue in one.cues:
        yield from _cue_lines(cue, basis)
    if not one.cues:
        yield PlainLine("none", indent=2)
    for group in one.groups:
        yield PlainLine()
        yield PlainLine(f"{group.heading} ({len(group.quotes)})", strength="strong")
        for number, quote in enumerate(group.quotes):
            if number:
                yield PlainLine()
            yield from quote_lines(quote.row, briefing)
            if quote.shared:
                yield PlainLine(f"also under {other.name}", indent=4, strength="faint")
        if not group.quotes:
            yield PlainLine("none", indent=2)


def _cue_lines(cue: StanceCue, basis: Basis) -> Iterator[PlainLine]:
    """Yield date, stance and source of a country's cue, or the country's name; then the words."""
    note = cue.note
    first, last = (
        (note.date or "undated", f"{one_line(cue.source)} {note.chunk}")
        if basis == "country"
        else (f"{one_line(cue.code)} {one_line(cue.country)}", note.chunk)
    )
    words = " · ".join(part for part in (stance_words(note), source_words(note)) if part)
    yield PlainLine(f"{one_line(first)} · {one_line(words)} · {last}", indent=2)
    if cue.sentence:
        yield PlainLine(one_line(cue.sentence), indent=4, strength="quote")
