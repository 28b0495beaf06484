"""Reads plain text, and the remnants of Markdown in it."""

from __future__ import annotations

from briefing.ingest.blocks import Extraction
from briefing.ingest.readers.decode import decode
from briefing.ingest.readers.joining import join_broken
from briefing.ingest.readers.markdown import cut_markdown, is_markdown
from briefing.ingest.readers.paragraphs import find_paragraphs, to_blocks


def read_plain(data: bytes, name: str) -> Extraction:
    """Cut a text file into blocks; raises InputError, naming the file, for what is no text."""
    text, encoding = decode(data, name)
    if is_markdown(text):
        blocks, facts = cut_markdown(text, remnants=True)
        return Extraction(blocks, facts, encoding)
    spans = join_broken(text, find_paragraphs(text))
    return Extraction(to_blocks(text[start:end] for start, end in spans), encoding=encoding)
