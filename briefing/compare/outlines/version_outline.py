"""Concordances as an outline: an utterance, and below it how each article has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.compare.citing import place_and_chain
from briefing.compare.concordance import Concordance, Version
from briefing.compare.origin_counts import count_origins
from briefing.compare.origins import Origin
from briefing.compare.outlines import Outline, OutlineRow
from briefing.wording import counted, date_text, speaker_name, speaker_text


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
