"""What stands above a story: headline, standfirst, captions, bylines, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from briefing.english.lexicon import read_words
from briefing.ingest.blocks import Block, RoleVerdict
from briefing.ingest.lines import forms
from briefing.ingest.lines.author_names import is_function
from briefing.ingest.lines.sources import read_source_line
from briefing.ingest.lines.stated_dates import find_date_line, find_updated
from briefing.ingest.roles.classify import BlockKind, judge_alone

_PARTS = ("headline", "source", "byline", "date", "standfirst", "updated", "address")
_MOST_LABELS = 3
_LONGEST_STANDFIRST = 60
_LONGEST_SERVICE_LINE = 200
_LONGEST_MENU = 200
_SHORTEST_MENU = 4


class Front(Struct):
    """Where the parts above the story stand, as block numbers; `story` is the first block of it."""

    headline: int | None = None
    source: int | None = None
    byline: int | None = None
    date: int | None = None
    standfirst: int | None = None
    updated: int | None = None
    address: int | None = None
    labels: int = 0
    menu: int = 0
    story: int = 0

    def moved(self, places: Sequence[int], total: int) -> Front:
        """Return the same front in other block numbers: `places[i]` for every `i`."""
        stand = ((name, getattr(self, name)) for name in _PARTS)
        moved = {name: places[index] for name, index in stand if index is not None}
        return replace(self, **moved, story=[*places, total][self.story])


def read_front(
    blocks: Sequence[Block], kinds: Sequence[BlockKind]
) -> tuple[Front, dict[int, RoleVerdict]]:
    """Judge the blocks above the story; return where its parts stand, and the verdicts."""
    front = Front(menu=_menu_end(blocks, kinds))
    verdicts: dict[int, RoleVerdict] = {}
    for index in range(len(blocks)):
        verdict = _judge(blocks, kinds, index, front)
        if verdict is None:
            front.story = index
            return front, verdicts
        verdicts[index] = verdict
    front.story = len(blocks)
    return front, verdicts


def _judge(
    blocks: Sequence[Block], kinds: Sequence[BlockKind], index: int, front: Front
) -> RoleVerdict | None:
    """Return the verdict on a block of the front and note its place; None opens the story."""
    block, kind = blocks[index], kinds[index]
    if index < front.menu:
        return RoleVerdict("boilerplate", "navigation")
    if kind in {"caption", "note", "voice", "closing", "marker"}:
        return judge_alone(block, kind)
    return (
        _judge_service_line(block, index, front)
        or _judge_source_line(blocks, kinds, index, front)
        or _judge_words(blocks, kinds, index, front)
    )


def _menu_end(blocks: Sequence[Block], kinds: Sequence[BlockKind]) -> int:
    """Return where the menu that opens a copied page ends, before what may be the headline."""
    end = 0
    for index in range(min(len(blocks), _LONGEST_MENU)):
        block, kind = blocks[index], kinds[index]
        short = kind in {"title", "line", "item"} and forms.count_words(block.text) <= 3
        is_told = block.main is not None or block.form == "chrome"
        if is_told or not (short or kind == "voice"):
            break
        end = index + 1
    spoken = [index for index in range(end) if kinds[index] == "voice"]
    if len(spoken) < 2 or end < _SHORTEST_MENU:
        return 0
    return end if forms.is_title_like(blocks[min(end, len(blocks) - 1)].text) else spoken[-1] + 1


def _judge_service_line(block: Block, index: int, front: Front) -> RoleVerdict | None:
    text = block.text
    if front.updated is None and len(text) <= _LONGEST_SERVICE_LINE and find_updated(text):
        front.updated = index
    if find_date_line(text) is not None and block.form != "quote":
        front.date = index if front.date is None else front.date
        return RoleVerdict("boilerplate", "date_line")
    if forms.is_stamp(text):
        return RoleVerdict("boilerplate", "time_stamp")
    if forms.read_address(text) is not None:
        front.address = index if front.address is None else front.address
        return RoleVerdict("boilerplate", "address_line")
    return _judge_byline(block, index, front)


def _judge_byline(block: Block, index: int, front: Front) -> RoleVerdict | None:
    """Return the verdict on a byline, or on the line of an author's function right below it."""
    text = block.text
    if block.form == "byline" or forms.is_byline(text):
        front.byline = index if front.byline is None else front.byline
    elif front.byline != index - 1 or len(text) > 80 or not is_function(text) or text[-1:] == ".":
        return None
    return RoleVerdict("boilerplate", "byline")


