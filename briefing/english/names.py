"""Where capitalised names stand in a row of words."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Final

from briefing.english import word_classes as wc
from briefing.english.lexicon import read_words
from briefing.english.tokens import Stream
from briefing.english.verb_forms import verb_form

NICKNAME: Final = 24
"""The longest stretch in marks, in characters, that can be a nickname inside a name."""

_PARTICLES: Final = read_words("english", "people", "particle")
_OPENING_PARTICLES: Final = _PARTICLES - {"ten", "den", "dos", "das", "y", "la", "le", "el", "abu"}
"""Those that no other word of an English text is."""
_GIVEN: Final = read_words("english", "given_names")
_FAMILY: Final = read_words("english", "grammar", "family")
_INVITES: Final = read_words("english", "grammar", "invitation")
_CLOSED: Final = wc.DET | wc.POSS | wc.PRON | wc.PREP | wc.CONJ | wc.SUB
_TAG_VERBS: Final = ("ed", "said", "wrote", "told", "says", "writes")


def find_names(stream: Stream) -> Sequence[int]:
    """Return for each token the first token of the name it belongs to, or `-1`."""
    flags = stream.flags
    owner = array("i", [-1]) * len(flags)
    edge = 0
    for start, flag in enumerate(flags):
        if start < edge or not flag & wc.CAPITAL or not _opens_name(stream, start):
            continue
        if _invites(stream, start):
            continue
        end = _name_end(stream, start)
        first = start
        if start > edge and stream.words[start - 1] in _OPENING_PARTICLES:
            first -= _is_particle(stream, start - 1)
        owner[first:end] = array("i", [first]) * (end - first)
        edge = end
    return owner


def _is_particle(stream: Stream, position: int) -> bool:
    """Whether a word belongs to the family name behind it: `van Oort said`."""
    return not (position and stream.flags[position - 1] & wc.DET)


def _name_end(stream: Stream, start: int) -> int:
    """Return the end, exclusive, of the name that opens at a token."""
    flags = stream.flags
    end = start + 1
    position = end
    while position < len(flags):
        flag = flags[position]
        if flag & wc.CAPITAL:
            is_time = flag & wc.TIME and not _is_time_in_name(stream, position)
            if is_time or (
                flag & (wc.DET | wc.CONJ | wc.SUB | wc.PRON) and len(stream.words[position]) > 1
            ):
                break
            position += 1
            end = position
        elif _links(stream, position):
            position += 1
        else:
            break
    return end


def _is_time_in_name(stream: Stream, position: int) -> bool:
    """Whether a word for a time is part of a name: `Ana Early`, `the Hull Morning Herald`."""
    if stream.lower[position] in _FAMILY:
        return stream.words[position - 1] in _GIVEN
    following = stream.flags[position + 1] if position + 1 < len(stream.flags) else 0
    if (
        stream.lower[position] == "may"
        and not "".join(stream.words[position + 1 : position + 2]).isdigit()
    ):
        return bool(stream.flags[position - 1] & wc.TITLE) or stream.words[position - 1] in _GIVEN
    is_inside = following & wc.CAPITAL and not following & (wc.TIME | wc.TITLE)
    return bool(is_inside) and stream.lower[position] in ("morning", "evening")


def _links(stream: Stream, position: int) -> bool:
    """Whether a token joins two parts of a name: a particle, `&`, a slash, a nickname."""
    following = position + 1
    if following >= len(stream.flags) or not stream.flags[following] & wc.CAPITAL:
        return False
    word = stream.words[position]
    if stream.lower[position] in _PARTICLES or word == "&":
        return True
    if word in ("-", "/"):
        return stream.ends[position - 1] == stream.starts[position]
    return (
        bool(stream.flags[position] & wc.QUOTE)
        and not stream.final(position)
        and stream.ends[position] - stream.starts[position] <= NICKNAME
        and stream.sentences[position] == stream.sentences[following]
    )


def _opens_name(stream: Stream, position: int) -> bool:
    """Whether a capital opens a name and not merely a sentence."""
    flag = stream.flags[position]
    following = stream.flags[position + 1] if position + 1 < len(stream.flags) else 0
    if flag & wc.TIME:
        is_named = following & wc.CAPITAL and not following & wc.TIME and position > 0
        is_speaker = flag & wc.AUX and following & wc.CUE and not _tells_when(stream, position)
        is_speaker = is_speaker and stream.lower[position + 1].endswith(_TAG_VERBS)
        return bool(is_speaker or (is_named and stream.lower[position - 1] == "the"))
    opens = opens_clause(stream, position)
    if not flag & (_CLOSED | wc.AUX | wc.ADV | wc.VERB):
        return not opens or _is_name_at_opening(stream, position, following)
    if not opens:
        return not flag & wc.PRON
    if flag & _CLOSED:
        return False
    if flag & wc.AUX and following & wc.CUE and stream.lower[position + 1].endswith(_TAG_VERBS):
        return True
    is_given = stream.words[position] in _GIVEN or not flag & wc.AUX
    return bool(following & wc.CAPITAL) and is_given and not flag & wc.ADV


def _tells_when(stream: Stream, position: int) -> bool:
    """Whether a month behind a preposition or another time is one: `in May told …`."""
    return position > 0 and bool(stream.flags[position - 1] & (wc.PREP | wc.TIME | wc.DET))


def _invites(stream: Stream, position: int) -> bool:
    """Whether a verb opens a sentence in front of a name: `Meet Ana Lin`, `Watching Ana Lin`."""
    following = position + 1
    if following >= len(stream.flags) or not opens_clause(stream, position):
        return False
    word = stream.lower[position]
    if word.endswith("ing") and stream.words[position] not in _GIVEN:
        return stream.words[following] in _GIVEN
    following += stream.lower[following] == "to"
    is_name = following < len(stream.flags) and bool(stream.flags[following] & wc.CAPITAL)
    return word in _INVITES and is_name


def _is_name_at_opening(stream: Stream, position: int, following: int) -> bool:
    """Whether a word that opens a sentence is a name: no participle, no common noun."""
    flag = stream.flags[position]
    if stream.lower[position].endswith(("ing", "ed")):
        is_ing = _is_ing(stream, position)
        if is_ing and following & wc.CAPITAL and stream.words[position + 1].isupper():
            return False  # Shifting US arguments
        if is_ing and following & wc.PUNCT and all(_is_ing(stream, position + n) for n in (2, 4)):
            return False  # Closing, selling and leasing ports
        return bool(following & (wc.CAPITAL | wc.CUE | wc.GENITIVE | wc.AUX | wc.PUNCT))
    is_common = flag & (wc.PERSON | wc.BODY | wc.DOCUMENT) and not flag & (wc.TITLE | wc.ORG)
    return not is_common or bool(following & wc.CAPITAL)


def _is_ing(stream: Stream, position: int) -> bool:
    word = stream.lower[position] if position < len(stream.lower) else ""
    return word.endswith("ing") and verb_form(word) is not None


def opens_clause(stream: Stream, position: int) -> bool:
    """Whether a token opens its sentence, or stands right behind a quotation or a mark."""
    return (
        position == 0
        or stream.sentences[position - 1] != stream.sentences[position]
        or bool(stream.flags[position - 1] & (wc.QUOTE | wc.PUNCT))
    )
