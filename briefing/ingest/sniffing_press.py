"""How the exports of press databases are told: by the marks that each sets around its articles."""

from __future__ import annotations

import io
import re
from typing import Final

from briefing.ingest.sniffing import is_html

_SEEN: Final = 1_048_576
"""The first article may stand far behind the styles of a page or the list on a cover."""
_DEEP: Final = 4 * _SEEN
_ENTRY: Final = b"PK\x01\x02"
_MOST_ENTRIES: Final = 20_000
_NUMBERED: Final = (
    rb"\d{1,6} of \d{1,6} DOCUMENTS?|Dokument \d{1,6} von \d{1,6}"
    rb"|Document \d{1,6} (?:de|sur) \d{1,6}"
)
_END: Final = (
    rb"(?:End of Document|Ende des Dokuments|Fin du document|Fin del documento|Fine del documento"
    rb"|Fim do documento|Einde van document)"
)
_BODY: Final = rb"(?:Body|Text|Rumpf|Corps|Cuerpo|Corpo)"
_NUMBER_LINE: Final = re.compile(rb"(?m)^[ \t]*(?:" + _NUMBERED + rb")[ \t\r]*$")
_NUMBER_CELL: Final = re.compile(rb">\s*(?:" + _NUMBERED + rb")\s*<")
_NUMBER_RICH: Final = re.compile(rb"(?<!\w)(?:" + _NUMBERED + rb")(?!\w)")
_END_LINE: Final = re.compile(rb"(?mi)^[ \t]*" + _END + rb"[ \t\r]*$")
_BODY_LINE: Final = re.compile(rb"(?mi)^[ \t]*" + _BODY + rb"[ \t\r]*$")
_END_CELL: Final = re.compile(rb"(?i)>\s*" + _END + rb"\s*<")
_BODY_CELL: Final = re.compile(rb"(?i)>\s*" + _BODY + rb"\s*<")
_END_RICH: Final = re.compile(rb"(?i)(?<!\w)" + _END + rb"\s*(?=[\\}])")
_LENGTH: Final = re.compile(rb"(?i)(?<!\w)(?:length|l\S{1,6}nge|longueur|longitud|lunghezza)\s?:")
_FACTIVA: Final = re.compile(rb"class=[\"']article [a-z]{2,5}Article[\"']")
_FACTIVA_NUMBER: Final = re.compile(rb"(?<!\w)[A-Z][A-Z0-9]{5,9}\d{8}[a-z0-9]{6,12}(?!\w)")
_RULE: Final = re.compile(rb"(?m)^[ \t]*_{20,}[ \t\r]*$")
_EUROPRESSE: Final = re.compile(rb"class=[\"']?DocPublicationName\b")


def is_nexis_word(data: bytes) -> bool:
    """Whether a Word document is an export of Nexis."""
    if not data.startswith(b"PK\x03\x04") or data.count(_ENTRY) > _MOST_ENTRIES:
        return False
    seen = _document_of(data)
    return _has(_END_CELL, _BODY_CELL, seen) or _has(_NUMBER_CELL, _LENGTH, seen)


def is_nexis_rtf(data: bytes) -> bool:
    """Whether a rich-text document is an export of Nexis."""
    seen = data[:_DEEP]
    return _is_rich(data) and (_has(_END_RICH, _LENGTH, seen) or _has(_NUMBER_RICH, _LENGTH, seen))


def is_nexis_page(data: bytes) -> bool:
    """Whether a page is an export of Nexis."""
    seen = data[:_SEEN]
    return is_html(data) and (
        _has(_NUMBER_CELL, _LENGTH, seen) or _has(_END_CELL, _BODY_CELL, seen)
    )


def is_nexis_text(data: bytes) -> bool:
    """Whether a text is an export of Nexis."""
    seen = _text_of(data)
    return not (is_html(data) or _is_rich(data)) and (
        _has(_NUMBER_LINE, _LENGTH, seen) or _has(_END_LINE, _BODY_LINE, seen)
    )


def is_factiva_page(data: bytes) -> bool:
    """Whether a page is an export of Factiva."""
    return is_html(data) and _FACTIVA.search(data[:_DEEP]) is not None


def is_factiva_rtf(data: bytes) -> bool:
    """Whether a rich-text document is an export of Factiva."""
    seen = data[:_DEEP]
    return _is_rich(data) and b"Factiva" in seen and _FACTIVA_NUMBER.search(seen) is not None


def is_proquest(data: bytes) -> bool:
    """Whether a text is an export of ProQuest."""
    seen = _text_of(data)
    return b"proquest" in seen.lower() and _RULE.search(seen) is not None and not is_html(data)


def is_europresse(data: bytes) -> bool:
    """Whether a page is an export of Europresse."""
    return is_html(data) and _EUROPRESSE.search(data[:_SEEN]) is not None


def _has(one: re.Pattern[bytes], other: re.Pattern[bytes], data: bytes) -> bool:
    return one.search(data) is not None and other.search(data) is not None


def _is_rich(data: bytes) -> bool:
    return data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def _text_of(data: bytes) -> bytes:
    """Return the beginning of a text without the zero bytes that UTF-16 has between its letters."""
    return data[:_SEEN].replace(b"\0", b"")


def _document_of(data: bytes) -> bytes:
    """Return the beginning of a Word document's text as XML, nothing for other archives."""
    import zipfile
    import zlib

    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as archive,
            archive.open("word/document.xml") as stream,
        ):
            return stream.read(_DEEP)
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, RuntimeError, EOFError):
        return b""
