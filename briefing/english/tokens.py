"""A paragraph as a row of words, with each marked stretch folded into one token.

Rules of attribution read what the reporter wrote around a quotation; folding the quotation keeps
its own words out of their sight.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from itertools import repeat
from typing import Final

from msgspec import Struct

from briefing.english.clauses import Clause
from briefing.english.grammar_words import grammar_word
from briefing.english.lexicon import read_words
from briefing.english.marks import Marked
from briefing.english.sentences import split_sentences
from briefing.english.verb_forms import NOUN_TOO, PAST, THIRD
from briefing.english.word_classes import AUX, CACHED, CAPITAL, CONJ, PUNCT, REL, TIME, classify

_ABBREVIATIONS = sorted(read_words("english", "abbreviations", "never", "often", "titles"))
_DATED = "|".join(
    sorted(one[:-1].title() for one in read_words("english", "grammar", "time") if one[-1] == ".")
)
_INITIALS = "".join(sorted({word[0] for word in _ABBREVIATIONS}))
_TOKEN = re.compile(
    r"[a-z]++(?![^\W_]|['’.&‐‑-])"
    r"|(?:[A-Z]-)?(?:[A-Z]\.)+(?:[A-Z](?![^\W_]))?(?![a-z])"
    r"|(?<=[$£€])[A-Z]{1,3}\d+[.,]\d+"  # $US4.5 billion
    rf"|(?:{_DATED})(?=\.\s*\Z)"  # a name at the end: said Bo Mar.
    rf"|(?=[{_INITIALS}][\w.]{{,9}}\.)(?:{'|'.join(map(re.escape, _ABBREVIATIONS))})\."
    r"|['’](?:s|d|ll|ve|re|m)(?![^\W_])"
    r"|(?<=s)['’](?=\s)"
    r"|[^\W_]+(?:(?:['’](?!(?:s|d|ll|ve|re|m)(?![^\W_]))|[-‐‑&])[^\W_]+)*"
    r"|\.{2,}|[^\w\s\xad\u180e\u200b-\u200d\u2060-\u2064\ufeff]|_"  # hidden characters are no marks
)
_FINAL = re.compile(r"([.?!…,]?)[\s\"'”’»)\]›」』]*$")
_FINAL_WINDOW = 6
_MARKUP: Final = "=*_"
"""Marks by which Markdown and Obsidian stress words."""
_NOTE: Final = re.compile(
    r"(?:[=*_¹²³⁴⁵⁶⁷⁸⁹⁰†‡]+"
    r"|[,.]?\s?\(\d{1,2}\)"
    r"|[,.]?\s?\[(?:\^[\w-]{1,12}|\d{1,3}|[a-z]|(?:[Nn]ote|ref\.?) \w{1,3}|citation needed)\]"
    r"|\s?<!--.{0,120}?-->|\s?%%.{0,120}?%%)+"
)
"""What may stand between a quotation and its tag: stress, footnote marks, comments."""
_NOTE_WINDOW: Final = 160
DATELINE_WINDOW: Final = 14
"""The longest dateline, in tokens."""
SHORT_DATELINE: Final = 4
"""The longest dateline without a day, in tokens, of a place that is not in capitals."""
MAX_SENTENCE: Final = 200
"""A sentence is cut after this many tokens: look-around is bounded by it everywhere."""


class Stream(Struct, frozen=True, gc=False):
    """The tokens of one paragraph: parallel rows; `marked` maps a quote token to its stretch.

    `finals` holds for each quote token the mark its words end with (`,`, `.`, `?` ... or empty);
    `sentences` numbers the sentence each token lies in, `openings` holds each sentence's first.
    """

    text: str
    words: tuple[str, ...]
    lower: tuple[str, ...]
    starts: Sequence[int]
    ends: Sequence[int]
    flags: tuple[int, ...]
    marked: dict[int, int]
    finals: dict[int, str]
    sentences: Sequence[int]
    openings: list[int]

    def final(self, token: int) -> str:
        """Return the mark that the words of a quote token end with, empty for other tokens."""
        return self.finals.get(token, "")

    def sentence(self, token: int) -> tuple[int, int]:
        """Return the tokens of the sentence that a token lies in, end exclusive."""
        number = self.sentences[token]
        following = number + 1
        end = self.openings[following] if following < len(self.openings) else len(self.words)
        return self.openings[number], end


class _ReadWords(dict[str, tuple[str, str, int]]):
    """Each word, which most texts have again and again, with its small letters and its classes."""

    def __missing__(self, word: str) -> tuple[str, str, int]:
        if len(self) >= CACHED:
            self.clear()
        read = self[word] = (word, *classify(word))
        return read


_READ_WORDS: Final = _ReadWords()
_DOTTED: Final = "U.S."


def dateline_end(stream: Stream) -> int:
    """Return the dash that ends the dateline a paragraph opens with, -1 where it has none."""
    return _dateline_end(stream.words, stream.flags)


def find_words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the words and marks between two offsets of a text, blanks left out."""
    return [match.span() for match in _TOKEN.finditer(text, start, end)]


