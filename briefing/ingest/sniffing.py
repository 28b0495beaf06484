"""How the files of a format are told by what they hold: each function answers for one kind.

All look at a bounded stretch of the bytes, so that asking costs the same for every size. Exports of
press databases are told by the marks that each sets around its articles.
"""

from __future__ import annotations

import functools
import io
import re
import zipfile
import zlib
from typing import Final

from briefing.ingest.lines.press_words import press_words

_HEAD = 65_536
_HTML = re.compile(
    rb"(?i)\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<!--[^>]{0,2000}-->\s{0,200}){0,5}"
    rb"<(?:!doctype html|html|head|body)\b"
)
_MAIL_HEAD = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{0,70}:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_FIELD_NAME = re.compile(rb"(?m)^([A-Za-z][A-Za-z0-9-]{0,70}):")
_SENT = frozenset([b"mime-version", b"message-id", b"received", b"return-path", b"content-type"])
_ADDRESSED = frozenset([b"to", b"cc", b"bcc", b"received", b"delivered-to", b"message-id"])
_RIS = re.compile(rb"(?m)^TY  ?- [A-Z]{3,6}[ \t]*\r?$")
_CSL = re.compile(
    rb"\s*[\[{].{0,60000}?\"(?:date-parts|container-title|citation-key)\"\s*:", re.DOTALL
)
_AS_TEXT = "Save what is said in it as a text, and add that."
_XML = (
    rb"(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<!(?:--|doctype)[^>]{0,2000}>\s{0,200}){0,5}<(?:%s)[\s>]"
)
_OTHERS = tuple(
    (re.compile(rb"(?i)\s{0,200}" + pattern), kind, hint)
    for pattern, kind, hint in (
        (
            _XML % b"rss|feed|rdf:rdf",
            "a feed",
            "Add its address: briefing feeds NAME --add ADDRESS",
        ),
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
_CELL: Final = rb">\s*(?:%s)\s*<"
_RICH: Final = rb"(?<!\w)(?:%s)(?!\w)"
_FACTIVA_NUMBER: Final = re.compile(rb"(?<!\w)[A-Z][A-Z0-9]{5,9}\d{8}[a-z0-9]{6,12}(?!\w)")
_RULE: Final = re.compile(rb"(?m)^[ \t]*_{20,}[ \t\r]*$")


def is_html(data: bytes) -> bool:
    """Whether a file begins as a page does, in any encoding that keeps ASCII, UTF-16 included."""
    return _HTML.match(_ascii_head(data)) is not None


def is_ris(data: bytes) -> bool:
    """Whether a file holds references in RIS: the type of one opens a line near its beginning."""
    return _RIS.search(_ascii_head(data)[:4_000]) is not None


def is_csl(data: bytes) -> bool:
    """Whether a file is JSON with the names that CSL gives to the parts of references."""
    return _CSL.match(_ascii_head(data)) is not None


def is_article_table(data: bytes) -> bool:
    """Whether a file begins with a line that names columns of articles."""
    from briefing.ingest.readers.reading_list import is_table_of_articles

    head = _ascii_head(data)[:8_000].decode("utf-8", "replace")
    return is_table_of_articles(head.replace("\r\n", "\n").replace("\r", "\n"))


def find_other_kind(data: bytes) -> tuple[str, str] | None:
    """Return what a text of marks for a program is, and what to do with it; None for any other."""
    head = _ascii_head(data)[:8_000]
    return next(((kind, hint) for form, kind, hint in _OTHERS if form.match(head)), None)


def _ascii_head(data: bytes) -> bytes:
    """Return the beginning of a file without a byte order mark, and without the zeros of UTF-16."""
    head = data[:_HEAD]
    text = _BYTE_ORDER_MARK.sub(b"", head, count=1) if head[:1] > b"\x7f" else head
    return text.replace(b"\0", b"")


def is_pdf(data: bytes) -> bool:
    """Whether a file begins as a PDF does; some have a few bytes of a mail or a server before."""
    return b"%PDF-" in data[:1024]


def holds(member: bytes, data: bytes) -> bool:
    """Whether a ZIP archive names a member at its start or in the directory at its end."""
    ends = (data[:_HEAD], data[-_HEAD:])
    return data.startswith(b"PK\x03\x04") and any(member in end for end in ends)


def is_rtf(data: bytes) -> bool:
    """Whether a file begins as a rich-text document does."""
    return data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def is_message(data: bytes) -> bool:
    """Whether a file begins with the head of a mail as it was sent, not with a copy of its text."""
    fields = _mail_fields(data)
    return b"from" in fields and not fields.isdisjoint(_SENT)


def is_web_archive(data: bytes) -> bool:
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


ZIP_FAULTS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)


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


def shows(mark: bytes, data: bytes) -> bool:
    """Whether a page shows the mark of a press database, a pattern, near its beginning."""
    return is_html(data) and re.search(mark, data[:_DEEP]) is not None


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
