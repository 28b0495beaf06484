"""Who holds the stance of a clause or a noun, and who reports it."""

from __future__ import annotations

from itertools import chain
from typing import Final, Literal, NamedTuple

from briefing.annotate.positions.actor_words import MESSAGES, OTHERS, VIOLENCE, is_society
from briefing.annotate.positions.read_sentence import MAX_CLIMB, Found, ReadSentence
from briefing.annotate.positions.sentence import Actor
from briefing.annotate.positions.stances import WISHES
from briefing.english.clauses import COPULAS, Clause
from briefing.english.lexicon import read_words
from briefing.english.segments import SentencePart
from briefing.english.verbs import takes_clause
from briefing.english.word_classes import GENITIVE, POSS, PUNCT
from briefing.world.name_kinds import kind_of

_ATTITUDES: Final = frozenset(("support", "oppose", "reject", "agree", "accuse", "undecided"))
"""Stances whose noun takes by `of` the one who holds it: the opposition of France."""
_IMPOSED: Final = frozenset(("ban", "restrict", "sanction"))
_SOURCES: Final = frozenset(("of", "from", "by"))
_LOCAL: Final = frozenset(("protest", "assault", "fight"))
_WHERE: Final = frozenset(("in", "at", "near", "outside", "of", "inside", "throughout", "across"))
_STATES: Final = frozenset(("name", "group"))
_LISTING: Final = frozenset(("as", "like", "including"))
_LISTS: Final = ((",", "among", "them"), (",", "such", "as"), ("such", "as"))
_LISTING_WORDS: Final = frozenset((",", "and", "or", "the"))
_SUFFERED: Final = read_words("annotate/positions", "operators", "needs a party")
_EXPELLING: Final = frozenset(("expel", "deport", "ban", "bar", "exclude", "evict"))
_INCLUDING: Final = frozenset(("include", "be", "number"))
_JOINING: Final = frozenset(("join", "lead", "head", "follow", "be"))


class Report(NamedTuple):
    """How a clause is reported, and who acts in the report: "" where nobody says it."""

    kind: Literal["said", "wish", "denied", ""] = ""
    actors: tuple[Actor, ...] = ()


# -- of a noun -----------------------------------------------------------------------------
def find_owner(
    reading: ReadSentence, noun: SentencePart, *, is_bare: bool = False
) -> tuple[Actor, ...]:
    """Return the country that owns a noun: `Australia's ban`, or stands before it: `a US ban`."""
    for token in range(noun.first, noun.head):
        if token in reading.sentence.mentions:
            last, mention = reading.sentence.mentions[token]
            if is_bare or reading.stream.flags[last + 1] & GENITIVE:
                return (Actor(mention.code, noun.first, last, "country"),)
    return ()


def find_source(reading: ReadSentence, found: Found, noun: SentencePart) -> tuple[Actor, ...]:
    """Return whom a noun cue comes from: `objections to it from Spain`, `support of France`."""
    if reading.stream.flags[noun.first] & POSS:
        return ()  # its support for talks on abuses by Roeland
    mentions, lower = reading.sentence.mentions, reading.stream.lower
    inside = [one for one in range(noun.head + 1, noun.last + 1) if one in mentions]
    if inside and lower[noun.head + 1] == "of":
        if lower[noun.first - 1] == "in":
            return ()  # spoke in support of Peru
        last, mention = mentions[inside[-1]]
        is_attitude = last == noun.last and found.stance in _ATTITUDES
        return (Actor(mention.code, inside[-1], last, "country"),) if is_attitude else ()
    nouns: list[SentencePart] = []
    clause = reading.clauses[found.clause]
    if clause.verb.passive and noun in clause.subject:
        return ()  # who lifted a ban is not whose ban it was
    behind = [part for part in clause.parts if part.at > noun.last]
    if found.stance in _IMPOSED and [one.word for one in behind[:2]] == ["on", "from"]:
        return ()  # a ban on apps from Roeland
    for part in behind:
        if part.word in _SOURCES or (nouns and part.word in _LISTING):
            nouns += part.nouns
    return reading.resolve(nouns)


