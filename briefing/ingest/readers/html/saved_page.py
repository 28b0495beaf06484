"""Reads saved pages: their blocks, which of them are the story, and what the page states.

The story is what trafilatura finds, and similar blocks: running text at like places of the tree,
quoted posts between its paragraphs. Trafilatura is imported on first use, for it costs most.
"""

import logging
import re
from collections import Counter
from collections.abc import Sequence
from functools import partial
from itertools import chain, pairwise
from typing import Any

from lxml.etree import strip_elements
from msgspec.structs import replace

from briefing.ingest.blocks import Block, Extraction, StatedValue
from briefing.ingest.lines.forms import count_words, is_byline, is_prose, site_voice
from briefing.ingest.lines.stated_dates import find_date_line
from briefing.ingest.readers.decode import decode
from briefing.ingest.readers.html.dom import UNSEEN, parse_page, walk
from briefing.ingest.readers.html.pagefacts import page_facts
from briefing.ingest.roles.live_report import is_live_report
from briefing.ingest.several import count_article_elements

_NEAR = 6
_SHORTEST_STANDFIRST = 8
_WORD = re.compile("[^\\W\u2e80-\u9fff\uac00-\ud7af]+|[\u2e80-\u9fff\uac00-\ud7af]")
_RUN = 4
_ENOUGH = 0.7
_WIDEST_GAP = 6
_RUNNING = 20
"""Words of a paragraph of running text."""
_SENTENCE = 10
_SHORT = 500
_SILENT = logging.NullHandler()
MOST_BLOCKS = 20_000
"""Blocks that a page may have for the extractor, whose time grows with their square. Articles have
hundreds; of a page with more, all that is no furniture is its story."""
_STYLING = re.compile(r"(?:^|\s)bottom|bottom(?:\s|$)|(?:^|\s)link(?:\s|$)")


def read_html(data: bytes, name: str, address: StatedValue | None = None) -> Extraction:
    """Return the blocks of an HTML page in reading order and the facts it states.

    Each block says whether it is in the story (`main`), unless no story was found. Nothing that a
    browser shows is left out. `address` is where the page was found, taken where it states none.
    Raises InputError for what is no text and for a page nested too deeply to be parsed.
    """
    text, encoding = decode(data, name)
    root = parse_page(text, name)
    facts = page_facts(root)
    if address is not None and facts.url is None:
        places = {**facts.places, "url": address.place}
        facts = replace(facts, url=address.value, places=places)
    blocks = walk(root, facts.url)
    held = 1 if is_live_report(blocks) else count_article_elements(root)
    story = find_story(root, blocks)
    if any(story):
        blocks = [replace(block, main=main) for block, main in zip(blocks, story, strict=True)]
        blocks = with_front(blocks, facts.headline)
    return Extraction(blocks, facts, encoding, held=held)


def with_front(blocks: list[Block], headline: str | None) -> list[Block]:
    """Mark one headline, stated or the last above the story, and the `standfirst` below it."""
    titles = [i for i, block in enumerate(blocks) if block.form in {"headline", "heading"}]
    stated = [i for i in titles if headline and " ".join(blocks[i].text.split()) == headline]
    first = next((index for index, block in enumerate(blocks) if block.main), len(blocks))
    above = [i for i in titles if blocks[i].form == "headline" and i <= first]
    title = ([i for i in above if i in stated] or stated or above or [len(blocks)])[-1]
    made = list(blocks)
    for index in titles:
        made[index] = replace(blocks[index], form="headline" if index == title else "heading")
    # A long heading sums the story up, or a paragraph that the extractor left outside of it.
    for index, block in enumerate(made[title + 1 : title + _NEAR], title + 1):
        signs = block.form in {"byline", "caption"} or is_byline(block.text)
        if signs or find_date_line(block.text):
            continue
        words = count_words(block.text)
        heading = block.form == "heading" and words >= _SHORTEST_STANDFIRST
        outside = block.form == "text" and block.main is False and words >= 6
        is_told = (heading or outside) and words <= 60 and block.share_linked <= 0.5
        if is_told and not site_voice(block.text, aside=True):
            made[index] = replace(block, form="standfirst")
        break
    return made


def find_story(root: Any, blocks: Sequence[Block]) -> list[bool]:
    """Return for every block whether it belongs to the story; `root` is the page's tree."""
    return _with_gaps(blocks, _with_like_places(blocks, find_extracted(root, blocks)))


