"""Where the cues of a codebook stand in a sentence, and which of them say too little."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from msgspec.structs import replace

from briefing.annotate.positions import cues
from briefing.annotate.positions.actor_words import OTHERS, is_party
from briefing.annotate.positions.holders import find_owner
from briefing.annotate.positions.read_sentence import Findings, Found, ReadSentence, gather
from briefing.annotate.positions.stances import IGNORED
from briefing.annotate.positions.wishes import DEONTIC
from briefing.english.clauses import Clause
from briefing.english.lexicon import read_words
from briefing.english.segments import SentencePart
from briefing.english.verb_forms import BASE, NOUN_TOO, PAST, THIRD, verb_form
from briefing.english.verbs import cue_kinds
from briefing.english.word_classes import CAPITAL, POSS, TIME
from briefing.world.name_kinds import kind_of

_ASSERTING: Final = frozenset(("insist", "suggest"))
"""Verbs with `that` that ask for something or only tell what is so."""
ADDRESSED: Final = "pressure"
"""The stance whose cues count only where others are addressed."""
FOREIGN: Final = frozenset(("aid", "coerce", "sanction", "assault", "fight"))
"""Stances that nobody takes towards his own things: restricts its output."""
_MATTERS: Final = read_words("annotate/positions", "operators", "matter")
_NEEDS_PARTY: Final = read_words("annotate/positions", "operators", "needs a party")
_NEEDS_WISH: Final = read_words("annotate/positions", "operators", "needs an infinitive")
_PRESSING: Final = frozenset(("on", "upon", "to", "with"))
_ENDS: Final = frozenset(
    (one,) for one in read_words("annotate/positions", "operators", "end of a measure")
)
"""Words that make a measure before them its opposite: a tariff cut."""
_KINDS_OF_MEASURE: Final = read_words("annotate/positions", "operators", "kind of measure")
_SINGULAR: Final = frozenset(("name", "capital", "metonym"))
"""Kinds of names that take a verb with -s."""
_WILLING: Final = frozenset(("will", "would", "shall"))
_ONE: Final = frozenset(("a", "an", "no", "any", "another", "each", "every"))
_DASHES: Final = frozenset(("-", "–", "—"))
_OWN: Final = frozenset(("its", "their", "his", "her"))


def find_cues(reading: ReadSentence) -> Findings:
    """Return the cues of a sentence in the order of its clauses."""
    found: list[Found] = []
    torn = _find_torn(reading) if "neither" in reading.stream.lower else {}
    for number, clause in enumerate(reading.clauses):
        match = torn[number] if number in torn else _verb_cue(reading, clause)
        nouns = list(_noun_cues(reading, number, match.last if match else -1))
        effect = reading.effect(clause) if match is not None and nouns else None
        has_opposite = any(one.stance in reading.lexicon.opposites for one in nouns)
        if match and effect == "turns" and not has_opposite:
            # Opposes sanctions, where nothing is the opposite of imposing them.
            nouns = [one for one in nouns if one.noun and find_owner(reading, one.noun)]
            effect, match = None, _refused(reading, match)
        if match is not None and not _says_too_little(reading, number, match, has_noun=bool(nouns)):
            if effect != "turns":
                found.append(Found(number, match))
            if effect == "undecided":
                # Who investigates an allegation does not make it.
                nouns = [one for one in nouns if one.noun and find_owner(reading, one.noun)]
        found += nouns
    return gather(found)


def _refused(reading: ReadSentence, match: cues.Match) -> cues.Match:
    """Return a verb cue as it is about an act: who is against it rejects it, and blames nobody."""
    if match.cue.stance != "accuse" or "reject" not in reading.lexicon.stances:
        return match
    return replace(match, cue=replace(match.cue, stance="reject"))


def _noun_cues(reading: ReadSentence, number: int, edge: int) -> Iterator[Found]:
    """Yield the noun cues of a clause behind the words of its verb cue."""
    stream, clause = reading.stream, reading.clauses[number]
    for noun in reading.nouns_of(number):
        before_verb = noun.last < clause.verb.first
        if noun.head <= edge and not before_verb:
            continue
        opens = noun.head == 0 or stream.lower[noun.head - 1] in _DASHES
        if stream.flags[noun.head] & CAPITAL and not opens:
            continue
        match = cues.match_noun(reading.lexicon.cues, stream, noun.head)
        if (
            stream.lower[noun.head] == "opposition"
            and before_verb
            and stream.lower[noun.last + 1] not in ("to", "against")
        ):
            continue  # a country's opposition acts: it is a party
        if match is None or match.cue.stance == IGNORED or _is_of_others(reading, clause, noun):
            continue
        if match.cue.stance == ADDRESSED and not _addresses(reading, number):
            continue
        yield Found(number, match, noun)


def _is_of_others(reading: ReadSentence, clause: Clause, noun: SentencePart) -> bool:
    """Whether a noun is owned by the object before it: backed Roeland in its opposition."""
    return (
        bool(reading.stream.flags[noun.first] & POSS)
        and bool(clause.objects)
        and clause.objects[-1].last < noun.first
        and bool(reading.resolve(clause.objects))
    )


def _verb_cue(reading: ReadSentence, clause: Clause) -> cues.Match | None:
    verb, table, stream = clause.verb, reading.lexicon.cues, reading.stream
    if verb.negated:
        denied = cues.match_verb(table, stream, verb.head, verb.lemma, denied=True)
        if denied is not None and (verb.modal is None or denied.cue.stance != "undecided"):
            return denied
    match = reading.predicate(clause, functools.partial(cues.match_predicate, table))
    if match is not None:
        return match
    if verb.passive and clause.subject:
        span = clause.subject[0].first, clause.subject[-1].last
        return cues.match_passive(table, stream, verb.head, verb.lemma, span)
    return cues.match_verb(table, stream, verb.head, verb.lemma)


def _find_torn(reading: ReadSentence) -> Mapping[int, cues.Match | None]:
    """Return the clauses whose verbs deny a stance and its opposite: neither backed nor opposed it.

    The first of them is undecided, the second shows nothing.
    """
    clauses, opposites = reading.clauses, reading.lexicon.opposites
    if "undecided" not in reading.lexicon.stances:
        return {}
    for number, (first, second) in enumerate(pairwise(clauses)):
        one, other = _main_cue(reading, first), _main_cue(reading, second)
        if one is None or not (first.verb.negated and second.verb.negated):
            continue
        stances = one.cue.stance, other.cue.stance if other else ""
        is_hindered = one.cue.stance == "support" and reading.effect(second) == "turns"
        if (
            is_hindered  # neither back nor block it
            or opposites.get(stances[0]) == stances[1]
            or opposites.get(stances[1]) == stances[0]
        ):
            cue = replace(one.cue, stance="undecided", rest=("nor",), denied=True)
            return {number: replace(one, cue=cue), number + 1: None}
    return {}


def _main_cue(reading: ReadSentence, clause: Clause) -> cues.Match | None:
    verb, table = clause.verb, reading.lexicon.cues
    return cues.match_verb(table, reading.stream, verb.head, verb.lemma)


def _says_too_little(
    reading: ReadSentence, number: int, match: cues.Match, *, has_noun: bool
) -> bool:
    """Whether a verb cue is none here for want of what it must be about."""
    cue = match.cue
    lower = reading.stream.lower
    if lower[match.last + 1 : match.last + 2] in _ENDS and lower[match.last] != "to":
        return True
    if cue.shape == "verb" and (
        _is_rather_noun(reading, number)
        or _only_modifies(reading, number, match)
        or _only_tells(reading, number, cue)
    ):
        return True
    if cue.stance == ADDRESSED:
        return not _addresses(reading, number) or _lacks_wish(reading, number, match)
    if not cue.is_mere or cue.denied:
        return False
    if cue.stance == "undecided":
        return not (has_noun or _weighs(reading, number))
    return _is_about_thing(reading, number, match)


def _only_tells(reading: ReadSentence, number: int, cue: cues.Cue) -> bool:
    """Whether a verb asks for nothing, insists that it is so, or is denied: did not criticise it.

    Who does not criticise does not praise.
    """
    if cue.rest == ("that",) and cue.first in _ASSERTING and not _asks(reading, number):
        return True
    if cue.first == "warn" and cue.rest[-1:] in (("that",), ()) and _foretells(reading, number):
        return True
    verb = reading.clauses[number].verb
    return verb.negated and not cue.denied and "say" in cue_kinds(verb.lemma)


def _foretells(reading: ReadSentence, number: int) -> bool:
    """Whether a warning tells what is or may be so, and nothing that its giver will do.

    It is only a tag in `“…,” the minister warned`.
    """
    clause = reading.clauses[number]
    if not (clause.objects or clause.parts or reading.governed[number]):
        return True
    below = [one for one in reading.governed[number] if reading.clauses[one].link == "that"]
    own = {one.code for one in reading.actors[number]}
    return bool(below) and not any(
        reading.clauses[one].verb.modal in _WILLING
        or not own.isdisjoint(actor.code for actor in reading.actors[one])
        for one in below
    )


def _asks(reading: ReadSentence, number: int) -> bool:
    """Whether a clause with `that` tells what is to be: insists that they pay, that it must end."""
    below = (reading.clauses[one] for one in reading.governed[number])
    verbs = [one.verb for one in below if one.link == "that"]
    lower = reading.stream.lower
    return any(
        one.modal in DEONTIC or (not one.modal and not one.past and lower[one.head] == one.lemma)
        for one in verbs
    )


def _is_rather_noun(reading: ReadSentence, number: int) -> bool:
    """Whether a verb is more likely a noun: `the US arm of Acme`, `at the council meeting`."""
    clause, stream = reading.clauses[number], reading.stream
    verb = clause.verb
    form = verb_form(stream.lower[verb.head])
    if form is None or verb.first != verb.head:
        return False
    if verb.form == "ing":
        is_alone = not clause.objects and not clause.parts
        return clause.link == "reduced" and bool(form.forms & NOUN_TOO) and is_alone
    if verb.form != "finite" or not clause.subject or clause.subject[-1].last + 1 != verb.first:
        return False
    found = reading.sentence.mentions.get(clause.subject[-1].head)
    kind = kind_of(found[1].rule) if found is not None else ""
    present = form.forms & (BASE | THIRD | PAST)
    if kind == "demonym":  # Rakovian imports, the Rakovian arm of Acme
        is_single = stream.lower[clause.subject[-1].head].endswith("an") or (
            stream.lower[clause.subject[-1].first] in _ONE
        )
        return present == THIRD or (present == BASE and is_single)
    return present == BASE and kind in _SINGULAR and len(clause.subject) == 1


def _only_modifies(reading: ReadSentence, number: int, match: cues.Match) -> bool:
    """Whether a cue ends inside a noun phrase on another noun: reduced import pressures."""
    clause = reading.clauses[number]
    return match.last > match.first and any(
        noun.first <= match.last < noun.head
        and cues.singular(reading.stream.lower[noun.head]) not in _KINDS_OF_MEASURE
        and not is_party(reading.sentence, noun)
        for noun in clause.objects
    )


def _is_about_thing(reading: ReadSentence, number: int, match: cues.Match) -> bool:
    """Whether a verb that acts on people has a thing for its object: meets its targets."""
    clause = reading.clauses[number]
    nouns = clause.subject if clause.verb.passive else clause.objects
    if match.cue.shape != "verb" or (nouns and reading.stream.flags[nouns[0].first] & TIME):
        return False
    if not nouns:  # helped to convince
        below = (reading.clauses[one] for one in reading.governed[number])
        return match.cue.first == "help" and any(one.link == "to" for one in below)
    is_own = match.cue.stance in FOREIGN and reading.stream.lower[nouns[0].first] in _OWN
    if not is_own and match.cue.first not in _NEEDS_PARTY:
        return False
    return not any(is_party(reading.sentence, noun) for noun in nouns)


def _addresses(reading: ReadSentence, number: int) -> bool:
    """Whether a clause is addressed to others than its actor: another country, allies."""
    clause = reading.clauses[number]
    own = {one.code for one in reading.actors[number]}
    pressed = (part for part in clause.parts if part.word in _PRESSING)
    for noun in (*clause.objects, *(one for part in pressed for one in part.nouns)):
        is_name = reading.stream.flags[noun.head] & CAPITAL
        if reading.stream.lower[noun.head] in OTHERS and not is_name:
            return True
        if any(one.code not in own for one in reading.resolve((noun,))):
            return True
    return False


def _lacks_wish(reading: ReadSentence, number: int, match: cues.Match) -> bool:
    """Whether a verb such as `told` does not say what others are to do."""
    if not match.cue.is_mere or match.cue.shape != "verb" or match.cue.first not in _NEEDS_WISH:
        return False
    below = (reading.clauses[one] for one in reading.governed[number])
    is_against = any(part.word == "against" for part in reading.clauses[number].parts)
    return not is_against and not any(one.link == "to" or one.before == "against" for one in below)


def _weighs(reading: ReadSentence, number: int) -> bool:
    """Whether a verb such as `consider` is about what to do, and not about what a thing is.

    Who has examined the risks has done so; who is examining them, or has been, is not done.
    """
    clause = reading.clauses[number]
    below = (reading.clauses[one] for one in reading.governed[number])
    if any(one.link == "ing" or one.before in ("whether", "how") for one in below):
        return True
    if not clause.objects:
        return bool(clause.parts)
    lower = reading.stream.lower
    is_over = clause.verb.perfect and not lower[clause.verb.head].endswith("ing")
    return not is_over and any(cues.singular(lower[one.head]) in _MATTERS for one in clause.objects)
