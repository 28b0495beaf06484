"""Decodes bytes into text: byte order marks, encodings, and which files are no text at all.

Nothing is thrown away: a byte that its encoding does not define becomes the control character of
the same number, as browsers do it. Raises InputError, always with the file's name and a hint.
"""

import codecs
import re
import unicodedata
from contextlib import suppress
from typing import NamedTuple

from briefing.english.lexicon import read_lexicon
from briefing.errors import InputError

_SAMPLE = 65_536
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_AS_TEXT = "Save its text as .txt, .md or .html and add that."
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (rb"PK\x03\x04", "a ZIP archive or an office document", _AS_TEXT),
    (rb"PK\x05\x06", "an empty ZIP archive", _AS_TEXT),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document", _AS_TEXT),
    (rb"%!PS", "a PostScript document", _AS_TEXT),
    (rb"bplist00", "a web archive", "Save the page as HTML instead."),
    (rb"\x89PNG\r\n\x1a\n", "a PNG image", _AS_TEXT),
    (rb"\xff\xd8\xff", "a JPEG image", _AS_TEXT),
    (rb"GIF8", "a GIF image", _AS_TEXT),
    (rb"\x1f\x8b\x08", "a gzip archive", "Unpack it and add what is inside."),
    (rb"BZh91AY", "a bzip2 archive", "Unpack it and add what is inside."),
    (rb"\xfd7zXZ\x00", "an xz archive", "Unpack it and add what is inside."),
    (rb"7z\xbc\xaf'\x1c", "a 7-Zip archive", "Unpack it and add what is inside."),
    (rb"Rar!\x1a\x07", "a RAR archive", "Unpack it and add what is inside."),
    (rb"\x7fELF", "a program", _AS_TEXT),
    (rb"SQLite format 3\x00", "a database", _AS_TEXT),
    (rb"(?s)RIFF.{4}WEBP", "a WebP image", _AS_TEXT),
    (rb"(?s)RIFF.{4}WAVE", "a sound file", _AS_TEXT),
    (rb"(?s)(?:RIFF.{4}AVI |.{4}ftyp)", "a video", _AS_TEXT),
)
_ODD_CONTROLS = bytes(set(range(1, 32)) - set(b"\t\n\v\f\r\x1b"))
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_:.-]{2,40})")
_MAC_SIGN = re.compile(rb"[a-z]\xd5[a-z]|(?:^|\s)\xd2\w[^\xd2\xd3]{2,600}[a-z.,?!]\xd3(?!\w)")
"""Marks of Mac Roman, in other encodings capitals inside words and at their ends."""
_UNSEEN = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
"""Fillers that count as letters or signs and show nothing."""
_ESCAPED = re.compile("[\udc80-\udcff]")
"""What stands for a byte that is no UTF-8."""
_OF_MAC = "“”‘’–—…•«»‹›£€¥¢©®™°§†\xa0"
_HTML_SIGN = re.compile(rb"(?i)<(?:!doctype html|html|head|meta|body)\b")


class Decoded(NamedTuple):
    """The text of a file, its byte order mark left out, and the encoding it was read in."""

    text: str
    encoding: str


def decode(data: bytes, name: str) -> Decoded:
    """Return the text that `data` encodes, line feeds for all its line ends.

    `name` is the file's name for messages.

    Raises InputError for what is no text, and for a file in which nobody sees anything.
    """
    for signature, kind, hint in _SIGNATURES:
        if re.match(signature, data):
            raise InputError(f"{name}: this is {kind}, not a text", hint)
    decoded = _decode_marked(data) or _decode_unmarked_utf16(data)
    if decoded is None:
        _refuse_junk(data, name)
        decoded = _decode_bytes(data)
    text = _without_surrogates(decoded.text)
    if shows_nothing(text):
        raise InputError(f"{name}: the file holds only blanks", "There is nothing to add.")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, decoded.encoding)


def shows_nothing(text: str) -> bool:
    """Whether a text has only blanks, controls and characters that nobody sees."""
    return all(
        char.isspace() or char in _UNSEEN or unicodedata.category(char) in {"Cc", "Cf"}
        for char in text
    )


def _decode_marked(data: bytes) -> Decoded | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            body = data[len(bom) :]
            mended = _decode_utf8(body) if encoding == "utf-8" else None
            return mended or Decoded(body.decode(encoding, "replace"), encoding)
    return None


