"""Saved pages: tree to blocks, the story told from the rest, and what the page states of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.ingest.blocks import NO_FACTS, Block, Facts

_NEAR = 12


def read_page(text: str, name: str) -> tuple[list[Block], Facts]:
    """Return the blocks of an HTML page in reading order and the facts it states.

    Each block says whether it is in the story (`main`), unless no story was found. Nothing that a
    browser shows is left out. Raises InputError, naming the file `name`, for a page nested too
    deeply to be parsed.
    """
    from briefing.ingest.readers.html.dom import parse_page, walk
    from briefing.ingest.readers.html.pagefacts import page_facts
    from briefing.ingest.readers.html.story import find_story

    root = parse_page(text, name)
    if root is None:
        return [], NO_FACTS
    facts = page_facts(root)
    blocks = walk(root, facts.url)
    story = find_story(root, blocks)
    if not any(story):
        return blocks, facts
    blocks = [replace(block, main=main) for block, main in zip(blocks, story, strict=True)]
    return _with_one_headline(blocks, facts.headline), facts


def story_blocks(blocks: Sequence[Block]) -> list[int]:
    """Return the numbers of the blocks to be judged as an article: all, but for pages.

    Of a page these are its story, the headline above it, and captions and standfirst close to it.
    """
    first = next((index for index, block in enumerate(blocks) if block.main), None)
    if first is None:
        return [index for index, block in enumerate(blocks) if block.main is None]
    last = max(index for index, block in enumerate(blocks) if block.main)
    return [
        index
        for index, block in enumerate(blocks)
        if block.main is not False or _belongs(block, first - index, within=first <= index <= last)
    ]


def _belongs(block: Block, above: int, *, within: bool) -> bool:
    """Tell whether a block that the extractor passed over is part of the story all the same."""
    if block.form == "headline":
        return above > 0
    if block.form == "standfirst":
        return 0 < above <= _NEAR
    return block.form == "caption" and (within or 0 < above <= _NEAR)


def _with_one_headline(blocks: list[Block], headline: str | None) -> list[Block]:
    """Leave the form `headline` to one block: of the stated words, or the last above the story."""
    ranked = [index for index, block in enumerate(blocks) if block.form == "headline"]
    stated = [
        index
        for index, block in enumerate(blocks)
        if headline
        and block.form in {"headline", "heading"}
        and " ".join(block.text.split()) == headline
    ]
    first = next((index for index, block in enumerate(blocks) if block.main), len(blocks))
    above = [index for index in ranked if index <= first]
    chosen = stated[-1] if stated and not set(stated) & set(above) else None
    chosen = next((i for i in reversed(above) if i in stated), chosen)
    if chosen is None:
        chosen = above[-1] if above else None
    return [
        replace(block, form="headline" if index == chosen else "heading")
        if index == chosen or block.form == "headline"
        else block
        for index, block in enumerate(blocks)
    ]
