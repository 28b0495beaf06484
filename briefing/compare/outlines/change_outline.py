"""What changed in a briefing as an outline: `from … to` for changed, `+` for new, `−` for gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from msgspec.structs import replace

from briefing.compare.changes import Change, Changes, KeptArticle, KeptQuote, KeptStanding
from briefing.compare.outlines import Outline, OutlineRow
from briefing.compare.panels import Panels
from briefing.compare.place import Place
from briefing.model import Edit
from briefing.wording import NO_DATE, NO_SPEAKER, code_and_name, counted

_T = TypeVar("_T")
MOST_NAMED = 2
"""How many countries that moved are named in a sentence."""


def outline_changes(changes: Changes, panels: Panels) -> Outline:
    """Return each kind of change that there is; only what is now has a place."""
    places = {
        (row.article, row.quote.id): row.place for row in (*panels.quotes, *panels.paraphrases)
    }

    def quote(one: KeptQuote) -> OutlineRow:
        place = places.get((one.article, one.quote), Place(one.article, quote=one.quote))
        source = one.speaker or NO_SPEAKER, one.source
        return OutlineRow(depth=1, text=f"“{one.exact}”", source=source, place=place)

    line = changes.bottom_line
    return Outline(
        what="changes",
        about=f"since {changes.since}",
        notes=changes.notes,
        rows=(
            *_section("Bottom line", [line] if line else [], _bottom_line),
            *_section("Positions", changes.positions, _standing),
            *_section("Disagreements", changes.conflicts, _at_odds),
            *_section("Rulings", changes.rulings, _ruling),
            *_section("Articles", changes.articles, _article),
            *_section("Quotes", changes.quotes, quote),
        ),
        empty="nothing changed",
    )


def news_words(changes: Changes) -> str:
    """Return in words what is new and where a stance is another now; none for neither.

    What the analyst ruled is no news to the analyst.
    """
    moved = [
        f"{one.now.name} moved from {one.before.stance} to {one.now.stance}"
        for one in changes.positions
        if one.before and one.now and not one.now.ruled
    ]
    more = len(moved) - MOST_NAMED
    new = ((changes.articles, "new article"), (changes.quotes, "new quote"))
    numbers = [(sum(one.before is None for one in found), noun) for found, noun in new]
    parts = (
        *(counted(number, noun) for number, noun in numbers if number),
        *moved[:MOST_NAMED],
        f"{more} more moved" if more > 0 else "",
    )
    return ", ".join(part for part in parts if part)


def _section(
    heading: str, found: Sequence[Change[_T]], row: Callable[[_T], OutlineRow]
) -> Iterator[OutlineRow]:
    if found:
        yield OutlineRow(depth=0, text=f"{heading}: {len(found)}", strength="strong")
    for change in found:
        both = change.before is not None and change.now is not None
        if change.before is not None:
            yield replace(row(change.before), sign="from" if both else "−", place=None)
        if change.now is not None:
            yield replace(row(change.now), sign="to" if both else "+")


def _bottom_line(words: str) -> OutlineRow:
    return OutlineRow(depth=1, text=words)


def _standing(one: KeptStanding) -> OutlineRow:
    since = f" since {one.since}" if one.since else ""
    return OutlineRow(
        depth=1,
        text=f"{_stance_text(one, one.stance)}{since}",
        facts=("ruled by the analyst",) if one.ruled else (),
        said=one.sentence,
        source=(one.source,),
        place=_place_of(one),
    )


def _at_odds(one: KeptStanding) -> OutlineRow:
    words = " or ".join(one.at_odds) or f"{one.stance}"
    text = _stance_text(one, words) + ("" if one.at_odds else ", nobody disagrees")
    return OutlineRow(depth=1, text=text, place=_place_of(one))


def _place_of(one: KeptStanding) -> Place:
    return Place(one.article, one.chunk, one.start, one.end)


def _stance_text(one: KeptStanding, stance: str) -> str:
    return f"{code_and_name(one.country, one.name)}, {stance}" + (
        f": {one.object}" if one.object else ""
    )


def _ruling(one: Edit) -> OutlineRow:
    country = f"{one.country} " if one.country else ""
    about = ": ".join(part for part in (one.stance, one.object) if part)
    target = f" → {one.target}" if one.target else ""
    return OutlineRow(
        depth=1,
        text=f"{country}{about}{target}",
        facts=(one.date,) if one.date else (),
        said=f"“{one.anchor.exact}”",
        place=Place(one.anchor.article),
    )


def _article(one: KeptArticle) -> OutlineRow:
    facts = one.date or NO_DATE, f"original {one.sha256[:8]}"
    return OutlineRow(depth=1, text=one.source, facts=facts, place=Place(one.article))
