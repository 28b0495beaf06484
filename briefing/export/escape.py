"""Text -> Markdown that renders as that text: every sign a Markdown reader would obey is escaped.

It knows CommonMark, GitHub's and Obsidian's additions and Pandoc's. What comes out stands on one
line: line feeds and tabs are character references, which a renderer turns back; characters that a
screen would obey are signs. Pandoc's `smart` extension, which replaces straight
marks by typographic ones, cannot be switched off from within a text: read with `markdown-smart`.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from briefing.visible import copied

_ACTIVE = re.compile(
    r"""[\\`*_{}\[\]<>#|~^$@&]  # emphasis, code, links, HTML, tags, tables, mathematics, citations
    | :(?=[^\s\d])              # addresses, emoji names, inline fields
    | (?<=[Ww]{3})\. | (?<=\w)\.(?=[^\W\d_]{2})   # addresses without a scheme
    | %(?=%) | (?<=%)%          # comments in Obsidian
    | =(?==) | (?<==)=          # highlights in Obsidian
    | !\Z                       # a footnote's bracket may follow: no image
    """,
    re.VERBOSE,
)
_STARTS_BLOCK = re.compile(r"[-+=:%]")
_ENUMERATES = re.compile(r"(\(?(?:[0-9]+|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+))(?=[.)](?:\s|\Z))")
_PATH = re.compile(r"\s*(?:file:|[a-z]:[/\\]|~|[/\\])", re.IGNORECASE)
_URL_SAFE = "/:?=&%#,;.!~@$+-_"


def escape(text: str) -> str:
    """Return Markdown for `text` in the middle of a line, a table cell or a heading."""
    escaped = _ACTIVE.sub(r"\\\g<0>", copied(text))
    return _keep_edges(escaped).replace("\n", "&#10;").replace("\t", "&#9;")


def escape_line(text: str) -> str:
    """Return Markdown for `text` where a line begins: no list, heading or rule starts there."""
    escaped = escape(text)
    if _STARTS_BLOCK.match(escaped):
        return "\\" + escaped
    return _ENUMERATES.sub(r"\1\\", escaped, count=1) if _ENUMERATES.match(escaped) else escaped


def escape_prose(text: str) -> str:
    """Return Markdown for the analyst's own prose: its paragraphs and lines stay as they are."""
    lines = (line.strip(" \t\r") for line in text.strip().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(escape_line(line) for line in lines))


def web_link(url: str | None) -> str | None:
    """Return `<url>` for an address of the web, escaped text for others that are no paths."""
    if url is None:
        return None
    if _is_path(url):
        return "stored with the path of a file, which is left out"
    if not _is_web_address(url):
        return f"{escape(url)} (not a web address)"
    return f"<{quote(url, safe=_URL_SAFE)}>"


def _is_path(url: str) -> bool:
    """Whether an address is one of a file on somebody's machine."""
    return _PATH.match(url) is not None


def _keep_edges(text: str) -> str:
    """Return `text` with blanks at its edges as character references: renderers strip blanks."""
    if not text:
        return text
    first, last = _as_reference(text[0]), _as_reference(text[-1])
    return first if len(text) == 1 else first + text[1:-1] + last


def _as_reference(character: str) -> str:
    return f"&#{ord(character)};" if character.isspace() else character


def _is_web_address(url: str) -> bool:
    if not url.isprintable() or any(character.isspace() for character in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
