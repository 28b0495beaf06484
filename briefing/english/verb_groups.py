"""Groups of verbs: auxiliaries, negations and adverbs with the main verb behind them."""

from __future__ import annotations

from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from briefing.english import grammar_words as gw
from briefing.english import word_classes as wc
from briefing.english.lexicon import read_words
from briefing.english.read_so_far import ReadSoFar
from briefing.english.segments import Finiteness, VerbGroup
from briefing.english.verb_forms import BASE, ING, NOUN_TOO, PARTICIPLE, PAST, THIRD, verb_form
from briefing.english.verb_or_noun import is_of_plural, verb_at

_TAKES_INFINITIVE: Final = read_words("english", "clauses", "takes_infinitive")
_WITH_NOUN: Final = read_words("english", "clauses", "before_noun_with_to")
_SUPPOSING: Final = frozenset(("had", "should", "were"))
_IN_NO_WAY: Final = frozenset(("in", "by", "under", "on"))
_NO_WAY: Final = frozenset(("way", "means", "circumstances", "account"))
_BEHIND_BACK: Final = frozenset(("down", "away", "out", "off"))
MAX_GROUP: Final = 8
"""The longest group of verbs, in tokens."""


class Auxiliaries(Struct, frozen=True, gc=False):
    """The auxiliaries of a group: the last of them, the token behind, and what they tell.

    `union` are the bits of all that are no modals: BE, HAVE, DO, PAST_AUX.
    """

    last: int
    behind: int
    modal: str | None
    negated: bool
    union: int


def lemma_of(word: str) -> str:
    """Return the lemma of a lower-case word that is read as a verb."""
    known = verb_form(word)
    if known is not None:
        return known.lemma
    return word if word.endswith("ss") else word.removesuffix("s")


def read_group(
    reading: ReadSoFar, at: int, expected: tuple[int, Finiteness | None] = (-1, None)
) -> VerbGroup | None:
    """Read the group of verbs that begins at a token, or return None.

    `expected` is a token with what is known of it as a verb already.
    """
    flag, role = reading.flags[at], reading.roles[at]
    if flag & wc.CAPITAL:
        return None
    if reading.lower[at] == "to":
        return _infinitive(reading, at)
    if (
        role & gw.NEGATION
        and not flag & wc.AUX
        and not reading.flags[_skip(reading, at + 1)] & wc.AUX
    ):
        return _negated_verb(reading, at)
    if flag & wc.AUX or role & gw.NEGATION or (flag & wc.GENITIVE and _is_short(reading, at)):
        return _with_auxiliaries(reading, at)
    if flag & wc.ADV:
        is_verb = _may_back(reading, at) and is_of_plural(reading, at)
        return _single(reading, at, "finite") if is_verb else None
    form = expected[1] if expected[0] == at else verb_at(reading, at)
    return _single(reading, at, form) if form is not None else None


def _single(reading: ReadSoFar, at: int, form: Finiteness) -> VerbGroup:
    """Make a group of a verb without auxiliaries."""
    role = reading.roles[at]
    past = form == "finite" and bool(role & PAST) and not (role & BASE and _is_base(reading, at))
    before = reading.lower[at - 1]
    negated = before == "nor" or (reading.lower[at - 2] == "no" and before in _NO_WAY)
    return VerbGroup(at, at, at, lemma_of(reading.lower[at]), form, negated=negated, past=past)


def _is_base(reading: ReadSoFar, at: int) -> bool:
    """Whether a form that is base and past in one (cut, put) is the base behind its subject."""
    if reading.roles[at - 1] & (gw.SINGULAR | gw.PLURAL) == gw.SINGULAR:
        return False
    is_name = reading.flags[at - 1] & wc.CAPITAL and not reading.lower[at - 1].endswith("s")
    return not is_name or reading.last == "and"


def read_asked(reading: ReadSoFar, at: int, opened: VerbGroup) -> VerbGroup | None:
    """Read the main verb of a question, whose auxiliary stands before the subject, or None."""
    role = reading.roles[at]
    wanted = {"be": PARTICIPLE | ING, "have": PARTICIPLE}.get(opened.lemma, BASE)
    if opened.modal is not None:
        wanted = BASE
    if not role & wanted:
        return None
    passive = wanted != BASE and opened.lemma == "be" and not role & ING
    return replace(
        opened,
        first=at,
        last=at,
        head=at,
        lemma=lemma_of(reading.lower[at]),
        passive=passive,
        asks="?" in reading.lower or _supposes(reading, opened.first - reading.base),
    )


