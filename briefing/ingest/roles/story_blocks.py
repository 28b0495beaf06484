"""Chooses which blocks are judged as an article: all, but of a page only its story and its like."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.ingest.blocks import Block
from briefing.ingest.lines.forms import is_byline
from briefing.ingest.lines.stated_dates import find_date_line

_NEAR = 12
"""How many blocks above the story a caption, a standfirst or a byline of it may stand."""


def story_blocks(blocks: Sequence[Block]) -> list[int]:
    """Return the numbers of the blocks to be judged as an article: all, but for pages.

    Of a page these are its story, the headline above it, and captions, standfirst, byline and
    date close to it.
    """
    first = next((index for index, block in enumerate(blocks) if block.main), None)
    if first is None:
        return [index for index, block in enumerate(blocks) if block.main is None]
    words = (i for i, block in enumerate(blocks) if block.main and block.form != "headline")
    story = next(words, first)
    last = max(index for index, block in enumerate(blocks) if block.main)
    return [
        index
        for index, block in enumerate(blocks)
        if block.main is not False or _belongs(block, story - index, within=first <= index <= last)
    ]


def _belongs(block: Block, above: int, *, within: bool) -> bool:
    """Whether a block that the extractor skipped is part of the story all the same."""
    if block.form == "headline":
        return above > 0
    service = block.form == "byline" or is_byline(block.text) or find_date_line(block.text)
    if block.form == "standfirst" or (service and not block.apart):
        return 0 < above <= _NEAR
    return block.form == "caption" and (within or 0 < above <= _NEAR)
