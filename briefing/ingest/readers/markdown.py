"""Reads plain text and Markdown: which lines are markup, and which words they carry.

Emphasis, escapes and link addresses are removed; list markers are kept, for they are read. What the
reader of a clipping wrote into it, as in Obsidian, becomes markings. Plain text is read as Markdown
where remnants of it show. Front matter is read as plain `key: value` lines between two rules,
scalars and flat lists: anything else is kept but not understood.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from briefing.ingest.blocks import (
    BLANKS,
    NO_FACTS,
    Block,
    BlockForm,
    Extraction,
    Facts,
    Marking,
    StatedValue,
)
from briefing.ingest.lines.author_names import WIKILINK
from briefing.ingest.lines.forms import fold
from briefing.ingest.readers.decode import decode
from briefing.ingest.readers.entries import read_facts
from briefing.ingest.readers.inline import Inline, has_link, read_inline
from briefing.ingest.readers.mail import split_mail_head
from briefing.ingest.readers.paragraphs import (
    cut_long,
    find_paragraphs,
    is_item,
    join_broken,
    to_blocks,
)

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|={3,}[ \t]*)$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_QUOTED = re.compile(r" {0,3}>[ ]?")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_DEFINITION = re.compile(r" {0,3}\[([^\[\]]{1,200})\]:[ \t]*<?(\S{1,2000}?)>?(?:[ \t]+[\"'(].*)?$")
_IMAGE_ALONE = re.compile(r"\s*!\[[^\n]{0,2000}\)\s*$")
_EXCERPT = re.compile(r"#{1,6}[ \t]+Excerpt[ \t]*\n")
"""What MarkDownload writes above the description of a page, in a quotation that opens the note."""
_CALLOUT = re.compile(r"\[!(\w{2,20})\][+-]?[ \t]*")
_NOTE = r"%%((?:[^%]|%(?!%)){1,20000}?)%%"
_COMMENT = re.compile(rf"[ \t]?{_NOTE}")
_OBSIDIAN = re.compile(
    r"(?ms)(?P<code>^ {0,3}(?P<fence>```|~~~).*?(?:^ {0,3}(?P=fence)|\Z))"
    rf"|(?P<comment>{_NOTE})"
    r"|(?P<embed>!?)\[\[(?P<name>[^\[\]|\n]{1,200})(?:\|(?P<shown>[^\[\]\n]{0,300}))?\]\](?!\()"
    r"|(?:^|[ \t]{1,9})\^[A-Za-z0-9-]{1,60}[ \t]*$"
)
_WIDTH = re.compile(r"\d+(?:x\d+)?$")
_AROUND = 32
"""The characters on either side of a highlight that tell its place."""
_NEAR = 10
_LONGEST_FRONT = 20_000
_KEY_LINE = re.compile(r"([A-Za-z][\w -]{0,40}?)\s{0,4}[:=]\s{0,4}(.*)$")
_LIST_PARTS = re.compile(r"\s*(?:\"(?:[^\"\\]|\\.){0,2000}\"|'(?:[^']|''){0,2000}'|[^,]+)")
_KEYS: Mapping[str, tuple[str, ...]] = {
    "headline": ("title", "headline"),
    "authors": ("author", "authors", "byline"),
    "publisher": ("publisher", "publication", "site_name", "sitename", "site", "outlet", "source"),
    "date": ("date", "published", "date_published", "datepublished", "publishdate", "pubdate"),
    "url": ("url", "canonical", "canonical_url", "link", "source_url", "source"),
    "language": ("lang", "language"),
    "tags": ("tags", "tag", "keywords"),
    "note": ("note", "notes"),
}
"""Keys of a fact, the likeliest first. When a note was `created` or `updated` says nothing of the
article: it is the day of clipping."""
_OF_THE_TOOL = frozenset({"clippings", "clipping"})
_MOST_TAGS = 20
_FOLDED = frozenset({"|", ">", "|-", ">-", "|+", ">+"})
_NOTHING = frozenset({"", "~", "null", "[]", *_FOLDED})


class _Piece(NamedTuple):
    form: BlockForm
    source: str


def read_markdown(data: bytes, name: str) -> Extraction:
    """Cut a Markdown file into blocks; raises InputError, naming the file, for what is no text."""
    text, encoding = decode(data, name)
    return replace(cut_markdown(text, remnants=False), encoding=encoding)


def cut_markdown(text: str, *, remnants: bool) -> Extraction:
    """Cut Markdown into blocks, its marks undone, and read its front matter.

    In Markdown proper a paragraph reaches to the next blank line; in a text with mere `remnants`
    of it, paragraphs are found as in any plain text, and Obsidian's own marks are none.
    """
    front = _split_front_matter(text)
    body = front.rest if remnants else _OBSIDIAN.sub(_without_obsidian, front.rest)
    defined = filter(None, map(_DEFINITION.match, body.split("\n")))
    references = {match[1].lower(): match[2] for match in defined}
    blocks = [Block(front.text, "chrome", reason="front_matter")] if front.text else []
    marks = list(front.marks)
    spans = find_paragraphs(body, by_blank_lines=not remnants)
    for start, end in join_broken(body, spans):
        for piece in _pieces(body[start:end]):
            has_notes = not remnants and piece.form != "code"
            notes = _COMMENT.findall(piece.source) if has_notes else []
            source = _COMMENT.sub("", piece.source) if notes else piece.source
            for block, highlights in _to_blocks(_Piece(piece.form, source), references):
                blocks.append(block)
                marks.extend(highlights)
            blocks += [Block(note.strip(), "chrome", reason="reader_note") for note in notes]
    return Extraction(_with_headline(blocks), front.facts, marks=(*marks, *_notes(blocks)))


def _without_obsidian(match: re.Match[str]) -> str:
    """Return the plain words of a link to a note, and a comment on one line; ids of blocks go."""
    if match["code"]:
        return match[0]
    if match["comment"]:
        return " ".join(match["comment"].split())
    shown = match["shown"] or ""
    if match["embed"]:
        return f"![{'' if _WIDTH.match(shown) else shown}](#)"
    return shown or match["name"] or ""


def _notes(blocks: Sequence[Block]) -> Iterator[Marking]:
    """Yield what the reader wrote, each beside the text that stands above it."""
    above: str | None = None
    for block in blocks:
        if block.reason == "reader_note":
            yield Marking(above, note=_CALLOUT.sub("", block.text, count=1).strip())
        elif block.form != "chrome":
            above = block.text


def _pieces(paragraph: str) -> Iterator[_Piece]:
    """Cut a paragraph where a line is a heading, an item or a rule; marks of lines are left out."""
    form: BlockForm = "text"
    lines: list[str] = []
    for line in paragraph.split("\n"):
        heading = _HEADING.match(line)
        if _UNDERLINE.match(line) and form == "text" and len(lines) == 1:
            form = "heading"
            continue
        if heading or _RULE.match(line) or _DEFINITION.match(line):
            yield from _piece(form, lines)
            form, lines = "text", []
            if heading:
                yield _Piece("heading", heading[2])
            continue
        is_list = is_item(line) or re.match(r" {0,3}\+ \S", line)
        opened: BlockForm = "quote" if _QUOTED.match(line) else "list" if is_list else "text"
        parts = opened == "list" or form == "heading" or (opened == "quote") != (form == "quote")
        if lines and parts:
            yield from _piece(form, lines)
            lines = []
        form = opened if not lines else form
        lines.append(_QUOTED.sub("", line, count=1) if opened == "quote" else line)
    yield from _piece(form, lines)


def _piece(form: BlockForm, lines: list[str]) -> Iterator[_Piece]:
    if any(line.strip() for line in lines):
        yield _Piece("code" if _FENCE.match(lines[0]) else form, "\n".join(lines))


def _to_blocks(
    piece: _Piece, references: dict[str, str]
) -> Iterator[tuple[Block, tuple[Marking, ...]]]:
    """Yield the blocks of a piece, each with what is highlighted in it."""
    if piece.form == "code":
        yield from ((Block(part, "code"), ()) for part in cut_long(piece.source.strip(BLANKS)))
        return
    callout = _CALLOUT.match(piece.source) if piece.form == "quote" else None
    if callout is not None and callout[1].lower() not in {"quote", "cite"}:
        yield Block(piece.source.strip(BLANKS), "chrome", reason="reader_note"), ()
        return
    excerpt = _EXCERPT.match(piece.source) if piece.form == "quote" else None
    opened = callout or excerpt
    form = "standfirst" if excerpt else piece.form
    for part in cut_long(piece.source[opened.end() :] if opened else piece.source):
        inline = read_inline(part, references)
        block = _to_block(form, inline)
        if _IMAGE_ALONE.match(part):
            block = replace(block, form="caption")
        if block.text:
            yield block, tuple(_highlights(inline))


def _highlights(inline: Inline) -> Iterator[Marking]:
    whole = inline.text.strip(BLANKS)
    cut = len(inline.text) - len(inline.text.lstrip(BLANKS))
    for first, last in inline.marked:
        start, end = max(0, first - cut), last - cut
        before, after = whole[max(0, start - _AROUND) : start], whole[end : end + _AROUND]
        yield Marking(whole[start:end], prefix=before, suffix=after)


def _to_block(form: BlockForm, inline: Inline) -> Block:
    block = Block(inline.text, form, inline.links, inline.bold).stretch(0)
    whole = len(block.text)
    if form != "text" or not whole:
        return block
    if inline.bold == whole and whole < 150 and "\n" not in block.text:
        return replace(block, form="heading")
    return replace(block, form="standfirst", label=0) if inline.italic == whole else block


def _with_headline(blocks: list[Block]) -> list[Block]:
    """Take a heading that stands before any running text for the headline."""
    for index, block in enumerate(blocks):
        if block.form == "heading":
            blocks[index] = replace(block, form="headline")
            break
        if block.form in {"text", "list", "quote"} and len(block.text.split()) > 25:
            break
    return blocks


def read_plain(data: bytes, name: str) -> Extraction:
    """Cut a text file into blocks; raises InputError, naming the file, for what is no text."""
    text, encoding = decode(data, name)
    head, facts, rest = split_mail_head(text)
    cut = replace(cut_text(rest), encoding=encoding)
    if not head:
        return cut
    blocks = [Block(head, "chrome", reason="mail_head"), *with_masthead(cut.blocks, facts)]
    return replace(cut, blocks=blocks, facts=facts)


def cut_text(text: str) -> Extraction:
    """Cut a text into blocks, as Markdown where it shows remnants: links, or titles after `#`."""
    if has_link(text) or len(re.findall(r"(?m)^#{1,6} \S", text[:200_000])) >= 2:
        return cut_markdown(text, remnants=True)
    spans = join_broken(text, find_paragraphs(text))
    return Extraction(to_blocks(text[start:end] for start, end in spans))


def with_masthead(blocks: list[Block], facts: Facts) -> list[Block]:
    """Set the sender's name apart where it stands above the text as a line of its own."""
    name = fold(facts.publisher or "")
    return [
        replace(block, form="chrome", reason="masthead")
        if name and index < _NEAR and fold(block.text) == name
        else block
        for index, block in enumerate(blocks)
    ]


