"""Splits a newsletter of several stories, only where its own headings part them clearly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from briefing.ingest.blocks import Block, Extraction, Facts
from briefing.ingest.lines.forms import count_words, fold

_FEWEST: Final = 3
"""Stories of a newsletter; two are enough where every heading is a link to its story."""
_SHORTEST: Final = 60
"""Words of a story."""


def split_stories(blocks: Sequence[Block], facts: Facts) -> list[Extraction]:
    """Return the stories of a newsletter, none where it is one article.

    Headings at like places of the page part stories where most have a text of their own with a
    link below them, and none is the subject of the mail. A text above them is the first article.
    """
    if any(_is_subject(block, facts) for block in blocks):
        return []
    starts = _headings(blocks)
    if not starts:
        return []
    cuts = [*starts, len(blocks)]
    parts = [list(blocks[start:end]) for start, end in pairwise(cuts)]
    whole = [_is_story(part) for part in parts]
    linked = all(_is_linked(part[0]) for part, kept in zip(parts, whole, strict=True) if kept)
    if sum(whole) < (2 if linked else _FEWEST) or sum(whole) * 3 < len(parts) * 2:
        return []
    above = list(blocks[: starts[0]])
    stories = [Extraction(_own(above), facts)] if _words(above) > _SHORTEST else []
    spare = [] if stories else _set_aside(above)
    told = replace(facts, headline=None)
    for part, kept in zip(parts, whole, strict=True):
        if kept:
            stories.append(Extraction([*spare, *_own(part, headed=True)], told))
            spare = []
        elif stories:
            stories[-1].blocks.extend(_set_aside(part))
        else:
            spare += _set_aside(part)
    return stories


def _is_subject(block: Block, facts: Facts) -> bool:
    """Whether a block shows the subject of the mail as the title of one article."""
    titled = block.form in {"headline", "heading"} and facts.headline is not None
    return titled and fold(block.text) == fold(facts.headline or "")


def _headings(blocks: Sequence[Block]) -> list[int]:
    """Return where the headings stand that are most often at like places of the page."""
    found = [i for i, block in enumerate(blocks) if block.form in {"headline", "heading"}]
    counted = Counter(blocks[index].place for index in found).most_common(1)
    return [index for index in found if counted[0][0] == blocks[index].place]


def _is_story(part: Sequence[Block]) -> bool:
    linked = any(link.url for block in part for link in block.links)
    return linked and _words(part[1:]) > _SHORTEST


def _is_linked(heading: Block) -> bool:
    return sum(link.end - link.start for link in heading.links) * 2 > len(heading.text)


def _words(part: Sequence[Block]) -> int:
    return sum(count_words(block.text) for block in part if block.main is not False)


def _own(part: Sequence[Block], *, headed: bool = False) -> list[Block]:
    """Return the blocks of a story, the first its headline."""
    return [
        replace(block, form="headline", main=True)
        if headed and index == 0
        else replace(block, form="heading" if block.form == "headline" else block.form)
        for index, block in enumerate(part)
    ]


def _set_aside(part: Sequence[Block]) -> list[Block]:
    return [replace(block, main=False) for block in part]
