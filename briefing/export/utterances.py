"""Quotes -> statements: the parts of one utterance together, the same words only once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.compare.panels import QuoteRow
from briefing.export.verifying import ChunkPlace
from briefing.model import Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one speaker said in one place: its parts in text order, and the same words elsewhere."""

    parts: tuple[QuoteRow, ...]
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

    def concerns(self, code: str) -> bool:
        """Whether it is by a country or about it."""
        return code == self.by or code in self.about

    @property
    def speaker(self) -> Speaker | None:
        """Who said it, from the first part with a speaker."""
        return next((part.quote.speaker for part in self.parts if part.quote.speaker), None)


def gather_statements(
    rows: Sequence[QuoteRow], places: Mapping[tuple[str, str], ChunkPlace]
) -> tuple[Statement, ...]:
    """Return the rows as statements: pinned ones first, else in the order of their first rows."""
    groups: dict[tuple[str, str, str], list[QuoteRow]] = {}
    for row in rows:
        groups.setdefault(_utterance(row), []).append(row)
    statements = [Statement(parts=_in_text_order(group, places)) for group in groups.values()]
    statements.sort(key=lambda statement: not statement.pinned)
    return _merge_repeats(statements)


def _utterance(row: QuoteRow) -> tuple[str, str, str]:
    if row.quote.utterance is None:
        return row.article, f"quote {row.chunk}", row.quote.id
    return row.article, "utterance", row.quote.utterance


def _in_text_order(
    rows: Iterable[QuoteRow], places: Mapping[tuple[str, str], ChunkPlace]
) -> tuple[QuoteRow, ...]:
    return tuple(
        sorted(rows, key=lambda row: (places[row.article, row.chunk].order, row.quote.start))
    )


def _merge_repeats(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Merge statements of the very same words that the panels link; variants stay apart."""
    kept: dict[tuple[str, ...], list[Statement]] = {}
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
