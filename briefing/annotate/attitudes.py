"""Attitudes told without a frame of speech: what somebody supports, wants, fears or is accused of.

They are read after the statements of a paragraph, and only outside of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from briefing.annotate.attitude_words import Usage, usages
from briefing.annotate.candidates import Options
from briefing.annotate.complements import CLAUSE_OPENERS, end_of_clause, trim_end
from briefing.annotate.frame import Frame
from briefing.annotate.frames import is_noun
from briefing.annotate.objects import end_of_object
from briefing.annotate.phrases import Phrase, Phrases
from briefing.annotate.reading import Reading
from briefing.annotate.reported import Reported
from briefing.annotate.subjects import BE, skip_to_subject, subject_before
from briefing.annotate.verbs import Verb
from briefing.annotate.word_classes import (
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
    QUOTE,
    REL,
    STOP,
    SUB,
    TIME,
    VERB,
    WORD,
)

ATTITUDE_RULES: Final = (
    "reported_attitude",
    "reported_complement",
    "reported_passive",
    "reported_noun",
)
_NO_OBJECT: Final = PREP | CONJ | SUB | AUX | PUNCT | TIME
_QUESTIONED: Final = frozenset(("ask", "press", "question", "tell", "challenge", "warn"))
"""In the passive these tell a question or a message, and their subject is who hears it."""
_WANTED: Final = frozenset(("want", "expect", "like", "see", "prefer", "wish"))
"""What is wanted is the person and the deed: `they want Lin to go`."""
_TO_CLAUSE: Final = frozenset(("that", "whether", "if", "how", "why", "what", "to"))
_WHEN: Final = frozenset(("when", "if", "once", "while"))
OWN_VOICE: Final = frozenset(("i", "we", "you"))
"""Whose words are no report of somebody else."""
_OWNERS: Final = frozenset(("his", "her", "their"))
MAX_OWNER: Final = 4
"""How many words may stand between an owner and a noun."""

Spans = tuple[tuple[int, int], ...]


class _Found(NamedTuple):
    """What a cue tells: the rule, the use of the cue, whose attitude it is, and its words."""

    rule: str
    usage: Usage
    subject: Phrase | None
    spans: Spans


class _Cue(NamedTuple):
    """A word that may tell an attitude: its token, its sentence from `low` to `high`, its uses."""

    at: int
    low: int
    high: int
    uses: tuple[Usage, ...]
    frames: Sequence[Frame]


def find_attitudes(
    reading: Reading, paragraph: int, told: Sequence[Reported], options: Options
) -> list[Reported]:
    """Return the attitudes of a paragraph that `told`, its statements, leave over."""
    phrases = reading.phrases[paragraph]
    busy = _busy(phrases.size, told)
    table = usages()
    result = []
    for at, word in enumerate(phrases.lower):
        if busy[at] or word not in table or phrases.names[at] >= 0:
            continue
        low, high = phrases.stream.sentence(at)
        while high > at + 1 and phrases.flags[high - 1] & STOP:
            high -= 1
        cue = _Cue(at, low, high, table[word], reading.frames_around(paragraph, at))
        found = _read(phrases, cue)
        if found is None or found.rule in options.off:
            continue
        spans = _free(phrases, busy, found.spans)
        if spans is None or not _is_told_whole(phrases, spans, high):
            continue
        result.append(_reported(at, found, spans))
        for first, end in spans:
            busy[first:end] = [True] * (end - first)
    return result


def _busy(size: int, told: Sequence[Reported]) -> list[bool]:
    """For each token whether it is part of a statement or of the frame that tells it."""
    busy = [False] * size
    for reported in told:
        frame = reported.frame
        first = frame.at if frame.order == "shared" else frame.first
        last = frame.at if frame.order == "shared" else frame.last
        for start, end in (*reported.spans, (first, last + 1)):
            busy[start:end] = [True] * (end - start)
    return busy


def _free(phrases: Phrases, busy: Sequence[bool], spans: Spans) -> Spans | None:
    """Cut spans before what is told already; None where one of them is gone."""
    result = []
    for first, end in spans:
        stop = first
        while stop < end and not busy[stop]:
            stop += 1
        stop = trim_end(phrases, first, stop)
        if stop <= first:
            return None
        result.append((first, stop))
    return tuple(result)


def _is_told_whole(phrases: Phrases, spans: Spans, high: int) -> bool:
    """Whether spans say something, hold no quotation, and lead to none."""
    flags = phrases.flags
    words = 0
    for first, end in spans:
        for position in range(first, end):
            if flags[position] & QUOTE:
                return False
            words += bool(flags[position] & WORD)
    if words < 2 and flags[spans[-1][0]] & (PRON | DET | POSS | ADV):
        return False
    position = spans[-1][1]
    while position < high and not flags[position] & (QUOTE | PUNCT):
        position += 1
    return position >= high or not flags[position] & QUOTE


def _reported(at: int, found: _Found, spans: Spans) -> Reported:
    verb = Verb(found.usage.lemma, found.usage.form, frozenset({"attitude"}))
    subject = found.subject or Phrase(at, at, "noun")
    frame = Frame(at, at, verb, subject, "before")
    return Reported(spans, frame, found.rule, has_speaker=found.subject is not None)


def _read(phrases: Phrases, cue: _Cue) -> _Found | None:
    """Read what a cue tells: as a passive, else as a noun, else as a verb."""
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
    if is_passive:
        usage = _usage(cue, "passive", phrases.lower[behind])
        if usage is not None:
            return _passive(phrases, cue, usage, behind, is_asked=is_asked)
    usage = _usage(cue, "noun", phrases.lower[cue.at + 1])
    if usage is not None and _may_be_noun(phrases, cue.at):
        return _noun(phrases, cue, usage)
    if is_passive:
        return None
    return _verb(phrases, cue, behind)


def _usage(cue: _Cue, use: str, leads: str) -> Usage | None:
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
def _is_reduced(phrases: Phrases, cue: _Cue) -> bool:
    """Match `Asked whether …` and `when asked about …`."""
    opens = cue.at == cue.low or phrases.lower[cue.at - 1] in _WHEN
    return opens and any(
        usage.use == "passive" and usage.lemma in _QUESTIONED for usage in cue.uses
    )


def _stands_behind_be(phrases: Phrases, cue: _Cue) -> bool:
    position = cue.at - 1
    while (
        position >= cue.low and phrases.flags[position] & ADV and phrases.lower[position] not in BE
    ):
        position -= 1
    return position >= cue.low and phrases.lower[position] in BE


def _passive(
    phrases: Phrases, cue: _Cue, usage: Usage, behind: int, *, is_asked: bool
) -> _Found | None:
    """Match `Lin is expected to go`, `Lin was accused of fraud`, `Lin was asked whether …`."""
    keeps_lead = usage.leads in _TO_CLAUSE or usage.leads == "as"
    start = behind if keeps_lead else behind + 1
    if start >= cue.high:
        return None
    end = _ends(phrases, start, cue.high)
    if end <= start:
        return None
    if is_asked or usage.lemma in _QUESTIONED:
        return _Found("reported_passive", usage, None, ((start, end),))
    about = _of_whom(phrases, cue)
    if about is None:
        return None
    is_empty = phrases.lower[about.first] in ("it", "there")
    spans = ((start, end),) if is_empty else ((about.first, about.last + 1), (start, end))
    return _Found("reported_passive", usage, None, spans)


def _of_whom(phrases: Phrases, cue: _Cue) -> Phrase | None:
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


def _noun(phrases: Phrases, cue: _Cue, usage: Usage) -> _Found | None:
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
    return _Found("reported_noun", usage, subject, ((start, end),))


def _opens_phrase(phrases: Phrases, position: int, high: int) -> bool:
    return position >= high or bool(phrases.flags[position] & (DET | POSS | CAPITAL | PRON))


def _owner(phrases: Phrases, cue: _Cue) -> Phrase | None:
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
def _verb(phrases: Phrases, cue: _Cue, behind: int) -> _Found | None:
    """Match a verb of attitude in any form: `Lin backs the plan`, `by saying that …`."""
    uses = tuple(usage for usage in cue.uses if usage.use in ("object", "clause"))
    if not uses:
        return None
    form = uses[0].form
    verb = Verb(uses[0].lemma, form, frozenset({"clause"}))
    is_gerund = form == "participle" and cue.at > 0 and phrases.flags[cue.at - 1] & PREP
    if is_noun(phrases, cue.at, verb) and not is_gerund:
        return None
    earlier = [frame for frame in cue.frames if frame.at < cue.at]
    subject, _, _ = subject_before(phrases, cue.at, cue.low, verb, earlier)
    if subject is None and form != "participle":
        return None
    if subject is not None and phrases.lower[subject.first] in OWN_VOICE:
        return None
    takes_clause = any(usage.use == "clause" for usage in uses)
    spans = _clause(phrases, cue, uses[0], behind) if takes_clause else None
    if spans is not None:
        return _Found("reported_complement", uses[0], subject, spans)
    spans = _object(phrases, cue, uses, behind)
    return None if spans is None else _Found("reported_attitude", uses[0], subject, spans)


def _clause(phrases: Phrases, cue: _Cue, usage: Usage, behind: int) -> Spans | None:
    """Read a clause or an infinitive, past the person it is told to."""
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
    is_verb = phrases.flags[after] & (AUX | VERB | CUE) and phrases.names[after] < 0
    return _clause_from(phrases, behind, cue.high, to_pause=to_pause) if is_verb else None


def _clause_from(phrases: Phrases, start: int, high: int, *, to_pause: bool) -> Spans | None:
    end = end_of_clause(phrases, start, high, to_pause=to_pause)
    return ((start, end),) if end > start else None


def _may_open_object(phrases: Phrases, position: int) -> bool:
    flag = phrases.flags[position]
    return bool(flag & WORD) and (phrases.names[position] >= 0 or not flag & _NO_OBJECT)


def _object(phrases: Phrases, cue: _Cue, uses: Sequence[Usage], behind: int) -> Spans | None:
    """Read an object, behind the preposition that the verb takes where it takes one."""
    following = phrases.lower[cue.at + 1]
    start = -1
    for usage in uses:
        if usage.use == "object" and usage.leads == following:
            start = cue.at + 2
            break
        if usage.use == "object" and not usage.leads and _may_open_object(phrases, behind):
            start = behind
    if start < 0 or start >= cue.high:
        return None
    end = end_of_object(phrases, start, cue.high)
    return ((start, end),) if end > start else None
