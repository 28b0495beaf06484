"""Which clause governs another one, and by what word."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from briefing.english.clause_state import MAX_BACK, State
from briefing.english.clauses import COPULAS, Clause, ClauseLink
from briefing.english.grammar_words import QUOTE_MARKS
from briefing.english.lexicon import read_words
from briefing.english.segments import SentencePart
from briefing.english.verbs import claim_nouns, cue_kinds, takes_clause

_TAKES_THAT: Final = read_words("english", "clauses", "noun_with_that") | claim_nouns()
_BREAKS: Final = frozenset((",", ";", "and", "or", "but", "—", "–", "-"))


def hang(state: State, clause: Clause, link: ClauseLink | None, place: tuple[int, int]) -> Clause:
    """Return a clause hung on the one before it.

    `place` is the token that it opens at, and the number of the clause before that.
    """
    first, number = place
    if link is not None:
        return _hang_by_word(state, clause, link, number)
    if clause.verb.asks:
        return replace(clause, link="if")
    if state.outer >= 0:
        outer, state.outer = state.outer, -1
        return replace(clause, governor=outer, link="that")
    if number < 0:
        return clause
    before = state.clauses[number]
    reports = takes_clause(before.verb.lemma) or before.verb.lemma in COPULAS
    if reports and (_stands_behind(state, first, before) or _is_quoted(state, first, before)):
        return replace(clause, governor=number, link="that")
    partner = _coordinate(state, number, first)
    return replace(clause, governor=partner.governor, link=partner.link) if partner else clause


def _hang_by_word(state: State, clause: Clause, link: ClauseLink, number: int) -> Clause:
    """Hang a clause behind a word that joins it: `that`, `if`, `which Britain opposed`."""
    if link == "relative":
        noun = noun_before(state, state.relative)
        token = noun[0].head if noun else -1
        return replace(clause, governor=number, link="relative", noun=token)
    if link != "that":
        return replace(clause, governor=number, link=link)
    token = _noun_before_that(state)
    if token >= 0:
        return _hang_on_noun(state, clause, number, token)
    return replace(clause, governor=number, link="that", noun=token)


def _hang_on_noun(state: State, clause: Clause, number: int, token: int) -> Clause:
    """Hang a clause with `that` on the noun before it, or on the verb: told the council that."""
    if state.lower[token] in _TAKES_THAT:
        return replace(clause, governor=number, link="that", noun=token)
    if number < 0:
        return replace(clause, link="relative", noun=token)
    verb = state.clauses[number].verb
    if (
        takes_clause(verb.lemma)
        or "hearer" in cue_kinds(verb.lemma)
        or verb.lemma in COPULAS
        or clause.objects
    ):
        return replace(clause, governor=number, link="that")
    return replace(clause, governor=number, link="relative", noun=token)


def _noun_before_that(state: State) -> int:
    before = state.at - 1
    while before > max(0, state.at - MAX_BACK) and state.kinds[before] != "subordinator":
        before -= 1
    return state.segments[before - 1].head if state.kinds[before - 1] == "noun" else -1


def _coordinate(state: State, number: int, first: int) -> Clause | None:
    """Return the reported or subordinate clause that `and` before a token goes on with."""
    if state.word_before(first) not in ("and", "or"):
        return None
    has_comma = first > 1 and state.lower[first - 2] == ","
    for _ in range(MAX_BACK):
        if number < 0:
            return None
        clause = state.clauses[number]
        if clause.link == "that" or (clause.link in ("if", "because") and not has_comma):
            return clause
        if clause.verb.form == "finite":
            return None
        number = clause.governor
    return None


def _stands_behind(state: State, token: int, clause: Clause) -> bool:
    """Whether a token stands behind a verb or its object without a comma or an `and` between."""
    edge = max([clause.verb.last, *(one.last for one in clause.objects)])
    if clause.parts:
        edge = max(edge, clause.parts[-1].nouns[-1].last)
    return not any(word in _BREAKS for word in state.lower[edge + 1 : token])


def _is_quoted(state: State, token: int, clause: Clause) -> bool:
    """Whether a quotation opens at a token, directly behind a verb: `said: “We …`."""
    between = state.lower[clause.verb.last + 1 : token]
    marked = bool(between) and (between[-1] in QUOTE_MARKS or between[-1] == ":")
    return marked and all(word in (",", ":") or word in QUOTE_MARKS for word in between)


def noun_before(state: State, at: int) -> tuple[SentencePart, ...]:
    """Return the last noun before a segment."""
    for place in range(at - 1, max(at - MAX_BACK, 0) - 1, -1):
        if state.kinds[place] == "noun":
            return (state.segments[place],)
    return ()
