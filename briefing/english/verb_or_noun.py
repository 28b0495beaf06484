"""Whether a word that can be a verb is one, by what stands around it."""

from __future__ import annotations

from typing import Final

from briefing.english import grammar_words as gw
from briefing.english import word_classes as wc
from briefing.english.lexicon import read_words
from briefing.english.read_so_far import ReadSoFar
from briefing.english.segments import Finiteness
from briefing.english.verb_forms import BASE, ING, NOUN_TOO, PARTICIPLE, PAST, THIRD, verb_form
from briefing.english.verbs import cue_kinds, takes_clause

BEFORE_EITHER: Final = read_words("english", "clauses", "before_either")
"""Prepositions that open a clause as well: `after the vote`, `after the vote failed`."""
_BARE_INFINITIVE: Final = read_words("english", "clauses", "bare_infinitive")
WISHING: Final = frozenset(("demand", "insist", "propose", "recommend", "request", "ask", "urge"))
"""Verbs whose clause with `that` has a base form."""
_AFTER_PRONOUN: Final = wc.DET | wc.POSS | wc.PRON | wc.PREP | wc.CAPITAL | wc.ADV
_JOINED: Final = frozenset(("relative", "subordinator"))
_RESTS: Final = frozenset(("and", "relative", "noun", ","))
MAX_ASIDE: Final = 10
"""How far back the comma before a short aside may stand, in tokens."""
LOOK_AHEAD: Final = 24
"""How many tokens ahead another verb of the same clause is looked for."""


def verb_at(reading: ReadSoFar, at: int, inside: int = -1) -> Finiteness | None:
    """Return how a word without an auxiliary can be a verb here; None for a noun.

    `inside` is the first token of the noun phrase that is being read, -1 outside of one.
    """
    role, flag, previous = reading.roles[at], reading.flags[at], reading.roles[at - 1]
    if flag & (wc.CAPITAL | wc.AUX):
        return None
    if not role & gw.VERBAL:
        return _unknown(reading, at) if previous & (gw.PERSONAL | gw.RELATIVE) else None
    if previous & gw.DEGREE or _is_modified(reading, at):
        return None
    is_tag = inside < 0 and reading.flags[at - 1] & wc.QUOTE
    if is_tag and role & (PAST | THIRD) and _takes_clause(reading, at):
        return "finite"  # “…,” said Lin
    if role & ING:
        return _ing(reading, at, inside)
    is_past = role & (PAST | PARTICIPLE) and not role & BASE
    read = _past if is_past else _third if role & THIRD else _plain
    return read(reading, at, inside)


def _is_modified(reading: ReadSoFar, at: int) -> bool:
    """Whether a word is a noun by the determiner before it, or as it names a person."""
    before, role = reading.flags[at - 1], reading.roles[at]
    if before & wc.PRON or (before & wc.ADV and reading.last == "relative"):
        return False  # who also heads it
    if before & (wc.DET | wc.POSS | wc.GENITIVE) and not reading.roles[at - 1] & gw.PRONOMINAL:
        return True
    if reading.lower[at - 1] == "own" and reading.flags[at - 2] & (wc.POSS | wc.GENITIVE):
        return True
    is_person = reading.flags[at] & (wc.PERSON | wc.BODY)
    return bool(is_person and role & NOUN_TOO and not role & (PAST | PARTICIPLE | ING))


def _unknown(reading: ReadSoFar, at: int) -> Finiteness | None:
    """Read a word that no list has behind `he`, `they`: it features songs."""
    if not reading.is_plain_noun(at) or not reading.flags[at + 1] & _AFTER_PRONOUN:
        return None
    word, before = reading.lower[at], reading.roles[at - 1]
    is_third = word.endswith("s") and not word.endswith("ss")
    if not before & gw.PERSONAL:
        return "finite" if reading.lower[at - 1] == "who" else None
    return "finite" if before & (gw.SINGULAR if is_third else gw.PLURAL) else None


def governs(reading: ReadSoFar, at: int, *, strictly: bool = False) -> bool:
    """Whether what follows a word can be the object or complement of a verb."""
    flag = reading.flags[at + 1]
    if flag & (wc.DET | wc.POSS | wc.PRON | wc.CAPITAL) or reading.roles[at + 1] & (
        gw.AFTER_VERB | gw.FIGURE
    ):
        return True
    if reading.lower[at + 1] in ("that", "to", "not"):
        return True
    return not strictly and bool(flag & (wc.ADV | wc.PREP))


