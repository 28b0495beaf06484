"""Reads saved pages: their blocks, which of them are the story, and what the page states."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from briefing.ingest.blocks import Block, Extraction
from briefing.ingest.lines.forms import count_words, is_byline, site_voice
from briefing.ingest.lines.stated_dates import find_date_line
from briefing.ingest.readers.decode import decode
from briefing.ingest.readers.html.dom import parse_page, walk
from briefing.ingest.readers.html.pagefacts import page_facts
from briefing.ingest.readers.html.story import find_story
from briefing.ingest.roles.live_report import is_live_report
from briefing.ingest.several import count_article_elements

_NEAR = 6
_SHORTEST_STANDFIRST = 8


class PageAddress(NamedTuple):
    """An address, and where outside the page it was stated."""

    url: str
    place: str


def read_html(data: bytes, name: str, address: PageAddress | None = None) -> Extraction:
    """Return the blocks of an HTML page in reading order and the facts it states.

    Each block says whether it is in the story (`main`), unless no story was found. Nothing that a
    browser shows is left out. `address` is where the page was found, taken where it states none.
    Raises InputError, naming the file, for what is no text and for a page nested too deeply to be
    parsed.
    """
    text, encoding = decode(data, name)
    root = parse_page(text, name)
    if root is None:
        return Extraction([], encoding=encoding)
    facts = page_facts(root)
    if address is not None and facts.url is None:
        places = {**facts.places, "url": address.place}
        facts = replace(facts, url=address.url, places=places)
    blocks = walk(root, facts.url)
    held = 1 if is_live_report(blocks) else count_article_elements(root)
    story = find_story(root, blocks)
    if any(story):
        blocks = [replace(block, main=main) for block, main in zip(blocks, story, strict=True)]
        blocks = with_front(blocks, facts.headline)
    return Extraction(blocks, facts, encoding, held=held)


def with_front(blocks: list[Block], headline: str | None) -> list[Block]:
    """Leave the form `headline` to one block, and give `standfirst` to what sums the story up."""
    return _with_standfirst(_with_one_headline(blocks, headline))


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


def _with_standfirst(blocks: list[Block]) -> list[Block]:
    """Give the form `standfirst` to the words right under the headline that sum the story up.

    These are a long heading, or a paragraph that the extractor left outside the story.
    """
    title = next((i for i, block in enumerate(blocks) if block.form == "headline"), len(blocks))
    for index in range(title + 1, min(len(blocks), title + _NEAR)):
        block = blocks[index]
        if (
            block.form in {"byline", "caption"}
            or is_byline(block.text)
            or find_date_line(block.text)
        ):
            continue
        linked = sum(link.end - link.start for link in block.links) > len(block.text) // 2
        words = count_words(block.text)
        heading = block.form == "heading" and words >= _SHORTEST_STANDFIRST
        outside = block.form == "text" and block.main is False and words >= 6
        if (
            (heading or outside)
            and words <= 60
            and not linked
            and not site_voice(block.text, aside=True)
        ):
            return [*blocks[:index], replace(block, form="standfirst"), *blocks[index + 1 :]]
        break
    return blocks
