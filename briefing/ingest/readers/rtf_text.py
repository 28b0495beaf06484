"""The paragraphs of a rich-text document in reading order, with its links and its outline.

striprtf reads the text. What it leaves out is carried through it as characters that the text of a
file cannot hold: where a link starts and ends, and the level of a heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from striprtf.striprtf import font_table_group, rtf_to_text

from briefing.errors import InputError
from briefing.ingest.readers.docx_text import Paragraph, trimmed

_START: Final = "\U0010fff0"
_END: Final = "\U0010fff1"
_LEVEL: Final = "\U0010fff2"
_MARK: Final = re.compile(f"({_START}\\d+;|{_END}|{_LEVEL}\\d)")
_TOKEN: Final = re.compile(
    r"\\[{}\\]|[{}]|\\fldrslt\b"
    r"|\bHYPERLINK\s{1,9}\"([^\"{}]{1,2000})\""
)
_LONGEST_FONTS: Final = 50_000
_HIGH: Final = re.compile(rb"[\x80-\xff]")


def read_rtf(data: bytes, name: str) -> tuple[Paragraph, ...]:
    """Read a document, a row of a table with tabs between its cells; raises InputError."""
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Bytes of the code page that the document names, which striprtf takes as escapes only.
        source = _HIGH.sub(lambda byte: b"\\'%02x" % byte[0][0], data).decode("ascii")
    if len(font_table_group(source)) > _LONGEST_FONTS:
        raise InputError(f"{name}: the document names too many fonts to be read")
    marked, urls = _mark_links(source)
    marked = re.sub(r"\\(?:nest)?cell\b", r"\\tab", marked)
    marked = re.sub(r"\\outlinelevel([0-8])(?!\d) ?", rf"\\outlinelevel\1 {_LEVEL}\1", marked)
    try:
        text = rtf_to_text(marked, errors="replace")
    except (ValueError, TypeError, OverflowError, LookupError) as error:
        raise InputError(f"{name}: the document is damaged ({error})", "Save it again.") from error
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    paragraphs = [_read_line(line, urls) for line in text.split("\n")]
    return tuple(paragraph for paragraph in paragraphs if paragraph.text)


def _mark_links(source: str) -> tuple[str, list[str]]:
    """Return the document with its links marked, and their addresses."""
    parts: list[str] = []
    urls: list[str] = []
    place = 0
    address: str | None = None
    groups: list[bool] = []
    for token in _TOKEN.finditer(source):
        mark = ""
        if token[0] == "{":
            groups.append(False)
        elif token[0] == "}":
            mark = _END if groups and groups.pop() else ""
        elif token[1]:
            address = token[1]
        elif address is not None and groups and token[0] == "\\fldrslt":
            groups[-1] = True
            mark = f"{_START}{len(urls)};"
            urls.append(address)
            address = None
        if mark:
            at = token.start() if mark != _END else token.end()
            parts += [source[place:at], mark]
            place = at
    parts.append(source[place:])
    # striprtf writes addresses into the text, and looks for them in more than linear time.
    return "".join(parts).replace("\\fldinst", "\\fldtype"), urls


def _read_line(line: str, addresses: Sequence[str]) -> Paragraph:
    """Make a paragraph of a line; a link that goes on in the next line ends with this one."""
    parts: list[str] = []
    spans: list[tuple[int, int, str]] = []
    opened: tuple[int, str] | None = None
    level: int | None = None
    length = 0
    for number, piece in enumerate(_MARK.split(line)):
        if number % 2 == 0:
            parts.append(piece)
            length += len(piece)
        elif piece[0] == _START:
            opened = length, addresses[int(piece[1:-1])]
        elif piece[0] == _LEVEL:
            level = int(piece[1]) + 1
        elif opened is not None:
            spans.append((opened[0], length, opened[1]))
            opened = None
    if opened is not None:
        spans.append((opened[0], length, opened[1]))
    text, _, links = trimmed("".join(parts), spans)
    return Paragraph(text, level=level, links=links)
