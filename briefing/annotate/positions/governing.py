"""From the clause of a cue up through its governors to the one whose subject holds the stance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from briefing.annotate.positions import operators
from briefing.annotate.positions.actor_words import OTHERS
from briefing.annotate.positions.cues import singular
from briefing.annotate.positions.holders import agent, find_owner
from briefing.annotate.positions.read_sentence import MAX_CLIMB, Findings, Found, ReadSentence
from briefing.annotate.positions.sentence import Actor
from briefing.annotate.positions.stances import ATTITUDES, MEASURES, Turned
from briefing.english.clauses import COPULAS, Clause, Part
from briefing.english.grammar_words import NO_ONE
from briefing.english.lexicon import read_words
from briefing.english.segments import SentencePart
from briefing.english.word_classes import AUX, DET, GENITIVE, POSS, PREP, PUNCT

DENIED: Final = "turned_by_denial"
LOOK_AHEAD: Final = 12
"""How far behind a measure the words for its parts are looked for, in tokens."""
NEAR: Final = 3
"""How far behind a ban `entirely` may stand, in tokens."""
SIDES: Final = frozenset(("support", "oppose"))
"""Stances towards a thing, which its end turns: backs lifting the ban."""
_CAUSES: Final = read_words("annotate/positions", "operators", "causes")
_ENDING: Final = read_words("annotate/positions", "operators", "ending")
_EXCEPT: Final = frozenset(("but", "except", "besides", "doubt", "question"))
"""Words of a subject of nobody that leave somebody out, or mean that it is sure."""
UNWILLED: Final = frozenset(("prompt", "lead", "cause", "inspire", "provoke", "spur", "drive"))
"""Those of the causes that nobody means."""
_FULL: Final = read_words("annotate/positions", "operators", "full")
_ENTIRELY: Final = read_words("annotate/positions", "operators", "entirely")
_LIMITED: Final = read_words("annotate/positions", "operators", "limited")
_PARTIAL: Final = read_words("annotate/positions", "operators", "partial")
_NO_ADJECTIVE: Final = DET | POSS | PREP | PUNCT | AUX | GENITIVE
_INTENDED: Final = frozenset(("will", "would", "shall", "may", "might", "could"))
_WAIVING: Final = frozenset(("waive", "end", "stop", "remove", "abolish"))
"""Those of the turning verbs that may be what is backed: waiving fees, ending the war."""
MATTERS: Final = read_words("annotate/positions", "operators", "matter", "kind of measure")
_CIRCUMSTANCES: Final = read_words("annotate/positions", "operators", "circumstance")
_RECEIVING: Final = read_words("annotate/positions", "operators", "receiving")
_GIVEN: Final = frozenset(("support", "aid", "cooperate", "agree"))
"""Stances that one may get from others: needs their support."""
_REFRAINING: Final = ("refrains", "stops short")
_SILENT: Final = ("says nothing", None)
_COMPLEMENTS: Final = ("to", "ing", "noun")


End = Literal["holder", "nothing", "suffered", ""]
"""Why a climb ends: who holds the stance is found, nobody does, or it is done to the subject."""


class HeldStance(Struct, frozen=True):
    """A stance as it stands at a clause; `actors` hold it where a noun has told who does.

    `is_inner` holds on the way, where only those who are named count.
    """

    state: Turned
    clause: int
    actors: tuple[Actor, ...] = ()
    is_inner: bool = False


def apply_effect(state: Turned, effect: operators.Effect | None) -> Turned | None:
    """Return a stance below a governor as it stands above it, None where nothing is held."""
    if effect == "doubts" and state.full:
        return None
    if effect in _REFRAINING:
        is_part = effect == "stops short"
        rule = "turned_short_of_full" if is_part else "turned_by_governor"
        partial, turns = state.partial or is_part, state.turns + 1
        return replace(state, partial=partial, refrained=True, turns=turns, rule=rule)
    if effect in ("turns", "doubts"):
        return replace(state, turns=state.turns + 1, rule="turned_by_governor")
    if effect == "intends":
        return replace(state, intended=True)
    undecided = replace(state, undecided=True, rule="considering")
    return None if effect in _SILENT else undecided if effect == "undecided" else state


def without_denied(reading: ReadSentence, state: Turned, head: int) -> Turned:
    """Turn a stance whose noun is denied: `has no plans to`, `imposed no ban`."""
    place = head - 1
    while place > 0 and reading.stream.flags[place] & _NO_ADJECTIVE == 0:
        place -= 1
    if reading.stream.lower[place] in ("no", "neither"):
        return replace(state, turns=state.turns + 1, rule=DENIED)
    return state


# -- at the cue ----------------------------------------------------------------------------
def open_state(reading: ReadSentence, found: Found) -> Turned:
    """Return how the stance of a cue stands before anything governs it."""
    state = Turned(rule=f"{found.match.cue.shape}_cue")
    if found.stance in SIDES and found.noun is None and _backs_end(reading, found):
        state = replace(state, turns=1, rule="turned_complement")
    objects = reading.clauses[found.clause].objects if found.noun is None else ()
    word = reading.stream.lower[objects[0].first] if objects else ""
    if word in NO_ONE and word not in found.match.cue.rest:
        state = replace(state, turns=state.turns + 1, rule=DENIED)
    return _degree(reading, found, state) if found.stance in MEASURES else state


def _backs_end(reading: ReadSentence, found: Found) -> bool:
    """Whether what an attitude is about is the end of something: backs lifting the ban."""
    for place in reading.governed[found.clause]:
        other = reading.clauses[place]
        if other.link in ("to", "ing") and not _is_adjunct(
            reading, other
        ):  # but criticised him for lifting it
            is_end = reading.effect(other) == "turns" and other.before != "for"
            return is_end and (other.verb.lemma not in _WAIVING or _is_measure(reading, other))
    behind = reading.nouns_behind(found.clause)
    noun = next((one for one in behind if one.head > found.match.last), None)
    return noun is not None and operators.noun_effect(reading.stream, noun.head) == "turns"


def _is_measure(reading: ReadSentence, clause: Clause) -> bool:
    """Whether the object of a clause is a measure or a plan: waiving sanctions, but no rights."""
    nouns = (singular(reading.stream.lower[one.head]) for one in clause.objects)
    return not MATTERS.isdisjoint(nouns)


def _degree(reading: ReadSentence, found: Found, state: Turned) -> Turned:
    """Tell a measure on a part, or a denial of a whole one, from a whole measure."""
    lower, match = reading.stream.lower, found.match
    before = lower[max(0, match.first - 3) : match.first]
    own = lower[found.noun.first : match.first] if found.noun is not None else ()
    after = lower[match.last + 1 : match.last + 1 + LOOK_AHEAD]
    near = before if found.stance == "allow" else (*before, *after[:NEAR])
    if any(word in _FULL for word in own) or any(word in _ENTIRELY for word in near):
        return replace(state, full=True)
    is_part = any(word in _PARTIAL for word in before[-1:])
    if found.stance == "ban" and "from" in after:
        behind = after[after.index("from") + 1 :][:5]
        is_part = is_part or any(word in _PARTIAL for word in behind)
    elif found.stance == "allow":
        is_part = is_part or any(word in _LIMITED for word in after)
    return replace(state, partial=True, rule="partial") if is_part else state


def enter_noun(
    reading: ReadSentence, found: Found, noun: SentencePart, state: Turned
) -> Turned | None:
    """Return what the verb of a clause does to a noun cue in it, None where nothing."""
    clause = reading.clauses[found.clause]
    if noun in clause.subject and not clause.verb.passive:
        return None
    if clause.verb.lemma in _RECEIVING and found.stance in _GIVEN:
        return None
    if found.stance in ATTITUDES and reading.stream.lower[noun.head - 1] == "in":
        return state  # whatever is done in support of it
    applied = apply_effect(state, reading.effect(clause))
    if applied is not None and clause.verb.lemma in _ENDING:
        applied = replace(applied, ended=True)
    if applied is not None and not clause.verb.passive:
        applied = _through_object(reading, clause, noun, applied)
    return applied and without_denied(reading, applied, noun.head)


def _through_object(
    reading: ReadSentence, clause: Clause, noun: SentencePart, state: Turned
) -> Turned | None:
    """Return what the object of a verb does to a noun behind a preposition: backs calls for a ban.

    Behind an object that governs nothing, or a preposition of circumstance, nothing is held.
    """
    part = next((one for one in clause.parts if noun in one.nouns), None)
    if part is None:
        return state
    if part.word in _CIRCUMSTANCES:
        return None
    if not clause.objects or _covers(reading, clause, part):
        return state
    head = clause.objects[-1].head
    applied = apply_effect(state, operators.noun_effect(reading.stream, head))
    return applied and without_denied(reading, applied, head)


def _covers(reading: ReadSentence, clause: Clause, part: Part) -> bool:
    """Whether the words of an operator reach up to a preposition: followed suit with a ban."""
    verb = clause.verb
    match = operators.verb_operator(reading.stream, verb.head, verb.lemma)
    return match is not None and match.last >= part.at


# -- through the governors -----------------------------------------------------------------
def climb(
    reading: ReadSentence, cues: Findings, found: Found, state: Turned
) -> Iterator[HeldStance]:
    """Yield where a stance is held: at a noun that a clause hangs on, and at the last governor."""
    number = found.clause
    for _ in range(MAX_CLIMB):
        clause = reading.clauses[number]
        is_cue = number == found.clause
        state = _by_verb_group(reading, clause, state, found if is_cue else None)
        end = _find_end(reading, cues, found, number)
        if end == "suffered":
            yield HeldStance(state, number, agent(reading, clause), is_inner=True)
        if end == "holder":
            break
        if end:
            return
        if clause.governor in cues.by_verb:
            state, number = replace(state, intended=True), clause.governor
            continue
        named = _at_noun(reading, clause, state) if clause.link == "noun" else None
        if named is not None:
            yield named
            if named.actors and reading.effect(reading.clauses[clause.governor]) is None:
                return  # had more to do with Roeland's decision to leave
        outer = _pass_governor(reading, clause, named.state if named else state)
        if outer is None:
            return
        state, number = outer, clause.governor
    if not reading.is_supposed(number):
        yield HeldStance(state, number)


def _find_end(reading: ReadSentence, cues: Findings, found: Found, number: int) -> End:
    """Return why a climb ends at a clause, "" where it goes on to the governor."""
    clause = reading.clauses[number]
    if clause.link not in _COMPLEMENTS or (clause.governor < 0 and clause.link != "noun"):
        return "holder"
    if clause.governor in cues.by_verb and _is_adjunct(reading, clause):
        return "holder"
    if clause.governor in cues.everyday or _is_outweighed(reading, cues, found, clause):
        return "nothing"
    if _is_caused(reading, clause):
        return "nothing" if reading.clauses[clause.governor].verb.modal in _INTENDED else "holder"
    if number == found.clause and found.noun is None and _is_suffered(reading, clause):
        return "suffered"
    is_silent = operators.noun_effect(reading.stream, clause.noun) in _SILENT
    return "nothing" if clause.link == "noun" and is_silent else ""


def _is_outweighed(reading: ReadSentence, cues: Findings, found: Found, clause: Clause) -> bool:
    """Whether the governor is a cue of its own that is more than the intention to act."""
    outer = cues.by_verb.get(clause.governor)
    return outer is not None and not reading.lexicon.is_intent(outer, found.stance)


def _at_noun(reading: ReadSentence, clause: Clause, state: Turned) -> HeldStance:
    """Judge a clause that hangs on a noun: Roeland's plan to ban, no plans to ban."""
    effect = operators.noun_effect(reading.stream, clause.noun)
    state = without_denied(reading, apply_effect(state, effect) or state, clause.noun)
    owners: tuple[Actor, ...] = ()
    nouns = reading.nouns_of(clause.governor) if clause.governor >= 0 else clause.subject
    for noun in nouns:
        if noun.head == clause.noun:
            owners = find_owner(reading, noun) or find_owner(reading, noun, is_bare=True)
    return HeldStance(state, clause.governor, owners, is_inner=True)


