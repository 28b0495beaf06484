"""Which articles are copies of one text: reprints, and what another desk edited.

Two texts may still go back to one source, which is not looked for here. Near-copies are found by
4-word shingles with containment of the smaller text at 0.25 or more: copies edited by another desk
keep less than the usual 0.7 to 0.8 of a MinHash threshold. Quotes are left out: who quotes the same
speech has not copied.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.compare.groups import connected
from briefing.compare.shingles import count_shared, shingles
from briefing.model import Article, Chunk

SHINGLE_WORDS = 4
NEAR_COPY = 0.25
FEWEST_SHARED = 8
"""Fewer runs of words in common than this may be one sentence that two texts report."""
LEAST_UNQUOTED = 0.25
"""The share of a text outside quotes below which the quotes are most of what it says."""
COMMON_SHINGLE = 12
"""A run of words in more articles than this is a phrase of the trade and proves nothing."""


def number_texts(articles: Sequence[Article]) -> tuple[int, ...]:
    """Return the number of its text, from 1, for each article; copies share one."""
    pairs = [*_near_copies(articles), *_same_original(articles)]
    roots = connected(len(articles), pairs)
    numbers = {root: number for number, root in enumerate(dict.fromkeys(roots), 1)}
    return tuple(numbers[root] for root in roots)


def _near_copies(articles: Sequence[Article]) -> Iterator[tuple[int, int]]:
    if len(articles) < 2:
        return
    sets = [shingles(_body(article), SHINGLE_WORDS) for article in articles]
    for (one, other), count in count_shared(sets, COMMON_SHINGLE).items():
        smaller = min(len(sets[one]), len(sets[other]))
        if count >= max(NEAR_COPY * smaller, min(FEWEST_SHARED, smaller)):
            yield one, other


def _same_original(articles: Sequence[Article]) -> Iterator[tuple[int, int]]:
    """Pair reprints with one another and with their original, by headline and publisher."""
    first: dict[tuple[str, str], int] = {}
    for index, article in enumerate(articles):
        origin = article.reprint_of or article
        if origin.headline and origin.publisher:
            key = (origin.headline.casefold(), origin.publisher.casefold())
            if key in first:
                yield first[key], index
            else:
                first[key] = index


def _body(article: Article) -> str:
    """Return the text of an article without its quotes, all of it where little else is there."""
    body = [chunk for chunk in article.chunks if chunk.role == "body"]
    unquoted = "\n".join(map(_unquoted, body))
    whole = "\n".join(chunk.text for chunk in body)
    return unquoted if len(unquoted) >= LEAST_UNQUOTED * len(whole) else whole


def _unquoted(chunk: Chunk) -> str:
    """Return a chunk's text without its quotes."""
    parts, at = [], 0
    for quote in sorted(chunk.quotes, key=lambda quote: quote.start):
        if quote.kind != "indirect" and quote.start >= at:
            parts.append(chunk.text[at : quote.start])
            at = quote.end
    return "".join([*parts, chunk.text[at:]])
