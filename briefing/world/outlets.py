"""The outlets of the lexicon: what a name is short for, and where a text names one."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ahocorasick_rs import AhoCorasick

from briefing.english.lexicon import read_lexicon, read_words

_ARTICLE: Final = re.compile(r"(?:The|the)\s+$")
_ARTICLE_WINDOW: Final = 6


@dataclass(frozen=True, slots=True)
class OutletName:
    """A form of an outlet's name in a text, the article before it left out."""

    outlet: str
    start: int
    end: int
    definite: bool
    ambiguous: bool


@functools.cache
def _outlets() -> tuple[tuple[str, ...], ...]:
    """Return the forms of every outlet's name, the usual one first."""
    return tuple(tuple(entry.split("/")) for entry in read_lexicon("world", "outlets")["outlets"])


@functools.cache
def _usual_names() -> Mapping[str, str]:
    """Map every form of every outlet's name, without its article, to the usual name with it."""
    names: dict[str, str] = {}
    for usual, *others in _outlets():
        for form in (usual, *others):
            names.setdefault(form.removeprefix("The "), usual)
    return MappingProxyType(names)


def usual_name(name: str) -> str | None:
    """Return the usual name, its article included, of the outlet of that name; None if unknown."""
    return _usual_names().get(name.removeprefix("The "))


@functools.cache
def _initials() -> Mapping[str, str]:
    rows = (
        (row[0], [form for form in row[1:] if form.isupper() and form.isalpha()])
        for row in _outlets()
    )
    return MappingProxyType({usual: forms[0] for usual, forms in rows if forms})


def short_name(usual: str) -> str:
    """Return the short form of an outlet's usual name: its initials where in use."""
    return _initials().get(usual, usual.removeprefix("The "))


def is_ambiguous(name: str) -> bool:
    """Whether a name is a common word or a surname too, and stands without its article."""
    return name in read_words("world", "outlets", "ambiguous")


def ends_as_outlet(name: str) -> bool:
    """Whether a name ends in a word in which outlets' names end: Herald, Times."""
    return name.rpartition(" ")[2].lower() in read_words("world", "outlets", "name endings")


def generic_outlets() -> frozenset[str]:
    """Return the nouns that take up an outlet again: paper, network, agency."""
    return read_words("world", "outlets", "generic")


def outlet_named(words: str) -> str | None:
    """Return the outlet that words name, without its article, or None.

    An article before the words and a genitive after them do not matter.
    """
    bare = words.strip().removesuffix("'s").removesuffix("’s")
    definite = bare[:4] in ("The ", "the ")
    if definite:
        bare = bare[4:]
    usual = None if is_ambiguous(bare) and not definite else usual_name(bare)
    return usual.removeprefix("The ") if usual else None


@functools.cache
def _finder() -> tuple[AhoCorasick, tuple[str, ...]]:
    forms = tuple(_usual_names())
    return AhoCorasick(forms), forms


def find_outlets(text: str) -> tuple[OutletName, ...]:
    """Find the names of outlets in a text: whole words, the longest where they overlap."""
    finder, forms = _finder()
    hits = sorted(
        (start, -end, number)
        for number, start, end in finder.find_matches_as_indexes(text, overlapping=True)
        if not text[start - 1 : start].isalnum()
        and not text[end : end + 1].isalnum()
        and text[start - 1 : start] not in ("@", "#", "_", ".", "-")
    )
    found: list[OutletName] = []
    edge = 0
    for start, negative, number in hits:
        end = -negative
        if start < edge:
            continue
        edge = end
        before = _ARTICLE.search(text, max(0, start - _ARTICLE_WINDOW), start)
        form = forms[number]
        shown = _usual_names()[form].removeprefix("The ")
        found.append(OutletName(shown, start, end, before is not None, is_ambiguous(form)))
    return tuple(found)
