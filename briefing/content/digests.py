"""The digest of an article file, by which a change by hand shows."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from briefing.errors import InputError
from briefing.model import Annotator, Article

DIGEST_LENGTH = 16


def digest(article: Article) -> str:
    """Return 16 hex digits over all that an article file says, its `annotator` apart.

    Fields that say nothing do not count, so that one which a later version adds changes no digest.
    Raises InputError for a lone surrogate, which no file can hold.
    """
    bare = msgspec.structs.replace(without_edits(article), annotator=None)
    return _digest_of(msgspec.to_builtins(bare), article.id)


def reading_digest(article: Article) -> str:
    """Return 16 hex digits over what an article says but for its annotations.

    That is what a reader makes of the original: metadata, and chunks with their roles and links.
    Raises InputError for a lone surrogate.
    """
    said = {name: msgspec.to_builtins(getattr(article, name)) for name in _METADATA}
    said["chunks"] = [
        {name: msgspec.to_builtins(getattr(chunk, name)) for name in _CUT}
        for chunk in article.chunks
    ]
    return _digest_of(said, article.id)


def without_edits(article: Article) -> Article:
    """Drop the tags and notes that only edits give to chunks."""
    if not any(chunk.tags or chunk.notes for chunk in article.chunks):
        return article
    chunks = tuple(msgspec.structs.replace(c, tags=(), notes=()) for c in article.chunks)
    return msgspec.structs.replace(article, chunks=chunks)


_METADATA = (
    *("headline", "publisher", "authors", "date", "updated", "language", "url", "reprint_of"),
    "evidence",
)
_CUT = ("id", "role", "reason", "section", "time", "text", "links")
"""What the reader says of an article and of each of its chunks."""


def _digest_of(said: Any, article_id: str) -> str:
    try:
        data = msgspec.json.encode(_drop_unsaid(said))
    except UnicodeEncodeError:
        raise InputError(
            f"{article_id} holds half a character (a lone surrogate), which no file can store."
        ) from None
    return hashlib.sha256(data).hexdigest()[:DIGEST_LENGTH]


def seal(article: Article, name: str, version: int, *, read: str | None = None) -> Article:
    """Sign an article as made by the annotator `name` in `version`, with its digest.

    `read` is the digest of what was read from its original, where that is known.
    """
    annotator = Annotator(name=name, version=version, digest=digest(article), read=read)
    return msgspec.structs.replace(article, annotator=annotator)


def is_hand_edited(article: Article) -> bool:
    """Tell whether a sealed article is no longer what its annotator wrote."""
    return article.annotator is not None and article.annotator.digest != digest(article)


def is_set_by_hand(article: Article) -> bool:
    """Whether metadata or text are known not to be what was read from the original."""
    known = article.annotator.read if article.annotator else None
    return known is not None and known != reading_digest(article)


def _drop_unsaid(value: Any) -> Any:
    """Copy plain data without keys whose value is None or empty."""
    if isinstance(value, dict):
        said = ((key, _drop_unsaid(item)) for key, item in value.items())
        return {key: item for key, item in said if item not in (None, [], {})}
    if isinstance(value, list | tuple):
        return [_drop_unsaid(item) for item in value]
    return value