def find_extracted(root: Any, blocks: Sequence[Block]) -> list[bool]:
    """Return for every block whether the extractor found a line, or most runs of words, of it."""
    if len(blocks) > MOST_BLOCKS:
        return [block.form != "chrome" for block in blocks]
    text = _extract(root, blocks)
    found = [words_of(line) for line in text.split("\n")]
    lines, runs = frozenset(map(" ".join, found)), frozenset(_runs(list(chain(*found))))
    return [block.form != "chrome" and _is_found(block.text, lines, runs) for block in blocks]


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case; in scripts without blanks every sign is one."""
    return _WORD.findall(text.lower())


def _extract(root: Any, blocks: Sequence[Block]) -> str:
    """Return what the extractor finds, told to be strict unless that leaves hardly anything.

    Being strict, it drops elements by how they are styled: those that hold running text lose the
    attributes that it goes by. It asks others too, for as long again, where they may find more.
    """
    from trafilatura import extract

    logging.getLogger("trafilatura").addHandler(_SILENT)
    # It copies the tree and searches it many times; that a page is a forum, a script says.
    forum = [each for each in root.iter("script") if "DiscussionForumPosting" in (each.text or "")]
    strip_elements(root, *UNSEEN, with_tail=False)
    root.extend(forum)
    _hide_styling(root)
    find = partial(extract, root, include_comments=False, with_metadata=False)
    strict = find(favor_precision=True, fast=True) or ""
    if not _is_best(strict, blocks):
        strict = find(favor_precision=True) or ""
    texts = (" ".join(element.text_content().split()) for element in root.iter("p"))
    if len(strict) * 3 >= sum(len(text) for text in texts if text.count(" ") >= _RUNNING):
        return strict
    usual = find() or ""
    return strict if len(strict) * 3 >= len(usual) else usual


def _is_best(text: str, blocks: Sequence[Block]) -> bool:
    """Whether the extractor would prefer its own find to others, by their lengths."""
    shown = sum(
        len(block.text) * (1 - block.share_linked)
        for block in blocks
        if not block.apart and block.form != "chrome" and block.text.count(" ") >= _SENTENCE
    )
    if len(text) < _SHORT or shown > 2 * len(text):
        return False
    lines = text.split("\n")
    is_prose = any(line.count(" ") >= _RUNNING and line[0] != "-" for line in lines)
    return 2 * shown < len(text) or (is_prose and not any(line[:2] == "| " for line in lines))


def _hide_styling(root: Any) -> None:
    """Take from boxes of running text beside more of it what makes a strict extractor drop them."""
    seen: set[Any] = set()
    for paragraph in root.iter("p"):
        if not _is_running(paragraph):
            continue
        for element in (paragraph, *paragraph.iterancestors()):
            if element in seen:
                break
            seen.add(element)
            beside = element.getprevious(), element.getnext()
            if _is_dropped(element) and any(map(_is_story, beside)):
                for name in ("class", "id", "style"):
                    element.attrib.pop(name, None)


def _is_running(paragraph: Any) -> bool:
    return len(paragraph.text_content().split()) >= _RUNNING


def _is_dropped(element: Any) -> bool:
    names = (element.get("class") or "", element.get("id") or "")
    return "border" in (element.get("style") or "") or any(map(_STYLING.search, names))


def _is_story(element: Any) -> bool:
    """Whether an element is running text, or a box of it, that no extractor drops for its style."""
    if element is None or not isinstance(element.tag, str) or _is_dropped(element):
        return False
    first = element if element.tag == "p" else next(element.iter("p"), None)
    return first is not None and _is_running(first)


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)]


def _is_found(text: str, lines: frozenset[str], runs: frozenset[tuple[str, ...]]) -> bool:
    words = words_of(text)
    if not words or " ".join(words) in lines:
        return bool(words)
    own = _runs(words)
    return bool(own) and sum(run in runs for run in own) >= _ENOUGH * len(own)


def _with_like_places(blocks: Sequence[Block], found: Sequence[bool]) -> list[bool]:
    """Add running text at places of the tree where the story has three blocks or more."""
    pairs = list(zip(blocks, found, strict=True))
    texts = (block for block, main in pairs if main and block.form == "text")
    inside = Counter(block.place for block in texts if is_prose(block.text))

    def is_alike(block: Block) -> bool:
        alike = block.form == "text" and inside[block.place] >= 3 and is_prose(block.text)
        return alike and block.share_linked < 0.5

    return [main or is_alike(block) for block, main in pairs]


def _with_gaps(blocks: Sequence[Block], found: Sequence[bool]) -> list[bool]:
    """Add what stands between close blocks of the story: quotes, and text that is no mere link."""
    main = list(found)
    for last, index in pairwise(index for index, is_main in enumerate(found) if is_main):
        if 1 < index - last <= _WIDEST_GAP:
            for between in range(last + 1, index):
                main[between] = _fills_gap(blocks[between], narrow=index - last <= 2)
    return main


def _fills_gap(block: Block, *, narrow: bool) -> bool:
    if block.form == "quote" or not narrow or block.form not in {"heading", "list", "text"}:
        return block.form == "quote"
    if block.share_linked < 0.5:
        return True
    # A paragraph may be a sentence of the story though all of it is a link.
    sentence = block.text.rstrip()[-1:] in {*'.!?”"'} and count_words(block.text) >= 8
    return block.form == "text" and sentence and site_voice(block.text, aside=True) is None
