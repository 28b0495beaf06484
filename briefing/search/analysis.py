"""From text to the terms that are looked up, with the exact place of each in the stored text.

One rule for what is stored and what is asked: accents and case are folded, `U.S.` is `us`,
`Britain's` is `britain`, typographic apostrophes and invisible characters make no difference.
Stems are kept apart from terms, so that the exact word can always be told from its other forms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from briefing.search._whoosh import load

MAX_TERM = 64
"""Longer terms are cut: they are no words, and a query for one is cut alike."""

_APOSTROPHES = "'\u2019\u02bc\u2018\u00b4`"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_MARKS = "\u0300-\u036f"
_RUN = re.compile(rf"[\w.{_APOSTROPHES}{_INVISIBLE}{_MARKS}]+")
_PIECE = re.compile(rf"(?:[^\W_]|[{_APOSTROPHES}{_INVISIBLE}{_MARKS}])+")
_ACRONYM = re.compile(rf"(?:[^\W\d_]\.)(?:[^\W\d_]\.)*[^\W\d_]?(?:[{_APOSTROPHES}]s)?\Z")
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}][sS]\Z")
_porter_stem = load("whoosh.lang.porter2").stem
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")

Place = tuple[str, int, int]
"""A term with its start and end in the text, in code points, end exclusive."""


def terms(text: str) -> list[str]:
    """List the terms of a text in order."""
    found: list[str] = []
    for run in _RUN.findall(text):
        found.extend(_terms_of(run) if len(run) <= MAX_TERM else [p[0] for p in _split(run)])
    return found


def places(text: str) -> Iterator[Place]:
    """Walk the terms of a text with their offsets, in the order in which `terms` lists them."""
    for match in _RUN.finditer(text):
        run, base = match.group(), match.start()
        parts = _places_of(run) if len(run) <= MAX_TERM else _split(run)
        for term, start, end in parts:
            yield term, base + start, base + end


@lru_cache(maxsize=1 << 17)
def stem(term: str) -> str:
    """Cut a term's grammatical ending; what is no plain English word stays as it is."""
    if len(term) < 3 or not term.isascii() or not term.isalpha():
        return term
    return str(_porter_stem(term))


def acronym(name: str) -> str | None:
    """Make the initials of a name of two words or more: `The Financial Times` gives `ft`."""
    words = terms(name)
    if len(words) > 2 and words[0] == "the":
        words = words[1:]
    return "".join(word[0] for word in words) if len(words) > 1 else None


@lru_cache(maxsize=1 << 17)
def _terms_of(run: str) -> tuple[str, ...]:
    return tuple(term for term, _, _ in _places_of(run))


@lru_cache(maxsize=1 << 15)
def _places_of(run: str) -> tuple[Place, ...]:
    return tuple(_split(run))


def _split(run: str) -> Iterator[Place]:
    """Split a run of word characters and the marks that may stand inside words."""
    if run.isascii() and run.isalpha():
        yield run[:MAX_TERM].lower(), 0, len(run)
        return
    inner = run.strip(_APOSTROPHES)
    if "." in inner and _ACRONYM.match(inner):
        start = run.index(inner)
        letters = _POSSESSIVE.sub("", inner).replace(".", "")
        end = start + len(inner.rstrip(".")) if len(letters) == 1 else start + len(inner)
        yield from _folded(letters, start, end)
        return
    for match in _PIECE.finditer(run):
        yield from _pieces(match.group(), match.start())


def _pieces(piece: str, base: int) -> Iterator[Place]:
    inner = piece.strip(_APOSTROPHES + _INVISIBLE)
    start = base + piece.index(inner) if inner else base
    if _IDEOGRAPHS.search(inner):
        for number, letter in enumerate(inner):
            yield from _folded(letter, start + number, start + number + 1)
        return
    yield from _folded(_POSSESSIVE.sub("", inner), start, start + len(inner))


def _folded(word: str, start: int, end: int) -> Iterator[Place]:
    decomposed = unicodedata.normalize("NFKD", word).casefold()
    letters = "".join(letter for letter in decomposed if letter.isalnum())
    if letters:
        yield letters[:MAX_TERM], start, end
