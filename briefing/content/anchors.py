"""Anchors: exact words and what stands around them, which match one place of an article or none.

The words are those of one chunk. What stands around them may reach into the chunks beside it, where
only these tell two chunks of the same text apart: there a BREAK stands for their bounds.
"""

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from briefing.errors import AmbiguousError, MismatchError
from briefing.model import Anchor, Article, Choice, Chunk

BREAK = "\n\n"
"""What stands between two chunks in the words before and after those of an anchor."""
LEAST_AROUND = 32
"""The characters on either side that an anchor takes first where its words stand twice."""
MAX_AROUND = 4_000
"""The characters of the chunks on either side that an anchor takes at most."""
MAX_PLACES = 100
"""Matches of an anchor that are counted at most, which keeps the search linear."""
MAX_CHOICES = 9
"""Places that are offered where words stand in several."""


class AnchorPlace(NamedTuple):
    """Where an anchor matched: the article, the chunk, and the span of the exact words in it."""

    article: Article
    chunk: Chunk
    start: int
    end: int


def locate(article: Article, anchor: Anchor) -> AnchorPlace:
    """Return the one place that an anchor matches.

    Prefix, exact and suffix must be adjacent, and exact within one chunk. Raises MismatchError
    where they match nowhere or more than once, or where the anchor belongs to another article.
    """
    if anchor.article != article.id:
        raise MismatchError(f"its anchor is in {anchor.article}, not in {article.id}")
    if not anchor.exact:
        raise MismatchError("its anchor is empty")
    places = _find_all(article, anchor)
    if not places:
        raise MismatchError("its words are not in the article")
    if len(places) > 1:
        raise MismatchError(f"its words match {_how_many(places)} places")
    return places[0]


def _how_many(places: Sequence[AnchorPlace]) -> str:
    return f"more than {MAX_PLACES}" if len(places) > MAX_PLACES else str(len(places))


def anchor_at(article: Article, chunk_id: str, start: int, end: int) -> Anchor:
    """Return the anchor that matches a span of a chunk and nothing else of the article.

    As much of the text around it is taken as that needs; only where the whole chunk stands in the
    article again, words of the chunks beside it too. Raises MismatchError where the span is empty
    or outside the chunk, or as much as is taken at most stands there again.
    """
    number, chunk = next(
        ((at, one) for at, one in enumerate(article.chunks) if one.id == chunk_id), (0, None)
    )
    if chunk is None or not 0 <= start < end <= len(chunk.text):
        raise MismatchError(f"article {article.id}, chunk {chunk_id}: no words at {start}–{end}")
    whole = len(chunk.text)
    before = BREAK.join(one.text for one in (*article.chunks[:number], chunk))
    before = before[: len(before) - (whole - start)]
    after = BREAK.join(one.text for one in (chunk, *article.chunks[number + 1 :]))[end:]
    around = 0
    while True:
        first = max(len(before) - around, 0 if around > whole else len(before) - start)
        anchor = Anchor(
            article=article.id,
            exact=chunk.text[start:end],
            prefix=before[first:],
            suffix=after[: around if around > whole else min(around, whole - end)],
        )
        if len(_find_all(article, anchor)) == 1:
            return anchor
        if around >= whole + MAX_AROUND:
            raise MismatchError(
                f"these words match 2 places: the block {chunk_id} stands in {article.id} again"
            )
        around = max(2 * around, LEAST_AROUND)


def anchor_of(article: Article, words: str, chunk_id: str | None = None) -> Anchor:
    """Return the anchor of words; raises MismatchError for none, AmbiguousError for several."""
    found = [
        place
        for place in _find_all(article, Anchor(article=article.id, exact=words))
        if chunk_id in (None, place.chunk.id)
    ]
    where = article.id if chunk_id is None else f"the block {chunk_id} of {article.id}"
    if not found or not words:
        raise MismatchError(f"these words are not in {where}: {words!r}")
    if len(found) == 1:
        return anchor_at(article, found[0].chunk.id, found[0].start, found[0].end)
    message = f"these words stand in {_how_many(found)} places of {where}: {words!r}"
    choices = tuple(map(_choice, found[:MAX_CHOICES]))
    raise AmbiguousError(message, choices)


def _choice(place: AnchorPlace) -> Choice:
    """Return a place to choose; the words around it end where another place differs."""
    article, chunk = place.article, place.chunk
    try:
        anchor = anchor_at(article, chunk.id, place.start, place.end)
    except MismatchError:  # The same block stands in the article again.
        anchor = Anchor(article=article.id, exact=chunk.text[place.start : place.end])
    around = max(len(anchor.prefix), len(anchor.suffix), LEAST_AROUND)
    first, last = max(0, place.start - around), place.end + around
    first = chunk.text.rfind(" ", 0, first + 1) + 1  # Whole words are easier to tell apart.
    last = end if (end := chunk.text.find(" ", last - 1)) >= 0 else len(chunk.text)
    return Choice(
        anchor=anchor,
        chunk=chunk.id,
        before=chunk.text[first : place.start],
        exact=anchor.exact,
        after=chunk.text[place.end : last],
    )


def _find_all(article: Article, anchor: Anchor) -> list[AnchorPlace]:
    """Return where the exact words stand between prefix and suffix; matches may overlap."""
    text = BREAK.join(chunk.text for chunk in article.chunks)
    starts = [0, *itertools.accumulate(len(chunk.text) + len(BREAK) for chunk in article.chunks)]

    def place_at(at: int, size: int) -> AnchorPlace | None:
        number = bisect_right(starts, at, hi=len(article.chunks)) - 1
        start = at - starts[number]
        chunk = article.chunks[number]
        is_inside = start + size <= len(chunk.text)
        return AnchorPlace(article, chunk, start, start + size) if is_inside else None

    needle = anchor.prefix + anchor.exact + anchor.suffix
    places: list[AnchorPlace] = []
    at = text.find(needle) if needle else -1
    while at >= 0 and len(places) <= MAX_PLACES:
        place = place_at(at + len(anchor.prefix), len(anchor.exact))
        # A prefix or suffix that reaches into a break has all of it.
        if place and place_at(at, 0) and place_at(at + len(needle), 0):
            places.append(place)
        at = text.find(needle, at + 1)
    return places
