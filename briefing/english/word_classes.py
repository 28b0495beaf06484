"""The classes a word may belong to, looked up word by word and never guessed from context."""

from __future__ import annotations

import functools
from typing import Final

from briefing.english.inflection import add_s
from briefing.english.lexicon import read_lexicon, read_words
from briefing.english.verbs import claim_nouns, cue_verbs

DET: Final = 1
POSS: Final = 1 << 1
PRON: Final = 1 << 2
PREP: Final = 1 << 3
CONJ: Final = 1 << 4
SUB: Final = 1 << 5
REL: Final = 1 << 6
AUX: Final = 1 << 7
ADV: Final = 1 << 8
TIME: Final = 1 << 9
VERB: Final = 1 << 10
CUE: Final = 1 << 11
PERSON: Final = 1 << 12
TITLE: Final = 1 << 13
BODY: Final = 1 << 14
DOCUMENT: Final = 1 << 15
CAPITAL: Final = 1 << 16
WORD: Final = 1 << 17
QUOTE: Final = 1 << 18
STOP: Final = 1 << 19
PUNCT: Final = 1 << 20
GENITIVE: Final = 1 << 21
ORG: Final = 1 << 22
INTERVAL: Final = 1 << 24
MARKER: Final = 1 << 25
CLOSED: Final = DET | POSS | PRON | PREP | CONJ | SUB | AUX

_SECTIONS: Final = (
    ("grammar", "determiner", DET),
    ("grammar", "possessive", POSS),
    ("grammar", "pronoun", PRON),
    ("grammar", "preposition", PREP),
    ("grammar", "conjunction", CONJ),
    ("grammar", "subordinator", SUB),
    ("grammar", "relative", REL),
    ("grammar", "auxiliary", AUX),
    ("grammar", "adverb", ADV),
    ("grammar", "time", TIME),
    ("grammar", "verb", VERB),
    ("grammar", "interval", INTERVAL),
    ("people", "male", PERSON),
    ("people", "female", PERSON),
    ("people", "spokesperson", PERSON),
    ("people", "official", PERSON),
    ("people", "anonymous", PERSON),
    ("people", "person", PERSON),
    ("people", "institution", BODY),
    ("people", "document", DOCUMENT),
)
_AGENTS: Final = tuple(read_words("english", "people", "agent_ending"))
_NO_AGENTS: Final = read_words("english", "people", "no_agent")
_MARKERS: Final = frozenset(("according", "per", "put", "puts"))
_SHORTENED: Final = frozenset(("d", "ll", "ve", "re", "m"))
"""Auxiliaries behind an apostrophe: `he'd`, `they'll`."""
_VERBS_IN_LY: Final = frozenset(
    word for row in read_lexicon("english", "verbs").values() for word in row if word.endswith("ly")
)
_ARTICLES: Final = frozenset(("al", "el", "ul", "ud", "as", "ash", "ar", "ad", "an", "az"))
_STOPS: Final = frozenset(".?!…")
CACHED: Final = 1 << 16
"""How many different words are remembered with their classes."""


@functools.cache
def word_flags() -> dict[str, int]:
    """Map each listed lower-case word to the classes it may belong to."""
    flags: dict[str, int] = {}
    for name, section, flag in _SECTIONS:
        for word in read_lexicon("english", name)[section]:
            if " " in word:
                continue
            for form in (word, add_s(word)) if flag & (PERSON | BODY | DOCUMENT) else (word,):
                flags[form] = flags.get(form, 0) | flag
            if word.endswith("man") and flag & PERSON:
                flags[f"{word[:-3]}men"] = flags.get(f"{word[:-3]}men", 0) | flag
    for word in cue_verbs():
        flags[word] = flags.get(word, 0) | CUE
    return flags


@functools.cache
def name_flags() -> dict[str, int]:
    """Map each listed capitalised word to the classes it may belong to as part of a name."""
    flags: dict[str, int] = {}
    for section, flag in (
        ("title", TITLE),
        ("title_male", TITLE),
        ("title_female", TITLE),
        ("organisation_word", ORG),
        ("firm", ORG),
    ):
        for word in read_words("english", "people", section):
            flags[word] = flags.get(word, 0) | flag
    return flags


@functools.lru_cache(maxsize=CACHED)
def classify(word: str) -> tuple[str, int]:
    """Return a word in lower case, and all classes it may belong to, or-ed."""
    low = word.lower()
    first = word[:1]
    if not first:
        return low, QUOTE
    if not first.isalnum():
        return low, _classify_mark(word)
    flag = WORD
    if not (len(word) > 1 and word.isupper()):
        flag |= word_flags().get(low, 0)
    if low in _MARKERS or low in claim_nouns():
        flag |= MARKER
    if low.endswith(_AGENTS) and low.removesuffix("s") not in _NO_AGENTS:
        flag |= PERSON
    if (first.isupper() and not _is_compound_adjective(word)) or _has_article(word):
        flag |= CAPITAL | name_flags().get(word, 0)
    elif low.endswith("ly") and low not in _VERBS_IN_LY:
        flag |= ADV
    return low, flag


def _classify_mark(word: str) -> int:
    if word == "%":
        return WORD | PERSON
    if word in ("'", "’", "'s", "’s"):
        return GENITIVE
    if word[1:] in _SHORTENED:
        return WORD | AUX | VERB
    if word[0] in _STOPS:
        return STOP | PUNCT
    return PUNCT


def _has_article(word: str) -> bool:
    """Whether a word is an Arabic family name with its article: `al-Sabah`, `el-Amin`."""
    article, hyphen, name = word.partition("-")
    return bool(hyphen) and article in _ARTICLES and name[:1].isupper()


def _is_compound_adjective(word: str) -> bool:
    """Whether a capitalised word is an adjective made of a name: `London-based`."""
    _, hyphen, behind = word.rpartition("-")
    return bool(hyphen) and len(behind) > 3 and behind.islower()