# -- of a clause ---------------------------------------------------------------------------
def find_acting(reading: ReadSentence, number: int) -> tuple[Actor, ...]:
    """Return who acts in a clause: its subject, or whom `by` names in the passive."""
    clause = reading.clauses[number]
    if clause.verb.passive and not reading.is_predicate(clause):
        return agent(reading, clause)
    if clause.link in ("reduced", "relative") and clause.subject:
        if _is_message(reading, clause):
            return find_acting(reading, clause.governor)
        return _members(reading, clause) or reading.actors[number]
    listed = _listed_behind(reading, clause.subject[-1]) if clause.subject else ()
    acting = listed or (*reading.actors[number], *_joined(reading, number))
    return acting or _members(reading, clause)


def _listed_behind(reading: ReadSentence, noun: SentencePart) -> tuple[Actor, ...]:
    """Return who are listed behind words for them: `backed by ten members, among them Malta`.

    A list behind a colon ends the sentence: `Two members oppose it: Malta and Peru.`
    """
    lower, mentions = reading.stream.lower, reading.sentence.mentions
    if lower[noun.last] not in OTHERS or not lower[noun.last].endswith("s"):
        return ()
    behind = lower[noun.last + 1 :]
    opens = next((len(one) for one in _LISTS if behind[: len(one)] == one), 0)
    if not opens and ":" not in behind:
        return ()
    at = noun.last + 1 + (opens or behind.index(":") + 1)
    found: list[Actor] = []
    for token in sorted(mentions):
        if token >= at and _LISTING_WORDS.issuperset(lower[at:token]):
            last, mention = mentions[token]
            found.append(Actor(mention.code, token, last, "country"))
            at = last + 1
    is_whole = opens or (reading.stream.flags[-1] & PUNCT and at >= len(lower) - 1)
    return tuple(found) if is_whole else ()


def _joined(reading: ReadSentence, number: int) -> tuple[Actor, ...]:
    """Return with whom a clause does what it says: `joined Spain in calling for a pause`."""
    clause = reading.clauses[number]
    below = (reading.clauses[one] for one in reading.governed[number])
    is_in = any(one.link == "ing" and one.before == "in" for one in below)
    if clause.verb.lemma != "join" or clause.verb.negated or not is_in:
        return ()
    own = {one.code for one in reading.actors[number]}
    return tuple(one for one in reading.resolve(clause.objects) if one.code not in own)


def _is_message(reading: ReadSentence, clause: Clause) -> bool:
    """Whether an -ing clause tells what words say: `issued a statement demanding`."""
    if clause.link != "reduced" or clause.verb.form != "ing" or clause.governor < 0:
        return False
    head = reading.stream.lower[clause.subject[-1].head]
    return head in MESSAGES and clause.subject[-1] in reading.clauses[clause.governor].objects


def agent(reading: ReadSentence, clause: Clause) -> tuple[Actor, ...]:
    """Return who does what a passive verb says: `by` whom, or in which country."""
    for part in clause.parts:
        if part.word == "by":
            return reading.resolve(part.nouns) or _listed_behind(reading, part.nouns[-1])
    is_expelled, is_reduced = clause.verb.lemma in _EXPELLING, clause.link == "reduced"
    for part in clause.parts:
        is_place = part.word == "in" and not is_reduced and clause.verb.lemma not in _SUFFERED
        is_place = is_place or (part.word == "from" and is_expelled)
        if is_place and _is_country(reading, part.nouns[0]):
            return tuple(one for one in reading.resolve(part.nouns) if one.kind == "country")
    return () if is_reduced else _place_before(reading, clause)


