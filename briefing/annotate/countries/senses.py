"""What a name means where it stands: the rules that choose one sense of it, or none.

Each rule is a small function that chooses, refuses or confirms; they run in the order of
`RULES`, and `CountryRules` turns single ones off by name.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from briefing.annotate.countries import institutions
from briefing.annotate.countries.context import (
    CONFIRM,
    PASS,
    REFUSE,
    Context,
    CountryChoice,
    CountryRule,
    CountryRules,
    NameMatch,
    RuleOutcome,
)
from briefing.annotate.countries.fold import BLANK_LINE, Folded
from briefing.annotate.countries.person_names import is_full_name
from briefing.english.lexicon import compile_words
from briefing.world.gazetteer import BIG_CITY, GazetteerEntry, Sense
from briefing.world.name_kinds import ABBREVIATIONS, CITIES, INSTITUTIONS, NAMING, rule_name

NAMESAKE_RATIO: Final = 250
"""How many times smaller a namesake may be and still take a name where its country leads."""
PLACE_KINDS: Final = CITIES | {"state"}
REGION_KINDS: Final = ABBREVIATIONS | {"name", "state"}
STRONG_KINDS: Final = frozenset(
    {"name", "demonym", "capital", "state", "metonym", "institution", "landmark"}
    | {"free_abbreviation"}
)
COMMA_KINDS: Final = frozenset({"state_abbreviation", "state_short"})
SHARED_KINDS: Final = frozenset({"name", "demonym", "state", "institution", "metonym"})
GEORGIA_NEIGHBOURS: Final = ("GE", "RU", "AM", "AZ")

_words = functools.partial(compile_words, room="annotate/countries", name="countries")
_NAME_BEFORE = re.compile(r"[A-Z][^\s,;:()\"“”]*,? ?$")
_STOP_AFTER = re.compile(r"[,.;:)\]\n]| ?[-–—(]|$")
_PLACE_BEFORE = _words(
    r"(?:^|[^\w])(?:{}) $", "sure_place_before", "place_before", flags=re.IGNORECASE
)
_SURE_PLACE_BEFORE = _words(r"(?:^|[^\w])(?:{}) $", "sure_place_before", flags=re.IGNORECASE)
_PLACE_AFTER = _words(r"(?:-based|-area|-born)\b| (?:{})\b", "place_after")
_COMPANY_AFTER = _words(
    r"(?:[ -](?:and|of|&|[A-Z][\w.'&-]{{0,30}})){{0,5}}? (?:{})\b", "company_after"
)
_ACCORD_AFTER = _words(
    r" (?:(?:[Cc]limate|(?:climate-)?[Cc]hange|[Pp]eace|[Nn]uclear|trade|Trade) ){{0,2}}(?:{})\b",
    "accord_after",
)
_ACCORD_BEFORE = _words(r"\b(?:{})s? of $", "accord_after")
_PEOPLE_BEFORE = _words(r"\b(?:{}) $", "other_people_before")
_PEOPLE_AFTER = _words(r"[ -](?:{})\b", "other_people_after", flags=re.IGNORECASE)
_DATELINE_AFTER = re.compile(r",? (?:[A-Z][a-z]+ \d|\d{1,2} [A-Z][a-z]|\([A-Z\d]|[-–—]+ )|/[A-Z]")
_CURRENCY_AFTER = _words(r" (?:{})\b", "currency_after", flags=re.IGNORECASE)


def choose_senses(
    original: str, folded: Folded, matches: Sequence[NameMatch], rules: CountryRules
) -> list[CountryChoice | None]:
    """Choose for every name the country it means in this text, None where it means none."""
    counts = Counter(
        match.entry.senses[0].code
        for match in matches
        if len(match.entry.senses) == 1
        and match.entry.senses[0].kind in STRONG_KINDS
        and not set(match.entry.guards) & {"o", "n"}
    )
    leading = max(counts.values(), default=0)
    none: frozenset[str] = frozenset()
    draft = Context(original, folded, folded.text, matches, counts, leading, none, none, {})
    context = replace(
        draft, persons=_find_persons(draft), others=_find_others(draft), settled=_settle(draft)
    )
    return [_choose(context, number, rules) for number in range(len(matches))]


def _find_persons(context: Context) -> frozenset[str]:
    return frozenset(
        match.entry.name
        for match in context.matches
        if match.entry.senses
        and ("p" in match.entry.guards or match.entry.senses[0].kind == "city")
        and _names_person(context, match)
    )


def _find_others(context: Context) -> frozenset[str]:
    """Return both forms of the name of a people that some phrase shows to be another one."""
    guarded = [match for match in context.matches if "n" in match.entry.guards]
    if not any(_is_other_people(context, match) for match in guarded):
        return frozenset()
    return frozenset(match.entry.name for match in guarded)


def _settle(context: Context) -> Mapping[str, str]:
    settled: dict[str, str] = {}
    for number, match in enumerate(context.matches):
        if match.entry.senses and match.entry.senses[0].kind in PLACE_KINDS | {"name"}:
            region = _region_after(context, number)
            if region is None or _is_in_list(context, number, region):
                continue
            if _decides(match.entry, region):
                settled.setdefault(match.entry.name, region.code)
    return settled


def _decides(entry: GazetteerEntry, region: Sense) -> bool:
    """Whether a region after a comma says where a name lies: in a list of countries it does not."""
    if region.kind in ABBREVIATIONS:
        return True
    if entry.senses[0].kind == "name":
        return False
    return region.kind == "state" or region.code in {sense.code for sense in entry.senses}


def _choose(context: Context, number: int, rules: CountryRules) -> CountryChoice | None:
    entry = context.matches[number].entry
    if not entry.senses:
        return None
    likeliest, reason = entry.senses[0], None
    for row in _plan(likeliest.kind, entry.guards, rules):
        outcome = row.rule(context, number)
        if isinstance(outcome, Sense):
            return CountryChoice(outcome.code, rule_name(outcome.kind, row.reason))
        if outcome is REFUSE:
            return None
        if outcome is CONFIRM:
            reason = row.reason
    return CountryChoice(likeliest.code, rule_name(likeliest.kind, reason))


def _region_after(context: Context, number: int) -> Sense | None:
    """Find the region that a name is followed by after a comma: Paris, Texas."""
    match = context.matches[number]
    if number + 1 == len(context.matches) or context.text[match.end : match.end + 2] != ", ":
        return None
    following = context.matches[number + 1]
    if following.start != match.end + 2:
        return None
    senses = [sense for sense in following.entry.senses if sense.kind in REGION_KINDS]
    own = {sense.code for sense in match.entry.senses}
    states = [sense for sense in senses if sense.kind == "state"]
    return next((s for s in senses if s.code in own), next(iter(states or senses), None))


def _is_in_list(context: Context, number: int, region: Sense) -> bool:
    """Whether a name and the region after it are members of a list: in Toronto, Texas and Rome.

    A list goes on with a place that has no region of its own, or begins before the name.
    """
    if region.kind in ABBREVIATIONS:
        return False
    joint = _joint(context, number + 1)
    if joint == " and " or (joint == ", and " and _is_region(context, number + 2)):
        # Moscow, Idaho has a region of its own.
        return _joint(context, number + 2) != ", " or not _is_region(context, number + 3)
    before = _joint(context, number - 1)
    return before == ", " and not _is_region(context, number - 1)


def _joint(context: Context, number: int) -> str | None:
    """Return what stands between a place and the next one, None where that is far or no place."""
    if not 0 <= number < len(context.matches) - 1:
        return None
    one, other = context.matches[number : number + 2]
    between = context.text[one.end : other.start].replace(" or ", " and ").replace("&", "and")
    kinds = {sense.kind for match in (one, other) for sense in match.entry.senses[:1]}
    return between if kinds and kinds <= PLACE_KINDS | REGION_KINDS else None


def _is_region(context: Context, number: int) -> bool:
    return any(
        sense.kind in REGION_KINDS - {"name"} for sense in context.matches[number].entry.senses
    )


def currency(context: Context, number: int) -> RuleOutcome:
    """Refuse a unit of money: 40 million US dollars say nothing about a country."""
    match = context.matches[number]
    return REFUSE if _CURRENCY_AFTER.match(context.after(match)) else PASS


def accord(context: Context, number: int) -> RuleOutcome:
    """Refuse a place that an accord, pact or protocol is named after."""
    match = context.matches[number]
    named = _ACCORD_AFTER.match(context.text, match.end)
    return REFUSE if named or _ACCORD_BEFORE.search(context.before(match)) else PASS


def company(context: Context, number: int) -> RuleOutcome:
    """Mark a name inside a company's name, which says little about its country."""
    match = context.matches[number]
    sense = match.entry.senses[0]
    if not _COMPANY_AFTER.match(context.text, match.end) or _is_dateline(context, match):
        return PASS
    return Sense("company", sense.code, sense.people)


