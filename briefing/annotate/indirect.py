"""Reported speech without marks: the words a frame of speech tells, attributed to its subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from briefing.annotate.attribution_near import is_nested
from briefing.annotate.candidates import Options
from briefing.annotate.frame import Frame
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

MIN_WORDS: Final = 3
"""Fewer words than this are no statement."""
THAT_WINDOW: Final = 24
"""How far behind its verb a `that` may stand, past where and when it was said."""

_DASHES: Final = frozenset((",", "—", "–", "-"))
_GOVERNED: Final = frozenset("of about for against to on with in".split())
_COORDINATE: Final = frozenset("but so yet while whereas although though".split())
_CLAUSE_OPENERS: Final = frozenset("that whether if how why what who where when which".split())
_OWN_VOICE: Final = frozenset(("i", "we", "you"))
_SUBORDINATE: Final = frozenset(
    "while as after when if although though since because before until unless".split()
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
        for number in range(len(frames)):
            reported = _read(phrases, frames, number, is_outermost=outermost[number])
            if (
                reported is not None
                and reported.rule not in options.off
                and _says_enough(phrases, reported)
            ):
                found.append(reported)
    return tuple(found)


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
    """The tokens of the sentence around a frame, the marks that end it left out."""
    first, end = phrases.stream.sentence(at)
    while end > at + 1 and phrases.flags[end - 1] & STOP:
        end -= 1
    return first, end


def _read(
    phrases: Phrases, frames: Sequence[Frame], number: int, *, is_outermost: bool
) -> Reported | None:
    frame = frames[number]
    if frame.subject.head == "pronoun" and phrases.lower[frame.subject.first] in _OWN_VOICE:
        return None
    if not frame.verb.kinds & {"clause", "think", "act"}:
        return None
    if frame.at and phrases.lower[frame.at - 1] == "to":
        return None
    low, high = _bounds(phrases, frame.at)
    if frame.order == "source":
        return _source(phrases, frame, low, high)
    if _is_parenthesis(phrases, frame, high):
        return _tagged(phrases, frame, low, high)
    start = _complement(phrases, frame, high)
    if start is not None:
        rule = "reported_act" if not frame.verb.kinds & {"clause", "think"} else "reported_clause"
        if not is_outermost:
            return None
        end = _end_of_complement(phrases, frames, number, start, high)
        rule = "reported_act" if not frame.verb.kinds & {"clause", "think"} else "reported_clause"
        return Reported(((start, end),), frame, rule)
    return _tagged(phrases, frame, low, high)


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
    """Where the reported words behind a verb start, or None where none follow."""
    start = frame.last + 1
    if start >= high or frame.order == "after":
        return None
    flags, lower = phrases.flags, phrases.lower
    first = frame.first
    while first > 0 and phrases.stream.words[first - 1] in (",", "—", "–", "-"):
        first -= 1
    is_tag = (
        first > 0
        and bool(flags[first - 1] & QUOTE)
        and phrases.stream.sentences[first - 1] == phrases.stream.sentences[frame.at]
    )
    opening = flags[start]
    is_adverbial = opening & (PREP | TIME | ADV | PUNCT) and phrases.names[start] < 0
    if (is_adverbial or lower[start] == "that") and frame.verb.kinds & {"clause", "think"}:
        for position in range(start, min(high, start + THAT_WINDOW)):
            if lower[position] == "that":
                return position
            if flags[position] & QUOTE or (
                flags[position] & (AUX | VERB) and phrases.names[position] < 0
            ):
                break
    if is_tag or not (frame.finite or _is_coordinated(phrases, frame)):
        return None
    while (
        start < high
        and flags[start] & (TIME | ADV)
        and phrases.names[start] < 0
        and not flags[start] & (DET | POSS)
    ):
        start += 1
    if start >= high:
        return None
    flag = flags[start]
    if flag & PUNCT:
        return start + 1 if phrases.stream.words[start] == ":" and start + 1 < high else None
    if "act" in frame.verb.kinds:
        return start
    if (
        flag & PREP
        and phrases.names[start] < 0
        and (lower[start] not in _GOVERNED or frame.verb.lemma in ("say", "tell", "add"))
    ):
        return None
    return start


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
    for later in frames[number + 1 :]:
        if later.at >= high:
            break
        if later.first <= start or later.order == "source" and later.at < start + MIN_WORDS:
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
    """`The deal was dead, Lin said`, `The deal, said Lin, was dead`, `As Lin said, …`."""
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
