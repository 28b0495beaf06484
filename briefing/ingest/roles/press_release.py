"""Who an article is from by its form: the sender of a press release, the site that shows a page.

A notice (`For immediate release`) among the first lines makes a release. Whom to call, what the
sender says of itself (`About …`) and how the text is ended are set aside. A site is named by a
widely known outlet that one of its own lines names (a sign-up, a comment policy), and a second
block set aside too: one line alone may be a partner's, a credit an agency's.
"""

import functools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from briefing.english.lexicon import compile_words, read_words
from briefing.english.word_classes import BODY, classify
from briefing.ingest.blocks import Block, RoleVerdict
from briefing.ingest.lines import forms
from briefing.ingest.lines.forms import site_rules
from briefing.ingest.lines.stated_dates import find_date_line
from briefing.world.outlets import find_outlets, usual_name

NOTICE = "press_release"
ABOUT = "about_sender"
LETTERHEAD = "letterhead"
_HEAD = 12
_LONGEST_LINE = 120
_MOST_OF_CONTACT = 8
_LONGEST_NAME = 8
_words = functools.partial(compile_words, room="ingest", name="releases")
_NOTICE = _words(
    r"(?i)\W*(?:{})\b(?:\s*[-–—:|,]?\s*(?:[\w ,.:]{{0,40}}|[^\n]{{0,60}}\d[^\n]{{0,30}}))?\W*",
    "notices",
)
_REFERENCE = re.compile(r"(?:(?:No|Nr|Ref|Reference)\b\.?:?\s?)?[A-Z\d][A-Z\d/.-]*[/-]\d[\w/.-]*")
_OFFICE = re.compile(
    r"(?:Ministry|Department|Embassy|Office|Permanent Mission)"
    r" (?:of|for)(?: (?:[A-Z]\S*|of|the|and|for))+"
)
_NOTES = _words(r"(?i)\W*(?:{})\W*", "notes")
_CONTACT = _words(r"(?i)\W*(?:{})\b(?:\s*:|\W*$|\s+[^.]{{0,80}}$)", "contacts")
_REACHED = re.compile(r"@|\bwww\.|https?://|\d[\d\s().+/-]{5,}")
_ABOUT = re.compile(
    r"\W*(?:About|Über|[ÀA] propos de|Acerca de|Sobre) (?:(?:the|die|das|den|la|el) )?"
    r"([^\W\d_a-z][^?!:;\n]{1,70}?)\W*"
)
_END = re.compile(r"(?i)\W*(?:#\s*){2,}\W*|\W*(?:-\s*30\s*-|ends?|end of (?:press )?release)\W*")
_WARNING = _words(r"(?i)\W*(?:{})\b", "warnings")
_SENDER = re.compile(r"(?:SOURCE|Source):?\s+([^\W\d_a-z][^.\n]{1,70}?)\W*")
_ANNOUNCES = re.compile(
    r"(?:.{0,80}?\s[-–—]{1,2}\s)?(?P<name>(?:the )?[^\W\d_a-z][\w.&’'-]*"
    r"(?:\s(?:(?:of|and|for|the|&)\s)?[^\W\d_a-z][\w.&’'-]*){0,6})"
    r"(?:\s\([^()]{1,40}\))?,?\s(?:today|has today|announces|announced|is pleased)\b"
)
_SET_ASIDE = frozenset({"boilerplate", "unrelated"})
_LONGEST = 700


class Host(NamedTuple):
    """The site of an article: its usual name, and the words that name it in a block."""

    name: str
    words: str
    block: int


