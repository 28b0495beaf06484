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
def outlet_forms() -> Mapping[str, str]:
    """Map every form of every outlet's name to the name it is shown under."""
    forms: dict[str, str] = {}
    for entry in read_lexicon("world", "outlets")["outlets"]:
        name, *others = entry.split("/")
        shown = name.removeprefix("The ") if name.startswith("The ") else name
        for form in (name, *others):
            forms.setdefault(form, shown)
            forms.setdefault(form.removeprefix("The "), shown)
    return MappingProxyType(forms)


@functools.cache
def generic_outlets() -> frozenset[str]:
    """Return the nouns that take up an outlet again: paper, network, agency."""
    return read_words("world", "outlets", "generic")


@functools.cache
def _ambiguous() -> frozenset[str]:
    return read_words("world", "outlets", "ambiguous")


def outlet_named(words: str) -> str | None:
    """Return the outlet that words name, an article before or a genitive behind aside, or None."""
    bare = words.strip().removesuffix("'s").removesuffix("’s")
    definite = bare[:4] in ("The ", "the ")
    if definite:
        bare = bare[4:]
    if bare in _ambiguous() and not definite:
        return None
    return outlet_forms().get(bare)


@functools.cache
def _finder() -> tuple[AhoCorasick, tuple[str, ...]]:
    forms = tuple(outlet_forms())
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
        found.append(
            OutletName(outlet_forms()[form], start, end, before is not None, form in _ambiguous())
        )
    return tuple(found)
