"""Which stances a sentence shows, and whose: cues in their clauses, turned by what governs them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple, TypeVar

from briefing.annotate.positions.cast import OTHERS, Actor, Cast, Sentence
from briefing.annotate.positions.cues import (
    Cue,
    Match,
    match_noun,
    match_passive,
    match_predicate,
    match_verb,
    singular,
)
from briefing.annotate.positions.operators import (
    CALLING,
    Effect,
    find_judgement,
    noun_effect,
    predicate_effect,
    predicate_judgement,
    verb_effect,
    verb_judgement,
)
from briefing.annotate.positions.stances import IGNORED, MEASURES, WANTING, WISHES, Lexicon, Turned
from briefing.english.chunks import Chunk
from briefing.english.clause_reader import read_clauses
from briefing.english.clauses import COPULAS, Clause
from briefing.english.lexicon import read_words
from briefing.english.tokens import Stream, dateline_end
from briefing.english.verbs import cue_kinds
from briefing.english.word_classes import ADV, AUX, CAPITAL, DET, GENITIVE, POSS, PREP, PUNCT

HEDGES: Final = read_words("annotate/positions", "actors", "hedge")
MATTERS: Final = read_words("annotate/positions", "operators", "matter")
PRESSING: Final = frozenset(("on", "upon", "to", "with"))
CAUSES: Final = read_words("annotate/positions", "operators", "causes")
FULL: Final = read_words("annotate/positions", "operators", "full")
ENTIRELY: Final = read_words("annotate/positions", "operators", "entirely")
LIMITED: Final = read_words("annotate/positions", "operators", "limited")
PARTIAL: Final = read_words("annotate/positions", "operators", "partial")
NO_ADJECTIVE: Final = DET | POSS | PREP | PUNCT | AUX | GENITIVE
LOOK_AHEAD: Final = 12
"""How far behind a measure the words for its parts are looked for, in tokens."""
DEONTIC: Final = frozenset(("should", "must"))
INTENDED: Final = frozenset(("will", "would", "shall", "may", "might", "could"))
_INCLUDING: Final = frozenset(("include", "be", "number"))
_JOINING: Final = frozenset(("join", "lead", "head", "follow"))
ADDRESSED: Final = "pressure"
SIDES: Final = frozenset(("support", "oppose"))
"""Stances towards a thing, which its end turns: backs lifting the ban."""
ATTITUDES: Final = frozenset(("support", "oppose", "reject", "agree", "accuse", "undecided"))
"""Stances whose noun takes by `of` the one who holds it: the opposition of France."""
_SOURCES: Final = frozenset(("of", "from", "by"))
_LISTING: Final = frozenset(("as", "like", "including"))
_MARKS: Final = frozenset("\"“”‘’'")
MAX_CALLED: Final = 8
"""How far behind what is called something the word for it may stand, in tokens."""
MAX_CLIMB: Final = 8
"""How many governors are looked at above a cue."""


_T = TypeVar("_T")


class Verdict(NamedTuple):
    """A stance that a sentence shows for an actor, before it is written down.

    `cue` are the first and last token of the words that show it; `object` and `target` as in a
    Position; `speaker` are the actors of the report that it stands in.
    """

    actor: Actor
    stance: str
    rule: str
    cue: tuple[int, int]
    hedge: str | None
    object: str | None
    target: str | None
    speaker: tuple[Actor, ...] = ()


class _Found(NamedTuple):
    """A cue of the codebook at a clause; `noun` is the chunk of a noun cue."""

    clause: int
    match: Match
    noun: Chunk | None = None


def judge_sentence(sentence: Sentence, cast: Cast, lexicon: Lexicon) -> list[Verdict]:
    """Return the stances that a sentence shows, in the order of its clauses.

    `cast` learns from the sentence who acts, for the sentences behind it.
    """
    return list(_Judge(sentence, cast, lexicon).judge())


class _Judge:
    """Judges one sentence; the clauses and their actors are read once."""

    __slots__ = ("actors", "cast", "clauses", "end", "found", "lexicon", "sentence", "stream")

    def __init__(self, sentence: Sentence, cast: Cast, lexicon: Lexicon) -> None:
        self.sentence, self.cast, self.lexicon = sentence, cast, lexicon
        self.stream = sentence.stream
        self.end = len(self.stream.words)
        cast.hear(sentence)
        self.clauses = read_clauses(self.stream, dateline_end(self.stream) + 1, self.end)
        self.actors = [self._subject(one) for one in self.clauses]
        self.found = self._find_cues()

    def judge(self) -> Iterator[Verdict]:
        for found in self.found:
            yield from self._judge(found)
        if self.lexicon.asking is not None:
            yield from self._asked()
        if self.lexicon.judged:
            yield from self._judged()

    def _judged(self) -> Iterator[Verdict]:
        """Yield what a country says of a thing that shows it to be for or against it."""
        for number, clause in enumerate(self.clauses):
            match = self._judgement(clause)
            if match is None or self._is_supposed(number):
                continue
            if clause.verb.lemma in CALLING:
                holders: tuple[Actor, ...] = self.actors[number]
            elif self.actors[number] and not clause.verb.passive:
                continue
            else:
                holders = self._report(number)[1]
            turns = int(clause.verb.negated)
            stance = self.lexicon.judged.get((match.cue.stance, turns))
            if stance is None or not holders:
                continue
            cue = match._replace(cue=match.cue._replace(stance=stance))
            state = Turned(rule="judged")
            yield from self._verdicts(_Found(number, cue), state, holders, number, holders)

    def _judgement(self, clause: Clause) -> Match | None:
        verb = clause.verb
        if verb.lemma in CALLING and not verb.passive:
            last = clause.objects[-1].last if clause.objects else verb.last
            for place in range(verb.last + 1, min(self.end, last + MAX_CALLED)):
                match = predicate_judgement(self.stream, place, self.end)
                if match is not None:
                    return match
            return None
        if verb.lemma in COPULAS or verb.passive:
            return self._predicate(clause, find_judgement)
        if verb.form == "finite":
            return verb_judgement(self.stream, verb.head, verb.lemma, self.end)
        return None

    def _predicate(
        self, clause: Clause, find: Callable[[Stream, int, int], _T | None]
    ) -> _T | None:
        """Return what is found at the predicate of a clause, adverbs before it passed over."""
        verb = clause.verb
        if verb.lemma not in COPULAS and not verb.passive:
            return None
        place = verb.head if verb.passive else verb.last + 1
        while place < self.end:
            found = find(self.stream, place, self.end)
            skipped = self.stream.flags[place] & ADV or self.stream.words[place] in _MARKS
            if found is not None or not skipped:
                return found
            place += 1
        return None

    def _asked(self) -> Iterator[Verdict]:
        """Yield what a country says that others, or things, must or should do."""
        asking = self.lexicon.asking
        assert asking is not None
        for number, clause in enumerate(self.clauses):
            if self._is_supposed(number):
                continue
            if self._wants_of_others(number):
                yield from self._wish(clause.governor, asking)
            if self._modal(clause) is None:
                continue
            kind, speaker = self._report(number)
            if not kind or not speaker or _same(self.actors[number], speaker):
                continue
            cue = Match(asking, clause.verb.first, clause.verb.head)
            state = Turned(rule="asked_of_others")
            yield from self._verdicts(_Found(number, cue), state, speaker, number, speaker)

    def _wants_of_others(self, number: int) -> bool:
        """Whether a clause is what another wants of its subject: wants the budget to be capped."""
        clause = self.clauses[number]
        if clause.link != "to" or clause.governor < 0:
            return False
        governor = self.clauses[clause.governor]
        has_own = clause.subject and clause.subject != governor.subject
        return (
            governor.verb.lemma in WANTING
            and bool(has_own)
            and self._cue_of(clause.governor) is None
        )

    def _wish(self, number: int, asking: Cue) -> Iterator[Verdict]:
        clause = self.clauses[number]
        found = _Found(number, Match(asking, clause.verb.first, clause.verb.head))
        if not clause.verb.negated:
            yield from self._climb(found, Turned(rule="wants_of_others"))

    def _modal(self, clause: Clause) -> str | None:
        """Return the word that tells what is to be done: must, should, has to, needs to."""
        verb = clause.verb
        if verb.modal in DEONTIC:
            return verb.modal
        if verb.lemma in ("have", "need", "ought") and verb.form == "finite" and not verb.negated:
            return verb.lemma if self._governs_infinitive(clause) else None
        return None

    def _governs_infinitive(self, clause: Clause) -> bool:
        at = clause.verb.last + 1
        return at < self.end and self.stream.lower[at] == "to" and not clause.objects

    def _subject(self, clause: Clause) -> tuple[Actor, ...]:
        actors = self.cast.resolve(self.sentence, clause.subject)
        if clause.subject_kind == "own":
            self.cast.follow(self.sentence, clause.subject, actors)
        return actors

    # -- finding cues ----------------------------------------------------------------------
    def _find_cues(self) -> list[_Found]:
        found: list[_Found] = []
        for number, clause in enumerate(self.clauses):
            match = self._verb_cue(clause)
            edge = match.last if match is not None else -1
            nouns = list(self._noun_cues(number, edge))
            if match is not None and match.cue.stance == ADDRESSED and not self._addresses(number):
                match = None
            is_mere = match is not None and match.cue.stance == "undecided" and match.cue.is_mere
            if is_mere and not (nouns or self._weighs(number)):
                match = None
            if match is not None and not (nouns and self._effect(clause, edge) == "turns"):
                found.append(_Found(number, match))
            found += nouns
        return found

    def _noun_cues(self, number: int, edge: int) -> Iterator[_Found]:
        """Yield the noun cues of a clause behind the words of its verb cue."""
        for noun in self._nouns(number):
            before_verb = noun.last < self.clauses[number].verb.first
            if (noun.head <= edge and not before_verb) or self.stream.flags[noun.head] & CAPITAL:
                continue
            cue = match_noun(self.lexicon.cues, self.stream, noun.head, self.end)
            if cue is not None and cue.cue.stance != IGNORED:
                yield _Found(number, cue, noun)

    def _nouns(self, number: int) -> Iterator[Chunk]:
        """Yield the nouns of a clause, but those that a clause it governs is about."""
        clause = self.clauses[number]
        is_wished = clause.link == "to" and clause.verb.passive
        if clause.subject_kind == "own" or is_wished:
            yield from clause.subject
        taken = {
            noun
            for other in self.clauses[number + 1 :]
            if other.governor == number and other.link == "to" and other.verb.passive
            for noun in other.subject
        }
        for noun in (*clause.objects, *(one for part in clause.parts for one in part.nouns)):
            if noun not in taken:
                yield noun

    def _verb_cue(self, clause: Clause) -> Match | None:
        verb, table = clause.verb, self.lexicon.cues
        if verb.negated:
            denied = match_verb(table, self.stream, verb.head, verb.lemma, self.end, denied=True)
            if denied is not None:
                return denied
        match = self._predicate(clause, functools.partial(match_predicate, table))
        if match is not None:
            return match
        if verb.passive and clause.subject:
            span = clause.subject[0].first, clause.subject[-1].last
            return match_passive(table, self.stream, verb.head, verb.lemma, span, self.end)
        return match_verb(table, self.stream, verb.head, verb.lemma, self.end)

    # -- judging one cue -------------------------------------------------------------------
    def _judge(self, found: _Found) -> Iterator[Verdict]:
        stance = found.match.cue.stance
        if stance == IGNORED or self._intends_other(found):
            return
        state = Turned(rule=f"{found.match.cue.shape}_cue")
        if stance in SIDES and found.noun is None and self._backs_end(found.clause):
            state = state._replace(turns=1, rule="turned_complement")
        state = self._degree(found, state)
        if found.noun is not None:
            owners = self._owners(found.noun) or self._sources(found)
            if owners:
                yield from self._verdicts(
                    found, state._replace(rule="owned_noun"), owners, found.clause
                )
                return
            entered = self._governed_noun(found, state)
            if entered is None:
                return
            state = entered
        yield from self._climb(found, state)

    def _addresses(self, number: int) -> bool:
        """Whether a clause is addressed to others than its actor: another country, allies."""
        clause = self.clauses[number]
        own = {one.code for one in self.actors[number]}
        pressed = (part for part in clause.parts if part.word in PRESSING)
        nouns = (*clause.objects, *(one for part in pressed for one in part.nouns))
        for noun in nouns:
            if self.stream.lower[noun.head] in OTHERS:
                return True
            actors = self.cast.resolve(self.sentence, (noun,))
            if any(one.code not in own for one in actors):
                return True
        return False

    def _weighs(self, number: int) -> bool:
        """Whether a verb such as `consider` is about what to do, and not about what a thing is."""
        clause = self.clauses[number]
        for other in self.clauses[number + 1 :]:
            if other.governor == number and (
                other.link == "ing" or other.before in ("whether", "how")
            ):
                return True
        if not clause.objects:
            return bool(clause.parts)
        return any(singular(self.stream.lower[one.head]) in MATTERS for one in clause.objects)

    def _backs_end(self, number: int) -> bool:
        """Whether what an attitude is about is the end of something: backs lifting the ban."""
        clause = self.clauses[number]
        for place, other in enumerate(self.clauses):
            if other.governor == number and place > number and other.link in ("to", "ing"):
                return self._effect(other, other.verb.last) == "turns"
        nouns = (*clause.objects, *(one for part in clause.parts for one in part.nouns))
        return bool(nouns) and noun_effect(self.stream, nouns[0].head, self.end) == "turns"

    def _owners(self, noun: Chunk) -> tuple[Actor, ...]:
        """Return the country that owns a noun cue: `Australia's ban`, `the US decision`."""
        for token in range(noun.first, noun.head):
            if token in self.sentence.mentions:
                last, mention = self.sentence.mentions[token]
                if self.stream.flags[last + 1] & GENITIVE:
                    return (Actor(mention.code, noun.first, last, "country"),)
        return ()

    def _sources(self, found: _Found) -> tuple[Actor, ...]:
        """Return whom a noun cue comes from: `objections to it from Spain`, `support of France`."""
        noun = found.noun
        assert noun is not None
        inside = [
            one for one in range(noun.head + 1, noun.last + 1) if one in self.sentence.mentions
        ]
        if inside and self.stream.lower[noun.head + 1] == "of":
            last, mention = self.sentence.mentions[inside[-1]]
            is_attitude = last == noun.last and found.match.cue.stance in ATTITUDES
            return (Actor(mention.code, inside[-1], last, "country"),) if is_attitude else ()
        clause = self.clauses[found.clause]
        nouns: list[Chunk] = []
        for part in clause.parts:
            if part.at > noun.last and (part.word in _SOURCES or (nouns and part.word in _LISTING)):
                nouns += part.nouns
        return self.cast.resolve(self.sentence, nouns)

    def _governed_noun(self, found: _Found, state: Turned) -> Turned | None:
        """Return what the verb of a clause does to a noun cue in it, None where nothing."""
        clause = self.clauses[found.clause]
        noun = found.noun
        assert noun is not None
        verb = clause.verb
        if noun in clause.subject and not verb.passive:
            return None
        applied = self._apply(state, self._effect(clause, noun.first))
        return applied and self._without(applied, noun.head)

    def _without(self, state: Turned, head: int) -> Turned:
        """Turn a stance whose noun is denied: `has no plans to`, `imposed no ban`."""
        place = head - 1
        while place > 0 and self.stream.flags[place] & NO_ADJECTIVE == 0:
            place -= 1
        if self.stream.lower[place] in ("no", "neither"):
            return state._replace(turns=state.turns + 1, rule="turned_by_denial")
        return state

    def _is_caused(self, clause: Clause) -> bool:
        """Whether a clause tells what somebody was brought to do: `led Japan to consider`."""
        governor = self.clauses[clause.governor]
        return (
            governor.verb.lemma in CAUSES
            and clause.subject != governor.subject
            and bool(self.cast.resolve(self.sentence, clause.subject))
            and not self.cast.resolve(self.sentence, governor.subject)
        )

    def _degree(self, found: _Found, state: Turned) -> Turned:
        """Tell a measure on a part, or a denial of a whole one, from a whole measure."""
        lower, match = self.stream.lower, found.match
        if match.cue.stance not in MEASURES:
            return state
        before = lower[max(0, match.first - 3) : match.first]
        after = lower[match.last + 1 : match.last + 1 + LOOK_AHEAD]
        if found.noun is not None and any(
            word in FULL for word in lower[found.noun.first : match.first]
        ):
            return state._replace(full=True)
        if any(word in ENTIRELY for word in before):
            return state._replace(full=True)
        is_part = any(word in PARTIAL for word in before[-1:])
        if match.cue.stance == "ban" and "from" in after:
            behind = after[after.index("from") + 1 :][:5]
            is_part = is_part or any(word in PARTIAL for word in behind)
        elif match.cue.stance == "allow":
            is_part = is_part or any(word in LIMITED for word in after)
        return state._replace(partial=True, rule="partial") if is_part else state

    def _effect(self, clause: Clause, before: int) -> Effect | None:
        """Return the effect of a clause's verb or predicate on what stands at a token behind it."""
        verb = clause.verb
        effect: Effect | None = self._predicate(clause, predicate_effect)
        return effect or verb_effect(self.stream, verb.head, verb.lemma, self.end)

    def _apply(self, state: Turned, effect: Effect | None) -> Turned | None:
        if effect == "turns":
            return state._replace(turns=state.turns + 1, rule="turned_by_governor")
        if effect == "intends":
            return state._replace(intended=True)
        if effect == "stops short":
            return state._replace(partial=True, turns=state.turns + 1, rule="turned_short_of_full")
        if effect == "undecided":
            return state._replace(undecided=True, rule="considering")
        if effect in ("says nothing", None):
            return None
        return state

    def _climb(self, found: _Found, state: Turned) -> Iterator[Verdict]:
        """Go from the clause of a cue to the one whose subject holds its stance."""
        number = found.clause
        for _ in range(MAX_CLIMB):
            clause = self.clauses[number]
            state = self._by_verb_group(clause, state, found if number == found.clause else None)
            if clause.link not in ("to", "ing", "noun") or clause.governor < 0:
                break
            if self._is_caused(clause):
                break
            governor = self.clauses[clause.governor]
            outer_cue = self._cue_of(clause.governor)
            if outer_cue is not None and self.lexicon.is_intent(outer_cue, found.match.cue.stance):
                state, number = state._replace(intended=True), clause.governor
                continue
            if outer_cue is not None:
                return
            if clause.link == "noun":
                owners = self._noun_owner(clause)
                applied = self._apply(state, noun_effect(self.stream, clause.noun, self.end))
                if applied is None:
                    return
                state = self._without(applied, clause.noun)
                if owners:
                    yield from self._verdicts(found, state, owners, clause.governor)
                if any(one.head == clause.noun for one in governor.subject):
                    return
                outer = self._apply(state, self._effect(governor, clause.noun))
            elif clause.subject and clause.subject != governor.subject and clause.link == "to":
                outer = self._addressed(found, state, clause, governor)
            else:
                outer = self._apply(state, self._effect(governor, clause.verb.first))
                if outer is not None and self._effect(governor, clause.verb.first) == "hesitates":
                    change = -1 if governor.verb.negated else 1
                    outer = outer._replace(turns=outer.turns + change)
            if outer is None:
                return
            state, number = outer, clause.governor
        if self._is_supposed(number):
            return
        yield from self._held(found, state, number)

    def _cue_of(self, number: int) -> str | None:
        """Return the stance of the verb cue of a clause, which outweighs those it governs."""
        cues = (one for one in self.found if one.clause == number and one.noun is None)
        found = next(cues, None)
        ignored = found is None or found.match.cue.stance == IGNORED
        return None if found is None or ignored else found.match.cue.stance

    def _intends_other(self, found: _Found) -> bool:
        """Whether a mere intention governs an act that tells more: plans to impose sanctions."""
        for number, clause in enumerate(self.clauses):
            if clause.governor == found.clause and clause.link in ("to", "ing", "noun"):
                inner = self._cue_of(number) or self._noun_stance(number)
                if inner is not None and self.lexicon.is_intent(found.match.cue.stance, inner):
                    return True
        return False

    def _noun_stance(self, number: int) -> str | None:
        found = next((one for one in self.found if one.clause == number and one.noun), None)
        return found.match.cue.stance if found else None

    def _noun_owner(self, clause: Clause) -> tuple[Actor, ...]:
        for noun in self._nouns(clause.governor):
            if noun.head == clause.noun:
                return self._owners(noun) or self._modifying(noun)
        return ()

    def _modifying(self, noun: Chunk) -> tuple[Actor, ...]:
        """Return the country whose name stands before a noun: `the US decision to expel`."""
        for token in range(noun.first, noun.head):
            if token in self.sentence.mentions:
                _, mention = self.sentence.mentions[token]
                return (Actor(mention.code, noun.first, noun.last, "country"),)
        return ()

    def _addressed(
        self, found: _Found, state: Turned, clause: Clause, governor: Clause
    ) -> Turned | None:
        """Judge a wish about the complement's own subject: others to act, or a thing to be done."""
        effect = verb_effect(
            self.stream, governor.verb.head, governor.verb.lemma, self.end, on_others=True
        )
        is_other = bool(self.cast.resolve(self.sentence, clause.subject)) or any(
            self.stream.lower[one.head] in OTHERS for one in clause.subject
        )
        if is_other and not clause.verb.passive:
            if effect is None:
                return None
            return state._replace(others=True, rule="pressure_on_others")
        if effect is None:
            return self._apply(state, self._effect(governor, clause.verb.first))
        return state

    def _by_verb_group(self, clause: Clause, state: Turned, found: _Found | None) -> Turned:
        verb = clause.verb
        if clause.before == "whether":
            state = state._replace(undecided=True, rule="considering")
        is_part_of_cue = found is not None and found.match.cue.denied
        if verb.negated and not is_part_of_cue:
            rule = "turned_by_denial" if not state.turns else "turned_twice"
            state = state._replace(turns=state.turns + 1, rule=rule)
        if verb.modal in INTENDED:
            state = state._replace(intended=True)
        return state

    def _is_supposed(self, number: int) -> bool:
        """Whether a clause or one above it is a condition or a question."""
        for _ in range(MAX_CLIMB):
            clause = self.clauses[number]
            if clause.link == "if" or clause.before == "than":
                return True
            if clause.governor < 0 or clause.link == "main":
                return False
            number = clause.governor
        return False

    # -- who holds it ----------------------------------------------------------------------
    def _held(self, found: _Found, state: Turned, number: int) -> Iterator[Verdict]:
        clause = self.clauses[number]
        actors = self._acting(number)
        report, speaker = self._report(number)
        if report == "denied":
            state = state._replace(turns=state.turns + 1, rule="turned_by_denial")
        if actors:
            if clause.verb.modal in DEONTIC and not _same(actors, speaker):
                yield from self._wished(found, state, speaker, number)
                return
            yield from self._verdicts(found, state, actors, number, speaker)
            return
        is_wished = clause.verb.modal in DEONTIC or report == "wish"
        if speaker and is_wished and self.lexicon.asking is None:
            state = state._replace(rule="speaker_wants")
            yield from self._verdicts(found, state, speaker, number, speaker)

    def _wished(
        self, found: _Found, state: Turned, speaker: tuple[Actor, ...], number: int
    ) -> Iterator[Verdict]:
        state = state._replace(others=True, rule="pressure_on_others")
        yield from self._verdicts(found, state, speaker, number, speaker)

    def _acting(self, number: int) -> tuple[Actor, ...]:
        """Return who acts in a clause: its subject, or whom `by` names in the passive."""
        clause = self.clauses[number]
        if clause.verb.passive and not self._is_predicate(clause):
            return self._agent(clause)
        actors = self.actors[number]
        if clause.link in ("reduced", "relative") and clause.subject:
            return self._members(number) or self._antecedents(clause, actors)
        return actors

    def _is_predicate(self, clause: Clause) -> bool:
        """Whether a passive form tells what its subject thinks: is opposed to, is prepared to."""
        verb = clause.verb
        return bool(
            match_predicate(self.lexicon.cues, self.stream, verb.head, self.end)
            or predicate_effect(self.stream, verb.head, self.end)
        )

    def _agent(self, clause: Clause) -> tuple[Actor, ...]:
        for part in clause.parts:
            if part.word == "by":
                return self.cast.resolve(self.sentence, part.nouns)
        for part in clause.parts:
            if part.word == "in":
                named = self.cast.resolve(self.sentence, part.nouns)
                return tuple(one for one in named if one.kind == "country")
        return ()

    def _antecedents(self, clause: Clause, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """Return the actors of a relative clause, unless its noun is a thing of theirs."""
        return actors

    def _members(self, number: int) -> tuple[Actor, ...]:
        """Return who belongs to `countries that ban it`: by `include`, or by joining them."""
        clause = self.clauses[number]
        for other in self.clauses:
            if other is clause:
                continue
            if other.subject[-1:] == clause.subject[-1:] and other.verb.lemma in _INCLUDING:
                return self.cast.resolve(self.sentence, other.objects)
            if other.verb.lemma == "be" and any(
                part.word == "among" and part.nouns[-1:] == clause.subject[-1:]
                for part in other.parts
            ):
                return self.cast.resolve(self.sentence, other.subject)
            if other.verb.lemma in _JOINING and clause.subject[-1:] == other.objects[-1:]:
                return self.cast.resolve(self.sentence, other.subject)
        return ()

    def _report(self, number: int) -> tuple[str, tuple[Actor, ...]]:
        """Return how a clause is reported (`said`, `wish`, or nothing), and who reports it."""
        for _ in range(MAX_CLIMB):
            clause = self.clauses[number]
            if clause.governor < 0:
                break
            if clause.link == "that":
                governor = self.clauses[clause.governor]
                kind = "wish" if governor.verb.lemma in WISHES else "said"
                if governor.verb.lemma == "deny":
                    return "denied", self.actors[clause.governor]
                if "clause" in cue_kinds(governor.verb.lemma) or kind == "wish":
                    return kind, self.actors[clause.governor]
                return "", ()
            number = clause.governor
        quote = self.sentence.quote_at(self.clauses[number].verb.head)
        if quote is not None:
            code = self.cast.country_of(quote)
            if code is not None:
                first = self.clauses[number].verb.first
                return "said", (Actor(code, first, first, "person"),)
        return "", ()

    # -- writing it down -------------------------------------------------------------------
    def _verdicts(
        self,
        found: _Found,
        state: Turned,
        actors: Sequence[Actor],
        number: int,
        speaker: tuple[Actor, ...] = (),
    ) -> Iterator[Verdict]:
        stance = self.lexicon.turn(found.match.cue.stance, state)
        if stance is None:
            return
        for actor in actors:
            if actor.kind == "society" and not self.lexicon.any_actor:
                continue
            yield Verdict(
                actor,
                stance,
                state.rule,
                (found.match.first, found.match.last),
                self._hedge(actor, found),
                self._object(found),
                self._target(found, actor, actors),
                speaker,
            )

    def _hedge(self, actor: Actor, found: _Found) -> str | None:
        first, last = sorted((actor.last, found.match.first))
        words = [word for word in self.stream.lower[first + 1 : last] if word in HEDGES]
        strong = [word for word in words if word not in ("would", "should")]
        return next(iter(strong or words), None)

    def _object(self, found: _Found) -> str | None:
        clause = self.clauses[found.clause]
        nouns: Sequence[Chunk] = clause.objects
        if found.noun is not None:
            behind = [part.nouns for part in clause.parts if part.at > found.noun.last]
            nouns = behind[0] if behind else (found.noun,)
        elif clause.verb.passive and not self._is_predicate(clause):
            nouns = clause.subject
        elif not nouns and clause.parts:
            nouns = clause.parts[0].nouns
        return self._words(nouns[0]) if nouns else None

    def _words(self, noun: Chunk) -> str | None:
        first = noun.first
        while first < noun.head and self.stream.lower[first] in ("the", "a", "an", "any", "its"):
            first += 1
        text = self.stream.text[self.stream.starts[first] : self.stream.ends[noun.last]]
        return " ".join(text.split())[:80] or None

    def _target(self, found: _Found, actor: Actor, actors: Sequence[Actor]) -> str | None:
        """Return the first other country that the cue's clause, or one it governs, is directed at."""
        own = {one.code for one in actors}
        clause = self.clauses[found.clause]
        places = [*clause.objects, *(one for part in clause.parts for one in part.nouns)]
        if clause.verb.passive:
            places = [*clause.subject, *places]
        for number, other in enumerate(self.clauses):
            if other.governor == found.clause and number > found.clause:
                places += [*other.subject, *other.objects]
                places += [one for part in other.parts for one in part.nouns]
        for noun in places:
            for token in range(noun.first, noun.last + 1):
                if token in self.sentence.mentions:
                    code = self.sentence.mentions[token][1].code
                    if code not in own:
                        return code
        return None


def _same(actors: Sequence[Actor], others: Sequence[Actor]) -> bool:
    return bool({one.code for one in actors} & {one.code for one in others})
