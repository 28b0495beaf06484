"""Words broken at line ends: mended where the whole word is sure, else left with their hyphen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from briefing.english.lexicon import read_words

_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST: Final = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_FIRST: Final = re.compile(r"[^\W\d_]+")
_NO_BLANK: Final = "/@\u2013\u2014-\u2010"
SOFT: Final = "\u00ad"


def known_words(lines: Iterable[str]) -> frozenset[str]:
    """Return the words in lower case that stand within lines, those with hyphens whole."""
    found: set[str] = set()
    for line in lines:
        words = [match[0].lower() for match in _WORD.finditer(line)]
        found.update(words[:-1] if line[-1:] in _NO_BLANK else words)
    return frozenset(found)


def join_lines(lines: Sequence[str], known: frozenset[str]) -> str:
    """Join the lines of a paragraph by blanks, words broken between them without one.

    A broken word is mended where the document has the whole word elsewhere, where the hyphen is a
    soft one, or where its second part is an ending that is no word. Where the document has it with
    a hyphen, or it is not sure, the hyphen stays.
    """
    parts = list(lines[:1])
    for line in lines[1:]:
        drop, between = _seam(parts[-1], line, known)
        if drop:
            parts[-1] = parts[-1][:-drop]
        parts += [between, line]
    return "".join(parts)


def _seam(before: str, after: str, known: frozenset[str]) -> tuple[int, str]:
    """Return how many signs at the end of a line are dropped, and what comes before the next."""
    broken, rest = _LAST.search(before[-60:]), _FIRST.match(after[:60])
    if broken is None or rest is None:
        closed = before[-1:] in _NO_BLANK and before[-2:-1].strip() != ""
        return 0, "" if closed else " "
    left, right = broken[1].lower(), rest[0].lower()
    if before[-1] == SOFT or (rest[0].islower() and _is_sure(left, right, known)):
        return 1, ""
    return 0, ""


def _is_sure(left: str, right: str, known: frozenset[str]) -> bool:
    if f"{left}-{right}" in known:
        return False
    return left + right in known or right in read_words("ingest", "words", "endings")
