"""Kinds of names that countries go by, and what a name of each kind may stand for.

A mention's rule is the kind of its name (`capital`), followed by what chose its country where
something had to: `capital_by_region_after_comma`, `city_by_place_word`.
"""

from __future__ import annotations

from typing import Final

NAMED_AFTER: Final = frozenset({"company"})
"""Names inside another name, which say little about the country."""
CITIES: Final = frozenset({"capital", "city"})
ABBREVIATIONS: Final = frozenset({"state_abbreviation", "state_short", "free_abbreviation"})
INSTITUTIONS: Final = frozenset({"institution", "generic_institution"})
NAMING: Final = frozenset({"name", "demonym"})
SPEAKING: Final = INSTITUTIONS | {"name", "capital", "metonym", "group"}
"""Names that may themselves be a speaker; a demonym may be somebody's surname."""
ACTING: Final = SPEAKING | {"demonym"}
"""Names that may stand for a government."""
DATELINE: Final = CITIES | {"state", "state_abbreviation", "state_short", "landmark"}
"""Names that may open a dateline."""

_BY: Final = "_by_"


def rule_name(kind: str, reason: str | None) -> str:
    """Return the rule of a mention: the kind of its name, and what chose its country if any did."""
    return kind if reason is None or reason == kind else f"{kind}{_BY}{reason}"


def kind_of(rule: str | None) -> str:
    """Return the kind of name that a mention's rule speaks of, "" for a mention without a rule."""
    return (rule or "").partition(_BY)[0]
