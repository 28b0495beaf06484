"""A paragraph as a row of words, with each marked stretch folded into one token.

Rules of attribution read what the reporter wrote around a quotation; folding the quotation keeps
its own words out of their sight. Word classes are looked up, never guessed from context.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from briefing.annotate.lexicon import read_lexicon, read_words
from briefing.annotate.marks import Marked

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
PARTICLE: Final = 1 << 23
INTERVAL: Final = 1 << 24
CLOSED: Final = DET | POSS | PRON | PREP | CONJ | SUB | AUX

_TOKEN = re.compile(
    r"(?:[A-Z]-)?(?:[A-Z]\.)+(?:[A-Z](?![^\W_]))?(?![a-z])"
    r"|(?:Mrs?|Ms|Mx|Dr|Drs|Profs?|Sens?|Reps?|Govs?|Gen|Lt|Col|Capt|Sgt|Maj|Rev|Hon|Fr|St|Jr|Sr"
    r"|Coun|Cllr|Const|Insp|Det|Supt|Amb|Adm|Cmdr|Cpl|Pvt|Brig|Pres|Corp|Inc|Co|Ltd|Bros|Del|Smt"
    r"|No|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|[ap]\.m)\."
    r"|['’]s(?![^\W_])"
    r"|(?<=s)['’](?=\s)"
    r"|[^\W_]+(?:(?:['’](?!s(?![^\W_]))|[-‐‑&])[^\W_]+)*"
    r"|\.{2,}|[^\w\s]|_"
)
_AGENTS = (
    *("ist", "ists", "maker", "makers", "holder", "holders", "worker", "workers", "goer", "goers"),
    *("spokesman", "spokeswoman", "woman", "women", "ologist", "ician", "icians", "crat", "crats"),
)
_STOPS = frozenset(".?!…")
_INNER: Final = frozenset((")", "]", ",", ";", ":", "—", "–", "-"))
"""What follows a full stop that ends no sentence."""
_FINAL = re.compile(r"([.?!…,]?)[\s\"'”’»)\]]*$")
_FINAL_WINDOW = 6
DATELINE_WINDOW: Final = 14
"""The longest dateline, in tokens."""
MAX_SENTENCE: Final = 300
"""A sentence is cut after this many tokens: look-around is bounded by it everywhere."""
TAG_WINDOW: Final = 7
"""How many words a tag may have before its verb."""
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


@dataclass(frozen=True, slots=True)
class Stream:
    """The tokens of one paragraph: parallel rows, `-1` in `marked` for a token that is no quote.

    `finals` holds for each quote token the mark its words end with (`,`, `.`, `?` ... or empty);
    `sentences` numbers the sentence each token lies in, `openings` holds each sentence's first.
    """

    text: str
    words: tuple[str, ...]
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    flags: tuple[int, ...]
    marked: tuple[int, ...]
    finals: tuple[str, ...]
    sentences: tuple[int, ...]
    openings: tuple[int, ...]

    def sentence(self, token: int) -> tuple[int, int]:
        """The tokens of the sentence that a token lies in, end exclusive."""
        number = self.sentences[token]
        following = number + 1
        end = self.openings[following] if following < len(self.openings) else len(self.words)
        return self.openings[number], end


@functools.cache
def word_flags() -> dict[str, int]:
    """Map each listed lower-case word to the classes it may belong to."""
    flags: dict[str, int] = {}
    for name, section, flag in _SECTIONS:
        for word in read_lexicon(name)[section]:
            if " " in word:
                continue
            for form in (word, plural(word)) if flag & (PERSON | BODY | DOCUMENT) else (word,):
                flags[form] = flags.get(form, 0) | flag
    return flags


def plural(word: str) -> str:
    """The regular plural of a noun."""
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


@functools.cache
def name_flags() -> dict[str, int]:
    """Map each listed capitalised word to the classes it may belong to as part of a name."""
    flags: dict[str, int] = {}
    for section, flag in (
        ("title", TITLE),
        ("title_male", TITLE),
        ("title_female", TITLE),
        ("organisation_word", ORG),
    ):
        for word in read_words("people", section):
            flags[word] = flags.get(word, 0) | flag
    return flags


def read_stream(text: str, marked: Sequence[Marked], cues: dict[str, int]) -> Stream:
    """Read one paragraph into tokens; `cues` adds the classes of cue verbs to its words."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    quotes: list[int] = []
    edge = 0
    for number, one in enumerate((*marked, None)):
        stop = len(text) if one is None else one.outer_start
        for match in _TOKEN.finditer(text, edge, stop):
            words.append(match.group())
            starts.append(match.start())
            ends.append(match.end())
            quotes.append(-1)
        if one is not None:
            words.append("")
            starts.append(one.outer_start)
            ends.append(one.outer_end)
            quotes.append(number)
            edge = one.outer_end
    lower = [word.lower() for word in words]
    flags = _classify(words, lower, cues)
    finals = [
        "" if number < 0 else _final(text, marked[number].start, ends[position])
        for position, number in enumerate(quotes)
    ]
    sentences, openings = _number_sentences(words, flags, finals)
    return Stream(
        text,
        tuple(words),
        tuple(lower),
        tuple(starts),
        tuple(ends),
        tuple(flags),
        tuple(quotes),
        tuple(finals),
        tuple(sentences),
        tuple(openings),
    )


