"""Which outlet a noun phrase of an article names, `the paper` included."""

from __future__ import annotations

from typing import Final

from briefing.annotate.countries import annotator as countries
from briefing.annotate.quotes.article_reading import Reading
from briefing.english.lexicon import read_words
from briefing.english.phrases import Phrase, Phrases
from briefing.english.word_classes import DET, GENITIVE, ORG, PREP, REL, STOP, WORD
from briefing.world import outlets

_OF_STATE: Final = read_words("world", "outlets", "of state")
_BROADCASTS: Final = read_words("world", "outlets", "broadcasts")
_REPORTS: Final = read_words("annotate/quotes", "naming", "reports")
_REPORTED_BY: Final = frozenset(("in", "by", "from"))
_NO_OUTLET: Final = read_words("world", "outlets", "no outlet")
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
        full = reading.abbreviated.get(name)  # the PA where it is the Palestinian Authority
        name = full or name
        whole = full or owned_outlet(phrases, phrase) or phrases.text(phrase.first, phrase.last)
        named = outlets.outlet_named(whole) or outlets.outlet_named(name)
        if named is not None or reading.find_person(paragraph, phrase) is not None:
            return named
        return name if _is_called_outlet(phrases, phrase) else _outlet_of_state(phrases, phrase)
    if phrase.head != "noun":
        return None
    other = _outlet_of_state(phrases, phrase) or _reporting(phrases, phrase)
    if other is not None:
        return other
    noun = generic_noun(phrases, phrase)
    if noun is not None:
        return _last_outlet(reading, paragraph, phrase.first, noun)
    return _named_with_kind(phrases, phrase)


def outlet_addressed(reading: Reading, paragraph: int, phrase: Phrase) -> str | None:
    """Return the outlet that somebody speaks to, where a name need not be listed or called one.

    `told the Harbour Gazette`, but no person, and no body but one with an outlet's name.
    """
    phrases = reading.phrases[paragraph]
    outlet = outlet_of(reading, paragraph, phrase)
    called = None if outlet is not None else _called_behind(phrases, phrase)
    if called is not None:
        return outlet_of(reading, paragraph, called)
    if outlet is None:
        outlet = _owning_outlet(phrases, phrase)
    if outlet is not None or phrase.head != "name":
        return outlet
    name = phrases.text(phrase.name_first, phrase.name_last)
    if reading.find_person(paragraph, phrase) is not None:
        return None
    if outlets.may_be_outlet(name):
        return name
    return name if _is_country_s(phrases, phrase, name) else None


def _is_country_s(phrases: Phrases, phrase: Phrase, name: str) -> bool:
    """Whether a name ends in that of a country behind another word: `Bisnis Indonesia`."""
    is_definite = phrase.first != phrase.name_first or phrases.lower[phrase.first] == "the"
    if is_definite or phrases.classes(phrase) & ORG or " " not in name:
        return False
    if phrases.lower[phrase.first] in _NO_OUTLET:
        return False
    places = countries.find_mentions(name)
    return len(places) == 1 and places[0].start > 0 and places[0].end == len(name)


def owned_outlet(phrases: Phrases, phrase: Phrase) -> str | None:
    """Return the words of an outlet whose name holds an owner: `People's Daily`."""
    owner = phrase.name_first - 2
    if owner < 0 or not phrases.flags[owner + 1] & GENITIVE:
        return None
    words = phrases.text(max(owner, phrases.names[owner]), phrase.name_last)
    return None if outlets.outlet_named(words) is None else words


def _is_called_outlet(phrases: Phrases, phrase: Phrase) -> bool:
    """Whether words around a name call it an outlet: `news agency X`, `X, a Dutch weekly,`."""
    if _kind_before(phrases, max(0, phrase.name_first - 2), phrase.name_first) >= 0:
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


def _owning_outlet(phrases: Phrases, phrase: Phrase) -> str | None:
    """Return the outlet that a programme or a reporter belongs to: `the BBC’s Ana Lin`."""
    for position in range(phrase.first + 1, phrase.last + 1):
        if phrases.flags[position] & GENITIVE:
            last = position - 1 - phrases.lower[position - 1].isdigit()
            owner = phrases.names[last]
            if owner < phrase.first:
                return None
            name = phrases.text(owner, last)
            return outlets.outlet_named(f"the {name}") or (
                name if outlets.may_be_outlet(name) else None
            )
    return None


