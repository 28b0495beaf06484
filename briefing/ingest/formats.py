"""The formats of source documents: a format is one row, from its file names to its reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import PurePosixPath
from typing import Final

from briefing.errors import InputError
from briefing.ingest.blocks import Extraction, SourceDocument
from briefing.ingest.sniffing import (
    find_other_kind,
    holds,
    is_article_table,
    is_csl,
    is_factiva_rtf,
    is_html,
    is_message,
    is_nexis_page,
    is_nexis_rtf,
    is_nexis_text,
    is_nexis_word,
    is_pdf,
    is_proquest,
    is_ris,
    is_rtf,
    is_web_archive,
    shows,
)

MAX_BYTES: Final = 50 * 1024 * 1024
"""Larger files are refused: no article is that long."""
MOST_ARTICLES: Final = 5_000
"""More in one file are refused: no export holds so many."""


@dataclass(frozen=True, slots=True)
class SourceFormat:
    """A format: what its files are called and how they begin, and what reads them.

    `name` stands in the article file as its reader. `suffixes` are in lower case, the usual one
    first; "" is a name without one. `function` is the reader's place below
    `briefing.ingest.readers`, loaded when it is needed: it takes bytes and the file's name for
    messages, and returns an Extraction, or a SourceDocument; it raises InputError for what it
    cannot read. `is_content`, given the bytes, overrules the suffix; None where only that tells.
    A `content_only` format is known by nothing else: what is called so may be something else.
    """

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    function: str
    is_content: Callable[[bytes], bool] | None = None
    content_only: bool = False

    def read(self, data: bytes, name: str) -> SourceDocument:
        """Return what the reader takes out of a file; raises InputError where it cannot."""
        module, _, function = self.function.partition(":")
        read = getattr(import_module(f"briefing.ingest.readers.{module}"), function)
        made: Extraction | SourceDocument = read(data, name)
        return made if isinstance(made, SourceDocument) else SourceDocument((made,))


_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_RICH: Final = "application/rtf"
_CSL: Final = "application/vnd.citationstyles.csl+json"
_RIS: Final = "application/x-research-info-systems"
_is_docx = partial(holds, b"word/document.xml")
_is_epub = partial(holds, b"META-INF/container.xml")
_is_factiva = partial(shows, rb"class=[\"']article [a-z]{2,5}Article[\"']")
_is_europresse = partial(shows, rb"class=[\"']?DocPublicationName\b")
_BY_CONTENT: Final = (
    ("proquest", "text/plain", (".txt",), "press.proquest:read_proquest", is_proquest),
    ("nexis", _WORD, (".docx",), "press.nexis:read_nexis_word", is_nexis_word),
    ("nexis", _RICH, (".rtf",), "press.nexis:read_nexis_rtf", is_nexis_rtf),
    ("nexis", "text/html", (".html",), "press.nexis:read_nexis_page", is_nexis_page),
    ("nexis", "text/plain", (".txt",), "press.nexis:read_nexis_text", is_nexis_text),
    ("factiva", "text/html", (".html",), "press.factiva:read_factiva_page", _is_factiva),
    ("factiva", _RICH, (".rtf",), "press.factiva:read_factiva_rtf", is_factiva_rtf),
    ("europresse", "text/html", (".html",), "press.europresse:read_europresse", _is_europresse),
    ("docx", _WORD, (".docx",), "word:read_docx", _is_docx),
    ("rtf", _RICH, (".rtf",), "word:read_rtf", is_rtf),
)
_BY_NAME_TOO: Final = (
    ("markdown", "text/markdown", (".md", ".markdown"), "markdown:read_markdown", None),
    ("epub", "application/epub+zip", (".epub",), "epub:read_epub", _is_epub),
    ("pdf", "application/pdf", (".pdf",), "pdf.document:read_pdf", is_pdf),
    ("web archive", "multipart/related", (".mhtml", ".mht"), "message:read_web_archive",
     is_web_archive),
    ("message", "message/rfc822", (".eml",), "message:read_message", is_message),
    ("ris", _RIS, (".ris",), "references:read_ris", is_ris),
    ("list", "application/json", (".json",), "reading_list:read_json", None),
    ("csl", _CSL, (".csljson",), "references:read_csl", is_csl),
    ("page", "text/html", (".html", ".htm"), "html.saved_page:read_html", is_html),
    ("table", "text/csv", (".csv", ".tsv"), "reading_list:read_csv", is_article_table),
)  # fmt: skip
_PLAIN: Final = SourceFormat("text", "text/plain", (".txt", ""), "markdown:read_plain")
FORMATS: Final = (
    *(replace(SourceFormat(*row), content_only=True) for row in _BY_CONTENT),
    _PLAIN,
    *(SourceFormat(*row) for row in _BY_NAME_TOO),
)
"""The first row that knows a file by its content reads it, else the first by its suffix."""
SUFFIXES: Final = frozenset(suffix for row in FORMATS for suffix in row.suffixes)
"""File name endings of documents, in lower case; "" is a name without one."""
PACKED_SUFFIXES: Final = frozenset({".zip", ".gz", ".mbox"})
"""Endings of files that hold documents; `unpacking` opens them."""
ADDED_SUFFIXES: Final = SUFFIXES | PACKED_SUFFIXES
"""Endings of all files that can be added."""


def find_format(data: bytes, name: str) -> SourceFormat:
    """Return the format of a file by its content, else by its name, else plain text.

    Raises InputError for a file that is empty, too large, or a text for a program.
    """
    if len(data) > MAX_BYTES:
        raise too_large(name, len(data))
    if not data:
        raise InputError(f"{name}: the file is empty", "Check that the download was complete.")
    suffix = suffix_of(name)
    by_content = (row for row in FORMATS if row.is_content and row.is_content(data))
    by_name = (row for row in FORMATS if suffix in row.suffixes and not row.content_only)
    found = next(by_content, None)
    other = None if found else find_other_kind(data)
    if other is not None:
        raise InputError(f"{name}: this is {other[0]}, not an article", other[1])
    return found or next(by_name, _PLAIN)


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


def too_many(name: str) -> InputError:
    """Return the error for a file of too many articles."""
    return InputError(
        f"{name}: the file holds more than {MOST_ARTICLES:,} articles",
        "Split it into smaller ones.",
    )
