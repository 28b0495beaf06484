"""Digests of an article file, which reveal changes by hand."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable
from typing import Any

import msgspec

from briefing.errors import InputError
from briefing.model import ANNOTATED, EDITED, Annotator, Article, Record, fields_of

DIGEST_LENGTH = 16
MOST_BY_HAND = 3
"""Fields of blocks changed by hand, at most, that are told from those that rules changed since."""
MOST_TRIES = 5_000
_PLAIN = frozenset((str, int, float))
"""What is written as it is, as most values are: they are not asked whether they are more."""


def digest(article: Article) -> str:
    """Return 16 hex digits over everything in an article file but its `annotator`.

    Empty fields do not count, so that a field added by a later version changes no digest. Raises
    InputError for a lone surrogate, which no file can hold.
    """
    bare = msgspec.structs.replace(article, annotator=None, chunks=())
    return _digest_of(bare, without_edits(article).chunks, article.id)


def find_sealed(article: Article, again: Article) -> Article | None:
    """Return the article as it was sealed, where a hand changed a few of its annotations since.

    `again` is the same document as it is read and annotated by now: rules may find something else
    than then. Of the fields in which the two differ it is tried which, taken from `again`, give the
    digest of the seal; None where no MOST_BY_HAND of them do.
    """
    wanted = article.annotator.digest if article.annotator else None
    bare = msgspec.structs.replace(article, annotator=None, chunks=())
    fields = _encode(bare)
    chunks = [_encode(chunk) for chunk in without_edits(article).chunks]
    pairs = list(zip(article.chunks, again.chunks, strict=True))
    differ = [
        (number, field)
        for number, (one, other) in enumerate(pairs)
        for field in ANNOTATED
        if getattr(one, field) != getattr(other, field)
    ]
    some = (itertools.combinations(differ, count) for count in range(MOST_BY_HAND + 1))
    for tried in itertools.islice(itertools.chain.from_iterable(some), MOST_TRIES):
        changed = {number: pairs[number][0] for number, _ in tried}
        for number, field in tried:
            value = getattr(pairs[number][1], field)
            changed[number] = msgspec.structs.replace(changed[number], **{field: value})
        encoded = list(chunks)
        for number, chunk in changed.items():
            encoded[number] = _encode(chunk)
        if _sum_up(fields, encoded) == wanted:
            now = (changed.get(number, one) for number, (one, _) in enumerate(pairs))
            return msgspec.structs.replace(article, chunks=tuple(now))
    return None


def reading_digest(article: Article) -> str:
    """Return 16 hex digits over what was read from the original: metadata, text, roles, links.

    Raises InputError for a lone surrogate.
    """
    chunks = (fields_of(chunk, *READ_CHUNK_FIELDS) for chunk in article.chunks)
    return _digest_of(fields_of(article, *READ_FIELDS), chunks, article.id)


def without_edits(article: Article) -> Article:
    """Return the article without what only edits fill in its chunks."""
    if not any(getattr(chunk, field) for chunk in article.chunks for field in EDITED):
        return article
    chunks = tuple(
        msgspec.structs.replace(chunk, **dict.fromkeys(EDITED, ())) for chunk in article.chunks
    )
    return msgspec.structs.replace(article, chunks=chunks)


READ_FIELDS = (
    *("headline", "publisher", "authors", "date", "updated", "language", "url", "reprint_of"),
    "evidence",
)
READ_CHUNK_FIELDS = ("id", "role", "reason", "section", "time", "text", "links")
"""The fields of an article and of a chunk that a reader fills."""


def _digest_of(fields: _Fields, chunks: Iterable[_Fields], article_id: str) -> str:
    """Return the digest of fields and, as the last of them, chunks; these never exist at once."""
    try:
        return _sum_up(_encode(fields), map(_encode, chunks))
    except UnicodeEncodeError:
        raise InputError(
            f"{article_id} holds half a character (a lone surrogate), which no file can store."
        ) from None


def _sum_up(fields: bytes, chunks: Iterable[bytes]) -> str:
    summed = hashlib.sha256(fields[:-1])
    before = b',"chunks":[' if len(fields) > len(b"{}") else b'"chunks":['
    for chunk in chunks:
        summed.update(before + chunk)
        before = b","
    summed.update(b"]}" if before == b"," else b"}")
    return summed.hexdigest()[:DIGEST_LENGTH]


def _encode(fields: _Fields) -> bytes:
    return msgspec.json.encode(_drop_empty(fields))


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


def _drop_empty(fields: _Fields) -> dict[str, Any]:
    """Return what is not empty of fields, and of those of the records in them."""
    pairs: Iterable[tuple[str, Any]]
    if isinstance(fields, Record):
        pairs = zip(fields.__struct_fields__, msgspec.structs.astuple(fields), strict=True)
    else:
        pairs = fields.items()
    kept: dict[str, Any] = {}
    for name, value in pairs:
        if value is None:
            continue
        if type(value) in _PLAIN:
            kept[name] = value
        elif isinstance(value, tuple):
            if value:
                kept[name] = [_drop_empty(i) if isinstance(i, Record) else i for i in value]
        elif isinstance(value, Record):
            if plain := _drop_empty(value):
                kept[name] = plain
        else:
            kept[name] = value
    return kept


_Fields = Record | dict[str, Any]
