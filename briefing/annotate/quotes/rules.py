"""Who said a marked stretch: rules in the order they are asked, each one small and named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from briefing.annotate.quotes.asides import TokenPlace
from briefing.annotate.quotes.candidates import (
    AttributionRule,
    Candidate,
    Options,
    QuoteContext,
)
from briefing.annotate.quotes.rules_before_colon import label_and_colon, name_and_colon
from briefing.annotate.quotes.rules_beyond_sentence import (
    announced_before,
    carry_over,
    next_tag,
    paragraph_before,
    reopened_paragraph,
    sentence_before,
    signed_behind,
    signed_below,
    tag_in_next_paragraph,
    unattributed,
)
from briefing.annotate.quotes.rules_in_sentence import (
    according_to,
    said_after_quote,
    said_before_quote,
    said_earlier_in_sentence,
    said_later_in_sentence,
)
from briefing.annotate.quotes.rules_of_any_verb import any_verb_after_quote, subject_of_clause

RULES: Final[tuple[AttributionRule, ...]] = (
    reopened_paragraph,
    label_and_colon,
    said_after_quote,
    said_before_quote,
    any_verb_after_quote,
    name_and_colon,
    said_earlier_in_sentence,
    according_to,
    said_later_in_sentence,
    subject_of_clause,
    next_tag,
    carry_over,
    sentence_before,
    announced_before,
    signed_behind,
    signed_below,
    tag_in_next_paragraph,
    paragraph_before,
    unattributed,
)


def propose(context: QuoteContext, place: TokenPlace, options: Options) -> Iterator[Candidate]:
    """Yield every candidate that a rule proposes, in the order of the rules: the first one wins."""
    for rule in RULES:
        if rule.__name__ not in options.off:
            found = rule(context, place)
            if found is not None:
                yield found


def choose(context: QuoteContext, place: TokenPlace, options: Options) -> Candidate | None:
    """Return the candidate of the first rule that has one, or None."""
    return next(propose(context, place, options), None)