def _judge_source_line(
    blocks: Sequence[Block], kinds: Sequence[BlockKind], index: int, front: Front
) -> RoleVerdict | None:
    """Return the verdict on a line that names an outlet; above all others a title is below it."""
    text, links = blocks[index].text, blocks[index].links
    linked = bool(links) and links[0].start <= 1 and links[-1].end >= len(text) - 1
    below = blocks[index + 1].text if index + 1 < len(blocks) else ""
    titled = kinds[index + 2 : index + 3] == ["title"] and find_date_line(below) is not None
    if front.source is not None or not (index or (titled and blocks[index].form == "text")):
        return None
    if read_source_line(text, linked=linked, below=below) is None:
        return None
    front.source = index
    return RoleVerdict("boilerplate", "source_line")


def _judge_words(
    blocks: Sequence[Block], kinds: Sequence[BlockKind], index: int, front: Front
) -> RoleVerdict | None:
    block = blocks[index]
    if front.headline is None:
        return _judge_first_words(blocks, kinds, index, front)
    if kinds[index] == "title" and forms.opens_with_agency(block.text):
        return RoleVerdict("caption", "opens_with_credit")
    if front.standfirst is None and _is_standfirst(blocks, kinds, index):
        front.standfirst = index
        return RoleVerdict("standfirst", "between_headline_and_story")
    short = kinds[index] == "title" and forms.count_words(block.text) <= 5
    after = _next_words(blocks, kinds, index)
    if not short or front.labels >= _MOST_LABELS or front.standfirst is not None or after is None:
        return None
    if not (_is_standfirst(blocks, kinds, after) or _is_service_line(blocks[after])):
        return None
    front.labels += 1
    return RoleVerdict("caption", "label_under_headline")


def _judge_first_words(
    blocks: Sequence[Block], kinds: Sequence[BlockKind], index: int, front: Front
) -> RoleVerdict | None:
    block = blocks[index]
    if block.form == "headline":
        front.headline = index
        return RoleVerdict("heading", "headline")
    if not _is_title(block.text, kinds[index]) or _next_words(blocks, kinds, index) is None:
        return None
    if _is_kicker(blocks, kinds, index):
        front.labels += 1
        return RoleVerdict("boilerplate", "kicker")
    if block.text.rstrip().endswith(":"):
        return None
    front.headline = index
    return RoleVerdict("heading", "headline")


def _is_title(text: str, kind: BlockKind) -> bool:
    """Whether the first words of a document are its title; a question may be one."""
    if forms.is_headline(text):
        return True
    asks = text.rstrip("\"'”’)")[-1:] in {"?", "!"} and not re.search(r"[.?!]\s", text)
    return kind == "title" or (kind == "prose" and asks and forms.is_title_like(text, 16))


def _is_kicker(blocks: Sequence[Block], kinds: Sequence[BlockKind], index: int) -> bool:
    """Whether a line of a word or two names a topic or a form above the headline proper."""
    after = index + 1
    text = blocks[index].text
    if forms.count_words(text) > 3 or len(text) > 30 or after >= len(blocks):
        return False
    words = forms.count_words(blocks[after].text)
    titled = kinds[after] == "title" and not forms.is_byline(blocks[after].text)
    fewest = 2 if forms.fold(text.strip(" .:|")) in read_words("ingest", "labels", "forms") else 5
    return blocks[after].form == "headline" or (titled and fewest <= words <= 14)


def _next_words(blocks: Sequence[Block], kinds: Sequence[BlockKind], index: int) -> int | None:
    """Return the next block that says something of its own, None at the end."""
    after = range(index + 1, min(len(blocks), index + 30))
    aside = {"voice", "closing", "caption", "stamp"}
    return next((each for each in after if kinds[each] not in aside), None)


def _is_standfirst(blocks: Sequence[Block], kinds: Sequence[BlockKind], index: int) -> bool:
    """Whether a block sums the story up: by its form, or by the byline after it."""
    block = blocks[index]
    words = forms.count_words(block.text)
    if not 6 <= words <= _LONGEST_STANDFIRST or kinds[index] not in {"title", "prose", "line"}:
        return False
    if block.form == "standfirst":
        return True
    after = index + 1
    if after >= len(blocks) or block.form != "text" or _next_words(blocks, kinds, index) is None:
        return False
    if block.text.rstrip("\"'”’ ")[-1:].isalnum() and kinds[after] not in {"item", "title"}:
        return words <= 40
    sentences = len(re.findall(r"[.!?][\"”’']?(?:\s+[A-Z“\"]|\s*$)", block.text))
    return sentences <= 2 and _is_service_line(blocks[after])


def _is_service_line(block: Block) -> bool:
    return forms.is_byline(block.text) or find_date_line(block.text) is not None