class _FrontMatter(NamedTuple):
    """The front matter with its rules, "" without one, what it states and marks, and the rest."""

    text: str
    facts: Facts
    marks: tuple[Marking, ...]
    rest: str


def _split_front_matter(text: str) -> _FrontMatter:
    """Split off the front matter of a text and read it."""
    rule = text[:3]
    without = _FrontMatter("", NO_FACTS, (), text)
    if rule not in {"---", "+++"} or text[3:].split("\n", 1)[0].strip():
        return without
    end = re.compile(rf"(?m)^{re.escape(rule)}[ \t]*$").search(text, 4, _LONGEST_FRONT)
    entries = _entries(text[4 : end.start()]) if end else {}
    if end is None or not entries:
        return without
    found = {
        fact: [StatedValue(v, f"front matter {key}") for key in keys for v in entries.get(key, ())]
        for fact, keys in _KEYS.items()
    }
    tags = [tag for each in found["tags"] if (tag := each.value.lstrip("#"))]
    marks = [Marking(tag=tag) for tag in tags if tag.lower() not in _OF_THE_TOOL][:_MOST_TAGS]
    marks += [Marking(note=each.value) for each in found["note"]]
    return _FrontMatter(text[: end.end()], read_facts(found), tuple(marks), text[end.end() :])


