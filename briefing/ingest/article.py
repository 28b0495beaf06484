"""Bytes in, article out: reads, cleans, cuts into chunks, and gives each a role and a section."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from pathlib import PurePosixPath

from briefing.content.naming import slugify
from briefing.errors import InputError
from briefing.ingest.blocks import Block, Facts, Verdict
from briefing.ingest.facts.metadata import chunk_id, gather_facts
from briefing.ingest.files import SUFFIXES
from briefing.ingest.lines.sources import outlet_id
from briefing.ingest.readers.documents import Document, clean, cut, read
from briefing.ingest.roles.roles import assign_roles
from briefing.ingest.roles.sections import find_sections
from briefing.model import Article, Chunk, Source

_SUFFIX_OF = {"text/html": ".html", "text/markdown": ".md", "text/plain": ".txt"}


def to_article(data: bytes, *, name: str, added: str, taken: Collection[str] = ()) -> Article:
    """Make an article, without annotations, of the bytes of one document.

    `name` is the file's name, `added` the time (UTC, ISO 8601 with `Z`), `taken` the ids in use.
    Raises InputError where the bytes are too many, blank, or no text.
    """
    document = clean(read(data, name))
    blocks, page = cut(document)
    if not blocks:
        raise InputError(f"{name}: the page holds no text", "Save it after it has loaded in full.")
    verdicts, front = assign_roles(blocks)
    facts = gather_facts(blocks, verdicts, front, page)
    article_id = choose_id(facts, name, taken)
    return Article(
        id=article_id,
        headline=facts.headline,
        publisher=facts.publisher,
        authors=facts.authors,
        date=facts.date,
        language=facts.language,
        url=facts.url,
        reprint_of=facts.reprint_of,
        source=_source(data, document, name, article_id, added),
        chunks=_chunks(blocks, verdicts),
    )


def choose_id(facts: Facts, name: str, taken: Collection[str]) -> str:
    """Return an id not among `taken`: of publisher and date, else the headline, else the file."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    if facts.publisher and facts.date:
        words = f"{outlet_id(facts.publisher)} {facts.date.value}"
    else:
        words = facts.headline or stem
    base = slugify(words, slugify(stem, "article"))
    candidate, number = base, 1
    while candidate in taken:
        number += 1
        candidate = f"{base}-{number}"
    return candidate


def _source(data: bytes, document: Document, name: str, article_id: str, added: str) -> Source:
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if suffix not in SUFFIXES or not suffix:
        suffix = _SUFFIX_OF[document.media_type]
    return Source(
        file=f"originals/{article_id}{suffix}",
        media_type=document.media_type,
        sha256=hashlib.sha256(data).hexdigest(),
        added=added,
        encoding=document.encoding,
    )


def _chunks(blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> tuple[Chunk, ...]:
    sections = find_sections(blocks, verdicts)
    return tuple(
        Chunk(
            id=chunk_id(index),
            role=verdict.role,
            reason=verdict.reason,
            section=section,
            text=block.text,
            links=block.links,
        )
        for index, (block, verdict, section) in enumerate(
            zip(blocks, verdicts, sections, strict=True)
        )
    )