def _ing(reading: ReadSoFar, at: int, inside: int) -> Finiteness | None:
    if reading.lower[at + 1] == "of" or reading.lower[at - 2] == "there":
        return None
    if reading.roles[at] & NOUN_TOO:
        return "ing" if _is_gerund(reading, at, inside) else None
    follows = reading.flags[at + 1]
    if inside < 0:
        verb = reading.segments[-1].verb if reading.segments else None
        is_said = verb is not None and "clause" in cue_kinds(verb.lemma)
        is_adjective = is_said and reading.is_plain_noun(at + 1)
        is_listed = follows & wc.CONJ and reading.last in (
            "preposition",
            ",",
        )  # heating, cooling and
        return None if is_adjective or is_listed else "ing"
    word = reading.lower[at + 1]
    is_plural = word.endswith("s") and not word.endswith("ss")
    return "ing" if governs(reading, at) or not follows & wc.WORD or is_plural else None


def _is_gerund(reading: ReadSoFar, at: int, inside: int) -> bool:
    """Whether a form that is more often a noun has an object: not in `the annual meeting that`."""
    follows = reading.flags[at + 1]
    opens = follows & (wc.DET | wc.POSS | wc.PRON | wc.CAPITAL) and reading.lower[at + 1] != "that"
    if inside >= 0 and not opens:
        return False
    return governs(reading, at, strictly=True) and not reading.flags[at - 1] & wc.CAPITAL


def _past(reading: ReadSoFar, at: int, inside: int) -> Finiteness | None:
    """Read a past form: a verb, a participle, or an adjective before its noun."""
    role = reading.roles[at]
    if reading.roles[at - 1] & gw.PERSONAL and role & PAST:
        return "finite"
    is_noun_next = reading.is_plain_noun(at + 1)
    if inside < 0:
        return _past_alone(reading, at, is_noun_next=is_noun_next)
    if _is_noun_or_adjective(reading, at, is_noun_next=is_noun_next):
        return None
    if role & PARTICIPLE and reading.flags[at + 1] & wc.AUX:
        return "participle"  # the hours logged were
    if _is_adjunct(reading, at):
        return None if is_noun_next else "participle"
    return _finite_or_participle(reading, at)


def _past_alone(reading: ReadSoFar, at: int, *, is_noun_next: bool) -> Finiteness | None:
    """Read a past form that stands in no noun phrase."""
    if reading.last in ("preposition", "verb", None) and is_noun_next:
        return None
    before = reading.segments[-1].verb if reading.segments else None
    if before is not None and before.form == "participle" and _takes_clause(reading, at):
        return _finite_or_participle(reading, at)
    if reading.last in _RESTS or reading.last == ";":
        return _finite_or_participle(reading, at)
    is_mere = reading.roles[at] & PARTICIPLE and not _ends_relative(reading)
    return "participle" if is_mere else "finite"


def _is_noun_or_adjective(reading: ReadSoFar, at: int, *, is_noun_next: bool) -> bool:
    """Whether a past form in a noun phrase is no verb: its newly designated envoy, a cost."""
    if is_noun_next and reading.flags[at - 1] & wc.ADV:
        return bool(reading.flags[at - 2] & (wc.DET | wc.POSS | wc.GENITIVE))
    is_noun = reading.roles[at] & NOUN_TOO and not governs(reading, at)
    return bool(is_noun) and not _ends_clause(reading, at)


def _ends_relative(reading: ReadSoFar) -> bool:
    """Whether a relative clause with its own subject ends here: `the plan that Malta opposed`."""
    kinds = [one.kind for one in reading.segments[-4:]]
    return kinds in (["noun", "subordinator", "noun", "verb"], ["noun", "relative", "noun", "verb"])


def _ends_clause(reading: ReadSoFar, at: int) -> bool:
    """Whether a form can only be the verb of its clause, which ends here: `the envoy left`."""
    return bool(reading.flags[at + 1] & (wc.PUNCT | wc.SUB | wc.CONJ)) and not reading.has_finite


