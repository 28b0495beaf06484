"""Which stretches of a paragraph stand between quotation marks, whatever marks a desk uses.

It knows marks alone: whether a stretch is speech, a title or a scare quote is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from briefing.english.lexicon import read_words

OPENING = "“„‟«〝「『‹❝"
CLOSING = "”»〞〟」』›❞"
SINGLE_OPENING = "‘'‚‛`"
SINGLE_CLOSING = "’'´"
_PAIRS = {mark: pair for pair in ("「」", "『』", "‹›") for mark in pair}
"""Marks that neither close others nor are closed by them."""
ELISIONS = read_words("english", "grammar", "elision")
"""Words that open with an apostrophe: rock ’n’ roll, get ’em."""

_DOUBLE = re.compile(r"''(?!')|''(?='\w)|``|’’|‘‘|,,(?=\w)|[\"“”„‟«»〝〞〟＂「」『』‹›❝❞]")
_ENDED = re.compile(r"[.?!…]\s*$")
_ENDED_WINDOW = 4
_CURLY = re.compile(r"[“”]")
_SINGLE = re.compile(r"[‘’'‚‛`´]")
_FEET = re.compile(r"\d['′’]\s?\d{1,2}$")
_WORD_AFTER = re.compile(r"[^\W_]+")
_FEET_WINDOW = 8
_ELISION_WINDOW = 8


class Marked(Struct, frozen=True, gc=False):
    """A stretch between marks: `start`, `end` without them, `outer_start`, `outer_end` with them.

    `closed` is False where the paragraph ends before a closing mark comes.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    closed: bool
    single: bool


def find_marked(paragraphs: Sequence[str]) -> tuple[tuple[Marked, ...], ...]:
    """Find the outermost marked stretches of each paragraph, in order and not overlapping.

    Marks inside a stretch stay part of it. Single marks count where they stand like marks and not
    like apostrophes; one left open counts only where the next paragraph opens with it again.
    """
    found = []
    for number, text in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else ""
        doubles = _find_doubles(text)
        found.append(tuple(_merge_singles(text, doubles, following)))
    return tuple(found)


def _find_doubles(text: str) -> list[Marked]:
    found: list[Marked] = []
    opened: tuple[int, int] | None = None
    in_attribute = inner = False
    for match in _DOUBLE.finditer(text):
        at, after = match.span()
        if in_attribute or (opened is None and _opens_attribute(text, at)):
            in_attribute = not in_attribute
            continue
        if opened is not None and _PAIRS.get(text[at]) != _PAIRS.get(text[opened[0]]):
            continue
        if opened is None:
            if _opens(text, at, after):
                opened = (at, after)
        elif inner and text[at] in CLOSING:
            inner = False
        elif _closes(text, at, after):
            found.append(_marked(text, opened, (at, after)))
            opened = None
        elif _opens_again(text, opened, at, after):
            found.append(_marked(text, opened, (at, at)))
            opened = (at, after)
        else:
            inner = text[at] == "“" and _is_nested(text, after)
    if opened is not None and text[opened[0]] not in "‹›":
        end = max(len(text.rstrip()), opened[1])
        found.append(Marked(opened[1], end, opened[0], end, closed=False, single=False))
    return [one for one in found if _says_anything(text, one)]


def _opens_attribute(text: str, at: int) -> bool:
    """Whether a straight mark opens the value of an attribute: `title="…"`, unlike `=="…"==`."""
    return text[at] == '"' and text[at - 1 : at] == "=" and not _is_highlight(text, at)


def _is_highlight(text: str, at: int) -> bool:
    return text[max(0, at - 2) : at] == "=="


def _says_anything(text: str, one: Marked) -> bool:
    """Whether a stretch has a word, and its first mark did not close what nothing had opened."""
    opens = text[one.outer_start] in OPENING or not text[one.start - 1 : one.start + 1].count(" ")
    return (one.closed or opens) and _WORD_AFTER.search(text, one.start, one.end) is not None


def _marked(text: str, opened: tuple[int, int], closed: tuple[int, int]) -> Marked:
    inner = text[opened[1] : closed[0]]
    start = opened[1] + len(inner) - len(inner.lstrip())
    end = max(start, opened[1] + len(inner.rstrip()))
    return Marked(start, end, opened[0], closed[1], closed=closed[0] < closed[1], single=False)


def _blank(text: str, at: int) -> bool:
    return not 0 <= at < len(text) or text[at].isspace()


def _starts_word(text: str, at: int) -> bool:
    return at < len(text) and (
        text[at].isalnum() or text[at] in "[($£€'‘’#@…." or text[at] in OPENING
    )


