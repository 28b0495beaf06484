"""What a noun phrase tells of a speaker: name, role, type, and whom a pronoun stands for."""

from __future__ import annotations

import functools
from typing import Final

from briefing.annotate.attribution import Candidate
from briefing.annotate.lexicon import read_words
from briefing.annotate.people import Gender, Person, gender_of, strip_titles
from briefing.annotate.phrases import Phrase, Phrases
from briefing.annotate.reading import Reading
from briefing.annotate.tokens import BODY, DOCUMENT, ORG, PERSON
from briefing.model import Speaker, SpeakerType

PRONOUN_GENDER: Final[dict[str, Gender]] = {
    "he": "male",
    "him": "male",
    "she": "female",
    "her": "female",
}


@functools.cache
def _set(section: str) -> frozenset[str]:
    return read_words("people", section)


def resolve_speaker(reading: Reading, candidate: Candidate) -> Speaker | None:
    """The speaker a candidate stands for, its pronoun or surname resolved; None for no one."""
    phrase = candidate.phrase
    if phrase is None:
        return None
    phrases = reading.phrases[candidate.paragraph]
    mention = phrases.text(phrase.first, phrase.last)
    if phrase.head == "pronoun":
        return _resolve_pronoun(reading, candidate.paragraph, phrase, mention)
    if phrase.head == "name":
        return _named(reading, candidate.paragraph, phrase, mention)
    role = _without_article(phrases, phrase)
    return Speaker(name=None, role=role, type=_noun_type(phrases, phrase), mention=mention)


def _without_article(phrases: Phrases, phrase: Phrase) -> str:
    first = phrase.first
    if phrases.lower[first] in ("a", "an", "the") and first < phrase.last:
        first += 1
    return phrases.text(first, phrase.last)


def _noun_type(phrases: Phrases, phrase: Phrase) -> SpeakerType:
    words = set(phrases.lower[phrase.first : phrase.last + 1])
    if words & _set("spokesperson") or "press secretary" in " ".join(
        phrases.lower[phrase.first : phrase.last + 1]
    ):
        return "spokesperson"
    if words & _set("official"):
        return "official"
    if words & (_set("anonymous") | _set("person")):
        return "anonymous"
    if words & _set("document") and not words & _set("institution"):
        return "document"
    if words & _set("institution"):
        return "institution"
    return "anonymous"


def _named(reading: Reading, paragraph: int, phrase: Phrase, mention: str) -> Speaker:
    phrases = reading.phrases[paragraph]
    words = tuple(
        word for word in phrases.stream.words[phrase.name_first : phrase.name_last + 1] if word
    )
    person = reading.roster.lookup(words, paragraph, phrase.name_first)
    role = None
    if phrase.role_first >= 0:
        role = phrases.text(phrase.role_first, phrase.role_last)
    elif phrase.first < phrase.name_first:
        role = phrases.text(phrase.first, phrase.name_first - 1)
    bare = strip_titles(words)
    if person is None:
        name = phrases.text(phrase.name_first, phrase.name_last)
        flags = phrases.classes(phrase)
        definite = (
            phrase.first < phrase.name_first and phrases.lower[phrase.name_first - 1] == "the"
        )
        kind: SpeakerType = "institution" if flags & ORG or name.isupper() or definite else "named"
        return Speaker(name=name, role=role, type=kind, mention=mention)
    person.spoke = True
    return Speaker(name=person.name, role=role, type="named", mention=mention)


def _resolve_pronoun(
    reading: Reading, paragraph: int, phrase: Phrase, mention: str
) -> Speaker | None:
    gender = PRONOUN_GENDER.get(mention.lower())
    if gender is None:
        return (
            Speaker(name=None, role=None, type="anonymous", mention=mention)
            if mention.lower() == "they"
            else None
        )
    place = (paragraph, phrase.first)
    for seen in reversed(reading.roster.seen):
        if (seen.paragraph, seen.token) >= place:
            continue
        if paragraph - seen.paragraph > 4:
            break
        if seen.person.gender in (gender, None):
            return Speaker(name=seen.person.name, role=None, type="named", mention=mention)
    return Speaker(name=None, role=None, type="anonymous", mention=mention)
