"""Which of the countries that a text mentions it is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from briefing.model import CountryWeight, Mention
from briefing.world.name_kinds import CITIES, NAMED_AFTER, kind_of

TITLE_WEIGHT: Final = 5.0
DATELINE_WEIGHT: Final = 6.0
ISO_LENGTH: Final = 2
GROUP_CODES: Final = frozenset({"EU", "UN", "WB", "G5", "G7", "G8"})
PLACE_WINDOW: Final = 40
SHARE_OF_TOP: Final = 0.35
SHARE_OF_ALL: Final = 0.08

_DATELINE = re.compile(
    r"\s*(?:[A-Z][A-Z][^\n]{0,70}?|[A-Z][^\n]{2,40}?, [A-Z][a-z]{2,8}\.? \d\d?)"
    r"\s?(?:--?|–|—)(?=\s|$)"
    r"|[A-Z][A-Z/ .'’-]{2,40}(?:, \w{1,9}\.? \w{1,9}(?:,? \d{4})?)?(?: \([^()\n]{1,40}\))?:\s",
    re.MULTILINE,
)

_PLACE_BEFORE = re.compile(
    r"(?:^|[\s(])(?:[Ii]n|[Nn]ear|[Oo]utside|[Aa]round|[Aa]cross|[Aa]t)"
    r"(?: (?:central|downtown|north|south|east|west|inner|northern|southern|eastern|western))? $"
)
_SEATED_BEFORE = re.compile(
    r"\b(?:official|minister|government|leader|authorit|diplomat|lawmaker|politician|policymaker"
    r"|regulator|administration|capital|power|ambassador|embassy)\w{0,4} in $",
    re.IGNORECASE,
)
"""Who speaks for a country from its capital: `officials in Washington`."""


def choose_countries(mentions: Sequence[Mention], text: str, *, body_start: int) -> tuple[str, ...]:
    """Return the codes that stand out by number and place of their mentions, most salient first.

    `mentions` are those of `text`, which is title and body; `body_start` is where the body begins.
    A name inside a company's name is left out.
    """
    dateline = _DATELINE.match(text, body_start)
    dateline_end = dateline.end() if dateline else body_start
    titled: Counter[str] = Counter()
    scores: dict[str, float] = {}
    for mention in mentions:
        is_dateline = body_start <= mention.start < dateline_end
        if kind_of(mention.rule) in NAMED_AFTER:
            continue
        if mention.start < body_start:
            titled[mention.code] += 1
        else:
            weight = DATELINE_WEIGHT if is_dateline else 1.0
            scores[mention.code] = scores.get(mention.code, 0.0) + weight
    for code, times in titled.items():
        weight = TITLE_WEIGHT if code in scores else 1.0
        scores[code] = scores.get(code, 0.0) + times * weight
    groups = {code for code in scores if is_group(code)}
    chosen = _outstanding({code: n for code, n in scores.items() if code not in groups})
    chosen |= _outstanding({code: scores[code] for code in groups})
    return tuple(sorted(chosen, key=lambda code: (-scores[code], code)))


def is_group(code: str) -> bool:
    """Whether a code is of a group of countries, not of a country."""
    return len(code) > ISO_LENGTH or code in GROUP_CODES


def is_mere_place(mention: Mention, text: str) -> bool:
    """Whether a mention is a city that something takes place in, and no seat of a government."""
    if kind_of(mention.rule) not in CITIES:
        return False
    before = text[max(0, mention.start - PLACE_WINDOW) : mention.start]
    if _PLACE_BEFORE.search(before) is None or _SEATED_BEFORE.search(before) is not None:
        return False
    return not text.startswith(("'s", "’s"), mention.end)


def _outstanding(scores: Mapping[str, float]) -> set[str]:
    top, total = max(scores.values(), default=0), sum(scores.values())
    return {
        code
        for code, score in scores.items()
        if score >= SHARE_OF_TOP * top and score >= SHARE_OF_ALL * total
    }


def weigh_chunk(mentions: Iterable[Mention], text: str) -> tuple[CountryWeight, ...]:
    """Return the share of a chunk that each country has by mentions; small ones are left out.

    A city where something takes place weighs nothing: a speech held in Brussels is not about
    Belgium. `text` is the chunk's.
    """
    counts = Counter(
        one.code
        for one in mentions
        if kind_of(one.rule) not in NAMED_AFTER and not is_mere_place(one, text)
    )
    total = sum(counts.values())
    kept = {code: n for code, n in counts.items() if n >= SHARE_OF_ALL * total}
    whole = sum(kept.values())
    ranked = sorted(kept.items(), key=lambda item: (-item[1], item[0]))
    return tuple(CountryWeight(code=code, weight=round(n / whole, 2)) for code, n in ranked)
