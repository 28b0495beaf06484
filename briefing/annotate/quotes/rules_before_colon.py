"""Rules that find the speaker of a marked stretch before a colon: a name, a label, a sentence."""

from __future__ import annotations

from typing import Final

from briefing.annotate.quotes.asides import TokenPlace
from briefing.annotate.quotes.candidates import Candidate, QuoteContext
from briefing.english.lexicon import read_words
from briefing.english.phrases import Phrase, Phrases
from briefing.english.subjects import named_behind, sentence_subject
from briefing.english.word_classes import DET, POSS, PREP, WORD

_BRINGS_SPEAKER: Final = frozenset(("from", "by", "as", "of", "came", "was", "is"))
"""Words before the one who speaks: `a word from Lin: "…"`."""
_SETTING: Final = frozenset(("in", "on", "at", "after", "before", "during"))
"""Words before what is no speaker: `continuing in Spanish: "…"`."""
_LABELS: Final = read_words("annotate/quotes", "naming", "label")
MAX_ACRONYM: Final = 4
"""A longer word in capitals is no acronym of a body."""


def name_and_colon(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """`Lin: "…"`; in `Lin spoke to Marsh: "…"` and `Lin attacked Marsh: "…"` the subject."""
    phrases = context.reading.phrases[place.paragraph]
    if place.token < 2 or phrases.stream.words[place.token - 1] != ":":
        return None
    first, _ = phrases.stream.sentence(place.token)
    subject = phrases.ending_at(place.token - 2, first)
    if subject is not None and subject.head == "noun" and subject.first - 1 > first:
        subject = _named_before(phrases, subject, first) or subject
    if subject is not None and subject.first == first and _is_label(context, place, first):
        return None
    is_other = subject is None or (subject.head == "noun" and not phrases.is_speaker_noun(subject))
    if subject is None or is_other or _is_object(phrases, subject, first):
        invited = None if is_other or subject is None or subject.first <= first + 1 else subject
        if invited is not None and phrases.lower[invited.first - 1] in _SETTING:
            invited = None
        opening = sentence_subject(phrases, first, place.token)
        subject = named_behind(phrases, opening) if opening is not None else invited
    return Candidate("name_and_colon", place.paragraph, subject) if subject else None


def _named_before(phrases: Phrases, role: Phrase, first: int) -> Phrase | None:
    """Return the name that a role behind a comma explains: `Lin, the coach: "…"`."""
    if phrases.stream.words[role.first - 1] != "," or not phrases.flags[role.first] & (DET | POSS):
        return None
    last = role.first - 2
    start = max(phrases.names[last], first)
    return Phrase(start, last, "name", start, last) if phrases.names[last] >= 0 else None


def _is_object(phrases: Phrases, phrase: Phrase, first: int) -> bool:
    """Whether a phrase is the object of a preposition or of the verb of a sentence from `first`."""
    if phrase.first == first:
        return False
    before, word = phrases.flags[phrase.first - 1], phrases.lower[phrase.first - 1]
    if word in ("is", "was") and phrase.head == "noun":
        return True  # Lin was less patient
    if word in _BRINGS_SPEAKER or not before & WORD:
        return False
    if before & PREP:
        return True
    subject = sentence_subject(phrases, first, phrase.first)
    return subject is not None and subject.last + 1 < phrase.first


def label_and_colon(context: QuoteContext, place: TokenPlace) -> Candidate | None:
    """`… - Lin: "…"`: a name between a dash, or the start of the line, and a colon."""
    phrases = context.reading.phrases[place.paragraph]
    token = place.token
    if token < 2 or phrases.stream.words[token - 1] != ":" or phrases.names[token - 2] < 0:
        return None
    first = phrases.names[token - 2]
    if first > 0 and phrases.stream.words[first - 1] not in ("—", "–", "-", "|"):
        return None
    if _is_label(context, place, first):
        return None
    subject = phrases.ending_at(token - 2, 0)
    return Candidate("label_and_colon", place.paragraph, subject) if subject else None


def _is_label(context: QuoteContext, place: TokenPlace, first: int) -> bool:
    """Whether the words before a colon label a section: `Update:`, or capitals that name nobody."""
    words = context.reading.phrases[place.paragraph].stream.words[first : place.token - 1]
    if words[0].lower() in _LABELS:
        return True
    if len(words) > 1 or not words[0].isupper() or len(words[0]) <= MAX_ACRONYM:
        return False
    return context.reading.roster.find((words[0].title(),), place.paragraph, first) is None
