"""Gives each block its role, by its form and its place, and names the rule."""

from collections.abc import Sequence

from briefing.english.lexicon import read_words
from briefing.english.speaking_turns import Turn, find_turns
from briefing.ingest.blocks import BODY, Block, RoleVerdict
from briefing.ingest.lines import forms
from briefing.ingest.lines.author_names import read_authors
from briefing.ingest.lines.forms import count_words, fold, is_byline
from briefing.ingest.lines.stated_dates import find_date_line
from briefing.ingest.roles.classify import BlockKind, classify, is_linked_title, judge_alone
from briefing.ingest.roles.front import Front, read_front
from briefing.ingest.roles.interview import find_questions
from briefing.ingest.roles.live_report import entry_time, is_live_report, set_entry_lines_aside
from briefing.ingest.roles.press_release import mark_release
from briefing.ingest.roles.tail import Tail, find_tails

_LONGEST_HEADING = 12
_LAST_WORDS = 3
_LONGEST_POINTER = 3
_POINT = 8
"""Words of a point of a summary."""
_NEAR = 12
"""How many blocks above the story a caption, a standfirst or a byline of it may stand."""


def assign_roles(
    blocks: Sequence[Block], authors: Sequence[str] = (), *, bounded: bool = False
) -> tuple[list[RoleVerdict], Front]:
    """Return the verdict on every block, in order, and where the parts of the front stand.

    `authors` are those whom the document states apart from its text; where it is `bounded`, other
    stories are found by what announces them, and not by their form alone. Of a page only the story
    and what belongs to it is judged as an article is; the other blocks are set aside before.
    """
    inside = story_blocks(blocks)
    if len(inside) == len(blocks):
        return _judge_article(blocks, authors, bounded=bounded)
    verdicts = [_judge_outside(block) for block in blocks]
    judged, front = _judge_article([blocks[index] for index in inside], authors, bounded=bounded)
    for index, verdict in zip(inside, judged, strict=True):
        verdicts[index] = verdict
    return verdicts, front.moved(inside, len(blocks))


def _judge_article(
    blocks: Sequence[Block], authors: Sequence[str], *, bounded: bool
) -> tuple[list[RoleVerdict], Front]:
    blocks = mark_release(blocks)
    kinds = [classify(blocks, index) for index in range(len(blocks))]
    front, above = read_front(blocks, kinds)
    verdicts = [
        above[index] if index in above else judge_alone(block, kind)
        for index, (block, kind) in enumerate(zip(blocks, kinds, strict=True))
    ]
    vetted = any(block.main for block in blocks)
    live = is_live_report(blocks)
    texts = [block.text for block in blocks]
    tails = find_tails(texts, kinds, front.story, vetted=vetted, announced=live or bounded)
    headline = None if front.headline is None else fold(blocks[front.headline].text)
    outside: set[int] = set()
    for tail in tails:
        outside.update(range(tail.start, tail.stop))
        _set_aside(blocks, kinds, verdicts, tail)
    _set_pointers_aside(blocks, kinds, verdicts)
    turns = find_turns(texts)
    talk = _restore_talk(texts, turns, verdicts, front)
    for index in find_questions(blocks, turns):
        if verdicts[index].role == "body":
            verdicts[index] = RoleVerdict("heading", "question")
    _set_bios_aside(blocks, verdicts, front, authors)
    if live:
        set_entry_lines_aside(blocks, verdicts)
    for index in range(front.story, len(blocks)):
        if index in outside or verdicts[index].role != "body":
            continue
        if index in talk and blocks[index].form not in {"heading", "headline"}:
            continue
        if _is_heading(blocks, kinds, index, outside):
            same = headline is not None and fold(blocks[index].text) == headline
            verdicts[index] = RoleVerdict("heading", "headline_again" if same else "title_line")
    return verdicts, front


def _restore_talk(
    texts: Sequence[str], turns: Sequence[Turn | None], verdicts: list[RoleVerdict], front: Front
) -> range:
    """Make a transcript's turns, and what is between, body; return where they are."""
    places = [index for index, turn in enumerate(turns) if turn is not None]
    talk = range(places[0], places[-1] + 1) if places else range(0)
    for index in range(front.story, talk.start):
        if front.date is None and find_date_line(texts[index]) is not None:
            front.date, verdicts[index] = index, RoleVerdict("boilerplate", "date_line")
    for index in talk:
        is_told = turns[index] is not None or verdicts[index].role == "unrelated"
        if is_told and verdicts[index].reason != "headline":
            verdicts[index] = BODY
    return talk


