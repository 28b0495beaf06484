"""How the exports of press databases are told: by the marks that each sets around its articles."""

from __future__ import annotations

import functools
import io
import re
import zipfile
from typing import Final

from briefing.ingest.lines.press_words import press_words
from briefing.ingest.sniffing import is_html, is_rtf
from briefing.ingest.zip_faults import ZIP_FAULTS, has_too_many_entries

_SEEN: Final = 1_048_576
"""The first article may stand far behind the styles of a page or the list on a cover."""
_DEEP: Final = 4 * _SEEN
_LINE: Final = rb"(?m)^[ \t]*(?:%s)[ \t\r]*$"
_CELL: Final = rb">\s*(?:%s)\s*<"
_RICH: Final = rb"(?<!\w)(?:%s)(?!\w)"
_FACTIVA: Final = re.compile(rb"class=[\"']article [a-z]{2,5}Article[\"']")
_FACTIVA_NUMBER: Final = re.compile(rb"(?<!\w)[A-Z][A-Z0-9]{5,9}\d{8}[a-z0-9]{6,12}(?!\w)")
_RULE: Final = re.compile(rb"(?m)^[ \t]*_{20,}[ \t\r]*$")
_EUROPRESSE: Final = re.compile(rb"class=[\"']?DocPublicationName\b")


def is_nexis_word(data: bytes) -> bool:
    """Whether a Word document is an export of Nexis."""
    if not data.startswith(b"PK\x03\x04") or has_too_many_entries(data):
        return False
    return _is_nexis(_document_of(data), _CELL)


def is_nexis_rtf(data: bytes) -> bool:
    """Whether a rich-text document is an export of Nexis."""
    return is_rtf(data) and _is_nexis(data[:_DEEP], _RICH)


def is_nexis_page(data: bytes) -> bool:
    """Whether a page is an export of Nexis."""
    return is_html(data) and _is_nexis(data[:_SEEN], _CELL)


def is_nexis_text(data: bytes) -> bool:
    """Whether a text is an export of Nexis."""
    return not (is_html(data) or is_rtf(data)) and _is_nexis(_text_of(data), _LINE)


def is_factiva_page(data: bytes) -> bool:
    """Whether a page is an export of Factiva."""
    return is_html(data) and _FACTIVA.search(data[:_DEEP]) is not None


def is_factiva_rtf(data: bytes) -> bool:
    """Whether a rich-text document is an export of Factiva."""
    seen = data[:_DEEP]
    return is_rtf(data) and b"Factiva" in seen and _FACTIVA_NUMBER.search(seen) is not None


def is_proquest(data: bytes) -> bool:
    """Whether a text is an export of ProQuest."""
    if is_html(data):
        return False
    seen = _text_of(data)
    if b"proquest" not in seen.lower() or _RULE.search(seen) is None:
        return False
    return _field("publisher").search(seen) is not None or _field("body").search(seen) is not None


def is_europresse(data: bytes) -> bool:
    """Whether a page is an export of Europresse."""
    return is_html(data) and _EUROPRESSE.search(data[:_SEEN]) is not None


def _is_nexis(seen: bytes, shape: bytes) -> bool:
    """Whether articles are numbered and have a length, or end at a mark and have one for the text.

    `shape` is how a line of its own looks in the format. A text about exports may show a line of
    one; in plain text the length must open a line as well.
    """
    number, size, end, opening = (pattern.search for pattern in _patterns(shape))
    if shape == _LINE:
        told = number(seen) or (end(seen) and opening(seen))
        return bool(told and _field("words").search(seen))
    if number(seen) and size(seen):
        return True
    return bool(end(seen) and (opening(seen) or (shape == _RICH and size(seen))))


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
    """Return the beginning of a Word document's text as XML, nothing for other archives."""
    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as archive,
            archive.open("word/document.xml") as stream,
        ):
            return stream.read(_DEEP)
    except (KeyError, *ZIP_FAULTS):
        return b""
