"""Which outlet a noun phrase of an article names, `the paper` included."""

from __future__ import annotations

from typing import Final

from briefing.annotate.quotes.article_reading import Reading
from briefing.english.phrases import Phrase, Phrases
from briefing.english.word_classes import DET, GENITIVE
from briefing.world.outlets import generic_outlets, outlet_named

MAX_BACK: Final = 8
"""How many paragraphs back `the paper` may find its outlet."""


def outlet_of(reading: Reading, paragraph: int, phrase: Phrase) -> str | None:
    """Return the outlet that a phrase names or refers back to (`the paper`), or None."""
    phrases = reading.phrases[paragraph]
    if phrase.head == "name":
        name = phrases.text(phrase.name_first, phrase.name_last)
        whole = owned_outlet(phrases, phrase) or phrases.text(phrase.first, phrase.last)
        named = outlet_named(whole) or outlet_named(name)
        return named or (name if _is_called_outlet(phrases, phrase) else None)
    if phrase.head == "noun" and is_generic(phrases, phrase):
        return _last_outlet(reading, paragraph, phrase.first)
    return None


def owned_outlet(phrases: Phrases, phrase: Phrase) -> str | None:
    """Return the words of an outlet whose name holds an owner: `People's Daily`."""
    owner = phrase.name_first - 2
    if owner < 0 or not phrases.flags[owner + 1] & GENITIVE:
        return None
    words = phrases.text(max(owner, phrases.names[owner]), phrase.name_last)
    return None if outlet_named(words) is None else words


def _is_called_outlet(phrases: Phrases, phrase: Phrase) -> bool:
    """Whether the words before a name call it an outlet: `state news agency X`."""
    before = phrases.lower[phrase.first : phrase.name_first]
    return bool(before) and before[-1] in generic_outlets()


def is_generic(phrases: Phrases, phrase: Phrase) -> bool:
    """Whether a phrase is `the paper`, `the newspaper`, `the network`."""
    return (
        bool(phrases.flags[phrase.first] & DET)
        and phrases.lower[phrase.first] in ("the", "that")
        and phrase.first < phrase.last
        and " ".join(phrases.lower[phrase.first + 1 : phrase.last + 1]) in generic_outlets()
    )


def _last_outlet(reading: Reading, paragraph: int, token: int) -> str | None:
    """Return the outlet cited last before a place."""
    for number in range(paragraph, max(-1, paragraph - MAX_BACK), -1):
        for frame in reading.last_frames(number):
            for phrase in (frame.to, frame.subject):
                if phrase is None or phrase.head != "name":
                    continue
                if number == paragraph and phrase.first >= token:
                    continue
                named = outlet_of(reading, number, phrase)
                if named is not None:
                    return named
    return None