def _supposes(reading: ReadSoFar, at: int) -> bool:
    """Whether an auxiliary before its subject opens a condition: `Had they banned it, …`."""
    return reading.lower[at] in _SUPPOSING and not (at and reading.flags[at - 1] & wc.WORD)


def _is_short(reading: ReadSoFar, at: int) -> bool:
    """Whether 's is a verb: behind a pronoun or `there`."""
    return bool(reading.flags[at - 1] & wc.PRON or reading.roles[at - 1] & gw.BEFORE_SHORT)


def _skip(reading: ReadSoFar, at: int) -> int:
    """Return the first token from here on that is no adverb, negation or mark of quotation."""
    for place in range(at, at + MAX_GROUP):
        flag, role = reading.flags[place], reading.roles[place]
        is_adverb = flag & wc.ADV and not flag & wc.CAPITAL and not _may_back(reading, place)
        if flag & wc.AUX or not (is_adverb or role & (gw.NEGATION | gw.QUOTE_MARK)):
            return place
    return at


def _may_back(reading: ReadSoFar, at: int) -> bool:
    """Whether a word is `back`, a verb behind auxiliaries and `to`: will back it, no back down."""
    return reading.lower[at] == "back" and reading.lower[at + 1] not in _BEHIND_BACK


def _negated_verb(reading: ReadSoFar, at: int) -> VerbGroup | None:
    """Read a verb that `not` stands before without an auxiliary: `restrict but not forbid`."""
    place = _skip(reading, at + 1)
    role = reading.roles[place]
    if not role & gw.VERBAL or reading.flags[place] & wc.CAPITAL:
        return None
    lemma = lemma_of(reading.lower[place])
    if role & (PAST | THIRD) and reading.last == "noun":
        past = bool(role & PAST)
        return VerbGroup(at, place, place, lemma, "finite", negated=True, past=past)
    verb = reading.last_verb(4)
    if verb is None or reading.last not in ("and", ",", "verb"):
        return None
    if role & BASE and (verb.modal or verb.form == "infinitive"):
        return replace(verb, first=at, last=place, head=place, lemma=lemma, negated=True)
    if role & ING and reading.last == "and" and verb.form == "ing":
        return VerbGroup(at, place, place, lemma, "ing", negated=True)
    return None


def _infinitive(reading: ReadSoFar, at: int) -> VerbGroup | None:
    place = _skip(reading, at + 1)
    negated = any(role & gw.NEGATION for role in reading.roles[at:place])
    if at > 1 and reading.roles[at - 1] & gw.NEGATION:  # agreed not to, but not: is not to
        negated = negated or not reading.flags[at - 2] & wc.AUX
    role = reading.roles[place]
    if reading.flags[place] & wc.CAPITAL:
        return None
    if role & (gw.BE | gw.HAVE):
        group = _with_auxiliaries(reading, place)
        if group is None or reading.lower[place] not in ("be", "have"):
            return None
        return replace(group, first=at, form="infinitive", negated=group.negated or negated)
    if not (role & BASE or reading.lower[place] == "do"):
        if not _is_unknown_infinitive(reading, at, place):
            return None
    elif role & NOUN_TOO and _is_noun_after_to(reading, at, place):
        return None
    lemma = lemma_of(reading.lower[place])
    return VerbGroup(at, place, place, lemma, "infinitive", negated=negated)


def _is_unknown_infinitive(reading: ReadSoFar, at: int, place: int) -> bool:
    """Whether a word that no list has is an infinitive: continued to portray them."""
    if reading.roles[place] & gw.VERBAL or not reading.is_plain_noun(place):
        return False
    if reading.lower[place].endswith("s") or lemma_of(reading.lower[at - 1]) not in (
        _TAKES_INFINITIVE
    ):
        return False
    follows = reading.flags[place + 1]
    return bool(follows & (wc.DET | wc.POSS | wc.PRON | wc.CAPITAL | wc.PREP)) or bool(
        reading.roles[place + 1] & gw.QUOTE_MARK
    )


def _is_noun_after_to(reading: ReadSoFar, at: int, place: int) -> bool:
    """Whether `to` is a preposition: `opposed to change`, `close to agreement`."""
    return reading.lower[at - 1] in _WITH_NOUN or bool(reading.flags[place + 1] & wc.AUX)


