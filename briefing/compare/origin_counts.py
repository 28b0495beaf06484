"""Counts by origin, in words: `3 articles, 1 origin: FT, from unnamed officials`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from briefing.compare.origins import Circle, Origin, OriginGraph
from briefing.english.lexicon import read_words
from briefing.model import Record
from briefing.visible import one_line
from briefing.wording import counted
from briefing.world.outlets import short_name, usual_name

NOT_STATED_WORDS: Final = "origin not stated"
MOST_NAMED: Final = 4
"""How many origins, or speakers of one origin, are named in a count."""
_PERSONS: Final = ("official", "spokesperson", "anonymous", "person")
_HEAD: Final = re.compile(r"(?i)\s(?:in|of|at|from|for|with|on|familiar|who|close|briefed)\s.*|,.*")


class OriginTally(Record, frozen=True, kw_only=True):
    """How many articles have a statement, from which origins, and how many do not tell theirs.

    `texts` is how many texts the articles have, which copies share.
    """

    articles: int = 0
    texts: int = 0
    origins: tuple[Origin, ...] = ()
    not_stated: int = 0


NO_GRAPH: Final = OriginGraph(articles={})


def tally_origins(
    found: Iterable[tuple[str, Origin]], graph: OriginGraph = NO_GRAPH
) -> OriginTally:
    """Count articles, by id, and the origins of what they have; an outlet is one origin.

    Of outlets that have one claim from each other none is its origin, unless it names a speaker.
    """
    told: dict[str, dict[str, str]] = {}
    articles: defaultdict[str, set[str | None]] = defaultdict(set)
    for article, origin in found:
        articles[article].add(origin.outlet)
        if origin.outlet is not None:
            speakers = told.setdefault(origin.outlet, {})
            if origin.heard_from:
                speakers.setdefault(origin.heard_from.casefold(), origin.heard_from)
    for circle in graph.circles:
        if circle.is_one_claim and not any(told.get(outlet, {"": ""}) for outlet in circle.outlets):
            for outlet in circle.outlets:
                del told[outlet]
    return OriginTally(
        articles=len(articles),
        texts=len({graph.texts.get(article, article) for article in articles}),
        origins=tuple(
            Origin(outlet=outlet, heard_from=_join_speakers(list(speakers.values())))
            for outlet, speakers in told.items()
        ),
        not_stated=sum(told.keys().isdisjoint(outlets) for outlets in articles.values()),
    )


def tally_words(tally: OriginTally, *, speakers: bool = True) -> str:
    """Return a count in words: `3 articles, 1 origin: FT, from unnamed officials`."""
    text = f"{counted_articles(tally)}, {counted_origins(tally)}"
    if not tally.origins:
        return text
    origins = tally.origins[:MOST_NAMED]
    named = "; ".join(
        origin_words(one if speakers else Origin(outlet=one.outlet)) for one in origins
    )
    more = len(tally.origins) - MOST_NAMED
    return f"{text}: {named}" + (f" and {more} more" if more > 0 else "")


def counted_articles(tally: OriginTally) -> str:
    """Return the number of articles, with that of their texts where some are copies."""
    articles = counted(tally.articles, "article")
    if tally.texts == tally.articles:
        return articles
    return f"{articles} of {'one text' if tally.texts == 1 else counted(tally.texts, 'text')}"


def counted_origins(tally: OriginTally) -> str:
    """Return the number of origins: `2 origins`, `1 origin, of 2 not stated`."""
    if not tally.origins:
        return NOT_STATED_WORDS
    text = counted(len(tally.origins), "origin")
    return f"{text} and {tally.not_stated} not stated" if tally.not_stated else text


def origin_words(origin: Origin) -> str:
    """Return an outlet and from whom it heard: `FT, from unnamed officials`."""
    heard = f", from {one_line(origin.heard_from)}" if origin.heard_from else ""
    return (outlet_words(origin.outlet) if origin.outlet else NOT_STATED_WORDS) + heard


def outlet_words(outlet: str, *, short: bool = True) -> str:
    """Return an outlet's usual name, its article included, or its initials where in use."""
    usual = usual_name(outlet) or outlet
    initials = short_name(usual)
    return one_line(initials if short and initials.isupper() else usual)


def circle_words(circle: Circle) -> str:
    """Return who cites whom in a circle, and whether it is sure to be one claim."""
    ring = " cites ".join(map(outlet_words, (*circle.outlets, circle.outlets[0])))
    return f"{'Circular' if circle.is_one_claim else 'Perhaps circular, if of one claim'}: {ring}"


def _join_speakers(speakers: Sequence[str]) -> str | None:
    """Return from whom an outlet heard in one phrase; the names of its own words for one."""
    if len(speakers) < 2:
        return next(iter(speakers), None)
    named = [speaker for speaker in speakers if not _is_unnamed(speaker)]
    unnamed = [speaker for speaker in speakers if _is_unnamed(speaker)]
    if len(named) > MOST_NAMED:
        return f"{len(speakers)} speakers"
    officials = read_words("english", "people", "official", "spokesperson")
    are_officials = all(_last_of_head(speaker).lower() in officials for speaker in unnamed)
    many = f"unnamed {'officials' if are_officials else 'sources'}"
    return ", ".join([*named, *([unnamed[0] if len(unnamed) == 1 else many] if unnamed else [])])


def _is_unnamed(speaker: str) -> bool:
    """Whether words describe a speaker and name nobody: `Officials in Berlin`."""
    last = _last_of_head(speaker)
    if last.lower() in read_words("english", "people", *_PERSONS):
        return True
    return last.islower() and last not in read_words("english", "people", "institution")


def _last_of_head(speaker: str) -> str:
    return (_HEAD.sub("", speaker).split() or [""])[-1]
