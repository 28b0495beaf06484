"""Reads PDF documents as one article: paragraphs in reading order, running lines set aside.

pypdfium2 is an extra; it is imported when a PDF comes in.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from briefing.errors import InputError
from briefing.ingest.blocks import Block, BlockForm, Extraction, SourceDocument
from briefing.ingest.facts.properties import mark_headline, property_facts
from briefing.ingest.lines.forms import count_words
from briefing.ingest.lines.urls import link_target
from briefing.ingest.readers.paragraphs import cut_long, is_item
from briefing.ingest.readers.pdf import paragraph_joining
from briefing.ingest.readers.pdf.paragraph_joining import PdfParagraph
from briefing.ingest.readers.pdf.placed_lines import PlacedLine, read_lines

_MOST_PAGES: Final = 2_000
_MOST_ON_PAGE: Final = 100_000
"""Characters of a page; one with more is a map or an attack."""
_ADDRESS: Final = re.compile(r"https?://[^\s…]{4,500}")
_HEADLINE: Final = 1.3
_HEADING: Final = 1.1
_LONGEST_HEADING: Final = 30
_SHORTEST_HEADLINE: Final = 5
_FULL_STOP: Final = (".", ";", ",")
_EDGE: Final = 4
"""Lines at the top and at the bottom of a page that may be running ones."""
_DIGITS: Final = re.compile(r"\d{1,9}")
_MOST_NUMBERS: Final = 12
_FEWEST: Final = 2
_ENOUGH: Final = 5
"""Pages on which a line of the edge stands, with fewer where a fourth of all pages are fewer."""
_NUMBER: Final = re.compile(
    r"(?i)\W{0,3}(?:page|p\.|seite|página|pág\.)?\s?(?:\d{1,5}|[ivxl]{1,6})"
    r"(?:\s?(?:/|of|von|de|sur)\s?\d{1,5})?\W{0,3}"
)
_MARGIN: Final = 0.15


class _Pages(Struct, frozen=True):
    """The stretches of lines of every page, the heights of the pages, and the properties."""

    stretches: list[list[list[PlacedLine]]]
    heights: list[float]
    properties: dict[str, str]
    told: list[str]


def read_pdf(data: bytes, name: str) -> SourceDocument:
    """Read a PDF; raises InputError for one locked, damaged or without text, or no pypdfium2."""
    pages = _read_pages(data, name)
    lines = [[line for stretch in page for line in stretch] for page in pages.stretches]
    upright = [[line for line in page if not line.turned] for page in lines]
    running = running_lines(upright, pages.heights)
    if pages.told and not any(lines):
        raise InputError(pages.told[0], "Copy its text into a .txt file.")
    if running.issuperset(line for page in upright for line in page):
        hint = "Have their text recognised first, for example by ocrmypdf."
        raise InputError(f"{name}: this PDF is a scan: its pages are pictures without text", hint)
    told = list(pages.told)
    empty = [number for number, page in enumerate(lines, 1) if not page]
    if empty:
        shown = ", ".join(map(str, empty[:10])) + (", …" if len(empty) > 10 else "")
        told.append(f"{name}: {len(empty)} of {len(lines)} pages hold no text: {shown}")
    blocks = list(_to_blocks(pages.stretches, running))
    facts = property_facts(pages.properties, [block for block in blocks if block.form != "chrome"])
    blocks = mark_headline(blocks, facts.headline)
    # The address that a browser printed at the edge of every page, if it is a single one.
    printed = {match[0] for line in running if (match := _ADDRESS.search(line.text))}
    if len(printed) == 1 and (url := link_target(printed.pop())):
        facts = replace(facts, url=url, places={**facts.places, "url": "running line"})
    return SourceDocument((Extraction(blocks, facts),), tuple(told))


def _read_pages(data: bytes, name: str) -> _Pages:
    try:
        from pypdfium2 import PdfDocument, PdfiumError
    except ImportError as error:
        message = f"{name}: to read PDF documents, pypdfium2 is needed"
        raise InputError(message, "pip install 'briefing[pdf]'") from error
    found = _Pages([], [], {}, [])
    try:
        with closing(PdfDocument(data)) as document:
            with suppress(UnicodeError):
                found.properties.update(document.get_metadata_dict(skip_empty=True))
            if len(document) > _MOST_PAGES:
                found.told.append(f"{name}: only the first {_MOST_PAGES:,} pages are read")
            for number in range(min(len(document), _MOST_PAGES)):
                found.stretches.append(list(_read_page(document, number, name, found.told)))
                found.heights.append(document.get_page_size(number)[1])
    except PdfiumError as error:
        if "password" in str(error).lower():
            hint = "Save it without one, for example by printing it into a file."
            raise InputError(f"{name}: this PDF is locked with a password", hint) from error
        raise InputError(f"{name}: this PDF is damaged ({error})", "Download it again.") from error
    if not found.heights:
        raise InputError(f"{name}: this PDF has no pages", "Download it again.")
    return found


def _read_page(document: Any, number: int, name: str, told: list[str]) -> list[list[PlacedLine]]:
    """Return the stretches of one page; one that is damaged or too full is told and empty."""
    from pypdfium2 import PdfiumError

    try:
        with closing(document[number]) as page, closing(page.get_textpage()) as text:
            if text.count_chars() <= _MOST_ON_PAGE:
                return read_lines(text, page.get_size())
            told.append(f"{name}: page {number + 1} holds too much text to be read")
    except PdfiumError as error:
        told.append(f"{name}: page {number + 1} cannot be read ({error})")
    return []


def _to_blocks(
    pages: Sequence[Sequence[Sequence[PlacedLine]]], running: set[PlacedLine]
) -> Iterator[Block]:
    """Yield the blocks of a document; what is set aside of a page precedes what begins on it."""
    every = [stretch for page in pages for stretch in page]
    known = paragraph_joining.known_words(line.text for stretch in every for line in stretch)
    leading = paragraph_joining.usual_leading(every)
    aside: list[list[PlacedLine]] = []
    parts: list[tuple[PdfParagraph, bool]] = []
    for number, page in enumerate(pages):
        outside = {line for stretch in page for line in stretch if line.turned or line in running}
        aside.append([line for stretch in page for line in stretch if line in outside])
        for stretch in ([line for line in each if line not in outside] for each in page):
            cut = paragraph_joining.cut_stretch(stretch, number, leading, known)
            parts += [(paragraph, index == 0) for index, paragraph in enumerate(cut)]
    sizes: Counter[float] = Counter()
    for paragraph, _ in parts:
        sizes[round(paragraph.size * 2) / 2] += len(paragraph.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    joined = paragraph_joining.join_parted(parts, body or 1.0, known)
    first = [each for each in joined if each.page == joined[0].page and _has_words(each.text)]
    largest = max((each.size for each in first), default=0.0)
    headline = largest if largest >= body * _HEADLINE else None
    shown = 0
    for paragraph in joined:
        yield from _furniture(aside[shown : paragraph.page + 1])
        shown = max(shown, paragraph.page + 1)
        form = _form(paragraph, body, headline)
        headline = None if form == "headline" else headline
        yield from (Block(text.strip(), form) for text in cut_long(paragraph.text))
    yield from _furniture(aside[shown:])


def _furniture(pages: Sequence[Sequence[PlacedLine]]) -> Iterator[Block]:
    for page in pages:
        if page:
            text = "\n".join(line.text for line in page)
            yield Block(text, "chrome", reason="running_line")


def _form(paragraph: PdfParagraph, body: float, headline: float | None) -> BlockForm:
    """Return what the size of a paragraph's letters makes of it."""
    if paragraph.row:
        return "table"
    short = count_words(paragraph.text) <= _LONGEST_HEADING
    if paragraph.size == headline and short and _has_words(paragraph.text):
        return "headline"
    apart = paragraph.size >= body * _HEADING or paragraph.bold
    if apart and short and not paragraph.text.endswith(_FULL_STOP):
        return "heading"
    return "list" if is_item(paragraph.text) else "text"


