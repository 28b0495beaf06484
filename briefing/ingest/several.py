"""Whether a file that is read as one article seems to hold several: their heads repeat in it.

A head is what opens an article and says so: a number of how many, fields with labels, a title with
byline and date, a rule over a date, a row of a table with a date. A text of its own follows it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from briefing.ingest.blocks import Block
from briefing.ingest.lines import forms
from briefing.ingest.lines.author_names import read_authors
from briefing.ingest.lines.press_words import fold_label, press_words, read_number
from briefing.ingest.lines.stated_dates import find_date, find_date_line
from briefing.ingest.roles.live_report import is_live_report

_LONG: Final = 500
"""Characters of text below a head that make it that of an article."""
_SOME: Final = 150
_LABEL: Final = re.compile(r"([^\W\d_][\w -]{1,24}):(?:\s|$)")
_RULE: Final = re.compile(r"[-=_*~#—–+](?:\s?[-=_*~#—–+]){4,}$")
_FIGURES: Final = re.compile(
    r"(?:19|20)\d\d[-./年]\s?\d{1,2}[-./月]\s?\d{1,2}|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d"
)
_NEAR = 4


def count_articles(blocks: Sequence[Block]) -> int:
    """Return how many heads of articles the blocks, of a page its structure's, hold, at least 1."""
    shown = (block for block in blocks if block.main is not False)
    seen = [block for block in shown if block.form != "chrome" or block.reason == "mail_head"]
    rules = (_numbered, _labelled, _mailed, _recorded)
    surely = max(_count(seen, rule(seen)) for rule in rules)
    likely = max(_count(seen, rule(seen)) for rule in (_signed, _ruled))
    return likely if likely > surely and not is_live_report(seen) else surely


def count_article_elements(root: Any) -> int:
    """Return how many elements of the same standing in a page are whole articles, no teasers."""
    groups: Counter[tuple[Any, str]] = Counter()
    for element in root.iter("article"):
        if any(above.tag == "article" for above in element.iterancestors()):
            continue
        titles = [each for each in element.iter("h1", "h2") if "".join(each.itertext()).strip()]
        text = sum(len("".join(each.itertext())) for each in element.iter("p"))
        dated = any(True for _ in element.iter("time"))
        if titles and dated and text >= 2 * _LONG:
            names = re.sub(r"\d+", "", element.get("class") or "")
            groups[element.getparent(), names] += 1
    return max(groups.values(), default=1)


def _count(blocks: Sequence[Block], heads: Sequence[int]) -> int:
    """Return the number of heads, 1 where their texts are too short to be articles."""
    bounds = pairwise([*heads, len(blocks)])
    lengths = [sum(len(block.text) for block in blocks[at + 1 : end]) for at, end in bounds]
    long = sum(length >= _LONG for length in lengths)
    some = sum(length >= _SOME for length in lengths)
    return len(heads) if long >= 2 and 2 * some >= len(heads) else 1


def _numbered(blocks: Sequence[Block]) -> list[int]:
    """Return where a block says which of how many documents begins; pages are no documents."""
    found: dict[int, int] = {}
    for index, block in enumerate(blocks):
        numbered = read_number(block.text, "document", "piece")
        if numbered is not None:
            found.setdefault(numbered.number, index)
    return list(found.values())


def _labelled(blocks: Sequence[Block]) -> list[int]:
    """Return where the first of several labelled fields stands, which repeat in capitals."""
    places: dict[str, list[int]] = {}
    known = press_words()
    for index, block in enumerate(blocks):
        for line in block.text[:2000].split("\n"):
            match = _LABEL.match(line)
            if match is not None and match[1].isupper():
                places.setdefault(fold_label(match[1]), []).append(index)
    repeated = [found for label, found in places.items() if label in known and len(found) > 1]
    return max(repeated, key=len) if len(repeated) > 1 else []


def _mailed(blocks: Sequence[Block]) -> list[int]:
    """Return where the head of a mail stands: sender, and date or subject within a few lines."""
    lines: list[tuple[int, str]] = []
    for index, block in enumerate(blocks):
        labels = filter(None, map(_LABEL.match, block.text[:2000].split("\n")))
        lines += [(index, match[1].lower()) for match in labels]
    return [
        index
        for place, (index, label) in enumerate(lines)
        if label == "from"
        and "subject" in {other for at, other in lines[place : place + 6] if at - index <= 6}
    ]


def _recorded(blocks: Sequence[Block]) -> list[int]:
    """Return the rows of tables that hold a date beside other cells, if texts stand below them."""
    return [
        index
        for index, block in enumerate(blocks)
        if block.form == "table"
        and len(block.text) <= 400
        and len(re.split(r"\t|\n", block.text)) >= 3
        and _FIGURES.search(block.text)
    ]


def _signed(blocks: Sequence[Block]) -> list[int]:
    """Return the titles that a byline and a date follow."""
    heads: dict[int, None] = {}
    for index, block in enumerate(blocks):
        signed = block.form == "byline" or forms.is_byline(block.text)
        if not (signed and len(block.text) <= 160 and read_authors(block.text)):
            continue
        around = blocks[max(0, index - 3) : index + 4]
        dated = any(find_date_line(each.text) for each in around) or find_date(block.text)
        above = range(index - 1, max(-1, index - _NEAR), -1)
        title = next((i for i in above if _is_title(blocks[i])), None)
        if dated and title is not None:
            heads.setdefault(title)
    return list(heads)


def _is_title(block: Block) -> bool:
    if block.form == "text":
        return forms.count_words(block.text) > 2 and forms.is_title_like(block.text)
    return block.form in {"headline", "heading"}


def _ruled(blocks: Sequence[Block]) -> list[int]:
    """Return the rules between texts each of which opens with a line that says its date."""
    rules = [index for index, block in enumerate(blocks) if _RULE.match(block.text[:200])]
    starts = [-1, *rules] if rules and rules[0] else rules
    below = ((start, blocks[start + 1 : start + 2 + _NEAR]) for start in starts)
    return [start for start, near in below if any(find_date_line(each.text) for each in near)]
