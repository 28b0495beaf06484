"""What a name means where it stands: the rules that choose one sense of it, or none.

Each rule is a small function that chooses, refuses or passes on; they run in the order of
`RULES`, and `CountryRules` turns single ones off by name.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from briefing.annotate.gazetteer import Entry, Sense
from briefing.annotate.lexicon import read_words

BIG_CITY: Final = 1000
"""Thousands of inhabitants from which a city's name needs no evidence."""
WINDOW: Final = 28
CITY_RULES: Final = frozenset({"city"})
PLACE_RULES: Final = frozenset({"city", "capital", "state"})
REGION_RULES: Final = frozenset({"name", "state", "state-abbreviation", "free-abbreviation"})
STRONG_RULES: Final = frozenset({"name", "demonym", "capital", "state", "metonym", "group"})
GEORGIA_NEIGHBOURS: Final = ("GE", "RU", "AM", "AZ")

_WORD_BEFORE = re.compile(r"([^\s,;:()\"“”]+) $")
_NAME_BEFORE = re.compile(r"[A-Z][^\s,;:()\"“”]*, ?$")
_WORD_AFTER = re.compile(r" ([A-Z][a-z'-]+)")
_PLACE_BEFORE = re.compile(
    r"(?:^|[^\w])(?:in|near|from|at|to|of|outside|around|across|into|through|via|leaving|reached|"
    r"between|and|for|toward|towards|north|south|east|west|central|downtown|northern|southern|"
    r"eastern|western|greater|city|town|capital|port|mayor|province|district|state) $",
    re.IGNORECASE,
)
_PLACE_AFTER = re.compile(
    r"(?:-based|-area|-born|'s| City| County| Airport| Police| Mayor| Court| University)\b|,? [A-Z][a-z]+ \d\d? -"
)


@dataclass(frozen=True, slots=True)
class Hit:
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
    """What the rules may look at: the folded text, all hits, and what the text says as a whole.

    `counts` holds the sure mentions of each code, `persons` the names that are a person's here.
    """

    text: str
    hits: Sequence[Hit]
    counts: Counter[str]
    persons: frozenset[str]

    def before(self, hit: Hit) -> str:
        """The characters just before a hit."""
        return self.text[max(0, hit.start - WINDOW) : hit.start]

    def after(self, hit: Hit) -> str:
        """The characters just after a hit."""
        return self.text[hit.end : hit.end + WINDOW]


Answer = Sense | bool
"""A sense, False to refuse the name, True to pass it on."""
Rule = Callable[[Context, int], Answer]


def choose_senses(text: str, hits: Sequence[Hit], rules: CountryRules) -> list[Sense | None]:
    """Choose for every hit the sense it has in this text, or None where it names no country."""
    running = [rule for name, rule in RULES if rules.has(name)]
    counts = Counter(
        hit.entry.senses[0].code
        for hit in hits
        if len(hit.entry.senses) == 1 and hit.entry.senses[0].rule in STRONG_RULES
    )
    draft = Context(text, hits, counts, frozenset())
    persons = frozenset(
        hit.entry.name for hit in hits if hit.entry.is_person and _is_full_name(draft, hit)
    )
    context = Context(text, hits, counts, persons)
    return [_choose(context, number, running) for number in range(len(hits))]


def _choose(context: Context, number: int, rules: Sequence[Rule]) -> Sense | None:
    entry = context.hits[number].entry
    if not entry.senses:
        return None
    for rule in rules:
        answer = rule(context, number)
        if answer is False:
            return None
        if isinstance(answer, Sense):
            return answer
    return entry.senses[0]


def _region_after(context: Context, number: int) -> Sense | None:
    """The region that a name is followed by after a comma: Paris, Texas."""
    hit = context.hits[number]
    if number + 1 == len(context.hits) or context.text[hit.end : hit.end + 2] != ", ":
        return None
    following = context.hits[number + 1]
    if following.start != hit.end + 2:
        return None
    senses = [sense for sense in following.entry.senses if sense.rule in REGION_RULES]
    own = {sense.code for sense in hit.entry.senses}
    return next((s for s in senses if s.code in own), senses[0] if senses else None)


