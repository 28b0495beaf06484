"""The paragraphs of Word and rich-text documents in reading order, with what markup says of each.

Text in boxes and cells is read where it stands. Left out is what Word does not show as text of the
page: deleted passages, codes of fields, running heads. Rich text is read by striprtf; what that
leaves out is carried through it as characters that the text of a file cannot hold: where a link
starts and ends, and the level of a heading.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from striprtf.striprtf import font_table_group, rtf_to_text

from briefing.errors import InputError
from briefing.ingest.lines.urls import link_target
from briefing.ingest.readers.packages import Package
from briefing.model import Link

_PARTS: Final = ("document", "footnotes", "endnotes")
_SIGNS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "‑"}
_UNSEEN: Final = frozenset(
    ["del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr", "sectPr", "tblPr", "tcPr"]
)
_BLANKS: Final = " \t\n\r\f"
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


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a row of a table with tabs between its cells.

    `style` is its style's name in lower case ("heading 1", "title"), `level` its place in the
    outline from 1, None outside it. `label` is the length of its opening stretch in bold.
    """

    text: str
    style: str = ""
    level: int | None = None
    label: int = 0
    links: tuple[Link, ...] = ()
    is_list: bool = False
    is_row: bool = False


class DocxText(NamedTuple):
    """The paragraphs of a document, its notes, and its properties (`title`, `creator`, …)."""

    paragraphs: tuple[Paragraph, ...]
    notes: tuple[Paragraph, ...]
    properties: Mapping[str, str]


def read_docx(data: bytes, name: str) -> DocxText:
    """Read a document; raises InputError, naming the file, where it is damaged or too large."""
    package = Package(data, name)
    if "word/document.xml" not in package.names:
        raise InputError(f"{name}: this is no Word document", "Save it as .docx and add that.")
    styles = _read_styles(package.read_xml("word/styles.xml"))
    text, *notes = (_read_part(package, part, styles) for part in _PARTS)
    core = package.read_xml("docProps/core.xml")
    stated = {_tag(each): (each.text or "").strip() for each in (core if core is not None else ())}
    properties = {key: value for key, value in stated.items() if value}
    return DocxText(text, tuple(itertools.chain(*notes)), properties)


def _read_part(package: Package, part: str, styles: Mapping[str, _Style]) -> tuple[Paragraph, ...]:
    root = package.read_xml(f"word/{part}.xml")
    return () if root is None else _paragraphs(root, styles, _targets(package, part))


class _Style(NamedTuple):
    name: str
    level: int | None


def _read_styles(root: Any) -> dict[str, _Style]:
    """Map the ids of styles to their names and levels; a style without one has its base's."""
    found: dict[str, tuple[str, int | None, str]] = {}
    for style in root if root is not None else ():
        if _tag(style) == "style":
            level = _level(_child(style, "pPr"))
            name = _value(_child(style, "name")).lower()
            found[_get(style, "styleId")] = name, level, _value(_child(style, "basedOn"))
    styles: dict[str, _Style] = {}
    for key, (name, own, above) in found.items():
        level, base = own, above
        for _ in range(10):
            if level is not None or base not in found:
                break
            _, level, base = found[base]
        styles[key] = _Style(name, level)
    return styles


def _targets(package: Package, part: str) -> dict[str, str]:
    """Map the ids that a part's links have to their addresses."""
    root = package.read_xml(f"word/_rels/{part}.xml.rels")
    return {
        each.get("Id", ""): each.get("Target", "")
        for each in (root if root is not None else ())
        if each.get("TargetMode") == "External"
    }


def _paragraphs(
    root: Any, styles: Mapping[str, _Style], targets: Mapping[str, str]
) -> tuple[Paragraph, ...]:
    read: list[Paragraph] = []
    for element in _text_elements(root):
        if _tag(element) == "p":
            made = _read_paragraph(element, styles, targets)
            read += [made] if made.text else []
            continue
        cells = [cell for cell in element if _tag(cell) == "tc"]
        inside = [_paragraphs(cell, styles, targets) for cell in cells]
        if len(cells) < 2:
            read += [paragraph for cell in inside for paragraph in cell]
        else:
            read += _join_cells(inside)
    return tuple(read)


