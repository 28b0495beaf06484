"""Read a sentence as clauses: verbs with their subjects, objects and governors.

It puts segments together from left to right with the few rules that news prose needs: lists and
appositions before a verb, subjects that go on behind `and`, clauses and infinitives that a verb or
a noun takes, relative clauses, and reports behind what they report. It knows no meaning of any verb
but those of speech and thought.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from briefing.english.clause_nouns import add_nouns, add_part
from briefing.english.clause_state import State
from briefing.english.clause_verbs import add_verb
from briefing.english.clauses import Clause, ClauseLink, moved
from briefing.english.grammar_words import QUOTE_MARKS
from briefing.english.lexicon import read_words
from briefing.english.segment_reader import read_segments
from briefing.english.segments import SentencePart
from briefing.english.tokens import Stream, Streams
from briefing.english.verbs import cue_kinds

_SUPPOSING: Final = read_words("english", "clauses", "supposing")


def clauses_of(streams: Streams, stream: Stream, first: int, end: int) -> tuple[Clause, ...]:
    """Return the clauses of a sentence as `read_clauses` does; `streams` has those read before."""
    key = stream.text[stream.starts[first] : stream.ends[end - 1]], stream.words[first:end]
    known = streams.clauses.get(key)
    if known is None:
        known = streams.clauses[key] = first, read_clauses(stream, first, end)
    at, clauses = known
    return clauses if at == first else tuple([moved(one, first - at) for one in clauses])


def read_clauses(stream: Stream, first: int, end: int) -> tuple[Clause, ...]:
    """Return the clauses of the sentence from token `first` to `end` (exclusive), in order."""
    state = State(stream, read_segments(stream, first, end))
    segments, kinds, size = state.segments, state.kinds, len(state.segments)
    while state.at < size:
        kind, verb = kinds[state.at], segments[state.at].verb
        if kind == "noun":
            add_nouns(state)
        elif verb is not None:
            add_verb(state, verb)
        elif kind == "preposition":
            add_part(state)
        else:
            _join(state, segments[state.at])
    return _with_reports(state)


def _join(state: State, segment: SentencePart) -> None:
    """Read a word or mark that joins clauses or phrases."""
    word = state.lower[segment.first]
    if segment.kind == "subordinator":
        state.put_off()
        state.behind = word
        state.link = _link_of(state, segment, word)
    elif segment.kind == "relative":
        state.put_off()
        state.link, state.behind, state.relative = "relative", word, state.at
    elif segment.kind == ";":
        state.forget()
        state.link = None
        if word == ":" and state.clauses and "clause" in cue_kinds(state.clauses[-1].verb.lemma):
            state.outer = len(state.clauses) - 1  # he said: “In May, we …
    elif segment.kind == "and" and word in ("but", "yet"):
        state.forget()
    state.at += 1


def _link_of(state: State, segment: SentencePart, word: str) -> ClauseLink:
    """Return how the clause behind a subordinator hangs on the one before it."""
    if word == "that":
        return "because" if segment.first and state.lower[segment.first - 1] == "so" else "that"
    if state.link == "that":
        state.outer = len(state.clauses) - 1  # said that, if it rains, they …
    return "if" if word in _SUPPOSING else "because"


def _with_reports(state: State) -> tuple[Clause, ...]:
    """Return the clauses, those before `…, Mr Roe argued` hung on that report."""
    clauses = state.clauses
    governing = {one.governor for one in clauses if one.link in ("that", "to")}
    opened = 0
    for number, report in enumerate(clauses):
        if number in governing or not _is_report(state, report):
            continue
        for place in range(opened, number):
            if clauses[place].link == "main" and clauses[place].governor < 0:
                clauses[place] = replace(clauses[place], governor=number, link="that")
        opened = number + 1
    return tuple(clauses)


def _is_report(state: State, clause: Clause) -> bool:
    """Whether a clause behind a comma or a quotation only tells who says what stands before it."""
    kinds = cue_kinds(clause.verb.lemma)
    if clause.link != "main" or clause.subject_kind != "own" or "clause" not in kinds:
        return False
    if clause.objects and "hearer" not in kinds:
        return False
    first = min(clause.subject[0].first, clause.verb.first)
    mark = state.lower[first - 1] if first else ""
    return mark in QUOTE_MARKS or mark in (",", "—", "–")
