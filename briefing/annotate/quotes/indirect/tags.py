"""Statements with a tag: `The bridge is safe, Lin said`, `according to Lin, the bridge is safe`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from briefing.annotate.quotes.article_reading import Reading
from briefing.annotate.quotes.chains import CITING, is_heard_by
from briefing.annotate.quotes.indirect.owners import OWN_VOICE
from briefing.annotate.quotes.indirect.reported import MIN_WORDS, Reported, TokenSpan, opens_comment
from briefing.english import word_classes as wc
from briefing.english.frame_reader import CITED
from briefing.english.frames import Frame
from briefing.english.grammar_words import VERBAL, grammar_word
from briefing.english.phrases import MAX_ASIDE, Phrases
from briefing.english.verb_forms import NOUN_TOO

_DASHES: Final = frozenset((",", "—", "–", "-"))
_CLEFTS: Final = frozenset(("what", "who", "which", "whatever"))
_INSTEAD: Final = frozenset((("instead", "of"), ("rather", "than"), ("far", "from")))
_OPENS_TIME: Final = frozenset(("on", "in", "at", "last", "this", "late", "early"))


def find_tagged(reading: Reading, paragraph: int) -> Iterator[Reported]:
    """Yield the statements of a paragraph that a tag or a source tells whose they are."""
    phrases = reading.phrases[paragraph]
    for frames in reading.by_sentence[paragraph].values():
        low, high = phrases.stream.sentence(frames[0].at)
        while high > low and phrases.flags[high - 1] & wc.STOP:
            high -= 1
        for frame in frames:
            if frame.order == "source":
                if any(is_heard_by(phrases, one, frame) for one in frames):
                    continue  # it heard the speaker
                spans = _of_source(phrases, frame, low, _before_tag(phrases, frames, frame, high))
                rule = "according_to_reported"
            elif _may_tag(phrases, frame):
                edge = _before_report(phrases, frames, frame, high) if len(frames) > 1 else high
                spans = _of_tag(phrases, frame, low, edge)
                rule = "reported_with_tag" if _is_statement(phrases, spans) else "reported_phrase"
            else:
                continue
            if spans and _says_enough(phrases, spans):
                yield Reported(spans, frame, rule)


def _may_tag(phrases: Phrases, frame: Frame) -> bool:
    """Whether a frame tells that somebody else speaks, and leads to no words of another."""
    is_shown = frame.subject.head == "noun" and phrases.flags[frame.subject.last] & wc.DOCUMENT
    speaks = "say" in frame.verb.kinds or is_shown  # figures show
    if not speaks or "clause" not in frame.verb.kinds or frame.order == "shared":
        return False
    if phrases.lower[frame.subject.first] in OWN_VOICE:
        return False
    if phrases.lower[frame.at] not in CITED:
        return True
    _, end = phrases.stream.sentence(frame.at)
    following = phrases.lower[frame.at : min(end, frame.at + MAX_ASIDE)]
    return not any(two == ("as", "saying") for two in pairwise(following))


def _is_statement(phrases: Phrases, spans: Sequence[TokenSpan]) -> bool:
    """Whether words have a verb, and are no half of a sentence cut in two: `What changed was …`."""
    if not spans:
        return False
    first, end = spans[0]
    if phrases.lower[first] in _CLEFTS and end - first > 1:
        return False
    return any(
        phrases.names[at] < 0
        and (phrases.flags[at] & (wc.AUX | wc.VERB | wc.CUE) or _is_sure_verb(phrases.lower[at]))
        for first, end in spans
        for at in range(first + 1, end)
    )


def _is_sure_verb(word: str) -> bool:
    """Whether a word in lower case is a form of a verb, and seldom a noun."""
    role = grammar_word(word)
    return bool(role & VERBAL) and not role & NOUN_TOO


def _says_enough(phrases: Phrases, spans: Sequence[TokenSpan]) -> bool:
    flags = [phrases.flags[at] for first, end in spans for at in range(first, end)]
    if any(flag & wc.QUOTE for flag in flags):
        return False
    return sum(bool(flag & wc.WORD) for flag in flags) >= MIN_WORDS


def _is_parenthesis(phrases: Phrases, frame: Frame, high: int) -> bool:
    """Whether a frame stands between commas, or between a comma and the end."""
    words = phrases.stream.words
    first, after = frame.first, _after_when(phrases, frame.last + 1, high)
    if first > 0 and phrases.lower[first - 1] == "as" and after < high and words[after] == ",":
        return True
    if first == 0 or words[first - 1] not in _DASHES:
        return False
    return after >= high or words[after] in _DASHES or words[after] == ";"


def _only_tells_where(phrases: Phrases, frame: Frame, high: int) -> bool:
    """Whether nothing but where something was said follows: `…, Lin said in a letter to Marsh`."""
    after = _after_when(phrases, frame.last + 1, high)
    if frame.order == "after" or after >= high:
        return True
    if not phrases.flags[after] & wc.PREP or phrases.lower[after] == "to":
        return False
    if "tag" not in frame.verb.kinds:
        return False
    return not any(
        phrases.flags[at] & (wc.AUX | wc.VERB | wc.QUOTE) or phrases.lower[at] == "that"
        for at in range(after, high)
    )


def _after_when(phrases: Phrases, position: int, high: int) -> int:
    """Find the token behind a day that follows a verb: `officials said on Friday, …`."""
    while position < high:
        following = position + 1
        opens_time = phrases.lower[position] in _OPENS_TIME and following < high
        if not phrases.flags[position] & wc.TIME and not (
            opens_time and phrases.flags[following] & wc.TIME
        ):
            break
        position = following
    return position


def _before_tag(phrases: Phrases, frames: Sequence[Frame], source: Frame, high: int) -> int:
    """Find where a tag behind a source starts, as in `according to Lin, …, the FT reported`."""
    for frame in frames:
        if frame.first > source.last and _is_parenthesis(phrases, frame, high):
            return frame.first - 1
    return high


def _before_report(phrases: Phrases, frames: Sequence[Frame], tag: Frame, high: int) -> int:
    """Find where another report begins behind a tag: `…, Lin said, and Marsh said it would`."""
    words = phrases.stream.words
    for frame in frames:
        first = frame.first
        is_added = phrases.lower[first - 1] in ("and", "but") and words[first - 2] == ","
        if first - 2 > tag.last and is_added and frame.order == "before":
            return first - 2
    return high


def _of_source(phrases: Phrases, frame: Frame, low: int, high: int) -> tuple[TokenSpan, ...]:
    """Match `According to Lin, …` and `…, according to Lin`."""
    words = phrases.stream.words
    first, last = frame.at, frame.last
    if not any(phrases.flags[index] & wc.WORD for index in range(low, first)):
        while last + 1 < high and words[last + 1] != ",":
            last += 1
        return ((last + 2, high),) if last + 2 < high else ()
    end = first
    while end > low and not phrases.flags[end - 1] & (wc.WORD | wc.QUOTE):
        end -= 1
    return ((_skip_joins(phrases, low, end), end),)


def _skip_joins(phrases: Phrases, start: int, end: int) -> int:
    while start < end and phrases.flags[start] & (wc.CONJ | wc.PUNCT):
        start += 1
    return start


def _of_tag(phrases: Phrases, frame: Frame, low: int, high: int) -> tuple[TokenSpan, ...]:
    """Match `The deal was dead, Lin said`, `The deal, said Lin, was dead`, `As Lin said, …`."""
    words, behind = phrases.stream.words, frame.at + 1
    is_cited = phrases.lower[frame.at - 1 : behind] == ("as", "saying")
    if is_cited and behind < high and not phrases.flags[behind] & wc.PUNCT:
        is_told = phrases.lower[behind] != "by"  # “…,” Lin was quoted as saying by a paper
        return ((behind, high),) if is_told else ()  # the paper cited Lin as saying that …
    before = frame.first
    is_cited = before > 0 and phrases.lower[before - 1] in CITED
    if not (
        is_cited or _is_parenthesis(phrases, frame, high) or _only_tells_where(phrases, frame, high)
    ):
        return ()
    is_as = before > 0 and phrases.lower[before - 1] == "as"
    before -= is_as
    if is_cited:
        citing = phrases.ending_at(before - 2, low)
        before = citing.first if citing is not None else before
    after = _after_when(phrases, frame.last + 1, high)
    spans = []
    if before > low and words[before - 1] in _DASHES:
        is_added = before - 2 > low and phrases.lower[before - 2] in ("which", "who", "whom")
        start = before - 2 if is_added else _skip_joins(phrases, low, before)
        ends = after >= high and _is_statement(phrases, ((start, before - 1),))
        if start < before - 1 and (ends or not _is_introduction(phrases, start, before - 1)):
            spans.append((start, before - 1))
    elif not is_as:
        return ()
    if (
        after + 1 < high
        and words[after] in _DASHES
        and not _is_apposition(phrases, frame, after + 1, high)
        and not (spans and _is_comment(phrases, frame, after + 1, high))
    ):
        spans.append((after + 1, high))
    return tuple(spans)


def _is_introduction(phrases: Phrases, start: int, comma: int) -> bool:
    """Whether words before a comma only tell when or where: `In a letter to Marsh, Lin wrote`."""
    opens = phrases.flags[start] & (wc.PREP | wc.SUB) and phrases.lower[start] not in _CLEFTS
    opens = opens or phrases.lower[start : start + 2] in _INSTEAD
    opens = opens and phrases.names[start] < 0
    return bool(opens) and "," not in phrases.stream.words[start:comma]


def _is_comment(phrases: Phrases, frame: Frame, start: int, end: int) -> bool:
    """Whether the words behind a tag are the reporter's own of a statement that is complete.

    `…, Lin said, breaking with Marsh`, `…, a step that hurts them`, `…, but gave no details`.
    """
    if frame.order != "before":
        return False
    word = phrases.lower[start]
    if phrases.names[start] < 0 and word.endswith("ing") and word not in CITING:
        return bool(grammar_word(word) & VERBAL)
    if word == "but" and start + 1 < end:
        return bool(grammar_word(phrases.lower[start + 1]) & VERBAL)
    return opens_comment(phrases, start + (word == "in"), end)


def _is_apposition(phrases: Phrases, frame: Frame, start: int, end: int) -> bool:
    """Whether the words behind a tag are an apposition to its subject."""
    if frame.order != "after":
        return False
    if phrases.lower[start] in ("who", "which", "whose"):
        return True
    return not any(phrases.flags[index] & (wc.AUX | wc.VERB) for index in range(start, end))
