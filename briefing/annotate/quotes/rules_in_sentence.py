"""Rules that find the speaker of a marked stretch at a verb of speech in its own sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from briefing.annotate.quotes.asides import TokenPlace
from briefing.annotate.quotes.candidates import Candidate, QuoteContext
from briefing.annotate.quotes.outlets_cited import outlet_of
from briefing.english import word_classes as wc
from briefing.english.frame_reader import cited_frame
from briefing.english.frames import Frame, governing_frame
from briefing.english.phrases import Phrases

_BETWEEN: Final = frozenset((",", "—", "–", "-", ".", "'", "’", '"', "”", ")"))
"""What may stand between a quotation and its tag, typing slips included."""
NEAR: Final = 14
"""How many tokens a lead-in may have between its verb and the quotation."""


def behind_quote(phrases: Phrases, token: int) -> int:
    """Return the token at which the tag of a quotation may begin."""
    after = token + 1
    while after < phrases.size and phrases.stream.words[after] in _BETWEEN:
        after += 1
    return after


def said_after_quote(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """`"…," Lin said` and `"…," said Lin`."""
    phrases = context.reading.phrases[place.paragraph]
    after = behind_quote(phrases, place.token)
    if after >= phrases.size:
        return None
    frames = context.reading.frames_around(place.paragraph, after)
    for frame in frames:
        if frame.at < after or frame.order == "shared" or not frame.finite:
            continue
        if "say" not in frame.verb.kinds:
            continue
        first = min(frame.at, frame.subject.first)
        if first > after + 1:
            break
        if first != after and not (first == after + 1 and _is_joined_tag(phrases, after, frame)):
            continue
        if _passes_on_another(context, place, frame):
            continue
        if _opens_sentence_of_its_own(phrases, place, frame) or _leads_to_another(
            context, place, frame
        ):
            continue
        said = cited_frame(phrases, frames, frame)
        return Candidate("said_after_quote", place.paragraph, said.subject, said)
    return None


def _is_joined_tag(phrases: Phrases, after: int, frame: Frame) -> bool:
    """Whether a frame behind `and` is a tag, and no clause that goes on to other words."""
    if not phrases.flags[after] & wc.CONJ:
        return False
    following = frame.last + 1
    return following >= phrases.size or bool(
        phrases.flags[following] & (wc.STOP | wc.PUNCT | wc.PREP | wc.TIME)
    )


def _opens_sentence_of_its_own(phrases: Phrases, place: TokenPlace, frame: Frame) -> bool:
    """Whether the frame behind a finished quotation introduces other words than the quotation."""
    if phrases.stream.final(place.token) not in (".", "…", ""):
        return False
    if frame.order == "after":
        return False
    _, end = phrases.stream.sentence(frame.at)
    following = frame.last + 1
    if following >= end or phrases.flags[following] & wc.STOP:
        return False
    if "tag" not in frame.verb.kinds and not phrases.flags[following] & (
        wc.PREP | wc.TIME | wc.PUNCT
    ):
        return True
    if phrases.stream.final(place.token) == "":
        return phrases.stream.sentences[place.token] != phrases.stream.sentences[frame.at]
    return any(
        phrases.flags[index] & (wc.AUX | wc.VERB | wc.CUE | wc.PRON | wc.QUOTE)
        for index in range(following, end)
    )


def _passes_on_another(context: QuoteContext, place: TokenPlace, frame: Frame) -> bool:
    """Whether the frame is an outlet that only reports what somebody before the quotation said."""
    phrases = context.reading.phrases[place.paragraph]
    before = governing_frame(
        phrases, context.reading.frames_around(place.paragraph, place.token), place.token
    )
    return (
        before is not None
        and before.subject.head != "pronoun"
        and outlet_of(context.reading, place.paragraph, frame.subject) is not None
        and outlet_of(context.reading, place.paragraph, before.subject) is None
    )


def _leads_to_another(context: QuoteContext, place: TokenPlace, frame: Frame) -> bool:
    """Whether the quotation has its verb before it, and the frame behind it leads to the next."""
    phrases = context.reading.phrases[place.paragraph]
    before = governing_frame(
        phrases, context.reading.frames_around(place.paragraph, place.token), place.token
    )
    if before is None or not _leads_in(phrases, before, place.token):
        return False
    if phrases.lower[place.token - 1] == "that" or phrases.stream.words[place.token - 1] == ":":
        return True
    if place.token - 2 <= before.last and before.finite and _is_body(phrases, frame):
        return True
    following = frame.last + 1
    return following + 1 < phrases.size and any(
        phrases.flags[index] & wc.QUOTE
        for index in range(following, min(phrases.size, following + 9))
    )


def _is_body(phrases: Phrases, frame: Frame) -> bool:
    """Whether a body speaks, which may pass on a person: `he said, "…," the court said`."""
    return frame.subject.head == "noun" and bool(
        phrases.classes(frame.subject) & (wc.BODY | wc.DOCUMENT)
    )


def said_before_quote(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """`Lin said: "…"`, `Lin said that "…"`, `adding, "…"`."""
    return _before(context, place, near=True)


def said_earlier_in_sentence(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """`Lin said the deal was "dead weight"`: a fragment inside a paraphrase."""
    return _before(context, place, near=False)


def _before(context: QuoteContext, place: TokenPlace, *, near: bool) -> Candidate | None:
    phrases = context.reading.phrases[place.paragraph]
    frames = context.reading.frames_around(place.paragraph, place.token)
    best = governing_frame(
        phrases, [one for one in frames if not _explains_quote(phrases, one)], place.token
    )
    if best is None:
        return None
    if "say" not in best.verb.kinds and _is_tagged(phrases, frames, place.token):
        return None
    best = cited_frame(phrases, frames, best)
    clean = _leads_in(phrases, best, place.token)
    if near and clean:
        return Candidate("said_before_quote", place.paragraph, best.subject, best)
    if not near and not clean:
        return Candidate("said_earlier_in_sentence", place.paragraph, best.subject, best)
    return None


def _explains_quote(phrases: Phrases, frame: Frame) -> bool:
    """Whether a frame belongs to the words before it alone: `"…," as Lin put it,`."""
    before = frame.first - 1
    while before > 0 and phrases.flags[before] & wc.WORD and phrases.lower[before] != "as":
        before -= 1
    is_as = before > 0 and phrases.lower[before] == "as"
    return is_as and bool(phrases.flags[before - 1] & wc.QUOTE)


def _is_tagged(phrases: Phrases, frames: Sequence[Frame], token: int) -> bool:
    """Whether a tag ends the sentence: `Lin knows the plan is "dead", an aide said`."""
    for frame in frames:
        if frame.at > token and frame.order in ("before", "after") and "tag" in frame.verb.kinds:
            following = frame.last + 1
            ends = following >= phrases.size or bool(phrases.flags[following] & wc.STOP)
            if ends and phrases.stream.words[frame.first - 1] == ",":
                return True
    return False


def _leads_in(phrases: Phrases, frame: Frame, token: int) -> bool:
    """Whether nothing but a lead-in stands between the verb and the quotation."""
    before = phrases.stream.words[token - 1]
    if before == ":":
        return True
    if "say" not in frame.verb.kinds:
        return False
    if token - frame.last - 1 > NEAR:
        return False
    if before == "," or token == frame.last + 1 or phrases.lower[token - 1] == "that":
        return not any(
            phrases.flags[index] & (wc.AUX | wc.QUOTE) for index in range(frame.last + 1, token)
        )
    return False


def according_to(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """`according to Lin, "…"`, on either side, unless Lin is an outlet that passes on a speaker."""
    phrases = context.reading.phrases[place.paragraph]
    sentence = phrases.stream.sentences[place.token]
    for frame in context.reading.frames_around(place.paragraph, place.token):
        if frame.order == "source" and phrases.stream.sentences[frame.at] == sentence:
            is_outlet = outlet_of(context.reading, place.paragraph, frame.subject) is not None
            if is_outlet and said_later_in_sentence(context, place) is not None:
                return None
            return Candidate("according_to", place.paragraph, frame.subject, frame)
    return None


def said_later_in_sentence(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """Match `The "vast" plan failed, Lin said`: a tag later in the sentence."""
    phrases = context.reading.phrases[place.paragraph]
    sentence = phrases.stream.sentences[place.token]
    for frame in context.reading.frames_around(place.paragraph, place.token):
        if frame.at > place.token and phrases.stream.sentences[frame.at] == sentence:
            if frame.order in ("shared", "source") or frame.subject.first < place.token:
                continue
            if _is_relative(phrases, frame.subject.first):
                continue
            return Candidate("said_later_in_sentence", place.paragraph, frame.subject, frame)
    return None


def _is_relative(phrases: Phrases, first: int) -> bool:
    """Whether a clause from a token describes a noun: `a plan that critics …`, `which they …`."""
    opening = first - (phrases.lower[first] != "that")
    is_that = phrases.lower[opening] == "that" and phrases.flags[opening - 1] & wc.WORD
    return bool(phrases.flags[opening] & wc.REL) or bool(
        is_that and not phrases.flags[opening - 1] & (wc.CUE | wc.AUX | wc.VERB)
    )
