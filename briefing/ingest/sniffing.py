"""How the files of a format are told by what they hold: each function answers for one kind.

All look at a bounded stretch of the bytes, so that asking costs the same for every size.
"""

from __future__ import annotations

import re

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


def is_docx(data: bytes) -> bool:
    """Whether a file is an archive with the text of a Word document in it."""
    return _holds(data, b"word/document.xml")


def is_epub(data: bytes) -> bool:
    """Whether a file is an archive with the package of a book in it."""
    return _holds(data, b"META-INF/container.xml")


def _holds(data: bytes, member: bytes) -> bool:
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
