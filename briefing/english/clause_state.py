"""A sentence while its segments are put together to clauses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from briefing.english.clauses import Clause, ClauseLink
from briefing.english.grammar_words import PERSONAL, QUOTE_MARKS, grammar_word
from briefing.english.lexicon import read_words
from briefing.english.segments import SentencePart
from briefing.english.tokens import Stream
from briefing.english.verb_or_noun import BEFORE_EITHER
from briefing.english.verbs import takes_clause

LEAVES_OBJECT: Final = read_words("english", "clauses", "small_clause")
MAX_LIST: Final = 60
"""The longest list of nouns, in segments."""
MAX_ASIDE: Final = 40
"""How far ahead the end of an aside is looked for, in segments."""
MAX_BACK: Final = 60
"""How far back a noun or a clause is looked for, in segments or clauses."""
MAX_MARKS: Final = 6
"""How many marks of quotation may stand side by side."""
_PAD: Final = 5
_ADDS: Final = frozenset(("and", "or", "&", "nor"))


class Group(Struct, frozen=True, gc=False):
    """Nouns that wait for their verb, and how many clauses stand before them."""

    nouns: tuple[SentencePart, ...]
    since: int


class State:
    """The segments of a sentence, and what was made of those before the one at `at`.

    `groups` are the noun lists before the next verb, `waiting` those that an aside or a subordinate
    clause has cut off from theirs. `link` and `behind` tell how the next clause hangs on the one
    before it, `relative` is the last relative pronoun, `outer` a clause whose `that` another clause
    has cut off. Behind the segments stand a few empty kinds, as before the first.
    """

    __slots__ = (
        "at",
        "behind",
        "clauses",
        "finite",
        "groups",
        "kinds",
        "link",
        "lower",
        "outer",
        "relative",
        "segments",
        "stream",
        "waiting",
    )

    def __init__(self, stream: Stream, segments: Sequence[SentencePart]) -> None:
        self.stream, self.lower, self.segments = stream, stream.lower, segments
        self.kinds: list[str] = [*[one.kind for one in segments], *[""] * _PAD]
        self.finite = [one.verb is not None and one.verb.form == "finite" for one in segments]
        self.finite += [False] * _PAD
        self.clauses: list[Clause] = []
        self.groups: list[Group] = []
        self.waiting: list[Group] = []
        self.link: ClauseLink | None = None
        self.behind = ""
        self.relative = -1
        self.outer = -1
        self.at = 0

    def open(self, members: Sequence[int]) -> None:
        """Let nouns wait for the verb behind them."""
        self.groups.append(Group(self.nouns(members), len(self.clauses)))

    def is_pending(self) -> bool:
        """Whether clauses without a finite verb stand behind nouns that wait for theirs."""
        return bool(self.groups) and len(self.clauses) > self.groups[-1].since

    def put_off(self) -> None:
        """Let the nouns so far wait for a verb behind what begins here."""
        self.waiting += self.groups
        self.groups.clear()

    def forget(self) -> None:
        """Drop the nouns so far: they have no verb."""
        self.groups.clear()
        self.waiting.clear()

    def list_from(self, at: int) -> list[int]:
        """Return the numbers of the nouns of a list that begins at a segment."""
        kinds = self.kinds
        members, place = [at], at + 1
        if kinds[place] not in (",", "and"):
            return members
        while len(members) < MAX_LIST:
            kind = kinds[place]
            if kind == "," and kinds[place + 1] == "noun" and self.is_comma(place):
                members.append(place + 1)
                place += 2
            elif kind == "," and kinds[place + 1] == "and":
                place += 1
            elif kind == "and" and kinds[place + 1] == "noun" and self._adds(place):
                members.append(place + 1)
                place += 2
                if kinds[place] != "," or kinds[place + 1] != "and":
                    break
            else:
                break
        return members

    def _adds(self, at: int) -> bool:
        """Whether a joining word adds a noun to a list: `and`, but not in `and not Spain`."""
        behind = self.segments[at + 1].first
        return self.word(at) in _ADDS and self.lower[behind - 1] != "not"

    def word(self, at: int) -> str:
        """Return the first word of a segment."""
        return self.lower[self.segments[at].first]

    def is_comma(self, at: int) -> bool:
        """Whether a segment is a comma, and no dash."""
        return self.kinds[at] == "," and self.word(at) == ","

    def has_and(self, members: Sequence[int]) -> bool:
        """Whether a list of nouns ends with `and` and one more."""
        return len(members) > 1 and self.kinds[members[-1] - 1] == "and"

    def nouns(self, members: Sequence[int]) -> tuple[SentencePart, ...]:
        """Return the segments of a list."""
        return tuple([self.segments[one] for one in members])

    def behind_parts(self, at: int) -> int:
        """Return the segment behind the prepositional phrases that begin at a segment."""
        kinds = self.kinds
        if kinds[at] != "preposition":
            return at
        end = at + MAX_LIST
        while at < end and kinds[at] == "preposition" and kinds[at + 1] == "noun":
            if self.finite[at + 2] and self.word(at) in BEFORE_EITHER:
                break  # a clause of its own: after the vote failed
            at += 2
        return at

    def word_before(self, token: int) -> str:
        """Return the word before a token, marks of quotation passed over."""
        for place in range(token - 1, max(token - MAX_MARKS, -1), -1):
            if self.lower[place] not in QUOTE_MARKS:
                return self.lower[place]
        return ""

    def closes(self, at: int) -> bool:
        """Whether a comma and a finite verb follow, with no other clause between."""
        for place in range(at, min(len(self.segments), at + MAX_ASIDE)):
            kind = self.kinds[place]
            if kind == "," and self.finite[place + 1]:
                return True
            if kind in ("and", "subordinator", ";") and self.finite[place + 1]:
                return False
        return False

    def _has_finite_ahead(self, at: int) -> bool:
        """Whether a finite verb follows before the next mark or joining word."""
        for place in range(at, at + MAX_ASIDE):
            if self.finite[place]:
                return True
            if self.kinds[place] not in ("noun", "preposition", "verb"):
                return False
        return False

    def is_leftover(self, at: int) -> bool:
        """Whether a past form behind an object is a participle: `wants the ban lifted`."""
        verb = self.segments[at].verb
        if verb is None or not verb.past or verb.first != verb.head or not self.clauses:
            return False
        if self.groups or self.link is not None or self.kinds[self.at - 1] in ("and", ","):
            return False
        if grammar_word(self.lower[verb.first - 1]) & PERSONAL and at != self.at:
            return False
        if self.waiting and self.clauses[-1].link == "relative":
            return self._has_finite_ahead(at + 1)  # ministers who met in Oslo agreed
        before = self.clauses[-1].verb.lemma
        return before in LEAVES_OBJECT or not takes_clause(before)
