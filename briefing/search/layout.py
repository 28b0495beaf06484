"""The bytes of a segment file: named sections behind a header that tells what they are.

    magic, length of the header, checksum of the header
    header      JSON: how many documents and tokens, where each section and each field's terms are
    sections    flat arrays in this machine's byte order, each aligned so that it is read in place

Nothing is decoded on opening: the file is mapped, and a section is a view of it. No section holds
anything that is executed or unpickled, so a foreign file can at worst be wrong.
"""

from __future__ import annotations

import mmap
import struct
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

import msgspec

from briefing.search.errors import IndexStale

SEGMENT_FORMAT: Final = "briefing/segment/2"
FILE_SUFFIX: Final = ".brs"
DENSE_SHARE: Final = 16
"""A term in more than one of so many documents also has a bitmap and a weight for each of them."""
FACET_SHARE: Final = 256
"""A facet value in more than one of so many documents has a bitmap at least."""

_MAGIC: Final = b"BRFSEG\r\n"
_LEAD = struct.Struct("<8sII")
_ALIGNMENT: Final = 8

SECTIONS: Final[dict[str, Literal["B", "I", "Q"]]] = {
    "terms": "B",  # every field's terms in UTF-8, sorted within their field
    "terms_at": "I",
    "docs": "I",  # the documents of each term, ascending
    "weights": "B",  # and what it weighs there, 0-255
    "docs_at": "I",
    "dense": "I",  # terms with a bitmap
    "bitmaps": "B",
    "beginnings": "Q",  # frequent beginnings of words: first term and end, in one number
    "beginning_bitmaps": "B",
    "spread": "I",  # terms with a weight for every document
    "spread_weights": "B",
    "pairs": "Q",  # two spread-out words in a row: both as the stream has them, in one number
    "pairs_at": "I",
    "pair_docs": "I",  # and the documents that have them
    "stream": "I",  # each document's terms in reading order, 0 between stretches, term + 1 else
    "stream_at": "I",
    "starts": "I",  # where each word of a document's own text begins in it
    "starts_at": "I",
    "facets": "I",  # each document's values of the chunk facets, as terms
    "facets_at": "I",
    "ranked": "I",  # the terms of each facet field, the most frequent first
    "stems": "B",  # the stems of the words, sorted
    "stems_at": "I",
    "forms": "I",  # and the words of each stem, as terms
    "forms_at": "I",
    "chunks": "B",  # one ChunkRecord a document, JSON
    "chunks_at": "Q",
    "articles": "B",  # one ArticleRecord an article, JSON
    "articles_at": "Q",
    "first_docs": "I",  # where each article's documents begin, and the end of the last
    "article_values": "I",  # each article's value of each article facet, as term + 1, or 0
    "days": "I",  # first and last day of each article, yyyymmdd, or 0 and 0
}
"""Every section with the type of its items."""


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What a segment file says of itself."""

    format: str
    byte_order: str
    docs: int
    tokens: int
    fields: dict[str, tuple[int, int]]
    sections: dict[str, tuple[int, int, int]]


_decoder = msgspec.json.Decoder(Header)


def pack(
    docs: int, tokens: int, fields: Mapping[str, tuple[int, int]], sections: Mapping[str, bytes]
) -> list[bytes]:
    """Lay out a segment file: the pieces to write one after the other."""
    placed: dict[str, tuple[int, int, int]] = {}
    offset = 0
    for name in SECTIONS:
        data = sections[name]
        placed[name] = (offset, len(data), zlib.crc32(data))
        offset += len(data) + -len(data) % _ALIGNMENT
    header = msgspec.json.encode(
        Header(
            format=SEGMENT_FORMAT,
            byte_order=sys.byteorder,
            docs=docs,
            tokens=tokens,
            fields=dict(fields),
            sections=placed,
        )
    )
    header += b" " * (-(_LEAD.size + len(header)) % _ALIGNMENT)
    pieces = [_LEAD.pack(_MAGIC, len(header), zlib.crc32(header)), header]
    for name in SECTIONS:
        data = sections[name]
        pieces += [data, b"\0" * (-len(data) % _ALIGNMENT)]
    return pieces


class SegmentFile:
    """A mapped segment file; its sections are views that live as long as they are held."""

    def __init__(self, path: Path) -> None:
        """Map the file; raises IndexStale where it is not a whole segment of this version."""
        self.path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise IndexStale(f"the search index lacks {path.name}") from error
        self.header, self._base = self._read_header()
        self._view = memoryview(self._map)
        self._views: dict[str, memoryview[int]] = {}

    def section(self, name: str) -> memoryview[int]:
        """Return a section as a view of its items."""
        view = self._views.get(name)
        if view is None:
            offset, size, _ = self.header.sections[name]
            start = self._base + offset
            view = self._view[start : start + size].cast(SECTIONS[name])
            self._views[name] = view
        return view

    def start(self, name: str) -> int:
        """Return where a section begins in the file."""
        return self._base + self.header.sections[name][0]

    def cut(self, start: int, end: int) -> bytes:
        """Return bytes of the file."""
        return self._map[start:end]

    def find(self, pattern: bytes, start: int, end: int) -> int:
        """Find `pattern` between two places of the file, or -1."""
        return self._map.find(pattern, start, end)

    def verify(self) -> None:
        """Read every byte and compare its checksum; raises IndexStale where one differs."""
        for name, (_, _, checksum) in self.header.sections.items():
            if zlib.crc32(self.section(name).cast("B")) != checksum:
                raise self._damaged(name)

    def _read_header(self) -> tuple[Header, int]:
        lead = self._map[: _LEAD.size]
        if len(lead) < _LEAD.size:
            raise self._damaged("start")
        magic, length, checksum = _LEAD.unpack(lead)
        data = self._map[_LEAD.size : _LEAD.size + length]
        if magic != _MAGIC or zlib.crc32(data) != checksum:
            raise self._damaged("header")
        try:
            header = _decoder.decode(data)
        except msgspec.DecodeError as error:
            raise self._damaged("header") from error
        if header.format != SEGMENT_FORMAT or header.byte_order != sys.byteorder:
            raise IndexStale("the search index is from another version or machine")
        base = _LEAD.size + length
        end = max((base + offset + size for offset, size, _ in header.sections.values()), default=0)
        if set(header.sections) != set(SECTIONS) or end > len(self._map):
            raise self._damaged("sections")
        return header, base

    def _damaged(self, part: str) -> IndexStale:
        return IndexStale(f"the search index is damaged ({self.path.name}, {part})")
