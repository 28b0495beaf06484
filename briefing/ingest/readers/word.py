"""Reads Word and rich-text documents as one article, by the styles of their paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.ingest.blocks import Block, BlockForm, Extraction
from briefing.ingest.facts.properties import mark_headline, property_facts
from briefing.ingest.readers import docx_text
from briefing.ingest.readers.docx_text import Paragraph
from briefing.ingest.readers.paragraphs import MAX_CHUNK, cut_long, is_item

_FORMS: dict[str, BlockForm] = {
    "title": "headline",
    "subtitle": "standfirst",
    "caption": "caption",
    "quote": "quote",
    "intense quote": "quote",
    "block text": "quote",
}
_PROPERTIES = {"title": "Title", "creator": "Author", "created": "CreationDate"}


def read_docx(data: bytes, name: str) -> Extraction:
    """Read a Word document, its notes set aside; raises InputError where it is damaged."""
    document = docx_text.read_docx(data, name)
    blocks = _to_blocks(document.paragraphs)
    stated = {
        field: document.properties[key]
        for key, field in _PROPERTIES.items()
        if key in document.properties
    }
    notes = [Block(note.text, "chrome", note.links, reason="note") for note in document.notes]
    facts = property_facts(stated, blocks)
    return Extraction([*mark_headline(blocks, facts.headline), *notes], facts)


def read_rtf(data: bytes, name: str) -> Extraction:
    """Read a rich-text document; raises InputError where it is damaged."""
    return Extraction(_to_blocks(docx_text.read_rtf(data, name)))


def _to_blocks(paragraphs: Sequence[Paragraph]) -> list[Block]:
    tops = [each for each in paragraphs if each.level == 1]
    titled = any(_FORMS.get(each.style) == "headline" for each in paragraphs)
    headline = tops[0] if len(tops) == 1 and not titled else None
    return [
        Block(
            text,
            "headline" if paragraph is headline else _form(paragraph),
            paragraph.links if len(paragraph.text) <= MAX_CHUNK else (),
            label=paragraph.label if paragraph.label < len(text) else 0,
        )
        for paragraph in paragraphs
        for text in cut_long(paragraph.text)
    ]


def _form(paragraph: Paragraph) -> BlockForm:
    if paragraph.style in _FORMS:
        return _FORMS[paragraph.style]
    if paragraph.level is not None:
        return "heading"
    if paragraph.is_row:
        return "table"
    return "list" if paragraph.is_list or is_item(paragraph.text) else "text"
