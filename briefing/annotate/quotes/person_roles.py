"""The words of an article that state the role of a named person."""

from __future__ import annotations

from typing import Final

from briefing.english import word_classes as wc
from briefing.english.frame_reader import CITED
from briefing.english.lexicon import read_words
from briefing.english.names import opens_clause
from briefing.english.phrases import Phrase, Phrases
from briefing.english.verbs import noun_forms

MAX_ROLE: Final = 22
"""The longest apposition, in tokens, that is kept as a role."""
MAX_NAMED: Final = 40
"""The longest stretch in marks, in characters, that can be a name inside a role."""

_ENDS_ROLE: Final = wc.QUOTE | wc.STOP | wc.AUX | wc.VERB
_ENDING_MARKS: Final = frozenset((",", ";", "—", "–", ":"))
_TELLS: Final = frozenset(("said", "says", "told", "tells", "believes"))
"""Words that end a role which no comma ends: Ana Lin, a nurse from Hull said."""
_COURTESY: Final = read_words("english", "people", "courtesy")


def role_of(phrases: Phrases, phrase: Phrase, name: str | None = None) -> str | None:
    """Return the words that state the role of a named person, before the name or behind it."""
    if phrase.role_first > phrase.name_last:
        behind = _role_behind(phrases, phrase.role_first - 2)
        if behind is not None:
            return behind
    elif phrase.role_first >= 0:
        return phrases.text_without_article(phrase.role_first, phrase.role_last)
    before = _role_before(phrases, phrase, name) or _role_set_off_before(phrases, phrase)
    behind = _role_behind(phrases, phrase.last)
    if behind is not None and (before is None or len(behind) > len(before)):
        return behind
    return before


def _role_before(phrases: Phrases, phrase: Phrase, name: str | None) -> str | None:
    """Return a role right before a name: `the mayor Ana Lin`; a body or a verb is none."""
    first = phrase.first
    if phrases.lower[first] in ("a", "an", "the"):
        first += 1
    last = phrase.name_first - 1
    if name is not None:
        if first <= last and " " in name and not _may_be_role(phrases, first, last):
            return None
        text = phrases.text(phrase.name_first, phrase.name_last)
        opening = text.find(name.split(" ")[0])
        if opening > 0 and len(name.split(" ")) > 1:
            role = phrases.stream.text[
                phrases.stream.starts[first] : phrases.stream.starts[phrase.name_first] + opening
            ].strip()
            return None if role in _COURTESY else _without_other(role) or None
    first = max((at + 1 for at in range(first, last + 1) if _is_verb(phrases, at)), default=first)
    if first > last or phrases.flags[last] & wc.GENITIVE:
        return None
    return phrases.text(first, last)


def _is_verb(phrases: Phrases, position: int) -> bool:
    """Whether a word before a role is a verb of speech: `warns network operator Acme`."""
    word, flag = phrases.lower[position], phrases.flags[position]
    is_cue = flag & wc.CUE and word.endswith("s") and not flag & (wc.CAPITAL | wc.PERSON)
    return bool(is_cue) and word not in noun_forms()


def _without_other(role: str) -> str:
    """Return a role without the person before it: `mayor Ana Lin and governor` of Tom Marsh."""
    before, _, own = role.rpartition(" and ")
    flag = wc.classify(before.split()[-1])[1] if before else wc.PERSON
    return own if flag & wc.CAPITAL and not flag & (wc.PERSON | wc.TITLE | wc.ORG) else role


def _may_be_role(phrases: Phrases, first: int, last: int) -> bool:
    """Whether words before a person's name can be a role: no verb, and not headed by a body."""
    flags = phrases.flags
    if flags[last] & wc.BODY and not flags[last] & (wc.PERSON | wc.CAPITAL):
        return False
    return not any(
        flags[index] & (wc.AUX | wc.VERB) and not flags[index] & (wc.CAPITAL | wc.PERSON)
        for index in range(first, last + 1)
    )


