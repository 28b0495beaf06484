"""What a country wants of others or will not do, and what it thinks of a thing by its words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from briefing.annotate.positions import operators
from briefing.annotate.positions.actor_words import OTHERS
from briefing.annotate.positions.cues import Cue, Match, match_predicate, match_verb, singular
from briefing.annotate.positions.holders import find_acting, find_report
from briefing.annotate.positions.read_sentence import Findings, Found, ReadSentence
from briefing.annotate.positions.sentence import Actor
from briefing.annotate.positions.stances import WANTING, Turned
from briefing.english.clauses import COPULAS, Clause
from briefing.english.lexicon import read_words
from briefing.english.verbs import cue_kinds

DEONTIC: Final = frozenset(("should", "must"))
MAX_CALLED: Final = 8
"""How far behind what is called something the word for it may stand, in tokens."""
FOR: Final = "judged for"
BLAME: Final = "judged guilty"
_NOBODY: Final = frozenset(("no", "nobody", "none", "nothing", "neither", "few", "little"))
_ANYONE: Final = frozenset(("one", "you"))
_WILLING: Final = frozenset(("will", "would", "shall"))
_UNOPPOSED: Final = frozenset(("mobilize", "investigate"))
"""Acts without an opposite whose denial is a refusal: will not send troops."""
_ABLE: Final = frozenset(("can", "must"))
"""Modals that tell what one will not do only where one says so oneself: we cannot sign it."""
_MEANING: Final = read_words("annotate/positions", "operators", "meaning to")
_NO_CHOICE: Final = read_words("annotate/positions", "operators", "no choice") | COPULAS
_NEEDING: Final = frozenset(("have", "need", "ought"))


class Wish(Struct, frozen=True):
    """A stance that is no act: its cue, how it stands, and who holds it.

    Nobody does where the governors of the clause have to tell it.
    """

    found: Found
    state: Turned
    actors: tuple[Actor, ...] = ()


# -- what others, or things, must do -------------------------------------------------------
def find_asked(reading: ReadSentence, cues: Findings, asking: Cue) -> Iterator[Wish]:
    """Yield what a country says that others, or things, must or should do."""
    for number, clause in enumerate(reading.clauses):
        verb = clause.verb
        may_ask = clause.link == "to" or verb.modal in DEONTIC or verb.lemma in _NEEDING
        if not may_ask or reading.is_supposed(number):
            continue
        if _is_denied(reading, clause):
            continue
        if _is_wanted_of_others(reading, cues, clause):
            wanting = reading.clauses[clause.governor].verb
            if not wanting.negated:
                match = Match(asking, wanting.first, wanting.head)
                yield Wish(Found(clause.governor, match), Turned(rule="wants_of_others"))
        if not _is_modal(reading, clause):
            continue
        report = find_report(reading, number)
        if report.actors and not is_same(reading.actors[number], report.actors):
            match = Match(asking, verb.first, verb.head)
            yield Wish(Found(number, match), Turned(rule="asked_of_others"), report.actors)


def _is_denied(reading: ReadSentence, clause: Clause) -> bool:
    """Whether a clause is what is not meant or thought: does not mean that it should end."""
    return clause.link == "that" and reading.clauses[clause.governor].verb.negated


def _is_wanted_of_others(reading: ReadSentence, cues: Findings, clause: Clause) -> bool:
    """Whether a clause is what another wants of its subject: wants the budget to be capped."""
    if clause.link != "to" or clause.governor < 0:
        return False
    governor = reading.clauses[clause.governor]
    if not clause.subject or clause.subject == governor.subject:
        return False
    return governor.verb.lemma in WANTING and clause.governor not in cues.by_verb


def _is_other(reading: ReadSentence, clause: Clause) -> bool:
    heads = (reading.stream.lower[one.head] for one in clause.subject)
    return any(word in OTHERS for word in heads) or bool(reading.resolve(clause.subject))


def _is_modal(reading: ReadSentence, clause: Clause) -> bool:
    """Whether a clause tells what is to be done: must, should, has to, needs to."""
    verb = clause.verb
    if clause.link in ("relative", "reduced", "because"):
        return False
    if verb.modal in DEONTIC:
        return not verb.perfect and not _is_anyone(reading, clause)
    if verb.lemma not in _NEEDING or verb.form != "finite" or verb.negated or verb.perfect:
        return False
    if (verb.lemma == "need" and verb.passive) or _is_anyone(reading, clause):
        return False  # a law that is needed to fight it, one has to be careful
    is_told = clause.link == "that" and (verb.passive or _is_other(reading, clause))
    if verb.past and not is_told:
        return False  # what somebody had to do is told, not asked
    return reading.stream.lower[verb.last + 1 : verb.last + 2] == ("to",) and not clause.objects


def _is_anyone(reading: ReadSentence, clause: Clause) -> bool:
    """Whether a subject is nobody in particular: one should not, you have to, there must be."""
    return any(reading.stream.lower[noun.head] in _ANYONE for noun in clause.subject)


def is_same(actors: tuple[Actor, ...], others: tuple[Actor, ...]) -> bool:
    """Whether two lists of actors have a country in common."""
    return not {one.code for one in actors}.isdisjoint(one.code for one in others)


# -- what it will not do ------------------------------------------------------------------
def find_refused(reading: ReadSentence, cues: Findings, refusing: Cue) -> Iterator[Wish]:
    """Yield what countries will not do: `would not sign`, `has no plans to`, `chose not to`."""
    for number, clause in enumerate(reading.clauses):
        if not _may_choose(reading, cues, number):
            continue
        holder = _find_unwilling(reading, clause, number)
        if holder is None or reading.is_supposed(number):
            continue
        if reading.clauses[holder].link == "relative":
            continue  # told by the way, of whom a reader knows it
        report = find_report(reading, holder)
        verb = clause.verb
        acting = reading.actors[holder] if verb.passive else find_acting(reading, holder)
        actors = tuple(one for one in acting if one.kind != "society")
        is_own = verb.modal not in _ABLE or is_same(actors, report.actors)
        if report.kind != "denied" and is_own and actors:
            match = Match(refusing, verb.first, verb.head)
            yield Wish(Found(number, match), Turned(rule="refused_to_do"), actors)


def _may_choose(reading: ReadSentence, cues: Findings, number: int) -> bool:
    """Whether a clause tells what one does or leaves, and no cue in or below it tells more."""
    clause, verb = reading.clauses[number], reading.clauses[number].verb
    governor = reading.clauses[clause.governor]
    if clause.link == "that" and governor.verb.lemma in COPULAS and governor.objects:
        return False  # it is a chance that they will not miss
    is_own = bool(clause.subject) and reading.stream.lower[clause.subject[0].head] == "we"
    is_suffered = verb.passive and not is_own  # but: we will not be silenced
    if reading.stream.lower[verb.first] == "nor" or is_suffered or verb.perfect:
        return False
    if verb.lemma in _NO_CHOICE or cue_kinds(verb.lemma):
        return False
    within = (number, *(one for one in reading.governed[number] if _is_complement(reading, one)))
    rows = (*cues.by_verb.items(), *cues.by_noun.items())
    told = {place for place, stance in rows if stance not in _UNOPPOSED}
    return cues.everyday.union(told).isdisjoint(within)


def _is_complement(reading: ReadSentence, number: int) -> bool:
    return reading.clauses[number].link in ("to", "ing", "noun")


def _find_unwilling(reading: ReadSentence, clause: Clause, number: int) -> int | None:
    """Return the clause whose subject will not do what a clause tells, None where it may."""
    verb = clause.verb
    if verb.negated and verb.modal in _WILLING | _ABLE:
        return number
    if clause.governor < 0 or clause.link not in ("to", "ing", "noun"):
        return None
    governor = reading.clauses[clause.governor]
    outer = governor.verb
    if verb.negated:
        is_chosen = reading.effect(governor) in ("holds", "intends") and not outer.negated
        return clause.governor if is_chosen and clause.subject == governor.subject else None
    if outer.negated and clause.link == "to" and outer.lemma in _MEANING:
        return clause.governor if clause.subject == governor.subject else None
    nouns = [one for one in governor.objects if reading.stream.lower[one.first] == "no"]
    is_plan = any(singular(reading.stream.lower[one.head]) in _MEANING for one in nouns)
    return clause.governor if is_plan else None


# -- what a thing is said to be ------------------------------------------------------------
def find_judged(reading: ReadSentence) -> Iterator[Wish]:
    """Yield what a country says of a thing that shows it to be for or against it."""
    for number, clause in enumerate(reading.clauses):
        match = _judgement(reading, clause)
        if match is None or reading.is_supposed(number) or _is_about_nobody(reading, clause):
            continue
        if _is_denied(reading, clause):
            continue
        is_blame = match.cue.stance == BLAME
        if clause.verb.lemma in operators.CALLING:
            holders = reading.actors[number]
        elif reading.actors[number] and not clause.verb.passive and not is_blame:
            continue
        else:
            holders = find_report(reading, number).actors
        if is_blame and (not reading.actors[number] or is_same(reading.actors[number], holders)):
            continue
        is_denied = clause.verb.negated or reading.stream.lower[match.first - 1] in ("not", "no")
        stance = reading.lexicon.judged.get((match.cue.stance, int(is_denied)))
        if stance is not None and holders:
            match = replace(match, cue=replace(match.cue, stance=stance))
            yield Wish(Found(number, match, judged=True), Turned(rule="judged"), holders)


def _is_about_nobody(reading: ReadSentence, clause: Clause) -> bool:
    """Whether a subject denies what is said of it: no one would benefit."""
    first = (reading.stream.lower[one.first] for one in clause.subject)
    return any(word.startswith("no-") or word in _NOBODY for word in first)


def _judgement(reading: ReadSentence, clause: Clause) -> Match | None:
    verb, stream, table = clause.verb, reading.stream, operators.judgement_table()
    if verb.lemma in operators.CALLING and not verb.passive:
        last = clause.objects[-1].last if clause.objects else verb.last
        places = range(verb.last + 1, min(len(stream.words), last + MAX_CALLED))
        found = (match_predicate(table, stream, one) for one in places)
        return next(filter(None, found), None)
    if verb.form == "finite" and (verb.lemma in COPULAS or verb.passive):
        return reading.predicate(clause, operators.find_judgement)
    if verb.form != "finite":
        return None
    match = match_verb(table, stream, verb.head, verb.lemma)
    is_fact = match is not None and match.cue.stance == FOR and verb.modal is None
    return None if is_fact else match  # what protects or helps somebody is told as a fact
