"""The outlet that heard a statement, or that reports what a speaker said."""

from __future__ import annotations

from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from briefing.annotate.quotes.article_reading import Reading
from briefing.annotate.quotes.asides import TokenPlace
from briefing.annotate.quotes.candidates import Candidate
from briefing.annotate.quotes.outlets_cited import outlet_addressed, outlet_of
from briefing.english.frame_reader import CITED, PLAIN
from briefing.english.frames import Frame, is_nested
from briefing.english.lexicon import read_words
from briefing.english.phrases import Phrase, Phrases
from briefing.english.subjects import sentence_subject
from briefing.english.word_classes import CAPITAL, DET, GENITIVE, POSS, PRON, QUOTE, STOP
from briefing.model import Speaker
from briefing.world.outlets import own_names

MAX_SETTING: Final = 6
"""How many tokens before a preposition the word may stand that says how the outlet comes in."""
MAX_FRAMES: Final = 20
"""How many frames of an extract are looked at for its source."""
MAX_FINDING: Final = 8
"""How many tokens a subject, its verb and `that` take, an abbreviation in brackets included."""
MAX_SINCE: Final = 3
"""How many paragraphs behind the last one an outlet still is where a speaker is quoted from."""

_SPOKEN: Final = read_words("annotate/quotes", "naming", "spoken to")
_WRITTEN: Final = read_words("annotate/quotes", "naming", "written in")
_CARRIED: Final = read_words("annotate/quotes", "naming", "carried by")
_ELSEWHERE: Final = read_words("annotate/quotes", "naming", "elsewhere")
_SETTINGS: Final = {
    "with": _SPOKEN,
    "to": _SPOKEN,
    "on": _SPOKEN | _CARRIED,
    "in": _WRITTEN | _CARRIED,
    "for": _WRITTEN | frozenset(("interview",)),
    "by": _CARRIED | frozenset(("interviewed", "interview")),
}
"""Prepositions before an outlet, with the words before them that make it pass something on."""
_STATES: Final = frozenset(("find", "rule", "see"))
_THINKS: Final = read_words("annotate/quotes", "naming", "thinks")
CITING: Final = frozenset(("citing", "quoting"))
_SET_OFF: Final = frozenset((",", "—", "–", "-", "("))


class _Heard(Struct, frozen=True):
    paragraph: int
    outlet: str