def _role_set_off_before(phrases: Phrases, phrase: Phrase) -> str | None:
    """Return a role that a name between commas explains: `the mayor of Hull, Ana Lin, read …`."""
    comma, after = phrase.first - 1, phrase.last + 1
    if phrase.first != phrase.name_first or comma < 1 or after >= phrases.size:
        return None
    words, sentences = phrases.stream.words, phrases.stream.sentences
    if words[comma] != "," or words[after] != "," or sentences[comma] != sentences[after]:
        return None
    role = phrases.ending_at(comma - 1, max(0, comma - MAX_ROLE))
    if role is None or role.head == "pronoun" or not _is_one_person(phrases, role):
        return None
    if not _tells_role(phrases, role.first, role.last + 1):
        return None
    return phrases.text_without_article(role.first, role.last)


def _is_one_person(phrases: Phrases, role: Phrase) -> bool:
    """Whether a phrase names one person by an article or an owner, and is no part of a list."""
    flags = phrases.flags
    return bool(flags[role.first] & (wc.DET | wc.POSS)) or any(
        flags[index] & wc.GENITIVE for index in range(role.first, role.last)
    )


def _role_behind(phrases: Phrases, last: int) -> str | None:
    """Return an apposition: `, a nurse from Hull,` or `, who is a nurse,`."""
    if last + 2 >= phrases.size or phrases.stream.words[last + 1] != ",":
        return None
    first = _open_apposition(phrases, last + 2)
    if first >= phrases.size or not phrases.flags[first] & (
        wc.DET | wc.POSS | wc.PERSON | wc.CAPITAL
    ):
        return None
    end, flags = _end_apposition(phrases, first), phrases.flags
    speaks = end < phrases.size and phrases.lower[end] in _TELLS
    is_aside = not speaks or opens_clause(phrases.stream, max(0, phrases.names[last]))
    is_role = is_aside and _tells_role(phrases, first, end)  # not in: With Ana Lin, the mayor said
    if not first < end < first + MAX_ROLE or not is_role:
        return None
    if (
        flags[end - 1] & (wc.DET | wc.POSS | wc.PREP | wc.CONJ)
        or phrases.lower[end - 1] == "so-called"
    ):
        return None
    if not flags[first] & (wc.DET | wc.POSS) and _names_another(phrases, first, end):
        return None
    return phrases.text_without_article(first, end - 1)


def _names_another(phrases: Phrases, first: int, end: int) -> bool:
    """Whether words are the next of a list of people: `, Acme chairman Ana Lin and …`."""
    return any(
        phrases.flags[at] & wc.PERSON and phrases.names[at] < 0 and phrases.names[at + 1] == at + 1
        for at in range(first, end - 1)
    )


def _is_named_thing(phrases: Phrases, position: int) -> bool:
    """Whether a token is a name in marks inside a role: `founder of the “green” movement`."""
    return (
        bool(phrases.flags[position] & wc.QUOTE)
        and not phrases.stream.final(position)
        and phrases.stream.ends[position] - phrases.stream.starts[position] <= MAX_NAMED
    )


def _open_apposition(phrases: Phrases, first: int) -> int:
    """Return where the role starts in an apposition, past an age and past `who is`."""
    words, lower = phrases.stream.words, phrases.lower
    if words[first].isdigit() and words[first + 1 : first + 2] == (",",):
        first += 2
    if lower[first : first + 2] in (("who", "is"), ("who", "was")):
        first += 2
    return first


def _end_apposition(phrases: Phrases, first: int) -> int:
    flags, words = phrases.flags, phrases.stream.words
    end = first
    while end < phrases.size and end - first < MAX_ROLE:
        if _is_named_thing(phrases, end):
            end += 1
            continue
        if (flags[end] & _ENDS_ROLE and not flags[end] & wc.CAPITAL) or words[end] in _ENDING_MARKS:
            break
        if flags[end] & wc.REL and phrases.lower[end] in ("who", "which", "whose"):
            break
        if phrases.lower[end] in CITED or phrases.lower[end] in ("when", *_TELLS):
            break
        end += 1
    return end


def _tells_role(phrases: Phrases, first: int, end: int) -> bool:
    """Whether words name a person's role: a word for a person among them, no verb at their end."""
    flags = phrases.flags
    if flags[end - 1] & wc.CUE and not flags[end - 1] & (wc.CAPITAL | wc.PERSON):
        return False
    return any(
        (flags[index] & wc.PERSON and phrases.names[index] < 0) or flags[index] & wc.TITLE
        for index in range(first, end)
    )
