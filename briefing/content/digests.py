"""The digest of an article file, by which a change by hand shows."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from briefing.content.articles import without_edits
from briefing.errors import InputError
from briefing.model import Annotator, Article

DIGEST_LENGTH = 16


def digest(article: Article) -> str:
    """Return 16 hex digits over all that an article file says, its `annotator` apart.

    Fields that say nothing do not count, so that one which a later version adds changes no digest.
    Raises InputError for a lone surrogate, which no file can hold.
    """
    bare = msgspec.structs.replace(without_edits(article), annotator=None)
    try:
        data = msgspec.json.encode(_drop_unsaid(msgspec.to_builtins(bare)))
    except UnicodeEncodeError:
        raise InputError(
            f"{article.id} holds half a character (a lone surrogate), which no file can store."
        ) from None
    return hashlib.sha256(data).hexdigest()[:DIGEST_LENGTH]


def seal(article: Article, name: str, version: int) -> Article:
    """Sign an article as made by the annotator `name` in `version`, with its digest."""
    annotator = Annotator(name=name, version=version, digest=digest(article))
    return msgspec.structs.replace(article, annotator=annotator)


def is_hand_edited(article: Article) -> bool:
    """Tell whether a sealed article is no longer what its annotator wrote."""
    return article.annotator is not None and article.annotator.digest != digest(article)


def _drop_unsaid(value: Any) -> Any:
    """Copy plain data without keys whose value is None or an empty list."""
    if isinstance(value, dict):
        said = ((key, _drop_unsaid(item)) for key, item in value.items())
        return {key: item for key, item in said if item is not None and item != []}
    if isinstance(value, list | tuple):
        return [_drop_unsaid(item) for item in value]
    return value
