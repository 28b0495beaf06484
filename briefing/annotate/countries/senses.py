"""What a name means where it stands: the rules that choose one sense of it, or none.

Each rule is a small function that chooses, refuses or passes on; they run in the order of
`RULES`, and `CountryRules` turns single ones off by name.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from briefing.annotate.countries.fold import BLANK_LINE, Folded
from briefing.annotate.countries.person_names import is_full_name
from briefing.world.gazetteer import Entry, Sense

BIG_CITY: Final = 1000
"""Thousands of inhabitants from which a city's name needs no evidence."""
NAMESAKE_RATIO: Final = 250
"""How many times smaller a namesake may be and still take a name where its country leads."""
WINDOW: Final = 28
PLACE_RULES: Final = frozenset({"city", "capital", "state"})
ABBREVIATIONS: Final = frozenset({"state-abbreviation", "state-short", "free-abbreviation"})
REGION_RULES: Final = ABBREVIATIONS | {"name", "state"}
STRONG_RULES: Final = frozenset(
    {"name", "demonym", "capital", "state", "metonym", "institution", "landmark"}
    | {"free-abbreviation"}
)
NAMING_RULES: Final = frozenset({"name", "demonym", "capital", "state", "city"})
COMMA_RULES: Final = frozenset({"state-abbreviation", "state-short"})
OWNER_RULES: Final = frozenset({"name", "demonym", "prefix"})
INSTITUTIONS: Final = frozenset({"institution", "generic-institution"})
SHARED_RULES: Final = frozenset({"name", "demonym", "state", "institution", "metonym"})
GEORGIA_NEIGHBOURS: Final = ("GE", "RU", "AM", "AZ")

_OWNS: Final = frozenset({" ", "'s ", "’s ", "' ", "’ "})
"""What may stand between a country and an institution of its own."""
_NAME_BEFORE = re.compile(r"[A-Z][^\s,;:()\"“”]*,? ?$")
_STOP_AFTER = re.compile(r"[,.;:)\]\n]| ?[-–—(]|$")
_PLACE_BEFORE = re.compile(
    r"(?:^|[^\w])(?:in|near|from|at|to|of|outside|around|across|into|through|via|leaving|reached|"
    r"between|and|for|toward|towards|north|south|east|west|central|downtown|northern|southern|"
    r"eastern|western|greater|city|town|capital|port|mayor|province|district|state|the) $",
    re.IGNORECASE,
)
_SURE_PLACE_BEFORE = re.compile(
    r"(?:^|[^\w])(?:in|near|outside|around|across|throughout|downtown|central|greater|northern|"
    r"southern|eastern|western|city of|town of|port of|mayor of|people of|university of) $",
    re.IGNORECASE,
)
_PLACE_AFTER = re.compile(
    r"(?:-based|-area|-born)\b"
    r"| (?:City|County|Airport|Police|police|Mayor|University|residents|Council|Crown Court)\b"
)
_COMPANY_AFTER = re.compile(
    r"(?:[ -](?:and|of|&|[A-Z][\w.'&-]{0,30})){0,5}?"
    r" (?:Inc|Corp|Co|Cos|Ltd|PLC|Plc|plc|NV|BV|SA|AG|LP|LLC|GmbH|Bancorp|Corporation|Company|"
    r"Airlines|Airways)\b"
)
_ACCORD_AFTER = re.compile(
    r" (?:climate )?(?:[Aa]ccords?|[Aa]greements?|[Pp]acts?|[Cc]onventions?|[Pp]rotocol|Treaty|"
    r"Club|"
    r"[Rr]ound|[Cc]ommunique|[Dd]eclaration|Statute|Charter)\b"
)
_DATELINE_AFTER = re.compile(r",? (?:[A-Z][a-z]+ \d|\([A-Z]|[-–—]+ )")
_CURRENCY_AFTER = re.compile(
    r" (?:dollars?|dlrs?|cents?|francs?|kron(?:e|er|a|or)|lir[ae]|pesos?|rupees?|"
    r"rials?|riyals?|dinars?|dirhams?|shillings?|yuan|yen|guilders?|pesetas?|"
    r"baht|ringgit|rupiah|zlotys?|forints?|rubles?|roubles?)\b",
    re.IGNORECASE,
)


