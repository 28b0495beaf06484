"""From bytes to an article without annotations: reading, cleaning, cutting, roles, metadata."""

from __future__ import annotations

from briefing.ingest.article import to_article
from briefing.ingest.files import SUFFIXES, gather, read_source
from briefing.ingest.readers.decode import MAX_BYTES
from briefing.ingest.readers.plain import MAX_CHUNK

__all__ = ["MAX_BYTES", "MAX_CHUNK", "SUFFIXES", "gather", "read_source", "to_article"]
