"""Reported speech without marks: the words a frame of speech tells, attributed to its subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from briefing.annotate.attribution_near import is_nested
from briefing.annotate.candidates import Options
from briefing.annotate.cited import outlet_of
from briefing.annotate.frame import Frame
from briefing.annotate.frames import PLAIN
from briefing.annotate.phrases import Phrases
from briefing.annotate.reading import Reading
from briefing.annotate.word_classes import (
    ADV,
    AUX,
    CONJ,
    CUE,
    DET,
    POSS,
    PREP,
    PUNCT,
    QUOTE,
    STOP,
    TIME,
    VERB,
    WORD,
)

RULE_NAMES: Final = (
    "reported_clause",
    "reported_act",
    "reported_with_tag",
    "according_to_reported",
)
MIN_WORDS: Final = 3
"""Fewer words than this are no statement."""
THAT_WINDOW: Final = 24
"""How far behind its verb a `that` may stand, past where and when it was said."""

MAX_LATER: Final = 12
"""How many verbs of a sentence are looked at for the end of reported words."""

_DASHES: Final = frozenset((",", "—", "–", "-"))
_GOVERNED: Final = frozenset(["of", "about", "for", "against", "to", "on", "with", "in"])
_COORDINATE: Final = frozenset(["but", "so", "yet", "while", "whereas", "although", "though"])
_CLAUSE_OPENERS: Final = frozenset(
    ["that", "whether", "if", "how", "why", "what", "who", "where", "when", "which"]
)
_OWN_VOICE: Final = frozenset(("i", "we", "you"))
_SUBORDINATE: Final = frozenset(
    [
        "while",
        "as",
        "after",
        "when",
        "if",
        "although",
        "though",
        "since",
        "because",
        "before",
        "until",
        "unless",
    ]
)


@dataclass(frozen=True, slots=True)
class Reported:
    """The spans of one reported statement, as tokens with the end exclusive, and its frame."""

    spans: tuple[tuple[int, int], ...]
    frame: Frame
    rule: str


def find_reported(reading: Reading, paragraph: int, options: Options) -> tuple[Reported, ...]:
    """All reported statements of a paragraph, in order."""
    phrases = reading.phrases[paragraph]
    found = []
    for frames in reading.by_sentence[paragraph].values():
        outermost = _outermost(phrases, frames)
        has_source = any(frame.order == "source" for frame in frames)
        for number in range(len(frames)):
            if has_source and _only_passes_on(reading, paragraph, frames[number]):
                continue
            reported = _read(phrases, frames, number, is_outermost=outermost[number])
            if (
                reported is not None
                and reported.rule not in options.off
                and _says_enough(phrases, reported)
            ):
                found.append(reported)
    return tuple(found)


def _only_passes_on(reading: Reading, paragraph: int, frame: Frame) -> bool:
    """Whether an outlet behind its sentence reports what `according to` gives a source for."""
    if frame.order == "source" or frame.first == 0:
        return False
    before = reading.phrases[paragraph].stream.words[frame.first - 1]
    return before in _DASHES and outlet_of(reading, paragraph, frame.subject) is not None


def _outermost(phrases: Phrases, frames: Sequence[Frame]) -> list[bool]:
    """For each frame of a sentence whether it is no part of what an earlier one reports."""
    result = []
    outer: Frame | None = None
    for frame in frames:
        nested = outer is not None and is_nested(phrases, outer, frame)
        result.append(not nested)
        if not nested and frame.order != "source":
            outer = frame
    return result


def _says_enough(phrases: Phrases, reported: Reported) -> bool:
    words = 0
    for first, end in reported.spans:
        for position in range(first, end):
            flag = phrases.flags[position]
            if flag & QUOTE:
                return False
            words += bool(flag & WORD)
    return words >= MIN_WORDS


def _bounds(phrases: Phrases, at: int) -> tuple[int, int]:
    """Return the tokens of the sentence around a frame, the marks that end it left out."""
    first, end = phrases.stream.sentence(at)
    while end > at + 1 and phrases.flags[end - 1] & STOP:
        end -= 1
    return first, end


def _read(
    phrases: Phrases, frames: Sequence[Frame], number: int, *, is_outermost: bool
) -> Reported | None:
    """Read what one frame of a sentence reports, or None."""
    frame = frames[number]
    if not _may_report(phrases, frame):
        return None
    low, high = _bounds(phrases, frame.at)
    if frame.order == "source":
        return _source(phrases, frame, low, _before_tag(phrases, frames, frame, high))
    start = None
    if not _is_parenthesis(phrases, frame, high):
        start = _complement(phrases, frame, high)
    if start is None:
        return _tagged(phrases, frame, low, high)
    end = _end_of_complement(phrases, frames, number, start, high)
    rule = _rule_of(phrases, frame, start, end)
    return Reported(((start, end),), frame, rule) if is_outermost and rule else None


def _may_report(phrases: Phrases, frame: Frame) -> bool:
    """Whether a frame tells speech or thought of somebody else, and tells it as done."""
    if not frame.verb.kinds & {"clause", "think", "act"}:
        return False
    subject = frame.subject
    if subject.head == "pronoun" and phrases.lower[subject.first] in _OWN_VOICE:
        return False
    return frame.at == 0 or phrases.lower[frame.at - 1] != "to"


def _rule_of(phrases: Phrases, frame: Frame, start: int, end: int) -> str | None:
    """`reported_clause` for words with a verb of their own, `reported_act` for others, or None."""
    takes_clause = frame.verb.kinds & {"clause", "think"}
    is_plain = frame.verb.lemma in PLAIN and end - start > MIN_WORDS
    if takes_clause and (is_plain or _is_clause(phrases, start, end)):
        return "reported_clause"
    return "reported_act" if "act" in frame.verb.kinds else None


def _is_clause(phrases: Phrases, start: int, end: int) -> bool:
    """Whether reported words hold a verb of their own, or open like a clause."""
    if phrases.lower[start] in _CLAUSE_OPENERS or phrases.lower[start] == "to":
        return True
    return any(
        (phrases.flags[index] & (AUX | VERB | CUE) and phrases.names[index] < 0)
        or phrases.lower[index].endswith("ed")
        for index in range(start, end)
    )


def _is_parenthesis(phrases: Phrases, frame: Frame, high: int) -> bool:
    """Whether a frame stands between commas, or between a comma and the end."""
    words = phrases.stream.words
    first, after = frame.first, frame.last + 1
    if first > 0 and phrases.lower[first - 1] == "as" and after < high and words[after] == ",":
        return True
    if first == 0 or words[first - 1] not in _DASHES:
        return False
    return after >= high or words[after] in _DASHES


def _before_tag(phrases: Phrases, frames: Sequence[Frame], source: Frame, high: int) -> int:
    """Find where a tag behind a source starts, as in `according to Lin, …, the FT reported`."""
    for frame in frames:
        if frame.first > source.last and _is_parenthesis(phrases, frame, high):
            return frame.first - 1
    return high


def _source(phrases: Phrases, frame: Frame, low: int, high: int) -> Reported | None:
    """`According to Lin, …` and `…, according to Lin`."""
    words = phrases.stream.words
    first, last = frame.at, frame.last
    if not any(phrases.flags[index] & WORD for index in range(low, first)):
        while last + 1 < high and words[last + 1] != ",":
            last += 1
        return (
            Reported(((last + 2, high),), frame, "according_to_reported")
            if last + 2 < high
            else None
        )
    end = first
    while end > low and not phrases.flags[end - 1] & WORD:
        end -= 1
    start = low
    while start < end and phrases.flags[start] & (CONJ | PUNCT):
        start += 1
    return Reported(((start, end),), frame, "according_to_reported")


def _complement(phrases: Phrases, frame: Frame, high: int) -> int | None:
    """Find where the reported words behind a verb start; None where none follow."""
    start = frame.last + 1
    if start >= high or frame.order == "after":
        return None
    if frame.verb.kinds & {"clause", "think"}:
        that = _find_that(phrases, start, high)
        if that is not None:
            return that
    if _is_tag(phrases, frame) or not (frame.finite or _is_coordinated(phrases, frame)):
        return None
    while start < high and _tells_when(phrases, start):
        start += 1
    if start >= high:
        return None
    if phrases.flags[start] & PUNCT:
        return start + 1 if phrases.stream.words[start] == ":" and start + 1 < high else None
    return start if _may_open(phrases, frame, start) else None


def _find_that(phrases: Phrases, start: int, high: int) -> int | None:
    """Find the `that` behind a verb, past where and when something was said."""
    flag = phrases.flags[start]
    is_adverbial = flag & (PREP | TIME | ADV | PUNCT) and phrases.names[start] < 0
    if not is_adverbial and phrases.lower[start] != "that":
        return None
    for position in range(start, min(high, start + THAT_WINDOW)):
        if phrases.lower[position] == "that":
            return position
        flag = phrases.flags[position]
        if flag & QUOTE and phrases.stream.words[position - 1] in (",", ":", ""):
            return None
        if flag & (AUX | VERB) and phrases.names[position] < 0:
            return None
    return None


def _is_tag(phrases: Phrases, frame: Frame) -> bool:
    """Whether a quotation stands right before a frame, in its sentence."""
    first = frame.first
    while first > 0 and phrases.stream.words[first - 1] in _DASHES:
        first -= 1
    if first == 0 or not phrases.flags[first - 1] & QUOTE:
        return False
    numbers = phrases.stream.sentences
    return numbers[first - 1] == numbers[frame.at]


def _tells_when(phrases: Phrases, position: int) -> bool:
    flag = phrases.flags[position]
    return bool(flag & (TIME | ADV)) and phrases.names[position] < 0 and not flag & (DET | POSS)


def _may_open(phrases: Phrases, frame: Frame, start: int) -> bool:
    """Whether reported words may open with this token: not with where or how it was said."""
    if "act" in frame.verb.kinds or phrases.names[start] >= 0:
        return True
    if not phrases.flags[start] & PREP:
        return True
    return phrases.lower[start] in _GOVERNED and frame.verb.lemma not in ("say", "tell", "add")


def _end_of_complement(
    phrases: Phrases, frames: Sequence[Frame], number: int, start: int, high: int
) -> int:
    """Where reported words end: before the next frame of the same rank, else with the sentence."""
    frame = frames[number]
    end = high
    is_act = (
        not frame.verb.kinds & {"clause", "think"} and phrases.lower[start] not in _CLAUSE_OPENERS
    )
    before = frame.first - 1
    in_subordinate = (before >= 0 and phrases.lower[before] in _SUBORDINATE) or phrases.lower[
        frame.at - 1
    ] in ("who", "which")
    if is_act or in_subordinate:
        for position in range(start, high):
            if phrases.stream.words[position] in (",", "—", "–", "-", ";"):
                end = position
                break
    for later in frames[number + 1 : number + 1 + MAX_LATER]:
        if later.at >= high:
            break
        if later.first <= start or _opens_report(phrases, later, start):
            continue
        if later.order == "shared" and not _is_coordinated(phrases, later):
            continue
        if (
            later.order == "source"
            or _is_parenthesis(phrases, later, high)
            or not is_nested(phrases, frame, later)
        ):
            end = min(end, later.first)
            break
    end = min(end, _next_clause(phrases, start, end))
    while (
        end > start
        and (not phrases.flags[end - 1] & WORD or phrases.flags[end - 1] & CONJ)
        and not phrases.flags[end - 1] & QUOTE
    ):
        end -= 1
    return end


def _opens_report(phrases: Phrases, source: Frame, start: int) -> bool:
    """Whether a source stands at the head of reported words: `that, according to Lin, …`."""
    words = phrases.stream.words[start : source.at]
    return source.order == "source" and words in (("that",), ("that", ","))


def _is_coordinated(phrases: Phrases, frame: Frame) -> bool:
    """Whether a verb without a subject of its own stands beside the one before, not under it."""
    position = frame.at - 1
    while (
        position > 0
        and phrases.flags[position] & (ADV | AUX)
        and not phrases.flags[position] & PUNCT
    ):
        position -= 1
    if frame.finite:
        return bool(phrases.flags[position] & CONJ)
    return phrases.stream.words[position] in _DASHES or phrases.lower[position] in ("and", "but")


def _next_clause(phrases: Phrases, start: int, end: int) -> int:
    """Where a coordinated clause with a subject of its own starts, else `end`."""
    words, lower, flags = phrases.stream.words, phrases.lower, phrases.flags
    for position in range(start + MIN_WORDS, end - 2):
        if words[position] not in (",", ";", "—", "–"):
            continue
        if words[position] == ";":
            return position
        following = lower[position + 1]
        if following in _COORDINATE and lower[position + 2] != "that":
            return position
        if following == "and" and lower[position + 2] != "that":
            subject = phrases.starting_at(position + 2, end)
            if (
                subject is not None
                and subject.last + 1 < end
                and flags[subject.last + 1] & (AUX | VERB | CUE)
            ):
                return position
    return end


def _is_apposition(phrases: Phrases, frame: Frame, start: int, end: int) -> bool:
    """Whether the words behind a tag tell who its subject is."""
    if frame.order != "after":
        return False
    if phrases.lower[start] in ("who", "which", "whose"):
        return True
    return not any(phrases.flags[index] & (AUX | VERB) for index in range(start, end))


def _tagged(phrases: Phrases, frame: Frame, low: int, high: int) -> Reported | None:
    """Match `The deal was dead, Lin said`, `The deal, said Lin, was dead`, `As Lin said, …`."""
    if "clause" not in frame.verb.kinds or frame.order == "shared":
        return None
    words = phrases.stream.words
    before = frame.first
    is_as = before > 0 and phrases.lower[before - 1] == "as"
    before -= is_as
    after = frame.last + 1
    spans = []
    if before > low and words[before - 1] in _DASHES:
        start = low
        while start < before and phrases.flags[start] & (CONJ | PUNCT):
            start += 1
        if start < before - 1:
            spans.append((start, before - 1))
    elif not is_as:
        return None
    if (
        after + 1 < high
        and words[after] in _DASHES
        and not _is_apposition(phrases, frame, after + 1, high)
    ):
        spans.append((after + 1, high))
    return Reported(tuple(spans), frame, "reported_with_tag") if spans else None
