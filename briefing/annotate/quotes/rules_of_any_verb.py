"""Rules that find the speaker of a marked stretch beside a verb that no list has."""

from __future__ import annotations

from typing import Final

from briefing.annotate.quotes.asides import TokenPlace
from briefing.annotate.quotes.candidates import Candidate, QuoteContext
from briefing.annotate.quotes.rules_in_sentence import behind_quote
from briefing.english.phrases import Phrase, Phrases
from briefing.english.subjects import BE, sentence_subject
from briefing.english.word_classes import ADV, AUX, CAPITAL, PREP, PUNCT, STOP, TIME, WORD

_TELLS_OF: Final = frozenset(("as", "it", "him", "her", "them", "himself", "herself", "itself"))


def any_verb_after_quote(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """`"…," Lin retaliated.`: an unlisted verb in the place of a tag."""
    phrases = context.reading.phrases[place.paragraph]
    after = behind_quote(phrases, place.token)
    if phrases.stream.final(place.token) not in (",", "?", "!") or after >= phrases.size:
        return None
    if phrases.stream.sentences[place.token] != phrases.stream.sentences[after]:
        return None
    subject = phrases.starting_at(after, phrases.size)
    if subject is None or (subject.head == "noun" and not phrases.is_speaker_noun(subject)):
        return None
    verb = subject.last + 1
    if subject.head == "noun" and phrases.lower[subject.last].endswith("ed"):
        verb, subject = subject.last, Phrase(subject.first, subject.last - 1, "noun")
    if (
        verb >= phrases.size
        or phrases.lower[subject.first] == "it"
        or not phrases.lower[verb].endswith(("ed", "s"))
        or phrases.flags[verb] & (AUX | CAPITAL)
    ):
        return None
    following = phrases.flags[verb + 1] if verb + 1 < phrases.size else STOP
    if not following & (PUNCT | PREP | TIME):
        return None
    return Candidate("any_verb_after_quote", place.paragraph, subject)


def subject_of_clause(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """`Lin cast it as "dead weight"`: any verb between a person and a fragment."""
    phrases = context.reading.phrases[place.paragraph]
    if place.token == 0 or not _takes_fragment(phrases, place.token - 1):
        return None
    first, _ = phrases.stream.sentence(place.token)
    subject = sentence_subject(phrases, first, place.token)
    if subject is None or subject.last + 1 >= place.token:
        return None
    passive = _passive_verb(phrases, subject.last + 1, place.token)
    if passive is not None:
        subject = _agent(phrases, passive + 1, place.token)
    return Candidate("subject_of_clause", place.paragraph, subject) if subject else None


def _passive_verb(phrases: Phrases, first: int, high: int) -> int | None:
    """Return the participle in `was cast by Lin as "…"`, None if the verb is no passive."""
    for position in range(first, high - 1):
        if phrases.lower[position] in BE:
            verb = position + 1
            while verb < high - 1 and phrases.flags[verb] & ADV:
                verb += 1
            is_active = phrases.lower[verb].endswith("ing") or phrases.lower[verb] == "as"
            return None if is_active or not phrases.flags[verb] & WORD else verb
    return None


def _agent(phrases: Phrases, first: int, high: int) -> Phrase | None:
    """Return the one by whom something is done: `by Lin`."""
    if phrases.lower[first] != "by":
        return None
    return phrases.starting_at(first + 1, high)


def _takes_fragment(phrases: Phrases, before: int) -> bool:
    """Whether the word before a fragment shows that somebody chose its words: `as`, `him`."""
    word = phrases.lower[before]
    return word in _TELLS_OF or (word.endswith(("ed", "ing")) and not phrases.names[before] >= 0)