def abbreviation_after_comma(context: Context, number: int) -> Answer:
    """A state's abbreviation counts after a name and a comma only: Springfield, Ill."""
    hit = context.hits[number]
    sense = hit.entry.senses[0]
    if sense.rule != "state-abbreviation":
        return True
    return sense if _NAME_BEFORE.search(context.before(hit)) else False


def region_after_comma(context: Context, number: int) -> Answer:
    """A place takes the country of the state or country that follows after a comma."""
    entry = context.hits[number].entry
    if entry.senses[0].rule not in PLACE_RULES:
        return True
    region = _region_after(context, number)
    if region is None:
        return True
    if region.code in {sense.code for sense in entry.senses} or region.rule != "name":
        return Sense(entry.senses[0].rule, region.code, 0)
    return True


def ordinary_word(context: Context, number: int) -> Answer:
    """A city's name that is an ordinary word counts with its region only."""
    entry = context.hits[number].entry
    return not (entry.is_word and entry.senses[0].rule in CITY_RULES)


@functools.cache
def _given_names() -> frozenset[str]:
    return read_words("given_names")


@functools.cache
def _titles() -> frozenset[str]:
    return read_words("people", "title", "title_male", "title_female")


@functools.cache
def _organisation_words() -> frozenset[str]:
    return read_words("people", "organisation_word") | _titles()


def _is_full_name(context: Context, hit: Hit) -> bool:
    before = _WORD_BEFORE.search(context.before(hit))
    if before:
        word = before.group(1)
        if word in _given_names():
            return True
    after = _WORD_AFTER.match(context.after(hit))
    if after is None or hit.entry.name not in _given_names():
        return False
    return after.group(1) not in _organisation_words()


def person_name(context: Context, number: int) -> Answer:
    """Given name + ambiguous name is a person, and so is the bare name after that."""
    hit = context.hits[number]
    if not (hit.entry.is_person or hit.entry.senses[0].rule in CITY_RULES):
        return True
    if _is_full_name(context, hit):
        return False
    if hit.entry.name in context.persons and not _PLACE_BEFORE.search(context.before(hit)):
        return False
    return True


def generic_institution(context: Context, number: int) -> Answer:
    """Congress, Supreme Court: only of a country that the text names already."""
    senses = context.hits[number].entry.senses
    if senses[0].rule != "generic-institution":
        return True
    best = max(senses, key=lambda sense: context.counts[sense.code])
    leading = max(context.counts.values(), default=0)
    return best if leading and context.counts[best.code] == leading else False


def georgia(context: Context, number: int) -> Answer:
    """Georgia is the state among American names, the country among its neighbours."""
    hit = context.hits[number]
    if hit.entry.name != "Georgia":
        return True
    near = sum(context.counts[code] for code in GEORGIA_NEIGHBOURS)
    code = "US" if context.counts["US"] >= near else "GE"
    return next(sense for sense in hit.entry.senses if sense.code == code)


def known_country(context: Context, number: int) -> Answer:
    """Of several senses the one whose country the text names anyway."""
    senses = context.hits[number].entry.senses
    if len(senses) == 1:
        return True
    best = max(senses, key=lambda sense: context.counts[sense.code])
    return best if context.counts[best.code] else True


def small_city(context: Context, number: int) -> Answer:
    """A city of less than a million needs a word of place beside it, or its country in the text."""
    hit = context.hits[number]
    sense = hit.entry.senses[0]
    if sense.rule not in CITY_RULES or not 0 < sense.people < BIG_CITY:
        return True
    if context.counts[sense.code]:
        return True
    return bool(_PLACE_BEFORE.search(context.before(hit)) or _PLACE_AFTER.match(context.after(hit)))


RULES: Final[tuple[tuple[str, Rule], ...]] = (
    ("abbreviation_after_comma", abbreviation_after_comma),
    ("region_after_comma", region_after_comma),
    ("ordinary_word", ordinary_word),
    ("person_name", person_name),
    ("generic_institution", generic_institution),
    ("georgia", georgia),
    ("known_country", known_country),
    ("small_city", small_city),
)
