"""Quotations set apart without marks: extracts that the paragraph before announces, or signed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from briefing.annotate.quotes.article_reading import Reading
from briefing.annotate.quotes.candidates import Candidate, Options
from briefing.annotate.quotes.rules_beyond_sentence import DASHES, is_signature
from briefing.english.marks import Marked
from briefing.english.phrases import Phrase, Phrases
from briefing.english.subjects import sentence_subject
from briefing.english.word_classes import BODY, CAPITAL, DOCUMENT, WORD
from briefing.world.outlets import may_be_outlet, usual_name

MIN_WORDS: Final = 12
"""A shorter paragraph without marks is no extract."""
MAX_LABEL: Final = 4
"""The longest label of a line, in tokens."""
_LOOK_BACK: Final = 8
MIN_SIGNED: Final = 4
"""A paragraph of fewer tokens is no signed quotation."""
_INTERVIEWS: Final = frozenset(("interview", "conversation", "spoke", "talked", "q&a"))
_MEETS: Final = _INTERVIEWS - {"q&a"}
_TALKS: Final = frozenset(("spoke", "talked"))
_OF: Final = frozenset((("of",), ("from",), ("for",), ("at",)))
_OWN: Final = frozenset(("i", "we", "my", "our", "me", "us"))
_ADDRESS: Final = re.compile(r"(?:https?://|pic\.twitter\.com/)\S*")
_NO_INTERVIEWEE: Final = Candidate("transcript_line", 0, None)
_NOBODY: Final = Candidate("block_signed", 0, None)


class BlockQuotation(Struct, frozen=True):
    """A paragraph, from token `first` to `last` (-1 for its end), that is a quotation."""

    paragraph: int
    first: int
    candidate: Candidate
    last: int = -1


def find_block_quotations(reading: Reading, options: Options) -> dict[int, BlockQuotation]:
    """Find the paragraphs that are quotations without marks, by number."""
    found: dict[int, BlockQuotation] = {}
    for number in range(len(reading.phrases)):
        block = None
        if "block_signed" not in options.off and (signed := _signed(reading, number)):
            block = signed
        elif "block_announced" not in options.off and _may_be_extract(reading, number):
            block = _announced(reading, number) or _continued(reading, number, found)
        if block is not None:
            found[number] = block
    return found


def _signed(reading: Reading, number: int) -> BlockQuotation | None:
    """Return a paragraph that is signed by its own last line or by the paragraph below it.

    Below it the signature of a contributor looks the same: then the words must be somebody's own.
    """
    phrases, stream = reading.phrases[number], reading.phrases[number].stream
    line = stream.text.rstrip().rfind("\n") + 1
    first = bisect_left(stream.starts, line)
    if line and first >= MIN_SIGNED:
        if not _has_own_words(stream.text[:line], reading.marked[number]):
            return None
        return _signed_with(phrases, first, number, BlockQuotation(number, 0, _NOBODY, first - 1))
    if reading.quote_tokens[number]:
        return None
    is_own = not _OWN.isdisjoint(phrases.lower) and phrases.size >= MIN_SIGNED
    if not is_own or number + 1 >= len(reading.phrases):
        return None
    return _signed_with(
        reading.phrases[number + 1], 0, number + 1, BlockQuotation(number, 0, _NOBODY)
    )


def _has_own_words(text: str, marked: Sequence[Marked]) -> bool:
    """Whether a text has words outside marks, addresses of pages and pictures aside."""
    at = 0
    for one in (*marked, None):
        end = one.start if one is not None and one.start < len(text) else len(text)
        if any(map(str.isalpha, _ADDRESS.sub("", text[at:end]))):
            return True
        at = one.end if one is not None else end
    return False


def _signed_with(
    phrases: Phrases, dash: int, number: int, block: BlockQuotation
) -> BlockQuotation | None:
    """Return a block with the speaker of the signature that opens with a dash, None without one."""
    first = dash
    while first < phrases.size and phrases.stream.words[first] in DASHES:
        first += 1
    if first == dash or not is_signature(phrases, first):
        return None
    subject = phrases.starting_at(first, phrases.size)
    if subject is None or subject.head != "name":
        return None
    return replace(block, candidate=Candidate("block_signed", number, subject))


def _may_be_extract(reading: Reading, number: int) -> bool:
    if reading.quote_tokens[number]:
        return False
    return sum(1 for flag in reading.phrases[number].flags if flag & WORD) >= MIN_WORDS


def _announced(reading: Reading, number: int) -> BlockQuotation | None:
    """Return the paragraph as an extract if the one before ends with a colon or trails off."""
    if number == 0:
        return None
    before = reading.phrases[number - 1]
    if not before.size or (number - 1 and _is_list(reading, number)):
        return None
    ending = before.stream.words[-1]
    trails = ending == "…" or ending.startswith("..")
    if ending != ":" and not trails:
        return None
    phrase = _announcer(reading, number - 1, trails=trails)
    if phrase is None:
        return None
    return BlockQuotation(number, 0, Candidate("block_announced", number - 1, phrase))


def _is_list(reading: Reading, number: int) -> bool:
    """Whether a paragraph is an item of a list or opens with a label: bullets, digits, `Label:`."""
    phrases = reading.phrases[number]
    words = phrases.stream.words
    return not phrases.flags[0] & WORD or words[0].isdigit() or ":" in words[1 : MAX_LABEL + 1]


def _announcer(reading: Reading, number: int, *, trails: bool) -> Phrase | None:
    """Return who or what the last sentence of a paragraph announces as the next speaker."""
    phrases = reading.phrases[number]
    if (attributed := _attributed(phrases)) is not None:
        return attributed
    sentence = phrases.stream.sentences[-1]
    for frame in reversed(reading.frames[number]):
        if phrases.stream.sentences[frame.at] != sentence:
            break
        if frame.order == "source" or (not trails and frame.verb.kinds & {"say", "clause"}):
            return frame.subject
    first = phrases.stream.sentences.index(sentence)
    has_document = any(
        flag & DOCUMENT
        for flag in phrases.flags[max(first, phrases.size - _LOOK_BACK * (3 if trails else 1)) :]
    )
    if not has_document:
        return None
    subject = sentence_subject(phrases, first, phrases.size)
    if subject is None or subject.head == "pronoun":
        return subject
    if trails and subject.head == "noun" and not phrases.classes(subject) & (BODY | CAPITAL):
        return None
    return subject


def _attributed(phrases: Phrases) -> Phrase | None:
    """Return whose words a readout says that it is: `The following is attributable to Ana Lin:`."""
    pairs = enumerate(pairwise(phrases.lower))
    at = next((at for at, two in pairs if two == ("attributable", "to")), None)
    return None if at is None else phrases.starting_at(at + 2, phrases.size)


def _continued(
    reading: Reading, number: int, found: dict[int, BlockQuotation]
) -> BlockQuotation | None:
    """Return the paragraph as part of the extract before it, if that one trailed off.

    A readout is all of one speaker.
    """
    before = found.get(number - 1)
    if before is None or before.candidate.rule != "block_announced":
        return None
    ending = reading.phrases[number - 1].stream.words[-1]
    trails = ending == "…" or ending.startswith("..")
    if not trails and _attributed(reading.phrases[before.candidate.paragraph]) is None:
        return None
    return BlockQuotation(number, 0, before.candidate)


def find_interviewee(reading: Reading, first: int) -> Candidate:
    """Return who is interviewed by the text before the first line of a transcript, if it says so.

    `An interview with Ana Lin`, `We spoke to Ana Lin`, `Ana Lin spoke to Per Moen of the Echo`. It
    is the only person named there where the text says so of a pronoun: `We spoke to her`.
    """
    for number, phrases in enumerate(reading.phrases[:first]):
        for position in range(phrases.size - 2):
            two = phrases.lower[position : position + 2]
            name = phrases.names[position + 2]
            if two[0] in _INTERVIEWS and two[1] in ("with", "to") and name == position + 2:
                phrase = phrases.starting_at(name, phrases.size)
                if two[0] in _TALKS and phrase is not None and _is_reporter(phrases, phrase):
                    first, _ = phrases.stream.sentence(position)
                    phrase = _speaking(phrases, first, position)
                if phrase is not None and (phrase.head != "name" or _is_full(phrase)):
                    return Candidate("transcript_line", number, phrase)
    head = reading.phrases[:first]
    is_told = any(not _MEETS.isdisjoint(phrases.lower) for phrases in head)
    named = {words: one for words, one in _full_names(head) if is_told}
    return next(iter(named.values())) if len(named) == 1 else _NO_INTERVIEWEE


def _full_names(head: Sequence[Phrases]) -> Iterator[tuple[str, Candidate]]:
    """Yield the names of two words and more that no outlet has and no article stands before."""
    for number, phrases in enumerate(head):
        for at in range(phrases.size):
            phrase = phrases.starting_at(at, phrases.size) if phrases.names[at] == at else None
            if phrase is None or not _is_full(phrase) or phrases.lower[at - 1 : at] == ("the",):
                continue
            words = phrases.text(phrase.name_first, phrase.name_last)
            if not may_be_outlet(words) and usual_name(words) is None:
                yield words, Candidate("transcript_line", number, phrase)


def _speaking(phrases: Phrases, first: int, end: int) -> Phrase | None:
    """Return the subject of words before a verb, else the first full name there."""
    subject = sentence_subject(phrases, first, end)
    names = (phrases.starting_at(at, end) for at in range(first, end) if phrases.names[at] == at)
    return subject or next((one for one in names if one is not None and _is_full(one)), None)


def _is_full(phrase: Phrase) -> bool:
    return phrase.name_last > phrase.name_first


def _is_reporter(phrases: Phrases, phrase: Phrase) -> bool:
    """Whether a name is an outlet's, or somebody of an outlet: `Per Moen of the Halm Echo`."""
    at = phrase.name_last + 1
    if phrases.lower[at : at + 1] in _OF:
        at += 1 + (phrases.lower[at + 1 : at + 2] == ("the",))
    else:
        at = phrase.name_first
    last = at
    while last + 1 < phrases.size and phrases.names[last + 1] == phrases.names[at] >= 0:
        last += 1
    return at < phrases.size and may_be_outlet(phrases.text(at, last))
