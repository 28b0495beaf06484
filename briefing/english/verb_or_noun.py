"""Whether a word that can be a verb is one, by what stands around it."""

from __future__ import annotations

from typing import Final

from briefing.english.chunks import Finiteness
from briefing.english.grammar_words import (
    AFTER_VERB,
    DEGREE,
    FIGURE,
    PERSONAL,
    PLURAL,
    PRONOMINAL,
    SEVERAL,
    SINGULAR,
    VERBAL,
)
from briefing.english.lexicon import read_words
from briefing.english.reading import Reading
from briefing.english.verb_forms import BASE, ING, NOUN_TOO, PARTICIPLE, PAST, THIRD, verb_form
from briefing.english.verbs import cue_kinds
from briefing.english.word_classes import (
    ADV,
    AUX,
    BODY,
    CAPITAL,
    CONJ,
    DET,
    GENITIVE,
    PERSON,
    POSS,
    PREP,
    PRON,
    PUNCT,
    SUB,
    TIME,
    WORD,
)

_BARE_INFINITIVE: Final = read_words("english", "clauses", "bare_infinitive")
_AFTER_PRONOUN: Final = DET | POSS | PRON | PREP | CAPITAL | ADV
_RESTS: Final = frozenset(("and", "relative", "noun", ","))
LOOK_AHEAD: Final = 24
"""How many tokens ahead another verb of the same clause is looked for."""


def verb_at(reading: Reading, at: int, inside: int = -1) -> Finiteness | None:
    """Return how a word without an auxiliary can be a verb here; None for a noun.

    `inside` is the first token of the noun phrase that is being read, -1 outside of one.
    """
    role, flag = reading.roles[at], reading.flags[at]
    if flag & (CAPITAL | AUX):
        return None
    if not role & VERBAL:
        return _unknown(reading, at) if reading.roles[at - 1] & PERSONAL else None
    before, previous = reading.flags[at - 1], reading.roles[at - 1]
    if before & (DET | POSS | GENITIVE) and not before & PRON and not previous & PRONOMINAL:
        return None
    if previous & DEGREE:
        return None
    if role & ING:
        return _ing(reading, at, inside)
    if role & (PAST | PARTICIPLE) and not role & BASE:
        return _past(reading, at, inside)
    is_person = flag & (PERSON | BODY) and not before & PRON
    if role & NOUN_TOO and is_person and not role & PAST:
        return None
    return _third(reading, at, inside) if role & THIRD else _plain(reading, at, inside)


def _unknown(reading: Reading, at: int) -> Finiteness | None:
    """Read a word that no list has behind `he`, `they`: it features songs."""
    if not reading.is_plain_noun(at) or not reading.flags[at + 1] & _AFTER_PRONOUN:
        return None
    word, before = reading.lower[at], reading.roles[at - 1]
    is_third = word.endswith("s") and not word.endswith("ss")
    return "finite" if before & (SINGULAR if is_third else PLURAL) else None


def governs(reading: Reading, at: int, *, strictly: bool = False) -> bool:
    """Whether what follows a word can be the object or complement of a verb."""
    flag = reading.flags[at + 1]
    if flag & (DET | POSS | PRON | CAPITAL) or reading.roles[at + 1] & (AFTER_VERB | FIGURE):
        return True
    if reading.lower[at + 1] in ("that", "to", "not"):
        return True
    return not strictly and bool(flag & (ADV | PREP))


def _ing(reading: Reading, at: int, inside: int) -> Finiteness | None:
    before, follows = reading.flags[at - 1], reading.flags[at + 1]
    if reading.lower[at + 1] == "of" or reading.lower[at - 2] == "there":
        return None
    if reading.roles[at] & NOUN_TOO:
        opens = follows & (DET | POSS | PRON | CAPITAL) and reading.lower[at + 1] != "that"
        if inside >= 0 and not opens:
            return None  # the annual meeting that
        is_verb = governs(reading, at, strictly=True) and not before & CAPITAL
        return "ing" if is_verb else None
    if inside < 0 and _follows_speech(reading) and reading.is_plain_noun(at + 1):
        return None
    if inside < 0 and follows & CONJ and reading.last in ("preposition", ","):
        return None  # heating, cooling and light
    if inside >= 0 and not governs(reading, at):
        word = reading.lower[at + 1]
        is_plural = word.endswith("s") and not word.endswith("ss")
        return None if follows & WORD and not is_plural else "ing"
    return "ing"


def _follows_speech(reading: Reading) -> bool:
    verb = reading.chunks[-1].verb if reading.chunks else None
    return verb is not None and "clause" in cue_kinds(verb.lemma)


