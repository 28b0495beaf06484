"""The formats of source documents: a format is one row, from its file names to its reader.

Formats are told by what files hold, in a bounded stretch of the bytes: asking costs the same for
every size. Exports of press databases are told by the marks around their articles.
"""

import functools
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import PurePosixPath
from typing import Final

from briefing.errors import InputError
from briefing.ingest.blocks import Extraction, SourceDocument
from briefing.ingest.lines.press_words import press_words

MAX_BYTES: Final = 50 * 1024 * 1024
"""Larger files are refused: no article is that long."""
MOST_ARTICLES: Final = 5_000
"""More in one file are refused: no export holds so many."""
_HEAD = 65_536
_HTML = re.compile(
    rb"(?i)\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<!--[^>]{0,2000}-->\s{0,200}){0,5}"
    rb"<(?:!doctype html|html|head|body)\b"
)
_MAIL_HEAD = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{0,70}:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_FIELD_NAME = re.compile(rb"(?m)^([A-Za-z][A-Za-z0-9-]{0,70}):")
_SENT = frozenset([b"mime-version", b"message-id", b"received", b"return-path", b"content-type"])
_ADDRESSED = frozenset([b"to", b"cc", b"bcc", b"received", b"delivered-to", b"message-id"])
_AS_TEXT = "Save what is said in it as a text, and add that."
_ADDED_BY_ADDRESS = "Add its address: briefing feeds NAME --add ADDRESS"
_XML = (
    rb"(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<!(?:--|doctype)[^>]{0,2000}>\s{0,200}){0,5}<(?:%s)[\s>]"
)
_OTHERS = tuple(
    (re.compile(rb"(?i)\s{0,200}" + pattern), kind, hint)
    for pattern, kind, hint in (
        (_XML % b"rss|feed|rdf:rdf", "a feed", _ADDED_BY_ADDRESS),
        (_XML % b"opml", "a list of feeds", "Add them: briefing feeds NAME --import FILE"),
        (_XML % b"svg", "a drawing", _AS_TEXT),
        (rb"BEGIN:VCALENDAR\s", "a calendar", _AS_TEXT),
        (rb"BEGIN:VCARD\s", "an address book", _AS_TEXT),
        (rb"WEBVTT\s|1\r?\n\d\d:\d\d:\d\d,\d{3} -->", "subtitles", _AS_TEXT),
        (rb"\\documentclass\b", "the source of a document in LaTeX", "Add the PDF made of it."),
    )
)
_BYTE_ORDER_MARK = re.compile(rb"\xef\xbb\xbf|\xff\xfe|\xfe\xff")
MOST_ENTRIES: Final = 20_000
_ENTRY: Final = b"PK\x01\x02"
_SEEN: Final = 1_048_576
"""The first article may stand far behind the styles of a page or the list on a cover."""
_DEEP: Final = 4 * _SEEN
_LINE: Final = rb"(?m)^[ \t]*(?:%s)[ \t\r]*$"
_CELL: Final = rb">\s*+(?:%s)\s*<"
_RICH_LINE: Final = rb"(?<!\w)(?:%s)(?!\w)"
_FACTIVA_NUMBER: Final = re.compile(rb"(?<!\w)[A-Z][A-Z0-9]{5,9}\d{8}[a-z0-9]{6,12}(?!\w)")
_RULE: Final = re.compile(rb"(?m)^[ \t]*_{20,}[ \t\r]*$")
ZIP_FAULTS: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError),
    *(RuntimeError, ValueError, OSError),
)


def is_html(data: bytes) -> bool:
    """Whether a file begins as a page does, in any encoding that keeps ASCII, UTF-16 included."""
    return _HTML.match(_ascii_head(data)) is not None


def _begins(pattern: bytes, most: int, data: bytes) -> bool:
    """Whether a pattern stands in so many bytes of the beginning of a file."""
    return re.search(pattern, _ascii_head(data[: 2 * most])[:most]) is not None


_is_rtf = partial(_begins, rb"\A(?:\xef\xbb\xbf)?\s*\{\\rtf", 200)


def _is_article_table(data: bytes) -> bool:
    """Whether a file begins with a line that names columns of articles."""
    from briefing.ingest.readers.reading_list import is_table_of_articles

    head = _ascii_head(data)[:8_000].decode("utf-8", "replace")
    return is_table_of_articles(head.replace("\r\n", "\n").replace("\r", "\n"))


def _ascii_head(data: bytes) -> bytes:
    """Return the beginning of a file without a byte order mark, and without the zeros of UTF-16."""
    head = data[:_HEAD]
    text = _BYTE_ORDER_MARK.sub(b"", head, count=1) if head[:1] > b"\x7f" else head
    return text.replace(b"\0", b"")


