"""Make a clause of each verb: its subject, and what it hangs on."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from briefing.english import clause_state
from briefing.english.clause_governors import hang, noun_before
from briefing.english.clauses import COPULAS, Clause, ClauseLink
from briefing.english.grammar_words import QUOTE_MARKS, grammar_word
from briefing.english.lexicon import read_words
from briefing.english.segments import SentencePart, VerbGroup
from briefing.english.verb_forms import PARTICIPLE, PAST
from briefing.english.verbs import cue_kinds, takes_clause
from briefing.english.word_classes import ADV, CAPITAL, DET, POSS, QUOTE

_GOVERNS_INFINITIVE: Final = read_words("english", "clauses", "noun_with_to")
_DASHES: Final = frozenset((",", "—", "–", "-"))


def add_verb(state: clause_state.State, verb: VerbGroup) -> None:
    """Add the clause of the verb at the segment that is read, and pass it."""
    if verb.form == "finite":
        leftover = state.is_leftover(state.at) or _is_aside(state, verb)
        clause = _participle(state, verb) if leftover else _finite(state, verb)
    elif verb.form == "infinitive":
        clause = _infinitive(state, verb)
    elif verb.form == "ing":
        clause = _ing(state, verb)
    else:
        clause = _participle(state, verb)
    waits = clause.verb.form in ("participle", "ing") and bool(state.groups) and state.link
    if waits:
        state.clauses.append(clause)
    else:
        state.clauses.append(replace(clause, before=state.behind) if state.behind else clause)
        state.link, state.behind = None, ""
    state.at += 1


# -- finite verbs ------------------------------------------------------------------------------
def _finite(state: clause_state.State, verb: VerbGroup) -> Clause:
    number = len(state.clauses) - 1
    link, state.link = state.link, None
    if verb.lemma == "be" and _supposes(state, verb):
        return Clause(verb, link="if")
    if state.groups:
        inverted = _inverted(state, verb)
        if not inverted:
            return _with_subject(state, verb, link)
    elif link == "relative":
        return Clause(verb, _antecedent(state), "antecedent", governor=number, link="relative")
    elif state.word_before(verb.first) == "there":
        return hang(state, Clause(verb), link, (verb.first - 1, number))
    else:
        inverted = _inverted(state, verb)
    if inverted:
        state.forget()
        return Clause(verb, inverted, "own")
    return _reported_relative(state, verb) or _with_subject_before(state, verb, link)


def _supposes(state: clause_state.State, verb: VerbGroup) -> bool:
    """Whether a verb opens a condition: `Were they to ban it, …`."""
    if state.lower[verb.first] != "were" or state.word_before(verb.first).isalpha():
        return False
    if state.kinds[state.at + 1 : state.at + 3] != ["noun", "verb"]:
        return False
    behind = state.segments[state.at + 2].verb
    return behind is not None and behind.form == "infinitive"


def _with_subject(state: clause_state.State, verb: VerbGroup, link: ClauseLink | None) -> Clause:
    subject, since = _take_subject(state)
    return hang(state, Clause(verb, subject, "own"), link, (subject[0].first, since - 1))


def _with_subject_before(
    state: clause_state.State, verb: VerbGroup, link: ClauseLink | None
) -> Clause:
    """Make the clause of a verb whose subject stands before another clause, or is that of one."""
    if state.waiting and _ends_aside(state):
        state.groups, state.waiting = state.waiting, []
        if not _goes_on(state):
            return _with_subject(state, verb, link)
        subject, _ = _take_subject(state)
        return Clause(verb, subject, "own", governor=len(state.clauses) - 1, link="that")
    if _is_comparison(state, verb):
        return _participle(state, verb)
    return _sharing(state, verb, link)


def _is_comparison(state: clause_state.State, verb: VerbGroup) -> bool:
    """Whether a form behind a comma adds to the noun before it: `a rise, compared with …`."""
    at = state.at
    if at < 2 or state.kinds[at - 1] != "," or state.kinds[at - 2] not in ("noun", "verb"):
        return False
    if state.kinds[at + 1] != "preposition":
        return False
    role = grammar_word(state.lower[verb.head])
    if verb.first != verb.head or not (role & PAST and role & PARTICIPLE):
        return False
    ahead = range(at + 1, min(len(state.segments), at + clause_state.MAX_ASIDE))
    return not any(state.kinds[one] == "and" and state.finite[one + 1] for one in ahead)


def _inverted(state: clause_state.State, verb: VerbGroup) -> tuple[SentencePart, ...]:
    """Return the speaker behind a verb of speech: `…,” said Mr Roe`; empty where there is none."""
    at = state.at
    if state.kinds[at + 1] != "noun" or "say" not in cue_kinds(verb.lemma) or verb.passive:
        return ()
    before = state.lower[verb.first - 1] if verb.first else ""
    is_marked = verb.first and state.stream.flags[verb.first - 1] & QUOTE
    if not is_marked and before not in QUOTE_MARKS and before not in (",", "?", "!"):
        return ()
    members = state.list_from(at + 1)
    if state.has_and(members) and state.kinds[members[-1] - 2] == ",":
        is_other = state.finite[state.behind_parts(members[-1] + 1)]
        members = members[:-1] if is_other else members  # said Mr Roe, and others agreed
    if state.finite[state.behind_parts(members[-1] + 1)] or state.kinds[at + 2] == "subordinator":
        return ()
    noun = state.segments[at + 1]
    flags = state.stream.flags[noun.first]
    is_name = flags & (CAPITAL | DET | POSS) or state.lower[noun.first] in ("he", "she", "they")
    cut_off = state.groups or (state.waiting and verb.lemma != "say")
    if before == "," and (not is_name or cut_off):
        return ()
    state.at = members[-1]
    return state.nouns(members)


def _reported_relative(state: clause_state.State, verb: VerbGroup) -> Clause | None:
    """Read what a relative clause reports of its noun: `which Britain says is needed`."""
    if not state.clauses or state.kinds[state.at - 1] != "verb":
        return None
    report = state.clauses[-1]
    if report.before == "what":
        return Clause(verb)  # what Britain wants is peace
    if report.verb.form != "finite" or report.subject_kind != "own" or state.relative < 0:
        return None
    if report.link != "relative" or not takes_clause(report.verb.lemma):
        return None
    noun = noun_before(state, state.relative)
    governor = len(state.clauses) - 1
    return Clause(verb, noun, "antecedent", governor=governor, link="that")


def _sharing(state: clause_state.State, verb: VerbGroup, link: ClauseLink | None) -> Clause:
    """Make the clause of a verb that takes over the subject of one before it."""
    shared = _shared(state, verb)
    if shared is None:
        return Clause(verb, governor=len(state.clauses) - 1, link=link or "main")
    found = state.clauses[shared]
    kind: ClauseLink = found.link if found.link in ("that", "if", "relative") else "and"
    governor = shared if kind == "and" else found.governor
    return Clause(verb, found.subject, "shared", governor=governor, link=kind)


def _shared(state: clause_state.State, verb: VerbGroup) -> int | None:
    """Return the clause whose subject a verb without one takes over, or None."""
    clauses = state.clauses
    for number in range(len(clauses) - 1, max(len(clauses) - clause_state.MAX_BACK, 0) - 1, -1):
        clause = clauses[number]
        is_subject = clause.verb.form == "finite" and clause.subject_kind in ("own", "shared")
        if is_subject or (clause.link == "relative" and state.kinds[state.at - 1] == "and"):
            if _is_past_relative(state, clause):
                continue
            return clause.governor if _goes_on_report(state, clause, verb) else number
    return None


def _is_past_relative(state: clause_state.State, clause: Clause) -> bool:
    """Whether a relative clause ends before the verb here: `…, who lives here, but did not`."""
    at = state.at
    return clause.link == "relative" and state.kinds[at - 2 : at] == [",", "and"]


def _goes_on_report(state: clause_state.State, clause: Clause, verb: VerbGroup) -> bool:
    """Whether a verb goes on with a report, not with what it reports: `said it fell and added`."""
    if clause.link != "that" or clause.governor < 0:
        return False
    outer = state.clauses[clause.governor]
    if outer.verb.form != "finite" or not outer.subject or outer.verb.past != verb.past:
        return False
    inner = clause.verb
    return "clause" in cue_kinds(verb.lemma) or (verb.past and not inner.past and not inner.perfect)


def _goes_on(state: clause_state.State) -> bool:
    """Whether a clause goes on behind a report in commas: `The plan, he said, would fail`."""
    report = state.clauses[-1] if state.clauses else None
    if report is None or report.link != "main" or report.objects or report.parts:
        return False
    is_aside = state.kinds[state.at - 1] == "," and state.kinds[state.at - 2] == "verb"
    return is_aside and report.subject_kind == "own" and "clause" in cue_kinds(report.verb.lemma)


def _ends_aside(state: clause_state.State) -> bool:
    """Whether the verb here goes with nouns before an aside or a clause of their own."""
    last = state.clauses[-1] if state.clauses else None
    return state.kinds[state.at - 1] == "," or (
        last is not None and (last.link in ("relative", "reduced", "to") or last.noun >= 0)
    )


def _is_aside(state: clause_state.State, verb: VerbGroup) -> bool:
    """Whether a past form between commas only adds to a noun: `X, also opposed to it, will …`."""
    if not verb.past or verb.first != verb.head or state.kinds[state.at - 1] != ",":
        return False
    return bool(state.groups) and state.closes(state.at + 1)


def _take_subject(state: clause_state.State) -> tuple[tuple[SentencePart, ...], int]:
    """Take the nouns before a verb: the last list, with appositions and the list before it.

    Returns them with how many clauses stand before the first.
    """
    group = state.groups.pop()
    last, since = group.nouns, group.since
    ends_in_comma = state.kinds[state.at - 1] == ","
    flags = state.stream.flags
    names = len(last) > 1 and all(flags[one.head] & CAPITAL for one in last)
    while state.groups and len(last) < clause_state.MAX_LIST:
        at = last[0].first - 1
        while at > 0 and flags[at] & ADV:
            at -= 1
        mark = state.lower[at] if at >= 0 else ""
        is_list = mark == "," and (names or state.lower[last[0].first] in ("other", "others"))
        if not (is_list or (ends_in_comma and mark in _DASHES)):
            break
        before = state.groups.pop()
        last, since = (*before.nouns, *last), before.since
    if ends_in_comma:
        state.groups.clear()
    state.put_off()
    return last, since


_WHERE: Final = frozenset(("in", "for", "to", "at", "from", "near", "through"))


def _antecedent(state: clause_state.State) -> tuple[SentencePart, ...]:
    """Return the noun that a relative pronoun stands for: the last before it."""
    found = noun_before(state, state.at)
    if found and _is_place(state, found[0]):
        found = noun_before(state, state.at - 3)
    return () if found and _is_agent(state, found[0]) else found


def _is_place(state: clause_state.State, noun: SentencePart) -> bool:
    """Whether a name behind `in` is not what a clause tells: `a blast in Oslo that killed two`."""
    at = state.at - 2
    if state.segments[at] is not noun or state.kinds[at - 2 : at] != ["noun", "preposition"]:
        return False
    flags = state.stream.flags[noun.first : noun.last + 1]
    return state.word(at - 1) == "in" and all(flag & CAPITAL for flag in flags)


def _is_agent(state: clause_state.State, noun: SentencePart) -> bool:
    """Whether a noun only tells who did what a participle says: `risks posed by China that …`."""
    last = state.clauses[-1] if state.clauses else None
    if last is None or last.link != "reduced" or state.kinds[state.at - 2] == ",":
        return False
    return any(part.word == "by" and noun in part.nouns for part in last.parts)


# -- infinitives and participles ---------------------------------------------------------------
def _infinitive(state: clause_state.State, verb: VerbGroup) -> Clause:
    number = len(state.clauses) - 1
    before = state.kinds[state.at - 1]
    if before in ("and", ",") and state.is_pending():
        clause = state.clauses[number]
        if clause.link in ("to", "noun"):
            return replace(clause, verb=verb, objects=(), parts=())
    if state.groups and before != "verb":
        return _infinitive_of_subject(state, verb, number)
    if number < 0:
        return Clause(verb)
    clause = state.clauses[number]
    if before in ("and", ",") and clause.verb.form == "infinitive":
        return replace(clause, verb=verb, objects=(), parts=())
    return _complement(state, verb, clause, number)


def _infinitive_of_subject(state: clause_state.State, verb: VerbGroup, number: int) -> Clause:
    """Read an infinitive behind nouns that wait for their verb: `plans to leave were …`."""
    last = state.groups[-1].nouns
    if state.behind == "for":
        state.groups.pop()
        return Clause(verb, last, "own", governor=number, link="to")
    before = state.segments[state.at - 1]
    noun = before if before.kind == "noun" else last[-1]
    if state.lower[noun.head] in _GOVERNS_INFINITIVE:
        return Clause(verb, (noun,), "none", governor=number, link="noun", noun=noun.head)
    return Clause(verb, governor=number, link="because")


def _complement(state: clause_state.State, verb: VerbGroup, clause: Clause, number: int) -> Clause:
    """Read an infinitive that a verb, its object or another noun takes."""
    before = state.segments[state.at - 1]
    subject, is_noun = clause.subject, before.kind == "noun"
    if is_noun and state.lower[before.head] in _GOVERNS_INFINITIVE:
        return Clause(verb, subject, "controlled", governor=number, link="noun", noun=before.head)
    wished = next((one for one in reversed(clause.parts) if one.word == "for"), None)
    if is_noun and wished is not None and not clause.objects:
        return Clause(verb, wished.nouns, "own", governor=number, link="to", before="for")
    if is_noun and clause.parts and before in clause.parts[-1].nouns:
        subject = clause.parts[-1].nouns
    elif is_noun and clause.objects and clause.verb.lemma not in COPULAS:
        subject = clause.objects
    return Clause(verb, subject, "controlled", governor=number, link="to")


def _ing(state: clause_state.State, verb: VerbGroup) -> Clause:
    number = len(state.clauses) - 1
    before = state.kinds[state.at - 1]
    is_listing = state.lower[verb.head] == "including" and before == "," and not state.groups
    if is_listing and state.kinds[state.at - 2] == "noun":
        listed = (state.segments[state.at - 2],)
        return Clause(verb, listed, "antecedent", governor=number, link="reduced")
    if before == "noun" and not _is_where(state):
        noun = state.groups[-1].nouns if state.groups else (state.segments[state.at - 1],)
        return Clause(verb, noun, "antecedent", governor=number, link="reduced")
    if before == "," and state.groups and not state.is_pending() and state.closes(state.at + 1):
        nouns = state.groups[-1].nouns
        return Clause(verb, nouns, "antecedent", governor=number, link="reduced")
    if number < 0:
        return Clause(verb)
    while (
        before == "," and state.clauses[number].link == "to" and state.clauses[number].governor >= 0
    ):
        number = state.clauses[number].governor  # urged them to drop it, calling it unfair
    subject = state.clauses[number].subject
    return Clause(verb, subject, "controlled", governor=number, link="ing")


def _is_where(state: clause_state.State) -> bool:
    """Whether a place stands before a participle: `left for Oslo saying it had won`."""
    if state.groups or state.kinds[state.at - 2] != "preposition":
        return False
    noun = state.segments[state.at - 1]
    is_name = state.stream.flags[noun.head] & CAPITAL and noun.first == noun.head
    return bool(is_name) and state.word(state.at - 2) in _WHERE


def _participle(state: clause_state.State, verb: VerbGroup) -> Clause:
    verb = replace(verb, form="participle", passive=True, past=False)
    number = len(state.clauses) - 1
    if state.groups:
        nouns = state.groups[-1].nouns
        return Clause(verb, nouns, "antecedent", governor=number, link="reduced")
    if state.kinds[state.at - 1] == "noun" and number >= 0:
        clause = state.clauses[number]
        noun = state.segments[state.at - 1]
        is_object = noun in clause.objects and clause.verb.lemma in clause_state.LEAVES_OBJECT
        link: ClauseLink = "to" if is_object else "reduced"
        return Clause(verb, (noun,), "antecedent", governor=number, link=link)
    if state.kinds[state.at - 1] == "subordinator" and state.waiting:
        nouns = state.waiting[-1].nouns  # Norway, once opposed to it, …
        return Clause(verb, nouns, "antecedent", governor=number, link="reduced")
    subject = state.clauses[number].subject if number >= 0 else ()
    return Clause(verb, subject, "controlled", governor=number, link="reduced")
