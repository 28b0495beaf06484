"""Reading Whoosh's table of contents without Whoosh, and without trusting it.

A table of contents holds two pickles. The schema's is passed over; that of the segments may name
one class, which is read as a plain record. So an index that came with a copied library can be
wrong, but cannot run anything, and a fresh process need not import Whoosh to search.
"""

from __future__ import annotations

import io
import pickle
import re
import struct
import zlib
from pathlib import Path
from typing import Any, Final, NamedTuple

from briefing.search.errors import IndexStale
from briefing.search.layout import FILE_SUFFIX

INDEX_NAME: Final = "MAIN"
_TOC_NAME: Final = re.compile(rf"_{INDEX_NAME}_([0-9]{{1,15}})\.toc\Z")
_SEGMENT_ID: Final = re.compile(r"[0-9a-z]{1,40}\Z")
_WHOOSH_TOC_VERSION: Final = -111
_BYTE_ORDER_MARK: Final = -12345


class Entry(NamedTuple):
    """One segment as the table of contents lists it; `deleted` is a bitmap of its documents."""

    segment_id: str
    docs: int
    deleted: bytes

    def checksum(self) -> int:
        """Return what is stored beside it, so that damage shows."""
        return zlib.crc32(f"{self.segment_id}/{self.docs}/".encode() + self.deleted)

    @property
    def file_name(self) -> str:
        """The name of the segment's file."""
        return f"{INDEX_NAME}_{self.segment_id}{FILE_SUFFIX}"


class Contents(NamedTuple):
    """What an index consists of at one moment."""

    generation: int
    entries: tuple[Entry, ...]


def toc_name(generation: int) -> str:
    """Return the file name of a generation's table of contents."""
    return f"_{INDEX_NAME}_{generation}.toc"


def latest_generation(folder: Path) -> int | None:
    """Return the newest generation in a folder, or None where there is no index."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return None
    found = (_TOC_NAME.match(name) for name in names)
    return max((int(match[1]) for match in found if match), default=None)


def read_contents(folder: Path, generation: int) -> Contents:
    """Read a generation's table of contents.

    Raises FileNotFoundError where a newer one has replaced it meanwhile, IndexStale where it is
    none of ours.
    """
    try:
        data = (folder / toc_name(generation)).read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise IndexStale(f"the search index cannot be read: {error.strerror}") from error
    try:
        states = _read_states(io.BytesIO(data))
        return Contents(generation, tuple(map(_entry, states)))
    except (
        pickle.UnpicklingError,
        struct.error,
        EOFError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        MemoryError,
        OverflowError,
        ImportError,
    ) as error:
        raise IndexStale("the search index is damaged or from another program") from error


class _State:
    """Stands for a segment while its pickle is read."""

    state: dict[str, Any]

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.state = state


class _Unpickler(pickle.Unpickler):
    """Knows one class and calls nothing."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) != ("briefing.search.codec", "BriefingSegment"):
            raise pickle.UnpicklingError(f"{module}.{name} has no place in an index")
        return _State


def _read_states(stream: io.BytesIO) -> list[_State]:
    for _ in range(3):
        _read_varint(stream)
    if _read_int(stream) != _BYTE_ORDER_MARK or _read_int(stream) != _WHOOSH_TOC_VERSION:
        raise ValueError("not a table of contents")
    for _ in range(3):
        _read_varint(stream)
    stream.seek(_read_varint(stream), io.SEEK_CUR)
    _read_int(stream)
    _read_int(stream)
    states = _Unpickler(stream).load()
    if not isinstance(states, list) or not all(isinstance(state, _State) for state in states):
        raise ValueError("not a list of segments")
    return states


def _entry(state: _State) -> Entry:
    segment_id, docs = state.state["segment_id"], state.state["docs"]
    deleted = state.state["deleted"]
    if not (
        isinstance(segment_id, str)
        and _SEGMENT_ID.match(segment_id)
        and isinstance(docs, int)
        and isinstance(deleted, bytes)
    ):
        raise ValueError("not a segment")
    entry = Entry(segment_id, docs, deleted)
    if entry.checksum() != state.state["checksum"]:
        raise ValueError("a segment is listed wrongly")
    return entry


def _read_int(stream: io.BytesIO) -> int:
    value: int = struct.unpack("!i", stream.read(4))[0]
    return value


def _read_varint(stream: io.BytesIO) -> int:
    value = shift = 0
    while True:
        byte = stream.read(1)[0]
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value
        shift += 7
        if shift > 63:
            raise ValueError("not a number")
