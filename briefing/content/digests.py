"""Digests of an article file, which reveal changes by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, Final

import msgspec

from briefing.errors import InputError
from briefing.model import EDITED, Annotator, Article

DIGEST_LENGTH = 16


def digest(article: Article) -> str:
    """Return 16 hex digits over everything in an article file but its `annotator`.

    Empty fields do not count, so that a field added by a later version changes no digest. Raises
    InputError for a lone surrogate, which no file can hold.
    """
    chunks = map(msgspec.to_builtins, without_edits(article).chunks)
    bare = msgspec.structs.replace(article, annotator=None, chunks=())
    return _digest_of(msgspec.to_builtins(bare), chunks, article.id)


def reading_digest(article: Article) -> str:
    """Return 16 hex digits over what was read from the original: metadata, text, roles, links.

    Raises InputError for a lone surrogate.
    """
    fields = {name: msgspec.to_builtins(getattr(article, name)) for name in _READ_FIELDS}
    chunks = (
        {name: msgspec.to_builtins(getattr(chunk, name)) for name in _READ_CHUNK_FIELDS}
        for chunk in article.chunks
    )
    return _digest_of(fields, chunks, article.id)


def without_edits(article: Article) -> Article:
    """Return the article without what only edits fill in its chunks."""
    if not any(getattr(chunk, field) for chunk in article.chunks for field in EDITED):
        return article
    chunks = tuple(
        msgspec.structs.replace(chunk, **dict.fromkeys(EDITED, ())) for chunk in article.chunks
    )
    return msgspec.structs.replace(article, chunks=chunks)


_READ_FIELDS = (
    *("headline", "publisher", "authors", "date", "updated", "language", "url", "reprint_of"),
    "evidence",
)
_READ_CHUNK_FIELDS = ("id", "role", "reason", "section", "time", "text", "links")
"""The fields of an article and of a chunk that a reader fills."""


def _digest_of(fields: dict[str, Any], chunks: Iterable[Any], article_id: str) -> str:
    """Return the digest of fields and, as the last of them, chunks; these never exist at once."""
    try:
        summed = hashlib.sha256(_encode(fields)[:-1])
        before = b',"chunks":[' if len(_encode(fields)) > len(b"{}") else b'"chunks":['
        for chunk in chunks:
            summed.update(before + _encode(chunk))
            before = b","
    except UnicodeEncodeError:
        raise InputError(
            f"{article_id} holds half a character (a lone surrogate), which no file can store."
        ) from None
    summed.update(b"]}" if before == b"," else b"}")
    return summed.hexdigest()[:DIGEST_LENGTH]


def _encode(data: Any) -> bytes:
    return msgspec.json.encode(_drop_empty(data))


def seal(
    article: Article,
    name: str,
    version: int,
    *,
    read: str | None = None,
    codebook: str | None = None,
) -> Article:
    """Return the article marked as annotated by `name` in `version`, with its digest.

    `read` is the reading digest of its original, `codebook` the stamp of the codebook of its
    stances; None where they are unknown.
    """
    annotator = Annotator(
        name=name, version=version, digest=digest(article), read=read, codebook=codebook
    )
    return msgspec.structs.replace(article, annotator=annotator)


def is_hand_edited(article: Article) -> bool:
    """Whether a sealed article differs from what its annotator wrote."""
    return article.annotator is not None and article.annotator.digest != digest(article)


def is_set_by_hand(article: Article) -> bool:
    """Whether metadata or text are known to differ from what was read from the original."""
    known = article.annotator.read if article.annotator else None
    return known is not None and known != reading_digest(article)


def _drop_empty(value: Any) -> Any:
    """Return plain data without keys whose value is None or empty."""
    if isinstance(value, dict):
        items = [(key, _drop_empty(item)) for key, item in value.items() if item is not None]
        return {key: item for key, item in items if item or not isinstance(item, _HOLDING)}
    return [_drop_empty(item) for item in value] if isinstance(value, _HOLDING) else value


_HOLDING: Final = (dict, list, tuple)
