"""Names of institutions, parties and armed groups that belong to one country or group.

These are the names beside the gazetteer's: what it knows to act for its country is not here.
`tests/bench/build_actors.py` compiles the data file.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, cast

import ahocorasick_rs
from msgspec import Struct

from briefing.english.lexicon import read_rows

ActorKind = Literal["government", "party", "rebels", "other"]
"""Whom an actor belongs to: `government` has every state body, `rebels` every armed group that is
none, `other` unions, associations and institutes."""

_NO_START: Final = frozenset("@#_.-/'<")
"""Signs before a name that make it the end of another one."""
_QUOTES: Final = str.maketrans("’ \n\t", "'   ")
"""Signs that texts write in several ways, each for one of the same length."""


class ActorName(Struct, frozen=True):
    """A name in a text, where it stands, the country or group it belongs to and its kind."""

    start: int
    end: int
    code: str
    kind: ActorKind


class ActorAutomaton(NamedTuple):
    """All names at once, and what each stands for by its number."""

    finder: ahocorasick_rs.AhoCorasick
    meanings: Sequence[tuple[str, ActorKind]]


@functools.cache
def actor_automaton() -> ActorAutomaton:
    """Read the compiled data file once and build the automaton over its names."""
    rows = [row.split("\t") for row in read_rows("world", "actors.tsv")]
    finder = ahocorasick_rs.AhoCorasick(
        [row[0] for row in rows],
        store_patterns=False,
        implementation=ahocorasick_rs.Implementation.ContiguousNFA,
    )
    return ActorAutomaton(finder, tuple((row[1], cast("ActorKind", row[2])) for row in rows))


def find_actors(text: str) -> list[ActorName]:
    """Find the names of actors in a text: case as written, whole words, the longest of several."""
    automaton = actor_automaton()
    plain = text.translate(_QUOTES)
    hits = sorted(
        (start, -end, number)
        for number, start, end in automaton.finder.find_matches_as_indexes(plain, overlapping=True)
        if _stands_alone(plain, start, end)
    )
    found: list[ActorName] = []
    for start, negative, number in hits:
        if not found or start >= found[-1].end:
            found.append(ActorName(start, -negative, *automaton.meanings[number]))
    return found


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() or before in _NO_START:
        return False
    return not after.isalnum() and not (after == "-" and text[end + 1 : end + 2].isupper())
