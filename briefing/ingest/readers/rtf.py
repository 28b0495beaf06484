"""The paragraphs of rich-text documents, read by striprtf.

What that leaves out is carried through it as characters that the text of a file cannot hold: where
a link starts and ends, and the level of a heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from striprtf.striprtf import font_table_group, rtf_to_text

from briefing.errors import InputError
from briefing.ingest.blocks import Block, BlockForm
from briefing.ingest.lines.urls import link_target
from briefing.ingest.readers.paragraphs import is_item
from briefing.model import Link

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


def rtf_blocks(data: bytes, name: str) -> list[Block]:
    """Return the paragraphs of a document, a row of a table with tabs between its cells.

    Their `place` is that in the outline from 1, 0 outside it. Raises InputError.
    """
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
    blocks = [_read_line(line, urls) for line in text.split("\n")]
    return [block for block in blocks if block.text]


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


def _read_line(line: str, addresses: Sequence[str]) -> Block:
    """Make a block of a line; a link that goes on in the next line ends with this one."""
    text = ""
    links: list[Link] = []
    opened: tuple[int, str] | None = None
    level = 0
    for piece in (*_MARK.split(line), _END):
        if piece[:1] == _START:
            opened = len(text), addresses[int(piece[1:-1])]
        elif piece[:1] == _LEVEL:
            level = int(piece[1]) + 1
        elif piece != _END:
            text += piece
        elif opened is not None:
            links.append(Link(start=opened[0], end=len(text), url=link_target(opened[1])))
            opened = None
    form: BlockForm = "heading" if level else "list" if is_item(text.strip()) else "text"
    kept = tuple(link for link in links if link.url)
    return Block(text, form, kept, place=level).stretch(0)