def mark_release(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks of an article, the furniture of a press release's sender as chrome."""
    head = enumerate(block.text for block in blocks[:_HEAD])
    notices = [i for i, text in head if len(text) <= _LONGEST_LINE and _NOTICE.fullmatch(text)]
    if not notices:
        return blocks
    notice = notices[0]
    aside = dict.fromkeys(_letterhead(blocks, notices[-1]), LETTERHEAD)
    aside |= dict.fromkeys(notices, NOTICE)
    for index, block in enumerate(blocks[notice:_HEAD], notice):
        if _REFERENCE.fullmatch(block.text.strip()):
            aside[index] = "reference"
    ended: str | None = None
    for index, block in enumerate(blocks):
        text = block.text.strip()
        opened = _opens_furniture(text) if index > notice else None
        if opened is not None:
            ended = opened
        elif len(text) <= _LONGEST_LINE and _END.fullmatch(text):
            aside[index], ended = "end_mark", None
        elif _CONTACT.match(text[:_LONGEST_LINE]) and len(text) <= _LONGEST_LINE * 2:
            aside.update(dict.fromkeys(_contact(blocks, index), "contact"))
            ended = None
        if ended is not None:
            aside.setdefault(index, ended)
    found = ((block, aside.get(index)) for index, block in enumerate(blocks))
    return [replace(one, form="chrome", reason=why) if why else one for one, why in found]


def _opens_furniture(text: str) -> str | None:
    """Return what the sender adds to its release under a line, None for other lines."""
    if _ABOUT.fullmatch(text) and forms.count_words(text) <= 10:
        return ABOUT
    if _NOTES.fullmatch(text[:_LONGEST_LINE]):
        return "notes_to_editors"
    return "disclaimer" if _WARNING.match(text[:_LONGEST_LINE]) else None


def is_newswire(publisher: str | None) -> bool:
    """Whether a publisher hands on the releases of others."""
    return publisher in read_words("ingest", "releases", "newswires")


def find_sender(blocks: Sequence[Block], verdicts: Sequence[RoleVerdict]) -> Host | None:
    """Return who sends a press release, by its source, letterhead or words, and that block."""
    notice = next((i for i, each in enumerate(verdicts) if each.reason == NOTICE), None)
    return None if notice is None else next(_senders(blocks, verdicts, notice), None)


def _senders(
    blocks: Sequence[Block], verdicts: Sequence[RoleVerdict], notice: int
) -> Iterator[Host]:
    for pattern, places in (
        (_SENDER, range(len(blocks) - 1, notice, -1)),
        (_ABOUT, (i for i, each in enumerate(verdicts) if each.reason == ABOUT)),
    ):
        for index in places:
            found = pattern.fullmatch(blocks[index].text.strip()[: _LONGEST_LINE + 1])
            if found is not None and not classify(found[1].lower())[1] & BODY:
                yield Host(found[1], found[0].strip(), index)
    for index in (i for i, each in enumerate(verdicts) if each.reason == LETTERHEAD):
        yield Host(_as_written(blocks[index].text, blocks), blocks[index].text.strip(), index)
    story = next((i for i, each in enumerate(verdicts) if each.role == "body"), None)
    found = _ANNOUNCES.match(blocks[story].text[:300]) if story is not None else None
    if found is not None and story is not None:
        yield Host(found["name"].removeprefix("The "), found["name"], story)


def _contact(blocks: Sequence[Block], first: int) -> Iterator[int]:
    """Yield the blocks that say whom to call: lines of names, numbers and addresses."""
    yield first
    for index in range(first + 1, min(len(blocks), first + _MOST_OF_CONTACT)):
        text = blocks[index].text.strip()
        is_line = len(text) <= _LONGEST_LINE and text[-1:] not in '.!?”"'
        reached = _REACHED.search(text) is not None
        before = _REACHED.search(" ".join(block.text for block in blocks[first:index]))
        if not is_line or not (reached or (before is None and forms.count_words(text) <= 5)):
            return
        yield index


def _letterhead(blocks: Sequence[Block], notice: int) -> Iterator[int]:
    """Yield the lines about the notice that are a name which the text uses, above a headline."""
    for index in range(min(notice + 2, len(blocks) - 2)):
        text = blocks[index].text
        is_short = 1 < forms.count_words(text) <= _LONGEST_NAME and len(text) <= _LONGEST_LINE
        if index == notice or not is_short or find_date_line(text) or "\n" in text.strip():
            continue
        titles = (forms.is_title_like(block.text) for block in blocks[max(index, notice) + 1 :][:3])
        prose = (block.text for block in blocks[notice + 1 :] if forms.is_prose(block.text))
        is_office = _OFFICE.fullmatch(text.strip()) is not None
        named = (text.strip().lower() in each.lower() for each in prose)
        if any(titles) and (is_office or any(named)):
            yield index


def _as_written(name: str, blocks: Sequence[Block]) -> str:
    """Return a name in capitals as the text writes it elsewhere."""
    name = " ".join(name.split())
    same = re.compile(rf"(?i:\b{re.escape(name)}\b)")
    found = (each[0] for block in blocks for each in same.finditer(block.text[:2000]))
    return next((each for each in found if not each.isupper()), name) if name.isupper() else name


def find_host(blocks: Sequence[Block], verdicts: Sequence[RoleVerdict]) -> Host | None:
    """Return the site that speaks in the lines set aside, None where it does not say its name."""
    named: Counter[str] = Counter()
    own: dict[str, Host] = {}
    for index, (block, verdict) in enumerate(zip(blocks, verdicts, strict=True)):
        if verdict.role not in _SET_ASIDE or len(block.text) > _LONGEST:
            continue
        found = {
            one.outlet: one for one in find_outlets(block.text) if one.definite or not one.ambiguous
        }
        named.update(found.keys())
        if verdict.reason in site_rules():
            for name, one in found.items():
                host = Host(usual_name(name) or name, block.text[one.start : one.end], index)
                own.setdefault(name, host)
    sure = [host for name, host in own.items() if named[name] > 1]
    return sure[0] if len(sure) == 1 else None