def _decode_unmarked_utf16(data: bytes) -> Decoded | None:
    """Take zero bytes at every other place for UTF-16, if it decodes without an odd character."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if max(even, odd) < 0.05 * half or min(even, odd) > 0.01 * half or len(data) % 2:
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    with suppress(UnicodeDecodeError):
        text = data.decode(encoding)
        odd_ones = sum(not (char.isprintable() or char.isspace()) for char in text[:_SAMPLE])
        return Decoded(text, encoding) if odd_ones <= 0.02 * len(text[:_SAMPLE]) else None
    return None


def _refuse_junk(data: bytes, name: str) -> None:
    """Refuse bytes in which NULs or control characters are more than a slip."""
    for sample in (data[:_SAMPLE], data):
        nulls = sample.count(0)
        controls = len(sample) - len(sample.translate(None, _ODD_CONTROLS))
        if nulls * 1000 > len(sample) or (controls + nulls) * 20 > len(sample):
            raise InputError(f"{name}: this is binary data, not a text", _AS_TEXT)


def _decode_bytes(data: bytes) -> Decoded:
    if decoded := _decode_utf8(data) or _decode_declared(data):
        return decoded
    with suppress(UnicodeError, LookupError):
        if (guess := _guess_encoding(data)) is not None:
            return Decoded(data.decode(guess), guess)
    return _decode_mac(data) or Decoded(_decode_windows_1252(data), "windows-1252")


def _decode_utf8(data: bytes) -> Decoded | None:
    """Decode UTF-8, a few damaged places forgiven: their bytes are read as Windows-1252."""
    with suppress(UnicodeDecodeError):
        return Decoded(data.decode("utf-8"), "utf-8")
    text = data.decode("utf-8", "surrogateescape")
    damaged = len(_ESCAPED.findall(text))
    sound = len(re.findall("[^\x00-\x7f\udc80-\udcff]", text))
    if sound < 4 * damaged:
        return None
    mended = _ESCAPED.sub(lambda one: _decode_windows_1252(bytes([ord(one[0]) - 0xDC00])), text)
    return Decoded(mended, "utf-8")


def _decode_mac(data: bytes) -> Decoded | None:
    """Decode Mac Roman where quote marks show it and every other byte is a letter or mark of it."""
    if not _MAC_SIGN.search(data):
        return None
    text = data.decode("mac-roman")
    high = {char for char in text if char > "\x7f"}
    return Decoded(text, "mac-roman") if all(c.isalpha() or c in _OF_MAC for c in high) else None


def _decode_windows_1252(data: bytes) -> str:
    with suppress(UnicodeDecodeError):
        return data.decode("windows-1252")
    each = (bytes([value]).decode("windows-1252", "ignore") or chr(value) for value in range(256))
    return data.decode("latin-1").translate(dict(enumerate(each)))


def _decode_declared(data: bytes) -> Decoded | None:
    head = data[:4096]
    found = _META_CHARSET.search(head) if _HTML_SIGN.search(head) else None
    codec = _codec_of(found[1].decode("ascii")) if found else None
    with suppress(UnicodeError):
        return Decoded(data.decode(codec), codec) if codec is not None else None
    return None


def as_utf8(data: bytes, label: str) -> tuple[bytes, str] | None:
    """Return a text as UTF-8 and its encoding where only the `label` tells it, else None."""
    codec = _codec_of(label) or (label if label in read_lexicon("ingest", "encodings") else None)
    told = _decode_marked(data) or _decode_utf8(data) or _decode_declared(data)
    with suppress(UnicodeError):
        if codec is not None and told is None:
            return codecs.BOM_UTF8 + data.decode(codec).encode(), codec
    return None


def _codec_of(label: str) -> str | None:
    """Return Python's name of the encoding with a label of the web, None for any other name."""
    tables = read_lexicon("ingest", "encodings").items()
    return next((codec for codec, labels in tables if label.lower() in labels), None)


def _guess_encoding(data: bytes) -> str | None:
    """Return a guess where most words are not Latin; typographic marks alone mean Windows-1252."""
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    if high * 10 < len(data):
        return None
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE].rsplit(b"\n", 1)[0] or data[:_SAMPLE]).best()
    return best.encoding if best is not None else None


def _without_surrogates(text: str) -> str:
    """Replace lone surrogates, which no file can hold, with U+FFFD."""
    with suppress(UnicodeEncodeError):
        text.encode()
        return text
    return re.sub("[\ud800-\udfff]", "\ufffd", text)
