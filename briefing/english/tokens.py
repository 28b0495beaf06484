"""A paragraph as a row of words, with each marked stretch folded into one token.

Rules of attribution read what the reporter wrote around a quotation; folding the quotation keeps
its own words out of their sight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from briefing.english.marks import Marked
from briefing.english.word_classes import (
    CAPITAL,
    CUE,
    PUNCT,
    QUOTE,
    STOP,
    TIME,
    WORD,
    classify,
)

_TOKEN = re.compile(
    r"[a-z]++(?![^\W_]|['’.&‐‑-])"
    r"|(?:[A-Z]-)?(?:[A-Z]\.)+(?:[A-Z](?![^\W_]))?(?![a-z])"
    r"|(?=[ABCDFGHIJLMNOPRSTWap])"
    r"(?:Mrs?|Ms|Mx|Dr|Drs|Profs?|Sens?|Reps?|Govs?|Gen|Lt|Col|Capt|Sgt|Maj|Rev|Hon|Fr|St|Jr|Sr"
    r"|Coun|Cllr|Const|Insp|Det|Supt|Amb|Adm|Cmdr|Cpl|Pvt|Brig|Pres|Corp|Inc|Co|Ltd|Bros|Del|Smt"
    r"|No|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|[ap]\.m)\."
    r"|['’]s(?![^\W_])"
    r"|(?<=s)['’](?=\s)"
    r"|[^\W_]+(?:(?:['’](?!s(?![^\W_]))|[-‐‑&])[^\W_]+)*"
    r"|\.{2,}|[^\w\s]|_"
)
_STOPS: Final = frozenset(".?!…")
_INNER: Final = frozenset((")", "]", ",", ";", ":", "—", "–", "-"))
"""What follows a full stop that ends no sentence."""
_FINAL = re.compile(r"([.?!…,]?)[\s\"'”’»)\]]*$")
_FINAL_WINDOW = 6
DATELINE_WINDOW: Final = 14
"""The longest dateline, in tokens."""
SHORT_DATELINE: Final = 4
"""The longest dateline, in tokens, of a place that is not in capitals."""
MAX_SENTENCE: Final = 200
"""A sentence is cut after this many tokens: look-around is bounded by it everywhere."""
TAG_WINDOW: Final = 7
"""How many words a tag may have before its verb."""


@dataclass(frozen=True, slots=True)
class Stream:
    """The tokens of one paragraph: parallel rows; `marked` maps a quote token to its stretch.

    `finals` holds for each quote token the mark its words end with (`,`, `.`, `?` ... or empty);
    `sentences` numbers the sentence each token lies in, `openings` holds each sentence's first.
    """

    text: str
    words: tuple[str, ...]
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    flags: tuple[int, ...]
    marked: dict[int, int]
    finals: list[str]
    sentences: list[int]
    openings: list[int]

    def sentence(self, token: int) -> tuple[int, int]:
        """Return the tokens of the sentence that a token lies in, end exclusive."""
        number = self.sentences[token]
        following = number + 1
        end = self.openings[following] if following < len(self.openings) else len(self.words)
        return self.openings[number], end


def find_words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the words and marks between two offsets of a text, blanks left out."""
    return (match.span() for match in _TOKEN.finditer(text, start, end))


def read_stream(text: str, marked: Sequence[Marked]) -> Stream:
    """Read one paragraph with its marked stretches into tokens."""
    spans: list[tuple[int, int]] = []
    quotes: dict[int, int] = {}
    edge = 0
    for number, one in enumerate(marked):
        spans.extend(find_words(text, edge, one.outer_start))
        quotes[len(spans)] = number
        spans.append((one.outer_start, one.outer_end))
        edge = one.outer_end
    spans.extend(find_words(text, edge, len(text)))
    words = [text[start:end] for start, end in spans]
    finals = [""] * len(words)
    for token, number in quotes.items():
        words[token] = ""
        finals[token] = _final(text, marked[number].start, spans[token][1])
    classes = [classify(word) for word in words]
    flags = [flag for _, flag in classes]
    sentences, openings = _number_sentences(words, flags, finals)
    return Stream(
        text=text,
        words=tuple(words),
        lower=tuple([low for low, _ in classes]),
        starts=tuple([start for start, _ in spans]),
        ends=tuple([end for _, end in spans]),
        flags=tuple(flags),
        marked=quotes,
        finals=finals,
        sentences=sentences,
        openings=openings,
    )


def _final(text: str, start: int, end: int) -> str:
    found = _FINAL.search(text, max(start, end - _FINAL_WINDOW), end)
    return found.group(1) if found else ""


def _number_sentences(
    words: list[str], flags: list[int], finals: list[str]
) -> tuple[list[int], list[int]]:
    """Return the number of each token's sentence; one that will not end is cut."""
    openings = [0]
    dateline = _dateline_end(words, flags)
    for position, flag in enumerate(flags):
        is_end = not flag & WORD and _ends(words, flags, finals, position, dateline)
        if is_end or position - openings[-1] >= MAX_SENTENCE:
            openings.append(position + 1)
    if len(openings) > 1 and openings[-1] == len(words):
        openings.pop()
    numbers: list[int] = []
    for number, opening in enumerate(openings):
        end = openings[number + 1] if number + 1 < len(openings) else len(words)
        numbers.extend([number] * (end - opening))
    return numbers, openings


def _ends(
    words: list[str], flags: list[int], finals: list[str], position: int, dateline: int
) -> bool:
    """Whether a sentence ends with a token that is no word."""
    if position == dateline:
        return True
    if position + 1 == len(words):
        return False
    flag, following = flags[position], flags[position + 1]
    if flag & STOP:
        is_inner = words[position + 1] in _INNER
        opens = bool(following & (CAPITAL | QUOTE)) or not (following & WORD or is_inner)
        return opens and not following & STOP
    if flag & QUOTE and finals[position] in _STOPS and following & (CAPITAL | QUOTE):
        return not (finals[position] in "?!" and _tag_follows(flags, position + 1))
    return False


def _tag_follows(flags: list[int], first: int) -> bool:
    """Whether a few words up to a cue verb follow: the tag of a question or an exclamation."""
    for position in range(first, min(len(flags), first + TAG_WINDOW)):
        if flags[position] & (PUNCT | QUOTE):
            return False
        if flags[position] & CUE and not flags[position] & CAPITAL:
            return True
    return False


def _dateline_end(words: list[str], flags: list[int]) -> int:
    """Return the dash that ends a dateline (`HULL, Jan. 5 (AP) —`, `Hull – Mayor …`), or -1."""
    if not words or len(words[0]) < 3 or not flags[0] & CAPITAL:
        return -1
    window = DATELINE_WINDOW if words[0].isupper() else SHORT_DATELINE
    for position in range(1, min(len(words) - 1, window)):
        if words[position] in ("—", "–", "-"):
            is_sure = words[0].isupper() or flags[position + 1] & CAPITAL
            return position if is_sure else -1
        if not flags[position] & (CAPITAL | TIME | PUNCT) and not words[position].isdigit():
            return -1
    return -1
