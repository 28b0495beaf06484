"""Cut a sentence into segments, from left to right."""

from __future__ import annotations

from typing import Final

from briefing.english import grammar_words as gw
from briefing.english import word_classes as wc
from briefing.english.read_so_far import ReadSoFar
from briefing.english.segments import Finiteness, PartKind, SentencePart, VerbGroup
from briefing.english.tokens import Stream
from briefing.english.verb_forms import ING, NOUN_TOO
from briefing.english.verb_groups import read_asked, read_group
from briefing.english.verb_or_noun import verb_at

_DASHES: Final = frozenset(("—", "–", "-"))
_BREAKS: Final = frozenset((";", ":"))
_MONTHS_TOO: Final = frozenset(("may", "march"))
"""Months that are verbs as well."""
_OPENS_PHRASE: Final = frozenset(("the", "a", "an", "this", "that", "these"))
_ENDS: Final = wc.PREP | wc.CONJ | wc.SUB | wc.REL | wc.AUX | wc.PRON
_JOINS: Final = wc.PREP | wc.CONJ | wc.SUB | wc.REL
_OPENS_VERB: Final = gw.VERBAL | gw.NEGATION | gw.TO
_OPENS_GROUP: Final = wc.AUX | wc.GENITIVE
_MAY_END: Final = (
    wc.CAPITAL
    | wc.PREP
    | wc.CONJ
    | wc.SUB
    | wc.REL
    | wc.AUX
    | wc.PRON
    | wc.DET
    | wc.POSS
    | wc.ADV
    | wc.TIME
)
_MAY_END_ROLE: Final = gw.VERBAL | gw.PERSONAL
_MAY_SKIP: Final = wc.ADV | wc.TIME | wc.DET
_PREPOSITIONS_IN_ING: Final = frozenset(("according", "following", "regarding", "concerning"))
MAX_BRACKET: Final = 40
"""The longest aside in brackets, in tokens."""


def read_segments(stream: Stream, first: int, end: int) -> list[SentencePart]:
    """Cut the tokens from `first` to `end` (exclusive) into segments; adverbs are skipped.

    Marks of quotation are skipped as well, so that words in marks take part in the sentence.
    """
    reader = _Reader(stream, first, end)
    at, step, size = 0, reader.step, reader.reading.end
    while at < size:
        at = step(at)
    return reader.reading.segments


