"""What changed in a briefing, as plain lines: `→` for what changed, `+` for new, `−` for gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from briefing.cli.lines import PlainLine, place_words
from briefing.compare.changes import (
    Change,
    Changes,
    KeptArticle,
    KeptQuote,
    KeptStanding,
)
from briefing.model import Edit
from briefing.visible import one_line
from briefing.wording import NO_DATE, NO_SPEAKER

_T = TypeVar("_T")


PlaceNames = Callable[..., str]
"""Returns a place of the briefing in a separate part of a line, nothing for what stood then."""


def change_lines(changes: Changes, title: str, briefing: str) -> Iterator[PlainLine]:
    """Yield since when, what could not be compared, and each kind of change that there is."""

    def section(
        heading: str, found: Sequence[Change[_T]], say: Callable[[_T, PlaceNames], Sequence[str]]
    ) -> Iterator[PlainLine]:
        if found:
            yield PlainLine()
            yield PlainLine(f"{heading}: {len(found)}", strength="strong")
        for change in found:
            yield from _one(change, say, briefing)

    yield PlainLine(f"{one_line(title)} · changes", strength="title")
    yield PlainLine(f"since {one_line(changes.since)}", strength="faint")
    for note in changes.notes:
        yield PlainLine(one_line(note), strength="warning")
    if changes.is_empty:
        yield PlainLine("nothing changed")
    line = changes.bottom_line
    yield from section("Bottom line", [line] if line else [], lambda words, _: [words])
    yield from section("Positions", changes.positions, _standing)
    yield from section("Disagreements", changes.conflicts, _at_odds)
    yield from section("Rulings", changes.rulings, _ruling)
    yield from section("Articles", changes.articles, _article)
    yield from section("Quotes", changes.quotes, _quote)


def _one(
    change: Change[_T], say: Callable[[_T, PlaceNames], Sequence[str]], briefing: str
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
            yield PlainLine(f"{sign:>4} {one_line(first)}", indent=2)
            for text in rest:
                yield PlainLine(one_line(text), indent=7, strength="faint")


def _standing(one: KeptStanding, place: PlaceNames) -> list[str]:
    since = f" since {one.since}" if one.since else ""
    ruled = " · ruled by the analyst" if one.ruled else ""
    span = f"{one.chunk}:{one.start}-{one.end}"
    return [
        f"{_stance_text(one, one.stance)}{since}{ruled}",
        one.sentence,
        f"{one.source}{place(one.article, span)}",
    ]


def _at_odds(one: KeptStanding, _: PlaceNames) -> list[str]:
    if not one.at_odds:
        return [f"{_stance_text(one, one.stance)}, nobody disagrees"]
    return [_stance_text(one, " or ".join(one.at_odds))]


def _stance_text(one: KeptStanding, stance: str) -> str:
    return f"{one.country} {one.name}, {stance}" + (f": {one.object}" if one.object else "")


def _ruling(one: Edit, place: PlaceNames) -> list[str]:
    country = f"{one.country} " if one.country else ""
    about = ": ".join(part for part in (one.stance, one.object) if part)
    target = f" → {one.target}" if one.target else ""
    date = f" · {one.date}" if one.date else ""
    return [f"{country}{about}{target}{date}", f"“{one.anchor.exact}”{place(one.anchor.article)}"]


def _article(one: KeptArticle, place: PlaceNames) -> list[str]:
    return [f"{one.source} · {one.date or NO_DATE}{place(one.article)} · original {one.sha256[:8]}"]


def _quote(one: KeptQuote, place: PlaceNames) -> list[str]:
    where = f"{one.source}{place(one.article, one.quote)}"
    return [f"“{one.exact}”", f"{one.speaker or NO_SPEAKER} · {where}"]
