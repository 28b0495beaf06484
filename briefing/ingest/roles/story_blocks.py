"""Chooses which blocks are judged as an article: all, but of a page only its story and its like."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.ingest.blocks import Block
from briefing.ingest.lines.forms import count_words, is_byline
from briefing.ingest.lines.stated_dates import find_date_line
from briefing.ingest.roles.classify import is_linked_title
from briefing.ingest.roles.live_report import entry_time, is_live_report

_POINT = 8
"""Words of a point of a summary."""
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
    live = is_live_report(blocks[max(0, first - _NEAR) : last + 1])
    return [
        index
        for index, block in enumerate(blocks)
        if block.main is not False
        or _belongs(block, story - index, within=first <= index <= last)
        or (live and first - _NEAR <= index <= last and _opens_entry(block))
    ]


def _opens_entry(block: Block) -> bool:
    """Whether a block opens an entry of a live report, its time or its heading, or sums it up."""
    if block.apart or is_linked_title(block):
        return False
    is_point = block.form == "list" and count_words(block.text) >= _POINT
    return is_point or block.form == "heading" or entry_time(block) is not None


def _belongs(block: Block, above: int, *, within: bool) -> bool:
    """Whether a block that the extractor skipped is part of the story all the same."""
    if block.form == "headline":
        return above > 0
    service = block.form == "byline" or is_byline(block.text) or find_date_line(block.text)
    if block.form == "standfirst" or (service and not block.apart):
        return 0 < above <= _NEAR
    return block.form == "caption" and (within or 0 < above <= _NEAR)
