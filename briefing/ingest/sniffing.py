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
_RIS = re.compile(rb"(?m)^TY  ?- [A-Z]{3,6}[ \t]*\r?$")
_CSL = re.compile(
    rb"\s*[\[{].{0,60000}?\"(?:date-parts|container-title|citation-key)\"\s*:", re.DOTALL
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


def _ascii_head(data: bytes) -> bytes:
    """Return the beginning of a file without a byte order mark, and without the zeros of UTF-16."""
    head = data[:_HEAD]
    text = _BYTE_ORDER_MARK.sub(b"", head, count=1) if head[:1] > b"\x7f" else head
    return text.replace(b"\0", b"")
