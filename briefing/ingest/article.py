"""Bytes in, article out: reads, cleans, cuts into chunks, and gives each a role and a section."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from pathlib import PurePosixPath

from briefing.content.naming import slugify
from briefing.errors import InputError
from briefing.ingest.blocks import Block, Facts, RoleVerdict
from briefing.ingest.facts.metadata import chunk_id, gather_facts
from briefing.ingest.formats import SUFFIXES, find_format, suffix_of
from briefing.ingest.roles.assigning import assign_roles
from briefing.ingest.roles.live_report import find_entry_times
from briefing.ingest.roles.section_names import find_sections
from briefing.model import Article, Chunk, Source
from briefing.world.outlets import short_name


def to_article(data: bytes, *, name: str, added: str, taken: Collection[str] = ()) -> Article:
    """Make an article, without annotations, of the bytes of one document.

    `name` is the file's name, `added` the time (UTC, ISO 8601 with `Z`), `taken` the ids in use.
    Raises InputError where the bytes are too many, blank, or no text.
    """
    form = find_format(data, name)
    extraction = form.read(data, name)
    blocks = extraction.blocks
    if not blocks:
        raise InputError(f"{name}: the page holds no text", "Save it after it has loaded in full.")
    verdicts, front = assign_roles(blocks, extraction.facts.authors)
    facts = gather_facts(blocks, verdicts, front, extraction.facts)
    article_id = choose_id(facts, name, taken)
    suffix = suffix_of(name) if suffix_of(name) in SUFFIXES - {""} else form.suffixes[0]
    return Article(
        id=article_id,
        headline=facts.headline,
        publisher=facts.publisher,
        authors=facts.authors,
        date=facts.date,
        language=facts.language,
        url=facts.url,
        reprint_of=facts.reprint_of,
        updated=facts.updated,
        evidence=facts.evidence,
        source=Source(
            file=f"originals/{article_id}{suffix}",
            media_type=form.media_type,
            sha256=hashlib.sha256(data).hexdigest(),
            added=added,
            encoding=extraction.encoding,
        ),
        chunks=_chunks(blocks, verdicts),
    )


def choose_id(facts: Facts, name: str, taken: Collection[str]) -> str:
    """Return an id not among `taken`: of publisher and date, else the headline, else the file."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    if facts.publisher and facts.date:
        words = f"{short_name(facts.publisher)} {facts.date.value}"
    else:
        words = facts.headline or stem
    base = slugify(words, slugify(stem, "article"))
    candidate, number = base, 1
    while candidate in taken:
        number += 1
        candidate = f"{base}-{number}"
    return candidate


def _chunks(blocks: Sequence[Block], verdicts: Sequence[RoleVerdict]) -> tuple[Chunk, ...]:
    sections = find_sections(blocks, verdicts)
    times = find_entry_times(blocks, verdicts)
    return tuple(
        Chunk(
            id=chunk_id(index),
            role=verdict.role,
            reason=verdict.reason,
            section=section,
            time=time,
            text=block.text,
            links=block.links,
        )
        for index, (block, verdict, section, time) in enumerate(
            zip(blocks, verdicts, sections, times, strict=True)
        )
    )
