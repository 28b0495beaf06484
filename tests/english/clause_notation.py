"""Clauses in one line: `Malta [plan]; ~Malta [sell] grain (to Spain) 0:to`.

A clause is its subject, its group of verbs in brackets, its objects, what prepositions add, and the
number of its governor with the link; one without a governor and a plain link has none. Nouns of a
list are joined by `+`. The mark before a subject tells how it was found: none for its own, `=` for
shared, `~` for controlled, `<` for an antecedent. In the brackets stand the modal verb, `not`,
`have` for perfect, the lemma, and `.passive`, `.past`, `.asks`; a verb that is not finite has `to`,
`-ing` or `-ed`.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.english.clause_reader import read_clauses
from briefing.english.clauses import Clause
from briefing.english.segments import SentencePart, VerbGroup
from briefing.english.tokens import Stream, read_stream

_SUBJECTS = {"own": "", "none": "", "shared": "=", "controlled": "~", "antecedent": "<"}


def write_clauses(text: str) -> str:
    """Return the clauses of a sentence in the notation."""
    stream = read_stream(text, ())
    return "; ".join(_write(stream, one) for one in read_clauses(stream, 0, len(stream.words)))


def _write(stream: Stream, clause: Clause) -> str:
    segments = [_SUBJECTS[clause.subject_kind] + _nouns(stream, clause.subject)]
    segments += [_verb(clause.verb), _nouns(stream, clause.objects)]
    segments += [f"({part.word} {_nouns(stream, part.nouns)})" for part in clause.parts]
    if clause.governor >= 0:
        segments.append(f"{clause.governor}:{clause.link}")
    elif clause.link != "main":
        segments.append(f":{clause.link}")
    return " ".join(segment for segment in segments if segment)


def _verb(verb: VerbGroup) -> str:
    words = [verb.modal, "not" if verb.negated else None, "have" if verb.perfect else None]
    form = {"infinitive": "to", "ing": "-ing", "participle": "-ed"}.get(verb.form)
    marks = [".passive"] * verb.passive + [".past"] * verb.past + [".asks"] * verb.asks
    inner = [form, *words, verb.lemma + "".join(marks)]
    return f"[{' '.join(word for word in inner if word)}]"


def _nouns(stream: Stream, nouns: Sequence[SentencePart]) -> str:
    return "+".join(stream.text[stream.starts[one.first] : stream.ends[one.last]] for one in nouns)