class Hit(NamedTuple):
    """A place where a name of the gazetteer stands, as offsets into the folded text."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class CountryRules:
    """Which rules run: `off` names those that do not."""

    off: frozenset[str] = frozenset()

    def has(self, name: str) -> bool:
        """Whether the rule of that name runs."""
        return name not in self.off


ALL_RULES: Final = CountryRules()


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules may look at: text, all hits, and what the text says as a whole.

    `counts` holds the sure mentions of each code, `persons` the names that are a person's here,
    `settled` the country that a region after a comma gave to a name.
    """

    original: str
    folded: Folded
    text: str
    hits: Sequence[Hit]
    counts: Counter[str]
    leading: int
    persons: frozenset[str]
    settled: Mapping[str, str]

    def before(self, hit: Hit) -> str:
        """Return the characters just before a hit."""
        return self.text[max(0, hit.start - WINDOW) : hit.start]

    def after(self, hit: Hit) -> str:
        """Return the characters just after a hit."""
        return self.text[hit.end : hit.end + WINDOW]

    def in_capitals(self, hit: Hit) -> bool:
        """Whether the text itself writes the name in capitals."""
        start = self.folded.original(hit.start)
        return self.original[start : start + hit.end - hit.start].isupper()


Answer = Sense | bool
"""A sense, False to refuse the name, True to pass it on."""
Rule = Callable[[Context, int], Answer]


def choose_senses(
    original: str, folded: Folded, hits: Sequence[Hit], rules: CountryRules
) -> list[Sense | None]:
    """Choose for every hit the sense it has in this text, or None where it names no country."""
    counts = Counter(
        hit.entry.senses[0].code
        for hit in hits
        if len(hit.entry.senses) == 1 and hit.entry.senses[0].rule in STRONG_RULES
    )
    leading = max(counts.values(), default=0)
    draft = Context(original, folded, folded.text, hits, counts, leading, frozenset(), {})
    context = replace(draft, persons=_find_persons(draft), settled=_settle(draft))
    return [_choose(context, number, rules) for number in range(len(hits))]


def _find_persons(context: Context) -> frozenset[str]:
    return frozenset(
        hit.entry.name
        for hit in context.hits
        if _may_be_person(hit.entry) and _names_person(context, hit)
    )


def _settle(context: Context) -> Mapping[str, str]:
    settled: dict[str, str] = {}
    for number, hit in enumerate(context.hits):
        if hit.entry.senses and hit.entry.senses[0].rule in PLACE_RULES | {"name"}:
            region = _region_after(context, number)
            if region is not None and _decides(hit.entry, region):
                settled.setdefault(hit.entry.name, region.code)
    return settled


def _decides(entry: Entry, region: Sense) -> bool:
    """Whether a region after a comma says where a name lies: in a list of countries it does not."""
    if region.rule in ABBREVIATIONS:
        return True
    if entry.senses[0].rule == "name":
        return False
    return region.rule == "state" or region.code in {sense.code for sense in entry.senses}


def _choose(context: Context, number: int, rules: CountryRules) -> Sense | None:
    entry = context.hits[number].entry
    if not entry.senses:
        return None
    for rule in _plan(entry.senses[0].rule, entry.guards, rules):
        answer = rule(context, number)
        if answer is False:
            return None
        if answer is not True:
            return answer
    return entry.senses[0]