def _called_behind(phrases: Phrases, phrase: Phrase) -> Phrase | None:
    """Return the name behind the noun that calls it an outlet: `Dutch state news agency ANP`."""
    for position in range(phrase.last + 1, min(phrases.size, phrase.last + MAX_KIND)):
        if phrases.names[position] == position:
            is_called = _kind_before(phrases, phrase.last + 1, position) >= 0
            return phrases.starting_at(position, phrases.size) if is_called else None
        if not phrases.flags[position] & WORD or _ends_noun(phrases, position):
            break
    return None


def _reporting(phrases: Phrases, phrase: Phrase) -> str | None:
    """Return the outlet of a report: `a report in the FT`, `an FT article`."""
    first, last = phrase.first, phrase.last
    heads = [at for at in range(first, last + 1) if phrases.lower[at] in _REPORTS]
    if not heads:
        return None
    head = heads[-1]
    if head == last and phrases.names[head - 1] >= first:
        return outlets.outlet_named(f"the {phrases.text(phrases.names[head - 1], head - 1)}")
    if head < last and phrases.lower[head + 1] in _REPORTED_BY:
        return outlets.outlet_named(phrases.text(head + 2, last))
    return None


def _outlet_of_state(phrases: Phrases, phrase: Phrase) -> str | None:
    """Return the words for an outlet of a state that has no name: `Iranian state television`."""
    first = phrase.first + bool(phrases.flags[phrase.first] & DET)
    end = first
    while end + 1 < min(phrases.size, phrase.last + 3):
        end += 1
        if phrases.lower[end - 1] in _OF_STATE and phrases.lower[end] in _BROADCASTS:
            return phrases.text(first, end)
    return None


def _ends_noun(phrases: Phrases, position: int) -> bool:
    return bool(phrases.flags[position] & (PREP | REL | STOP)) or phrases.stream.words[
        position
    ] in (
        ",",
        "—",
        "–",
    )


def _kind_before(phrases: Phrases, first: int, end: int) -> int:
    """Return the first token of the noun for an outlet that ends before a token, -1 if none."""
    for size in (2, 1):
        start = end - size
        if start >= first and " ".join(phrases.lower[start:end]) in outlets.generic_outlets():
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
    name = outlets.without_kind(phrases.text(first, kind - 1))
    named = outlets.outlet_named(f"the {name}" if definite else name)
    is_place = any(one.start == 0 for one in countries.find_mentions(name))
    return named or (None if is_place else name)


def generic_noun(phrases: Phrases, phrase: Phrase) -> str | None:
    """Return the noun in `the paper`, `the British newspaper`, `the network`; None for others."""
    if phrases.lower[phrase.first] not in ("the", "that") or phrase.first == phrase.last:
        return None
    words = phrases.lower[phrase.first + 1 : phrase.last + 1]
    for rest in (words, words[1:]):
        noun = " ".join(rest)
        if noun in outlets.generic_outlets():
            is_named = rest is not words and phrases.names[phrase.first + 1] >= 0
            is_place = is_named and countries.find_mentions(phrases.stream.words[phrase.first + 1])
            return noun if is_place or not is_named else None
    return None


def _outlet_met(reading: Reading, paragraph: int, phrase: Phrase) -> str | None:
    """Return the outlet that a phrase names, by a name alone or with a word for an outlet."""
    if phrase.head == "name":
        return outlet_addressed(reading, paragraph, phrase)
    return _named_with_kind(reading.phrases[paragraph], phrase)


def _last_outlet(reading: Reading, paragraph: int, token: int, noun: str) -> str | None:
    """Return the outlet named last before a place that a noun can take up again."""
    for number in range(paragraph, max(-1, paragraph - MAX_BACK), -1):
        stream = reading.phrases[number].stream
        end = stream.starts[token] if number == paragraph else len(stream.text)
        found = [
            (stream.starts[phrase.first], outlet)
            for frame in reading.last_frames(number)
            for phrase in (frame.to, frame.subject)
            if phrase is not None and phrase.head != "pronoun"
            if number < paragraph or phrase.first < token
            for outlet in (_outlet_met(reading, number, phrase),)
            if outlet is not None
        ]
        found += [
            (one.start, one.outlet)
            for one in reading.outlets_before(number, end)
            if not one.ambiguous
        ]
        fitting = [one for one in found if outlets.may_take_up(noun, one[1])]
        if fitting:
            at, outlet = max(fitting)
            is_other = noun == "agency" and " Agency" in stream.text[at:end]
            return None if is_other else outlet
    return None
