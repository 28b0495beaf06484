"""Which of the countries that a text mentions it is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from briefing.model import CountryWeight, Mention

TITLE_WEIGHT: Final = 3.0
DATELINE_WEIGHT: Final = 4.0
LEAD_WEIGHT: Final = 2.0
LEAD_LENGTH: Final = 250
ISO_LENGTH: Final = 2
GROUP_CODES: Final = frozenset({"EU", "UN", "WB", "G5", "G7", "G8"})
SHARE_OF_TOP: Final = 0.35
SHARE_OF_ALL: Final = 0.12

_DATELINE = re.compile(r"\s*([A-Z][A-Z][^\n]{0,70}?)\s(?:--?|–|—)(?=\s|$)", re.MULTILINE)


def choose_countries(mentions: Sequence[Mention], body: str, *, body_start: int) -> tuple[str, ...]:
    """List the codes that stand out by number and place of their mentions, the most salient first.

    `mentions` are of title and body in one text; `body_start` is where the body begins in it.
    """
    dateline = _DATELINE.match(body)
    dateline_end = body_start + dateline.end() if dateline else body_start
    scores: Counter[str] = Counter()
    for mention in mentions:
        scores[mention.code] += _weight(mention.start, body_start, dateline_end)
    if not scores:
        return ()
    groups = {code for code in scores if is_group(code)}
    chosen = _outstanding({code: n for code, n in scores.items() if code not in groups})
    chosen |= _outstanding({code: scores[code] for code in groups})
    return tuple(code for code, _ in scores.most_common() if code in chosen)


def is_group(code: str) -> bool:
    """Whether a code is of a group of countries, not of a country."""
    return len(code) > ISO_LENGTH or code in GROUP_CODES


def _outstanding(scores: Mapping[str, float]) -> set[str]:
    top, total = max(scores.values(), default=0), sum(scores.values())
    return {
        code
        for code, score in scores.items()
        if score >= SHARE_OF_TOP * top and score >= SHARE_OF_ALL * total
    }


def _weight(start: int, body_start: int, dateline_end: int) -> float:
    if start < body_start:
        return TITLE_WEIGHT
    if start < dateline_end:
        return DATELINE_WEIGHT
    return LEAD_WEIGHT if start < dateline_end + LEAD_LENGTH else 1.0


def weigh_chunk(mentions: Iterable[Mention]) -> tuple[CountryWeight, ...]:
    """How much of a chunk each country has, by mentions; small shares are left out."""
    counts = Counter(mention.code for mention in mentions)
    total = sum(counts.values())
    kept = {code: n for code, n in counts.items() if n >= SHARE_OF_ALL * total}
    whole = sum(kept.values())
    ranked = sorted(kept.items(), key=lambda item: (-item[1], item[0]))
    return tuple(CountryWeight(code=code, weight=round(n / whole, 2)) for code, n in ranked)