def _past(reading: Reading, at: int, inside: int) -> Finiteness | None:
    """Read a past form: a verb, a participle, or an adjective before its noun."""
    before = reading.flags[at - 1]
    if reading.roles[at - 1] & PERSONAL and reading.roles[at] & PAST:
        return "finite"
    is_noun_next = reading.is_plain_noun(at + 1)
    if inside < 0:
        if reading.last in ("preposition", "verb", None) and is_noun_next:
            return None
        if reading.last in _RESTS or reading.last == ";":
            return _finite_or_participle(reading, at)
        if _ends_relative(reading):
            return "finite"
        return "participle" if reading.roles[at] & PARTICIPLE else "finite"
    if is_noun_next and (before & ADV) and reading.flags[at - 2] & (DET | POSS | GENITIVE):
        return None  # its newly designated ambassador
    if reading.roles[at] & NOUN_TOO and not (governs(reading, at) or _ends_clause(reading, at)):
        return None
    if reading.flags[at + 1] & AUX and reading.roles[at] & PARTICIPLE:
        return "participle"  # the hours logged were
    if _is_adjunct(reading, at):
        return None if is_noun_next else "participle"
    return _finite_or_participle(reading, at)


def _ends_relative(reading: Reading) -> bool:
    """Whether a relative clause with its own subject ends here: `the plan that Malta opposed`."""
    kinds = [one.kind for one in reading.chunks[-4:]]
    return kinds in (["noun", "subordinator", "noun", "verb"], ["noun", "relative", "noun", "verb"])


def _ends_clause(reading: Reading, at: int) -> bool:
    """Whether a form can only be the verb of its clause, which ends here: `the envoy left`."""
    return bool(reading.flags[at + 1] & (PUNCT | SUB | CONJ)) and not reading.has_finite


def _is_adjunct(reading: Reading, at: int) -> bool:
    """Whether a form behind a noun only adds to it, as its clause has a finite verb to come."""
    role = reading.roles[at]
    if not role & PARTICIPLE or not role & PAST:
        return False
    follows = reading.flags[at + 1]
    if not (follows & PREP or reading.is_plain_noun(at + 1)):
        return False
    word = reading.lower[at]
    known = verb_form(word)
    if known is None or cue_kinds(known.lemma) & {"clause", "think"}:
        return False
    return _auxiliary_ahead(reading, at + 1)


def _auxiliary_ahead(reading: Reading, at: int) -> bool:
    """Whether an auxiliary follows in the same clause, with no other noun for its subject."""
    for place in range(at, at + LOOK_AHEAD):
        flag = reading.flags[place]
        if flag & AUX and not flag & CAPITAL:
            return reading.lower[place - 1] != "to"
        if flag & (PUNCT | CONJ | SUB | PRON):
            return False
        is_opening = flag & (DET | POSS | CAPITAL) and not reading.flags[place - 1] & (
            PREP | DET | POSS | CAPITAL | GENITIVE
        )
        if is_opening and place > at:
            return False
    return False


def _finite_or_participle(reading: Reading, at: int) -> Finiteness:
    """Tell `Iran banned the firm` from `a firm banned by Iran`."""
    if not reading.roles[at] & PAST:
        return "participle"
    behind = at + 1
    while reading.flags[behind] & TIME:
        behind += 1
    if reading.lower[behind] == "by":
        is_measure = reading.roles[behind + 1] & (FIGURE | ING)
        return "finite" if is_measure else "participle"
    return "finite"


def _third(reading: Reading, at: int, inside: int) -> Finiteness | None:
    before, role = reading.flags[at - 1], reading.roles[at]
    if reading.roles[at - 1] & SINGULAR:
        is_clause = role & NOUN_TOO and reading.last == "subordinator"
        return None if is_clause else "finite"  # said that remarks by …
    follows = reading.flags[at + 1]
    reports = reading.last in ("relative", "subordinator") and _takes_clause(reading, at)
    if follows & AUX and not follows & CAPITAL and not reports:
        return None
    if inside < 0 and reading.last not in _RESTS:
        return None
    if not role & NOUN_TOO:
        return "finite"
    if _must_be_noun(reading, at) or before & DET:
        return None
    if inside < 0 and reading.last == "noun" and before & ADV:
        return "finite"
    behind_name = bool(before & (CAPITAL | ADV)) or reading.lower[at - 1] in (")", "]")
    opens = inside >= 0 and bool(reading.flags[inside] & (DET | POSS))
    if not (behind_name or opens or inside < 0):
        return None
    if governs(reading, at, strictly=not behind_name):
        return "finite"
    if behind_name and reading.last in ("subordinator", "relative") and _ends_clause(reading, at):
        return "finite"
    is_only = reading.is_plain_noun(at + 1) or follows & ADV
    if not is_only or reading.has_finite or _verb_follows(reading, at + 1):
        return None
    return "finite"


def _takes_clause(reading: Reading, at: int) -> bool:
    known = verb_form(reading.lower[at])
    return known is not None and bool(cue_kinds(known.lemma) & {"clause", "think"})