def _pass_governor(reading: ReadSentence, clause: Clause, state: Turned) -> Turned | None:
    """Return a stance of a clause as it stands in its governor, None where it holds nothing."""
    if clause.governor < 0:
        return None
    governor = reading.clauses[clause.governor]
    if clause.link == "noun":
        is_subject = any(one.head == clause.noun for one in governor.subject)
        return None if is_subject else apply_effect(state, reading.effect(governor))
    if _is_adjunct(reading, clause):
        return state
    if clause.link == "to" and _is_idle(reading, clause, governor):
        return None
    if clause.subject and clause.subject != governor.subject and clause.link == "to":
        return _addressed(reading, state, clause, governor)
    return _through_verb(reading, clause, governor, state)


def _through_verb(
    reading: ReadSentence, clause: Clause, governor: Clause, state: Turned
) -> Turned | None:
    effect = reading.effect(governor)
    is_purpose = clause.link == "to" and governor.objects and governor.verb.lemma not in COPULAS
    if effect == "turns" and is_purpose:
        return state  # eased the rules to help exporters
    outer = apply_effect(state, effect)
    if outer is not None and clause.before == "of" and governor.objects:
        outer = without_denied(reading, outer, governor.objects[-1].head)  # no intention of signing
    if outer is not None and effect == "hesitates":
        return replace(outer, turns=outer.turns + (-1 if governor.verb.negated else 1))
    return outer


