"""What an analyst may rule on in a briefing, and the edit that a ruling becomes."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from pathlib import Path

from briefing.annotate.positions.codebook import load_lexicon
from briefing.annotate.positions.unruled import Unruled, list_unruled
from briefing.compare.build import reading_order
from briefing.content.applying import anchor_at
from briefing.content.info import INFO_NAME, read_info
from briefing.model import Article, Edit


def unruled_of(folder: Path, articles: Sequence[Article]) -> tuple[Unruled, ...]:
    """Return the sentences of the briefing in `folder` to rule on, the likeliest first."""
    info = read_info(folder / INFO_NAME)
    words = " ".join(filter(None, (info.title, info.question)))
    return list_unruled(reading_order(articles), load_lexicon(info.codebook).spot, words)


def make_ruling(
    article: Article,
    place: tuple[str, int, int],
    stance: str,
    country: str | None,
    *,
    target: str | None = None,
    matter: str | None = None,
    by: str | None = None,
) -> Edit:
    """Return the edit that rules on the words at chunk, start and end of an article.

    Raises MismatchError where the words cannot be told from others of the article.
    """
    anchor = anchor_at(article, *place)
    made = dt.datetime.now(dt.UTC)
    named = repr((anchor, country, stance, made.isoformat()))
    return Edit(
        id=f"ruling-{hashlib.sha256(named.encode('utf-8', 'replace')).hexdigest()[:8]}",
        kind="rule-position",
        anchor=anchor,
        country=country,
        stance=stance,
        target=target,
        object=matter,
        by=by,
        made=made.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