def _region_after(context: Context, number: int) -> Sense | None:
    """Find the region that a name is followed by after a comma: Paris, Texas."""
    hit = context.hits[number]
    if number + 1 == len(context.hits) or context.text[hit.end : hit.end + 2] != ", ":
        return None
    following = context.hits[number + 1]
    if following.start != hit.end + 2:
        return None
    senses = [sense for sense in following.entry.senses if sense.rule in REGION_RULES]
    own = {sense.code for sense in hit.entry.senses}
    return next((s for s in senses if s.code in own), senses[0] if senses else None)


def currency(context: Context, number: int) -> Answer:
    """Refuse a unit of money: 40 million US dollars say nothing about a country."""
    hit = context.hits[number]
    return _CURRENCY_AFTER.match(context.after(hit)) is None


def accord(context: Context, number: int) -> Answer:
    """Refuse a place that an accord, pact or protocol is named after."""
    return _ACCORD_AFTER.match(context.after(context.hits[number])) is None


def company(context: Context, number: int) -> Answer:
    """Mark a name inside a company's name, which says little about its country."""
    hit = context.hits[number]
    sense = hit.entry.senses[0]
    if not _COMPANY_AFTER.match(context.text, hit.end) or _is_dateline(context, hit):
        return True
    return Sense("company", sense.code, sense.people)


def abbreviation_after_comma(context: Context, number: int) -> Answer:
    """Count a state's abbreviation after a name and a comma only: Springfield, Ill."""
    hit = context.hits[number]
    sense = hit.entry.senses[0]
    before, after = context.before(hit), context.after(hit)
    if not before.endswith(", ") or not _NAME_BEFORE.search(before):
        return False
    return sense if hit.entry.name.endswith(".") or _STOP_AFTER.match(after) else False


def region_after_comma(context: Context, number: int) -> Answer:
    """Take the country of the region that follows a name here or elsewhere: Paris, Texas."""
    entry = context.hits[number].entry
    code = context.settled.get(entry.name)
    return True if code is None else Sense(entry.senses[0].rule, code, 0)


def ordinary_word(context: Context, number: int) -> Answer:
    """Refuse a city's name that is an ordinary word, but in a dateline or with its region."""
    hit = context.hits[number]
    return "w" not in hit.entry.guards or _is_dateline(context, hit)


def _may_be_person(entry: Entry) -> bool:
    return bool(entry.senses) and ("p" in entry.guards or entry.senses[0].rule == "city")


def _names_person(context: Context, hit: Hit) -> bool:
    return is_full_name(
        hit.entry.name,
        before=context.before(hit),
        after="" if context.in_capitals(hit) else context.after(hit),
    )


def person_name(context: Context, number: int) -> Answer:
    """Refuse an ambiguous name after a given name, and bare after that."""
    hit = context.hits[number]
    if _names_person(context, hit):
        return False
    if hit.entry.name not in context.persons:
        return True
    return _PLACE_BEFORE.search(context.before(hit)) is not None


def generic_institution(context: Context, number: int) -> Answer:
    """Count Congress or Supreme Court only for the country that leads the text."""
    senses = context.hits[number].entry.senses
    best = max(senses, key=lambda sense: context.counts[sense.code])
    return best if context.leading and context.counts[best.code] == context.leading else False


def owner_before(context: Context, number: int) -> Answer:
    """Give an institution that several countries have to the one named right before it."""
    hit = context.hits[number]
    if number == 0 or (hit.entry.senses[0].rule == "institution" and len(hit.entry.senses) == 1):
        return True
    owner = context.hits[number - 1]
    between = context.text[owner.end : hit.start]
    if between not in _OWNS or not owner.entry.senses:
        return True
    sense = owner.entry.senses[0]
    if sense.rule not in OWNER_RULES:
        return True
    return Sense("institution", sense.code, 0)


def georgia(context: Context, number: int) -> Answer:
    """Take Georgia for the state among American names, for the country among its neighbours."""
    hit = context.hits[number]
    if hit.entry.name != "Georgia":
        return True
    near = sum(context.counts[code] for code in GEORGIA_NEIGHBOURS)
    code = "US" if context.counts["US"] >= near else "GE"
    return next(sense for sense in hit.entry.senses if sense.code == code)


