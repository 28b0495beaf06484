"""Which stances a sentence shows, and whose: cues in their clauses, turned by what governs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from briefing.annotate.positions import governing, wishes
from briefing.annotate.positions.cast import Cast, Precedent
from briefing.annotate.positions.cues import Cue, Match, match_passive, match_verb
from briefing.annotate.positions.details import find_hedge, find_object, find_target
from briefing.annotate.positions.finding import find_cues
from briefing.annotate.positions.holders import (
    find_acting,
    find_at_place,
    find_owner,
    find_report,
    find_source,
)
from briefing.annotate.positions.operators import same_table, same_words
from briefing.annotate.positions.read_sentence import Findings, Found, ReadSentence, read_sentence
from briefing.annotate.positions.sentence import Actor, Sentence
from briefing.annotate.positions.stances import ATTITUDES, IGNORED, Lexicon, Turned
from briefing.english.clauses import Clause
from briefing.english.verb_or_noun import WISHING

_ADDRESSED: Final = frozenset(("request", "pressure"))
"""Stances that ask others to act."""
_KEEPING: Final = ("holds", "intends")
_SHORT: Final = frozenset(("do", "be", "have", "will"))
_CLOSES: Final = frozenset((".", ",", ";", "!", "yet"))
DOES: Final = Match(Cue("does", (), "the same", "verb"), 0, 0)
AS_DO: Final = Match(Cue("do", (), "the same", "verb"), 0, 0)


class Verdict(Struct, frozen=True):
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


def judge_sentence(sentence: Sentence, cast: Cast, lexicon: Lexicon) -> list[Verdict]:
    """Return the stances that a sentence shows, in the order of its clauses.

    `cast` learns from the sentence who acts, for the sentences behind it.
    """
    reading = read_sentence(sentence, cast, lexicon)
    verdicts = list(_judge(reading, find_cues(reading)))
    if verdicts or cast.held:
        verdicts += list(_followers(reading, verdicts, cast.held))
    cast.held = tuple(map(_held_by, verdicts))
    return verdicts


def _judge(reading: ReadSentence, cues: Findings) -> Iterator[Verdict]:
    for found in cues.cues:
        if found.stance != IGNORED and not _intends_other(reading, cues, found):
            yield from _judge_cue(reading, cues, found)
    if reading.lexicon.asking is not None:
        for wish in wishes.find_asked(reading, cues, reading.lexicon.asking):
            if wish.actors:
                yield from _verdicts(reading, wish.found, wish.state, wish.actors, wish.actors)
            else:
                yield from _climbed(reading, cues, wish.found, wish.state)
    if reading.lexicon.refusing is not None:
        for wish in wishes.find_refused(reading, cues, reading.lexicon.refusing):
            speaker = find_report(reading, wish.found.clause).actors
            yield from _verdicts(reading, wish.found, wish.state, wish.actors, speaker)
    if reading.lexicon.judged:
        for wish in wishes.find_judged(reading):
            yield from _verdicts(reading, wish.found, wish.state, wish.actors, wish.actors)


def _held_by(verdict: Verdict) -> Precedent:
    return Precedent(verdict.actor.code, verdict.stance, verdict.object, verdict.target)


def _followers(
    reading: ReadSentence, verdicts: Sequence[Verdict], before: Sequence[Precedent]
) -> Iterator[Verdict]:
    """Yield the stances of those who do as was said of others: `Peru followed suit`."""
    popular = reading.lexicon.popular
    has_same = not same_words().isdisjoint(reading.stream.lower)
    for number, clause in enumerate(reading.clauses):
        is_as = clause.verb.lemma == "do" and clause.before == "as"  # as do Malta and Peru
        is_as = is_as or _is_so(reading, clause)
        is_with = clause.verb.lemma == "join" and clause.link == "ing"  # …, joining Malta
        is_short = _is_short(reading, clause)
        match = AS_DO if is_as or is_with else _same(reading, clause) if has_same else None
        match = DOES if is_short else match
        is_done = is_with or is_short or _is_done(reading, clause)
        if match is None or not is_done or reading.is_supposed(number):
            continue
        first = clause.verb.first
        here = [one for one in verdicts if one.cue[0] < first]
        acted = [one for one in here if one.rule != "owned_noun"] or here
        told = [_held_by(one) for one in acted] or before
        held = next((one for one in reversed(told) if _is_shared(match, one)), None)
        actors = reading.resolve(clause.objects) if match is AS_DO else find_acting(reading, number)
        found, speaker = Found(number, match), find_report(reading, number).actors
        for actor in actors if held is not None else ():
            if held is None or (actor.kind == "society" and held.stance not in popular):
                continue
            if actor.code == held.code or (actor.code == held.target and not is_short):
                continue
            is_opposite = is_short and clause.verb.negated
            stance = reading.lexicon.opposites.get(held.stance) if is_opposite else held.stance
            if stance is None:
                continue
            hedge = find_hedge(reading, actor, found)
            rule = "did_the_opposite" if is_opposite else "did_the_same"
            target = None if held.target == actor.code else held.target
            place = first, first
            yield Verdict(actor, stance, rule, place, hedge, held.object, target, speaker)


def _is_so(reading: ReadSentence, clause: Clause) -> bool:
    """Whether who does the same stands behind the verb: `and so did Malta`."""
    subject = clause.subject[-1:]
    return bool(clause.objects and subject) and reading.stream.lower[subject[0].head] == "so"


def _is_short(reading: ReadSentence, clause: Clause) -> bool:
    """Whether a verb leaves out what was told before: `Spain is not`, `and Malta followed`."""
    verb = clause.verb
    if clause.objects or clause.parts or clause.link not in ("main", "and", "that"):
        return False
    behind = [word for word in reading.stream.lower[verb.last + 1 :][:2] if word != "not"]
    is_end = not behind or behind[0] in _CLOSES
    if verb.lemma == "follow":
        return verb.form == "finite" and not verb.passive and (is_end or behind[0] == "in")
    return verb.negated and verb.lemma in _SHORT and is_end


def _is_shared(match: Match, held: Precedent) -> bool:
    """Whether a stance can be meant: who does as others do does not ask for it, as they may."""
    return held.stance not in _ADDRESSED or match.cue.first not in ("do", "follow")


def _is_done(reading: ReadSentence, clause: Clause) -> bool:
    """Whether a verb tells what is done or will be, and not what others want."""
    if clause.verb.negated or clause.verb.modal not in (None, "will", "would"):
        return False
    governor = reading.clauses[clause.governor] if clause.governor >= 0 else None
    if clause.verb.form != "infinitive" or governor is None:
        return clause.verb.form == "finite"
    is_own = clause.subject == governor.subject and reading.effect(governor) in _KEEPING
    return is_own or governor.verb.lemma in governing.UNWILLED


def _same(reading: ReadSentence, clause: Clause) -> Match | None:
    verb, table, stream = clause.verb, same_table(), reading.stream
    if verb.passive and clause.subject:  # such a step was taken by Peru
        span = clause.subject[0].first, clause.subject[-1].last
        return match_passive(table, stream, verb.head, verb.lemma, span)
    return match_verb(table, stream, verb.head, verb.lemma)


def _intends_other(reading: ReadSentence, cues: Findings, found: Found) -> bool:
    """Whether a mere intention governs an act that tells more: plans to impose sanctions."""
    for number in reading.governed[found.clause]:
        if reading.clauses[number].link in ("to", "ing", "noun"):
            inner = cues.by_verb.get(number) or cues.by_noun.get(number)
            if inner is not None and reading.lexicon.is_intent(found.stance, inner):
                return True
    return False


def _judge_cue(reading: ReadSentence, cues: Findings, found: Found) -> Iterator[Verdict]:
    state: Turned | None = governing.open_state(reading, found)
    noun = found.noun
    if noun is not None and state is not None:
        owners = find_owner(reading, noun) or find_source(reading, found, noun)
        if owners:
            yield from _verdicts(reading, found, replace(state, rule="owned_noun"), owners)
            return
        state = governing.enter_noun(reading, found, noun, state)
    if state is not None:
        yield from _climbed(reading, cues, found, state)


def _climbed(
    reading: ReadSentence, cues: Findings, found: Found, state: Turned
) -> Iterator[Verdict]:
    for held in governing.climb(reading, cues, found, state):
        if held.actors:
            yield from _verdicts(reading, found, held.state, held.actors)
        elif not held.is_inner:
            yield from _held(reading, found, held)


def _held(reading: ReadSentence, found: Found, held: governing.HeldStance) -> Iterator[Verdict]:
    """Yield the stance of whoever acts in the clause that governs a cue."""
    state, number = held.state, held.clause
    actors = find_acting(reading, number) or find_at_place(reading, found, number)
    actors = actors or _owners_within(reading, found)
    report, speaker = find_report(reading, number)
    verb = reading.clauses[number].verb
    is_asked = verb.modal in wishes.DEONTIC or _is_wished(reading, number)
    if verb.modal == "may" and verb.negated and not wishes.is_same(actors, speaker):
        return  # what others may not do is forbidden, or unsure
    if report == "denied":
        state = replace(state, turns=state.turns + 1, rule=governing.DENIED)
    if actors and is_asked and not wishes.is_same(actors, speaker):
        state, actors = replace(state, others=True, rule="pressure_on_others"), speaker
    elif not actors and (is_asked or report == "wish") and reading.lexicon.asking is None:
        state, actors = replace(state, rule="speaker_wants"), speaker
    yield from _verdicts(reading, found, state, actors, speaker)


def _owners_within(reading: ReadSentence, found: Found) -> tuple[Actor, ...]:
    """Return whose a noun among the words of a cue is: reaffirmed the opposition of Peru."""
    clause = reading.clauses[found.clause]
    held = [one for one in clause.objects if found.match.first < one.head <= found.match.last]
    if found.noun is not None or found.stance not in ATTITUDES or not held:
        return ()
    is_of = reading.stream.lower[held[0].head + 1 : held[0].head + 2] == ("of",)
    return find_source(reading, found, held[0]) if is_of else find_owner(reading, held[0])


def _is_wished(reading: ReadSentence, number: int) -> bool:
    """Whether a clause tells what somebody demands: `demanded that Roeland lift the ban`."""
    clause = reading.clauses[number]
    if clause.link != "that" or clause.verb.modal or clause.verb.past:
        return False
    is_base = reading.stream.lower[clause.verb.head] == clause.verb.lemma
    return is_base and reading.clauses[clause.governor].verb.lemma in WISHING


def _verdicts(
    reading: ReadSentence,
    found: Found,
    state: Turned,
    actors: Sequence[Actor],
    speaker: tuple[Actor, ...] = (),
) -> Iterator[Verdict]:
    """Yield a stance for each of its actors; people count only where the codebook wants them."""
    stance = reading.lexicon.turn(found.stance, state)
    if stance is None:
        return
    for actor in actors:
        if actor.kind != "society" or stance in reading.lexicon.popular:
            yield Verdict(
                actor,
                stance,
                state.rule,
                (found.match.first, found.match.last),
                find_hedge(reading, actor, found),
                find_object(reading, found),
                find_target(reading, found, actors),
                speaker,
            )
