"""Knows the format of a document and cuts it into blocks: plain text, Markdown, HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from briefing.ingest.blocks import NO_FACTS, Block, Facts
from briefing.ingest.lines.forms import opens_tail, site_voice
from briefing.ingest.readers.decode import decode
from briefing.ingest.readers.joining import join_broken
from briefing.ingest.readers.markdown import is_markdown, read_markdown
from briefing.ingest.readers.plain import find_paragraphs, to_blocks

_HTML = re.compile(
    r"(?i)\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<!--[^>]{0,2000}-->\s{0,200}){0,5}"
    r"<(?:!doctype html|html|head|body)\b"
)
_LINE_ENDS = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file, its encoding and format, and the file's name for messages."""

    name: str
    text: str
    encoding: str
    media_type: str


def read(data: bytes, name: str) -> Document:
    """Decode a file and find its format by its name and by how it begins.

    Raises InputError for what is no text.
    """
    decoded = decode(data, name)
    return Document(name, decoded.text, decoded.encoding, _media_type(decoded.text, name))


def clean(document: Document) -> Document:
    """Return the document with line feeds for all line ends, no byte order mark, all else kept."""
    text = _LINE_ENDS.sub("\n", document.text.removeprefix("\ufeff"))
    return Document(document.name, text, document.encoding, document.media_type)


def cut(document: Document) -> tuple[list[Block], Facts]:
    """Cut a document into blocks in reading order; nothing is left out.

    Also returns what the document states about itself apart from its text. Raises InputError for a
    page that cannot be parsed to its end.
    """
    if document.media_type == "text/html":
        from briefing.ingest.readers.html.page import read_page

        return read_page(document.text, document.name)
    proper = document.media_type == "text/markdown"
    if proper or is_markdown(document.text):
        return read_markdown(document.text, stands_alone, remnants=not proper)
    spans = join_broken(document.text, find_paragraphs(document.text), stands_alone)
    return to_blocks(document.text[start:end] for start, end in spans), NO_FACTS


def stands_alone(text: str) -> bool:
    """Tell whether a paragraph is a line that no sentence runs into."""
    return site_voice(text) is not None or opens_tail(text)


def _media_type(text: str, name: str) -> str:
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if suffix in {".html", ".htm"} or _HTML.match(text):
        return "text/html"
    return "text/markdown" if suffix in {".md", ".markdown"} else "text/plain"