class Relays:
    """Finds who passed on what is said in an article, and remembers where speakers are heard.

    What `publisher` heard itself has no chain: no outlet of that name passes anything on.
    """

    def __init__(self, reading: Reading, publisher: str | None = None) -> None:
        self._reading = reading
        self._own = own_names(publisher)
        self._heard: dict[str, _Heard] = {}

    def hearer_of(self, candidate: Candidate) -> str | None:
        """Return the hearer of a statement, an outlet by its full name; None if unnamed."""
        reading, frame = self._reading, candidate.frame
        if frame is None or frame.to is None or frame.to.head == "pronoun":
            return None
        outlet = outlet_addressed(reading, candidate.paragraph, frame.to)
        if outlet is not None:
            return outlet
        phrases = reading.phrases[candidate.paragraph]
        is_owner = phrases.flags[min(frame.to.name_last + 1, frame.to.last)] & GENITIVE
        if frame.to.head == "name" and not is_owner:
            person = reading.find_person(candidate.paragraph, frame.to)
            if person is not None:
                return person.name
        first = frame.to.first + (phrases.lower[frame.to.first] == "the")
        return phrases.text(min(first, frame.to.last), frame.to.last)

    def chain_of(
        self, place: TokenPlace, candidate: Candidate, speaker: Speaker | None
    ) -> tuple[str, ...]:
        """Return the speaker and the outlet that passes the words on; empty where there is none."""
        label = label_of(speaker)
        if label is None:
            return ()
        outlet = self._outlet_addressed(candidate) or self._outlet_around(place, candidate)
        return self.linked(label, outlet or self._source_behind(candidate))

    def _source_behind(self, candidate: Candidate) -> str | None:
        """Return who heard a speaker: `…, Lin said, according to two people in the room`."""
        frame, paragraph = candidate.frame, candidate.paragraph
        if frame is None:
            return None
        phrases = self._reading.phrases[paragraph]
        if phrases.stream.words[frame.last + 1 : frame.last + 2] != (",",):
            return None
        for other in self._reading.frames_around(paragraph, frame.at):
            if other.order == "source" and is_heard_by(phrases, frame, other):
                subject = other.subject
                return phrases.text_without_article(subject.first, subject.last)
        return None

    def linked(self, label: str | None, outlet: str | None) -> tuple[str, ...]:
        """Return a speaker with an outlet as a chain; empty where the article's own one heard."""
        outlet = self._pass(outlet)
        return () if label is None or outlet is None or outlet == label else (label, outlet)

    def heard_within(self, candidate: Candidate, opening: int) -> tuple[Candidate, str] | None:
        """Return whom an outlet heard, with the outlet, where that only reports what others say.

        `The FT said officials feared …` and `…, the FT said, citing officials`; what is reported
        begins at the token `opening`.
        """
        phrase, frame, paragraph = candidate.phrase, candidate.frame, candidate.paragraph
        if phrase is None or frame is None:
            return None
        outlet = outlet_of(self._reading, paragraph, phrase)
        if outlet is None:
            return None
        phrases = self._reading.phrases[paragraph]
        if opening < phrases.size:
            opening += phrases.lower[opening] == "that"
        for inner in self._reading.frames_around(paragraph, frame.at):
            reports = inner.first == opening and _reports(phrases, inner)
            if reports and outlet_of(self._reading, paragraph, inner.subject) is None:
                return replace(candidate, phrase=inner.subject, frame=inner), outlet
        heard = _cited_behind(phrases, frame) or _finder(phrases, opening, frame)
        return (replace(candidate, phrase=heard), outlet) if heard else None

    def source_within(self, paragraph: int, candidate: Candidate) -> tuple[Candidate, str] | None:
        """Return the source that an extract of an outlet names: `…, according to officials`."""
        phrase = candidate.phrase
        outlet = phrase and outlet_of(self._reading, candidate.paragraph, phrase)
        if not outlet:
            return None
        for frame in self._reading.frames[paragraph][:MAX_FRAMES]:
            if (
                frame.order == "source"
                and outlet_of(self._reading, paragraph, frame.subject) is None
            ):
                return Candidate(candidate.rule, paragraph, frame.subject, frame), outlet
        return None

    def follow(
        self, place: TokenPlace, candidate: Candidate, chain: tuple[str, ...], label: str | None
    ) -> tuple[str, ...]:
        """Return the chain of a statement, that of the same speaker before it where it goes on.

        Statements come in the order of the text. Who was heard by an outlet goes on speaking to it
        until the article says that something was said elsewhere.
        """
        if label is None:
            return chain
        if chain:
            self._heard[label] = _Heard(place.paragraph, chain[-1])
            return chain
        heard = self._heard.get(label)
        if heard is None:
            return ()
        frame = candidate.frame
        if frame is not None and "say" not in frame.verb.kinds:
            return ()
        if place.paragraph - heard.paragraph > MAX_SINCE or self._is_elsewhere(place, candidate):
            del self._heard[label]
            return ()
        self._heard[label] = replace(heard, paragraph=place.paragraph)
        return (label, heard.outlet)

    def _is_elsewhere(self, place: TokenPlace, candidate: Candidate) -> bool:
        """Whether a sentence tells another hearer or another place of what is said."""
        if candidate.frame is not None and candidate.frame.to is not None:
            return True
        phrases = self._reading.phrases[place.paragraph]
        first, end = phrases.stream.sentence(place.token)
        return not _ELSEWHERE.isdisjoint(phrases.lower[first:end])

    def _pass(self, outlet: str | None) -> str | None:
        return None if outlet in self._own else outlet

    def _outlet_addressed(self, candidate: Candidate) -> str | None:
        frame = candidate.frame
        if frame is None or frame.to is None:
            return None
        return self._pass(outlet_addressed(self._reading, candidate.paragraph, frame.to))

    def _outlet_around(self, place: TokenPlace, candidate: Candidate) -> str | None:
        """Find an outlet that reports the sentence of a statement, or interviewed its speaker."""
        own = candidate.frame if candidate.paragraph == place.paragraph else None
        phrases = self._reading.phrases[place.paragraph]
        for frame in self._reading.frames_around(place.paragraph, place.token):
            if _is_own(own, frame) or not _passes_on(phrases, own, frame):
                continue
            outlet = self._pass(outlet_of(self._reading, place.paragraph, frame.subject))
            if outlet is not None:
                return outlet
        return self._outlet_of_setting(place)

    def _outlet_of_setting(self, place: TokenPlace) -> str | None:
        """Return the outlet in `in an interview with the Courier`, `writing in` or `via` it."""
        reading, phrases = self._reading, self._reading.phrases[place.paragraph]
        first, end = phrases.stream.sentence(place.token)
        for position, word in enumerate(phrases.lower[first : end - 1], first):
            is_setting = word == "via" or (
                word in _SETTINGS and _has_setting(phrases, first, position)
            )
            if not is_setting and word != "in":
                continue
            outlet = None
            phrase = phrases.starting_at(position + 1, end)
            if phrase is not None and is_setting:
                outlet = outlet_addressed(reading, place.paragraph, phrase)
            elif phrase is not None and phrase.head == "noun":  # in an FT interview
                outlet = outlet_of(reading, place.paragraph, phrase)
            outlet = self._pass(outlet)
            if outlet is not None:
                return outlet
        return None