def _is_adjunct(reading: ReadSentence, clause: Clause) -> bool:
    """Whether an -ing clause only adds what else its subject does: `…, flouting the accord`."""
    before = clause.verb.first - 1
    return clause.link == "ing" and before >= 0 and reading.stream.words[before] == ","


def _is_idle(reading: ReadSentence, clause: Clause, governor: Clause) -> bool:
    """Whether nobody acts in an infinitive: led by Roeland to give in, too weak to object."""
    subject = governor.subject
    is_it = bool(subject) and reading.stream.lower[subject[0].first] == "it"
    if is_it and governor.verb.lemma in COPULAS:  # it would be a mistake to let them in
        return reading.predicate(governor, operators.predicate_effect) is None
    between = reading.stream.lower[governor.verb.last + 1 : clause.verb.first]
    return "too" in between or (governor.verb.passive and governor.link == "reduced")


def _is_suffered(reading: ReadSentence, clause: Clause) -> bool:
    """Whether a passive tells what is done to the subject of its governor: are to be allowed."""
    is_same = clause.subject == reading.clauses[clause.governor].subject
    return clause.verb.passive and is_same and not reading.is_predicate(clause)


def _is_caused(reading: ReadSentence, clause: Clause) -> bool:
    """Whether a clause tells what somebody was brought to do: `led Japan to consider`."""
    governor = reading.clauses[clause.governor]
    is_unwilled = governor.verb.lemma in UNWILLED and not governor.verb.passive
    return (
        clause.governor >= 0
        and governor.verb.lemma in _CAUSES
        and clause.subject != governor.subject
        and bool(reading.resolve(clause.subject))
        and (is_unwilled or not reading.resolve(governor.subject))
    )


