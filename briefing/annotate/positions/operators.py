"""What a governing verb, noun or predicate does to the stance of what it governs."""

from __future__ import annotations

import functools
from typing import Final, Literal, cast, get_args

from briefing.annotate.positions.cues import (
    CueTable,
    Match,
    build_table,
    match_noun,
    match_predicate,
    match_verb,
    parse_cue,
)
from briefing.english.lexicon import read_lexicon, read_words
from briefing.english.tokens import Stream
from briefing.english.word_classes import PREP, PUNCT, VERB

Effect = Literal[
    "holds",
    "intends",
    "turns",
    "refrains",
    "doubts",
    "undecided",
    "others",
    "stops short",
    "hesitates",
    "says nothing",
]
"""`others` holds where the complement has a subject of its own: wants Berlin to ban."""

MAX_PREDICATE: Final = 4
"""How many words of a predicate are looked at."""
_SHARED: Final = "others"
_EFFECTS: Final = tuple(one for one in get_args(Effect) if one != _SHARED)
CALLING: Final = read_words("annotate/positions", "operators", "calling")


@functools.cache
def table_of(*titles: str) -> CueTable:
    """Return the entries of the sections of those titles as cues for the titles."""
    lexicon = read_lexicon("annotate/positions", "operators")
    rows = ((title, one) for title in lexicon if title in titles for one in lexicon[title])
    return build_table(cue for title, one in rows for cue in parse_cue(one, title))


def verb_effect(stream: Stream, head: int, lemma: str, *, on_others: bool = False) -> Effect | None:
    """Return the effect of a main verb, None where the verb is no operator."""
    table = table_of(_SHARED) if on_others else table_of(*_EFFECTS)
    return _effect(match_verb(table, stream, head, lemma))


def verb_operator(stream: Stream, head: int, lemma: str) -> Match | None:
    """Return the operator at a main verb with the tokens of its words, or None."""
    return match_verb(table_of(*_EFFECTS), stream, head, lemma)


def noun_effect(stream: Stream, at: int) -> Effect | None:
    """Return the effect of a noun on what it governs: a plan to, opposition to."""
    return _effect(match_noun(table_of(*_EFFECTS), stream, at))


def predicate_effect(stream: Stream, at: int) -> Effect | None:
    """Return the effect of a predicate behind a form of to be: is ready to, is against."""
    return _effect(match_predicate(table_of(*_EFFECTS), stream, at))


def _effect(match: Match | None) -> Effect | None:
    return cast("Effect", match.cue.stance) if match else None


def judgement_table() -> CueTable:
    """Return what speakers say of things that they are for or against."""
    return table_of("judged against", "judged for", "judged guilty")


def same_table() -> CueTable:
    """Return the words for doing what somebody has done before: followed suit."""
    return table_of("the same")


@functools.cache
def same_words() -> frozenset[str]:
    """Return the last words of those, without one of which nobody does the same."""
    cues = (one for row in same_table().verbs.values() for one in row)
    return frozenset(one.rest[-1] for one in cues)


def find_judgement(stream: Stream, at: int) -> Match | None:
    """Return the judgement in a predicate of a few words: is an unacceptable situation."""
    for place in range(at, min(len(stream.words), at + MAX_PREDICATE)):
        match = match_predicate(judgement_table(), stream, place)
        if match is not None or stream.flags[place] & (PUNCT | PREP | VERB):
            return match
    return None
