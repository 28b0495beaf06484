"""Reported speech without marks: the words a frame of speech reports, and their speaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from briefing.annotate.quotes.article_reading import Reading
from briefing.annotate.quotes.candidates import Options
from briefing.annotate.quotes.indirect.attitude_rules import OWN_VOICE
from briefing.annotate.quotes.indirect.attitudes import find_attitudes
from briefing.annotate.quotes.indirect.complements import (
    CLAUSE_OPENERS,
    DASHES,
    MIN_WORDS,
    Reported,
    after_when,
    end_of_complement,
    find_complement,
    is_parenthesis,
)
from briefing.annotate.quotes.indirect.fragments import says_little
from briefing.annotate.quotes.outlets_cited import outlet_of
from briefing.english.frame_reader import CITED, PLAIN
from briefing.english.frames import Frame, is_nested
from briefing.english.phrases import MAX_ASIDE, Phrases
from briefing.english.word_classes import (
    AUX,
    CONJ,
    CUE,
    DET,
    POSS,
    PRON,
    PUNCT,
    QUOTE,
    STOP,
    VERB,
    WORD,
)

_FRAGMENTS: Final = frozenset(("reported_phrase", "reported_stance", "reported_thought"))
"""Rules that find words without a verb of their own."""
_NOBODY: Final = frozenset(("nobody", "none", "neither", "nothing", "no"))
_CLEFTS: Final = frozenset(("what", "who", "which", "whatever"))
"""Words that open the first half of a sentence cut in two: `What changed, Lin said, was …`."""
_ASKED_FOR: Final = frozenset(("for", "of", "about", "against", "with"))


def find_reported(reading: Reading, paragraph: int, options: Options) -> tuple[Reported, ...]:
    """Return all reported statements of a paragraph, in order, then its attitudes."""
    phrases = reading.phrases[paragraph]
    found = []
    for frames in reading.by_sentence[paragraph].values():
        outermost = _outermost(phrases, frames)
        has_source = any(frame.order == "source" for frame in frames)
        for number in range(len(frames)):
            if has_source and _only_passes_on(reading, paragraph, frames[number]):
                continue
            reported = _read(phrases, frames, number, is_outermost=outermost[number])
            if reported is None or not _says_enough(phrases, reported):
                continue
            rule = _rule_by_content(phrases, reported)
            is_little = rule in _FRAGMENTS and says_little(phrases, reported.spans)
            if rule not in options.off and not is_little:
                found.append(replace(reported, rule=rule))
    found.extend(find_attitudes(reading, paragraph, found, options))
    return tuple(one for one in found if not _only_cites(phrases, one.frame))


def _only_cites(phrases: Phrases, frame: Frame) -> bool:
    """Whether a frame only leads to the words of another: `the paper cited Lin as saying`."""
    if phrases.lower[frame.at] not in CITED:
        return False
    _, end = phrases.stream.sentence(frame.at)
    following = phrases.lower[frame.at : min(end, frame.at + MAX_ASIDE)]
    return any(two == ("as", "saying") for two in pairwise(following))


def _rule_by_content(phrases: Phrases, reported: Reported) -> str:
    """Return the rule that names what is reported: its own for a statement with a verb of its own.

    `expects a deal` reports a thought, `agreed to the plan` a stance, and `praised the draft` and
    `What changed, ministers say, was …` a phrase.
    """
    frame = reported.frame
    if phrases.lower[frame.subject.first] in _NOBODY:
        return "reported_by_nobody"
    if frame.order == "source":
        return reported.rule
    if "say" not in frame.verb.kinds and frame.verb.kinds & {"think", "act"}:
        return "reported_thought" if "think" in frame.verb.kinds else "reported_stance"
    first, end = reported.spans[0]
    is_statement = _opens_statement(phrases, reported.rule, first, end)
    return reported.rule if is_statement else "reported_phrase"


def _opens_statement(phrases: Phrases, rule: str, first: int, end: int) -> bool:
    """Whether the words between two tokens open as a clause does."""
    opener = phrases.lower[first]
    if opener in CLAUSE_OPENERS:
        is_cleft = opener in _CLEFTS and rule == "reported_with_tag"
        return not is_cleft and not (opener == "that" and _is_relative(phrases, first))
    if opener == "to":
        return _is_infinitive(phrases, first)
    if rule == "reported_clause" and opener in _ASKED_FOR and phrases.names[first] < 0:
        return False
    return _holds_verb(phrases, first, end)


def _is_infinitive(phrases: Phrases, to: int) -> bool:
    """Whether `to` opens an infinitive, and not the hearer of what is said."""
    return to + 1 < phrases.size and not (
        phrases.flags[to + 1] & (DET | POSS | PRON) or phrases.names[to + 1] >= 0
    )


def _is_relative(phrases: Phrases, that: int) -> bool:
    """Whether `that` has a verb right behind it and no subject: `of countries that use it`."""
    following = that + 1
    if following >= phrases.size:
        return True
    flag = phrases.flags[following]
    return bool(flag & (VERB | AUX)) and not flag & PRON and phrases.names[following] < 0


def _holds_verb(phrases: Phrases, first: int, end: int, *, named: bool = False) -> bool:
    """Whether words between two tokens hold a verb; with `named`, one in a name may do."""
    return any(
        (phrases.flags[index] & (AUX | VERB | CUE) and phrases.names[index] < 0)
        or (
            (named or phrases.names[index] < 0)
            and (phrases.lower[index].endswith("ed") or _is_contracted(phrases.lower[index]))
        )
        for index in range(first, end)
    )


def _only_passes_on(reading: Reading, paragraph: int, frame: Frame) -> bool:
    """Whether a frame is the tag of an outlet: the source of the sentence is named elsewhere."""
    if frame.order == "source" or frame.first == 0:
        return False
    before = reading.phrases[paragraph].stream.words[frame.first - 1]
    return before in DASHES and outlet_of(reading, paragraph, frame.subject) is not None


def _outermost(phrases: Phrases, frames: Sequence[Frame]) -> list[bool]:
    """Return for each frame of a sentence whether no earlier one reports it."""
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
    if not is_parenthesis(phrases, frame, high):
        start = find_complement(phrases, frame, high)
    if start is None:
        return _tagged(phrases, frame, low, high)
    end = end_of_complement(phrases, frames, number, start, high)
    rule = _rule_of(phrases, frame, start, end)
    return Reported(((start, end),), frame, rule) if is_outermost and rule else None


def _may_report(phrases: Phrases, frame: Frame) -> bool:
    """Whether a frame reports speech or thought of somebody else, and no mere intention."""
    if not frame.verb.kinds & {"clause", "think", "act"}:
        return False
    subject = frame.subject
    if subject.head == "pronoun" and phrases.lower[subject.first] in OWN_VOICE:
        return False
    return frame.at == 0 or phrases.lower[frame.at - 1] != "to"


def _rule_of(phrases: Phrases, frame: Frame, start: int, end: int) -> str | None:
    """Return `reported_clause` for words with a verb of their own, `reported_act` for others."""
    takes_clause = frame.verb.kinds & {"clause", "think"}
    is_plain = frame.verb.lemma in PLAIN and end - start > MIN_WORDS
    if takes_clause and (is_plain or _is_clause(phrases, start, end)):
        return "reported_clause"
    return "reported_act" if "act" in frame.verb.kinds else None


def _is_clause(phrases: Phrases, start: int, end: int) -> bool:
    """Whether reported words hold a verb of their own, or open like a clause."""
    if phrases.lower[start] in CLAUSE_OPENERS or phrases.lower[start] == "to":
        return True
    return _holds_verb(phrases, start, end, named=True)


def _is_contracted(word: str) -> bool:
    """Whether a word contains a contracted verb: `they're`."""
    return len(word) > MIN_WORDS and ("’" in word or "'" in word)


def _before_tag(phrases: Phrases, frames: Sequence[Frame], source: Frame, high: int) -> int:
    """Find where a tag behind a source starts, as in `according to Lin, …, the FT reported`."""
    for frame in frames:
        if frame.first > source.last and is_parenthesis(phrases, frame, high):
            return frame.first - 1
    return high


def _source(phrases: Phrases, frame: Frame, low: int, high: int) -> Reported | None:
    """Match `According to Lin, …` and `…, according to Lin`."""
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


def _is_apposition(phrases: Phrases, frame: Frame, start: int, end: int) -> bool:
    """Whether the words behind a tag are an apposition to its subject."""
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
    if phrases.lower[before - 1] in CITED:
        citing = phrases.ending_at(before - 2, low)
        before = citing.first if citing is not None else before
    after = after_when(phrases, frame.last + 1, high)
    spans = []
    if before > low and words[before - 1] in DASHES:
        start = low
        while start < before and phrases.flags[start] & (CONJ | PUNCT):
            start += 1
        if start < before - 1:
            spans.append((start, before - 1))
    elif not is_as:
        return None
    if (
        after + 1 < high
        and words[after] in DASHES
        and not _is_apposition(phrases, frame, after + 1, high)
    ):
        spans.append((after + 1, high))
    return Reported(tuple(spans), frame, "reported_with_tag") if spans else None
