"""Clauses: who does what to whom, and which clause another one governs."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from briefing.english.lexicon import read_words
from briefing.english.segments import SentencePart, VerbGroup, shift

ClauseLink = Literal[
    "main", "that", "to", "ing", "noun", "relative", "reduced", "and", "if", "because"
]
"""How a clause hangs on its governor.

`that` is what somebody says or thinks, with or without the word; `to` and `ing` are complements of
a verb, `noun` the complement of a noun (`plan to`); `relative` adds to a noun, also where its
subject is another (`the plan that Britain opposed`); `reduced` is a relative clause without a
finite verb; `if` supposes or asks; `because` is any other subordinate clause.
"""
SubjectKind = Literal["own", "shared", "controlled", "antecedent", "none"]
"""How a subject was found.

`own` stands with its verb (before it, or behind one of speech: `said Mr Roe`), `shared` is that of
a clause before; `controlled` is what an infinitive or participle takes from its governor;
`antecedent` is the noun that a relative clause adds to.
"""

COPULAS: Final = read_words("english", "clauses", "copula")


class Part(Struct, frozen=True, gc=False):
    """What a preposition adds to a clause: the word, its token, and the nouns behind it."""

    word: str
    at: int
    nouns: tuple[SentencePart, ...]


class Clause(Struct, frozen=True, gc=False):
    """A verb with its subject and object, each a tuple of noun segments (lists, appositions).

    Of a passive verb the subject is what the verb is done to, and `by` in `parts` brings who does
    it; of `there is` what there is stands as the object. `governor` is the number of the clause it
    hangs on, -1 for none: it stands before, but for a report behind what it reports. `noun` is the
    token of the noun that takes it, -1 for none. `before` is the preposition, subordinator or
    relative pronoun that it stands behind.
    """

    verb: VerbGroup
    subject: tuple[SentencePart, ...] = ()
    subject_kind: SubjectKind = "none"
    objects: tuple[SentencePart, ...] = ()
    parts: tuple[Part, ...] = ()
    governor: int = -1
    link: ClauseLink = "main"
    noun: int = -1
    before: str = ""


def moved(clause: Clause, by: int) -> Clause:
    """Return a clause of a sentence whose tokens are numbered from elsewhere."""

    def move(nouns: tuple[SentencePart, ...]) -> tuple[SentencePart, ...]:
        return tuple([shift(one, by) for one in nouns])

    return replace(
        clause,
        verb=shift(clause.verb, by),
        subject=move(clause.subject),
        objects=move(clause.objects),
        parts=tuple([replace(one, at=one.at + by, nouns=move(one.nouns)) for one in clause.parts]),
        noun=clause.noun + by if clause.noun >= 0 else -1,
    )
