"""What the rules of countries may look at: a text, the names in it, and what it says as a whole."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from briefing.annotate.countries.fold import Folded
from briefing.world.gazetteer import GazetteerEntry, Sense

WINDOW: Final = 28


class SenseCheck(enum.Enum):
    """What a rule that chooses no sense finds about the likeliest one.

    PASS: nothing; CONFIRM: the evidence that the name needs; REFUSE: that the name means no
    country.
    """

    PASS = enum.auto()
    CONFIRM = enum.auto()
    REFUSE = enum.auto()


PASS, CONFIRM, REFUSE = SenseCheck


class CountryChoice(Struct, frozen=True):
    """The country that a name means where it stands, and the rule that says so."""

    code: str
    rule: str


class NameMatch(Struct, frozen=True):
    """A place where a name of the gazetteer stands, as offsets into the folded text."""

    start: int
    end: int
    entry: GazetteerEntry


class CountryRules(Struct, frozen=True):
    """Which rules run: `off` names those that do not."""

    off: frozenset[str] = frozenset()

    def has(self, name: str) -> bool:
        """Whether the rule of that name runs."""
        return name not in self.off


ALL_RULES: Final = CountryRules()


class Context(Struct, frozen=True):
    """What the rules may look at: text, all matches, and what the text says as a whole.

    `counts` holds the sure mentions of each code, `persons` the names that are a person's here,
    `others` those of another people than the country's, `settled` the country that a region after
    a comma gave to a name.
    """

    original: str
    folded: Folded
    text: str
    matches: Sequence[NameMatch]
    counts: Counter[str]
    leading: int
    persons: frozenset[str]
    others: frozenset[str]
    settled: Mapping[str, str]

    def before(self, match: NameMatch) -> str:
        """Return the characters just before a match."""
        return self.text[max(0, match.start - WINDOW) : match.start]

    def after(self, match: NameMatch) -> str:
        """Return the characters just after a match."""
        return self.text[match.end : match.end + WINDOW]

    def in_capitals(self, match: NameMatch) -> bool:
        """Whether the text itself writes the name in capitals."""
        start = self.folded.original(match.start)
        return self.original[start : start + match.end - match.start].isupper()


RuleOutcome = Sense | SenseCheck
"""The sense that a rule chooses, or what it finds about the likeliest one."""
CountryRule = Callable[[Context, int], RuleOutcome]
