"""Whether words are for those who act for a country, for its people, or for private business."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from briefing.annotate.positions.sentence import Sentence
from briefing.english.inflection import add_s
from briefing.english.lexicon import read_words
from briefing.english.segments import SentencePart
from briefing.english.word_classes import CAPITAL


def _list(title: str) -> frozenset[str]:
    """Return a list of the lexicon with the plurals of its words."""
    words = read_words("annotate/positions", "actors", title)
    return words | {add_s(word) for word in words}


OTHERS: Final = read_words("annotate/positions", "actors", "others")
MESSAGES: Final = _list("message")
_BANKS: Final = frozenset(("bank", "banks"))
_GOVERNMENT: Final = _list("government") | _BANKS
_SOCIETY: Final = _list("society")
QUANTITIES: Final = _list("quantity")
_PARTIES: Final = _GOVERNMENT | _SOCIETY | QUANTITIES
VIOLENCE: Final = _list("violence")
_BUSINESS: Final = _list("business")
_FORMER: Final = read_words("annotate/positions", "actors", "former")
_NO_OFFICE: Final = read_words("annotate/positions", "actors", "no office")
_NO_OFFICE_OPENS: Final = frozenset(words.split()[0] for words in _NO_OFFICE)
_NO_PEOPLE: Final = read_words("annotate/positions", "actors", "no people")
_PEOPLE: Final = ("ers", "ors", "ists", "ians", "men", "women", "ants", "persons", "ees", "tics")
"""How nouns for several people end."""
_STATE_BANKS: Final = frozenset(("central", "reserve", "national", "state", "people's", "federal"))
_WORD: Final = re.compile(r"[\w'’-]+")


def is_business(words: Sequence[str]) -> bool:
    """Whether lower-case words name a company or who works for one, and no body of a state."""
    if not _BUSINESS.isdisjoint(words):
        return True
    return not _BANKS.isdisjoint(words) and any(
        word in _BANKS
        and not (place and words[place - 1] in _STATE_BANKS)
        and list(words[place + 1 : place + 2]) != ["of"]
        for place, word in enumerate(words)
    )


def is_government(words: Sequence[str]) -> bool:
    """Whether lower-case words are for a government, its bodies or those who speak for them."""
    return not (_GOVERNMENT.isdisjoint(words) or is_business(words) or _holds_none(words))


def _holds_none(words: Sequence[str]) -> bool:
    """Whether lower-case words are for a politician without an office: the shadow minister."""
    if _NO_OFFICE_OPENS.isdisjoint(words):
        return False
    text = f" {' '.join(words)} "
    return any(f" {one} " in text for one in _NO_OFFICE)


def speaks_for_country(role: str | None) -> bool:
    """Whether a speaker's role makes what he says his country's; True where no role is known."""
    if role is None:
        return True
    words = tuple(_WORD.findall(role.lower()))
    speaks = is_government(words) or not MESSAGES.isdisjoint(words)
    return speaks and not (is_business(words) or is_out_of_office(words))


def is_society(words: Sequence[str]) -> bool:
    """Whether lower-case words are for people of a country who are not its government."""
    return not _SOCIETY.isdisjoint(words) and not is_business(words)


def is_out_of_office(words: Sequence[str]) -> bool:
    """Whether lower-case words are for a politician who holds no office, or none any more."""
    is_former = not _FORMER.isdisjoint(words) or any(word.startswith("ex-") for word in words)
    return is_former or _holds_none(words)


def is_party(sentence: Sentence, noun: SentencePart) -> bool:
    """Whether a noun phrase is for people or countries, so that one may act on it."""
    stream = sentence.stream
    if any(token in sentence.mentions for token in range(noun.head, noun.last + 1)):
        return True
    if is_business(stream.lower[noun.first : noun.head + 1]):
        return False
    word = stream.lower[noun.head]
    return (
        bool(stream.flags[noun.head] & CAPITAL)
        or word in OTHERS
        or word in _PARTIES
        or is_people(word)
    )


def is_people(word: str) -> bool:
    """Whether a lower-case noun looks like one for several people: bankers, critics."""
    return word.endswith(_PEOPLE) and word not in _NO_PEOPLE
