"""What verbs, predicates and nouns of speech, thought and attitude take, and who owns it.

A statement has an owner; what nobody is named for is told by a rule of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from briefing.annotate.quotes.indirect import reported
from briefing.annotate.quotes.indirect.attitude_words import attitude_words, stances
from briefing.annotate.quotes.indirect.extents import end_of_clause, end_of_object
from briefing.annotate.quotes.indirect.fragments import DECLINING, says_nothing
from briefing.annotate.quotes.indirect.owners import is_own_voice, owner_of
from briefing.english import word_classes as wc
from briefing.english.clauses import COPULAS, Clause
from briefing.english.frame_reader import PLAIN, find_hearer
from briefing.english.grammar_words import PARTICLE, grammar_word
from briefing.english.phrases import Phrase, Phrases
from briefing.english.verbs import cue_kinds, cue_verbs, takes_clause

_GIVING: Final = frozenset(("give", "hold", "issue", "make", "offer", "point", "take"))
"""Verbs that make a statement of their object: gave assurances that, pointed out that."""
_DENYING: Final = frozenset(("deny", "doubt"))
_ASKED: Final = reported.CLAUSE_OPENERS - {"when", "where", "which"}
_QUESTIONED: Final = frozenset(("ask", "press", "question", "tell", "challenge", "warn"))
"""In the passive the subject of these is only their hearer."""
_NO_REPORT: Final = frozenset(("relative", "because"))
_SEEMS: Final = frozenset(("seem", "appear"))
_OPENERS: Final = reported.CLAUSE_OPENERS | {"to"}
_OPPOSES: Final = frozenset(("against",))
"""A preposition without which an object would read as what is wanted."""
THAT_WINDOW: Final = 24
"""How far behind its verb a `that` may stand."""
MAX_SAID: Final = 5
"""How many words one says without a verb among them: said little of it."""
MAX_CLAUSES: Final = 12
"""How many clauses behind a verb are looked at for the one that it takes."""


class Taken(Struct, frozen=True):
    """What a word takes: the rule, the tokens and lemma of the word, its owner, its hearer.

    The tokens of a verb that is denied begin with what denies it.
    """

    rule: str
    at: int
    last: int
    lemma: str
    owner: Phrase | None
    spans: tuple[reported.TokenSpan, ...]
    to: Phrase | None = None


def find_taken(read: reported.ReadClauses) -> list[Taken]:
    """Return what the words of a sentence take: statements of verbs, then of nouns, then the rest.

    The first of two that share words holds them.
    """
    found = [
        _of_verb(read, number) or _of_predicate(read, number) or _seeming(read, number)
        for number in range(len(read.clauses))
    ]
    phrases, nouns = read.phrases, attitude_words().nouns
    words = phrases.lower[read.low : read.high]
    for at, (word, behind) in enumerate(pairwise(words), read.low):
        if word in nouns and behind in nouns[word] and phrases.names[at] < 0:
            found.append(_of_noun(read, at))
    taken = [one for one in found if one is not None]
    return sorted(taken, key=lambda one: (_rank(phrases, one), one.at))


def _rank(phrases: Phrases, taken: Taken) -> int:
    has_that = phrases.lower[taken.spans[0][0]] == "that"
    if taken.rule == "reported_clause" or (taken.lemma in _DENYING and has_that):
        return 0
    return 1 if taken.rule == "reported_noun" and has_that else 2


# -- verbs -------------------------------------------------------------------------------------
def _of_verb(read: reported.ReadClauses, number: int) -> Taken | None:
    """Read `Lin said the bridge was safe`, `Lin hopes to go`, `Lin backs the plan`."""
    phrases, clause = read.phrases, read.clauses[number]
    verb = clause.verb
    uses = attitude_words().verbs.get(verb.lemma)
    if uses is None or _leads_elsewhere(phrases, clause):
        return None
    if verb.passive:
        return _of_passive(read, clause, number)
    start = _complement(read, number) if "clause" in uses else -1
    is_clause = start >= 0
    start = start if is_clause else _object(read, number, uses)
    if start < 0:
        return None
    if is_clause and verb.lemma == "say" and clause.objects:
        first = max(verb.last + 1, clause.objects[0].first)  # said all he had was lost
        start = start if ":" in phrases.lower[first:start] else min(start, first)
    to = _hearer(phrases, clause)
    if is_clause and to is not None and to.first <= start <= to.last:
        start = to.last + 1  # told the jury Lin had gone
    end = (end_of_clause if is_clause else end_of_object)(read, number, start)
    if is_clause and verb.form != "finite":
        end = min(end, _last_comma_before_main(read, number, start, end))
    if ("as", "saying") in pairwise(phrases.lower[start:end]):
        return None  # the paper cited Lin as saying
    may_be_it = "say" in cue_kinds(verb.lemma) and clause.subject_kind != "controlled"
    is_said = is_clause and "tag" in cue_kinds(verb.lemma)
    subject = clause.subject
    if verb.form == "ing" and not (subject or number or clause.before):  # Saying so, Lin left
        subject = next((one.subject for one in read.clauses[1:] if one.link == "main"), ())
    owner = owner_of(phrases, subject, may_be_it=may_be_it, is_said=is_said)
    rule = _rule_of(owner, verb.lemma, is_clause=is_clause)
    is_withheld = is_clause and _is_withheld(read, clause, start)
    if clause.link == "if" or is_withheld or says_nothing(phrases, verb.lemma, (start, end)):
        rule = "reported_by_nobody"
    at = verb.first if verb.negated else verb.head
    return Taken(rule, at, verb.head, verb.lemma, owner, ((start, end),), to)


def _is_withheld(read: reported.ReadClauses, clause: Clause, start: int) -> bool:
    """Whether what a question asks is not said: declined to say whether, did not say who."""
    asks = read.phrases.lower[start] in _ASKED and read.phrases.lower[start] != "that"
    outer = read.clauses[clause.governor].verb if clause.governor >= 0 else clause.verb
    return asks and (clause.verb.negated or outer.lemma in DECLINING or outer.negated)


def _leads_elsewhere(phrases: Phrases, clause: Clause) -> bool:
    """Whether a verb takes nothing to report: `I think`, `“…,” said Lin`, `US-backed`."""
    verb, stream = clause.verb, phrases.stream
    is_inverted = clause.subject_kind == "own" and clause.subject[0].first > verb.last
    is_joined = stream.words[verb.first - 1 : verb.first] == ("-",)
    if is_inverted or is_joined or is_own_voice(phrases, clause.subject):
        return True
    leads_in = phrases.lower[verb.last + 1 : verb.last + 2] == ("that",)
    return not (leads_in or verb.passive) and _stands_beside_quotation(phrases, clause)


def _stands_beside_quotation(phrases: Phrases, clause: Clause) -> bool:
    """Whether a verb leads to a quotation, or one of speech tags it: `“…,” Lin told Marsh`."""
    behind = clause.verb.last + 1
    behind += phrases.stream.words[behind : behind + 1] in ((",",), (":",))
    if behind < phrases.size and phrases.flags[behind] & wc.QUOTE:
        return True
    before = reported.opening(clause) - 1
    while before > 0 and phrases.stream.words[before] in (",", "—", "–", "-"):
        before -= 1
    is_behind = before >= 0 and bool(phrases.flags[before] & wc.QUOTE)
    numbers = phrases.stream.sentences
    is_behind = is_behind and numbers[before] == numbers[clause.verb.head]
    return is_behind and "say" in cue_kinds(clause.verb.lemma)


def _rule_of(owner: Phrase | None, lemma: str, *, is_clause: bool) -> str:
    """Return the rule that names what is reported, by the verb."""
    if owner is None:
        return "reported_by_nobody"
    kinds = cue_kinds(lemma)
    if is_clause and lemma in _DENYING:
        return "reported_attitude"  # shown with its verb: the clause alone says the opposite
    if "clause" in kinds:
        return "reported_clause" if is_clause else "reported_phrase"
    if "think" in kinds:
        return "reported_thought"
    return "reported_complement" if is_clause else "reported_attitude"


def _hearer(phrases: Phrases, clause: Clause) -> Phrase | None:
    """Return who is told, behind a verb such as `tell`."""
    head = clause.verb.head
    verb = cue_verbs().get(phrases.lower[head])
    return find_hearer(phrases, head, verb) if verb is not None else None


def _complement(read: reported.ReadClauses, number: int) -> int:
    """Return the first token of the clause or infinitive that a verb takes, -1 for none."""
    clauses = read.clauses
    for later in range(number + 1, min(len(clauses), number + MAX_CLAUSES)):
        clause = clauses[later]
        is_asked = clause.link != "if" or clause.before in _ASKED
        is_asked = is_asked and not _is_of_another(clauses[number], clause)
        if clause.governor == number and clause.link in ("that", "to", "if") and is_asked:
            return _start_of(read, number, later)
    reports = clauses[number]
    has_object = reports.objects and "hearer" not in cue_kinds(reports.verb.lemma)
    that = -1 if has_object else _that_behind(read, reports.verb.last + 1)
    return that if that >= 0 else _bare_clause(read, reports)


def _is_of_another(governor: Clause, clause: Clause) -> bool:
    """Whether an infinitive belongs to a noun behind the object: stressed a need, and aid to …."""
    is_far = clause.link == "to" and governor.objects and clause.subject_kind == "controlled"
    return bool(is_far) and clause.subject not in (governor.objects, governor.subject)


def _start_of(read: reported.ReadClauses, number: int, taken: int) -> int:
    """Return the first token of a clause that a verb takes, the word that opens it included."""
    lower = read.phrases.lower
    edge, clause = read.clauses[number].verb.last, read.clauses[taken]
    start = reported.opening(clause)
    start -= lower[start - 1] in ("not", "there")
    if clause.link == "to":
        wished = clause.subject[0].first if clause.subject else -1
        told = "hearer" in cue_kinds(read.clauses[number].verb.lemma)
        return wished if wished > edge and not told else start  # wants Lin to go
    for at in range(edge + 1, start):
        if lower[at] == "that":
            return at
    while start - 1 > edge and lower[start - 1] in reported.CLAUSE_OPENERS:
        start -= 1
    return start


def _that_behind(read: reported.ReadClauses, start: int) -> int:
    """Return the `that` behind a verb, past its hearer and where and when it was said, else -1."""
    phrases = read.phrases
    for at in range(start, min(read.high, start + THAT_WINDOW)):
        flag = phrases.flags[at]
        if phrases.lower[at] == "that":
            return -1 if at > start and _is_verb(read, at + 1) else at
        leads_in = flag & wc.QUOTE and phrases.stream.words[at - 1] in (",", ":", "")
        if (
            leads_in
            or flag & (wc.STOP | wc.CONJ)
            or (flag & (wc.AUX | wc.VERB) and phrases.names[at] < 0)
        ):
            return -1
    return -1


def _is_verb(read: reported.ReadClauses, at: int) -> bool:
    """Whether a finite group of verbs begins at a token: no plural before one, `talks went on`."""
    flags, names = read.phrases.flags, read.phrases.names
    if at + 1 < read.phrases.size and flags[at] & wc.AUX and names[at] < 0:
        return True
    if at + 1 < read.phrases.size and flags[at + 1] & (wc.VERB | wc.AUX):
        return False
    return any(one.verb.first == at and one.verb.form == "finite" for one in read.clauses)


def _bare_clause(read: reported.ReadClauses, clause: Clause) -> int:
    """Return the first token of a clause right behind a plain verb: `said ending it would help`."""
    phrases, start = read.phrases, clause.verb.last + 1
    if not takes_clause(clause.verb.lemma):
        return -1
    hearer = _hearer(phrases, clause) if clause.verb.lemma in PLAIN else None
    start = hearer.last + 1 if hearer is not None else start
    while (
        start < read.high and phrases.flags[start] & (wc.TIME | wc.ADV) and phrases.names[start] < 0
    ):
        owns = start + 1 < read.high and phrases.flags[start + 1] & wc.GENITIVE  # May's figure
        if owns or phrases.flags[start] & (wc.DET | wc.POSS):
            break
        start += 1
    if start >= read.high or phrases.flags[start] & (wc.PUNCT | wc.QUOTE | wc.PREP):
        return -1
    if phrases.flags[start] & wc.AUX:
        return start  # the plan that ministers said would fail
    opens_phrase = phrases.flags[start] & (wc.DET | wc.POSS | wc.CAPITAL | wc.PRON)
    is_plain = clause.verb.lemma in PLAIN
    if not (is_plain or opens_phrase) or read.high - start <= reported.MIN_WORDS:
        return -1
    for one in read.clauses:
        first = one.verb.first
        is_joined = phrases.lower[reported.opening(one) - 1] in ("and", "but", "or")
        if first <= start or is_joined or one.link in _NO_REPORT:
            continue
        if one.verb.form == "finite":
            return start if is_plain or reported.opening(one) <= start else -1
    opens_clause = phrases.flags[start] & (wc.DET | wc.POSS | wc.PRON | wc.SUB) and not any(
        flag & wc.TIME for flag in phrases.flags[start : start + 2]
    )
    is_long = clause.verb.lemma == "say" and read.high - start > MAX_SAID
    return start if is_long and opens_clause else -1


def _object(read: reported.ReadClauses, number: int, uses: frozenset[str]) -> int:
    """Return the first token of the object that a verb takes, behind its preposition; else -1."""
    clause, phrases = read.clauses[number], read.phrases
    behind = clause.verb.last + 1
    while behind + 1 < read.high and phrases.flags[behind] & wc.ADV and phrases.names[behind] < 0:
        behind += 1
    if behind + 1 < read.high and phrases.lower[behind] in uses:
        return behind + (phrases.lower[behind] not in _OPPOSES)
    if "" not in uses or _is_other_verb(read, clause.verb.last + 1):
        return -1
    if clause.objects and clause.objects[0].first > clause.verb.last:
        return clause.objects[0].first
    following = read.clauses[number + 1] if number + 1 < len(read.clauses) else None
    is_deed = following is not None and following.link == "ing" and following.verb.first == behind
    return behind if is_deed else -1  # supports squeezing out


def _is_other_verb(read: reported.ReadClauses, behind: int) -> bool:
    """Whether a particle makes another verb of the one before it: called off the vote."""
    word = read.phrases.lower[behind : behind + 1]
    return bool(word) and bool(grammar_word(word[0]) & PARTICLE)


def _of_passive(read: reported.ReadClauses, clause: Clause, number: int) -> Taken | None:
    """Read `the plan was backed by Lin`, and what nobody is named for: `Lin is expected to go`."""
    phrases, verb = read.phrases, clause.verb
    about = _about(clause)
    agent = next((part for part in clause.parts if part.word == "by"), None)
    if agent is not None and verb.lemma in stances() and about:
        owner = owner_of(phrases, agent.nouns)
        if owner is None:
            return None
        return Taken("reported_attitude", verb.head, verb.head, verb.lemma, owner, about)
    behind = verb.last + 1
    leads = attitude_words().passives.get(verb.lemma, ())
    if behind + 1 >= read.high or phrases.lower[behind] not in leads:
        return None
    start = behind + (phrases.lower[behind] not in _OPENERS)
    end = _end_of(read, number, start)
    if verb.first == read.low:
        end = min(end, _last_comma_before_main(read, number, start, end))
    spans = (*about, (start, end))
    return Taken("reported_by_nobody", verb.head, verb.head, verb.lemma, None, spans)


def _last_comma_before_main(read: reported.ReadClauses, number: int, start: int, end: int) -> int:
    """Return the comma at which the main clause begins: `Asked if it was safe, Lin agreed`."""
    if any(one.link == "main" for one in read.clauses[:number]):
        return end
    later = (one.verb.first for one in read.clauses[number + 1 :] if one.link == "main")
    commas = (at for at in range(next(later, end) - 1, start, -1) if read.phrases.lower[at] == ",")
    return next(commas, end)


def _end_of(read: reported.ReadClauses, number: int, start: int) -> int:
    """Return the end of a clause or an object, by the word that it opens with."""
    is_clause = number >= 0 and read.phrases.lower[start] in _OPENERS
    return (end_of_clause if is_clause else end_of_object)(read, number, start)


def _about(clause: Clause) -> tuple[reported.TokenSpan, ...]:
    """Return the words of the subject of a passive or of `seem`, none where it is only asked."""
    if not clause.subject or clause.verb.lemma in _QUESTIONED:
        return ()
    first, last = clause.subject[0].first, clause.subject[-1].last
    return ((first, last + 1),) if first < clause.verb.first else ()


def _seeming(read: reported.ReadClauses, number: int) -> Taken | None:
    """Read `the bridge seems to be safe`, which the reporter thinks."""
    clause = read.clauses[number]
    verb = clause.verb
    behind = verb.last + 1
    if verb.lemma not in _SEEMS or read.phrases.lower[behind : behind + 1] != ("to",):
        return None
    thinks = any(
        one.verb.first == behind and one.verb.lemma in attitude_words().verbs
        for one in read.clauses[number + 1 :]
    )
    if thinks or not clause.subject:
        return None  # seems to believe
    spans = (*_about(clause), (behind, _end_of(read, number, behind)))
    return Taken("reported_by_nobody", verb.head, verb.head, verb.lemma, None, spans)


# -- predicates --------------------------------------------------------------------------------
def _of_predicate(read: reported.ReadClauses, number: int) -> Taken | None:
    """Read `Lin is afraid of floods`, `Lin is eager to go`."""
    phrases, clause = read.phrases, read.clauses[number]
    verb = clause.verb
    if verb.lemma not in COPULAS and not verb.passive:
        return None
    at = verb.head if verb.passive else verb.last + 1
    while at < read.high and phrases.flags[at] & wc.ADV and phrases.names[at] < 0:
        at += 1
    if at + 2 >= read.high:
        return None
    leads = attitude_words().adjectives.get(phrases.lower[at], ())
    if phrases.lower[at + 1] not in leads or is_own_voice(phrases, clause.subject):
        return None
    owner = owner_of(phrases, clause.subject)
    rule = "reported_attitude" if owner is not None else "reported_by_nobody"
    start = at + 2 - (phrases.lower[at + 1] in _OPENERS)
    end = _end_of(read, number, start)
    return Taken(
        rule, verb.first if verb.negated else at, at, phrases.lower[at], owner, ((start, end),)
    )


# -- nouns -------------------------------------------------------------------------------------
def _giving(read: reported.ReadClauses, places: Sequence[int], at: int) -> Clause | None:
    """Return the clause whose subject makes a statement of a noun: `Lin gave assurances that`."""
    before = (read.clauses[one] for one in reversed(places))
    clause = next((one for one in before if one.verb.last < at), None)
    is_giving = clause is not None and clause.verb.lemma in _GIVING and not clause.verb.passive
    return clause if is_giving and read.phrases.lower[at + 1] == "that" else None


def _of_noun(read: reported.ReadClauses, at: int) -> Taken | None:
    """Read `Lin's call for a vote`, `his plan to go`, `their fears that the bridge is unsafe`."""
    phrases = read.phrases
    start = at + 2 - (phrases.lower[at + 1] in _OPENERS)
    if start >= read.high or (phrases.lower[at + 1] == "that" and _is_verb(read, start + 1)):
        return None  # a claim that angered them
    places = [place for place, clause in enumerate(read.clauses) if reported.opening(clause) <= at]
    end = _end_of(read, places[-1] if places else -1, start)
    owner, first = phrases.owner_before(at, read.low), at
    giving = _giving(read, places, at) if owner is None else None
    if giving is not None:
        owner, first = owner_of(phrases, giving.subject), giving.verb.head
    rule = "reported_noun" if owner is not None else "reported_by_nobody"
    return Taken(rule, first, at, phrases.lower[at], owner, ((start, end),))
