"""Reads plain text, and the remnants of Markdown in it."""

from __future__ import annotations

from dataclasses import replace

from briefing.ingest.blocks import Block, Extraction, Facts
from briefing.ingest.lines.forms import fold
from briefing.ingest.readers.decode import decode
from briefing.ingest.readers.joining import join_broken
from briefing.ingest.readers.mail import split_mail_head
from briefing.ingest.readers.markdown import cut_markdown, is_markdown
from briefing.ingest.readers.paragraphs import find_paragraphs, to_blocks

_NEAR = 10


def read_plain(data: bytes, name: str) -> Extraction:
    """Cut a text file into blocks; raises InputError, naming the file, for what is no text."""
    text, encoding = decode(data, name)
    head, facts, rest = split_mail_head(text)
    made = cut_text(rest)
    if not head:
        return replace(made, encoding=encoding)
    blocks = [Block(head, "chrome", reason="mail_head"), *with_masthead(made.blocks, facts)]
    return Extraction(blocks, facts, encoding, made.marks)


def cut_text(text: str) -> Extraction:
    """Cut a text into blocks; remnants of Markdown are read, and state what their head states."""
    if is_markdown(text):
        return cut_markdown(text, remnants=True)
    spans = join_broken(text, find_paragraphs(text))
    return Extraction(to_blocks(text[start:end] for start, end in spans))


def with_masthead(blocks: list[Block], facts: Facts) -> list[Block]:
    """Set the sender's name apart where it stands above the text as a line of its own."""
    name = fold(facts.publisher or "")
    return [
        replace(block, form="chrome", reason="masthead")
        if name and index < _NEAR and fold(block.text) == name
        else block
        for index, block in enumerate(blocks)
    ]
