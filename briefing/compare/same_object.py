"""Which words for the object of positions mean the same: “Huawei”, “Huawei’s equipment”.

Two objects are one where their words agree but for case, articles, number and genitive. Where all
words of one object stand in a longer one, both are one if the shorter is a name, or if no other
longer object holds it: “Huawei” takes in “Huawei phones” and “Huawei equipment”, but “tax” leaves
“oil tax” and “income tax” apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Final

from briefing.english.inflection import strip_plural
from briefing.english.lexicon import read_words

_WORD = re.compile(r"[^\W_]+")
_GENITIVE = re.compile(r"['’]s?(?![^\W_])")
_SILENT: Final = read_words("english", "grammar", "determiner", "possessive") | {"of"}
MOST_WORDS: Final = 8
"""The words of an object that count: with more, only these are compared."""
MOST_HELD: Final = 2
"""The words of the longest object that others may hold, which keeps the search linear."""

_Words = frozenset[str]


def join_objects(wordings: Iterable[str]) -> Mapping[str, str]:
    """Map every wording to the one that stands for all that mean the same.

    That is the most frequent wording of the shortest object among them, the first of those that
    are as frequent.
    """
    counts = Counter(wordings)
    by_words: defaultdict[_Words, list[str]] = defaultdict(list)
    for wording in counts:
        by_words[_words_of(wording)].append(wording)
    home = _find_homes(by_words)
    names = {words: max(found, key=counts.__getitem__) for words, found in by_words.items()}
    return {wording: names[home[words]] for words, found in by_words.items() for wording in found}


def _find_homes(by_words: Mapping[_Words, list[str]]) -> dict[_Words, _Words]:
    """Return for every object the shortest one that it belongs to, itself where there is none."""
    held: defaultdict[_Words, list[_Words]] = defaultdict(list)
    for words in by_words:
        for size in range(1, min(len(words), MOST_HELD + 1)):
            for part in map(frozenset, combinations(sorted(words), size)):
                if part in by_words:
                    held[part].append(words)
    home = {words: words for words in by_words}
    for part in sorted(held, key=lambda one: (-len(one), sorted(one))):
        if len(held[part]) == 1 or any(map(_is_name, by_words[part])):
            home.update((longer, part) for longer in held[part] if not _is_parted(home, longer))
    return {words: _outermost(home, words) for words in home}


def _is_parted(home: Mapping[_Words, _Words], words: _Words) -> bool:
    """Whether an object belongs already to one with as many words as may be."""
    return len(home[words]) == 1 and home[words] != words


def _outermost(home: Mapping[_Words, _Words], words: _Words) -> _Words:
    while home[words] != words:
        words = home[words]
    return words


def _words_of(wording: str) -> _Words:
    """Return the words of an object that count, singular and in lower case."""
    words = _WORD.findall(_GENITIVE.sub("", wording.casefold()))
    kept = [strip_plural(word) for word in words if word not in _SILENT] or words
    return frozenset(kept[:MOST_WORDS])


def _is_name(wording: str) -> bool:
    """Whether the words that count all begin with a capital or a figure."""
    words = _WORD.findall(_GENITIVE.sub("", wording))
    kept = [word for word in words if word.lower() not in _SILENT]
    return bool(kept) and not any(word[0].islower() for word in kept)
