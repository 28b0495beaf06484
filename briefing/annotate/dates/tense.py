"""Whether a sentence speaks of what has happened or of what is to come, at a date in it.

It reads the groups of verbs around the date. Where they do not agree, the answer is that nothing is
known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

from briefing.annotate.dates.full import date_words
from briefing.annotate.dates.resolving import Tense
from briefing.english.segment_reader import read_segments
from briefing.english.segments import SentencePart, VerbGroup
from briefing.english.tokens import Stream, read_sentence

BEFORE: Final = 240
AFTER: Final = 160
"""How many characters before and after a date are read, within its sentence."""

Kind = Literal["past", "weak", "future", "unclear", "present"]
"""What a verb tells: `weak` is a past form that may be a participle."""

_FUTURE: Final = frozenset(("will", "shall", "may"))
_SUPPOSING: Final = frozenset(("if", "whether", "unless"))
_BOUNDARIES: Final = frozenset((",", ";", "and", "subordinator", "relative"))


class _Cue(NamedTuple):
    """A verb, or a word that supposes something: its token, and what it tells."""

    at: int
    kind: Kind


def find_tense(
    text: str, sentence: tuple[int, int], start: int, end: int, is_quoted: Callable[[int], bool]
) -> Tense | None:
    """Return the tense of the verb that a date at `start:end` of `text` belongs to.

    `sentence` is the span that holds the date; verbs for whose place `is_quoted` is true are not
    the reporter's and do not count. A date that opens its clause belongs to the verb after it, any
    other to the verb before it. None where that verb is neither past nor future, where it is a
    participle and the clause holds another tense too, or where there is none.
    """
    low, high = max(sentence[0], start - BEFORE), min(sentence[1], end + AFTER)
    stream = read_sentence(text[low:high])
    chunks = read_segments(stream, 0, len(stream.words))
    cues = [one for one in _cues(stream, chunks) if not is_quoted(low + stream.starts[one.at])]
    date = sum(1 for one in stream.ends if one <= start - low)
    behind = sum(1 for one in stream.starts if one < end - low)
    before = [one.kind for one in cues if one.at < date]
    opening = _opening(stream, chunks, date)
    if opening is None:
        return _judge(before[-1:], before)
    after = [one.kind for one in cues if one.at >= behind]
    tense = _judge(after[:1], after)
    if opening == "," and before and _judge(before[-1:], before) != tense:
        return None
    return tense


def _opening(stream: Stream, chunks: Sequence[SentencePart], date: int) -> str | None:
    """Return the kind of what opens the clause that a date stands first in, None for no such.

    It is the kind of a chunk, or empty for the sentence itself and for brackets.
    """
    last: SentencePart | None = None
    for chunk in chunks:
        if chunk.first >= date:
            break
        if chunk.kind != "preposition" and chunk.last < date:
            last = chunk
        elif chunk.last >= date and chunk.kind == "noun" and chunk.first < date - 1:
            return None  # part of a longer phrase
    edge = last.last + 1 if last is not None else 0
    if "(" in stream.words[edge:date]:
        return ""
    if last is None:
        return ""
    return last.kind if last.kind in _BOUNDARIES else None


def _cues(stream: Stream, chunks: Sequence[SentencePart]) -> Iterator[_Cue]:
    """Yield what the verbs of a sentence tell, in order."""
    governor: VerbGroup | None = None
    for chunk in chunks:
        word = stream.lower[chunk.first]
        if chunk.verb is None:
            if word in _SUPPOSING or word == "every":
                yield _Cue(chunk.first, "unclear")
            continue
        kind = _infinitive(stream, chunk.verb, governor) or _finite(stream, chunk.verb)
        if kind is not None:
            yield _Cue(chunk.verb.head, kind)
        if chunk.verb.form != "infinitive":
            governor = chunk.verb


def _infinitive(stream: Stream, verb: VerbGroup, governor: VerbGroup | None) -> Kind | None:
    """Return what an infinitive tells by the word it hangs on: plans to meet, agreed to meet."""
    if verb.form != "infinitive":
        return None
    before = stream.lower[verb.first - 1] if verb.first else ""
    if before in date_words("planning"):
        return "future"
    is_past = governor is not None and (governor.past or governor.perfect or governor.modal)
    ahead = governor is not None and stream.lower[governor.head] in date_words("prospective")
    return "unclear" if verb.passive or (is_past and ahead) else None


def _finite(stream: Stream, verb: VerbGroup) -> Kind | None:
    """Return what a finite verb or a participle tells; None for one that tells nothing."""
    word = stream.lower[verb.head]
    if verb.form == "participle":
        return "unclear" if word in date_words("ahead") else "weak"
    if verb.form != "finite":
        return None
    if verb.modal is not None:
        return "future" if verb.modal in _FUTURE and not verb.perfect else "unclear"
    if _looks_ahead(stream, verb):
        return "unclear" if verb.past or verb.perfect else "future"
    if not (verb.past or verb.perfect):
        return "present"
    is_bare = verb.first == verb.head and word not in date_words("past")
    return "weak" if is_bare else "past"


def _looks_ahead(stream: Stream, verb: VerbGroup) -> bool:
    """Whether a form of to be says what is to come: is expected, is due, is going to, is to."""
    if verb.lemma != "be":
        is_form = verb.passive or stream.lower[verb.first] in ("is", "are", "am", "was", "were")
        return (
            is_form and verb.first != verb.head and stream.lower[verb.head] in date_words("ahead")
        )
    at = verb.last + 1
    while at < len(stream.lower) and stream.lower[at].endswith("ly") and at < verb.last + 3:
        at += 1
    return at < len(stream.lower) and stream.lower[at] in date_words("ahead")


def _judge(nearest: list[Kind], beside: list[Kind]) -> Tense | None:
    match nearest:
        case ["past"]:
            return "past"
        case ["future"]:
            return "future"
        case ["weak"] if not {"future", "unclear"} & set(beside):
            return "past"
        case _:
            return None