def _addressed(
    reading: ReadSentence, state: Turned, clause: Clause, governor: Clause
) -> Turned | None:
    """Judge a wish about the complement's own subject: others to act, or a thing to be done."""
    verb = governor.verb
    effect = operators.verb_effect(reading.stream, verb.head, verb.lemma, on_others=True)
    is_other = bool(reading.resolve(clause.subject)) or any(
        reading.stream.lower[one.head] in OTHERS for one in clause.subject
    )
    if is_other and not clause.verb.passive:
        if effect is None:
            return None
        return replace(state, others=True, rule="pressure_on_others")
    return state if effect is not None else apply_effect(state, reading.effect(governor))


def _is_of_none(reading: ReadSentence, clause: Clause, *, is_object: bool) -> bool:
    """Whether a subject denies its verb: `no minister`, `not one of them`, `neither Roeland`.

    That of a passive does where the verb is the cue, `is_object`: no tax was backed by Roeland.
    """
    lower, first = reading.stream.lower, clause.subject[0].first
    before = lower[first - 1] if first else ""
    if before in ("neither", "not"):
        return True
    is_number = lower[min(first + 1, len(lower) - 1)].isdigit()  # No 10
    if (clause.verb.passive and not is_object) or lower[first] not in NO_ONE or is_number:
        return False
    return _EXCEPT.isdisjoint(lower[first : clause.verb.first])


def _by_verb_group(
    reading: ReadSentence, clause: Clause, state: Turned, cue: Found | None
) -> Turned:
    """Return a stance as the verb of a clause leaves it; `cue` is that of the clause itself."""
    verb = clause.verb
    is_denied_cue = cue is not None and cue.match.cue.denied
    is_object = cue is not None and cue.noun is None
    is_joined = "alone" in reading.stream.lower[verb.last + 1 : verb.last + 3]  # is not alone in
    if clause.before == "whether":
        state = replace(state, undecided=True, rule="considering")
    if verb.negated and "yet" in reading.stream.lower[verb.first : verb.last]:
        state = replace(state, undecided=True, rule="not_yet")
    elif verb.negated and not (is_denied_cue or is_joined):
        rule = "turned_twice" if state.turns else DENIED
        state = replace(state, turns=state.turns + 1, rule=rule)
    if clause.subject and _is_of_none(reading, clause, is_object=is_object):
        state = replace(state, turns=state.turns + 1, rule=DENIED)
    if verb.modal in _INTENDED:
        state = replace(state, intended=True)
    return state
