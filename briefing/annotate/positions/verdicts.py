"""Which stance a cue shows in its clause: operators turn it, hedges weaken it, others receive it.

Precision goes before recall: a cue whose actor or grammar is unclear shows nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from briefing.annotate.positions.clauses import AUXILIARIES, Actor
from briefing.annotate.positions.cues import MODALS, FoundCue, Sentence, is_passive
from briefing.english.inflection import add_s, verb_forms
from briefing.english.lexicon import read_words

ADDRESSED_STANCE: Final = "pressure"
TO_OTHERS: Final = read_words("annotate/positions", "grammar", "to_others")
NEEDS_INFINITIVE: Final = frozenset(
    form
    for entry in read_words("annotate/positions", "grammar", "needs_infinitive")
    for form in verb_forms(entry)
)
PRESCRIBING: Final = frozenset({"should", "must", "ought"})
"""What a country should do is no stance of its own."""
CONDITIONAL_RELATIVES: Final = frozenset({"that", "which", "who"})
COMPANIES: Final = frozenset(
    form
    for noun in read_words("annotate/positions", "grammar", "company")
    for form in (noun, add_s(noun))
)
LIMITING: Final = read_words("annotate/positions", "grammar", "limiting")
LEGAL_NOUNS: Final = read_words("annotate/positions", "grammar", "legal_noun")
MATTERS: Final = read_words("annotate/positions", "grammar", "matter")
BEHIND_REPORTING: Final = read_words("annotate/positions", "grammar", "behind_reporting")
CLOSING_MARKS: Final = frozenset("])\"'”’»")
LOOK_AHEAD: Final = 12


@dataclass(frozen=True, slots=True)
class StanceVerdict:
    """The stance a cue shows, with the word that weakens it and the rule that said so.

    `is_denied` marks a stance that only follows from the denial of another.
    """

    stance: str
    hedge: str | None
    rule: str
    is_denied: bool = False


def judge_cue(
    sentence: Sentence, found: FoundCue, *, since: int, clause_end: int, owner: Actor | None
) -> StanceVerdict | None:
    """Return the stance that a cue shows by the operators between `since` and the cue, or None."""
    if found.cue.stance == ADDRESSED_STANCE:
        return _judge_pressure(sentence, found, since, clause_end, owner)
    if found.cue.stance == "undecided":
        return _judge_undecided(sentence, found, since)
    if any(sentence.word(number) in PRESCRIBING for number in range(since, found.first)):
        return None
    if found.cue.shape == "noun" and not _noun_counts(sentence, found, since, owner):
        return None
    return _judge_turns(sentence, found, since, clause_end)


def _judge_turns(
    sentence: Sentence, found: FoundCue, since: int, clause_end: int
) -> StanceVerdict | None:
    """Turn the stance of a cue once for each negation and refusal before it."""
    negations = _count_negations(sentence, since, found.first)
    refusals = sentence.kinds(since, found.first, "refusal")
    hedge = find_hedge(sentence, since, found.first)
    turns = negations + len(refusals)
    if turns and _is_short_of_full(sentence, found, since, refusals):
        return _verdict(sentence, "restrict", hedge, "short_of_full")
    if turns % 2 == 0 and sentence.kinds(since, found.first, "considering"):
        return _verdict(sentence, "undecided", hedge, "considering")
    if turns == 0:
        return _affirm(sentence, found, since, clause_end, hedge)
    if turns > 1:
        return _verdict(sentence, "undecided", hedge, "denied_twice")
    stance = sentence.lexicon.negated.get(found.cue.stance)
    rule = "denied" if negations else "refused"
    return None if stance is None else StanceVerdict(stance, hedge, rule, is_denied=True)


def _verdict(sentence: Sentence, stance: str, hedge: str | None, rule: str) -> StanceVerdict | None:
    return StanceVerdict(stance, hedge, rule) if stance in sentence.lexicon.stances else None


def _affirm(
    sentence: Sentence, found: FoundCue, since: int, clause_end: int, hedge: str | None
) -> StanceVerdict:
    """Keep the stance of a cue, but call a ban on a part, or a limited role, a restriction."""
    stance = found.cue.stance
    less: StanceVerdict | None = None
    if stance == "ban" and _is_partial(sentence, found, clause_end):
        less = _verdict(sentence, "restrict", hedge, "partial_ban")
    if stance == "allow" and _is_limited(sentence, found, since, clause_end):
        less = _verdict(sentence, "restrict", hedge, "limited_role")
    return less or StanceVerdict(
        stance, hedge, "noun_cue" if found.cue.shape == "noun" else "verb_cue"
    )


def _count_negations(sentence: Sentence, first: int, end: int) -> int:
    count = 0
    for start, _ in sentence.kinds(first, end, "negation"):
        follows = sentence.word(start + 1)
        count += follows not in {"only", "just", "doubt"}
    return count


def _is_partial(sentence: Sentence, found: FoundCue, clause_end: int) -> bool:
    stop = min(clause_end, found.end + LOOK_AHEAD)
    before = sentence.word(found.first - 1)
    if before in {"partial", "partially", "limited"}:
        return True
    after = [sentence.word(number) for number in range(found.end, stop)]
    if "from" not in after:
        return "partially" in after
    place = found.end + after.index("from")
    return sentence.has("partial", place, min(stop, place + 6))


def _is_limited(sentence: Sentence, found: FoundCue, since: int, clause_end: int) -> bool:
    stop = min(clause_end, found.end + LOOK_AHEAD)
    near = sentence.tokens[max(since, found.first - 2) : stop]
    return any(token.word in LIMITING for token in near)


def _is_short_of_full(
    sentence: Sentence, found: FoundCue, since: int, refusals: Sequence[tuple[int, int]]
) -> bool:
    """Whether less than a ban is meant: not a complete ban, stopped short of banning."""
    if found.cue.stance != "ban":
        return False
    if found.cue.shape == "noun" and sentence.has("short_of_full", since, found.first):
        return True
    if not refusals and sentence.has("entirely", since, found.first):
        return True
    return any("short" in (sentence.word(s), sentence.word(s + 1)) for s, _ in refusals)


def _noun_counts(sentence: Sentence, found: FoundCue, since: int, owner: Actor | None) -> bool:
    """Whether somebody does something with a ban: imposes, calls for, rules out, considers it."""
    if sentence.kinds(since, found.first, "support"):
        return True
    if any(sentence.kinds(since, found.first, kind) for kind in ("refusal", "considering")):
        return True
    if owner is None:
        return False
    between = {sentence.word(number) for number in range(owner.last + 1, found.first)}
    return bool(between & {"'s", "’s", "'", "’"}) and len(between) <= 4


def _judge_undecided(sentence: Sentence, found: FoundCue, since: int) -> StanceVerdict | None:
    if found.cue.shape != "phrase":
        after = {sentence.word(n) for n in range(found.end, found.end + 4)}
        cues = any(
            sentence.word(n) in sentence.lexicon.cues for n in range(found.end, found.end + 5)
        )
        if not (after & MATTERS or cues):
            return None
        if _count_negations(sentence, since, found.first):
            return None
    hedge = find_hedge(sentence, since, found.first)
    return StanceVerdict("undecided", hedge, "undecided_cue")


def _judge_pressure(
    sentence: Sentence, found: FoundCue, since: int, clause_end: int, owner: Actor | None
) -> StanceVerdict | None:
    """Judge a cue that is addressed to others: wants allies to ban, put pressure on Berlin."""
    if _count_negations(sentence, since, found.first) or is_passive(sentence, found):
        return None
    if found.cue.shape == "noun":
        if not sentence.kinds(since, found.first, "support"):
            return None
        follows = found.end
        while sentence.word(follows) in CLOSING_MARKS:
            follows += 1
        if sentence.word(follows) != "on":
            return None
    addressed = _find_addressed(sentence, found.end, clause_end, owner)
    if addressed is None:
        return None
    if sentence.word(found.first) in NEEDS_INFINITIVE and not _has_infinitive(
        sentence, addressed, clause_end
    ):
        return None
    hedge = find_hedge(sentence, since, found.first)
    return StanceVerdict(ADDRESSED_STANCE, hedge, "pressure_on_others")


def _find_addressed(
    sentence: Sentence, first: int, clause_end: int, owner: Actor | None
) -> int | None:
    """Find the token that names the others: another country, or allies, governments ..."""
    others = sentence.lexicon.sets["generic_others"]
    for number in range(first, min(clause_end, first + LOOK_AHEAD - 4)):
        token = sentence.tokens[number]
        if token.word in {"to", "that", "because", "after"}:
            return None
        if token.word in others:
            return number
        if token.mention >= 0:
            code = sentence.mentions[token.mention].code
            if owner is None or code not in owner.countries:
                return number if not _modifies_company(sentence, number) else None
    return None


def _modifies_company(sentence: Sentence, number: int) -> bool:
    following = sentence.tokens[number + 1] if number + 1 < len(sentence.tokens) else None
    if following is None:
        return False
    near = {sentence.word(n) for n in range(number + 1, number + 4)}
    return bool(near & COMPANIES) or following.word in {"'s", "’s"}


def _has_infinitive(sentence: Sentence, addressed: int, clause_end: int) -> bool:
    """Whether `to`, `against` ... and a cue of another stance follow the others named."""
    stop = min(clause_end, addressed + LOOK_AHEAD)
    for number in range(addressed + 1, stop):
        if sentence.word(number) in TO_OTHERS:
            rest = range(number + 1, stop)
            return any(
                cue.stance != ADDRESSED_STANCE
                for place in rest
                for cue in sentence.lexicon.cues.get(sentence.word(place), ())
            )
    return False


def judge_ruling_out(sentence: Sentence, first: int, end: int) -> StanceVerdict | None:
    """Judge a clause that rules a firm in or out without another cue: has not ruled out Acme."""
    for start, stop in sentence.kinds(first, end, "refusal"):
        is_ruling = sentence.word(start).startswith("rul") and sentence.word(start + 1) == "out"
        if not is_ruling or stop >= end:
            continue
        thing = sentence.tokens[stop]
        if not thing.capital or thing.mention >= 0:
            return None
        hedge = find_hedge(sentence, first, start)
        if _count_negations(sentence, first, start):
            return _verdict(sentence, "undecided", hedge, "not_ruled_out")
        return _verdict(sentence, "ban", hedge, "ruled_out")
    return None


def find_hedge(sentence: Sentence, first: int, end: int) -> str | None:
    """Find the word between actor and cue that weakens the cue; `would` only where alone."""
    hedges = sentence.lexicon.sets["hedges"]
    weak = sentence.lexicon.sets["weak_hedges"]
    words = [token.word for token in sentence.tokens[max(first, 0) : end] if token.word in hedges]
    strong = [word for word in words if word not in weak]
    return next(iter(strong or words[-1:]), None)


def is_relative(sentence: Sentence, first: int, cue: int, owner: Actor | None) -> bool:
    """Whether the cue belongs to a relative clause about others: countries that permit ..."""
    reporting = sentence.kinds(first, cue, "reporting")
    ends = {end for _, end in reporting}
    for number in range(first, cue):
        if sentence.word(number) not in CONDITIONAL_RELATIVES:
            continue
        before = sentence.word(number - 1)
        is_owner = owner is not None and number - 1 in {owner.last, owner.last + 1}
        if number in ends or is_owner or before in LEGAL_NOUNS or before in {",", "clear", "not"}:
            continue
        return True
    return False


def is_conditional(sentence: Sentence, first: int, actor: int) -> bool:
    """Whether a clause only supposes: if Britain bans, should Britain allow."""
    words = [sentence.word(number) for number in range(first, actor)]
    openers = sentence.lexicon.sets["conditional"] - {"whether"}
    return any(word in openers for word in words)


def has_other_subject(sentence: Sentence, since: int, cue: int) -> bool:
    """Whether somebody else acts between a reporting verb and the cue: said firms would ban."""
    if _has_new_subject(sentence, since, cue):
        return True
    reporting = sentence.kinds(since, cue, "reporting")
    if not reporting:
        return False
    start = reporting[-1][1]
    words = [sentence.word(number) for number in range(start, cue)]
    while words and (
        words[0] in {"that", ",", "on", "yesterday", "today"} or words[0][:1].isdigit()
    ):
        words = words[1:]
    if not words or words[0] in AUXILIARIES | MODALS | BEHIND_REPORTING:
        return False
    sets = sentence.lexicon.sets
    known = sets["anaphors"] | sets["government"] | sets["hedges"] | {"the", "its", "their"}
    if words[0] in {"the", "its", "their"}:
        return len(words) > 1 and words[1] not in sets["anaphors"] | sets["government"]
    return words[0] not in known and not words[0].endswith("ly")


def _has_new_subject(sentence: Sentence, since: int, cue: int) -> bool:
    """Whether a comma and another name with a verb of its own stand between: ..., Mr. Roe has."""
    for number in range(since, cue - 2):
        if sentence.word(number) != ",":
            continue
        place = number + 1
        while place < cue and sentence.tokens[place].capital and sentence.tokens[place].mention < 0:
            place += 1 + (sentence.word(place + 1) == ".")
        if place > number + 1 and sentence.word(place) in AUXILIARIES:
            return True
    return False