def _place_before(reading: ReadSentence, clause: Clause) -> tuple[Actor, ...]:
    """Return the country that a sentence opens with as a place: `In Rakovia, it is banned`."""
    comma = clause.subject[0].first - 1 if clause.subject_kind == "own" else -1
    for token, (last, mention) in reading.sentence.mentions.items():
        opens = reading.stream.lower[:token] in (("in",), ("in", "the"))
        if opens and last + 1 == comma and kind_of(mention.rule) in _STATES:
            return (Actor(mention.code, token, last, "country"),)
    return ()


def _is_country(reading: ReadSentence, noun: SentencePart) -> bool:
    """Whether a noun is the name of a country, and not that of a city where others met."""
    found = (
        reading.sentence.mentions.get(at, (-1, None)) for at in range(noun.first, noun.last + 1)
    )
    return any(last == noun.head and one and kind_of(one.rule) in _STATES for last, one in found)


def _members(reading: ReadSentence, clause: Clause) -> tuple[Actor, ...]:
    """Return who belongs to `countries that ban it`: by `include`, or by joining them."""
    noun = clause.subject[-1:]
    for other in reading.clauses:
        if other is clause:
            continue
        lemma = other.verb.lemma
        if other.subject[-1:] == noun and lemma in _INCLUDING:
            return reading.resolve(other.objects)
        if other.subject[-1:] == noun and lemma in _JOINING and other.verb.passive:
            return agent(reading, other)  # a group of states led by Malta
        is_among = any(one.word == "among" and one.nouns[-1:] == noun for one in other.parts)
        if (lemma == "be" and is_among) or (lemma in _JOINING and other.objects[-1:] == noun):
            return reading.resolve(other.subject)
    return ()


def find_at_place(reading: ReadSentence, found: Found, number: int) -> tuple[Actor, ...]:
    """Return the country in which people, or a bomb, did what a clause says, by its place.

    `Students staged rallies in Rakov`, `was killed by a mine near Rakov`: only of violence and
    protest, which are told by where they happen.
    """
    if found.stance not in _LOCAL & reading.lexicon.popular:
        return ()
    clause = reading.clauses[number]
    nouns = list(clause.subject)
    if clause.verb.passive and clause.objects:
        return ()
    if clause.verb.passive:
        nouns = [one for part in clause.parts if part.word in ("by", "in") for one in part.nouns]
    words = (reading.stream.lower[noun.first : noun.last + 1] for noun in nouns)
    if not any(is_society(one) or not VIOLENCE.isdisjoint(one) for one in words):
        return ()
    places = [range(nouns[-1].last + 1, clause.verb.first)] if nouns else []
    places += [
        range(part.nouns[0].first, part.nouns[-1].last + 1)
        for part in clause.parts
        if part.word in _WHERE
    ]
    for token in chain.from_iterable(places):
        last, mention = reading.sentence.mentions.get(token, (-1, None))
        if mention is not None:
            return (Actor(mention.code, token, last, "society"),)
    return ()


# -- of a report ---------------------------------------------------------------------------
def find_report(reading: ReadSentence, number: int) -> Report:
    """Return how a clause is reported and who reports it, in words of the reporter or in marks."""
    for _ in range(MAX_CLIMB):
        clause = reading.clauses[number]
        if clause.governor < 0:
            break
        if clause.link == "that":
            return _report_by(reading, clause)
        number = clause.governor
    verb = reading.clauses[number].verb
    quote = reading.sentence.quote_at(verb.head)
    code = reading.cast.country_of(quote) if quote is not None else None
    if code is None:
        return Report()
    return Report("said", (Actor(code, -1, -1, "person"),))


def _report_by(reading: ReadSentence, clause: Clause) -> Report:
    governor = reading.clauses[clause.governor]
    lemma, actors = governor.verb.lemma, reading.actors[clause.governor]
    if lemma == "deny" or (lemma in COPULAS and reading.effect(governor) in ("turns", "doubts")):
        return Report("denied", actors)  # it is unlikely that
    if lemma in WISHES:
        return Report("wish", actors)
    return Report("said", actors) if takes_clause(lemma) else Report()
