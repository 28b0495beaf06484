"""Joins paragraphs that were broken in the middle of a sentence, by the marks on both sides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.english.lexicon import read_words
from briefing.ingest.lines.forms import (
    is_byline,
    is_title_like,
    opens_tail,
    read_address,
    site_voice,
)
from briefing.ingest.lines.stated_dates import find_date
from briefing.ingest.readers.paragraphs import ParagraphSpan, is_item

_MOST_PARTS = 4
_SHORTEST = 40
_LAST_WORD = re.compile(r"(\w[\w.]{0,9})\s*$")
_TERMINAL = frozenset(".!?…:;\"”'’»)]*")


def join_broken(text: str, paragraphs: Sequence[ParagraphSpan]) -> list[ParagraphSpan]:
    """Join the paragraphs that were broken within a sentence; the break stays in the text."""
    joined: list[ParagraphSpan] = []
    parts = 1
    for index, span in enumerate(paragraphs):
        if index and parts < _MOST_PARTS:
            before = paragraphs[index - 1]
            gap = text[before.end : span.start]
            head, tail = text[before.start : before.end], text[span.start : span.end]
            if runs_on(head, tail) or (index == 1 and _is_split_title(head, gap, tail)):
                joined[-1] = ParagraphSpan(joined[-1].start, span.end)
                parts += 1
                continue
        joined.append(span)
        parts = 1
    return joined


def runs_on(before: str, after: str) -> bool:
    """Whether a sentence runs from the end of one paragraph into the next."""
    head, tail = before.rstrip(), after.lstrip()
    if len(head) < _SHORTEST or is_item(tail) or not _breaks_off(head, tail):
        return False
    return not (_stands_alone(head) or _stands_alone(tail))


def _is_split_title(head: str, gap: str, tail: str) -> bool:
    """Whether a title in capitals was broken over the first two lines of a text."""
    capitals = head.isupper() and tail.isupper() and gap.count("\n") == 1
    fit = is_title_like(head) and is_title_like(tail.rstrip(".")) and len(head.split()) >= 3
    return capitals and fit and not (is_byline(tail) or find_date(tail) or _stands_alone(tail))


def _stands_alone(text: str) -> bool:
    """Whether a paragraph is an address, or a line of the site (advertising, other stories)."""
    return site_voice(text) is not None or opens_tail(text) or read_address(text) is not None


def _breaks_off(head: str, tail: str) -> bool:
    last, first = head[-1], tail[:1]
    if last == "-" and (head[-2].isalnum() or head[-2] == "."):
        return first.isalnum()
    word = _LAST_WORD.search(head[-12:])
    if word is not None and word[1] in read_words("ingest", "words", "titles", "open ends"):
        return first.isalnum() or first in "“\"'‘"
    if first.islower() and last not in _TERMINAL:
        return True
    # A quotation that the one paragraph leaves open is closed by the other, which did not open it.
    close = tail.find("”")
    return head.rfind("“") > head.rfind("”") and close >= 0 and not -1 < tail.find("“") < close