def read_stream(text: str, marked: Sequence[Marked]) -> Stream:
    """Read one paragraph with its marked stretches into tokens."""
    spans: list[tuple[int, int]] = []
    quotes: dict[int, int] = {}
    edge = 0
    for number, one in enumerate(marked):
        start = one.outer_start
        while start > edge and text[start - 1] in _MARKUP:
            start -= 1
        spans.extend(find_words(text, edge, start))
        quotes[len(spans)] = number
        spans.append((one.outer_start, one.outer_end))
        edge = one.outer_end
        note = _NOTE.match(text, edge, edge + _NOTE_WINDOW)
        following = marked[number + 1].outer_start if number + 1 < len(marked) else len(text)
        edge = note.end() if note and note.end() <= following else edge
    spans.extend(find_words(text, edge, len(text)))
    rows = _read_words(text, spans)
    finals: dict[int, str] = {}
    for token, number in quotes.items():
        rows[token] = _READ_WORDS[""]
        finals[token] = _final(text, marked[number].start, spans[token][1])
    words, lower, flags = zip(*rows, strict=True) if rows else ((), (), ())
    starts, ends = _columns(spans)
    sentences, openings = _number_sentences(text, words, flags, starts, marked)
    return Stream(
        text=text,
        words=words,
        lower=lower,
        starts=starts,
        ends=ends,
        flags=flags,
        marked=quotes,
        finals=finals,
        sentences=sentences,
        openings=openings,
    )


class Streams:
    """The tokens of paragraphs, each read once; the sentences in them are looked up.

    `clauses` holds those of each sentence read so far, with the token that they begin at.
    """

    def __init__(self) -> None:
        self._read: dict[str, Stream] = {}
        self.clauses: dict[tuple[str, tuple[str, ...]], tuple[int, tuple[Clause, ...]]] = {}

    def read(self, text: str, marked: Sequence[Marked]) -> Stream:
        """Read one paragraph with its marked stretches into tokens."""
        stream = self._read[text] = read_stream(text, marked)
        return stream

    def sentence(self, text: str, start: int, end: int) -> Stream:
        """Return the tokens of a sentence of a paragraph, those in marks as any others."""
        read = self._read.get(text)
        if read is not None:
            first, stop = bisect_left(read.starts, start), bisect_left(read.starts, end)
            words = read.words[first:stop]
            # What is folded, or left out beside a quotation, is read here.
            if (
                words
                and "" not in words
                and (read.starts[first], read.ends[stop - 1]) == (start, end)
            ):
                rows = words, read.lower[first:stop], read.flags[first:stop]
                starts = array("i", [one - start for one in read.starts[first:stop]])
                ends = array("i", [one - start for one in read.ends[first:stop]])
                return _as_sentence(text[start:end], rows, starts, ends)
        return read_sentence(text[start:end])


def read_sentence(text: str) -> Stream:
    """Read a text that is taken for one sentence into tokens."""
    spans = find_words(text, 0, len(text))
    rows = _read_words(text, spans)
    words, lower, flags = zip(*rows, strict=True) if rows else ((), (), ())
    return _as_sentence(text, (words, lower, flags), *_columns(spans))