def _holds(member: bytes, data: bytes) -> bool:
    """Whether a ZIP archive names a member at its start or in the directory at its end."""
    ends = (data[:_HEAD], data[-_HEAD:])
    return data.startswith(b"PK\x03\x04") and any(member in end for end in ends)


def _is_message(data: bytes) -> bool:
    """Whether a file begins with the head of a mail as it was sent, not with a copy of its text."""
    fields = _mail_fields(data)
    return b"from" in fields and not fields.isdisjoint(_SENT)


def _is_web_archive(data: bytes) -> bool:
    """Whether a file begins as a saved page does: as a mail with its pictures, sent to nobody."""
    fields = _mail_fields(data)
    related = b"multipart/related" in data[:_HEAD].lower()
    return related and b"mime-version" in fields and fields.isdisjoint(_ADDRESSED)


def _mail_fields(data: bytes) -> set[bytes]:
    """Return the names of the fields that open a file, in lower case."""
    head = _MAIL_HEAD.match(data[:_HEAD])
    return {name.lower() for name in _FIELD_NAME.findall(head[0])} if head else set()


def has_too_many_entries(data: bytes) -> bool:
    """Whether an archive has more entries than that of any document."""
    return data.count(_ENTRY) > MOST_ENTRIES


def _is_factiva_rtf(data: bytes) -> bool:
    """Whether a rich-text document is an export of Factiva: it says so, or has several numbers."""
    if not _is_rtf(data):
        return False
    seen = data[:_DEEP]
    numbers = set(_FACTIVA_NUMBER.findall(seen))
    return len(numbers) > 1 or (bool(numbers) and b"Factiva" in seen)


def _is_proquest(data: bytes) -> bool:
    """Whether a text is an export of ProQuest."""
    if is_html(data):
        return False
    seen = _text_of(data)
    if b"proquest" not in seen.lower() or _RULE.search(seen) is None:
        return False
    return _field("publisher").search(seen) is not None or _field("body").search(seen) is not None


def _is_nexis(seen: bytes, shape: bytes) -> bool:
    """Whether articles are numbered by lines in `shape`, and have a length or an end mark."""
    number, size, end, opening = (pattern.search for pattern in _patterns(shape))
    if shape == _LINE:
        told = number(seen) or (end(seen) and opening(seen))
        return bool(told and _field("words").search(seen))
    if number(seen) and size(seen):
        return True
    return bool(end(seen) and (opening(seen) or (shape == _RICH_LINE and size(seen))))


@functools.cache
def _field(section: str) -> re.Pattern[bytes]:
    """Return the pattern of a line that opens with the label of a field."""
    return re.compile(rb"(?im)^[ \t]*(?:%s)[ \t]?:" % _words(section))


@functools.cache
def _patterns(shape: bytes) -> tuple[re.Pattern[bytes], ...]:
    number = rb"\d{1,6} (?:%s) \d{1,6}" % _words("of")
    document = _words("document")
    # LexisNexis writes `3 of 74 DOCUMENTS` and `Dokument 3 von 74`; a page may count in small ones.
    line = rb"%s (?:%s)|(?:%s) %s" % (number, document.upper(), document.title(), number)
    ended, opened = (
        re.compile(b"(?i)" + shape % _words(mark)) for mark in ("end mark", "body mark")
    )
    sized = re.compile(rb"(?i)(?<!\w)(?:%s)\s?:" % _words("words"))
    return re.compile(shape % line), sized, ended, opened


def _words(section: str) -> bytes:
    """Return the words of a section as a pattern; a letter beyond ASCII is of any encoding."""
    escaped = (re.escape(word.encode("ascii", "replace")) for word in sorted(press_words(section)))
    return re.sub(rb"(?:\\\?)+", _letters_beyond, b"|".join(escaped))


def _letters_beyond(found: re.Match[bytes]) -> bytes:
    """Return the pattern of some letters beyond ASCII: as bytes, or as pages and RTF escape them.

    No two of the ways begin alike, so that a long run of anything else is passed in one look.
    """
    number = len(found[0]) // 2
    escape = rb"(?:&#?\w{2,8};|\\'[0-9a-f]{2}|\\u-?\d{1,5} ?\??)"
    return rb"(?:[^\x00-\x7f]{1,%d}|%s{%d})" % (4 * number, escape, number)


def _text_of(data: bytes) -> bytes:
    """Return the beginning of a text without the zero bytes that UTF-16 has between its letters."""
    return data[:_SEEN].replace(b"\0", b"")