def _has_words(text: str) -> bool:
    """Whether a line is no number of a page or a table."""
    return sum(map(str.isalpha, text)) * 2 > len(text) and len(text) > _SHORTEST_HEADLINE


def running_lines(
    pages: Sequence[Sequence[PlacedLine]], heights: Sequence[float]
) -> set[PlacedLine]:
    """Return the lines alike at the edge of several pages, but for the page number, and that."""
    ranked = [sorted(page, key=lambda line: line.bottom) for page in pages]
    edges = [[*page[:_EDGE], *page[max(_EDGE, len(page) - _EDGE) :]] for page in ranked]
    counted: Counter[tuple[str, int]] = Counter()
    for number, edge in enumerate(edges):
        counted.update({key for line in edge for key in _keys(line, number)})
    needed = max(_FEWEST, min(_ENOUGH, -(-len(pages) // 4)))
    found: set[PlacedLine] = set()
    for number, (edge, height) in enumerate(zip(edges, heights, strict=True)):
        for line in edge:
            outside = line.bottom > height * (1 - _MARGIN) or line.top < height * _MARGIN
            alike = any(counted[key] >= needed for key in _keys(line, number))
            if outside and (alike or _NUMBER.fullmatch(line.text)):
                found.add(line)
    return found


def _keys(line: PlacedLine, page: int) -> Iterator[tuple[str, int]]:
    """Yield what pages may share at a place: words, or words but a number less the page's."""
    place = round(line.bottom / 6)
    yield line.text, place
    for match in list(_DIGITS.finditer(line.text))[:_MOST_NUMBERS]:
        counted = int(match[0]) - page
        yield f"{line.text[: match.start()]}{counted:+}{line.text[match.end() :]}", place
