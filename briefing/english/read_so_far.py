"""A sentence while it is read from left to right: its words, and the segments so far."""

from __future__ import annotations

from typing import Final

from briefing.english import grammar_words as gw
from briefing.english import word_classes as wc
from briefing.english.segments import PartKind, SentencePart, VerbGroup, shift
from briefing.english.tokens import Stream
from briefing.english.verb_forms import ING, NOUN_TOO, PARTICIPLE
from briefing.english.verbs import takes_clause

_CLOSED: Final = (
    wc.DET | wc.POSS | wc.PREP | wc.CONJ | wc.SUB | wc.AUX | wc.ADV | wc.PRON | wc.TIME | wc.CAPITAL
)
_OPENING: Final = wc.DET | wc.POSS | wc.PRON | wc.PREP | wc.CONJ | wc.SUB | wc.REL | wc.AUX | wc.ADV
_ASKING: Final = frozenset(("be", "have", "do"))
_NO_WORDS: Final = ("", "", "", "")
_NO_FLAGS: Final = (wc.PUNCT, wc.PUNCT, wc.PUNCT, wc.PUNCT)


class ReadSoFar:
    """The tokens of one sentence, numbered from 0, and what was read of it so far.

    Behind the last token stand a few empty ones, which those before the first are too: nobody need
    ask whether there is a token. `base` is the number in the stream of the first.
    """

    __slots__ = (
        "base",
        "end",
        "flags",
        "has_finite",
        "last",
        "lower",
        "roles",
        "segments",
        "starts",
    )

    def __init__(self, stream: Stream, first: int, end: int) -> None:
        self.base, self.end = first, end - first
        self.lower = [*stream.lower[first:end], *_NO_WORDS]
        self.flags = [*stream.flags[first:end], *_NO_FLAGS]
        self.roles = list(map(gw.grammar_word, self.lower))
        self.starts = stream.starts
        self.segments: list[SentencePart] = []
        self.last: PartKind | None = None
        self.has_finite = False
        self._read_marks()

    def _read_marks(self) -> None:
        """Take apostrophes that own nothing for marks, and small words that open for small."""
        self._open(0)
        for at in [at for at, role in enumerate(self.roles) if role & gw.OPENS]:
            owns = self.lower[at - 1].endswith("s") and self.is_joined(at)
            if self.flags[at] & wc.GENITIVE and not owns:
                self.flags[at] = wc.PUNCT
            self._open(at + 1)

    def _open(self, at: int) -> None:
        """Read a word that opens a sentence, or a quotation in it, as if it had no capital."""
        flag, role = self.flags[at], self.roles[at]
        if not flag & wc.CAPITAL or flag & wc.TITLE:
            return
        follows = self.flags[at + 1]
        if flag & _OPENING:
            is_small = (
                not flag & wc.AUX
                or not flag & wc.TIME
                or bool(follows & (wc.CAPITAL | wc.PRON | wc.DET))
            )
        elif role & NOUN_TOO:
            return
        else:
            is_small = bool(
                (role & ING and follows & (wc.DET | wc.POSS | wc.PRON | wc.PREP | wc.SUB | wc.REL))
                or (role & PARTICIPLE and follows & (wc.PREP | wc.SUB | wc.REL))
            )
        if is_small:
            self.flags[at] = flag & ~wc.CAPITAL

    def is_joined(self, at: int) -> bool:
        """Whether a token stands directly behind the one before it, without a blank."""
        place = self.base + at
        if not 0 < at < self.end:
            return False
        return self.starts[place] - self.starts[place - 1] == len(self.lower[at - 1])

    def add(self, kind: PartKind, first: int, last: int, head: int) -> None:
        """Add a segment that is no verb."""
        base = self.base
        self.segments.append(SentencePart(kind, base + first, base + last, base + head))
        self.last = kind
        if kind in ("subordinator", "relative", ";"):
            self.has_finite = False

    def add_verb(self, group: VerbGroup) -> None:
        """Add a group of verbs."""
        group = shift(group, self.base)
        self.segments.append(SentencePart("verb", group.first, group.last, group.head, group))
        self.last = "verb"
        if group.form == "finite":
            self.has_finite = not takes_clause(group.lemma)

    def opened_question(self, back: int) -> VerbGroup | None:
        """Return the auxiliary so many segments before here if it may open a question."""
        segments = self.segments
        opened = segments[-back].verb if len(segments) >= back else None
        if opened is None or opened.form != "finite" or opened.lemma not in _ASKING:
            return None
        if not self.flags[opened.head - self.base] & wc.AUX:
            return None
        before = segments[-back - 1].kind if len(segments) > back else "subordinator"
        return opened if before in ("subordinator", "and") else None

    def last_verb(self, within: int) -> VerbGroup | None:
        """Return the last group of verbs among so many segments before here."""
        return next((one.verb for one in reversed(self.segments[-within:]) if one.verb), None)

    def is_plain_noun(self, at: int) -> bool:
        """Whether a word can only be a noun, an adjective or a verb by its class."""
        return (self.flags[at] & (wc.WORD | _CLOSED)) == wc.WORD and not self.roles[at] & gw.FIGURE

    def joins_figures(self, at: int) -> bool:
        """Whether a mark stands inside a number: 1.5, 3,000."""
        return bool(
            self.roles[at] & gw.NUMERAL_MARK
            and self.roles[at - 1] & self.roles[at + 1] & gw.FIGURE
            and self.is_joined(at)
            and self.is_joined(at + 1)
        )