def _opens(text: str, at: int, after: int) -> bool:
    """Whether a mark met outside any stretch opens one."""
    mark = text[at]
    before_blank = _blank(text, at - 1) or text[at - 1] in "([{—–-/:'‘’*_"
    before_blank |= _is_highlight(text, at)
    if mark in "»›":
        return before_blank and not _blank(text, after)
    if mark in OPENING:
        return after < len(text)
    if mark in CLOSING:
        return before_blank and _starts_word(text, after)
    if _is_inch(text, at):
        return False
    if before_blank:
        return after < len(text)
    return _starts_word(text, after) or text[at - 1] in ",;"


def _closes(text: str, at: int, after: int) -> bool:
    """Whether a mark met inside a stretch closes it."""
    mark = text[at]
    before_blank = _blank(text, at - 1)
    if mark in "«‹":
        return not before_blank or not _starts_word(text, after)
    if mark in OPENING:
        return not before_blank and not _starts_word(text, after)
    if mark in CLOSING:
        return True
    if _is_inch(text, at) and _starts_word(text, after + 1):
        return False
    return not (before_blank and _starts_word(text, after))


def _is_nested(text: str, after: int) -> bool:
    """Whether two marks close behind an opening mark inside a stretch: one for each."""
    first = _CURLY.search(text, after)
    second = first and _CURLY.search(text, first.end())
    return bool(first and second and first[0] == second[0] == "”")


def _opens_again(text: str, opened: tuple[int, int], at: int, after: int) -> bool:
    """Whether a mark inside a stretch shows that its closing mark was forgotten."""
    mark, start = text[at], opened[1]
    if mark == "“":
        is_ended = _ENDED.search(text, max(start, at - _ENDED_WINDOW), at) is not None
        return text[opened[0]] == mark and is_ended and not _is_nested(text, after)
    return (
        mark not in OPENING
        and mark not in CLOSING
        and bool(text[start:at].strip())
        and after < len(text)
    )


def _is_inch(text: str, at: int) -> bool:
    if at == 0 or not text[at - 1].isdigit():
        return False
    return _FEET.search(text, max(0, at - _FEET_WINDOW), at) is not None or text.startswith(
        ("-inch", " x ", " by "), at + 1
    )


def _merge_singles(text: str, doubles: list[Marked], following: str) -> list[Marked]:
    """Add the stretches in single marks that lie outside the double ones."""
    if not any(mark in text for mark in "‘'`‚"):
        return doubles
    found: list[Marked] = []
    edge = 0
    for one in doubles:
        found.extend(_find_singles(text, edge, one.outer_start, ""))
        found.append(one)
        edge = one.outer_end
    found.extend(_find_singles(text, edge, len(text), following))
    return found


def _find_singles(text: str, start: int, end: int, following: str) -> list[Marked]:
    marks = [match.start() for match in _SINGLE.finditer(text, start, end)]
    found: list[Marked] = []
    number = 0
    while number < len(marks):
        at = marks[number]
        if not _single_opens(text, at, end):
            number += 1
            continue
        closing = _single_close(text, marks, number + 1, end)
        if closing is None:
            if at == 0 and following[:1] == text[at]:
                found.append(Marked(1, end, 0, end, closed=False, single=True))
            number += 1
            continue
        stop = marks[closing]
        one = Marked(at + 1, stop, at, stop + 1, closed=True, single=True)
        if _says_anything(text, one):
            found.append(one)
        number = closing + 1
    return found


def _single_opens(text: str, at: int, end: int) -> bool:
    if text[at] not in SINGLE_OPENING or at + 1 >= end:
        return False
    if not (_blank(text, at - 1) or text[at - 1] in "([—–/:"):
        return False
    if not (text[at + 1].isalpha() or text[at + 1] in "[$£€…" or text[at + 1].isdigit()):
        return False
    word = _WORD_AFTER.match(text, at + 1, at + 1 + _ELISION_WINDOW)
    if word is None:
        return True
    is_decade = word.group()[:2].isdigit() and word.group()[2:] == "s"
    return word.group().lower() not in ELISIONS and not is_decade


def _single_close(text: str, marks: list[int], first: int, end: int) -> int | None:
    """Find the number of the mark that closes; a plural possessive (`workers' rights`) does not."""
    fallback = None
    closers = SINGLE_CLOSING + "‘" * (text[marks[first - 1]] == "‚")
    for number in range(first, len(marks)):
        at = marks[number]
        if _single_opens(text, at, end):
            break
        if text[at] not in closers or _blank(text, at - 1):
            continue
        if at + 1 < len(text) and text[at + 1].isalnum():
            continue
        is_possessive = (
            text[at - 1] == "s" and text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].islower()
        )
        if not is_possessive:
            return number
        if fallback is None:
            fallback = number
    return fallback
