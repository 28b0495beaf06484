"""What of a person's name tells people apart: case, accents, particles and initials do not.

Only names are folded here; who bears them stands in `offices`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from briefing.english.lexicon import read_words

_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "ı": "i", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
    | dict.fromkeys("'’‘ʻʼ`´", "")
)
_ARABIC_ARTICLE: Final = re.compile(r"(?<!\w)(?:al|el)-(?=\w)")
_GENITIVE: Final = re.compile(r"['’]s?\s*$")
_WORD: Final = re.compile(r"[^\W_]+")
_LONGEST: Final = 120
"""Longer strings are no names."""


class FoldedName(NamedTuple):
    """The words that tell a name apart, and the initials left out between them."""

    key: str
    initials: str


def fold_name(name: str) -> FoldedName:
    """Return what is left of a name without case, accents, titles, particles and initials.

    Initials stay where no more than one word would be left; nothing is left of what is no name.
    """
    words = _words(name)
    if words and words[0] in read_words("world", "people", "courtesies"):
        words = words[1:]
    kept = [_usual(word) for place, word in enumerate(words) if not _is_particle(words, place)]
    long = [word for word in kept if len(word) > 1]
    if len(long) < 2:
        return FoldedName(" ".join(kept), "")
    return FoldedName(" ".join(long), "".join(word for word in kept if len(word) == 1))


def _words(name: str) -> list[str]:
    if len(name) > _LONGEST:
        return []
    small = _GENITIVE.sub("", name.casefold()).translate(_LETTERS)
    if not small.isascii():
        decomposed = unicodedata.normalize("NFKD", small)
        small = "".join(char for char in decomposed if not unicodedata.combining(char))
    if "-" in small:
        small = _ARABIC_ARTICLE.sub("", small)
    return _WORD.findall(small)


def _is_particle(words: list[str], place: int) -> bool:
    if place == len(words) - 1:
        return False
    sections = ("opening particles", "inner particles") if place else ("opening particles",)
    return words[place] in read_words("world", "people", *sections)


def _usual(word: str) -> str:
    return "mohammed" if word in read_words("world", "people", "mohammed") else word
