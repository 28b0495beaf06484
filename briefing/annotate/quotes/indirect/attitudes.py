"""Attitudes without a frame of speech: what somebody supports, wants, fears or is accused of.

They are read after the statements of a paragraph, and only outside of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.annotate.quotes.article_reading import Reading
from briefing.annotate.quotes.candidates import Options
from briefing.annotate.quotes.indirect.attitude_rules import (
    Attitude,
    AttitudeCue,
    Spans,
    read_attitude,
)
from briefing.annotate.quotes.indirect.attitude_words import stances, usages
from briefing.annotate.quotes.indirect.complements import Reported, trim_end
from briefing.annotate.quotes.indirect.fragments import says_little
from briefing.english.frames import Frame
from briefing.english.phrases import Phrase, Phrases
from briefing.english.verbs import Verb
from briefing.english.word_classes import ADV, DET, POSS, PRON, PUNCT, QUOTE, STOP, WORD


def find_attitudes(
    reading: Reading, paragraph: int, statements: Sequence[Reported], options: Options
) -> list[Reported]:
    """Return the attitudes of a paragraph outside of its `statements`."""
    phrases = reading.phrases[paragraph]
    table = usages()
    cues = [at for at, word in enumerate(phrases.lower) if word in table]
    busy = _busy(phrases.size, statements) if cues else []
    result = []
    for at in cues:
        if busy[at] or phrases.names[at] >= 0:
            continue
        low, high = phrases.stream.sentence(at)
        while high > at + 1 and phrases.flags[high - 1] & STOP:
            high -= 1
        cue = AttitudeCue(
            at, low, high, table[phrases.lower[at]], reading.frames_around(paragraph, at)
        )
        found = read_attitude(phrases, cue)
        if found is None or found.rule in options.off:
            continue
        spans = _free(phrases, busy, found.spans)
        if spans is None or not _is_whole(phrases, spans, high):
            continue
        if says_little(phrases, spans, is_stance=found.usage.lemma in stances()):
            continue
        result.append(_reported(at, found, spans))
        for first, end in spans:
            busy[first:end] = [True] * (end - first)
    return result


def _busy(size: int, statements: Sequence[Reported]) -> list[bool]:
    """Return for each token whether it is part of a statement or of its frame."""
    busy = [False] * size
    for reported in statements:
        frame = reported.frame
        first = frame.at if frame.order == "shared" else frame.first
        last = frame.at if frame.order == "shared" else frame.last
        for start, end in (*reported.spans, (first, last + 1)):
            busy[start:end] = [True] * (end - start)
    return busy


def _free(phrases: Phrases, busy: Sequence[bool], spans: Spans) -> Spans | None:
    """Cut spans before the first busy token; return None if nothing of one is left."""
    result = []
    for first, end in spans:
        stop = first
        while stop < end and not busy[stop]:
            stop += 1
        stop = trim_end(phrases, first, stop)
        if stop <= first:
            return None
        result.append((first, stop))
    return tuple(result)


def _is_whole(phrases: Phrases, spans: Spans, high: int) -> bool:
    """Whether spans say something, hold no quotation, and lead to none."""
    flags = phrases.flags
    words = 0
    for first, end in spans:
        for position in range(first, end):
            if flags[position] & QUOTE:
                return False
            words += bool(flags[position] & WORD)
    if words < 2 and flags[spans[-1][0]] & (PRON | DET | POSS | ADV):
        return False
    position = spans[-1][1]
    while position < high and not flags[position] & (QUOTE | PUNCT):
        position += 1
    return position >= high or not flags[position] & QUOTE


def _reported(at: int, found: Attitude, spans: Spans) -> Reported:
    verb = Verb(found.usage.lemma, found.usage.form, frozenset({"attitude"}))
    subject = found.subject or Phrase(at, at, "noun")
    frame = Frame(at, at, verb, subject, "before")
    return Reported(spans, frame, found.rule, has_speaker=found.subject is not None)