def _is_adjunct(reading: ReadSoFar, at: int) -> bool:
    """Whether a form behind a noun only adds to it, as its clause has a finite verb to come."""
    role = reading.roles[at]
    if not role & PARTICIPLE or not role & PAST:
        return False
    follows = reading.flags[at + 1]
    if not (follows & wc.PREP or reading.is_plain_noun(at + 1)):
        return False
    word = reading.lower[at]
    known = verb_form(word)
    if known is None or takes_clause(known.lemma):
        return False
    return _auxiliary_ahead(reading, at + 1)


def _auxiliary_ahead(reading: ReadSoFar, at: int) -> bool:
    """Whether an auxiliary follows in the same clause, with no other noun for its subject."""
    for place in range(at, at + LOOK_AHEAD):
        flag = reading.flags[place]
        if flag & wc.AUX and not flag & wc.CAPITAL:
            return reading.lower[place - 1] != "to"
        if flag & (wc.PUNCT | wc.CONJ | wc.SUB | wc.PRON):
            return False
        is_opening = flag & (wc.DET | wc.POSS | wc.CAPITAL) and not reading.flags[place - 1] & (
            wc.PREP | wc.DET | wc.POSS | wc.CAPITAL | wc.GENITIVE
        )
        if is_opening and place > at:
            return False
    return False


def _finite_or_participle(reading: ReadSoFar, at: int) -> Finiteness:
    """Tell `Iran banned the firm` from `a firm banned by Iran`."""
    if not reading.roles[at] & PAST:
        return "participle"
    behind = at + 1 + bool(reading.flags[at + 1] & wc.PREP and reading.flags[at + 2] & wc.TIME)
    while reading.flags[behind] & wc.TIME:
        behind += 1
    if behind > at + 1 and reading.roles[behind] & PAST and _takes_clause(reading, behind):
        return "participle"  # a report published on Tuesday said
    if reading.lower[behind] == "by":
        is_measure = reading.roles[behind + 1] & (gw.FIGURE | ING)
        return "finite" if is_measure else "participle"
    return "finite"


def _third(reading: ReadSoFar, at: int, inside: int) -> Finiteness | None:
    """Read a form in -s: the plural of a noun, or a verb behind its subject."""
    before, role, follows = reading.flags[at - 1], reading.roles[at], reading.flags[at + 1]
    if reading.roles[at - 1] & gw.SINGULAR:
        is_clause = role & NOUN_TOO and reading.last == "subordinator"
        return None if is_clause else "finite"  # said that remarks by …
    reports = reading.last in _JOINED and _takes_clause(reading, at)
    is_cut_off = follows & wc.AUX and not follows & wc.CAPITAL and not reports
    if is_cut_off or (inside < 0 and reading.last not in _RESTS):
        return None
    if not role & NOUN_TOO or (_is_after_adverb(reading, at, inside) and not before & wc.DET):
        return "finite"
    leads = inside >= 0 and not before & wc.DET and _leads_clause(reading, at)
    return "finite" if leads or _is_noun_like_verb(reading, at, inside) else None


def _is_after_adverb(reading: ReadSoFar, at: int, inside: int) -> bool:
    """Whether an adverb stands between a noun and a form: `Spain always places`."""
    is_behind = inside < 0 and reading.last == "noun" and reading.flags[at - 1] & wc.ADV
    return bool(is_behind) and not _must_be_noun(reading, at)


def _is_noun_like_verb(reading: ReadSoFar, at: int, inside: int) -> bool:
    """Whether a form in -s that is more often a noun is a verb here."""
    before, follows = reading.flags[at - 1], reading.flags[at + 1]
    if before & wc.DET or _must_be_noun(reading, at):
        return False
    behind_name = bool(before & (wc.CAPITAL | wc.ADV)) or reading.lower[at - 1] in (")", "]")
    opens = inside < 0 or bool(reading.flags[inside] & (wc.DET | wc.POSS))
    if not (behind_name or opens):
        return False
    if governs(reading, at, strictly=not behind_name):
        return True
    if behind_name and reading.last in _JOINED and _ends_clause(reading, at):
        return True
    next_role = reading.roles[at + 1]
    if next_role & BASE and not next_role & NOUN_TOO:
        return False  # the remaining issues include
    is_only = reading.is_plain_noun(at + 1) or bool(follows & wc.ADV)
    return is_only and not reading.has_finite and not _verb_follows(reading, at + 1)


