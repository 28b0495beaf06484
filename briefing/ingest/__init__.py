"""From bytes to an article without annotations: reading, cleaning, cutting, roles, metadata."""

from __future__ import annotations

from briefing.ingest.article import to_article
from briefing.ingest.formats import MAX_BYTES, SUFFIXES
from briefing.ingest.gathering import gather, read_source
from briefing.ingest.readers.paragraphs import MAX_CHUNK

__all__ = ["MAX_BYTES", "MAX_CHUNK", "SUFFIXES", "gather", "read_source", "to_article"]