def _final(text: str, start: int, end: int) -> str:
    found = _FINAL.search(text, max(start, end - _FINAL_WINDOW), end)
    return found.group(1) if found else ""


def _classify(words: list[str], lower: list[str], cues: dict[str, int]) -> list[int]:
    known, names = word_flags(), name_flags()
    flags = []
    for word, low in zip(words, lower, strict=True):
        if not word:
            flags.append(QUOTE)
            continue
        first = word[0]
        if first.isalnum():
            is_acronym = len(word) > 1 and word.isupper()
            flag = WORD if is_acronym else WORD | known.get(low, 0) | cues.get(low, 0)
            if low.endswith(_AGENTS):
                flag |= PERSON
            if first.isupper() and not _is_compound_adjective(word):
                flag |= CAPITAL | names.get(word, 0)
            if low.endswith("ly") and first.islower():
                flag |= ADV
        elif word == "%":
            flag = WORD | PERSON
        elif first in "'’" and len(word) <= 2:
            flag = GENITIVE if len(word) == 2 or word == "’" or word == "'" else PUNCT
        elif first in _STOPS:
            flag = STOP | PUNCT
        else:
            flag = PUNCT
        flags.append(flag)
    return flags


def _is_compound_adjective(word: str) -> bool:
    """Whether a capitalised word is an adjective made of a name: `London-based`."""
    _, hyphen, behind = word.rpartition("-")
    return bool(hyphen) and len(behind) > 3 and behind.islower()


def _number_sentences(
    words: list[str], flags: list[int], finals: list[str]
) -> tuple[list[int], list[int]]:
    """Number the sentences; one that will not end is cut, so that no rule ever reads far."""
    numbers = []
    openings = [0]
    dateline = _dateline_end(words, flags)
    for position, flag in enumerate(flags):
        numbers.append(len(openings) - 1)
        if position - openings[-1] >= MAX_SENTENCE or (
            flag & (STOP | QUOTE | PUNCT) and _ends(words, flags, finals, position, dateline)
        ):
            openings.append(position + 1)
    if len(openings) > 1 and openings[-1] == len(words):
        openings.pop()
    return numbers, openings


def _ends(
    words: list[str], flags: list[int], finals: list[str], position: int, dateline: int
) -> bool:
    """Whether a sentence ends with a token that is no word."""
    if position == dateline:
        return True
    if position + 1 == len(words):
        return False
    flag, following = flags[position], flags[position + 1]
    if flag & STOP:
        is_inner = words[position + 1] in _INNER
        opens = bool(following & (CAPITAL | QUOTE)) or not (following & WORD or is_inner)
        return opens and not following & STOP
    if flag & QUOTE and finals[position] in _STOPS and following & (CAPITAL | QUOTE):
        return not (finals[position] in "?!" and _tag_follows(flags, position + 1))
    return False


def _tag_follows(flags: list[int], first: int) -> bool:
    """Whether a few words up to a cue verb follow: the tag of a question or an exclamation."""
    for position in range(first, min(len(flags), first + TAG_WINDOW)):
        if flags[position] & (PUNCT | QUOTE):
            return False
        if flags[position] & CUE and not flags[position] & CAPITAL:
            return True
    return False


def _dateline_end(words: list[str], flags: list[int]) -> int:
    """The dash that ends a dateline (`HULL, Jan. 5 (AP) —`), or -1."""
    if not words or len(words[0]) < 3 or not words[0].isupper():
        return -1
    for position in range(1, min(len(words), DATELINE_WINDOW)):
        if words[position] in ("—", "–", "-"):
            return position
        if not flags[position] & (CAPITAL | TIME | PUNCT) and not words[position].isdigit():
            return -1
    return -1
