"""Frames of speech: a cue verb with its speaker and its hearer, and how frames nest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from briefing.english.phrases import Phrase, Phrases
from briefing.english.verbs import Verb
from briefing.english.word_classes import CONJ, QUOTE

SubjectOrder = Literal["before", "after", "shared", "source"]


class Frame(Struct, frozen=True, gc=False):
    """A cue at token `at` (to `cue_last`), who speaks, and how the subject was found.

    `order` is `before` or `after` for a subject on that side of the verb, `shared` for one taken
    over from an earlier verb (`adding`, `and called`), `source` for `according to X`.
    """

    at: int
    cue_last: int
    verb: Verb
    subject: Phrase
    order: SubjectOrder
    to: Phrase | None = None
    finite: bool = True

    @property
    def first(self) -> int:
        """Return the first token of the frame."""
        return min(self.at, self.subject.first) if self.order != "shared" else self.at

    @property
    def last(self) -> int:
        """Return the last token of the frame, its hearer included."""
        end = max(self.cue_last, self.subject.last if self.order in ("after", "source") else -1)
        return max(end, self.to.last if self.to else -1)


def governing_frame(phrases: Phrases, frames: Sequence[Frame], token: int) -> Frame | None:
    """Return the frame before a token that reports it: the outer one of two nested ones."""
    sentence = phrases.stream.sentences[token]
    best: Frame | None = None
    for frame in frames:
        if frame.last >= token:
            break
        if phrases.stream.sentences[frame.at] != sentence or frame.order == "source":
            continue
        if best is None or not is_nested(phrases, best, frame):
            best = frame
    return best


def is_nested(phrases: Phrases, outer: Frame, inner: Frame) -> bool:
    """Whether a frame is part of the words that an earlier one reports."""
    if not outer.verb.kinds & {"clause"} or inner.order == "shared":
        return (
            inner.order == "shared"
            and inner.subject == outer.subject
            and not inner.finite
            and "say" not in inner.verb.kinds
        )
    start = outer.last + 1
    first = inner.first
    if start >= first:
        return start == first
    for position in range(start, first):
        flag = phrases.flags[position]
        if flag & QUOTE or phrases.stream.words[position] in (";", "—"):
            return False
    before = first - 1
    if phrases.stream.words[before] == ",":
        return False
    return not (
        (phrases.flags[before] & CONJ and phrases.lower[before] in ("and", "but"))
        or phrases.lower[before] in ("while", "whereas", "though", "although")
    )