def _read_words(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, str, int]]:
    """Return the words of a text with their classes.

    Some wires write a capital behind `U.S.` as if a sentence had ended: `the U.S. Has banned it`.
    """
    rows = [_READ_WORDS[text[start:end]] for start, end in spans]
    if _DOTTED in text:
        for at in range(1, len(rows)):
            word, lower, flag = rows[at]
            before = rows[at - 1][0] if rows[at - 1][0] != "," else rows[at - 2][0]
            if (
                before == _DOTTED
                and flag & CAPITAL
                and not flag & TIME
                and _is_no_name(lower, flag)
            ):
                rows[at] = word, lower, flag & ~CAPITAL
    return rows


def _is_no_name(lower: str, flag: int) -> bool:
    """Whether a word in small letters is a small word, or a verb and hardly a noun."""
    role = grammar_word(lower)
    return bool(flag & (AUX | CONJ | REL) or lower == "to") or (
        bool(role & (PAST | THIRD)) and not role & NOUN_TOO
    )


def _columns(spans: Sequence[tuple[int, int]]) -> tuple[array[int], array[int]]:
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    return array("i", starts), array("i", ends)


def _as_sentence(
    text: str,
    rows: tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]],
    starts: array[int],
    ends: array[int],
) -> Stream:
    return Stream(text, *rows[:2], starts, ends, rows[2], {}, {}, bytes(len(starts)), [0])


def _final(text: str, start: int, end: int) -> str:
    found = _FINAL.search(text, max(start, end - _FINAL_WINDOW), end)
    return found.group(1) if found else ""


def _number_sentences(
    text: str,
    words: Sequence[str],
    flags: Sequence[int],
    starts: Sequence[int],
    marked: Sequence[Marked],
) -> tuple[array[int], list[int]]:
    """Return the sentence number of each token, and the first token of each sentence.

    A boundary inside a marked stretch is ignored; a sentence longer than MAX_SENTENCE is cut.
    """
    stretches = [(one.outer_start, one.outer_end) for one in marked]
    edges = [start for start, _ in split_sentences(text)]
    cuts = {bisect_left(starts, edge) for edge in edges if not _lies_in(stretches, edge)}
    cuts.add(_dateline_end(words, flags) + 1)
    size = len(words)
    openings = [0]
    for cut in sorted({*(cut for cut in cuts if 0 < cut < size), size}):
        openings.extend(range(openings[-1] + MAX_SENTENCE + 1, cut, MAX_SENTENCE + 1))
        if cut < size:
            openings.append(cut)
    numbers = array("i")
    for number, (first, end) in enumerate(zip(openings, [*openings[1:], size], strict=True)):
        numbers.extend(repeat(number, end - first))
    return numbers, openings


def _lies_in(stretches: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether an offset lies inside one of the stretches, which are in order."""
    number = bisect_left(stretches, (at, 0)) - 1
    return number >= 0 and at < stretches[number][1]


def _dateline_end(words: Sequence[str], flags: Sequence[int]) -> int:
    """Return the mark that ends a dateline (`HULL, Jan. 5 (AP) —`, `(AP) — Mayor …`), or -1.

    A colon or a bracket ends one behind a day, a colon behind a place in capitals, too.
    """
    if words[2:4] in ((")", "—"), (")", "–"), (")", "-")) and words[0] == "(":
        return 3 if len(words) > 4 else -1
    if not words or len(words[0]) < 3 or not flags[0] & CAPITAL:
        return -1
    is_loud = words[0].isupper()
    is_dated = False
    for position in range(1, min(len(words) - 1, DATELINE_WINDOW)):
        word, opens = words[position], flags[position + 1] & CAPITAL
        if word in ("—", "–", "-"):
            is_short = position < SHORT_DATELINE or is_dated
            return position if is_loud or (opens and is_short) else -1
        if opens and ((word == ":" and (is_loud or is_dated)) or (word == ")" and is_dated)):
            return position
        is_dated |= word.isdigit()
        is_part = word.isdigit() or (is_loud and word == "and")
        if not is_part and not flags[position] & (CAPITAL | TIME | PUNCT):
            return -1
    return -1
