"""The same words quoted in several articles: links every variant to the longest one.

Two quotes are the same when 3-word shingles of the shorter one stand in the longer one to 0.8 or
more, both have at least five words, they share a shingle that is rare in the briefing, and their
speakers do not contradict each other. At 0.6 to 0.8 half of such links join different statements.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.compare.groups import connected
from briefing.compare.shingles import Shingle, containment, count_shared, shingles, words
from briefing.model import Quote

SHINGLE_WORDS = 3
SAME = 0.8
FEWEST_WORDS = 5
RARE = 6
"""A shingle in at most this many quotes is rare enough to tie two of them together."""


def group_same_quotes(quotes: Sequence[tuple[str, Quote]]) -> tuple[int, ...]:
    """Return for each `(article id, quote)` the index of the first quote of its group.

    Quotes of the same article are never paired with each other directly.
    """
    sets = [
        shingles(quote.exact, SHINGLE_WORDS)
        if len(words(quote.exact)) >= FEWEST_WORDS
        else frozenset[Shingle]()
        for _, quote in quotes
    ]
    pairs = [pair for pair in count_shared(sets, RARE) if _same(quotes, sets, *pair)]
    return connected(len(quotes), pairs)


def _same(
    quotes: Sequence[tuple[str, Quote]], sets: Sequence[frozenset[Shingle]], one: int, other: int
) -> bool:
    (article, quote), (other_article, other_quote) = quotes[one], quotes[other]
    if article == other_article or containment(sets[one], sets[other]) < SAME:
        return False
    return _compatible(quote, other_quote)


def _compatible(one: Quote, other: Quote) -> bool:
    """Whether the speakers may be one: unknown, or alike in the last word of the name."""
    if one.speaker is None or other.speaker is None:
        return True
    name, other_name = one.speaker.name, other.speaker.name
    if name is None or other_name is None:
        return True
    return words(name)[-1:] == words(other_name)[-1:]
