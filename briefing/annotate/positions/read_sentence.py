"""A sentence read for its positions: clauses, who acts in each, and what stands near a verb."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

from msgspec import Struct

from briefing.annotate.positions.cast import Cast
from briefing.annotate.positions.cues import Match, match_predicate
from briefing.annotate.positions.operators import Effect, predicate_effect, verb_effect
from briefing.annotate.positions.sentence import Actor, Sentence
from briefing.annotate.positions.stances import IGNORED, Lexicon
from briefing.english.clause_reader import clauses_of
from briefing.english.clauses import COPULAS, Clause
from briefing.english.grammar_words import QUOTE_MARKS
from briefing.english.lexicon import read_words
from briefing.english.segments import SentencePart
from briefing.english.tokens import Stream, dateline_end
from briefing.english.word_classes import ADV

MAX_CLIMB: Final = 8
"""How many governors are looked at above a clause."""
_PLEONASTIC: Final = frozenset(
    ("that", "whether", "to", "for", "if", "of", "how", "what", "when", "why", "who", "which")
)
"""Words behind a predicate whose subject `it` stands for nothing: it is unlikely that …"""
_NOT_YET: Final = frozenset(("before", "once"))
_UNTIL: Final = frozenset(("until", "till"))
_HELD_WITH: Final = frozenset(("that", "to", "ing", "noun"))
_UNREAL: Final = frozenset(("would", "could", "should", "might"))
_MEANING: Final = frozenset(("mean", "imply"))
_TRUE: Final = frozenset(("true", "correct", "accurate"))
_FORMERLY: Final = frozenset(("once", "formerly", "initially", "originally", "previously"))
_SINCE: Final = frozenset(("later", "then", "since", "eventually", "subsequently", "finally"))
_RUMOURS: Final = read_words("annotate/positions", "operators", "rumour")
_IMPERSONAL: Final = read_words("annotate/positions", "operators", "impersonal")
MAX_OF: Final = 4
"""How far before a subject such a noun with `of` may stand, marks of quotation among them."""
_NEAR: Final = 5
"""How far behind a verb such a word may stand, in tokens."""

_T = TypeVar("_T")


class Found(Struct, frozen=True):
    """A cue of the codebook at a clause; `noun` is the chunk of a noun cue.

    `judged` tells that the words judge what stands before them.
    """

    clause: int
    match: Match
    noun: SentencePart | None = None
    judged: bool = False

    @property
    def stance(self) -> str:
        """Return the stance that the cue stands for."""
        return self.match.cue.stance


class ReadSentence(Struct, frozen=True):
    """A sentence as clauses with their actors; `governed` lists the clauses below each one."""

    sentence: Sentence
    cast: Cast
    lexicon: Lexicon
    clauses: tuple[Clause, ...]
    actors: tuple[tuple[Actor, ...], ...]
    governed: tuple[tuple[int, ...], ...]

    @property
    def stream(self) -> Stream:
        """Return the tokens of the sentence."""
        return self.sentence.stream

    def resolve(self, nouns: Sequence[SentencePart]) -> tuple[Actor, ...]:
        """Return the countries that act in noun phrases."""
        return self.cast.resolve(self.sentence, nouns)

    def predicate(self, clause: Clause, find: Callable[[Stream, int], _T | None]) -> _T | None:
        """Return what is found at the predicate of a clause, adverbs before it passed over."""
        verb = clause.verb
        if verb.lemma not in COPULAS and not verb.passive:
            return None
        flags, lower = self.stream.flags, self.stream.lower
        for place in range(verb.head if verb.passive else verb.last + 1, len(lower)):
            found = find(self.stream, place)
            if found is not None or not (flags[place] & ADV or lower[place] in QUOTE_MARKS):
                return found
        return None

    def effect(self, clause: Clause) -> Effect | None:
        """Return what the verb or predicate of a clause does to what it governs."""
        verb = clause.verb
        effect: Effect | None = self.predicate(clause, predicate_effect)
        return effect or verb_effect(self.stream, verb.head, verb.lemma)

    def is_predicate(self, clause: Clause) -> bool:
        """Whether a passive form tells what its subject thinks: is opposed to, is prepared to."""
        head, is_cue = clause.verb.head, clause.verb.lemma in self.lexicon.cues.verbs
        if is_cue and any(part.word == "by" for part in clause.parts):
            return False  # opposed by all, but disappointed by it
        return bool(
            match_predicate(self.lexicon.cues, self.stream, head)
            or predicate_effect(self.stream, head)
        )

    def nouns_behind(self, number: int) -> Iterator[SentencePart]:
        """Yield the objects of a clause and the nouns of its prepositional phrases."""
        clause = self.clauses[number]
        yield from clause.objects
        for part in clause.parts:
            yield from part.nouns

    def nouns_of(self, number: int) -> Iterator[SentencePart]:
        """Yield the nouns of a clause, but those that a clause it governs is about."""
        clause = self.clauses[number]
        is_wished = clause.link == "to" and clause.verb.passive
        if clause.subject_kind == "own" or is_wished:
            yield from clause.subject
        below = (self.clauses[one] for one in self.governed[number])
        taken = {
            noun
            for other in below
            if other.link == "to" and other.verb.passive
            for noun in other.subject
        }
        yield from (noun for noun in self.nouns_behind(number) if noun not in taken)

    def _is_rumoured(self, number: int) -> bool:
        """Whether a clause is what a noun such as `reports` says: the reports that it fell.

        It is not in `a charge that Roeland denies`, whose verb has no object of its own.
        """
        clause = self.clauses[number]
        if not (clause.objects or clause.parts or self.governed[number]):
            return False
        noun, lower = clause.noun, self.stream.lower
        first = clause.subject[0].first if clause.subject else 0
        near = lower[max(0, first - MAX_OF) : first]
        if "of" in near:
            words = [one for one in near if one not in QUOTE_MARKS]
            if words[-1] == "of" and words[-2:-1] and words[-2] in _RUMOURS:
                return True  # little prospect of Roeland agreeing
        if noun < 0 and first > 1 and lower[first - 1] == "that":
            noun = first - 2
        return noun >= 0 and clause.link == "that" and lower[noun] in _RUMOURS

    def _is_unreal(self, number: int) -> bool:
        """Whether a clause tells what is not so: would have banned it, it is not true that."""
        clause = self.clauses[number]
        if clause.verb.perfect and clause.verb.modal in _UNREAL:
            return True
        if clause.link != "that":
            return False
        outer = self.clauses[clause.governor].verb
        if outer.negated and outer.lemma in _MEANING:
            return True
        if not outer.negated or outer.lemma not in COPULAS:
            return False
        return not _TRUE.isdisjoint(self.stream.lower[outer.last + 1 : outer.last + 3])

    def _is_over(self, clause: Clause) -> bool:
        """Whether a stance was left: once backed it, but …; had opposed it until …, but now …."""
        verb, lower = clause.verb, self.stream.lower
        if not verb.past and clause.before != "once":
            return False
        first = clause.subject[-1].last + 1 if clause.subject else verb.first
        was = not _FORMERLY.isdisjoint(lower[first : verb.head]) or clause.before == "once"
        if not (was or (verb.past and lower[verb.first] == "had")):
            return False
        behind = lower[verb.last + 1 :]
        has_left = "but" in behind and not _SINCE.isdisjoint(behind[behind.index("but") :][:4])
        return has_left or "now" in behind or ("but" if was else "until") in behind

    def is_supposed(self, number: int) -> bool:
        """Whether a clause or one above it is a condition or a question."""
        is_inside = True
        for _ in range(MAX_CLIMB):
            clause = self.clauses[number]
            if clause.link == "if" or clause.before in ("than", "if", "unless"):
                return True
            if clause.before in _UNTIL or (clause.before in _NOT_YET and clause.verb.modal):
                return True
            if self._is_rumoured(number):
                return True
            if is_inside and (self._is_unreal(number) or self._is_over(clause)):
                return True
            is_inside = is_inside and clause.link in _HELD_WITH
            if clause.governor < 0 or clause.link == "main":
                return False
            number = clause.governor
        return False


def read_sentence(sentence: Sentence, cast: Cast, lexicon: Lexicon) -> ReadSentence:
    """Read a sentence; `cast` learns from it who acts, for the sentences behind it."""
    stream = sentence.stream
    cast.hear(sentence)
    first, end = dateline_end(stream) + 1, len(stream.words)
    clauses = clauses_of(sentence.streams, stream, first, end)
    actors = tuple(_acting_subject(sentence, cast, one) for one in clauses)
    governed: list[list[int]] = [[] for _ in clauses]
    for number, clause in enumerate(clauses):
        if 0 <= clause.governor < number:
            governed[clause.governor].append(number)
    return ReadSentence(sentence, cast, lexicon, clauses, actors, tuple(map(tuple, governed)))


def _acting_subject(sentence: Sentence, cast: Cast, clause: Clause) -> tuple[Actor, ...]:
    if _is_pleonastic(sentence.stream, clause):
        return ()
    if clause.subject:
        cast.turn_to(is_quoted=sentence.quote_at(clause.subject[0].first) is not None)
    actors = cast.resolve(sentence, clause.subject)
    if clause.subject_kind == "own" or (clause.link == "relative" and actors):
        cast.follow(sentence, clause.subject, actors)
    return actors


def _is_pleonastic(stream: Stream, clause: Clause) -> bool:
    """Whether a clause has an `it` that stands for nothing: it is unlikely that."""
    if clause.verb.lemma not in COPULAS or len(clause.subject) != 1:
        return False
    if stream.lower[clause.subject[0].head] != "it":
        return False
    behind = stream.lower[clause.verb.last + 1 : clause.verb.last + 1 + _NEAR]
    return not _IMPERSONAL.isdisjoint(behind) and not _PLEONASTIC.isdisjoint(behind)


class Findings(Struct, frozen=True):
    """The cues of a sentence in order, and the stance of each clause's verb cue and noun cue.

    `everyday` are the clauses whose verb is read as no act, with what it governs.
    """

    cues: tuple[Found, ...]
    by_verb: dict[int, str]
    by_noun: dict[int, str]
    everyday: frozenset[int]


def gather(found: Sequence[Found]) -> Findings:
    """Put the cues of a sentence together."""
    acts = [one for one in reversed(found) if one.stance != IGNORED]  # of two the first counts
    by_verb = {one.clause: one.stance for one in acts if one.noun is None}
    by_noun = {one.clause: one.stance for one in acts if one.noun is not None}
    everyday = frozenset(one.clause for one in found if one.stance == IGNORED)
    return Findings(tuple(found), by_verb, by_noun, everyday)
