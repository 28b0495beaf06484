"""From bytes to an article without annotations: reading, cleaning, cutting, roles, metadata."""

from briefing.ingest.article import (
    FETCHED,
    NewArticle,
    NewArticles,
    to_article,
    to_articles,
    with_free_id,
)
from briefing.ingest.blocks import WebOrigin
from briefing.ingest.formats import ADDED_SUFFIXES, MAX_BYTES, SUFFIXES
from briefing.ingest.readers.paragraphs import MAX_CHUNK
from briefing.ingest.unpacking import Gathered, PackedFile, gather, read_source, unpack

__all__ = [
    "ADDED_SUFFIXES",
    "FETCHED",
    "MAX_BYTES",
    "MAX_CHUNK",
    "SUFFIXES",
    "Gathered",
    "NewArticle",
    "NewArticles",
    "PackedFile",
    "WebOrigin",
    "gather",
    "read_source",
    "to_article",
    "to_articles",
    "unpack",
    "with_free_id",
]
