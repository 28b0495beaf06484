"""Which clause the nouns of a sentence belong to: subjects, objects, and what prepositions add."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from briefing.english.clause_state import State
from briefing.english.clauses import COPULAS, Clause, Part
from briefing.english.grammar_words import PERSONAL, grammar_word
from briefing.english.segments import SentencePart
from briefing.english.verb_forms import PARTICIPLE, PAST, THIRD
from briefing.english.verb_or_noun import BEFORE_EITHER
from briefing.english.verbs import cue_kinds, takes_clause
from briefing.english.word_classes import CAPITAL, DET, POSS, PRON

MAX_PARTS: Final = 30
"""How many of its prepositions a clause keeps: the last."""
_OPENS_NOUN: Final = DET | POSS | CAPITAL


def add_nouns(state: State) -> None:
    """Give a list of nouns to the verb before it, or keep it for the verb behind it."""
    at = state.at
    if state.kinds[at - 1] in (",", "and") and _is_denied(state, at):
        state.at += 1
        return
    members = state.list_from(at)
    if not state.has_and(members):
        members = members[:1]
    if state.kinds[at - 1] == "noun" and _opens_contact(state, members):
        state.put_off()
        state.link, state.behind, state.relative = "relative", "", at
        open_group(state, members)
        return
    is_list = state.has_and(members)
    behind = state.behind_parts(members[-1] + 1)
    opens_clause = state.finite[behind] and (is_list or not state.is_leftover(behind))
    opens_clause = opens_clause or _opens_second(state, members)
    is_pending = state.is_pending()
    takes = bool(state.clauses) and (not state.groups or is_pending) and not _opens_new(state)
    if not takes or not _directly_behind_verb(state) or _opens_report(state, members):
        open_group(state, members)
    elif is_pending or not opens_clause:
        _give_object(state, members)
        state.at = members[-1] + 1
    elif is_list and "clause" not in cue_kinds(state.clauses[-1].verb.lemma):
        # `joined France and Poland, and Spain keeps`: the last of a list is the next subject
        _give_object(state, members[:-1])
        state.at = members[-1]
        open_group(state, members[-1:])
    else:
        open_group(state, members)


def _is_denied(state: State, at: int) -> bool:
    """Whether a noun only says what is not meant: `Malta, not Spain, objected`."""
    first = state.segments[at].first
    return first > 0 and state.lower[first - 1] == "not"


def _opens_second(state: State, members: Sequence[int]) -> bool:
    """Whether another clause begins behind `, and`: `left, and Spain, which lost, stayed`."""
    at = members[-1]
    is_open = len(members) == 2 or "and" in state.kinds[members[0] : at - 2]
    if len(members) < 2 or not is_open or state.kinds[at - 2 : at] != [",", "and"] or state.groups:
        return False
    return state.kinds[at + 1 : at + 3] == [",", "relative"] and state.closes(at + 2)


def _opens_report(state: State, members: Sequence[int]) -> bool:
    """Whether nouns behind a verb of speech are a subject: `said the bank, which lost, closed`."""
    behind = members[-1] + 1
    kinds = cue_kinds(state.clauses[-1].verb.lemma)
    if state.kinds[behind] != "," or "clause" not in kinds or "hearer" in kinds:
        return False
    return state.kinds[state.at - 1] == "verb" and state.closes(behind + 1)


def _opens_contact(state: State, members: Sequence[int]) -> bool:
    """Whether a relative clause without a pronoun begins here: `the price it was to pay`."""
    at = state.at
    if not state.finite[members[-1] + 1]:
        return False
    token, before = state.segments[at].first, state.segments[at - 1]
    if not state.stream.flags[token] & _OPENS_NOUN and not _is_personal(state, token):
        return False
    if before.first == before.last and state.stream.flags[before.last] & PRON:
        return False  # they all
    if state.groups or not state.clauses:
        return bool(state.groups)
    return _takes_contact(state, before)


def _takes_contact(state: State, noun: SentencePart) -> bool:
    """Whether a noun behind the last verb takes a relative clause, and its verb none with that."""
    last = state.clauses[-1]
    is_adjective = noun.first == noun.last and not state.lower[noun.last].endswith("s")
    if last.verb.lemma in COPULAS and is_adjective:
        return False  # sure it can
    if last.link in ("if", "because") and last.governor < 0:
        return False
    lemma = last.verb.lemma
    return not takes_clause(lemma) and "hearer" not in cue_kinds(lemma)


def _is_personal(state: State, token: int) -> bool:
    return bool(grammar_word(state.lower[token]) & PERSONAL)


def _opens_new(state: State) -> bool:
    """Whether a new clause begins here: behind a joining word, `but`, or a comma and `and`."""
    if state.link is not None:
        return True
    at = state.at
    if state.kinds[at - 1] != "and":
        return False
    return state.word(at - 1) in ("but", "yet") or state.kinds[at - 2] == ","


def open_group(state: State, members: Sequence[int]) -> None:
    """Let nouns wait for the verb behind them, past what hangs on them by prepositions."""
    state.open(members)
    at = members[-1] + 1
    while state.kinds[at] == "preposition" and state.kinds[at + 1] == "noun":
        if state.word(at) in BEFORE_EITHER and state.finite[at + 2]:
            break
        at = _behind_list(state, at + 1)
    state.at = at


def _behind_list(state: State, at: int) -> int:
    """Return the segment behind the noun of a preposition: `airplanes and helicopters` is one."""
    kinds = state.kinds[at + 1], state.kinds[at + 2]
    behind = state.behind_parts(at + 3)
    if kinds != ("and", "noun") or not state.finite[behind]:
        return at + 1
    one, other = state.segments[at], state.segments[at + 2]
    flags, verb = state.stream.flags, grammar_word(state.word(behind))
    alike = not (flags[one.first] | flags[other.first]) & (DET | POSS | CAPITAL)
    names = flags[one.first] & flags[other.first] & CAPITAL
    disagrees = verb & THIRD and state.lower[other.head].endswith("s")
    is_sum = state.word(at - 1) == "between" or alike or names or disagrees
    is_list = state.word(at + 1) in ("and", "or") and is_sum
    return at + 3 if is_list else at + 1


def _directly_behind_verb(state: State) -> bool:
    """Whether nothing but objects stands between the last verb and here."""
    kind = state.kinds[state.at - 1]
    return kind in ("verb", "noun") or (kind == "and" and bool(state.clauses[-1].objects))


def _give_object(state: State, members: Sequence[int]) -> None:
    clause = state.clauses[-1]
    if not clause.objects:
        state.clauses[-1] = replace(clause, objects=state.nouns(members))


def add_part(state: State) -> None:
    """Read a preposition with its nouns, and add them to the clause they stand in."""
    at, kinds = state.at, state.kinds
    word = state.word(at)
    state.at += 1
    if kinds[at + 1] == "verb":
        state.behind = word
        return
    if kinds[at + 1] != "noun":
        return
    members = state.list_from(at + 1)
    if word in BEFORE_EITHER and _opens_clause(state, members, word):
        state.put_off()
        state.link, state.behind = "because", word
        return
    if not state.has_and(members) or state.finite[members[-1] + 1]:
        members = members[:1]
    behind = members[-1] + 1
    verb = state.segments[behind].verb if behind < len(state.segments) else None
    if word == "for" and verb is not None and verb.form == "infinitive":
        state.open(members)
        state.behind = word
    elif state.clauses and state.link is None and (not state.groups or state.is_pending()):
        clause: Clause = state.clauses[-1]
        if len(clause.parts) == MAX_PARTS:
            clause = replace(clause, parts=clause.parts[1:])
        part = Part(word, state.segments[at].first, state.nouns(members))
        state.clauses[-1] = replace(clause, parts=(*clause.parts, part))
    state.at = behind


def _opens_clause(state: State, members: Sequence[int], word: str) -> bool:
    """Whether a clause stands behind `after`, `as` or `than`, and no mere noun phrase."""
    ends = members[:1] if not state.has_and(members) else (members[0], members[-1])
    for member in ends:
        behind = state.behind_parts(member + 1)
        if (
            state.finite[behind]
            and behind == member + 1
            and _is_personal(state, state.segments[member].first)
        ):
            return True
        if state.finite[behind]:
            return word not in ("as", "than") or not _may_be_participle(state, behind)
    return False


def _may_be_participle(state: State, at: int) -> bool:
    """Whether a verb may add to the noun before it: `as advice based on your needs`."""
    verb = state.segments[at].verb
    if verb is None or verb.first != verb.head or state.kinds[at + 1] != "preposition":
        return False
    role = grammar_word(state.lower[verb.head])
    return bool(role & PAST and role & PARTICIPLE)
