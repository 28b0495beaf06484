"""Walks a page's tree into blocks in reading order, as a browser would break its text.

The parser touches neither network nor entities. Scripts, styles and other parts that no browser
shows as text are left out; all else becomes a block, whatever part of the page it is in.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from lxml.etree import ElementDefaultClassLookup, ParserError, XMLSyntaxError, iterwalk
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from msgspec import Struct, field

from briefing.english.lexicon import read_words
from briefing.errors import InputError
from briefing.ingest.blocks import BLANKS, Block, BlockForm, join_blocks
from briefing.ingest.lines.author_names import signs
from briefing.ingest.lines.urls import link_target
from briefing.ingest.readers.paragraphs import cut_block
from briefing.model import Link

_SPACE = re.compile(r"(?:[\t\n\r\f]| (?=[ \t\n\r\f]))[ \t\n\r\f]*")
"""Blanks that are more than one, or other than a space."""
UNSEEN = read_words("ingest", "html", "unseen")
_BLOCKS = read_words("ingest", "html", "blocks")
_CONTROLS = read_words("ingest", "html", "controls")
_FORM_OF: dict[str, BlockForm] = {
    "h1": "headline", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading",
    "h6": "heading", "li": "list", "dt": "list", "dd": "list", "blockquote": "quote",
    "figcaption": "caption", "caption": "caption", "tr": "table", "pre": "code",
}  # fmt: skip
_DIGITS = re.compile(r"\d+")
_BOLD = frozenset(["b", "strong"])
_CAPTION_CLASS = re.compile(
    r"(?i)(?:^|[\s_-])(?:caption|wp-caption-text|photo-?credit|image-?credit|media-?credit|credit)"
    r"(?:$|[\s_-])|(?:image|photo|figure|media|picture)-?_?(?:caption|desc)"
)
_STANDFIRST_CLASS = re.compile(
    r"(?i)(?:^|[\s_-])(?:standfirst|stand-first|dek|deck|subhead|subheadline|sub-headline|subtitle"
    r"|article-?_?summary|strapline)(?:$|[\s_-])"
)
_POST_CLASS = re.compile(
    r"(?i)(?:^|[\s_-])(?:tweet|twitter-tweet|instagram-media|fb-post|(?:social|tweet|post)-?embed)"
    r"(?:$|[\s_-])"
)
_APART_TAGS = frozenset({"nav", "aside", "footer", "blockquote", "figure", "form"})
_APART_CLASS = re.compile(
    r"(?i)comment|related|recommend|teaser|promo|embed|tweet|instagram|facebook|sidebar|widget"
    r"|most-?read|popular|trending|newsletter|(?:^|\s)(?:share|social|avatar|(?:author-?)?bio|about-?author)(?:$|[\s_-])"
)
BYLINE_CLASS = re.compile(
    r"(?i)(?<!photo)(?<!image)(?<!photo[_-])(?<!image[_-])(?:by-?line|author)|(?:^|[\s_-])(?:writers?"
    r"|reporters?|contributors?|auteurs?|autor(?:en?|as?|es)?|autore|(?:written|story)-?_?by"
    r"|signature)(?:$|[\s_-])"
)
"""What the class of a byline says: that of a story, not of a picture."""
_FORM_OF_CLASS: tuple[tuple[re.Pattern[str], BlockForm], ...] = (
    (_CAPTION_CLASS, "caption"), (_POST_CLASS, "quote"),
    (_STANDFIRST_CLASS, "standfirst"), (BYLINE_CLASS, "byline"),
)  # fmt: skip
_NAMED_BLOCKS = frozenset({"p", "div", "small", "section", "h2", "address"})
_SIGNATURE = re.compile(r"[—–―~-]{1,2}\s?[^\W\d_]")
_LONGEST_SIGNATURE = 20
_REMEMBERED = 1 << 10
_MARKS = ("“", "”"), ("‘", "’")
"""What a browser sets around `<q>`, and around one inside another."""


class _Context(NamedTuple):
    """What the elements around a piece of text make of it."""

    form: BlockForm = "text"
    reason: str | None = None
    pre: bool = False
    apart: bool = False
    place: int = 0


class _Frame(NamedTuple):
    """What an open element is called and makes of its text, and where that began."""

    tag: str
    context: _Context
    start: int


class _BlockWriter(Struct):
    """Collects the text of the block being read, blanks folded as a browser folds them."""

    blocks: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    length: int = 0
    last: str = "\n"
    links: list[Link] = field(default_factory=list)
    label: int = 0
    posted: str | None = None
    quoting: int = 0
    places: dict[tuple[int, str, str], int] = field(default_factory=dict)

    def place_of(self, tag: str, names: str | None, outer: _Context) -> int:
        """Return a number that elements of one tag and class share at like places of the tree."""
        names = _DIGITS.sub("", names[:200]) if names else ""
        return self.places.setdefault((outer.place, tag, names), len(self.places) + 1)

    def write(self, text: str, context: _Context) -> None:
        """Add a piece of text; blanks after blanks are left out, except in preformatted text."""
        if not context.pre:
            text = _SPACE.sub(" ", text)
            if self.last in " \n\t":
                text = text.removeprefix(" ")
        self._add(text)

    def break_line(self, context: _Context) -> None:
        """Break the line; a second break in a row ends the block."""
        if self.last == "\n":
            self.flush(context)
        else:
            self._add("\n")

    def part_cells(self) -> None:
        """Part two cells of a row."""
        if self.length:
            self._add("\t")

    def flush(self, context: _Context) -> None:
        """End the block."""
        if self.parts:
            self._write_block("".join(self.parts), context)
            self.parts = []
        if self.links:
            self.links = []
        self.length, self.last, self.label, self.posted = 0, "\n", 0, None

    def _write_block(self, text: str, context: _Context) -> None:
        form: BlockForm = "chrome" if context.reason else context.form
        if form == "byline" and not signs(text.strip(BLANKS)):
            form = "text"
        whole = Block(
            text, form, tuple(self.links), self.label, reason=context.reason, place=context.place,
            apart=context.apart, posted=self.posted,
        )  # fmt: skip
        for block in cut_block(whole):
            self._keep(block)

    def _keep(self, block: Block) -> None:
        """Keep a block; the signature below a block quotation is the quotation's last line."""
        below_quote = block.form == "quote" and self.blocks and self.blocks[-1].form == "quote"
        short = below_quote and len(block.text.split()) <= _LONGEST_SIGNATURE
        if short and _SIGNATURE.match(block.text):
            self.blocks[-1] = join_blocks([self.blocks[-1], block], ["\n"])
        else:
            self.blocks.append(block)

    def _add(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.length += len(text)
            self.last = text[-1]


def stands_apart(element: Any) -> bool:
    """Whether an element, with all in it, is beside the article: a comment, a teaser, a post."""
    tag = element.tag
    if tag in {"body", "html", "article", "main"}:
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    return tag in _APART_TAGS or _is_named_apart(names)


@lru_cache(maxsize=_REMEMBERED)
def _is_named_apart(names: str) -> bool:
    return _APART_CLASS.search(names) is not None


def parse_page(text: str, name: str) -> Any:
    """Return the root of a page; raises InputError where the parser gave up before its end."""
    parser = HTMLParser(
        no_network=True, huge_tree=True, recover=True, remove_comments=True, remove_pis=True,
        encoding="utf-8",
    )  # fmt: skip
    # By default each look at an element asks in Python which class of forms it is of.
    parser.set_element_class_lookup(ElementDefaultClassLookup(element=HtmlElement))
    data = text.replace("\0", "\ufffd").encode("utf-8", "replace")
    try:
        root = document_fromstring(data, parser=parser, ensure_head_body=True)
    except (ParserError, XMLSyntaxError):
        root = document_fromstring("<html/>", ensure_head_body=True)
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        hint = "Copy its text into a .txt file."
        raise InputError(f"{name}: the page is nested too deeply to be read", hint)
    return root


def walk(root: Any, base: str | None) -> list[Block]:
    """Return the blocks of a page in reading order; `base` is its address, for relative links."""
    body = root.find("body")
    writer = _BlockWriter()
    frames: list[_Frame] = []
    outer = _Context()
    steps = iterwalk(root if body is None else body, ("start", "end", "comment", "pi"))
    for step, element in steps:
        tag = element.tag
        is_text = isinstance(tag, str) and tag not in UNSEEN
        if step == "start" and is_text:
            frames.append(_enter(element, tag, outer, writer))
            outer = frames[-1].context
        elif step == "start":
            steps.skip_subtree()
        else:
            if is_text:
                frame = frames.pop()
                outer = frames[-1].context if frames else _Context()
                _leave(element, frame, writer, base)
            if tail := element.tail:
                writer.write(tail, outer)
    writer.flush(_Context())
    return writer.blocks


def _enter(element: Any, tag: str, outer: _Context, writer: _BlockWriter) -> _Frame:
    context = outer
    is_block = tag in _BLOCKS
    if tag == "br":
        writer.break_line(outer)
    elif tag in {"td", "th"}:
        writer.part_cells()
    elif is_block:
        writer.flush(outer)
    if is_block:
        apart = outer.apart or stands_apart(element)
        place = writer.place_of(tag, element.get("class"), outer)
        form, reason, pre = _form_of(element, tag, outer)
        context = _Context(form, reason, pre, apart, place)
    frame = _Frame(tag, context, writer.length)
    if tag == "q":
        writer.write(_MARKS[writer.quoting % 2][0], context)
        writer.quoting += 1
    if text := element.text:
        writer.write(text, context)
    return frame


def _leave(element: Any, frame: _Frame, writer: _BlockWriter, base: str | None) -> None:
    tag = frame.tag
    if tag in _BLOCKS:
        writer.flush(frame.context)
    elif tag == "a" and writer.length > frame.start and element.get("href") is not None:
        url = link_target(element.get("href"), base)
        writer.links.append(Link(start=frame.start, end=writer.length, url=url))
    elif tag == "time" and frame.start == 0:
        writer.posted = element.get("datetime")
    elif tag in _BOLD and frame.start == 0:
        writer.label = writer.length
    elif tag == "q":
        writer.quoting -= 1
        writer.write(_MARKS[writer.quoting % 2][1], frame.context)


def _form_of(element: Any, tag: str, outer: _Context) -> tuple[BlockForm, str | None, bool]:
    """Return form and reason of the text in an element, and whether its blanks are kept."""
    form, reason, pre = outer[:3]
    if tag in _CONTROLS:
        return form, "noscript" if tag == "noscript" else "form_control", pre
    if tag in _FORM_OF:
        return _FORM_OF[tag], reason, pre or tag == "pre"
    if form == "table":
        form = "text"
    if form in {"text", "byline"} and tag in _NAMED_BLOCKS:
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"[:300]
        form = _form_named(names) or form
    return form, reason, pre


@lru_cache(maxsize=_REMEMBERED)
def _form_named(names: str) -> BlockForm | None:
    """Return the form that the classes of an element name; those of a page recur."""
    return next((form for pattern, form in _FORM_OF_CLASS if pattern.search(names)), None)


def outermost(elements: Iterable[Any]) -> list[Any]:
    """Return the elements that stand in no other of them, in their order, each once."""
    found = dict.fromkeys(elements)
    return [each for each in found if found.keys().isdisjoint(each.iterancestors())]
