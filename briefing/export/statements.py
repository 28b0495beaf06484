"""Quotes -> statements: the parts of one utterance in their sentences, the same words only once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.compare.changes import KeptStanding
from briefing.compare.panels import QuoteRow, StanceNote
from briefing.compare.timeline import sentence_around
from briefing.english.sentences import split_sentences
from briefing.export.verifying import ChunkPlace
from briefing.model import Speaker

StoredPlaces = Mapping[tuple[str, str], ChunkPlace]

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Whole sentences of a chunk, as they are stored, and what of them is marked."""

    article: str
    chunk: str
    start: int
    end: int
    marks: tuple[_Span, ...] = ()

    @property
    def key(self) -> tuple[str, str, int, int]:
        """The place without the marks: what a footnote is for."""
        return self.article, self.chunk, self.start, self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStatement:
    """What is said in one place, in its sentences, and the same words elsewhere.

    It is of one speaker, but where the same sentences report what several have said.
    """

    parts: tuple[QuoteRow, ...]
    stretches: tuple[Stretch, ...]
    repeats: tuple[QuoteRow, ...] = ()

    @property
    def first(self) -> QuoteRow:
        """The part that opens it."""
        return self.parts[0]

    @property
    def pinned(self) -> bool:
        """Whether the analyst pinned any part of it."""
        return any(part.pinned for part in self.parts)

    @property
    def by(self) -> str | None:
        """The code of the country that it speaks for, or None where that is not known."""
        return next((part.by for part in self.parts if part.by is not None), None)

    @property
    def about(self) -> tuple[str, ...]:
        """The codes of the other countries that its parts are about."""
        codes = dict.fromkeys(code for part in self.parts for code in part.about)
        return tuple(code for code in codes if code != self.by)

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """Who said it, each once."""
        found = (part.quote.speaker for part in self.parts if part.quote.speaker)
        return tuple({(each.name, each.role): each for each in found}.values())


def sentences_around(text: str, span: _Span) -> _Span:
    """Return where the sentences begin and end that a span of a chunk's text reaches into."""
    sentences = split_sentences(text)
    return sentence_around(span, sentences, [first for first, _ in sentences])


def stretch_at(places: StoredPlaces, one: QuoteRow | StanceNote | KeptStanding) -> Stretch:
    """Return the sentences of a stored chunk that a quote, a cue or a standing reaches into."""
    text = places[one.article, one.chunk].chunk.text
    span = one.quote if isinstance(one, QuoteRow) else one
    return Stretch(one.article, one.chunk, *sentences_around(text, (span.start, span.end)))


def gather_statements(rows: Sequence[QuoteRow], places: StoredPlaces) -> tuple[ShownStatement, ...]:
    """Return the rows as statements: pinned ones first, else in the order of their first rows."""
    groups: dict[tuple[str, str, str], list[QuoteRow]] = {}
    for row in rows:
        said = row.quote.utterance
        key = (row.article, "", said) if said else row.key
        groups.setdefault(key, []).append(row)
    statements = _merge_places([_statement(group, places) for group in groups.values()])
    statements.sort(key=lambda statement: not statement.pinned)
    return _merge_repeats(statements)


def _statement(rows: Sequence[QuoteRow], places: StoredPlaces) -> ShownStatement:
    """Return the parts in text order; sentences that follow each other are one stretch."""
    parts = sorted(rows, key=lambda row: (places[row.article, row.chunk].order, row.quote.start))
    found: list[tuple[Stretch, list[QuoteRow]]] = []
    for row in parts:
        text = places[row.article, row.chunk].chunk.text
        start, end = sentences_around(text, (row.quote.start, row.quote.end))
        last = found[-1][0] if found else None
        if last and last.chunk == row.chunk and not text[last.end : start].strip():
            found[-1] = (replace(last, end=max(end, last.end)), [*found[-1][1], row])
        else:
            found.append((Stretch(row.article, row.chunk, start, end), [row]))
    return ShownStatement(
        parts=tuple(parts), stretches=tuple(_mark(stretch, own, places) for stretch, own in found)
    )


def _merge_places(statements: Sequence[ShownStatement]) -> list[ShownStatement]:
    """Merge statements that the same sentences show and that speak for the same country."""
    merged: dict[tuple[object, ...], ShownStatement] = {}
    for found in statements:
        key = (found.by, *(stretch.key for stretch in found.stretches))
        merged[key] = _join(merged[key], found) if key in merged else found
    return list(merged.values())


def _join(one: ShownStatement, other: ShownStatement) -> ShownStatement:
    """Return two statements of the same sentences as one, the marks of both in it."""
    stretches = tuple(
        replace(mine, marks=tuple(sorted({*mine.marks, *theirs.marks})))
        for mine, theirs in zip(one.stretches, other.stretches, strict=True)
    )
    return replace(one, parts=(*one.parts, *other.parts), stretches=stretches)


def _mark(stretch: Stretch, parts: Sequence[QuoteRow], places: StoredPlaces) -> Stretch:
    """Mark the speaker's words where the source's own words lead up to them, and all fragments."""
    text = places[stretch.article, stretch.chunk].chunk.text
    leading = text[stretch.start : parts[0].quote.start]
    opens = not any(character.isalnum() for character in leading)
    marks = tuple(
        (part.quote.start - stretch.start, part.quote.end - stretch.start)
        for part in parts
        if part.quote.kind == "partial" or (part.quote.kind != "indirect" and not opens)
    )
    return replace(stretch, marks=marks)


def _merge_repeats(statements: Sequence[ShownStatement]) -> tuple[ShownStatement, ...]:
    """Merge statements of the very same words that the panels link; variants stay apart."""
    kept: dict[tuple[str, ...], list[ShownStatement]] = {}
    for statement in statements:
        words = tuple(part.quote.exact for part in statement.parts)
        same = kept.setdefault(words, [])
        row = statement.first
        at = next((n for n, other in enumerate(same) if row.key in other.first.also), None)
        if at is None:
            same.append(statement)
        else:
            same[at] = replace(same[at], repeats=(*same[at].repeats, row))
    merged = {found.first.key: found for same in kept.values() for found in same}
    return tuple(merged[key] for each in statements if (key := each.first.key) in merged)