def _entries(inner: str) -> dict[str, list[str]]:
    """Return the values by key; an indented line goes on with the value above it."""
    raw: dict[str, list[str]] = {}
    values: list[str] = []
    for line in inner.split("\n"):
        if match := _KEY_LINE.match(line):
            values = raw.setdefault(match[1].strip().lower(), [])
            values.append(match[2].strip())
        elif line.strip().startswith("- "):
            values.append(line.strip()[2:].strip())
        elif line[:1].isspace() and line.strip() and values:
            before = "" if values[-1] in _FOLDED else values[-1]
            values[-1] = f"{before} {line.strip()}".strip()
    return {key: [each for value in all_ for each in _values(value)] for key, all_ in raw.items()}


def _values(raw: str) -> Iterator[str]:
    is_list = raw.startswith("[") and raw.endswith("]") and not raw.startswith("[[")
    for part in _LIST_PARTS.findall(raw[1:-1]) if is_list else (raw,):
        value = WIKILINK.sub(r"\1", _unquote(part.strip()))
        if value not in _NOTHING:
            yield value


def _unquote(value: str) -> str:
    if len(value) < 2 or value[0] != value[-1] or value[0] not in "\"'":
        return value
    inner = value[1:-1]
    if value[0] == "'":
        return inner.replace("''", "'").strip()
    # A blank that is escaped stands for itself: programs fold long values so.
    return re.sub(r"(?:\\ )+|\\_|\\([\"\\/])", lambda found: found[1] or " ", inner).strip()