def _takes_clause(reading: ReadSoFar, at: int) -> bool:
    known = verb_form(reading.lower[at])
    return known is not None and takes_clause(known.lemma)


def _leads_clause(reading: ReadSoFar, at: int) -> bool:
    """Whether a verb of speech leads in a clause with `that`: `a poll of voters shows that`."""
    return reading.lower[at + 1] == "that" and not reading.has_finite and _takes_clause(reading, at)


def _must_be_noun(reading: ReadSoFar, at: int) -> bool:
    """Whether a form that is more often a noun is one: behind a figure, or where a verb is to come.

    So is one in a phrase behind a preposition, unless that can open a clause without its verb.
    """
    if reading.roles[at - 1] & gw.FIGURE:
        return True
    if reading.last == "preposition":
        before = reading.lower[reading.segments[-1].first - reading.base]
        if reading.has_finite or before not in BEFORE_EITHER:
            return True
    follows = reading.flags[at + 1]
    if follows & wc.ADV and reading.flags[at + 2] & wc.AUX:
        return True  # the projects also have
    return bool(follows & wc.PREP) and _auxiliary_ahead(reading, at + 1)


def _verb_follows(reading: ReadSoFar, at: int) -> bool:
    """Whether a finite verb stands behind a token, before the next mark or `that`."""
    for place in range(at, min(reading.end, at + LOOK_AHEAD)):
        role = reading.roles[place]
        if reading.flags[place] & wc.PUNCT or reading.lower[place] in ("that", "who", "which"):
            return False
        if reading.flags[place] & wc.AUX or (role & (PAST | THIRD) and not role & NOUN_TOO):
            return True
    return False


def _plain(reading: ReadSoFar, at: int, inside: int) -> Finiteness | None:
    """Read a base form: of a plural subject, behind an infinitive and `and`, behind `help`."""
    if _is_subject_before(reading, at, inside) or _is_wished(reading, at, inside):
        return "finite"
    follows = reading.flags[at + 1]
    if follows & wc.AUX and not follows & wc.CAPITAL:
        return None
    if _follows_help(reading, at, inside):
        return "infinitive"
    if reading.last in ("and", ",") and inside < 0:
        is_apart = _is_behind_aside(reading, at) or _is_behind_relative(reading, at)
        return "finite" if is_apart else _joined(reading, at)
    after_adverb = inside < 0 and reading.flags[at - 1] & (wc.ADV | wc.TIME)
    if after_adverb and reading.last == "noun":
        inside = reading.segments[-1].first - reading.base
    is_verb = after_adverb and reading.last == "relative"
    is_verb = is_verb or (inside >= 0 and _is_behind_noun(reading, at, inside))
    return "finite" if is_verb else None


def _is_subject_before(reading: ReadSoFar, at: int, inside: int) -> bool:
    """Whether a pronoun, or the subject of a question, stands before a base form."""
    before, role = reading.roles[at - 1], reading.roles[at]
    if before & gw.PLURAL and (
        not role & NOUN_TOO or before & gw.PERSONAL or reading.last == "relative"
    ):
        return True
    if before & gw.PERSONAL and role & PAST:
        return True
    return inside >= 0 and bool(role & BASE) and _may_be_asked(reading, at)


def _is_wished(reading: ReadSoFar, at: int, inside: int) -> bool:
    """Whether a base form is what is demanded: `demanded that Norway stop the ship`."""
    if inside < 1 or reading.lower[inside - 1] != "that":
        return False
    verb = reading.last_verb(2)
    is_wish = verb is not None and verb.lemma in WISHING
    return is_wish and governs(reading, at, strictly=True)


def _may_be_asked(reading: ReadSoFar, at: int) -> bool:
    """Whether a base form behind a noun can be the verb of a question: `Will Norway ban it?`."""
    opened = reading.opened_question(1)
    if opened is None or not (opened.modal or opened.lemma == "do"):
        return False
    ends = reading.flags[at + 1] & (wc.PUNCT | wc.PREP | wc.SUB)
    return not reading.roles[at] & NOUN_TOO or bool(ends) or governs(reading, at, strictly=True)


