"""What the properties of a document state, as far as its own text bears them out.

Programs fill them in by themselves: titles are names of files, authors owners of machines, dates
those of the last copy. What the first page shows as well is plausible, all else is not.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from briefing.ingest.blocks import Block, Facts
from briefing.ingest.lines.author_names import read_authors
from briefing.ingest.lines.forms import count_words, fold, is_byline
from briefing.ingest.lines.stated_dates import find_date, find_date_line, metadata_date

_FRONT: Final = 12
"""Blocks at the top of a document in which its properties may be shown."""
_LONGEST: Final = 500
_LONGEST_MASTHEAD: Final = 6
_SITE_BEHIND: Final = 3
"""Blanks in words that may stand in a title before the name of a site."""
_PACKED_DATE: Final = re.compile(r"(?:D:)?((?:19|20)\d\d)-?(\d\d)-?(\d\d)")


def property_facts(properties: Mapping[str, str], blocks: Sequence[Block]) -> Facts:
    """Return the facts of `Title`, `Author` and `CreationDate` that the first blocks show too."""
    front = [fold(block.text[:_LONGEST]) for block in blocks[:_FRONT]]
    title = fold(properties.get("Title", "")[:_LONGEST])
    shown = [number for number, words in enumerate(front) if _opens_title(words, title)]
    named = read_authors(properties.get("Author", ""), stated=True)
    authors = (name for name in named if " " in name)
    packed = _PACKED_DATE.match(properties.get("CreationDate", ""))
    day = "-".join(packed.groups()) if packed else ""
    ends = [*blocks[:_FRONT], *blocks[-2:]]
    dates = [find_date(block.text[:300]) for block in ends if day]
    stated = any(date is not None and date.value == day for date in dates)
    return Facts(
        headline=" ".join(blocks[shown[0]].text.split()) if shown else None,
        authors=tuple(name for name in authors if any(fold(name) in text for text in front)),
        date=metadata_date(day, "property CreationDate") if stated else None,
        places={"headline": "property Title", "authors": "property Author"},
    )


def _opens_title(words: str, title: str) -> bool:
    """Whether words are a title, or what stands in it before the name of a site."""
    if words == title:
        return " " in title
    rest = title.removeprefix(words)
    return rest != title and words.count(" ") >= _SITE_BEHIND and not rest.lstrip()[:1].isalnum()


def mark_headline(blocks: Sequence[Block], headline: str | None) -> list[Block]:
    """Give the form `headline` to the first block of these words, close to the top, alone."""
    texts = [" ".join(block.text.split()) for block in blocks]
    if headline is None or headline not in texts:
        return list(blocks)
    place = texts.index(headline)
    made = [replace(one, form="heading") if one.form == "headline" else one for one in blocks]
    made[: place + 1] = [*map(_set_aside, blocks[:place]), replace(blocks[place], form="headline")]
    return made


def _set_aside(block: Block) -> Block:
    stated = is_byline(block.text) or find_date_line(block.text) is not None
    if stated or block.form == "chrome" or count_words(block.text) > _LONGEST_MASTHEAD:
        return replace(block, form="text") if block.form == "headline" else block
    return replace(block, form="chrome", reason="masthead")
