"""The outlet that heard a statement, or that reports what a speaker said."""

from __future__ import annotations

from typing import Final

from briefing.annotate.quotes.article_reading import Reading
from briefing.annotate.quotes.asides import TokenPlace
from briefing.annotate.quotes.candidates import Candidate
from briefing.annotate.quotes.outlets_cited import outlet_of
from briefing.english.frames import Frame
from briefing.english.lexicon import read_words
from briefing.model import Speaker

_INTERVIEW: Final = read_words("annotate/quotes", "naming", "interview")
_WITH: Final = frozenset(("with", "to", "on", "by", "for"))


def hearer_of(reading: Reading, candidate: Candidate) -> str | None:
    """Return the hearer of a statement, an outlet by its full name; None if unnamed."""
    frame = candidate.frame
    if frame is None or frame.to is None or frame.to.head == "pronoun":
        return None
    outlet = outlet_of(reading, candidate.paragraph, frame.to)
    if outlet is not None:
        return outlet
    phrases = reading.phrases[candidate.paragraph]
    if frame.to.head == "name":
        person = reading.find_person(candidate.paragraph, frame.to)
        if person is not None:
            return person.name
    first = frame.to.first + (phrases.lower[frame.to.first] == "the")
    return phrases.text(min(first, frame.to.last), frame.to.last)


def chain_of(
    reading: Reading, place: TokenPlace, candidate: Candidate, speaker: Speaker | None
) -> tuple[str, ...]:
    """Return the speaker and the outlet that passes the words on; empty where there is none."""
    label = _label(speaker)
    if label is None:
        return ()
    outlet = _outlet_addressed(reading, candidate) or _outlet_around(reading, place, candidate)
    if outlet is None or outlet == label:
        return ()
    return (label, outlet)


def _label(speaker: Speaker | None) -> str | None:
    if speaker is None:
        return None
    return speaker.name or speaker.role or speaker.mention


def _outlet_addressed(reading: Reading, candidate: Candidate) -> str | None:
    frame = candidate.frame
    if frame is None or frame.to is None:
        return None
    return outlet_of(reading, candidate.paragraph, frame.to)


def _outlet_around(reading: Reading, place: TokenPlace, candidate: Candidate) -> str | None:
    """Find an outlet that reports the sentence of a statement, or interviewed its speaker."""
    own = candidate.frame
    for frame in reading.frames_around(place.paragraph, place.token):
        if _is_own(own, frame):
            continue
        outlet = outlet_of(reading, place.paragraph, frame.subject)
        if outlet is not None:
            return outlet
    return _interviewer(reading, place)


def _is_own(own: Frame | None, frame: Frame) -> bool:
    return own is not None and frame.at == own.at and frame.subject == own.subject


def _interviewer(reading: Reading, place: TokenPlace) -> str | None:
    """Return the outlet in `in an interview with the Courier` or `via the Courier` around it."""
    phrases = reading.phrases[place.paragraph]
    first, end = phrases.stream.sentence(place.token)
    for position in range(first, end - 2):
        behind = position + 1
        if phrases.lower[position] != "via":
            if phrases.lower[position] not in _INTERVIEW or phrases.lower[behind] not in _WITH:
                continue
            behind += 1
        phrase = phrases.starting_at(behind, phrases.size)
        if phrase is not None:
            outlet = outlet_of(reading, place.paragraph, phrase)
            if outlet is not None:
                return outlet
    return None
