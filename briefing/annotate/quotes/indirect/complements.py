"""What a reported statement is, and where its words start and end in their sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from briefing.english.frames import Frame, is_nested
from briefing.english.lexicon import read_words
from briefing.english.phrases import Phrases
from briefing.english.word_classes import (
    ADV,
    AUX,
    CONJ,
    CUE,
    DET,
    POSS,
    PREP,
    PUNCT,
    QUOTE,
    TIME,
    VERB,
    WORD,
)

MIN_WORDS: Final = 3
"""Fewer words than this are no statement."""
THAT_WINDOW: Final = 24
"""How far behind its verb a `that` may stand, past where and when it was said."""
MAX_LATER: Final = 12
"""How many verbs of a sentence are looked at for the end of reported words."""
DASHES: Final = frozenset((",", "—", "–", "-"))
CLAUSE_OPENERS: Final = read_words("annotate/quotes/indirect", "clauses", "opener")
_GOVERNED: Final = read_words("annotate/quotes/indirect", "clauses", "governed")
_PAUSES: Final = DASHES | {";"}
_REMARKS: Final = frozenset(("which", "who", "whom", "whose"))
_COORDINATE: Final = read_words("annotate/quotes/indirect", "clauses", "coordinate")
_SUBORDINATE: Final = read_words("annotate/quotes/indirect", "clauses", "subordinate")


@dataclass(frozen=True, slots=True)
class Reported:
    """The spans of one reported statement, as tokens with the end exclusive, and its frame.

    Without `has_speaker` the text names no speaker, and the subject of the frame is only the cue.
    """

    spans: tuple[tuple[int, int], ...]
    frame: Frame
    rule: str
    has_speaker: bool = True


def is_parenthesis(phrases: Phrases, frame: Frame, high: int) -> bool:
    """Whether a frame stands between commas, or between a comma and the end."""
    words = phrases.stream.words
    first, after = frame.first, after_when(phrases, frame.last + 1, high)
    if first > 0 and phrases.lower[first - 1] == "as" and after < high and words[after] == ",":
        return True
    if first == 0 or words[first - 1] not in DASHES:
        return False
    return after >= high or words[after] in DASHES


def after_when(phrases: Phrases, position: int, high: int) -> int:
    """Find the token behind a day that follows a verb: `officials said on Friday, …`."""
    while position < high:
        following = position + 1
        is_time = phrases.flags[position] & TIME
        opens_time = phrases.lower[position] in ("on", "in", "at", "last", "this", "late", "early")
        if not is_time and not (
            opens_time and following < high and phrases.flags[following] & TIME
        ):
            break
        position = following
    return position


def find_complement(phrases: Phrases, frame: Frame, high: int) -> int | None:
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
    while first > 0 and phrases.stream.words[first - 1] in DASHES:
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


def end_of_complement(
    phrases: Phrases, frames: Sequence[Frame], number: int, start: int, high: int
) -> int:
    """Return where reported words end: before the next frame of the same rank, or at `high`."""
    frame = frames[number]
    end = high
    is_act = (
        not frame.verb.kinds & {"clause", "think"} and phrases.lower[start] not in CLAUSE_OPENERS
    )
    before = frame.first - 1
    in_subordinate = (before >= 0 and phrases.lower[before] in _SUBORDINATE) or phrases.lower[
        frame.at - 1
    ] in ("who", "which")
    if is_act or in_subordinate:
        for position in range(start, high):
            if phrases.stream.words[position] in _PAUSES:
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
            or is_parenthesis(phrases, later, high)
            or not is_nested(phrases, frame, later)
        ):
            end = min(end, later.first)
            break
    return end_of_clause(phrases, start, end)


def end_of_clause(phrases: Phrases, start: int, high: int, *, to_pause: bool = False) -> int:
    """Return the end of a clause that starts with a token, no further than `high`.

    An infinitive, or with `to_pause` any clause, ends at its first pause.
    """
    end = _next_clause(phrases, start, high)
    if to_pause or phrases.lower[start] == "to":
        end = _first_pause(phrases, start, end)
    return trim_end(phrases, start, _before_remark(phrases, start, end))


def trim_end(phrases: Phrases, start: int, end: int) -> int:
    """Return the end of words between two tokens without final marks and conjunctions."""
    while (
        end > start
        and (not phrases.flags[end - 1] & WORD or phrases.flags[end - 1] & CONJ)
        and not phrases.flags[end - 1] & QUOTE
    ):
        end -= 1
    return end


def _first_pause(phrases: Phrases, start: int, end: int) -> int:
    for position in range(start, end):
        if phrases.stream.words[position] in _PAUSES:
            return position
    return end


def _before_remark(phrases: Phrases, start: int, end: int) -> int:
    """Return the start of a relative clause behind the last comma or `end`: `…, which fell`."""
    words = phrases.stream.words
    position = end - 1
    while position > start + MIN_WORDS and words[position] != ",":
        position -= 1
    if position <= start + MIN_WORDS or position + 2 >= end:
        return end
    following, then = phrases.lower[position + 1], phrases.lower[position + 2]
    is_relative = following in _REMARKS or (phrases.flags[position + 1] & PREP and then in _REMARKS)
    return position if is_relative else end


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
    return phrases.stream.words[position] in DASHES or phrases.lower[position] in ("and", "but")


def _next_clause(phrases: Phrases, start: int, end: int) -> int:
    """Return the start of a coordinated clause with a subject of its own, else `end`."""
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