def is_heard_by(phrases: Phrases, tag: Frame, source: Frame) -> bool:
    """Whether a source right behind a tag heard its speaker: `…, Lin said, according to aides`."""
    behind = tag.last + 1
    return source.first == behind + 1 and phrases.stream.words[behind] == ","


def label_of(speaker: Speaker | None) -> str | None:
    """Return what a chain calls a speaker: the name, else the role; None for a mere pronoun."""
    return None if speaker is None else speaker.name or speaker.role


def _is_own(own: Frame | None, frame: Frame) -> bool:
    return own is not None and frame.at == own.at and frame.subject == own.subject


def _passes_on(phrases: Phrases, own: Frame | None, frame: Frame) -> bool:
    """Whether a frame of the sentence reports another one, and is no statement beside it.

    It stands before and governs it, or behind it as a tag: `…, the FT reported`.
    """
    if own is None or frame.order == "source":
        return True
    if frame.first > 0 and phrases.lower[frame.first - 1] == "as":
        return True
    if frame.first < own.first:
        return is_nested(phrases, frame, own) or phrases.lower[frame.at] in CITED
    before = frame.first - 1
    return phrases.stream.words[before] in _SET_OFF or bool(phrases.flags[before] & QUOTE)


def _has_setting(phrases: Phrases, first: int, position: int) -> bool:
    """Whether a word before a preposition tells how the outlet behind it comes in."""
    words = _SETTINGS[phrases.lower[position]]
    for before in range(position - 1, max(first, position - MAX_SETTING) - 1, -1):
        if phrases.flags[before] & (QUOTE | STOP):
            return False
        if phrases.lower[before] in words and not phrases.flags[before] & CAPITAL:
            return True
        if before == first and phrases.lower[before] in words:
            return True
    return False


def _reports(phrases: Phrases, frame: Frame) -> bool:
    """Whether a frame tells what somebody named says or thinks, and no mere act."""
    if frame.order != "before" or frame.subject.head == "pronoun" or not frame.finite:
        return False
    following = frame.last + 1
    if following >= phrases.size:
        return False
    lemma = frame.verb.lemma
    if phrases.lower[following] == "that" or lemma in PLAIN:
        return True
    opens_clause = phrases.flags[following] & (DET | POSS | PRON | CAPITAL)
    is_speech = "say" in frame.verb.kinds and lemma not in _STATES
    return bool(opens_clause and (is_speech or lemma in _THINKS))


def _finder(phrases: Phrases, opening: int, frame: Frame) -> Phrase | None:
    """Return who found out what an outlet tells: `The port has shown that …, the FT said`."""
    if frame.first <= opening:
        return None
    subject = sentence_subject(phrases, opening, frame.first)
    if subject is None or subject.head == "pronoun":
        return None
    behind = phrases.lower[subject.last + 1 : min(frame.first, subject.last + MAX_FINDING)]
    return subject if "that" in behind[1:] and "," not in behind else None


def _cited_behind(phrases: Phrases, frame: Frame) -> Phrase | None:
    """Return whom the subject of a frame cites: `the FT said on Monday, citing officials`."""
    _, end = phrases.stream.sentence(frame.at)
    aside = range(frame.subject.last + 1, frame.at) if frame.order == "before" else range(0)
    for position in (*aside, *range(frame.last + 1, end - 1)):
        if phrases.lower[position] in CITING and phrases.stream.words[position - 1] == ",":
            cited = phrases.starting_at(position + 1, end)
            is_source = cited is not None and (
                cited.head == "name" or phrases.is_speaker_noun(cited)
            )
            return cited if is_source else None
    return None