def _join_cells(cells: list[tuple[Paragraph, ...]]) -> list[Paragraph]:
    """Make one paragraph of the cells of a row."""
    parts: list[str] = []
    links: list[Link] = []
    length = 0
    for cell in cells:
        for place, paragraph in enumerate(cell):
            if parts:
                parts.append("\n" if place else "\t")
                length += 1
            links += [
                Link(start=length + link.start, end=length + link.end, url=link.url)
                for link in paragraph.links
            ]
            parts.append(paragraph.text)
            length += len(paragraph.text)
    return [Paragraph("".join(parts), links=tuple(links), is_row=True)] if parts else []


def _text_elements(root: Any) -> Iterator[Any]:
    """Yield the paragraphs and rows below an element that no other of them holds, in order."""
    todo = list(reversed(root))
    while todo:
        element = todo.pop()
        tag = _tag(element)
        if tag in {"tr", "p"}:
            yield element
        if tag == "p":
            boxes = [each for each in element.iter() if _tag(each) == "txbxContent"]
            todo.extend(reversed([box for box in boxes if not _is_copy(box, element)]))
        elif tag not in {"tr", *_UNSEEN}:
            todo.extend(reversed(element))


def _is_copy(box: Any, paragraph: Any) -> bool:
    """Whether a box repeats another for older programs, or stands inside another."""
    for above in box.iterancestors():
        if above is paragraph:
            return False
        if _tag(above) in {"Fallback", "txbxContent"}:
            return True
    return False


@dataclass(slots=True)
class _Writer:
    """Collects the text of a paragraph, where its bold opening ends, and its links."""

    targets: Mapping[str, str]
    parts: list[str] = field(default_factory=list)
    length: int = 0
    label: int = 0
    links: list[tuple[int, int, str]] = field(default_factory=list)

    def read(self, element: Any, *, bold: bool = False) -> None:
        """Read what an element shows; text boxes are paragraphs of their own."""
        for child in element:
            tag = _tag(child)
            if tag in {"t", *_SIGNS}:
                text = _SIGNS.get(tag) or child.text or ""
                if text and self.label == self.length and (bold or not text.strip()):
                    self.label += len(text)
                self.parts.append(text)
                self.length += len(text)
            elif tag == "r":
                self.read(child, bold=_is_bold(child))
            elif tag == "hyperlink":
                start = self.length
                self.read(child)
                url = self.targets.get(_get(child, "id"), "")
                self.links.append((start, self.length, url))
            elif tag not in _UNSEEN and tag != "txbxContent":
                self.read(child, bold=bold)


def _read_paragraph(
    element: Any, styles: Mapping[str, _Style], targets: Mapping[str, str]
) -> Paragraph:
    writer = _Writer(targets)
    writer.read(element)
    text, head, links = trimmed("".join(writer.parts), writer.links)
    properties = _child(element, "pPr")
    style = styles.get(_value(_child(properties, "pStyle")), _Style("", None))
    level = _level(properties)
    return Paragraph(
        text,
        style.name,
        style.level if level is None else level,
        max(0, min(writer.label - head, len(text))),
        links,
        is_list=_child(properties, "numPr") is not None or style.name.startswith("list "),
    )


def trimmed(whole: str, spans: Iterable[tuple[int, int, str]]) -> tuple[str, int, tuple[Link, ...]]:
    """Return a text without the blanks around it, how many stood before it, and its links.

    `spans` are places of `whole` and their addresses; those that do not lead into the web are none.
    """
    text = whole.lstrip(_BLANKS)
    head = len(whole) - len(text)
    text = text.rstrip(_BLANKS)
    links = (
        Link(start=max(0, start - head), end=min(end - head, len(text)), url=link_target(url))
        for start, end, url in spans
    )
    return text, head, tuple(link for link in links if link.url and link.start < link.end)


def _is_bold(run: Any) -> bool:
    mark = _child(_child(run, "rPr"), "b")
    return mark is not None and _value(mark) not in {"0", "false", "off"}


def _level(properties: Any) -> int | None:
    """Return the place in the outline that properties give, from 1; 10 in the file is none."""
    value = _value(_child(properties, "outlineLvl"))
    return int(value) + 1 if value.isdecimal() and int(value) < 9 else None


def _tag(element: Any) -> str:
    name = element.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def _child(element: Any, tag: str) -> Any:
    return None if element is None else next((each for each in element if _tag(each) == tag), None)


def _value(element: Any) -> str:
    return "" if element is None else _get(element, "val")


def _get(element: Any, name: str) -> str:
    """Return an attribute, whatever its namespace, "" without one."""
    return next(
        (str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), ""
    )


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