def _follows_help(reading: ReadSoFar, at: int, inside: int) -> bool:
    """Whether `help` stands before a word, directly or with its object between."""
    if reading.roles[at] & NOUN_TOO and not governs(reading, at, strictly=True):
        return False
    back = 1
    if inside < 0 and reading.last == "noun" and reading.flags[at - 1] & wc.PRON:
        back = 2  # let them go
    elif inside < 0 and reading.last != "verb":
        return False
    verb = reading.segments[-back].verb if len(reading.segments) >= back else None
    return verb is not None and verb.lemma in _BARE_INFINITIVE and not verb.passive


def _joined(reading: ReadSoFar, at: int) -> Finiteness | None:
    """Read a base form that goes on with a list of verbs: `to sell and buy`."""
    verb = reading.last_verb(6 if reading.last == "and" else 2)
    if verb is None or not (verb.form == "infinitive" or verb.modal):
        return None
    if reading.roles[at] & NOUN_TOO and not governs(reading, at, strictly=True):
        return None
    return "infinitive" if verb.form == "infinitive" else "finite"


def _is_behind_aside(reading: ReadSoFar, at: int) -> bool:
    """Whether an aside parts a base form from its plural subject: `critics, however, say it …`."""
    if reading.last != "," or reading.has_finite or not governs(reading, at, strictly=True):
        return False
    near = range(at - 2, max(at - MAX_ASIDE, 0), -1)
    comma = next((place for place in near if reading.lower[place] == ","), 0)
    return comma > 0 and _is_plural(reading, 0, comma)


def _is_behind_relative(reading: ReadSoFar, at: int) -> bool:
    """Whether a relative clause parts a base form from its subject: `allies, who fish, want …`."""
    segments = reading.segments
    kinds = [one.kind for one in segments]
    opened = kinds.index("relative") if "relative" in kinds else 0
    if reading.last != "," or opened < 2 or kinds[opened - 1] != ",":
        return False
    finite = [n for n, one in enumerate(segments) if one.verb and one.verb.form == "finite"]
    if len(finite) != 1 or finite[0] < opened:
        return False
    head = reading.lower[segments[opened - 2].head - reading.base]
    is_several = kinds[opened - 3] == "and" or (head.endswith("s") and not head.endswith("ss"))
    takes = governs(reading, at, strictly=True) or reading.is_plain_noun(at + 1)
    return is_several and (takes or not reading.roles[at] & NOUN_TOO)


def is_of_plural(reading: ReadSoFar, at: int) -> bool:
    """Whether a word can be the verb of the plural before it: `allies back the plan`."""
    if reading.has_finite or reading.last != "noun" or not governs(reading, at, strictly=True):
        return False
    kinds = [one.kind for one in reading.segments[-3:]]
    is_joined = kinds == ["noun", "and", "noun"] and bool(reading.flags[at - 1] & wc.CAPITAL)
    return is_joined or _is_plural(reading, reading.segments[-1].first - reading.base, at)


def _is_behind_noun(reading: ReadSoFar, at: int, inside: int) -> bool:
    """Whether a base form is the verb of the noun before it: `farmers use the road`."""
    role = reading.roles[at]
    is_noun_too = bool(role & NOUN_TOO)
    if is_noun_too and _must_be_noun(reading, at):
        return False
    behind_name = bool(reading.flags[at - 1] & wc.CAPITAL) and not reading.has_finite
    if role & PAST and (behind_name or governs(reading, at, strictly=is_noun_too)):
        return True  # cut, put, set, hit: past as well
    is_plural = _is_plural(reading, inside, at)
    if is_plural and _leads_clause(reading, at):
        return True
    if not is_noun_too:
        return is_plural or (not reading.has_finite and governs(reading, at))
    if not is_plural or governs(reading, at, strictly=True):
        return is_plural
    is_only = reading.is_plain_noun(at + 1) and not reading.roles[at - 1] & NOUN_TOO
    return is_only and not reading.has_finite and not _verb_follows(reading, at)


def _is_plural(reading: ReadSoFar, first: int, at: int) -> bool:
    while at - 1 > first and reading.flags[at - 1] & (wc.ADV | wc.TIME):
        at -= 1
    word = reading.lower[at - 1]
    if reading.roles[at - 1] & gw.SEVERAL:
        return True
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return True
    return reading.last == "and" and bool(reading.flags[at - 1] & wc.CAPITAL)
