"""Reads Word and rich-text documents as one article, by the styles of their paragraphs.

Text in boxes and cells is read where it stands. Left out is what Word does not show as text of the
page: deleted passages, codes of fields, running heads. Rich text is read by striprtf; what that
leaves out is carried through it as characters that the text of a file cannot hold: where a link
starts and ends, and the level of a heading.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from msgspec.structs import replace
from striprtf.striprtf import font_table_group, rtf_to_text

from briefing.errors import InputError
from briefing.ingest.blocks import Block, BlockForm, Extraction, join_blocks
from briefing.ingest.facts.properties import mark_headline, property_facts
from briefing.ingest.lines.urls import link_target
from briefing.ingest.readers.packages import Package
from briefing.ingest.readers.paragraphs import cut_block, is_item, join_wrapped
from briefing.model import Link

_FORMS: Final[Mapping[str, BlockForm]] = {
    "title": "headline", "subtitle": "standfirst", "caption": "caption", "quote": "quote",
    "intense quote": "quote", "block text": "quote",
}  # fmt: skip
_PROPERTIES: Final = {"title": "Title", "creator": "Author", "created": "CreationDate"}
_SIGNS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "‑"}
_UNSEEN: Final = frozenset(
    ["del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr", "sectPr", "tblPr", "tcPr"]
)
_MOST_BASES: Final = 10
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


def read_docx(data: bytes, name: str) -> Extraction:
    """Read a Word document, its notes set aside; raises InputError where it is damaged."""
    package = Package(data, name)
    blocks = _with_headline(docx_blocks(package))
    core = package.read_xml("docProps/core.xml")
    known = (each for each in core if each.tag in _PROPERTIES)
    stated = {_PROPERTIES[each.tag]: (each.text or "").strip() for each in known}
    notes = [*docx_blocks(package, "footnotes"), *docx_blocks(package, "endnotes")]
    aside = (Block(note.text, "chrome", note.links, reason="note") for note in notes)
    facts = property_facts(stated, blocks)
    return Extraction([*mark_headline(blocks, facts.headline), *aside], facts)


def read_rtf(data: bytes, name: str) -> Extraction:
    """Read a rich-text document; raises InputError where it is damaged."""
    return Extraction(_with_headline(rtf_blocks(data, name)))


def _with_headline(blocks: Sequence[Block]) -> list[Block]:
    """Cut what is too long; the only heading of the first level is the headline without another."""
    tops = [block for block in blocks if block.place == 1]
    titled = any(block.form == "headline" for block in blocks)
    headline = tops[0] if len(tops) == 1 and not titled else None
    whole = (replace(each, form="headline") if each is headline else each for each in blocks)
    return [piece for block in join_wrapped(list(whole)) for piece in cut_block(block)]


def docx_blocks(package: Package, part: str = "document") -> list[Block]:
    """Return paragraphs and rows, each with its place in the outline, or 0; raises InputError."""
    if "word/document.xml" not in package.names:
        hint = "Save it as .docx and add that."
        raise InputError(f"{package.name}: this is no Word document", hint)
    styles = package.read_xml("word/styles.xml").iterchildren("style")
    targets = package.read_xml(f"word/_rels/{part}.xml.rels")
    outside = (each for each in targets if each.get("TargetMode") == "External")
    reader = _DocxReader(
        {_get(style, "styleId"): style for style in styles},
        {_get(each, "Id"): each.get("Target", "") for each in outside},
    )
    return reader.read(package.read_xml(f"word/{part}.xml"))


@dataclass(frozen=True, slots=True)
class _DocxReader:
    """Reads paragraphs: `styles` are those of the document, `targets` its addresses, both by id."""

    styles: Mapping[str, Any]
    targets: Mapping[str, str]

    def read(self, root: Any) -> list[Block]:
        blocks: list[Block] = []
        for element in _text_elements(root):
            if element.tag == "p":
                blocks.append(self._paragraph(element))
                continue
            cells = [self.read(cell) for cell in element.findall("tc")]
            row = list(itertools.chain(*cells))
            if len(cells) > 1 and row:
                # Tabs stand between the cells of a row, line breaks in them.
                marks = ["\n" if place else "\t" for cell in cells for place in range(len(cell))]
                whole = join_blocks(row, marks[1:])
                row = [replace(whole, form="table", label=0, place=0)]
            blocks += row
        return [block for block in blocks if block.text]

    def _paragraph(self, element: Any) -> Block:
        text = _DocxText(self.targets)
        text.read(element)
        style = self.styles.get(_value(element, "pPr/pStyle"))
        styled = "" if style is None else _value(style, "name").lower()
        level = self._level(element)
        is_list = element.find("pPr/numPr") is not None or styled.startswith("list ")
        form = _FORMS.get(styled) or ("heading" if level else "list" if is_list else "text")
        written = "".join(text.parts)
        form = "list" if form == "text" and is_item(written.strip()) else form
        links = tuple(link for link in text.links if link.url)
        return Block(written, form, links, text.label, place=level).stretch(0)

    def _level(self, element: Any, depth: int = 0) -> int:
        """Return the place in the outline that an element or its style gives, 0 for none."""
        value = _value(element, "pPr/outlineLvl")
        if value.isdecimal() and int(value) < 9:
            return int(value) + 1
        above = self.styles.get(_value(element, "pPr/pStyle") or _value(element, "basedOn"))
        return self._level(above, depth + 1) if above is not None and depth < _MOST_BASES else 0


def _text_elements(root: Any) -> Iterator[Any]:
    """Yield the paragraphs and rows below an element that no other of them holds, in order."""
    todo = list(reversed(root))
    while todo:
        element = todo.pop()
        if element.tag in {"tr", "p"}:
            yield element
        if element.tag == "p":
            boxes = [box for box in element.iter("txbxContent") if not _is_copy(box, element)]
            todo.extend(reversed(boxes))
        elif element.tag not in {"tr", *_UNSEEN}:
            todo.extend(reversed(element))


def _is_copy(box: Any, paragraph: Any) -> bool:
    """Whether a box repeats another for older programs, or stands inside another."""
    above = itertools.takewhile(lambda each: each is not paragraph, box.iterancestors())
    return any(each.tag in {"Fallback", "txbxContent"} for each in above)


@dataclass(slots=True)
class _DocxText:
    """Collects the text of a paragraph, where its bold opening ends, and its links."""

    targets: Mapping[str, str]
    parts: list[str] = field(default_factory=list)
    length: int = 0
    label: int = 0
    links: list[Link] = field(default_factory=list)

    def read(self, element: Any, *, bold: bool = False) -> None:
        """Read what an element shows; text boxes are paragraphs of their own."""
        for child in element:
            tag = child.tag
            if tag in {"t", *_SIGNS}:
                text = _SIGNS.get(tag) or child.text or ""
                if text and self.label == self.length and (bold or not text.strip()):
                    self.label += len(text)
                self.parts.append(text)
                self.length += len(text)
            elif tag == "r":
                mark = child.find("rPr/b")
                off = mark is None or _get(mark, "val") in {"0", "false", "off"}
                self.read(child, bold=not off)
            elif tag == "hyperlink":
                start = self.length
                self.read(child)
                url = link_target(self.targets.get(_get(child, "id")))
                self.links.append(Link(start=start, end=self.length, url=url))
            elif tag not in _UNSEEN and tag != "txbxContent":
                self.read(child, bold=bold)


def _value(element: Any, path: str) -> str:
    """Return the value of what is at a path below an element, "" without one."""
    found = element.find(path)
    return "" if found is None else _get(found, "val")


def _get(element: Any, name: str) -> str:
    """Return an attribute, whatever its namespace, "" without one."""
    found = (str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(found, "")


def rtf_blocks(data: bytes, name: str) -> list[Block]:
    """Return paragraphs and rows, each with its place in the outline, or 0; raises InputError."""
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
