"""The tree of origins, and the versions of utterances, as outlines.

An outlet, the articles that have it, and what they have; an utterance, and how each article has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Final

from briefing.compare.citing import place_and_chain
from briefing.compare.concordance import Concordance, Version
from briefing.compare.origin_counts import (
    NOT_STATED_WORDS,
    circle_words,
    count_origins,
    outlet_words,
    tally_words,
)
from briefing.compare.origin_tree import Branch, OriginTree, TracedStatement, Way
from briefing.compare.origins import Circle, Origin
from briefing.compare.outlines import Outline, OutlineRow
from briefing.compare.panels import Panels
from briefing.compare.place import Place
from briefing.wording import counted, date_text, speaker_name, speaker_text

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


def outline_origins(tree: OriginTree, panels: Panels) -> Outline:
    """Return a branch an outlet, then what is circular."""
    rows = [row for branch in tree.branches for row in _branch_rows(branch, tree, panels)]
    rows += [row for circle in tree.circles for row in _circle_rows(circle)]
    return Outline(
        what="origins of one claim" if tree.is_claim else "origins",
        about=tally_words(tree.tally) if tree.branches else "",
        rows=tuple(rows),
        empty="no articles",
    )


def _branch_rows(branch: Branch, tree: OriginTree, panels: Panels) -> Iterator[OutlineRow]:
    sources = {row.article: row for row in panels.sources}
    articles = (counted(len(branch.articles), "article"),)
    yield OutlineRow(depth=0, text=_heading(branch), strength="strong", facts=articles)
    for held in branch.articles:
        is_listed = tree.is_claim or held.way not in _OWN
        is_stated = branch.outlet is not None or held.way == "copy"
        row = sources[held.article]
        count = 0 if is_listed else len(held.statements)
        facts = (
            "" if row.date and row.label.endswith(row.date.value) else date_text(row.date),
            _WAYS[held.way] if is_stated else "",
            counted(count, "statement") if count else "",
        )
        yield OutlineRow(depth=1, text=row.label, facts=facts, place=Place(held.article))
        if is_listed:
            for _, same in groupby(held.statements, lambda one: (one.chunk, one.start, one.end)):
                yield _statement_row(list(same))


def _heading(branch: Branch) -> str:
    if branch.outlet is None:
        return NOT_STATED_WORDS.capitalize()
    heard = [origin.heard_from for origin in branch.tally.origins if origin.heard_from]
    return ", from ".join([outlet_words(branch.outlet, short=False), *heard])


def _statement_row(same: Sequence[TracedStatement]) -> OutlineRow:
    """Return the words of statements of one place, and from whom they are."""
    one = same[0]
    is_paraphrase = one.kind in (None, "indirect")
    stances = [
        f"{each.country} {each.stance}" + (f": {each.object}" if each.object else "")
        for each in same
        if each.stance
    ]
    heard = f"from {one.origin.heard_from}" if one.origin.heard_from else ""
    return OutlineRow(
        depth=2,
        text=one.exact if is_paraphrase else f"“{one.exact}”",
        strength="quote",
        source=(heard, *stances),
        place=Place(one.article, one.chunk, one.start, one.end, one.quote),
    )


def _circle_rows(circle: Circle) -> Iterator[OutlineRow]:
    yield OutlineRow(depth=0, text=circle_words(circle), strength="warning")
    for step in circle.hearings:
        place = Place(step.article, step.chunk, step.start, step.end)
        yield OutlineRow(depth=1, text=f"{step.hearer} heard from {step.heard}", place=place)


def outline_concordances(found: Sequence[Concordance]) -> Outline:
    """Return each utterance: the longest version, then how the others differ from it."""
    several = sum(bool(one.others) for one in found)
    count = counted(several, "utterance") if several else "no utterance"
    return Outline(
        what="concordance",
        about=f"{count} in several versions",
        rows=tuple(row for one in found for row in _rows(one)),
        empty="no two articles quote the same words",
    )


def _rows(one: Concordance) -> Iterator[OutlineRow]:
    versions = (one.base, *one.others)
    rows = [row for version in versions for row in version.rows]
    who = speaker_text(next((row.quote.speaker for row in rows if row.quote.speaker), None))
    origins = count_origins((row.article, Origin(outlet=row.origin.outlet)) for row in rows)
    facts = (f"{counted(len(versions), 'version')} in {origins}",)
    yield OutlineRow(depth=0, text=who, strength="strong", facts=facts)
    for version in versions:
        yield _version_row(version)


def _version_row(version: Version) -> OutlineRow:
    """Return a version with what it changes, who says whose words they are, and where."""
    row = version.rows[0]
    is_same = version.changes == ("same",)
    told = row.quote.kind == "indirect"
    source = (
        "" if is_same else ", ".join(version.changes),
        speaker_name(row.quote.speaker),
        place_and_chain(row),
        date_text(version.date),
    )
    return OutlineRow(
        depth=1,
        text="same words" if is_same else version.text if told else f"“{version.text}”",
        strength="faint" if is_same else "normal" if version.changes else "quote",
        source=source,
        place=row.place,
        parts=() if is_same else version.parts,
    )
