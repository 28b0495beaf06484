"""Reported speech, thought and attitudes without marks: whose they are, and their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.annotate.quotes.article_reading import Reading
from briefing.annotate.quotes.candidates import Options
from briefing.annotate.quotes.indirect.attitude_words import find_telling, stances
from briefing.annotate.quotes.indirect.complements import Taken, find_taken
from briefing.annotate.quotes.indirect.extents import trim_end
from briefing.annotate.quotes.indirect.fragments import says_little
from briefing.annotate.quotes.indirect.reported import ReadClauses, Reported, TokenSpan
from briefing.annotate.quotes.indirect.tags import find_tagged
from briefing.english.clause_reader import clauses_of
from briefing.english.frames import Frame
from briefing.english.phrases import Phrase, Phrases
from briefing.english.tokens import Streams
from briefing.english.verbs import Verb, cue_kinds
from briefing.english.word_classes import CONJ, PUNCT, QUOTE, STOP


def find_reported(reading: Reading, paragraph: int, options: Options) -> tuple[Reported, ...]:
    """Return all reported statements of a paragraph: those with a tag, then the others."""
    phrases = reading.phrases[paragraph]
    found = [one for one in find_tagged(reading, paragraph) if one.rule not in options.off]
    cues = find_telling(phrases.lower)
    busy = _busy(phrases.size, found) if cues else []
    for read in _sentences(reading.streams, phrases, cues, busy):
        for taken in find_taken(read):
            if busy[taken.last] or taken.rule in options.off:
                continue
            spans = tuple(_free(phrases, busy, span) for span in taken.spans)
            if _says_enough(phrases, taken, spans, read.high):
                frames = reading.frames_around(paragraph, taken.last)
                found.append(_reported(phrases, taken, spans, frames))
                for first, end in spans:
                    busy[first:end] = [True] * (end - first)
    return tuple(found)


def _sentences(
    streams: Streams, phrases: Phrases, cues: Sequence[int], busy: list[bool]
) -> Iterator[ReadClauses]:
    """Yield the clauses of each sentence with a cue that no statement holds."""
    edge = 0
    for cue in cues:
        if cue < edge or busy[cue] or phrases.names[cue] >= 0:
            continue
        low, edge = phrases.stream.sentence(cue)
        high = edge
        while high > low and phrases.flags[high - 1] & STOP:
            high -= 1
        yield ReadClauses(phrases, clauses_of(streams, phrases.stream, low, edge), low, high)


def _busy(size: int, statements: Sequence[Reported]) -> list[bool]:
    """Return for each token whether it is part of a statement or of its frame."""
    busy = [False] * size
    for one in statements:
        for start, end in (*one.spans, (one.frame.first, one.frame.last + 1)):
            busy[start:end] = [True] * (end - start)
    return busy


def _free(phrases: Phrases, busy: Sequence[bool], span: TokenSpan) -> TokenSpan:
    """Cut a span before the first busy token."""
    first, end = span
    stop = next((at for at in range(first, end) if busy[at]), max(first, end))
    return first, trim_end(phrases, first, stop)


def _says_enough(phrases: Phrases, taken: Taken, spans: Sequence[TokenSpan], high: int) -> bool:
    """Whether words say something, hold no quotation, and lead to none."""
    flags = phrases.flags
    for first, end in spans:
        if end <= first or any(flags[at] & QUOTE for at in range(first, end)):
            return False
    if says_little(phrases, spans, is_stance=taken.lemma in stances()):
        return False
    position = spans[-1][1]
    if position + 1 < high and flags[position] & CONJ and not flags[position + 1] & QUOTE:
        return True  # and calls it “…”
    while position < high and not flags[position] & (QUOTE | PUNCT):
        position += 1
    return position >= high or not flags[position] & QUOTE


def _reported(
    phrases: Phrases, taken: Taken, spans: tuple[TokenSpan, ...], frames: Sequence[Frame]
) -> Reported:
    """Return a statement with its frame of speech, where one has the same subject."""
    verb = Verb(taken.lemma, "base", cue_kinds(taken.lemma))
    subject, to = taken.owner or Phrase(taken.at, taken.last, "noun"), taken.to
    rule, has_speaker = taken.rule, taken.owner is not None
    for one in frames:
        is_cited = phrases.lower[one.at - 1] == "as"  # the paper cited Lin as saying that …
        is_same = subject.first in (one.subject.first, one.subject.role_first)
        is_same |= one.subject.name_first < subject.first <= one.subject.name_last == subject.last
        is_added = one.at == taken.last and _adds(phrases, one, frames)
        if is_added and not has_speaker:
            rule, has_speaker = "reported_clause", True
        if is_added or (one.at == taken.last and (is_cited or is_same)):
            subject, to = one.subject, one.to or to
    if to is not None and to.first <= spans[0][0] and spans[-1][1] <= to.last + 1:
        to = None  # has urged restraint
    frame = Frame(taken.at, taken.last, verb, subject, "before", to)
    return Reported(spans, frame, rule, has_speaker=has_speaker)


def _adds(phrases: Phrases, frame: Frame, frames: Sequence[Frame]) -> bool:
    """Whether a frame goes on with an earlier one: `Lin said they had gone, adding that …`."""
    before = frame.at - 1
    before -= bool(phrases.flags[before] & CONJ)
    is_added = frame.verb.form == "participle" and not frame.finite
    return (
        is_added
        and "tag" in frame.verb.kinds
        and phrases.stream.words[before] == ","
        and any(one.subject == frame.subject and one.order == "before" for one in frames)
    )
