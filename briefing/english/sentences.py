"""Where sentences begin and end in English news: full stops weighed by what stands around them."""

from __future__ import annotations

import functools
import re

from briefing.english.lexicon import read_words
from briefing.english.verbs import cue_verbs

CLOSERS = "\"'”’»)]›」』"
REMEMBERED = 4096
"""Paragraphs whose sentences are remembered: each annotator of a part asks for them."""
WORD_WINDOW = 24
"""How far back the word before a full stop is read; no abbreviation is longer."""

_STOP = re.compile(  # one set of characters at its head lets the search skip all others
    r"[.!?…\n](?:(?<=\n)[^\S\n]*+\n|(?<!\n)(?<![.!?…].)[.!?…]*+[\"'”’»)\]›」』]*+"
    r"(?:(?=\s|$)|(?<=[\"'”’»)\]›」』])(?=[A-Z“])))"
)
_NEVER_END = read_words("english", "abbreviations", "never")
_MAY_END = read_words("english", "abbreviations", "often")
_STARTERS = read_words("english", "abbreviations", "starters")
_JOINING = frozenset(("And", "Or"))
"""Words with which some wires go on behind `the U.S.`, as if a sentence had ended."""
_LAST_WORD = re.compile(r"[^\s(\[“\"‘'—–/]+$")
_NEXT_WORD = re.compile(r"\s*[\[(“\"‘'«„]*([^\W_][\w'’]*)?")


@functools.cache
def _tag_after() -> re.Pattern[str]:
    """Return the pattern of a tag behind a question or an exclamation: `Ana Lin said`."""
    forms = [form for form, verb in cue_verbs().items() if "tag" in verb.kinds]
    return re.compile(rf"\s+(?:[A-Z][\w.'’-]*\s+){{1,3}}(?:{'|'.join(forms)})\b")


@functools.lru_cache(maxsize=REMEMBERED)
def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Split a paragraph into the spans of its sentences, blanks around them left out.

    A blank line ends a sentence unless a small letter behind it shows that a page broke there; a
    single line break never does. A closing mark belongs to the sentence it ends. Every character
    that is not blank lies in exactly one span.
    """
    spans = []
    start = 0
    for match in _STOP.finditer(text):
        if _ends_sentence(text, match.start(), match.end()):
            spans.append(_strip(text, start, match.end()))
            start = match.end()
    spans.append(_strip(text, start, len(text)))
    return tuple(span for span in spans if span[0] < span[1])


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _ends_sentence(text: str, stop: int, after: int) -> bool:
    mark = text[stop]
    following = _NEXT_WORD.match(text, after)
    word = following.group(1) if following else None
    if word is None:
        return True
    if mark == "\n":
        return not (word[0].islower() and text[:stop].rstrip()[-1:].isalnum())
    if mark in "!?" and _tag_after().match(text, after) and text[after - 1] in CLOSERS:
        return False
    if word[0].islower():
        return False
    if mark != "." or text.startswith("..", stop):
        return True
    return _full_stop_ends(text, stop, word)


def _full_stop_ends(text: str, stop: int, following: str) -> bool:
    before = _LAST_WORD.search(text, max(0, stop - WORD_WINDOW), stop)
    if before is None:
        return True
    last = before.group()
    if last in _NEVER_END:
        return last == "No" and following in _STARTERS
    initials = last.replace(".", "")
    is_initial = len(last) == 1 and last.isupper() and last != "I"
    is_dotted = len(last) > 1 and "." in last and len(initials) <= 4 and initials.isalpha()
    if last in _MAY_END or is_initial or is_dotted:
        return following in _STARTERS and not (is_dotted and following in _JOINING)
    return True