def abbreviation_after_comma(context: Context, number: int) -> RuleOutcome:
    """Count a state's abbreviation after a name and a comma only: Springfield, Ill."""
    match = context.matches[number]
    before, after = context.before(match), context.after(match)
    if not before.endswith(", ") or not _NAME_BEFORE.search(before):
        return REFUSE
    return PASS if match.entry.name.endswith(".") or _STOP_AFTER.match(after) else REFUSE


def region_after_comma(context: Context, number: int) -> RuleOutcome:
    """Take the country of the region that follows a name here or elsewhere: Paris, Texas."""
    entry = context.matches[number].entry
    code = context.settled.get(entry.name)
    return PASS if code is None else Sense(entry.senses[0].kind, code, 0)


def other_people(context: Context, number: int) -> RuleOutcome:
    """Refuse the first peoples of America where the text says so, or says nothing of India."""
    match = context.matches[number]
    if _is_other_people(context, match, sure=True):
        return REFUSE
    if context.counts[match.entry.senses[0].code]:
        return PASS
    return REFUSE if match.entry.name in context.others else PASS


def _is_other_people(context: Context, match: NameMatch, *, sure: bool = False) -> bool:
    if _PEOPLE_BEFORE.search(context.before(match)):
        return True
    return not sure and _PEOPLE_AFTER.match(context.after(match)) is not None


