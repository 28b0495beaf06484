"""What the properties of a document state, as far as its own text bears them out.

Programs fill them in by themselves: titles are names of files, authors owners of machines, dates
those of the last copy. What the first page shows as well is plausible, all else is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from briefing.ingest.blocks import Block, Facts
from briefing.ingest.lines.author_names import read_authors
from briefing.ingest.lines.forms import fold
from briefing.ingest.lines.stated_dates import find_date, metadata_date

_FRONT: Final = 12
"""Blocks at the top of a document in which its properties may be shown."""
_LONGEST: Final = 500
_PACKED_DATE: Final = re.compile(r"(?:D:)?((?:19|20)\d\d)-?(\d\d)-?(\d\d)")


def property_facts(properties: Mapping[str, str], blocks: Sequence[Block]) -> Facts:
    """Return the facts of `Title`, `Author` and `CreationDate` that the first blocks show too."""
    front = [fold(block.text[:_LONGEST]) for block in blocks[:_FRONT]]
    title = " ".join(properties.get("Title", "").split())[:_LONGEST]
    shown = len(title.split()) > 1 and fold(title) in front
    named = read_authors(properties.get("Author", ""), stated=True)
    authors = [name for name in named if " " in name]
    packed = _PACKED_DATE.match(properties.get("CreationDate", ""))
    day = "-".join(packed.groups()) if packed else ""
    ends = [*blocks[:_FRONT], *blocks[-2:]]
    dates = [find_date(block.text[:300]) for block in ends if day]
    stated = any(date is not None and date.value == day for date in dates)
    return Facts(
        headline=title if shown else None,
        authors=tuple(name for name in authors if any(fold(name) in text for text in front)),
        date=metadata_date(day, "property CreationDate") if stated else None,
        places={"headline": "property Title", "authors": "property Author"},
    )
