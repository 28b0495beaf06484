"""Texts word by word: what one keeps of another, cuts, and has of its own.

Case, accents, hidden characters, and marks, dashes or breaks inside a word tell no words apart.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from briefing.english.word_classes import CACHED
from briefing.model import Record

AlignedKind = Literal["kept", "cut", "added"]
_INNER = "(?:[’'‘´`–]|[‐‑\u00ad\u200b-\u200d\u2060\ufeff-][\n ]?)"
_ELLIPSIS = r"(?:\[\s*)?(?:…|\.{3}|\. \. \.)(?:\s*\])?"
_WORD = re.compile(
    rf"(?:\[\w\](?=\w))?\w+(?:(?:(?<=\d)[.,:](?=\d)|(?<![^\W_]{{2}})\.(?=\w\b)|{_INNER})\w+)*"
    rf"|{_ELLIPSIS}|[$€£¥₹%]"
)
_EDGES = re.compile(rf"^(?:\s|{_ELLIPSIS})+|(?:\s|{_ELLIPSIS})+$")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[‐‑–-](?=\d)")
_NO_LETTERS = re.compile(r"[^\w.,:~$€£¥₹%]|(?<!\d)[.,:]|[.,:](?!\d)")
REMEMBERED = 64
"""Texts whose words are remembered, since several quotations are looked for in one."""
MOST_REPLACED = 4
"""How many words more than stand in their place are shown as replaced, not as a cut."""


class TextWord(NamedTuple):
    """A word of a text from `start` to `end`, and what it is compared by."""

    start: int
    end: int
    key: str


class WordedText(NamedTuple):
    """A text with its words; `gaps` are the numbers of those with an ellipsis before them."""

    text: str
    words: tuple[TextWord, ...]
    gaps: frozenset[int]

    @property
    def keys(self) -> tuple[str, ...]:
        """What the words are compared by."""
        return tuple(word.key for word in self.words)


class SharedRun(NamedTuple):
    """A run of `size` words that two texts share, from one word of either on."""

    one: int
    other: int
    size: int


class AlignedPart(Record, frozen=True, kw_only=True):
    """A run of words that a text kept of another one, cut of it, or added to it."""

    kind: AlignedKind
    text: str


@functools.lru_cache(maxsize=REMEMBERED)
def read_words_of(text: str) -> WordedText:
    """Return a text with its words, amounts and percentages."""
    words: list[TextWord] = []
    gaps = set()
    for found in _WORD.finditer(text):
        key = _key(found[0])
        if key:
            words.append(TextWord(found.start(), found.end(), key))
        else:
            gaps.add(len(words))
    return WordedText(text, tuple(words), frozenset(gaps))


def split_keys(text: str) -> tuple[str, ...]:
    """Return what the words of a text are compared by."""
    return tuple(filter(None, map(_key, _WORD.findall(text))))


@functools.lru_cache(maxsize=CACHED)
def _key(token: str) -> str:
    """Return what a word is compared by; "" for an ellipsis."""
    if token.isascii() and token.isalnum():
        return token.lower()
    folded = unicodedata.normalize("NFKD", token.casefold())
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return _NO_LETTERS.sub("", _BETWEEN_DIGITS.sub("~", plain))


def find_run(run: Sequence[str], keys: Sequence[str]) -> int:
    """Return where a run of keys stands among others, -1 where it does not."""
    # A blank parts keys, and none holds one.
    joined = f" {' '.join(keys)} "
    place = joined.find(f" {' '.join(run)} ")
    return joined[:place].count(" ") if place >= 0 else -1


def match_words(one: Sequence[str], other: Sequence[str]) -> list[SharedRun]:
    """Return the runs of keys that two texts share, in the order of both."""
    from difflib import SequenceMatcher

    at = find_run(other, one)
    if at >= 0:
        return [SharedRun(at, 0, len(other))]
    blocks = SequenceMatcher(None, one, other, autojunk=len(one) > 2_000).get_matching_blocks()
    return [SharedRun(*block) for block in blocks[:-1]]


def align(
    base: WordedText, version: WordedText, pairs: Sequence[SharedRun]
) -> tuple[AlignedPart, ...]:
    """Return a version in parts by the words it shares with its base: kept, cut and added."""
    parts: list[AlignedPart] = []
    one = other = 0
    for pair in (*pairs, SharedRun(len(base.words), len(version.words), 0)):
        parts += _part("cut", base, one, pair.one)
        parts += _part("added", version, other, pair.other)
        one, other = pair.one + pair.size, pair.other + pair.size
        parts += _part("kept", version, pair.other, other)
    return tuple(parts)


def _part(kind: AlignedKind, worded: WordedText, first: int, end: int) -> list[AlignedPart]:
    """Return the words from `first` to `end` with the punctuation around them, if there are any."""
    if first == end:
        return []
    text, words = worded.text, worded.words
    start = words[first].start if first else 0
    stop = words[end].start if end < len(words) else len(text)
    return [AlignedPart(kind=kind, text=_EDGES.sub("", text[start:stop]))]


def parts_shown(
    parts: Sequence[AlignedPart], *, hide_cuts: bool = True
) -> Iterator[tuple[AlignedKind, str]]:
    """Yield parts as they are shown: a cut that nothing like it replaces as an ellipsis.

    Without `hide_cuts` all that is cut is shown.
    """
    for part, after in zip(parts, (*parts[1:], None), strict=False):
        words = after.text.count(" ") if after and after.kind == "added" else -MOST_REPLACED
        is_long = part.text.count(" ") > words + MOST_REPLACED - 1
        yield part.kind, "…" if part.kind == "cut" and hide_cuts and is_long else part.text


def marked_parts(parts: Sequence[AlignedPart], *, hide_cuts: bool = True) -> str:
    """Return parts as one text: `[…]` for a cut, `[-those-]{+these+}` for other words.

    Without `hide_cuts` a cut is shown as `[-those-]` too.
    """
    marks = {"kept": "{}", "added": "{{+{}+}}", "cut": "[-{}-]"}
    shown = (marks[kind].format(text) for kind, text in parts_shown(parts, hide_cuts=hide_cuts))
    return " ".join(shown).replace("-] {+", "-]{+").replace("[-…-]", "[…]")