def _set_pointers_aside(
    blocks: Sequence[Block], kinds: Sequence[BlockKind], verdicts: list[RoleVerdict]
) -> None:
    """Set aside the titles right under a bare `Read more`: they lead to other stories."""
    pointed = False
    for index, (block, kind) in enumerate(zip(blocks, kinds, strict=True)):
        if kind == "voice":
            short = forms.count_words(block.text) <= _LONGEST_POINTER
            pointed = short and verdicts[index].reason == "read_more"
        elif kind not in {"title", "item"} or block.form in {"heading", "headline"}:
            pointed = False
        elif pointed and verdicts[index].role == "body":
            verdicts[index] = RoleVerdict("unrelated", "after_pointer")


def _set_bios_aside(
    blocks: Sequence[Block], verdicts: list[RoleVerdict], front: Front, authors: Sequence[str]
) -> None:
    """Set aside what a document says of its authors, above the story or in its last words."""
    if front.byline is not None:
        authors = (*authors, *read_authors(blocks[front.byline].text))
    read = [i for i, verdict in enumerate(verdicts) if verdict.role in {"body", "standfirst"}]
    near = [index for index in read if index <= front.story]
    for index in {*near, *read[-_LAST_WORDS:]} if authors else ():
        if forms.is_bio(blocks[index].text, authors):
            verdicts[index] = RoleVerdict("boilerplate", "author_bio")
            front.standfirst = None if front.standfirst == index else front.standfirst


def _judge_outside(block: Block) -> RoleVerdict:
    """Return the verdict on a block outside a page's story: another story, or part of the site."""
    if block.form == "chrome":
        return RoleVerdict("boilerplate", block.reason or "page_furniture")
    rule = forms.site_voice(block.text, aside=True)
    if rule is None and forms.is_prose(block.text) and forms.count_words(block.text) >= 12:
        return RoleVerdict("unrelated", "outside_main_content")
    return RoleVerdict("boilerplate", rule or "outside_main_content")


def _set_aside(
    blocks: Sequence[Block], kinds: Sequence[BlockKind], verdicts: list[RoleVerdict], tail: Tail
) -> None:
    """Give a tail's blocks their roles: a site's own lines, what they bring, and others."""
    places = range(tail.start, tail.stop)
    spoken = {
        index: rule
        for index in places
        if kinds[index] != "marker"
        for rule in [forms.site_voice(blocks[index].text, aside=True)]
        if rule is not None
    }
    for index in places:
        between = index - 1 in spoken and index + 1 in spoken
        if index in spoken:
            verdicts[index] = RoleVerdict("boilerplate", spoken[index])
        elif between and kinds[index] in {"line", "title", "item"}:
            verdicts[index] = RoleVerdict("boilerplate", spoken[index - 1])
        elif tail.rule == "after_end_matter" and kinds[index] != "prose":
            verdicts[index] = RoleVerdict("boilerplate", tail.rule)
        else:
            verdicts[index] = RoleVerdict("unrelated", tail.rule)


def _is_heading(
    blocks: Sequence[Block], kinds: Sequence[BlockKind], index: int, outside: set[int]
) -> bool:
    """Whether a line inside the story stands as a title over what follows."""
    block = blocks[index]
    if kinds[index] != "title":
        return False
    if block.form in {"heading", "headline"}:
        return True
    text = block.text.rstrip()
    if forms.count_words(text) > _LONGEST_HEADING or text[:1] in "“\"'‘«»„‚‹›「『":
        return False
    last = text.rstrip(": ").split()[-1:]
    leads_in = read_words("ingest", "labels", "speech", "introduces")
    if text.endswith(":") and (not last or last[0].lower() in leads_in):
        return False  # It leads into speech or a list.
    below = (i for i in range(index + 1, len(blocks)) if kinds[i] not in {"voice", "caption"})
    after = next(below, None)
    if after is None or after in outside or kinds[after] not in {"prose", "item", "note"}:
        return False
    before = next((i for i in range(index - 1, -1, -1) if kinds[i] != "voice"), None)
    return before is None or not blocks[before].text.rstrip().endswith((":", ","))


def story_blocks(blocks: Sequence[Block]) -> list[int]:
    """Return the blocks to be judged as an article: of a page, its story and what is close."""
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
    near = 0 < above <= _NEAR
    if not (near or (within and block.form == "caption")):
        return False  # Most blocks of a page are far away, and not read to learn that.
    service = block.form == "byline" or is_byline(block.text) or find_date_line(block.text)
    if block.form == "standfirst" or (service and not block.apart):
        return near
    return block.form == "caption"
