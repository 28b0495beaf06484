"""Text -> Markdown that renders as that text: every sign a Markdown reader would obey is escaped.

YAML front matter is written without a YAML library: every text is a double-quoted scalar.

It knows CommonMark, GitHub's and Obsidian's additions and Pandoc's. What comes out stands on one
line: a line end is a blank, as renderers show it; blanks at the edges, tabs and characters that
would turn the direction of writing are character references, which a renderer turns back. Control
characters, which no reference can name, are left out and counted. Pandoc's `smart` extension, which
replaces straight marks by typographic ones, cannot be switched off from within a text: read with
`markdown-smart`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote, urlsplit

from briefing.visible import copied

_ACTIVE = re.compile(
    r"""[\\`*_{}\[\]<>#|~^$@&]  # emphasis, code, links, HTML, tags, tables, mathematics, citations
    | :(?=[^\s\d])              # addresses, emoji names, inline fields
    | (?<=[Ww]{3})\. | (?<=\w)\.(?=[^\W\d_]{2})   # addresses without a scheme
    | /(?=/)                    # addresses that begin with two strokes
    | %(?=%) | (?<=%)%          # comments in Obsidian
    | =(?==) | (?<==)=          # highlights in Obsidian
    | !\Z                       # a footnote's bracket may follow: no image
    """,
    re.VERBOSE,
)
_STARTS_BLOCK = re.compile(r"[-+=:%]")
_ENUMERATES = re.compile(r"(\(?(?:[0-9]+|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+))(?=[.)](?:\s|\Z))")
_LINE_END = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")
_LOST = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""What CommonMark has no way to carry, or a terminal would obey."""
_REFERENCES = {
    code: f"&#{code};"
    for low, high in (
        (0x09, 0x09), (0x061C, 0x061C), (0x200E, 0x200F), (0x2028, 0x202E), (0x2066, 0x206F),
        (0xFFF9, 0xFFFB), (0xE0000, 0xE007F),
    )
    for code in range(low, high + 1)
}  # fmt: skip
"""Characters that stand by their number: what would reorder the words around a quote, too."""

_YAML_ESCAPES = {ord('"'): '\\"', ord("\\"): "\\\\", ord("\n"): "\\n", ord("\t"): "\\t"}
_YAML_REFUSED = {code: f"\\u{code:04X}" for code in (0xFEFF, 0xFFFE, 0xFFFF)}
"""Code points that YAML does not allow as they are."""

_Span = tuple[int, int]
_PATH = re.compile(r"\s*(?:file:|[a-z]:[/\\]|~|[/\\])", re.IGNORECASE)
_URL_SAFE = "/:?=&%#,;.!~@$+-_"
WHOLE_WORDS = 8
"""Words of at most this number stand whole in a link; of more only the first and last ones."""
LEAST_WORDS = 4
MOST_WORDS = 12
"""The words at either end of a long passage: as many as it takes to find no other place."""


def carried(text: str) -> str:
    """Return `text` as Markdown can hold it: line ends as blanks, without control characters."""
    return _LOST.sub("", _LINE_END.sub(" ", text))


def count_lost(text: str) -> int:
    """Return how many characters of `text` an export leaves out."""
    return len(_LOST.findall(text))


def escape(text: str) -> str:
    """Return Markdown for `text` in the middle of a line, a table cell or a heading."""
    return _escape(carried(text), [])


def escape_marked(text: str, marks: Iterable[_Span]) -> str:
    """Return Markdown for `text` with its spans `marks` in bold.

    Where Markdown cannot begin or end bold at a mark's edge, the words that it cuts are all bold.
    """
    whole = carried(text)
    places = [
        (min(_places(text, start, whole)), max(_places(text, end, whole))) for start, end in marks
    ]
    return _escape(whole, list(_bold_spans(whole, places)))


def _places(text: str, at: int, whole: str) -> tuple[int, int]:
    """Return where a place of `text` is in what is carried, before and behind blanks made one."""
    # Cut within such blanks, both sides carry one of their own.
    return len(carried(text[:at])), max(len(whole) - len(carried(text[at:])), 0)


def _escape(text: str, bold: Iterable[_Span]) -> str:
    """Return Markdown for carried text: a backslash before each active sign, bold where asked."""
    signs = [(place, 0, "**") for span in bold for place in span]
    signs += [(match.start(), 1, "\\") for match in _ACTIVE.finditer(text)]
    pieces: list[str] = []
    at = 0
    for place, _, sign in sorted(signs):
        pieces += [text[at:place].translate(_REFERENCES), sign]
        at = place
    made = "".join([*pieces, text[at:].translate(_REFERENCES)])
    # Renderers strip blanks at the edges.
    first, last = _as_reference(made[:1]), _as_reference(made[1:][-1:])
    return first + made[1:-1] + last


def _bold_spans(text: str, marks: Iterable[_Span]) -> Iterator[_Span]:
    """Yield the spans to set in bold, without blanks at their edges, those that touch as one."""
    last: _Span | None = None
    for start, end in sorted(marks):
        inside = text[start:end]
        begin = start + len(inside) - len(inside.lstrip())
        stop = begin + len(inside.strip())
        if begin == stop:
            continue
        while begin and not (text[begin].isalnum() or _parts(text[begin - 1])):
            begin -= 1
        while stop < len(text) and not (text[stop - 1].isalnum() or _parts(text[stop])):
            stop += 1
        if last is not None and begin <= last[1]:
            last = last[0], max(stop, last[1])
            continue
        if last is not None:
            yield last
        last = begin, stop
    if last is not None:
        yield last


def _parts(character: str) -> bool:
    """Whether bold may begin or end beside a character, whatever stands on the other side."""
    return character.isspace() or unicodedata.category(character).startswith("P")


def escape_line(text: str) -> str:
    """Return Markdown for `text` where a line begins: no list, heading or rule starts there."""
    return at_line_start(escape(text))


def at_line_start(escaped: str) -> str:
    """Return escaped Markdown so that no list, heading or rule starts where it opens a line."""
    if _STARTS_BLOCK.match(escaped):
        return "\\" + escaped
    return _ENUMERATES.sub(r"\1\\", escaped, count=1) if _ENUMERATES.match(escaped) else escaped


def escape_prose(text: str) -> str:
    """Return Markdown for the analyst's own prose: its paragraphs and lines stay as they are."""
    lines = (line.strip(" \t\r") for line in text.strip().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(escape_line(line) for line in lines))


def _as_reference(character: str) -> str:
    return f"&#{ord(character)};" if character.isspace() else character


def front_matter(fields: Mapping[str, str | int | Sequence[str] | None]) -> str:
    """Return the fields between two fences; those that are None are left out.

    The names are ours and are written as they are; texts are quoted, sequences are flow lists.
    """
    lines = [f"{name}: {_value(value)}" for name, value in fields.items() if value is not None]
    return "\n".join(["---", *lines, "---"])


def scalar(text: str) -> str:
    """Return `text` as a YAML scalar that reads as that text, but for what a screen would obey.

    Both YAML 1.1 and 1.2 read it as a string, whatever it looks like.
    """
    return f'"{copied(text).translate(_YAML_ESCAPES | _YAML_REFUSED)}"'


def _value(value: str | int | Sequence[str]) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return scalar(value)
    return f"[{', '.join(scalar(item) for item in value)}]"


def web_address(url: str | None) -> str | None:
    """Return an address of the web, percent-encoded; None for any other, such as a file's."""
    if url is None or not url.isprintable() or any(character.isspace() for character in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    return quote(url, safe=_URL_SAFE)


def web_link(url: str | None) -> str | None:
    """Return `<url>` for an address of the web, escaped text for others that are no paths."""
    if url is None:
        return None
    address = web_address(url)
    if address is not None:
        return f"<{address}>"
    if _PATH.match(url) is not None:
        return "an address on a machine, left out"
    return f"{escape(url)} (not a web address)"


def link_to_words(url: str | None, text: str, start: int, end: int) -> str | None:
    """Return the address that opens a page at `text[start:end]`, `text` being all of its words.

    None without an address of the web, or without words.
    """
    address = web_address(url)
    words = text[start:end].split()
    if address is None or not words:
        return None
    before = text[:start].split()
    page = " ".join(text.split())
    at = len(" ".join(before)) + (bool(before) and text[start - 1].isspace())
    base, _, anchor = address.partition("#")
    directive = _directive(page, at, words, before)
    return f"{base}#{anchor.partition(':~:')[0]}:~:text={directive}"


def _directive(page: str, at: int, words: list[str], before: list[str]) -> str:
    """Return the terms of a text fragment whose first match is the words at `at` of the page."""
    if len(words) <= WHOLE_WORDS:
        first, last = " ".join(words), None
    else:
        first = _shortest_unique(page, words, at)
        last = _shortest_end(page, words, at, len(first))
    terms = _encode(first) + (f",{_encode(last)}" if last else "")
    if page.find(first) == at or not before:
        return terms
    return f"{_encode(' '.join(before[-LEAST_WORDS:]))}-,{terms}"


def _shortest_unique(page: str, words: list[str], at: int) -> str:
    most = min(len(words) - LEAST_WORDS, MOST_WORDS)
    starts = (" ".join(words[:count]) for count in range(LEAST_WORDS, most + 1))
    return next((start for start in starts if page.find(start) == at), " ".join(words[:most]))


def _shortest_end(page: str, words: list[str], at: int, taken: int) -> str:
    """Return the last words, as many as it takes to find their first match behind the start."""
    stop = at + len(" ".join(words))
    ends = [" ".join(words[-count:]) for count in range(LEAST_WORDS, MOST_WORDS + 1)]
    found = (end for end in ends if page.find(end, at + taken) == stop - len(end))
    return next(found, ends[-1])


def _encode(words: str) -> str:
    return quote(words, safe="", errors="replace").replace("-", "%2D")
