"""From text to the terms that are looked up, with the exact place of each in the stored text.

One rule for what is stored and what is asked: accents and case are folded, `U.S.` is `us`,
`Britain's` is `britain`, typographic apostrophes and invisible characters make no difference.
Stems are kept apart from terms, so that the exact word can always be told from its other forms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

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
_IDEOGRAPHS = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_PART = re.compile(rf"[{_IDEOGRAPHS}]|[^{_IDEOGRAPHS}]+")

_Place = tuple[str, int, int]
"""A term with its start and end in the run, in code points, end exclusive."""


def terms(text: str) -> list[str]:
    """List the terms of a text in order."""
    return list(chain.from_iterable(_terms_by_run(_RUN.findall(text.replace("_", " ")))))


def terms_and_starts(text: str) -> tuple[list[str], list[int]]:
    """List the terms of a text and where each begins, in code points."""
    found: list[str] = []
    starts: list[int] = []
    matches = list(_RUN.finditer(text.replace("_", " ")))
    runs = [match.group() for match in matches]
    for match, run, parts in zip(matches, runs, _terms_by_run(runs), strict=True):
        found.extend(parts)
        if len(parts) == 1 and run[0].isalnum():
            starts.append(match.start())
        elif parts:
            starts.extend(match.start() + start for _, start, _ in _split(run))
    return found, starts


def end_of_term(text: str, start: int) -> int:
    """Find the end of the term that begins at `start`, as `terms_and_starts` gave it."""
    found = _RUN.match(text, start)
    run = found.group() if found else ""
    word = run.rstrip(".")
    if _is_plain(word) and (start == 0 or text[start - 1] == " "):
        return start + len(word)
    before = start - 1
    while before >= 0 and text[before] in _APOSTROPHES:
        before -= 1
    if before >= 0 and _RUN.match(text, before) and text[before] != "_":
        # Inside a run that was split: what looks like an acronym from here was none.
        run = run.partition(".")[0]
    first = next(_split(run.partition("_")[0]), None)
    return start + first[2] if first else start


def _terms_by_run(runs: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Split each run; what is longer than a word is not worth remembering."""
    short = not runs or max(map(len, runs)) <= MAX_TERM
    return map(_short_terms_of if short else _split_terms, runs)


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


def _split_terms(run: str) -> tuple[str, ...]:
    return tuple(term for term, _, _ in _split(run))


_short_terms_of = lru_cache(maxsize=1 << 17)(_split_terms)


def _split(run: str) -> Iterator[_Place]:
    """Split a run of word characters and the marks that may stand inside words."""
    word = run.rstrip(".")
    if _is_plain(word):
        yield word[:MAX_TERM].lower(), 0, len(word)
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


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isalpha() and len(word) > 1


def _pieces(piece: str, base: int) -> Iterator[_Place]:
    """Split off ideographs, each a word of its own, and strip what is no letter."""
    for match in _PART.finditer(piece):
        part = match.group()
        inner = part.strip(_APOSTROPHES + _INVISIBLE)
        start = base + match.start() + (part.index(inner) if inner else 0)
        yield from _folded(_POSSESSIVE.sub("", inner), start, start + len(inner))


def _folded(word: str, start: int, end: int) -> Iterator[_Place]:
    decomposed = unicodedata.normalize("NFKD", word).casefold()
    letters = "".join(letter for letter in decomposed if letter.isalnum())
    if letters:
        yield letters[:MAX_TERM], start, end