def ordinary_word(context: Context, number: int) -> RuleOutcome:
    """Refuse a city's name that is an ordinary word, but in a dateline or with its region."""
    match = context.matches[number]
    if "w" not in match.entry.guards:
        return PASS
    return CONFIRM if _is_dateline(context, match) else REFUSE


def _names_person(context: Context, match: NameMatch) -> bool:
    return is_full_name(
        match.entry.name,
        before=context.before(match),
        after="" if context.in_capitals(match) else context.after(match),
    )


def person_name(context: Context, number: int) -> RuleOutcome:
    """Refuse an ambiguous name after a given name, and bare after that."""
    match = context.matches[number]
    if _names_person(context, match):
        return REFUSE
    if match.entry.name not in context.persons:
        return PASS
    return CONFIRM if _PLACE_BEFORE.search(context.before(match)) else REFUSE


def georgia(context: Context, number: int) -> RuleOutcome:
    """Take Georgia for the state among American names, for the country among its neighbours."""
    match = context.matches[number]
    if match.entry.name != "Georgia":
        return PASS
    near = sum(context.counts[code] for code in GEORGIA_NEIGHBOURS)
    code = "US" if context.counts["US"] >= near else "GE"
    return next(sense for sense in match.entry.senses if sense.code == code)


def place_word(context: Context, number: int) -> RuleOutcome:
    """Ask for a word of place beside a name that is a surname or a company as well."""
    match = context.matches[number]
    before, after = context.before(match), context.after(match)
    beside = _SURE_PLACE_BEFORE.search(before) or _PLACE_AFTER.match(after)
    return CONFIRM if beside or _is_dateline(context, match) else REFUSE


def _is_dateline(context: Context, match: NameMatch) -> bool:
    at_start = match.start == 0 or context.text[match.start - 1] == BLANK_LINE
    return at_start and _DATELINE_AFTER.match(context.after(match)) is not None


