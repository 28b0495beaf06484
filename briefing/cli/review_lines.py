"""Who speaks in a briefing, and two sides of it, as plain lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from briefing.cli.lines import PlainLine, place_words, quote_lines
from briefing.compare.panels import Panels
from briefing.compare.persons import KINDS, PersonKind, PersonRow
from briefing.compare.side_by_side import Basis, ComparedSide, Comparison, Side, StanceCue
from briefing.compare.standing_words import (
    source_words,
    stance_words,
)
from briefing.visible import one_line
from briefing.wording import counted

_KINDS: Mapping[PersonKind, str] = MappingProxyType(
    {
        "person": "Named",
        "unnamed": "Not named (they may be one or many)",
        "body": "Institutions, and countries by their names",
        "outlet": "Outlets in their own words",
    }
)


def people_lines(people: Sequence[PersonRow], panels: Panels) -> Iterator[PlainLine]:
    """Yield the title, then who speaks under a heading for each kind."""
    yield PlainLine(f"{one_line(panels.title)} · who speaks", 0, "title")
    for kind in KINDS:
        found = [one for one in people if one.kind == kind]
        if found:
            yield PlainLine()
            yield PlainLine(f"{_KINDS[kind]}: {len(found)}", 0, "strong")
        for one in found:
            yield from _person(one, panels)
    if not people:
        yield PlainLine("nobody")


def _person(person: PersonRow, panels: Panels) -> Iterator[PlainLine]:
    name = person.name if person.name is not None else f"{person.voice} voices"
    country = f" ({person.country})" if person.country else ""
    parts = [f"{one_line(name)}{country}"]
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