def _read_auxiliaries(reading: ReadSoFar, at: int) -> Auxiliaries | None:
    """Read auxiliaries with the negations and adverbs between them, None where there are none."""
    modal: str | None = None
    negated, union, last, place = False, 0, -1, at
    while place < min(reading.end, at + MAX_GROUP):
        role, flag, word = reading.roles[place], reading.flags[place], reading.lower[place]
        if word == "no" and reading.lower[place + 1] == "longer":
            negated, place = True, place + 2
            continue
        if word in _IN_NO_WAY and last >= 0 and reading.lower[place + 2] in _NO_WAY:
            negated, place = True, place + 3  # will in no way back it
            continue
        if role & (gw.BE | gw.HAVE | gw.DO | gw.MODAL) and not flag & wc.CAPITAL:
            if role & gw.MODAL:
                modal = _modal(word)
            if word == "having" and union & gw.BE:
                break  # are having trouble
            union |= role & (gw.BE | gw.HAVE | gw.DO | gw.PAST_AUX)
            last = place
        elif not _stands_between(reading, place) or (
            not union & (gw.BE | gw.HAVE) and _may_back(reading, place)
        ):
            break
        negated = negated or bool(role & gw.NEGATION)
        place += 1
    if last < 0:
        return None
    return Auxiliaries(last, place, modal, negated, union)


def _stands_between(reading: ReadSoFar, at: int) -> bool:
    """Whether a word may stand between an auxiliary and its verb."""
    flag, role = reading.flags[at], reading.roles[at]
    if role & (gw.NEGATION | gw.QUOTE_MARK):
        return True
    if reading.lower[at] == "so" and reading.lower[at + 1] == "far":
        return True
    if flag & wc.ADV:
        return not flag & wc.CAPITAL
    return bool(flag & wc.TIME) and not flag & (wc.DET | wc.CAPITAL)


def _modal(word: str) -> str | None:
    """Return the modal verb of a form: will of won’t."""
    return gw.modal_of().get(word) or gw.modal_of().get(word[:-3])


def _with_auxiliaries(reading: ReadSoFar, at: int) -> VerbGroup | None:
    """Read auxiliaries and the main verb behind them."""
    found = _read_auxiliaries(reading, at)
    if found is None:
        return None
    opens = reading.lower[at]
    form: Finiteness = "ing" if opens in ("being", "having") else "finite"
    if opens == "been":
        form = "participle"
    past = bool(found.union & gw.PAST_AUX) and found.modal is None and form == "finite"
    group = VerbGroup(
        at,
        found.last,
        found.last,
        "be" if found.union & gw.BE else "have" if found.union & gw.HAVE else "do",
        form,
        negated=found.negated,
        modal=found.modal,
        perfect=found.union & (gw.HAVE | gw.BE) == gw.HAVE | gw.BE,
        past=past,
    )
    return _with_main_verb(reading, found, group)


def _with_main_verb(reading: ReadSoFar, found: Auxiliaries, group: VerbGroup) -> VerbGroup:
    """Return a group of auxiliaries with the main verb behind them, if there is one."""
    place, role, union = found.behind, reading.roles[found.behind], found.union
    if reading.flags[place] & wc.CAPITAL:
        return group
    main = replace(group, last=place, head=place, lemma=lemma_of(reading.lower[place]))
    if union & gw.BE and role & PARTICIPLE:
        owns = _is_short_have(reading, found.last, place)
        return replace(main, passive=not owns, perfect=main.perfect or owns)
    if union & gw.BE:
        is_noun = place - 1 != found.last and reading.flags[place - 1] & (
            wc.DET | wc.POSS | wc.GENITIVE
        )
        is_main = bool(role & ING) and not is_noun
        is_main = is_main and reading.lower[group.first - 1] != "there"  # there is growing anger
    elif union & gw.HAVE:
        is_main, main = bool(role & (PARTICIPLE | PAST)), replace(main, perfect=True)
    else:
        is_main = bool(role & BASE) or (not role & gw.VERBAL and reading.is_plain_noun(place))
    return main if is_main else group


def _is_short_have(reading: ReadSoFar, last: int, place: int) -> bool:
    """Whether 's stands for has: he’s backed the ban."""
    if reading.lower[last] not in ("'s", "’s"):
        return False
    return bool(reading.flags[place + 1] & (wc.DET | wc.POSS | wc.CAPITAL))
