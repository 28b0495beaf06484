"""Where the object of a verb or noun of attitude ends, within its sentence."""

from __future__ import annotations

from typing import Final

from briefing.annotate.quotes.indirect.complements import CLAUSE_OPENERS, trim_end
from briefing.english.lexicon import read_words
from briefing.english.phrases import Phrases
from briefing.english.word_classes import (
    ADV,
    AUX,
    CONJ,
    CUE,
    DET,
    PREP,
    PRON,
    PUNCT,
    QUOTE,
    REL,
    SUB,
    TIME,
    VERB,
)

_NEW_CLAUSE: Final = read_words("annotate/quotes/indirect", "clauses", "new_clause")
_DAYS: Final = read_words("annotate/quotes/indirect", "clauses", "day")
_OWN_VERB: Final = CLAUSE_OPENERS | {"whose", "she", "he", "they", "it"}
"""Words behind which an object has a verb of its own: `the tweets she posted`."""
_OF_NAME: Final = frozenset(("of", "for", "as", "from"))
MAX_MEMBER: Final = 12
"""How far behind a comma of a list its last `and` may stand."""
_NO_MEMBER: Final = AUX | VERB | CUE | REL | SUB | QUOTE | PRON
_WHEN: Final = frozenset(("on", "in", "at", "since"))


def end_of_object(phrases: Phrases, start: int, high: int) -> int:
    """Return the end of the object that starts with a token, no further than `high`.

    It ends with the first mark that parts no list, and before a new clause, a second verb,
    or when it was said.
    """
    has_verb = phrases.lower[start] in CLAUSE_OPENERS
    after_name = _end_of_name(phrases, start, high)
    for position in range(start, high):
        if phrases.flags[position] & PUNCT:
            if phrases.stream.words[position] == "," and _lists(phrases, position, high):
                continue
            return trim_end(phrases, start, position)
        word = phrases.lower[position]
        if position == start or (phrases.names[position] >= 0 and word not in _DAYS):
            continue
        has_verb = has_verb or word in _OWN_VERB
        goes_on = position != after_name or word in _OF_NAME
        leaves_name = not goes_on and phrases.flags[position] & PREP
        if leaves_name or _ends_before(phrases, position, high, has_verb=has_verb):
            return trim_end(phrases, start, position)
    return trim_end(phrases, start, high)


def _lists(phrases: Phrases, comma: int, high: int) -> bool:
    """Whether a comma parts a list whose last member follows: `taxes, jobs and schools`."""
    for position in range(comma + 1, min(high, comma + MAX_MEMBER)):
        if phrases.names[position] >= 0:
            continue
        flag = phrases.flags[position]
        if flag & CONJ and phrases.lower[position] in ("and", "or"):
            return not _is_second_verb(phrases, position + 1, high)
        if flag & _NO_MEMBER or (flag & PUNCT and phrases.stream.words[position] != ","):
            return False
    return False


def _end_of_name(phrases: Phrases, start: int, high: int) -> int:
    """Return the token behind an object that is a name and nothing else, or -1."""
    if phrases.names[start] < 0:
        return -1
    phrase = phrases.starting_at(start, high)
    return phrase.last + 1 if phrase is not None and phrase.head == "name" else -1


def _ends_before(phrases: Phrases, position: int, high: int, *, has_verb: bool) -> bool:
    word, flag = phrases.lower[position], phrases.flags[position]
    if word in _DAYS or (word in _NEW_CLAUSE and not has_verb):
        return True
    if position + 1 >= high:
        return False
    following = phrases.flags[position + 1]
    if word == "as":
        return bool(following & PRON) and not following & DET
    if flag & CONJ:
        return _is_second_verb(phrases, position + 1, high)
    if flag & AUX:
        return not has_verb and word not in ("have", "be", "been", "being")
    return word in _WHEN and _is_time(phrases, position + 1)


def _is_second_verb(phrases: Phrases, position: int, high: int) -> bool:
    """Whether a second verb follows, with or without a subject of its own."""
    while position < high and phrases.flags[position] & ADV:
        position += 1
    if position >= high or phrases.names[position] >= 0:
        return False
    if phrases.flags[position] & (AUX | VERB) or phrases.lower[position].endswith("ed"):
        return True
    subject = phrases.starting_at(position, high)
    if subject is None or subject.last + 1 >= high:
        return False
    return bool(phrases.flags[subject.last + 1] & (AUX | CUE))


def _is_time(phrases: Phrases, position: int) -> bool:
    word, flag = phrases.stream.words[position], phrases.flags[position]
    return bool(flag & TIME and not flag & DET) or (word.isdigit() and len(word) == len("1999"))
