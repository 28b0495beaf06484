"""A codebook made ready for reading sentences: its cues, its opposites, what intention makes of them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from briefing.annotate.positions.cues import Cue, CueTable, build_table, parse_cue
from briefing.english.lexicon import read_lexicon, read_words

if TYPE_CHECKING:
    from briefing.annotate.positions.judging import Turned

BOOKS: Final = "annotate/positions"
WISHES: Final = frozenset(
    ("demand", "propose", "suggest", "urge", "argue", "insist", "recommend", "request", "ask", "want",
     "wish", "hope", "prefer", "advise", "advocate")
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The cues of a codebook, and what turns each stance.

    `opposites` maps a stance to the one that its denial shows; `intended` to the one that a mere
    intention shows; `any_actor` tells that people of a country count as well as its government.
    """

    cues: CueTable
    stances: frozenset[str]
    opposites: Mapping[str, str]
    intended: Mapping[str, str]
    ignored: frozenset[str]
    any_actor: bool = False
    asking: Cue | None = None
    wishes: frozenset[str] = WISHES

    def is_intent(self, outer: str, inner: str) -> bool:
        """Whether a stance is but the intention of one that it governs, which tells more."""
        return outer in self.intended.values() and self.intended.get(inner, outer) != outer

    def turn(self, stance: str, state: Turned) -> str | None:
        """Return the stance that is left after all governors, None where none is."""
        if state.others:
            for one in ("pressure", "request"):
                if one in self.stances:
                    return one
            return None
        if state.undecided:
            return "undecided" if "undecided" in self.stances else None
        if state.turns % 2:
            turned = self.opposites.get(stance)
            return turned
        if state.turns:
            return "undecided" if "undecided" in self.stances else None
        if state.intended:
            return self.intended.get(stance, stance)
        return stance
