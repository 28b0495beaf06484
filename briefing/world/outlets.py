"""The outlets of the lexicon: what a name is short for, and where a text names one."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ahocorasick_rs import AhoCorasick
from msgspec import Struct

from briefing.english.lexicon import read_lexicon, read_words

_ARTICLE: Final = re.compile(r"(?:The|the)\s+$")
_OPENING_ARTICLE: Final = re.compile(r"(?:The|L[ea]|El|D(?:er|ie|as)) ")
_GOES_ON: Final = re.compile(r" (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)(?:[A-Z]|[&-])")
"""Behind a common word, the rest of a longer name: the National Security Council."""
_ARTICLE_WINDOW: Final = 6


class OutletName(Struct, frozen=True):
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


def is_common_abroad(form: str) -> bool:
    """Whether a form of an outlet's name is an ordinary word of another language: Bild, Zeit."""
    return form in read_words("world", "outlets", "common abroad")


def ends_as_outlet(name: str) -> bool:
    """Whether a name ends in a word in which outlets' names end: Herald, Post-Gazette."""
    return _last_word(name) in read_words("world", "outlets", "name endings")


def may_be_outlet(name: str) -> bool:
    """Whether an unlisted name is built as outlets' names are and as no body's or person's is.

    `Harbour Gazette` and `Radio Hull` are, `Coast Guard` and `Energy Agency` are not.
    """
    opening, _, rest = _OPENING_ARTICLE.sub("", name, count=1).partition(" ")
    if rest and opening in read_words("world", "outlets", "name openings"):
        return True
    return ends_as_outlet(name) and _last_word(name) not in read_words("world", "outlets", "bodies")


def _last_word(name: str) -> str:
    return re.split(r"[ -]", name.lower())[-1]


def generic_outlets() -> frozenset[str]:
    """Return the nouns that take up an outlet again: paper, network, agency."""
    return read_words("world", "outlets", "generic")


def may_take_up(noun: str, outlet: str) -> bool:
    """Whether a noun can mean an outlet again: an agency is no paper, and a paper no agency."""
    if usual_name(outlet) is None:
        return True
    is_agency = outlet in read_words("world", "outlets", "agencies")
    return is_agency == (noun in read_words("world", "outlets", "agency"))


def own_names(publisher: str | None) -> frozenset[str]:
    """Return the names, without an article, by which a publisher's own stories name it."""
    if publisher is None:
        return frozenset()
    usual = usual_name(publisher) or publisher
    return frozenset(name.removeprefix("The ") for name in (publisher, usual))


def outlet_named(words: str) -> str | None:
    """Return the outlet that words name, without its article, or None.

    An article before the words, a genitive after them and the kind of outlet do not matter:
    `the Guardian’s`, `AFP news agency`.
    """
    bare = words.strip().removesuffix("'s").removesuffix("’s")
    definite = bare[:4] in ("The ", "the ")
    if definite:
        bare = bare[4:]
    usual = None if is_ambiguous(bare) and not definite else usual_name(bare)
    if usual is None:
        name = _without_service(without_kind(bare))
        usual = usual_name(name) if name != bare else None
    return usual.removeprefix("The ") if usual else None


def _without_service(name: str) -> str:
    """Return an outlet's name without the service behind it: `BBC World Service`."""
    words = name.split(" ")
    for at, word in enumerate(words[1:], start=1):
        if word in read_words("world", "outlets", "services"):
            return " ".join(words[:at])
    return name


def without_kind(name: str) -> str:
    """Return a name without the noun behind it that calls it an outlet: `Voice newspaper`."""
    words = name.split(" ")
    for size in (2, 1):
        if len(words) > size and " ".join(words[-size:]).lower() in generic_outlets():
            return " ".join(words[:-size])
    return name


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
        form = forms[number]
        # It may begin a name that is no outlet's: the Australian Government.
        opens = is_ambiguous(form) or form in read_words("world", "outlets", "opens names")
        if opens and _GOES_ON.match(text, end):
            continue
        before = _ARTICLE.search(text, max(0, start - _ARTICLE_WINDOW), start)
        shown = _usual_names()[form].removeprefix("The ")
        found.append(OutletName(shown, start, end, before is not None, is_ambiguous(form)))
    return tuple(found)
