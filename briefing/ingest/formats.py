"""The formats of source documents: a format is one row, from its file names to its reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePosixPath
from typing import Final

from briefing.errors import InputError
from briefing.ingest.blocks import Extraction, SourceDocument
from briefing.ingest.sniffing import is_html

MAX_BYTES: Final = 50 * 1024 * 1024
"""Larger files are refused: no article is that long."""


@dataclass(frozen=True, slots=True)
class SourceFormat:
    """A format: what its files are called and how they begin, and what reads them.

    `name` stands in the article file as its reader. `suffixes` are in lower case, the usual one
    first; "" is a name without one. `function` is the reader's place below
    `briefing.ingest.readers`, loaded when it is needed: it takes bytes and the file's name for
    messages, and returns an Extraction, or a SourceDocument; it raises InputError for what it
    cannot read. `is_content`, given the bytes, overrules the suffix; None where only that tells.
    """

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    function: str
    is_content: Callable[[bytes], bool] | None = None

    def read(self, data: bytes, name: str) -> SourceDocument:
        """Return what the reader takes out of a file; raises InputError where it cannot."""
        module, _, function = self.function.partition(":")
        read = getattr(import_module(f"briefing.ingest.readers.{module}"), function)
        made: Extraction | SourceDocument = read(data, name)
        return made if isinstance(made, SourceDocument) else SourceDocument((made,))


PLAIN: Final = SourceFormat("text", "text/plain", (".txt", ""), "plain:read_plain")
FORMATS: Final = (
    PLAIN,
    SourceFormat("markdown", "text/markdown", (".md", ".markdown"), "markdown:read_markdown"),
    SourceFormat("page", "text/html", (".html", ".htm"), "html.saved_page:read_html", is_html),
)
"""The first row that knows a file by its content reads it, else the first by its suffix."""
SUFFIXES: Final = frozenset(suffix for row in FORMATS for suffix in row.suffixes)
"""File name endings that are accepted, in lower case; "" is a name without one."""


def find_format(data: bytes, name: str) -> SourceFormat:
    """Return the format of a file by its content, else by its name, else plain text.

    Raises InputError for a file that is empty or too large.
    """
    if len(data) > MAX_BYTES:
        raise too_large(name, len(data))
    if not data:
        raise InputError(f"{name}: the file is empty", "Check that the download was complete.")
    suffix = suffix_of(name)
    by_content = (row for row in FORMATS if row.is_content and row.is_content(data))
    by_name = (row for row in FORMATS if suffix in row.suffixes)
    return next(by_content, None) or next(by_name, PLAIN)


def suffix_for(media_type: str | None) -> str | None:
    """Return the usual ending of files of a media type, None for one that has no reader."""
    return next((row.suffixes[0] for row in FORMATS if row.media_type == media_type), None)


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
