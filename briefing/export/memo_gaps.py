"""Where the sources of a memo disagree, and what they lack."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from briefing.compare.gaps import NoPosition, OpenStanding
from briefing.compare.origin_counts import tally_words
from briefing.export.escape import escape
from briefing.export.material import Material
from briefing.export.memo_sections import Item, says_so, stance_words
from briefing.export.memo_wording import listed
from briefing.export.notes import Notes


def disagreements(material: Material) -> list[Item]:
    """Return a line for each object on which the cues about a country disagree."""
    return [
        Item(write=partial(_disagreement, material, found), rank=(order,))
        for order, found in enumerate(material.gaps.disagreements)
        if any(row.code == found.country for row in material.countries)
    ]


def _disagreement(material: Material, found: OpenStanding, notes: Notes) -> str:
    said = "; ".join(
        f"{stance_words(cue)} – {says_so(cue)}{notes.cite(material.stretch_of(cue))}"
        for cue in found.cues
    )
    return f"- {_title(found)}: {said}"


def _title(found: OpenStanding) -> str:
    matter = found.standing.object
    return f"**{escape(found.name)}**" + (f", on {escape(matter)}" if matter else "")


def gaps(material: Material) -> str | None:
    """Return what is open: who has no position, who was not heard, what rests on one origin."""
    if material.country is not None:
        return None
    known = material.gaps
    origins = [
        f"{_title(each)} ({escape(tally_words(each.standing.tally))})" for each in known.one_origin
    ]
    undated = [str(material.sources[row.article]) for row in known.undated]
    lines = (
        ("No position found", _names(known.no_position)),
        ("Told by others only", _names(known.not_heard)),
        ("In one article only", _names(known.one_article)),
        ("In several articles, from one origin", "; ".join(origins)),
        ("Undated", f"source {', '.join(undated)}" if undated else ""),
    )
    found = "\n".join(f"- {title}: {words}." for title, words in lines if words)
    return f"## Gaps\n\n{found}" if found else None


def _names(found: Iterable[NoPosition | OpenStanding]) -> str:
    return listed(each.name for each in found)
