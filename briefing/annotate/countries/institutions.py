"""Which country an institution belongs to: one beside it, the one the text is about, or none."""

from __future__ import annotations

from typing import Final

from briefing.annotate.countries.context import (
    CONFIRM,
    PASS,
    REFUSE,
    Context,
    NameMatch,
    RuleOutcome,
)
from briefing.english.lexicon import read_words
from briefing.world.gazetteer import Sense

OWNER_KINDS: Final = frozenset({"name", "demonym", "prefix"})
_OWNS: Final = frozenset({" ", "'s ", "’s ", "' ", "’ "})
"""What may stand between a country and an institution of its own."""
_HEADS: Final = read_words("annotate/countries", "countries", "institution_head")


def everyday_name(context: Context, number: int) -> RuleOutcome:
    """Ask for the country of an institution whose name is also that of ordinary things.

    Beside another word in capitals it is part of a longer name: Diet Doctor.
    """
    match = context.matches[number]
    before, after = context.before(match), context.after(match)
    longer = after[:1] == " " and after[1:2].isupper() and not context.in_capitals(match)
    word = before.rstrip().rpartition(" ")[2]
    longer |= before.endswith(" ") and word[:1].isupper() and word != "The"
    if number and before.endswith(tuple(_OWNS)) and _owner(context, number) is not None:
        longer = False
    return CONFIRM if context.counts[match.entry.senses[0].code] and not longer else REFUSE


def generic_institution(context: Context, number: int) -> RuleOutcome:
    """Count Congress or Supreme Court only for the country that leads the text."""
    senses = context.matches[number].entry.senses
    best = max(senses, key=lambda sense: context.counts[sense.code])
    return best if context.leading and context.counts[best.code] == context.leading else REFUSE


def owner_before(context: Context, number: int) -> RuleOutcome:
    """Give an institution that many countries have to the one named right before it."""
    owner = _owner(context, number)
    if owner is None or not _has_namesakes(context.matches[number]):
        return PASS
    return Sense("institution", owner.code, 0)


def _owner(context: Context, number: int) -> Sense | None:
    """Return the country or its people that stands right before a name, or the capital: Oslo's."""
    if number == 0:
        return None
    owner = context.matches[number - 1]
    between = context.text[owner.end : context.matches[number].start]
    if between not in _OWNS or not owner.entry.senses:
        return None
    sense = owner.entry.senses[0]
    is_owner = sense.kind in OWNER_KINDS or (sense.kind == "capital" and between != " ")
    return sense if is_owner else None


def place_behind(context: Context, number: int) -> RuleOutcome:
    """Give an institution that many countries have to the one it sits in: the ministry in Oslo."""
    match = context.matches[number]
    if number + 1 == len(context.matches) or not _has_namesakes(match):
        return PASS
    place = context.matches[number + 1]
    if context.text[match.end : place.start] != " in " or not place.entry.senses:
        return PASS
    sense = place.entry.senses[0]
    if sense.kind not in ("capital", "name"):
        return PASS
    return Sense("institution", sense.code, 0)


def _has_namesakes(match: NameMatch) -> bool:
    """Whether other countries may have an institution of that name: several do, or any could."""
    entry = match.entry
    is_sole = entry.senses[0].kind == "institution" and len(entry.senses) == 1
    return not is_sole or entry.name.rpartition(" ")[2] in _HEADS or entry.name in _HEADS
