"""Who said a marked stretch: rules in the order they are asked, each one small and named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from briefing.annotate.quotes import rules_before_colon as colon
from briefing.annotate.quotes import rules_beyond_sentence as beyond
from briefing.annotate.quotes import rules_in_sentence as within
from briefing.annotate.quotes import rules_of_any_verb as any_verb
from briefing.annotate.quotes.asides import TokenPlace
from briefing.annotate.quotes.candidates import AttributionRule, Candidate, Options, QuoteContext

RULES: Final[tuple[AttributionRule, ...]] = (
    beyond.reopened_paragraph,
    colon.label_and_colon,
    within.said_after_quote,
    within.said_before_quote,
    any_verb.any_verb_after_quote,
    colon.name_and_colon,
    within.said_earlier_in_sentence,
    within.according_to,
    within.said_later_in_sentence,
    any_verb.subject_of_clause,
    beyond.next_tag,
    beyond.carry_over,
    beyond.sentence_before,
    beyond.announced_before,
    beyond.signed_behind,
    beyond.signed_below,
    beyond.tag_in_next_paragraph,
    beyond.paragraph_before,
    beyond.unattributed,
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
