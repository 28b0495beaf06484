"""The input and output of a rule of attribution: places, candidates, and which rules are on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from briefing.annotate.quotes.article_reading import Reading
from briefing.annotate.quotes.asides import TokenPlace
from briefing.english.frames import Frame
from briefing.english.phrases import Phrase


class Candidate(Struct, frozen=True):
    """A speaker that a rule proposes: a phrase of a paragraph, with the frame it came from."""

    rule: str
    paragraph: int
    phrase: Phrase | None
    frame: Frame | None = None
    same_as: TokenPlace | None = None


class Options(Struct, frozen=True):
    """The rules that are switched off, by name, to measure what each is worth."""

    off: frozenset[str] = frozenset()


ALL_RULES: Final = Options()
"""Every rule on."""


class QuoteContext(Struct, frozen=True):
    """What is known when a quote is looked at: the article and the quotes decided before."""

    reading: Reading
    decided: dict[TokenPlace, Candidate | None]


REPEATED: Final = "repeated_line"
"""The rule of a marked line of its own that repeats words of the story."""

AttributionRule = Callable[[QuoteContext, TokenPlace], Candidate | None]
