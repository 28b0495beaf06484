"""What a reported statement is, before its speaker is looked for."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from briefing.english.clauses import Clause
from briefing.english.frames import Frame
from briefing.english.lexicon import read_words
from briefing.english.phrases import Phrases

MIN_WORDS: Final = 3
"""Fewer words than this are no statement."""
CLAUSE_OPENERS: Final = read_words("annotate/quotes/indirect", "clauses", "opener")
"""Words by which a reported clause opens."""
MAX_COMMENT: Final = 8
"""How many tokens a noun takes with its relative pronoun: `a costly step that`."""
_RELATIVES: Final = frozenset(("that", "which"))
TokenSpan = tuple[int, int]
"""A stretch of tokens, end exclusive."""


class Reported(Struct, frozen=True):
    """The spans of one reported statement, as tokens with the end exclusive, and its frame.

    Without `has_speaker` the text names no speaker, and the subject of the frame is only the cue.
    """

    spans: tuple[TokenSpan, ...]
    frame: Frame
    rule: str
    has_speaker: bool = True


class ReadClauses(Struct, frozen=True):
    """The clauses of a sentence, from token `low` to the marks that end it at `high`."""

    phrases: Phrases
    clauses: tuple[Clause, ...]
    low: int
    high: int


def opening(clause: Clause) -> int:
    """Return the first token of a clause: its subject, where that is its own, or its verb."""
    if clause.subject_kind == "own" and clause.subject:
        return min(clause.subject[0].first, clause.verb.first)
    return clause.verb.first


def opens_comment(phrases: Phrases, start: int, end: int) -> bool:
    """Whether a noun is the reporter's comment on what stands before it: `, a step that hurts`."""
    near = phrases.lower[start + 2 : min(end, start + MAX_COMMENT)]
    return phrases.lower[start] in ("a", "an", "something") and not _RELATIVES.isdisjoint(near)
