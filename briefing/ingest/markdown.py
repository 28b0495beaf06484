"""Knows Markdown: which marks are its own, and which words they carry."""

from __future__ import annotations

from briefing.ingest.blocks import NO_FACTS, Block, Facts
from briefing.ingest.plain import find_paragraphs, to_blocks


def is_markdown(text: str) -> bool:
    """Tell whether a plain text shows remnants of Markdown."""
    return False


def read_markdown(text: str) -> tuple[list[Block], Facts]:
    """Cut Markdown into blocks, its marks undone, and read its front matter."""
    return to_blocks(text[start:end] for start, end in find_paragraphs(text)), NO_FACTS