def place_word(context: Context, number: int) -> Answer:
    """Ask for a word of place beside a name that is a surname or a company as well."""
    hit = context.hits[number]
    if _is_dateline(context, hit):
        return True
    before, after = context.before(hit), context.after(hit)
    return bool(_SURE_PLACE_BEFORE.search(before) or _PLACE_AFTER.match(after))


def _is_dateline(context: Context, hit: Hit) -> bool:
    at_start = hit.start == 0 or context.text[hit.start - 1] == BLANK_LINE
    return at_start and _DATELINE_AFTER.match(context.after(hit)) is not None


def namesake(context: Context, number: int) -> Answer:
    """Take the namesake in the country that the text is about, where the city's own is absent."""
    hit = context.hits[number]
    entry, main = hit.entry, hit.entry.senses[0]
    if len(entry.senses) == 1 or context.counts[main.code]:
        return True
    if _is_dateline(context, hit):
        return main
    best = max(entry.senses, key=lambda sense: context.counts[sense.code])
    is_likely = best.people * NAMESAKE_RATIO >= main.people
    return best if is_likely and context.counts[best.code] == context.leading > 0 else True


def known_country(context: Context, number: int) -> Answer:
    """Take of several countries that share a name the one that the text names otherwise.

    Where it names none, an institution that several have is nobody's.
    """
    senses = context.hits[number].entry.senses
    if len(senses) == 1:
        return True
    best = max(senses, key=lambda sense: context.counts[sense.code])
    return best if context.counts[best.code] else senses[0].rule != "institution"


def small_city(context: Context, number: int) -> Answer:
    """Ask for a word of place beside a smaller city, or for its country in the text."""
    hit = context.hits[number]
    sense = hit.entry.senses[0]
    if sense.people >= BIG_CITY or context.counts[sense.code]:
        return True
    return bool(
        _PLACE_BEFORE.search(context.before(hit))
        or _PLACE_AFTER.match(context.after(hit))
        or _is_dateline(context, hit)
    )


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule under its name, with the kinds of name (or the guard) that it applies to."""

    name: str
    rule: Rule
    kinds: frozenset[str] = frozenset()
    guard: str = ""

    def applies(self, kind: str, guards: str) -> bool:
        """Whether the rule has anything to say about a name of that kind with those guards."""
        return kind in self.kinds or (self.guard != "" and self.guard in guards)


RULES: Final[tuple[RuleRow, ...]] = (
    RuleRow("currency", currency, frozenset({"name", "demonym"})),
    RuleRow("abbreviation_after_comma", abbreviation_after_comma, COMMA_RULES),
    RuleRow("region_after_comma", region_after_comma, PLACE_RULES | {"name"}),
    RuleRow("ordinary_word", ordinary_word, frozenset({"city"})),
    RuleRow("person_name", person_name, frozenset({"city"}), guard="p"),
    RuleRow("accord", accord, frozenset({"capital", "city", "landmark", "metonym"})),
    RuleRow("company", company, NAMING_RULES),
    RuleRow("owner_before", owner_before, INSTITUTIONS),
    RuleRow("generic_institution", generic_institution, frozenset({"generic-institution"})),
    RuleRow("georgia", georgia, frozenset({"name"})),
    RuleRow("place_word", place_word, guard="e"),
    RuleRow("namesake", namesake, frozenset({"city"}), guard="c"),
    RuleRow("known_country", known_country, SHARED_RULES),
    RuleRow("small_city", small_city, frozenset({"city"})),
)
RULE_NAMES: Final = tuple(row.name for row in RULES)


@functools.lru_cache(maxsize=1024)
def _plan(kind: str, guards: str, rules: CountryRules) -> tuple[Rule, ...]:
    """List the rules that have something to say about such a name, in their order."""
    return tuple(row.rule for row in RULES if rules.has(row.name) and row.applies(kind, guards))
