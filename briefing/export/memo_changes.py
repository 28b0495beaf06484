"""What a briefing says that its last export did not: counts, and stances with both sentences."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TypeVar

from briefing.compare.changes import Change, KeptStanding
from briefing.export.escape import escape
from briefing.export.material import Material
from briefing.export.memo_sections import Item
from briefing.export.memo_wording import listed
from briefing.export.notes import Notes
from briefing.export.statements import stretch_at
from briefing.wording import counted

T = TypeVar("T")


def changed_stances(material: Material) -> list[Item]:
    """Return a line for each stance that moved, is new or is gone, in that order."""
    changes = material.changes.positions if material.changes else ()
    shown = {row.code for row in material.countries}
    return [
        Item(write=partial(_changed, material, change), rank=(rank,))
        for rank, change in enumerate(changes)
        if any(side and side.country in shown for side in (change.before, change.now))
    ]


def changes_summary(material: Material) -> str | None:
    """Return since when, and in numbers what is new, changed or gone; None for a first memo."""
    changes = material.changes
    if changes is None:
        return None
    added = [each.now.source for each in changes.articles if each.now and not each.before]
    counts = (
        (_gone(changes.articles), "article gone", "articles gone"),
        (len(changes.quotes) - _gone(changes.quotes), "new or changed quote", ""),
        (_gone(changes.quotes), "quote gone", "quotes gone"),
        (len(changes.positions), "changed stance", ""),
        (len(changes.conflicts), "changed disagreement", ""),
        (len(changes.rulings), "changed ruling", ""),
    )
    parts = [
        f"{counted(len(added), 'new article')} ({listed(added, 5)})" if added else "",
        *(
            f"{number:,} {many}" if many and number > 1 else counted(number, one)
            for number, one, many in counts
            if number
        ),
        "another bottom line" if changes.bottom_line else "",
    ]
    told = "; ".join(part for part in parts if part) or "nothing"
    return f"Since {escape(changes.since)}: {told}."


def _gone(changes: Sequence[Change[T]]) -> int:
    return sum(change.now is None for change in changes)


def _changed(material: Material, change: Change[KeptStanding], notes: Notes) -> str:
    before, now = change.before, change.now
    shown = next(side for side in (now, before) if side is not None)
    matter = f", on {escape(shown.object)}" if shown.object else ""
    parts = []
    if now is not None:
        parts.append(("" if before else "new, ") + escape(now.stance) + _cite(material, now, notes))
    if before is not None:
        was = "before, " if now else "no longer "
        parts.append(f"{was}{escape(before.stance)} (“{escape(before.sentence)}”)")
    return f"- **{escape(shown.name)}**{matter}: {'; '.join(parts)}"


def _cite(material: Material, standing: KeptStanding, notes: Notes) -> str:
    """Return the mark of its sentence, unless its article is left out here."""
    if (standing.article, standing.chunk) not in material.places:
        return ""
    place = (standing.article, standing.chunk, standing.start, standing.end)
    return notes.cite(stretch_at(material.places, *place))