def namesake(context: Context, number: int) -> RuleOutcome:
    """Take the namesake in the country that the text is about, where the city's own is absent."""
    match = context.matches[number]
    entry, main = match.entry, match.entry.senses[0]
    if len(entry.senses) == 1 or context.counts[main.code] or _is_dateline(context, match):
        return PASS
    best = max(entry.senses, key=lambda sense: context.counts[sense.code])
    is_likely = best.people * NAMESAKE_RATIO >= main.people
    return best if is_likely and context.counts[best.code] == context.leading > 0 else PASS


def known_country(context: Context, number: int) -> RuleOutcome:
    """Take of several countries that share a name the one that the text names otherwise.

    Where it names none, an institution that several have is nobody's.
    """
    senses = context.matches[number].entry.senses
    if len(senses) == 1:
        return PASS
    best = max(senses, key=lambda sense: context.counts[sense.code])
    if context.counts[best.code]:
        return best
    return REFUSE if senses[0].kind == "institution" else PASS


def small_city(context: Context, number: int) -> RuleOutcome:
    """Ask for a word of place beside a smaller city, or for its country in the text."""
    match = context.matches[number]
    sense = match.entry.senses[0]
    if sense.people >= BIG_CITY or context.counts[sense.code]:
        return PASS
    beside = _PLACE_BEFORE.search(context.before(match)) or _PLACE_AFTER.match(context.after(match))
    return CONFIRM if beside or _is_dateline(context, match) else REFUSE


class RuleRow(Struct, frozen=True):
    """A rule under its name, with the kinds of name (or the guard) that it applies to.

    `reason` is what a mention's rule says where this one chose or confirmed its country.
    """

    name: str
    rule: CountryRule
    kinds: frozenset[str]
    reason: str
    guard: str = ""

    def applies(self, kind: str, guards: str) -> bool:
        """Whether the rule has anything to say about a name of that kind with those guards."""
        return kind in self.kinds or (self.guard != "" and self.guard in guards)


RULES: Final[tuple[RuleRow, ...]] = (
    RuleRow("currency", currency, NAMING, ""),
    RuleRow("abbreviation_after_comma", abbreviation_after_comma, COMMA_KINDS, ""),
    RuleRow("region_after_comma", region_after_comma, PLACE_KINDS | {"name"}, "region_after_comma"),
    RuleRow("ordinary_word", ordinary_word, frozenset({"city"}), "dateline"),
    RuleRow("person_name", person_name, frozenset({"city"}), "place_word", guard="p"),
    RuleRow("accord", accord, CITIES | {"landmark", "metonym"}, ""),
    RuleRow("company", company, PLACE_KINDS | NAMING, "company"),
    RuleRow("everyday_name", institutions.everyday_name, frozenset(), "known_country", guard="o"),
    RuleRow("other_people", other_people, frozenset(), "", guard="n"),
    RuleRow("owner_before", institutions.owner_before, INSTITUTIONS, "owner_before"),
    RuleRow("place_behind", institutions.place_behind, INSTITUTIONS, "place_behind"),
    RuleRow(
        "generic_institution",
        institutions.generic_institution,
        frozenset({"generic_institution"}),
        "generic_institution",
    ),
    RuleRow("georgia", georgia, frozenset({"name"}), "leading_country"),
    RuleRow("place_word", place_word, frozenset(), "place_word", guard="e"),
    RuleRow("namesake", namesake, frozenset({"city"}), "leading_country", guard="c"),
    RuleRow("known_country", known_country, SHARED_KINDS, "known_country"),
    RuleRow("small_city", small_city, frozenset({"city"}), "place_word"),
)
RULE_NAMES: Final = tuple(row.name for row in RULES)


@functools.lru_cache(maxsize=1024)
def _plan(kind: str, guards: str, rules: CountryRules) -> tuple[RuleRow, ...]:
    """Return the rules that have something to say about such a name, in their order."""
    return tuple(row for row in RULES if rules.has(row.name) and row.applies(kind, guards))
