"""Converting files in older formats to the current one when they are read.

briefing/article/1   quotes were numbered (q1), rules had hyphens in their names
briefing/edits/1     `set-date` with a `date` was an edit of its own
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from briefing.content.digests import digest, is_hand_edited, is_set_by_hand, reading_digest
from briefing.model import ARTICLE_FORMAT, Article, Chunk
from briefing.quote_ids import name_quotes

OLDER_ARTICLES = ("briefing/article/1",)
OLDER_EDITS = ("briefing/edits/1",)


def convert_article(article: Article) -> Article:
    """Return an article in the current format; valid digests are computed again."""
    if article.format == ARTICLE_FORMAT:
        return article
    rows = name_quotes(
        [chunk.text for chunk in article.chunks], [chunk.quotes for chunk in article.chunks]
    )
    chunks = tuple(
        replace(_with_rules(chunk), quotes=quotes)
        for chunk, quotes in zip(article.chunks, rows, strict=True)
    )
    converted = replace(article, format=ARTICLE_FORMAT, chunks=chunks)
    seal = article.annotator
    if seal is None:
        return converted
    if seal.read is not None and not is_set_by_hand(article):
        seal = replace(seal, read=reading_digest(converted))
    if not is_hand_edited(article):
        seal = replace(seal, digest=digest(converted))
    return replace(converted, annotator=seal)


def _with_rules(chunk: Chunk) -> Chunk:
    """Return a chunk with the current names of the rules that made it."""
    return replace(
        chunk,
        reason=_rule(chunk.reason) if chunk.reason else None,
        mentions=tuple(
            replace(each, rule=_rule(each.rule) if each.rule else None) for each in chunk.mentions
        ),
        dates=tuple(replace(each, rule=_rule(each.rule)) for each in chunk.dates),
    )


def _rule(name: str) -> str:
    return name.replace("-", "_")


def convert_edits(data: Any) -> Any:
    """Return the plain data of an `edits.yaml` in the current format; other data unchanged."""
    if not isinstance(data, dict) or data.get("format") not in OLDER_EDITS:
        return data
    edits = data.get("edits")
    if isinstance(edits, list):
        edits = [_convert_edit(edit) for edit in edits]
    return {**data, "edits": edits}


def _convert_edit(edit: Any) -> Any:
    if not isinstance(edit, dict) or edit.get("kind") != "set-date":
        return edit
    rest = {key: value for key, value in edit.items() if key != "date"}
    return {**rest, "kind": "set-metadata", "field": "date", "value": edit.get("date")}
