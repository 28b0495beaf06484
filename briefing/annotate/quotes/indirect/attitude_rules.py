"""Read an attitude from its cue: a passive, an adjective, a noun, or a verb."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from briefing.annotate.quotes.indirect.attitude_words import Usage, usages
from briefing.annotate.quotes.indirect.complements import CLAUSE_OPENERS, end_of_clause
from briefing.annotate.quotes.indirect.objects import end_of_object
from briefing.english.frame_reader import is_noun
from briefing.english.frames import Frame
from briefing.english.lexicon import read_words
from briefing.english.phrases import Phrase, Phrases
from briefing.english.subjects import BE, skip_to_subject, subject_before
from briefing.english.verbs import Verb
from briefing.english.word_classes import (
    ADV,
    AUX,
    CAPITAL,
    CONJ,
    CUE,
    DET,
    GENITIVE,
    POSS,
    PREP,
    PRON,
    PUNCT,
    REL,
    SUB,
    TIME,
    VERB,
    WORD,
)

_NO_OBJECT: Final = PREP | CONJ | SUB | AUX | PUNCT | TIME
_QUESTIONED: Final = frozenset(("ask", "press", "question", "tell", "challenge", "warn"))
"""In the passive these report a question or a message, and their subject is its hearer."""
_WANTED: Final = frozenset(("want", "expect", "like", "see", "prefer", "wish"))
"""What is wanted is the person and the deed: `they want Lin to go`."""
_TO_CLAUSE: Final = read_words("annotate/quotes/indirect", "clauses", "complement_opener")
_WHEN: Final = frozenset(("when", "if", "once", "while"))
OWN_VOICE: Final = frozenset(("i", "we", "you"))
"""Pronouns of the people in the conversation, whose words are no report."""
_OWNERS: Final = frozenset(("his", "her", "their"))
MAX_OWNER: Final = 4
"""How many words may stand between an owner and a noun."""

Spans = tuple[tuple[int, int], ...]


class Attitude(NamedTuple):
    """An attitude: its rule, the use of the cue, whose attitude it is, and its words as spans."""

    rule: str
    usage: Usage
    subject: Phrase | None
    spans: Spans


class AttitudeCue(NamedTuple):
    """A word that may express an attitude: its token, its sentence (`low` to `high`), its uses."""

    at: int
    low: int
    high: int
    uses: tuple[Usage, ...]
    frames: Sequence[Frame]


def read_attitude(phrases: Phrases, cue: AttitudeCue) -> Attitude | None:
    """Return the attitude of a cue: behind a form of be, else as a noun, else as a verb."""
    behind = cue.at + 1
    while (
        behind < cue.high
        and phrases.flags[behind] & ADV
        and phrases.names[behind] < 0
        and not phrases.flags[behind] & (DET | POSS | PREP)
    ):
        behind += 1
    if behind >= cue.high:
        return None
    is_asked = _is_reduced(phrases, cue)
    is_passive = is_asked or _stands_behind_be(phrases, cue)
    word = phrases.lower[behind]
    usage = _usage(cue, "passive", word) if is_passive else _appearance(phrases, cue, behind)
    if usage is not None:
        return _passive(phrases, cue, usage, behind, is_asked=is_asked)
    usage = _usage(cue, "adjective", word) if is_passive else None
    if usage is not None:
        return _adjective(phrases, cue, usage, behind)
    usage = _usage(cue, "noun", phrases.lower[cue.at + 1])
    if usage is not None and _may_be_noun(phrases, cue.at):
        return _noun(phrases, cue, usage)
    return _verb(phrases, cue, behind)


def _appearance(phrases: Phrases, cue: AttitudeCue, behind: int) -> Usage | None:
    """Match `seems to fail`, but not `seems to believe`, which is what somebody believes."""
    usage = _usage(cue, "appearance", phrases.lower[behind])
    tells = usage is not None and set(phrases.lower[behind + 1 : behind + 2]) & usages().keys()
    return None if tells else usage


def _usage(cue: AttitudeCue, use: str, leads: str) -> Usage | None:
    for usage in cue.uses:
        if usage.use == use and usage.leads == leads:
            return usage
    return None


def _ends(phrases: Phrases, start: int, high: int) -> int:
    """Return the end of a complement: of a clause where it opens like one, else of an object."""
    if phrases.lower[start] in _TO_CLAUSE:
        return end_of_clause(phrases, start, high)
    return end_of_object(phrases, start, high)


# -- passives ---------------------------------------------------------------------------------
def _is_reduced(phrases: Phrases, cue: AttitudeCue) -> bool:
    """Whether the cue is a participle without its verb: `Asked whether …`, `when asked about …`."""
    opens = cue.at == cue.low or phrases.lower[cue.at - 1] in _WHEN
    return opens and any(
        usage.use == "passive" and usage.lemma in _QUESTIONED for usage in cue.uses
    )


def _stands_behind_be(phrases: Phrases, cue: AttitudeCue) -> bool:
    position = cue.at - 1
    while (
        position >= cue.low and phrases.flags[position] & ADV and phrases.lower[position] not in BE
    ):
        position -= 1
    return position >= cue.low and phrases.lower[position] in BE


def _passive(
    phrases: Phrases, cue: AttitudeCue, usage: Usage, behind: int, *, is_asked: bool
) -> Attitude | None:
    """Match `Lin is expected to go`, `Lin was accused of fraud`, `Lin was asked whether …`."""
    keeps_lead = usage.leads in _TO_CLAUSE or usage.leads == "as"
    start = behind if keeps_lead else behind + 1
    if start >= cue.high:
        return None
    end = _ends(phrases, start, cue.high)
    if end <= start:
        return None
    if is_asked or usage.lemma in _QUESTIONED:
        return Attitude("reported_passive", usage, None, ((start, end),))
    rule = "reported_appearance" if usage.use == "appearance" else "reported_passive"
    about = _of_whom(phrases, cue)
    if about is None:
        return None
    is_empty = phrases.lower[about.first] in ("it", "there")
    spans = ((start, end),) if is_empty else ((about.first, about.last + 1), (start, end))
    return Attitude(rule, usage, None, spans)


def _adjective(phrases: Phrases, cue: AttitudeCue, usage: Usage, behind: int) -> Attitude | None:
    """Match `Lin is afraid of floods`, `it is unclear whether …`."""
    start = behind if usage.leads in _TO_CLAUSE else behind + 1
    if start >= cue.high:
        return None
    end = _ends(phrases, start, cue.high)
    subject = _of_whom(phrases, cue)
    if end <= start or subject is None or phrases.lower[subject.first] in OWN_VOICE:
        return None
    named = None if phrases.lower[subject.first] in ("it", "there") else subject
    return Attitude("reported_attitude", usage, named, ((start, end),))


def _of_whom(phrases: Phrases, cue: AttitudeCue) -> Phrase | None:
    """Find the subject of a passive."""
    position, _ = skip_to_subject(phrases, cue.at, cue.low)
    if position < cue.low:
        return None
    if phrases.flags[position] & REL:
        return Phrase(position, position, "pronoun")
    return phrases.ending_at(position, cue.low)


# -- nouns ------------------------------------------------------------------------------------
def _may_be_noun(phrases: Phrases, at: int) -> bool:
    if at == 0:
        return True
    before = phrases.flags[at - 1]
    is_verbal = before & (PRON | AUX) and not before & (POSS | DET)
    return not is_verbal and phrases.lower[at - 1] != "to"


def _noun(phrases: Phrases, cue: AttitudeCue, usage: Usage) -> Attitude | None:
    """Match `Lin's call for a vote`, `his plan to go`, `fears that the bridge is unsafe`."""
    opener = cue.at + 1
    is_infinitive = usage.leads == "to" and not _opens_phrase(phrases, opener + 1, cue.high)
    start = opener if usage.leads == "that" or is_infinitive else opener + 1
    if start >= cue.high:
        return None
    if usage.leads == "that":
        end = _ends(phrases, start, cue.high)
    else:
        end = end_of_object(phrases, start, cue.high)
    if end <= start:
        return None
    subject = _owner(phrases, cue)
    if subject is None and usage.leads == "on":
        return None
    return Attitude("reported_noun", usage, subject, ((start, end),))


def _opens_phrase(phrases: Phrases, position: int, high: int) -> bool:
    return position >= high or bool(phrases.flags[position] & (DET | POSS | CAPITAL | PRON))


def _owner(phrases: Phrases, cue: AttitudeCue) -> Phrase | None:
    """Find whose a noun is: `Lin's`, `his`."""
    position = cue.at - 1
    stop = max(cue.low, cue.at - MAX_OWNER)
    while position > stop and not phrases.flags[position] & (POSS | GENITIVE | PUNCT | DET):
        position -= 1
    if position < cue.low:
        return None
    if phrases.flags[position] & GENITIVE:
        return phrases.ending_at(position - 1, cue.low)
    if phrases.lower[position] in _OWNERS:
        return Phrase(position, position, "pronoun")
    return None


# -- verbs ------------------------------------------------------------------------------------
def _verb(phrases: Phrases, cue: AttitudeCue, behind: int) -> Attitude | None:
    """Match a verb of attitude in any form: `Lin backs the plan`, `by saying that …`."""
    uses = tuple(usage for usage in cue.uses if usage.use in ("object", "clause"))
    if not uses:
        return None
    form = uses[0].form
    verb = Verb(uses[0].lemma, form, frozenset({"clause"}))
    is_clitic = _stands_behind_clitic(phrases, cue)
    is_gerund = form == "participle" and cue.at > 0 and phrases.flags[cue.at - 1] & PREP
    if is_noun(phrases, cue.at, verb) and not (is_gerund or is_clitic):
        return None
    earlier = [frame for frame in cue.frames if frame.at < cue.at]
    subject, _, _ = subject_before(phrases, cue.at - is_clitic, cue.low, verb, earlier)
    if subject is None and form != "participle":
        return None
    if subject is not None and phrases.lower[subject.first] in OWN_VOICE:
        return None
    takes_clause = any(usage.use == "clause" for usage in uses)
    spans = _clause(phrases, cue, uses[0], behind) if takes_clause else None
    if spans is not None:
        return Attitude("reported_complement", uses[0], subject, spans)
    spans = _object(phrases, cue, uses, behind)
    return None if spans is None else Attitude("reported_attitude", uses[0], subject, spans)


def _stands_behind_clitic(phrases: Phrases, cue: AttitudeCue) -> bool:
    """Whether an `'s` behind a pronoun is the auxiliary: `she's proposing`, `who's called for`."""
    before = cue.at - 1
    return (
        before > cue.low
        and bool(phrases.flags[before] & GENITIVE)
        and bool(phrases.flags[before - 1] & PRON)
    )


def _clause(phrases: Phrases, cue: AttitudeCue, usage: Usage, behind: int) -> Spans | None:
    """Read a clause or an infinitive, past its hearer."""
    word = phrases.lower[behind]
    to_pause = usage.form == "participle" and phrases.stream.words[cue.at - 1] != ","
    if word in CLAUSE_OPENERS or word == "to":
        following = phrases.flags[behind + 1] if behind + 1 < cue.high else PREP
        if word == "to" and following & (DET | POSS | PRON | CAPITAL | PREP):
            return None
        return _clause_from(phrases, behind, cue.high, to_pause=to_pause)
    if not _may_open_object(phrases, behind):
        return None
    phrase = phrases.starting_at(behind, cue.high)
    if phrase is None or phrase.last + 1 >= cue.high:
        return None
    after = phrase.last + 1
    if phrases.lower[after] in _TO_CLAUSE:
        start = behind if usage.lemma in _WANTED else after
        return _clause_from(phrases, start, cue.high, to_pause=to_pause)
    is_verb = phrases.flags[after] & (AUX | VERB | CUE | GENITIVE) and phrases.names[after] < 0
    return _clause_from(phrases, behind, cue.high, to_pause=to_pause) if is_verb else None


def _clause_from(phrases: Phrases, start: int, high: int, *, to_pause: bool) -> Spans | None:
    end = end_of_clause(phrases, start, high, to_pause=to_pause)
    return ((start, end),) if end > start else None


def _may_open_object(phrases: Phrases, position: int) -> bool:
    flag = phrases.flags[position]
    return bool(flag & WORD) and (phrases.names[position] >= 0 or not flag & _NO_OBJECT)


def _object(phrases: Phrases, cue: AttitudeCue, uses: Sequence[Usage], behind: int) -> Spans | None:
    """Read an object, behind the preposition that the verb takes where it takes one."""
    start = -1
    for usage in uses:
        if usage.use == "object" and usage.leads in phrases.lower[cue.at + 1 : behind + 1]:
            start = phrases.lower.index(usage.leads, cue.at + 1) + 1
            break
        if usage.use == "object" and not usage.leads and _may_open_object(phrases, behind):
            start = behind
    if start < 0 or start >= cue.high:
        return None
    end = end_of_object(phrases, start, cue.high)
    return ((start, end),) if end > start else None