def _must_be_noun(reading: Reading, at: int) -> bool:
    """Whether a form that is more often a noun is one: behind a figure, or where a verb is to come.

    So is one in a phrase behind a preposition, whose clause has its verb.
    """
    if reading.roles[at - 1] & FIGURE or (reading.last == "preposition" and reading.has_finite):
        return True
    return bool(reading.flags[at + 1] & PREP) and _auxiliary_ahead(reading, at + 1)


def _verb_follows(reading: Reading, at: int) -> bool:
    """Whether a finite verb stands behind a token, before the next mark or `that`."""
    for place in range(at, min(reading.end, at + LOOK_AHEAD)):
        role = reading.roles[place]
        if reading.flags[place] & PUNCT or reading.lower[place] in ("that", "who", "which"):
            return False
        if reading.flags[place] & AUX or (role & (PAST | THIRD) and not role & NOUN_TOO):
            return True
    return False


def _plain(reading: Reading, at: int, inside: int) -> Finiteness | None:
    """Read a base form: of a plural subject, behind an infinitive and `and`, behind `help`."""
    role = reading.roles[at]
    if inside >= 0 and role & BASE and _may_be_asked(reading, at):
        return "finite"
    before = reading.roles[at - 1]
    if before & PLURAL or (before & PERSONAL and role & PAST):
        return "finite"
    follows = reading.flags[at + 1]
    if follows & AUX and not follows & CAPITAL:
        return None
    if _follows_help(reading, at, inside):
        return "infinitive"
    if reading.last in ("and", ",") and inside < 0:
        return _joined(reading, at)
    if reading.last == "relative" and inside < 0 and reading.flags[at - 1] & ADV:
        return "finite"
    if inside < 0 and reading.last == "noun" and reading.flags[at - 1] & (ADV | TIME):
        inside = reading.chunks[-1].first - reading.base
    return None if inside < 0 else _behind_noun(reading, at, inside, role)


def _may_be_asked(reading: Reading, at: int) -> bool:
    """Whether a base form behind a noun can be the verb of a question: `Will Norway ban it?`."""
    opened = reading.opened_question(1)
    if opened is None or not (opened.modal or opened.lemma == "do"):
        return False
    ends = reading.flags[at + 1] & (PUNCT | PREP | SUB)
    return not reading.roles[at] & NOUN_TOO or bool(ends) or governs(reading, at, strictly=True)


def _follows_help(reading: Reading, at: int, inside: int) -> bool:
    """Whether `help` stands before a word, directly or with its object between."""
    if reading.roles[at] & NOUN_TOO and not governs(reading, at, strictly=True):
        return False
    back = 1
    if inside < 0 and reading.last == "noun" and reading.flags[at - 1] & PRON:
        back = 2  # let them go
    elif inside < 0 and reading.last != "verb":
        return False
    verb = reading.chunks[-back].verb if len(reading.chunks) >= back else None
    return verb is not None and verb.lemma in _BARE_INFINITIVE and not verb.passive


def _joined(reading: Reading, at: int) -> Finiteness | None:
    """Read a base form that goes on with a list of verbs: `to sell and buy`."""
    verb = reading.last_verb(6 if reading.last == "and" else 2)
    if verb is None or not (verb.form == "infinitive" or verb.modal):
        return None
    if reading.roles[at] & NOUN_TOO and not governs(reading, at, strictly=True):
        return None
    return "infinitive" if verb.form == "infinitive" else "finite"


def _behind_noun(reading: Reading, at: int, inside: int, role: int) -> Finiteness | None:
    plural = _is_plural(reading, inside, at)
    is_noun_too = bool(role & NOUN_TOO)
    if is_noun_too and _must_be_noun(reading, at):
        return None
    behind_name = bool(reading.flags[at - 1] & CAPITAL) and not reading.has_finite
    if role & PAST and (behind_name or governs(reading, at, strictly=is_noun_too)):
        return "finite"  # cut, put, set, hit: past as well
    if not is_noun_too and not reading.has_finite:
        return "finite" if plural or governs(reading, at) else None
    if not plural:
        return None
    if not is_noun_too or governs(reading, at, strictly=True):
        return "finite"
    is_only = reading.is_plain_noun(at + 1) and not reading.roles[at - 1] & NOUN_TOO
    return (
        "finite" if is_only and not reading.has_finite and not _verb_follows(reading, at) else None
    )


def _is_plural(reading: Reading, first: int, at: int) -> bool:
    while at - 1 > first and reading.flags[at - 1] & (ADV | TIME):
        at -= 1
    word = reading.lower[at - 1]
    if reading.roles[at - 1] & SEVERAL:
        return True
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return True
    return reading.last == "and" and bool(reading.flags[at - 1] & CAPITAL)
