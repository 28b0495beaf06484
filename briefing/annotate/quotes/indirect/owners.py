"""Who owns a statement: the subject of its verb, or the owner of its noun."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from briefing.english import word_classes as wc
from briefing.english.grammar_words import NO_ONE
from briefing.english.lexicon import read_words
from briefing.english.phrases import MAX_OWNER, Phrase, Phrases
from briefing.english.segments import SentencePart

OWN_VOICE: Final = frozenset(("i", "we", "you"))
"""Pronouns of the people in the conversation, whose words are no report."""
_NOBODY: Final = frozenset(("it", "there", "this", "that", "these", "those", "which"))
_SOME: Final = read_words("english", "grammar", "noun_pronoun", "number")


def is_own_voice(phrases: Phrases, nouns: Sequence[SentencePart]) -> bool:
    """Whether nouns are the writer or the reader: `I think`, `as you know`."""
    return bool(nouns) and phrases.lower[nouns[0].first] in OWN_VOICE


def owner_of(
    phrases: Phrases,
    nouns: Sequence[SentencePart],
    *,
    may_be_it: bool = False,
    is_said: bool = False,
) -> Phrase | None:
    """Return the phrase of nouns who can think or speak, None for a thing or for nobody.

    What `is_said` to say or warn something speaks, even a thing: the notice said.
    """
    if not nouns:
        return None
    first, last = nouns[0].first, nouns[0].last
    opens = phrases.lower[first]
    if first == nouns[0].head and opens in _NOBODY and not (opens == "it" and may_be_it):
        return None
    phrase = phrases.starting_at(first, nouns[-1].last + 1)
    if phrase is not None and phrase.last < nouns[0].head:
        phrase = None  # a name before its noun: Harbour towns
    phrase = phrase or phrases.ending_at(last, max(0, first - MAX_OWNER))
    if phrase is None or phrases.lower[phrase.first] in NO_ONE:
        return None
    if phrases.lower[phrase.first - 1 : phrase.first] == ("no",):
        return None
    is_explained = len(nouns) > 1 and nouns[1].first == last + 2
    if is_explained and not _can_speak(phrases, phrase):
        named = phrases.starting_at(nouns[1].first, nouns[1].last + 1)
        if named is not None and named.head == "name":
            return named  # the biggest producer, Peru, said
    return phrase if is_said or _can_speak(phrases, phrase) else None


def _can_speak(phrases: Phrases, owner: Phrase) -> bool:
    """Whether a phrase is somebody: `the team`, `most of them`, but not `time`."""
    first = owner.first
    if owner.head != "noun" or phrases.lower[first] in _SOME or phrases.flags[first] & wc.PRON:
        return True
    head = next(
        (at for at in range(first, owner.last) if phrases.flags[at + 1] & wc.PREP), owner.last
    )
    return (
        bool(phrases.flags[head] & (wc.PERSON | wc.BODY | wc.DOCUMENT))
        or phrases.lower[first][:1].isdigit()
    )
