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
_EFFECTS: Final = frozenset(get_args(Effect)) - {_SHARED}
CALLING: Final = read_words("annotate/positions", "operators", "calling")


@functools.cache
def _tables() -> tuple[CueTable, CueTable]:
    """Return the operators, and those that address others."""
    lexicon = read_lexicon("annotate/positions", "operators")
    plain = [
        cue
        for title, entries in lexicon.items()
        if title in _EFFECTS
        for entry in entries
        for cue in parse_cue(entry, title)
    ]
    others = [cue for entry in lexicon[_SHARED] for cue in parse_cue(entry, _SHARED)]
    return build_table(plain), build_table(others)


def verb_effect(
    stream: Stream, head: int, lemma: str, end: int, *, on_others: bool = False
) -> Effect | None:
    """Return the effect of a main verb, None where the verb is no operator."""
    match = verb_operator(stream, head, lemma, end, on_others=on_others)
    return cast("Effect", match.cue.stance) if match else None


def verb_operator(
    stream: Stream, head: int, lemma: str, end: int, *, on_others: bool = False
) -> Match | None:
    """Return the operator at a main verb with the tokens of its words, or None."""
    return match_verb(_tables()[on_others], stream, head, lemma, end)


def noun_effect(stream: Stream, at: int, end: int) -> Effect | None:
    """Return the effect of a noun on what it governs: a plan to, opposition to."""
    match = match_noun(_tables()[False], stream, at, end)
    return cast("Effect", match.cue.stance) if match else None


def predicate_effect(stream: Stream, at: int, end: int) -> Effect | None:
    """Return the effect of a predicate behind a form of to be: is ready to, is against."""
    match = match_predicate(_tables()[False], stream, at, end)
    return cast("Effect", match.cue.stance) if match else None


@functools.cache
def judgement_table() -> CueTable:
    """Return what speakers say of things that they are for or against."""
    lexicon = read_lexicon("annotate/positions", "operators")
    titles = ("judged against", "judged for", "judged guilty")
    return build_table(
        cue for title in titles for one in lexicon[title] for cue in parse_cue(one, title)
    )


@functools.cache
def same_table() -> CueTable:
    """Return the words for doing what somebody has done before: followed suit."""
    entries = read_lexicon("annotate/positions", "operators")["the same"]
    return build_table(cue for one in entries for cue in parse_cue(one, "the same"))


@functools.cache
def same_words() -> frozenset[str]:
    """Return the last words of those, without one of which nobody does the same."""
    cues = (one for row in same_table().verbs.values() for one in row)
    return frozenset(one.rest[-1] for one in cues)


def predicate_judgement(stream: Stream, at: int, end: int) -> Match | None:
    """Return the judgement that a predicate at a token makes of its subject, or None."""
    return match_predicate(judgement_table(), stream, at, end)


def find_judgement(stream: Stream, at: int, end: int) -> Match | None:
    """Return the judgement in a predicate of a few words: is an unacceptable situation."""
    for place in range(at, min(end, at + MAX_PREDICATE)):
        match = predicate_judgement(stream, place, end)
        if match is not None or stream.flags[place] & (PUNCT | PREP | VERB):
            return match
    return None


def verb_judgement(stream: Stream, head: int, lemma: str, end: int) -> Match | None:
    """Return the judgement that a verb makes of its subject: would violate the treaty."""
    return match_verb(judgement_table(), stream, head, lemma, end)
