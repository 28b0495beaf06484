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
_BYTE_ORDER_MARK = re.compile(rb"\xef\xbb\xbf|\xff\xfe|\xfe\xff")


def is_html(data: bytes) -> bool:
    """Whether a file begins as a page does, in any encoding that keeps ASCII, UTF-16 included."""
    head = data[:_HEAD]
    text = _BYTE_ORDER_MARK.sub(b"", head, count=1) if head[:1] > b"\x7f" else head
    return _HTML.match(text.replace(b"\0", b"")) is not None