def _document_of(data: bytes) -> bytes:
    """Return the beginning of a Word document's text as XML, nothing for other files."""
    if not data.startswith(b"PK\x03\x04") or has_too_many_entries(data):
        return b""
    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as archive,
            archive.open("word/document.xml") as stream,
        ):
            return stream.read(_DEEP)
    except (KeyError, *ZIP_FAULTS):
        return b""


def _shows(mark: bytes, data: bytes) -> bool:
    """Whether a page shows the mark of a press database, a pattern, near its beginning."""
    return is_html(data) and re.search(mark, data[:_DEEP]) is not None


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
_is_docx = partial(_holds, b"word/document.xml")
_is_epub = partial(_holds, b"META-INF/container.xml")
_is_factiva = partial(_shows, rb"class=[\"']article [a-z]{2,5}Article[\"']")
_is_europresse = partial(_shows, rb"class=[\"']?DocPublicationName\b")
_is_pdf = partial(_begins, rb"%PDF-", 1024)
_is_ris = partial(_begins, rb"(?m)^TY  ?- [A-Z]{3,6}[ \t]*\r?$", 4_000)
_is_csl = partial(
    _begins, rb"(?s)\A\s*[\[{].{0,60000}?\"(?:date-parts|container-title|citation-key)\"\s*:", _HEAD
)
_BY_CONTENT: Final = (
    ("proquest", "text/plain", (".txt",), "press.proquest:read_proquest", _is_proquest),
    ("nexis", _WORD, (".docx",), "press.nexis:read_nexis_word",
     lambda data: _is_nexis(_document_of(data), _CELL)),
    ("nexis", _RICH, (".rtf",), "press.nexis:read_nexis_rtf",
     lambda data: _is_rtf(data) and _is_nexis(data[:_DEEP], _RICH_LINE)),
    ("nexis", "text/html", (".html",), "press.nexis:read_nexis_page",
     lambda data: is_html(data) and _is_nexis(data[:_SEEN], _CELL)),
    ("nexis", "text/plain", (".txt",), "press.nexis:read_nexis_text",
     lambda data: not (is_html(data) or _is_rtf(data)) and _is_nexis(_text_of(data), _LINE)),
    ("factiva", "text/html", (".html",), "press.factiva:read_factiva_page", _is_factiva),
    ("factiva", _RICH, (".rtf",), "press.factiva:read_factiva_rtf", _is_factiva_rtf),
    ("europresse", "text/html", (".html",), "press.europresse:read_europresse", _is_europresse),
    ("docx", _WORD, (".docx",), "word:read_docx", _is_docx),
    ("rtf", _RICH, (".rtf",), "word:read_rtf", _is_rtf),
)  # fmt: skip
_BY_NAME_TOO: Final = (
    ("markdown", "text/markdown", (".md", ".markdown"), "markdown:read_markdown", None),
    ("epub", "application/epub+zip", (".epub",), "epub:read_epub", _is_epub),
    ("pdf", "application/pdf", (".pdf",), "pdf.document:read_pdf", _is_pdf),
    ("web archive", "multipart/related", (".mhtml", ".mht"), "message:read_web_archive",
     _is_web_archive),
    ("message", "message/rfc822", (".eml",), "message:read_message", _is_message),
    ("ris", _RIS, (".ris",), "reading_list:read_ris", _is_ris),
    ("list", "application/json", (".json",), "reading_list:read_json", None),
    ("csl", _CSL, (".csljson",), "reading_list:read_csl", _is_csl),
    ("page", "text/html", (".html", ".htm"), "html.saved_page:read_html", is_html),
    ("table", "text/csv", (".csv", ".tsv"), "reading_list:read_csv", _is_article_table),
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
    """Return a file's format: by content, name, else plain text; raises InputError for none."""
    if len(data) > MAX_BYTES:
        raise too_large(name, len(data))
    if not data:
        raise InputError(f"{name}: the file is empty", "Check that the download was complete.")
    suffix = suffix_of(name)
    by_content = (row for row in FORMATS if row.is_content and row.is_content(data))
    by_name = (row for row in FORMATS if suffix in row.suffixes and not row.content_only)
    if (found := next(by_content, None)) is not None:
        return found
    for form, kind, hint in _OTHERS:
        if form.match(_ascii_head(data)):
            raise InputError(f"{name}: this is {kind}, not an article", hint)
    return next(by_name, _PLAIN)


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
    hint = "Split it into smaller ones."
    return InputError(f"{name}: the file holds more than {MOST_ARTICLES:,} articles", hint)
