"""What an analyst may rule on in a briefing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefing.annotate.positions.codebook import codebook_for
from briefing.annotate.positions.stances import load_lexicon
from briefing.annotate.positions.unruled import Unruled, list_unruled
from briefing.compare.build import reading_order
from briefing.content.info import INFO_NAME, read_info
from briefing.model import Article


def unruled_of(folder: Path, articles: Sequence[Article]) -> tuple[Unruled, ...]:
    """Return the sentences of the briefing in `folder` to rule on, the likeliest first."""
    info = read_info(folder / INFO_NAME)
    words = " ".join(filter(None, (info.title, info.question)))
    spot = load_lexicon(codebook_for(info, articles)).spot
    return list_unruled(reading_order(articles), spot, words)