class _Reader:
    """Reads one segment after the other; `expected` is what is known of the next verb already."""

    __slots__ = ("expected", "reading")

    def __init__(self, stream: Stream, first: int, end: int) -> None:
        self.reading = ReadSoFar(stream, first, end)
        self.expected: tuple[int, Finiteness | None] = (-1, None)

    def step(self, at: int) -> int:
        """Read the segment at a token; return the token behind it."""
        reading = self.reading
        flag, role = reading.flags[at], reading.roles[at]
        if flag & wc.PUNCT:
            return self._mark(at)
        if flag & wc.QUOTE or not flag & (wc.WORD | wc.GENITIVE):
            return at + 1
        if role & _OPENS_VERB or flag & _OPENS_GROUP or self.expected[0] == at:
            group = self._group(at)
            if group is not None:
                reading.add_verb(group)
                return group.last + 1
        if flag & _JOINS or role & gw.SUBORDINATOR:
            kind = self._joining(at)
            if kind == "preposition":
                return self._preposition(at)
            if kind is not None:
                reading.add(kind, at, at, at)
                if kind == "relative" and not reading.roles[at + 1] & gw.VERBAL:
                    self._expect(at + 1)
                return at + 1
        behind = self._skipped(at) if flag & _MAY_SKIP or reading.lower[at] == "short" else at
        return behind if behind > at else self._noun_phrase(at)

    def _expect(self, at: int) -> None:
        """Remember of a word that no list has whether it is a verb: they empathise with her."""
        form = verb_at(self.reading, at)
        if form is not None:
            self.expected = (at, form)

    def _group(self, at: int) -> VerbGroup | None:
        reading = self.reading
        word = reading.lower[at]
        is_pronoun = word == "neither" and (
            reading.last != "noun" or reading.flags[at + 1] & wc.AUX
        )
        if word in _PREPOSITIONS_IN_ING or is_pronoun:
            return None
        asked = self._asked(at) if reading.last == "noun" and len(reading.segments) > 1 else None
        return asked or read_group(reading, at, self.expected)

    def _asked(self, at: int) -> VerbGroup | None:
        """Read the main verb of a question; its auxiliary before the subject is taken out."""
        reading, segments = self.reading, self.reading.segments
        if segments[-2].verb is None:
            return None
        opened = reading.opened_question(2)
        if opened is None and reading.roles[at - 1] & gw.PERSONAL:
            opened = self._turned()
        if opened is None:
            return None
        group = read_asked(reading, at, opened)
        if group is not None:
            del segments[-2]
        return group

    def _turned(self) -> VerbGroup | None:
        """Return the auxiliary before a pronoun: `only if it has loans can it grow`."""
        opened = self.reading.segments[-2].verb
        if opened is None or opened.form != "finite" or opened.lemma not in ("be", "have", "do"):
            return None
        return opened if self.reading.flags[opened.head - self.reading.base] & wc.AUX else None

    # -- marks and joining words -----------------------------------------------------------
    def _mark(self, at: int) -> int:
        reading = self.reading
        word = reading.lower[at]
        if word == "," or word in _DASHES or (word in ("!", "?") and at + 2 < reading.end):
            reading.add(",", at, at, at)
        elif word in _BREAKS:
            reading.add(";", at, at, at)
        elif word in ("(", "["):
            for close in range(at + 1, min(reading.end, at + MAX_BRACKET)):
                if reading.lower[close] in (")", "]"):
                    return close + 1
        elif reading.roles[at] & gw.CURRENCY and reading.roles[at + 1] & gw.FIGURE:
            return self._noun_phrase(at + 1)
        return at + 1

    def _skipped(self, at: int) -> int:
        """Return the token behind words that tell only when or how, `at` where there are none."""
        reading = self.reading
        flag, word = reading.flags[at], reading.lower[at]
        if reading.lower[at + 1] == "of" and word in ("short", "much", "more", "little"):
            return at + (word == "short")  # much of it
        if flag & wc.CAPITAL:
            is_day = flag & wc.TIME and word not in _MONTHS_TOO and not flag & wc.DET
            return at + 1 if is_day else at
        if flag & (wc.ADV | wc.TIME) and not flag & (wc.DET | wc.PRON):
            return at + 1
        if reading.lower[at + 2] == "ago" and reading.flags[at + 1] & wc.TIME:
            return at + 3
        if flag & wc.DET and flag & wc.TIME and reading.flags[at + 1] & wc.TIME:
            return at + 2 if self._is_when(at + 2) else at
        return at

    def _is_when(self, at: int) -> bool:
        """Whether `this week` before a token tells when, and is neither subject nor owner."""
        reading = self.reading
        flag = reading.flags[at]
        if flag & (wc.AUX | wc.GENITIVE) or reading.last == "preposition":
            return False
        return not reading.is_plain_noun(at)

    def _joining(self, at: int) -> PartKind | None:
        """Return the kind of a word that joins phrases or clauses, None for any other."""
        reading = self.reading
        flag, role, word = reading.flags[at], reading.roles[at], reading.lower[at]
        if flag & wc.CAPITAL:
            return None
        if word == "that":
            return self._kind_of_that(at)
        if word == "where":
            return "relative" if reading.last in ("noun", ",") else "subordinator"
        if word == "so":
            return "and" if reading.last == "," else None
        is_example = word == "as" and reading.lower[at - 1] == "such"
        if role & (gw.RELATIVE | gw.SUBORDINATOR) and not is_example:
            return "relative" if role & gw.RELATIVE else "subordinator"
        return "and" if flag & wc.CONJ else "preposition" if flag & wc.PREP else None

    def _preposition(self, at: int) -> int:
        """Add a preposition, unless it belongs to its verb or opens what only tells when."""
        reading = self.reading
        if reading.roles[at] & gw.PARTICLE and reading.last == "verb":
            return at + 1
        if reading.roles[at] & gw.APPROXIMATE and reading.roles[at + 1] & gw.FIGURE:
            return at + 1
        behind = self._time_behind(at + 1)
        if behind:
            return behind
        reading.add("preposition", at, at, at)
        return at + 1

    def _time_behind(self, at: int) -> int:
        """Return the token behind a time: `on Tuesday`, `in March 1985`, `at last`; 0 for none."""
        reading = self.reading
        if not reading.flags[at] & wc.TIME or reading.flags[at] & wc.DET:
            return 0
        behind = at + 1
        while reading.flags[behind] & wc.TIME or reading.roles[behind] & gw.FIGURE:
            behind += 1
        is_noun = reading.is_plain_noun(behind) and not self._may_be_verb(behind)
        return 0 if is_noun or reading.flags[behind] & wc.GENITIVE else behind

    def _kind_of_that(self, at: int) -> PartKind | None:
        """Tell `that` before a clause from the pronoun and the determiner."""
        reading = self.reading
        last, follows = reading.last, reading.flags[at + 1]
        if reading.lower[at - 1] == "so":
            return "subordinator"
        if last == "noun" and self._starts_verb(at + 1):
            return "relative"
        if last == "subordinator" and self._starts_verb(at + 1):
            return None  # whether that meant
        if last == "preposition" or last is None:
            return None
        if last == "verb" and follows & wc.WORD and self._is_determiner(at):
            return None if not self._verb_within(at + 1, 6) else "subordinator"
        return "subordinator"

    def _is_determiner(self, at: int) -> bool:
        reading = self.reading
        follows = reading.flags[at + 1]
        is_clause = follows & (wc.DET | wc.POSS | wc.PRON | wc.CAPITAL | wc.PREP | wc.SUB | wc.ADV)
        return not is_clause and not reading.lower[at + 1].endswith("s")

    def _verb_within(self, at: int, count: int) -> bool:
        reading = self.reading
        return any(
            reading.flags[place] & wc.AUX or self._may_be_verb(place)
            for place in range(at + 1, min(reading.end, at + count))
        )

    def _may_be_verb(self, at: int) -> bool:
        role = self.reading.roles[at]
        return bool(role & gw.VERBAL) and not role & NOUN_TOO

    def _starts_verb(self, at: int) -> bool:
        """Whether a finite verb follows, adverbs passed over."""
        reading = self.reading
        while reading.flags[at] & wc.ADV and not reading.flags[at] & (wc.CAPITAL | wc.AUX):
            at += 1
        flag, role = reading.flags[at], reading.roles[at]
        if flag & wc.AUX:
            return True
        if not role & gw.VERBAL or flag & (wc.CAPITAL | wc.DET):
            return False
        return not (role & NOUN_TOO and reading.flags[at + 1] & wc.AUX)

    # -- noun phrases ----------------------------------------------------------------------
    def _noun_phrase(self, at: int) -> int:
        """Read a noun phrase, and those that `of` joins to it; return the token behind it."""
        reading = self.reading
        stop = self._base(at)
        if stop == at:
            return at + 1
        while stop > at + 1 and reading.flags[stop - 1] & wc.PUNCT:
            stop -= 1
        head, last = stop - 1, stop - 1
        while reading.lower[stop] == "of" and not self._is_gerund(stop + 1):
            stop = self._base(stop + 1)
            if stop - 1 <= last + 1:
                break
            last = stop - 1
        reading.add("noun", at, last, head)
        return last + 1

    def _is_gerund(self, at: int) -> bool:
        return bool(self.reading.roles[at] & ING) and verb_at(self.reading, at) is not None

    def _base(self, at: int) -> int:
        """Return the token behind a noun with what stands before it."""
        reading = self.reading
        flags, roles = reading.flags, reading.roles
        place = at
        while True:
            flag = flags[place]
            if flag & wc.WORD:
                may_end = flag & _MAY_END or (roles[place] | roles[place - 1]) & _MAY_END_ROLE
                if may_end and place > at and self._ends_phrase(at, place):
                    return place
            elif not self._goes_on(at, place):
                return place
            place += 1
            if flag & wc.PRON and not flag & (wc.DET | wc.CAPITAL) and place == at + 1:
                if not roles[place] & gw.VERBAL:
                    self._expect(place)
                return place

    def _goes_on(self, first: int, at: int) -> bool:
        """Whether a noun phrase goes on behind a mark: 's, 1.5, a $2 bill, the “new” plan."""
        reading = self.reading
        flag, role = reading.flags[at], reading.roles[at]
        if flag & wc.GENITIVE:
            is_verb = reading.flags[at - 1] & wc.PRON or reading.roles[at - 1] & gw.BEFORE_SHORT
            return not is_verb
        if role & gw.QUOTE_MARK:
            opens = reading.flags[at - 1] & (wc.DET | wc.POSS | wc.GENITIVE)
            if any(one & gw.QUOTE_MARK for one in reading.roles[max(first, at - 8) : at]):
                return reading.is_plain_noun(at + 1)
            return bool(reading.flags[at + 1] & wc.WORD and opens)
        if role & gw.CURRENCY:
            return bool(reading.roles[at + 1] & gw.FIGURE)
        return reading.joins_figures(at)

    def _ends_phrase(self, at: int, place: int) -> bool:
        """Whether a word behind the first of a noun phrase is no more part of it."""
        reading = self.reading
        flag, role = reading.flags[place], reading.roles[place]
        if flag & wc.CAPITAL:
            is_time = flag & wc.TIME and reading.lower[place] not in _MONTHS_TOO
            return bool(is_time) or self._opens_name(place)
        if flag & _ENDS and not flag & wc.DET:
            is_measure = reading.lower[place] == "than" and reading.roles[place + 1] & gw.FIGURE
            return not (is_measure and reading.roles[place - 1] & gw.DEGREE)
        if flag & wc.POSS or reading.lower[place] in _OPENS_PHRASE:
            return reading.lower[place - 1] != "such"
        if role & gw.ADJECTIVE_TOO and self._is_adjective(place):
            return False
        is_owner = (
            flag & wc.TIME and reading.flags[place + 1] & wc.GENITIVE
        )  # ahead of next week's vote
        if flag & (wc.ADV | wc.TIME) and not reading.flags[place - 1] & (
            wc.DET | wc.POSS | wc.GENITIVE
        ):
            return not (flag & wc.DET or is_owner)
        form = verb_at(reading, place, at)
        if form is not None:
            self.expected = (place, form)
        return form is not None

    def _is_adjective(self, at: int) -> bool:
        """Whether an adverb is an adjective here: `a new first reading`."""
        reading = self.reading
        return reading.is_plain_noun(at + 1) and not self._may_be_verb(at + 1)

    def _opens_name(self, at: int) -> bool:
        """Whether a name behind a plural noun is another noun: `signs Wall Street is …`."""
        reading = self.reading
        flag, word = reading.flags[at - 1], reading.lower[at - 1]
        is_noun = flag & wc.WORD and not flag & (
            wc.CAPITAL | wc.PERSON | wc.BODY | wc.TITLE | wc.DET | wc.TIME | wc.ADV
        )
        if not is_noun or not word.endswith("s") or word.endswith("ss"):
            return False
        behind = at
        while reading.flags[behind] & wc.CAPITAL:
            behind += 1
        return bool(reading.flags[behind] & wc.AUX) or (
            self._may_be_verb(behind) and not reading.roles[at - 1] & gw.SEVERAL
        )
