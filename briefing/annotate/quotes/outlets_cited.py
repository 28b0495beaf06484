"""Which outlet a noun phrase of an article names, `the paper` included."""

from __future__ import annotations

from typing import Final

from briefing.annotate.countries import annotator as countries
from briefing.annotate.quotes.article_reading import Reading
from briefing.english.phrases import Phrase, Phrases
from briefing.english.word_classes import DET, GENITIVE, ORG, PREP, REL, STOP
from briefing.world.outlets import (
    generic_outlets,
    may_be_outlet,
    may_take_up,
    outlet_named,
    without_kind,
)

MAX_BACK: Final = 8
"""How many paragraphs back `the paper` may find its outlet."""
MAX_KIND: Final = 7
"""The longest apposition, in tokens, that can call a name an outlet."""


def outlet_of(reading: Reading, paragraph: int, phrase: Phrase) -> str | None:
    """Return the outlet that a phrase names or refers back to (`the paper`), or None.

    An outlet that no list has is known by the words that call it one: `the weekly Voice`, `the
    Voice newspaper`, `Voice, a weekly,`.
    """
    phrases = reading.phrases[paragraph]
    if phrase.head == "name":
        name = phrases.text(phrase.name_first, phrase.name_last)
        whole = owned_outlet(phrases, phrase) or phrases.text(phrase.first, phrase.last)
        named = outlet_named(whole) or outlet_named(name)
        return named or (name if _is_called_outlet(phrases, phrase) else None)
    if phrase.head != "noun":
        return None
    noun = generic_noun(phrases, phrase)
    if noun is not None:
        return _last_outlet(reading, paragraph, phrase.first, noun)
    return _named_with_kind(phrases, phrase)


def outlet_addressed(reading: Reading, paragraph: int, phrase: Phrase) -> str | None:
    """Return the outlet that somebody speaks to, where a name need not be listed or called one.

    `told the Harbour Gazette`, but no person, and no body but one with an outlet's name.
    """
    outlet = outlet_of(reading, paragraph, phrase)
    if outlet is not None or phrase.head != "name":
        return outlet
    phrases = reading.phrases[paragraph]
    name = phrases.text(phrase.name_first, phrase.name_last)
    if reading.find_person(paragraph, phrase) is not None:
        return None
    if may_be_outlet(name):
        return name
    return name if _is_country_s(phrases, phrase, name) else None


def _is_country_s(phrases: Phrases, phrase: Phrase, name: str) -> bool:
    """Whether a name ends in that of a country behind another word: `Bisnis Indonesia`."""
    if phrase.first != phrase.name_first or phrases.classes(phrase) & ORG or " " not in name:
        return False
    places = countries.find_mentions(name)
    return len(places) == 1 and places[0].start > 0 and places[0].end == len(name)


def owned_outlet(phrases: Phrases, phrase: Phrase) -> str | None:
    """Return the words of an outlet whose name holds an owner: `People's Daily`."""
    owner = phrase.name_first - 2
    if owner < 0 or not phrases.flags[owner + 1] & GENITIVE:
        return None
    words = phrases.text(max(owner, phrases.names[owner]), phrase.name_last)
    return None if outlet_named(words) is None else words


def _is_called_outlet(phrases: Phrases, phrase: Phrase) -> bool:
    """Whether words around a name call it an outlet: `news agency X`, `X, a Dutch weekly,`."""
    before = phrases.lower[phrase.first : phrase.name_first]
    if before and before[-1] in generic_outlets():
        return True
    comma = phrase.name_last + 1
    if comma + 2 >= phrases.size or phrases.stream.words[comma] != ",":
        return False
    if not phrases.flags[comma + 1] & DET:
        return False
    end = comma + 2
    while end < min(phrases.size, comma + MAX_KIND) and not _ends_noun(phrases, end):
        end += 1
    return _kind_before(phrases, comma + 2, end) >= 0


def _ends_noun(phrases: Phrases, position: int) -> bool:
    return bool(phrases.flags[position] & (PREP | REL | STOP)) or phrases.stream.words[position] in (
        ",",
        "—",
        "–",
    )


def _kind_before(phrases: Phrases, first: int, end: int) -> int:
    """Return the first token of the noun for an outlet that ends before a token, -1 if none."""
    for size in (2, 1):
        start = end - size
        if start >= first and " ".join(phrases.lower[start:end]) in generic_outlets():
            return start if phrases.names[end - 1] < 0 else -1
    return -1


def _named_with_kind(phrases: Phrases, phrase: Phrase) -> str | None:
    """Return the outlet in a noun phrase that calls a name one: `the Voice newspaper`."""
    end = phrase.first
    while end <= phrase.last and not _ends_noun(phrases, end):
        end += 1
    kind = _kind_before(phrases, phrase.first + 1, end)
    first = phrases.names[kind - 1] if kind > 0 else -1
    if first < phrase.first:
        return None
    definite = first > phrase.first and phrases.flags[first - 1] & DET
    name = without_kind(phrases.text(first, kind - 1))
    named = outlet_named(f"the {name}" if definite else name)
    is_place = any(one.start == 0 for one in countries.find_mentions(name))
    return named or (None if is_place else name)


def generic_noun(phrases: Phrases, phrase: Phrase) -> str | None:
    """Return the noun in `the paper`, `the British newspaper`, `the network`; None for others."""
    if phrases.lower[phrase.first] not in ("the", "that") or phrase.first == phrase.last:
        return None
    words = phrases.lower[phrase.first + 1 : phrase.last + 1]
    for rest in (words, words[1:]):
        noun = " ".join(rest)
        if noun in generic_outlets():
            is_named = rest is not words and phrases.names[phrase.first + 1] >= 0
            is_place = is_named and countries.find_mentions(
                phrases.stream.words[phrase.first + 1]
            )
            return noun if is_place or not is_named else None
    return None


def _last_outlet(reading: Reading, paragraph: int, token: int, noun: str) -> str | None:
    """Return the outlet named last before a place that a noun can take up again."""
    for number in range(paragraph, max(-1, paragraph - MAX_BACK), -1):
        stream = reading.phrases[number].stream
        end = stream.starts[token] if number == paragraph else len(stream.text)
        found = [
            (stream.starts[phrase.first], outlet)
            for frame in reading.last_frames(number)
            for phrase in (frame.to, frame.subject)
            if phrase is not None and phrase.head == "name"
            if number < paragraph or phrase.first < token
            for outlet in (outlet_addressed(reading, number, phrase),)
            if outlet is not None
        ]
        found += [
            (one.start, one.outlet)
            for one in reading.outlets_before(number, end)
            if not one.ambiguous
        ]
        fitting = [one for one in found if may_take_up(noun, one[1])]
        if fitting:
            return max(fitting)[1]
    return None
