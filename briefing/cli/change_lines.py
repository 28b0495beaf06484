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
    KeptRuling,
    KeptStanding,
)
from briefing.visible import one_line
from briefing.wording import NO_DATE, NO_SPEAKER

_T = TypeVar("_T")


def change_lines(changes: Changes, title: str, briefing: str) -> Iterator[PlainLine]:
    """Yield since when, what could not be compared, and each kind of change that there is."""
    yield PlainLine(f"{one_line(title)} · changes", strength="title")
    yield PlainLine(f"since {one_line(changes.since)}", strength="faint")
    for note in changes.notes:
        yield PlainLine(one_line(note), strength="warning")
    if changes.is_empty:
        yield PlainLine("nothing changed")
    if changes.bottom_line is not None:
        yield PlainLine()
        yield PlainLine("Bottom line", strength="strong")
        yield from _one(changes.bottom_line, lambda line: [line])
    yield from _section("Positions", changes.positions, lambda one: _standing(one, briefing))
    yield from _section("Disagreements", changes.conflicts, _at_odds)
    yield from _section("Rulings", changes.rulings, lambda one: _ruling(one, briefing))
    yield from _section("Articles", changes.articles, lambda one: _article(one, briefing))
    yield from _section("Quotes", changes.quotes, lambda one: _quote(one, briefing))


def _section(
    heading: str, changes: Sequence[Change[_T]], say: Callable[[_T], Sequence[str]]
) -> Iterator[PlainLine]:
    if changes:
        yield PlainLine()
        yield PlainLine(f"{heading}: {len(changes)}", strength="strong")
    for change in changes:
        yield from _one(change, say)


def _one(change: Change[_T], say: Callable[[_T], Sequence[str]]) -> Iterator[PlainLine]:
    """Yield the lines of both sides, each behind its sign."""
    both = change.before is not None and change.now is not None
    for value, sign in (
        (change.before, "from" if both else "−"),
        (change.now, "to" if both else "+"),
    ):
        if value is None:
            continue
        first, *rest = say(value)
        yield PlainLine(f"{sign:>4} {one_line(first)}", indent=2)
        for text in rest:
            yield PlainLine(one_line(text), indent=7, strength="faint")


def _standing(one: KeptStanding, briefing: str) -> list[str]:
    about = f": {one.object}" if one.object else ""
    since = f" since {one.since}" if one.since else ""
    ruled = " · ruled by the analyst" if one.ruled else ""
    place = place_words(briefing, one.article, f"{one.chunk}:{one.start}-{one.end}")
    return [
        f"{one.country} {one.name}, {one.stance}{about}{since}{ruled}",
        one.sentence,
        f"{one.source} · {place}",
    ]


def _at_odds(one: KeptStanding) -> list[str]:
    about = f": {one.object}" if one.object else ""
    stances = " or ".join(one.at_odds) if one.at_odds else f"{one.stance}, undisputed"
    return [f"{one.country} {one.name}, {stances}{about}"]


def _ruling(one: KeptRuling, briefing: str) -> list[str]:
    country = f"{one.country} " if one.country else ""
    about = ": ".join(part for part in (one.stance, one.object) if part)
    target = f" → {one.target}" if one.target else ""
    date = f" · {one.date}" if one.date else ""
    return [
        f"{country}{about}{target}{date}",
        f"“{one.exact}” · {place_words(briefing, one.article)}",
    ]


def _article(one: KeptArticle, briefing: str) -> list[str]:
    place = place_words(briefing, one.article)
    return [f"{one.source} · {one.date or NO_DATE} · {place} · original {one.sha256[:8]}"]


def _quote(one: KeptQuote, briefing: str) -> list[str]:
    place = place_words(briefing, one.article, one.quote)
    return [f"“{one.exact}”", f"{one.speaker or NO_SPEAKER} · {one.source} · {place}"]
