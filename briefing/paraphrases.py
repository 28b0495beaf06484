"""What kind of report an indirect quote is, told from the rule that made it."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final, Literal

from briefing.model import Quote
from briefing.visible import one_line

ParaphraseKind = Literal["speech", "thought", "attitude", "phrase"]

KINDS_BY_RULE: Final = MappingProxyType[str, ParaphraseKind | None](
    {
        "reported_clause": "speech",
        "reported_act": "speech",
        "reported_with_tag": "speech",
        "according_to_reported": "speech",
        "reported_thought": "thought",
        "reported_stance": "attitude",
        "reported_attitude": "attitude",
        "reported_complement": "attitude",
        "reported_passive": "attitude",
        "reported_appearance": "attitude",
        "reported_noun": "attitude",
        "reported_phrase": "phrase",
        "reported_by_nobody": None,
    }
)
"""Each rule for indirect quotes with what it finds; None where nobody said the words."""


def paraphrase_kind(quote: Quote) -> ParaphraseKind | None:
    """Return what a paraphrase reports; None for a quote that is none or that nobody said.

    `speech` is a statement with a verb of its own, `thought` what somebody hopes, expects or wants,
    `attitude` what somebody supports, plans, fears or is accused of, `phrase` a few words of
    what somebody said. An indirect quote of no known rule, such as an analyst's, is speech.
    """
    if quote.kind != "indirect":
        return None
    return KINDS_BY_RULE.get(quote.rule, "speech")


def count_quotes(quotes: Iterable[Quote]) -> tuple[int, int]:
    """Return how many are quotes, and how many paraphrases of a known speaker."""
    both = list(quotes)
    told = sum(bool(quote.speaker and paraphrase_kind(quote)) for quote in both)
    return sum(quote.kind != "indirect" for quote in both), told


def paraphrase_label(quote: Quote) -> str | None:
    """Return the kind of a paraphrase with the word that shows it, such as `attitude: rejected`.

    None for speech, which needs no word, and for a quote that is no paraphrase.
    """
    kind = paraphrase_kind(quote)
    if kind in (None, "speech"):
        return None
    return f"{kind}: {one_line(quote.cue)}" if quote.cue else kind
