"""The tree of origins as plain lines: an outlet, the articles that have it, and what they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Final

from briefing.cli.lines import PlainLine, date_text, place_words
from briefing.compare.origin_counts import NOT_STATED_WORDS, circle_words, outlet_words, tally_words
from briefing.compare.origin_tree import Branch, OriginTree, PassedOn, TracedStatement, Way
from briefing.compare.origins import Circle
from briefing.compare.panels import Panels, SourceRow
from briefing.visible import one_line
from briefing.wording import counted

_WAYS: Mapping[Way, str] = MappingProxyType(
    {
        "own": "its own story",
        "wire": "wire report",
        "reprint": "reprint",
        "copy": "the same text",
        "retelling": "opens with its report",
        "citation": "cites it",
    }
)
_OWN: Final = frozenset(("own", "wire", "reprint", "copy"))
"""The ways in which a whole text is an outlet's: its statements are counted, not listed."""


def origin_lines(tree: OriginTree, panels: Panels) -> Iterator[PlainLine]:
    """Yield the count, then a branch an outlet, then what is circular."""
    what = "origins of one claim" if tree.is_claim else "origins"
    yield PlainLine(f"{one_line(panels.title)} · {what}", strength="title")
    if not tree.branches:
        yield PlainLine("no articles")
        return
    yield PlainLine(tally_words(tree.tally), strength="faint")
    rows = {row.article: row for row in panels.sources}
    for branch in tree.branches:
        yield PlainLine()
        yield PlainLine(_heading(branch), strength="strong")
        for held in branch.articles:
            yield from _article_lines(held, branch, rows[held.article], panels.name)
            if tree.is_claim or held.way not in _OWN:
                for _, same in groupby(held.statements, key=_place_of):
                    yield from _statement_lines(list(same), panels.name)
            elif held.statements:
                count = counted(len(held.statements), "statement")
                yield PlainLine(count, indent=4, strength="faint")
    for circle in tree.circles:
        yield PlainLine()
        yield from _circle_lines(circle, panels.name)


def _heading(branch: Branch) -> str:
    if branch.outlet is None:
        return NOT_STATED_WORDS.capitalize()
    heard = [origin.heard_from for origin in branch.tally.origins if origin.heard_from]
    return one_line(", from ".join([outlet_words(branch.outlet, short=False), *heard]))


def _article_lines(
    held: PassedOn, branch: Branch, row: SourceRow, briefing: str
) -> Iterator[PlainLine]:
    way = "" if branch.outlet is None and held.way != "copy" else _WAYS[held.way]
    parts = (one_line(row.label), date_text(row.date), place_words(briefing, row.article), way)
    yield PlainLine(" · ".join(part for part in parts if part), indent=2)


def _place_of(one: TracedStatement) -> tuple[str, int, int]:
    return one.chunk, one.start, one.end


def _statement_lines(same: Sequence[TracedStatement], briefing: str) -> Iterator[PlainLine]:
    """Yield the words of statements of one place, and from whom they are and where."""
    one = same[0]
    is_paraphrase = one.kind in (None, "indirect")
    words = one_line(one.exact)
    yield PlainLine(words if is_paraphrase else f"“{words}”", indent=4, strength="quote")
    stances = [
        f"{each.country} {each.stance}" + (f": {each.object}" if each.object else "")
        for each in same
        if each.stance
    ]
    heard = f"from {one.origin.heard_from}" if one.origin.heard_from else ""
    place = place_words(briefing, one.article, one.quote or f"{one.chunk}:{one.start}-{one.end}")
    parts = (place, heard, *stances)
    yield PlainLine(
        " · ".join(one_line(part) for part in parts if part), indent=6, strength="faint"
    )


def _circle_lines(circle: Circle, briefing: str) -> Iterator[PlainLine]:
    yield PlainLine(circle_words(circle), strength="warning")
    for step in circle.hearings:
        part = f"{step.chunk}:{step.start}-{step.end}" if step.chunk else None
        place = place_words(*(each for each in (briefing, step.article, part) if each))
        yield PlainLine(f"{one_line(step.hearer)} ← {one_line(step.heard)} · {place}", indent=2)
