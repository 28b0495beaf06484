"""The formats of source documents: a format is one row, from its file names to its reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from briefing.errors import InputError
from briefing.ingest.blocks import Extraction
from briefing.ingest.readers.markdown import read_markdown
from briefing.ingest.readers.plain import read_plain

MAX_BYTES: Final = 50 * 1024 * 1024
"""Larger files are refused: no article is that long."""

_HEAD = 65_536
_HTML = re.compile(
    rb"(?i)\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<!--[^>]{0,2000}-->\s{0,200}){0,5}"
    rb"<(?:!doctype html|html|head|body)\b"
)
_BYTE_ORDER_MARK = re.compile(rb"\xef\xbb\xbf|\xff\xfe|\xfe\xff")


def is_html(head: bytes) -> bool:
    """Whether a file begins as a page does, in any encoding that keeps ASCII, UTF-16 included."""
    text = _BYTE_ORDER_MARK.sub(b"", head, count=1) if head[:1] > b"\x7f" else head
    return _HTML.match(text.replace(b"\0", b"")) is not None


def _read_html(data: bytes, name: str) -> Extraction:
    from briefing.ingest.readers.html.saved_page import read_html

    return read_html(data, name)


@dataclass(frozen=True, slots=True)
class SourceFormat:
    """A format: what its files are called and how they begin, and what reads them.

    `suffixes` are in lower case, the usual one first; "" is a name without one. `is_content`, given
    the first 64 KiB of a file, overrules the suffix; None where only the suffix tells. `read` takes
    bytes and the file's name for messages, and raises InputError for what it cannot read.
    """

    media_type: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes, str], Extraction]
    is_content: Callable[[bytes], bool] | None = None


PLAIN: Final = SourceFormat("text/plain", (".txt", ""), read_plain)
FORMATS: Final = (
    PLAIN,
    SourceFormat("text/markdown", (".md", ".markdown"), read_markdown),
    SourceFormat("text/html", (".html", ".htm"), _read_html, is_html),
)
SUFFIXES: Final = frozenset(suffix for row in FORMATS for suffix in row.suffixes)
"""File name endings that are accepted, in lower case; "" is a name without one."""


def find_format(data: bytes, name: str) -> SourceFormat:
    """Return the format of a file by how it begins, else by its name, else plain text.

    Raises InputError for a file that is empty or too large.
    """
    if len(data) > MAX_BYTES:
        raise too_large(name, len(data))
    if not data:
        raise InputError(f"{name}: the file is empty", "Check that the download was complete.")
    head, suffix = data[:_HEAD], suffix_of(name)
    by_content = (row for row in FORMATS if row.is_content and row.is_content(head))
    by_name = (row for row in FORMATS if suffix in row.suffixes)
    return next(by_content, None) or next(by_name, PLAIN)


def suffix_of(name: str) -> str:
    """Return the ending of a file's name in lower case, "" without one."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def too_large(name: str, size: int) -> InputError:
    """Return the error for a file of too many bytes."""
    return InputError(
        f"{name}: the file is too large ({size / 1_048_576:.0f} MB; "
        f"the limit is {MAX_BYTES // 1_048_576} MB)",
        "Split it into one file an article.",
    )
