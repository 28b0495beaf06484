"""Live reports: which lines give the time of an entry, and which blocks an entry holds.

Entries stand in the order of time, or the newest first. The time of one is a line of its own, or
what the markup says of when it was posted, whatever words stand there (`2 hours ago`).
"""

import itertools
import re
from collections.abc import Sequence

from briefing.ingest.blocks import BODY, Block, RoleVerdict
from briefing.ingest.lines.author_names import read_authors
from briefing.ingest.lines.forms import clock_time, count_words, fold, is_stamp, is_title_like
from briefing.ingest.lines.stated_dates import find_date

_FEWEST = 3
_LONGEST = 60
_LONGEST_NAME = 5
_READ = frozenset({"body", "heading", "caption", "standfirst"})
_POSTED = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d{1,9})?)?\s?(Z|[+-]\d\d:?\d\d)?"
)
_BEFORE_CLOCK = re.compile(r"(?i)^\W*(?:(?:at|on|[a-z]{3,6}day)\b\W*){0,3}(?=\d)")
_FIGURE = re.compile(r"\d")
_BEFORE_TITLE = re.compile(
    r"((?:\d{1,2}[.:h]\d\d|\d{1,2}(?=\s?[ap]\.?m))(?:\s?[ap]\.?m\.?)?(?:\s(?:Uhr|h|hrs|[A-Z]{2,4}T?))?)"
    r"(?:\s?[:–—|-]\s(?=\S)|\s(?=[^\W\d_a-z]\w*\s))"
)
"""The time of an entry before its title or its words: `16.05 BST – Port reopens`."""
_FROM = re.compile(r"From (?:(?:and|in|at|the|[A-Z][\w.’'-]*),?\s?){1,10}")
_STAMPED = frozenset({"time_stamp", "date_line"})
_EDGE = " \t\u00a0,;|·•–—-"


def entry_time(block: Block) -> str | None:
    """Return when an entry was posted, as far as its block says: `16:05`, `2021-05-04T14:05Z`."""
    before = _BEFORE_TITLE.match(block.text)
    if before is not None:
        return clock_time(before[1])
    if len(block.text) > _LONGEST or not (block.posted or _FIGURE.search(block.text)):
        return None
    posted = _POSTED.match(block.posted or "")
    if posted is not None:
        return f"{posted[1]}T{posted[2]}{posted[3] or ''}"
    date = find_date(block.text)
    if date is None or date.precision != "day":
        return clock_time(block.text)
    rest = f"{block.text[: date.start].strip(_EDGE)} {block.text[date.end :].strip(_EDGE)}"
    time = clock_time(_BEFORE_CLOCK.sub("", rest))
    return time and f"{date.value}T{time}"


def is_live_report(blocks: Sequence[Block]) -> bool:
    """Whether a document is a live report: lines give times of entries, in order or in reverse.

    An entry has running text, teasers have titles; a day has several entries, a list one a day.
    """
    read = ((index, entry_time(block)) for index, block in enumerate(blocks))
    placed = [(index, time) for index, time in read if time]
    if len(placed) < _FEWEST:
        return False
    told = 0
    for at, end in itertools.pairwise((*(index for index, _ in placed), len(blocks))):
        titled = _BEFORE_TITLE.match(blocks[at].text) is not None
        told += any(map(_is_text, blocks[at + (not titled) : end]))
    times = [time for _, time in placed]
    days = {time[:10] for time in times if "T" in time}
    if told < _FEWEST or told * 2 < len(times) or len(days) * 2 > len(times):
        return False
    steps = [one <= other for one, other in itertools.pairwise(times) if len(one) == len(other)]
    turns = min(sum(steps), len(steps) - sum(steps))
    return turns <= len(times) // 8


def _is_entry_title(blocks: Sequence[Block], verdicts: Sequence[RoleVerdict], index: int) -> bool:
    """Whether a line is the title of an entry: it stands below the time, a text below it."""
    text = blocks[index].text
    stamped = verdicts[index - 1].reason in _STAMPED and entry_time(blocks[index - 1]) is not None
    below = blocks[index + 1 : index + 3]
    is_line = is_title_like(text) and not _is_text(blocks[index])
    return stamped and is_line and verdicts[index].role in _READ and any(map(_is_text, below))


def _is_text(block: Block) -> bool:
    return block.form != "heading" and block.text.rstrip()[-1:] in ".!?:…”“»\"'’"


def find_entry_times(blocks: Sequence[Block], verdicts: Sequence[RoleVerdict]) -> list[str | None]:
    """Return for every block the time of its entry in a live report, None for others."""
    times: list[str | None] = [None] * len(blocks)
    judged = [v.role in _READ or v.reason in _STAMPED for v in verdicts]
    if not is_live_report(list(itertools.compress(blocks, judged))):
        return times
    time: str | None = None
    for index in itertools.compress(range(len(blocks)), judged):
        time = entry_time(blocks[index]) or time
        if verdicts[index].role in _READ:
            times[index] = time
    return times


def set_entry_lines_aside(blocks: Sequence[Block], verdicts: list[RoleVerdict]) -> None:
    """Set aside the times of a live report, who wrote an entry, and a list of its headings."""
    first = next(index for index, block in enumerate(blocks) if entry_time(block))
    for index in range(first, len(blocks)):
        text = blocks[index].text.strip()
        if _BEFORE_TITLE.match(text) is not None:
            is_title = verdicts[index].role in _READ and not _is_text(blocks[index])
            verdicts[index] = RoleVerdict("heading", "title_line") if is_title else BODY
        elif verdicts[index].role == "body" and entry_time(blocks[index]):
            verdicts[index] = RoleVerdict("boilerplate", "time_stamp")
        elif verdicts[index].role == "body" and (is_stamp(text) or _FROM.fullmatch(text)):
            reason = "time_stamp" if is_stamp(text) else "byline"
            verdicts[index] = RoleVerdict("boilerplate", reason)
        elif _is_entry_title(blocks, verdicts, index):
            verdicts[index] = RoleVerdict("heading", "title_line")
        is_short = count_words(text) <= _LONGEST_NAME and verdicts[index].role in _READ
        below_time = index > first and entry_time(blocks[index - 1])
        if is_short and below_time and " ".join(read_authors(text)) == text:
            verdicts[index] = RoleVerdict("boilerplate", "byline")
    short = (block.text for block in blocks[first:] if count_words(block.text) <= 20)
    later = {fold(_BEFORE_TITLE.sub("", text)) for text in short}
    listed = [index for index in range(1, first) if fold(blocks[index].text) in later]
    for index in listed if len(listed) > 1 else ():
        verdicts[index] = RoleVerdict("boilerplate", "pinned_summary")
