"""Reads books (EPUB): one article, or several where its navigation parts signed or dated ones."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from briefing.errors import InputError
from briefing.ingest.blocks import Block, Extraction, Facts, SourceDocument, StatedValue
from briefing.ingest.lines.author_names import read_authors
from briefing.ingest.lines.forms import count_words, is_byline, read_address
from briefing.ingest.lines.stated_dates import find_date_line
from briefing.ingest.readers.decode import decode
from briefing.ingest.readers.entries import read_facts
from briefing.ingest.readers.html.dom import parse_page, walk
from briefing.ingest.readers.packages import Package

_PAGES: Final = frozenset({"application/xhtml+xml", "text/html"})
_EMPTY_ELEMENT: Final = re.compile(
    r"<(title|script|style|a|p|div|span|td|th|li|i|b|em|strong|h[1-6]|iframe|section)"
    r"((?:\s[^<>]{0,2000})?)/>"
)
_PERIODICAL: Final = re.compile(r"(?i)periodical|newspaper|magazine")
_SHORTEST: Final = 100
"""Words of an article."""
_FRONT: Final = 8
_LONGEST_LINE: Final = 200


class _Book(Struct, frozen=True):
    """What the package of a book says; `contents` is the page with the navigation."""

    pages: tuple[str, ...]
    starts: frozenset[str]
    contents: str | None
    stated: dict[str, list[str]]


def read_epub(data: bytes, name: str) -> SourceDocument:
    """Read a book; raises InputError where it is damaged, locked, or has no text."""
    package = Package(data, name)
    book = _read_book(package, name)
    parts = [part for part in _parts(package, book, name) if part]
    words = (sum(count_words(block.text) for block in part if block.main) for part in parts)
    long = [count >= _SHORTEST for count in words]
    signed = sum(_is_signed(part) for part, kept in zip(parts, long, strict=True) if kept)
    declared = any(_PERIODICAL.search(value) for value in book.stated.get("type", ()))
    facts = _facts(book)
    if sum(long) < 2 or not (declared or signed * 2 >= sum(long)):
        return SourceDocument((Extraction(list(chain(*parts)), facts),))
    articles: list[Extraction] = []
    spare: list[Block] = []
    for part, kept in zip(parts, long, strict=True):
        if kept:
            articles.append(_article([*spare, *part], facts))
            spare = []
        else:
            spare += [replace(block, main=False) for block in part]
    articles[-1].blocks.extend(spare)
    return SourceDocument(tuple(articles))


def _read_book(package: Package, name: str) -> _Book:
    container = package.read_xml("META-INF/container.xml")
    place = next((each.get("full-path", "") for each in container.iter("rootfile")), "")
    root = package.read_xml(place)
    if not len(root):
        raise InputError(f"{name}: this is no book that can be read", "Save it as EPUB again.")
    base, items = posixpath.dirname(place), root.iter("item")
    manifest = {each.get("id"): (_join(base, each.get("href", "")), each) for each in items}
    listed = (manifest.get(each.get("idref")) for each in root.iter("itemref"))
    pages = tuple(path for path, item in filter(None, listed) if item.get("media-type") in _PAGES)
    ciphers = package.read_xml("META-INF/encryption.xml").iter("CipherReference")
    locked = {unquote(each.get("URI", "")) for each in ciphers}
    if not locked.isdisjoint(pages):
        hint = "Copy the passages you need into a .txt file."
        raise InputError(f"{name}: this book is locked by its seller", hint)
    properties = ((path, item.get("properties", "").split()) for path, item in manifest.values())
    contents = next((path for path, held in properties if "nav" in held), None)
    stated: dict[str, list[str]] = {}
    for metadata in root.iter("metadata"):
        for each in metadata.iter("*"):
            if (each.text or "").strip():
                stated.setdefault(each.tag, []).append(" ".join(each.text.split()))
            if each.get("name") == "calibre:publication_type":
                stated.setdefault("type", []).append(each.get("content", ""))
    tables = [path for path, item in manifest.values() if item.get("media-type") == _NCX]
    starts = frozenset(_targets(package, [contents] if contents else tables[:1]))
    return _Book(pages, starts, contents, stated)


_NCX: Final = "application/x-dtbncx+xml"


def _targets(package: Package, tables: Sequence[str]) -> Iterator[str]:
    """Yield the pages to which the navigation leads: that of EPUB 3, else that of EPUB 2."""
    for table in tables:
        for each in package.read_xml(table).iter("a", "content"):
            target = (each.get("href") or each.get("src") or "").partition("#")[0]
            if target:
                yield _join(posixpath.dirname(table), target)


def _parts(package: Package, book: _Book, name: str) -> Iterator[list[Block]]:
    """Yield the blocks of the pages from each start on; those before the first are a part too."""
    part: list[Block] = []
    for page in book.pages:
        if page in book.starts and part:
            yield part
            part = []
        part += _read_page(package, page, name, contents=page == book.contents)
    yield part


def _read_page(package: Package, page: str, name: str, *, contents: bool) -> list[Block]:
    data, where = package.read(page), f"{name}: {page}"
    if not data or not data.strip():
        return []
    # As HTML, an element that XML closes at once would take in all that follows.
    text = _EMPTY_ELEMENT.sub(r"<\1\2></\1>", decode(data, where).text)
    blocks = (block for block in walk(parse_page(text, where), None) if block.text.strip())
    if contents:
        return [replace(block, form="chrome", reason="contents", main=False) for block in blocks]
    return [replace(block, main=block.form != "chrome") for block in blocks]


def _facts(book: _Book) -> Facts:
    """Return what the metadata of a book state; its source is the address, else an identifier."""
    named = {
        "headline": ["title"], "publisher": ["publisher"], "authors": ["creator"],
        "date": ["date"], "language": ["language"], "url": ["source", "identifier"],
    }  # fmt: skip
    stated = {
        fact: [
            StatedValue(value, f"field dc:{name}")
            for name in names
            for value in book.stated.get(name, ())
            if fact != "authors" or read_authors(value, stated=True)
        ]
        for fact, names in named.items()
    }
    return read_facts(stated)


def _article(blocks: list[Block], facts: Facts) -> Extraction:
    """Make an article of a part of a periodical, which is its publisher and may give its date."""
    front = [block for block in blocks if block.main][:_FRONT]
    dated = any(find_date_line(block.text) for block in front)
    own = replace(
        facts, headline=None, authors=(), url=None, publisher=facts.headline,
        date=None if dated else facts.date,
        places={**facts.places, "publisher": "field dc:title"},
    )  # fmt: skip
    return Extraction(blocks, own)


def _is_signed(part: Sequence[Block]) -> bool:
    """Whether a part says at its top who wrote it, when, or where it comes from."""
    short = [block for block in part[:_FRONT] if len(block.text) <= _LONGEST_LINE]
    tells = (is_byline, find_date_line, read_address)
    return any(block.form == "byline" or any(tell(block.text) for tell in tells) for block in short)


def _join(base: str, href: str) -> str:
    """Return the name of a part of the archive that a reference leads to."""
    return posixpath.normpath(posixpath.join(base, unquote(href)))
