"""Where the sources of a memo disagree, and what they lack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import partial

from briefing.compare.gaps import NoPosition, OpenStanding
from briefing.compare.origin_counts import outlet_words
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
    by_origin: defaultdict[str, list[str]] = defaultdict(list)
    for each in known.one_origin:
        by_origin[each.standing.tally.origins[0].outlet or ""].append(each.name)
    origins = [
        f"{escape(outlet_words(outlet))} ({listed(dict.fromkeys(names))})"
        for outlet, names in by_origin.items()
    ]
    undated = [str(material.sources[row.article]) for row in known.undated]
    lines = (
        ("No position found", _names(known.no_position)),
        ("Told by others only", _names(known.not_heard)),
        ("In one article only", _names(known.one_article)),
        ("In several articles, from one origin", "; ".join(origins)),
        ("Undated", f"source{'s' * (len(undated) > 1)} {', '.join(undated)}" if undated else ""),
    )
    found = "\n".join(f"- {title}: {words}." for title, words in lines if words)
    return f"## Gaps\n\n{found}" if found else None


def _names(found: Iterable[NoPosition | OpenStanding]) -> str:
    return listed(each.name for each in found)
