"""Reads exports of Nexis Uni and LexisNexis: Word, rich text, pages and plain text.

Nexis Uni sets the headline first and ends an article with `End of Document`; LexisNexis opens it
with `1 of 74 DOCUMENTS`, and the outlet stands first. What an article's head and tail state is
named by a label; labels come in the language of the interface.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from briefing.ingest.blocks import Block, SourceDocument
from briefing.ingest.lines.press_words import fold_label, press_words, read_number
from briefing.ingest.readers.decode import decode
from briefing.ingest.readers.html.dom import parse_page, walk
from briefing.ingest.readers.packages import Package
from briefing.ingest.readers.paragraphs import find_paragraphs, join_wrapped
from briefing.ingest.readers.press import fields
from briefing.ingest.readers.press.fields import FieldKind, FieldLabel, FieldRow, is_copyright
from briefing.ingest.readers.word import docx_blocks, rtf_blocks

_RANGE: Final = re.compile(r"(\d{1,6})-(\d{1,6})")
_LIST: Final = re.compile(r"([^\W\d_]{3,12})\s?\((\d{1,6})\)$")
_KINDS: Final = (
    "byline", "section", "words", "language", "standfirst", "caption", "url", "dateline", "index",
)  # fmt: skip
_OPENING: Final = frozenset({"byline", "section", "words", "standfirst", "dateline"})
_LONGEST_HEAD = 16
_UNLABELLED = 4
"""The lines of a head without labels: number, outlet, date, headline."""
_WIDE = 120


def read_nexis_word(data: bytes, name: str) -> SourceDocument:
    """Read an export as a Word document; raises InputError where it cannot be read."""
    return _read(docx_blocks(Package(data, name)), None, name)


def read_nexis_rtf(data: bytes, name: str) -> SourceDocument:
    """Read an export as rich text; raises InputError where it cannot be read."""
    return _read(list(map(_with_label, rtf_blocks(data, name))), None, name)


def read_nexis_page(data: bytes, name: str) -> SourceDocument:
    """Read an export as a page; raises InputError where it cannot be read."""
    text, encoding = decode(data, name)
    return _read(walk(parse_page(text, name), None), encoding, name)


def read_nexis_text(data: bytes, name: str) -> SourceDocument:
    """Read an export as plain text; raises InputError where it cannot be read."""
    text, encoding = decode(data, name)
    spans = find_paragraphs(text, by_blank_lines=True)
    groups = [text[span.start : span.end].strip() for span in spans]
    lines = [Block(line.strip()) for group in groups for line in _lines_of(group)]
    return _read(list(map(_with_label, lines)), encoding, name)


def _lines_of(group: str) -> list[str]:
    """Return the paragraphs of lines without a blank one between: one where they are wrapped."""
    lines = group.split("\n")
    parted = any(len(line) > _WIDE or _is_mark(Block(line), "end mark") for line in lines)
    return lines if parted else [group]


def _with_label(block: Block) -> Block:
    """Take the name of a field for bold: rich text is read without its emphasis."""
    label = fields.read_label(block.text, _KINDS)
    named = label is not None and label.name[:1].isupper()
    return replace(block, label=len(label.name)) if label and named else block


def _read(blocks: Sequence[Block], encoding: str | None, name: str) -> SourceDocument:
    before, documents = _split(blocks)
    cover = [block.text for block in before]
    stated = _count_stated(cover, documents)
    made = map(_read_document, documents)
    return fields.to_document(made, name, encoding, cover=cover, stated=stated)


def _split(blocks: Sequence[Block]) -> tuple[Sequence[Block], list[Sequence[Block]]]:
    """Return what stands before the first article, and the blocks of each article."""
    starts = [i for i, each in enumerate(blocks) if _is_number(each)]
    if not starts:
        ends = [i + 1 for i, each in enumerate(blocks) if _is_mark(each, "end mark")]
        if not ends:
            return (), []
        starts = [_first_of_article(blocks[: ends[0]]), *ends]
        if not any(each.text.strip() for each in blocks[ends[-1] :]):
            blocks, starts = blocks[: ends[-1]], starts[:-1]
    bounds = itertools.pairwise([*starts, len(blocks)])
    return blocks[: starts[0]], [blocks[start:end] for start, end in bounds]


def _first_of_article(blocks: Sequence[Block]) -> int:
    """Return where the first article begins: its headline, two lines above its date at most."""
    top = (i for i, each in enumerate(blocks) if each.form == "heading" and each.place == 1)
    heading = next(top, None)
    if heading is not None:
        return heading
    body = next((i for i, each in enumerate(blocks) if _is_mark(each, "body mark")), len(blocks))
    dated = [i for i in range(max(0, body - 12), body) if _is_date(blocks[i].text)]
    return max(0, dated[-1] - 2) if dated else 0


def _read_document(blocks: Sequence[Block]) -> Iterator[FieldRow]:
    """Yield the rows of an article: head, text and tail, each set apart by its labels."""
    numbered = _is_number(blocks[0])
    body = _body_start(blocks, marked=not numbered)
    tail = _tail_start(blocks, body)
    yield from _read_head(blocks[:body], headline_first=not numbered)
    yield from _read_text(list(join_wrapped(blocks[body:tail])))
    before: FieldRow | None = None
    for block in blocks[tail:]:
        before = _read_tail(block, before)
        yield before


def _read_text(blocks: Sequence[Block]) -> Iterator[FieldRow]:
    """Yield the rows of a text; an abstract may stand before it, each under its mark."""
    kind: FieldKind = "body"
    for index, block in enumerate(blocks):
        opens_abstract = index == 0 and _is_mark(block, "abstract")
        if opens_abstract or (kind == "standfirst" and _is_mark(block, "body")):
            kind = "standfirst" if opens_abstract else "body"
            yield FieldRow(block.text, "chrome", reason="section_mark")
        else:
            yield FieldRow(block.text, kind, links=block.links)


def _body_start(blocks: Sequence[Block], *, marked: bool) -> int:
    """Return where the text begins: after its mark, else after the labelled lines of the head."""
    marks = (i for i, each in enumerate(blocks) if marked and _is_mark(each, "body mark"))
    start = next(marks, None)
    if start is not None:
        return start + 1
    labels = [_label_of(block) for block in blocks[:_LONGEST_HEAD]]
    first = next((i for i, each in enumerate(labels) if each and each.kind in _OPENING), None)
    if first is None:
        return min(_UNLABELLED, len(blocks))
    after = enumerate(blocks[first + 1 :], first + 1)
    words = (i for i, each in after if not (_label_of(each) or is_copyright(each.text)))
    return next(words, len(blocks))


def _tail_start(blocks: Sequence[Block], body: int) -> int:
    for index in range(body, len(blocks)):
        label = _label_of(blocks[index])
        known = label is not None and label.kind not in {"standfirst", "byline"}
        if known or _is_mark(blocks[index], "tail mark", "end mark"):
            return index
    return len(blocks)


def _read_head(blocks: Sequence[Block], *, headline_first: bool) -> Iterator[FieldRow]:
    """Yield the rows above a text; the lines without a label are known by their order."""
    plain = [
        index
        for index, each in enumerate(blocks)
        if _label_of(each) is None
        and not (_is_number(each) or is_copyright(each.text))
        and (index == 0 or not _is_mark(each, "body mark"))
    ]
    kinds = _name_lines([blocks[index].text for index in plain], headline_first=headline_first)
    numbered = enumerate(zip(plain, kinds, strict=True), 1)
    known = {at: (kind, f"line {number} of the head") for number, (at, kind) in numbered}
    for index, block in enumerate(blocks):
        label = _label_of(block)
        if index in known:
            kind, place = known[index]
            yield FieldRow(block.text, kind, None, place, "head_line", block.links)
        elif label is not None and label.kind == "standfirst" and label.value:
            # The label of what is text of the article is set apart from it.
            text = block.stretch(len(block.text) - len(label.value))
            yield FieldRow(block.text[: -len(label.value)], "chrome", reason="section_mark")
            yield FieldRow(text.text, "standfirst", None, f"field {label.name}", links=text.links)
        elif label is not None:
            yield _labelled(block, label)
        else:
            reason = "copyright" if is_copyright(block.text) else "document_number"
            reason = "section_mark" if _is_mark(block, "body mark") else reason
            yield FieldRow(block.text, "chrome", reason=reason, links=block.links)


def _name_lines(lines: Sequence[str], *, headline_first: bool) -> list[FieldKind]:
    """Return what the lines of a head without labels are."""
    kinds: list[FieldKind] = ["chrome"] * len(lines)
    dated = next((i for i, line in enumerate(lines) if i and _is_date(line)), None)
    if dated is not None:
        kinds[dated] = "date"
    order = [i for i in range(len(lines)) if i != dated]
    if not headline_first:
        after = [i for i in order[1:] if dated is None or i > dated] or order[1:]
        order = [*after[:1], *order[:1]]
    named: tuple[FieldKind, ...] = ("headline", "publisher")
    for place, kind in zip(order, named, strict=False):
        kinds[place] = kind
    return kinds


def _read_tail(block: Block, before: FieldRow | None) -> FieldRow:
    """Return the row of a block below a text; one without a label goes on with the last."""
    label = _label_of(block)
    if label is not None:
        return _labelled(block, label)
    text, links = block.text, block.links
    if is_copyright(text) or _is_mark(block, "end mark"):
        reason = "copyright" if is_copyright(text) else "end_mark"
        return FieldRow(text, "chrome", reason=reason, links=links)
    if _is_mark(block, "tail mark"):
        return FieldRow(text, "chrome", None, fold_label(text), "section_mark", links)
    place = before.place if before is not None else None
    captioned = before is not None and (before.kind == "caption" or place in press_words("caption"))
    return FieldRow(text, "caption" if captioned else "chrome", None, place, links=links)


def _labelled(block: Block, label: FieldLabel) -> FieldRow:
    reason = "dateline" if label.kind == "dateline" else "index_terms"
    return label.row(block.text, reason, block.links)


def _label_of(block: Block) -> FieldLabel | None:
    """Return the field whose name a block opens with in capitals or bold, None without one."""
    label = fields.read_label(block.text, _KINDS)
    shown = label is not None and (label.name.isupper() or block.label >= len(label.name))
    return label if shown else None


def _is_mark(block: Block, *sections: str) -> bool:
    return len(block.text) < 40 and fold_label(block.text) in press_words(*sections)


def _is_number(block: Block) -> bool:
    return read_number(block.text, "document") is not None


def _is_date(text: str) -> bool:
    return len(text) <= _WIDE and fields.read_date(text) is not None


def _count_stated(cover: Sequence[str], documents: Sequence[Sequence[Block]]) -> str | None:
    """Return what the export says it holds: by its request, its list, or its numbers."""
    for line in (line for each in cover for line in each.split("\n")):
        asked = _RANGE.search(line[:120])
        if asked is not None and line.strip().lower().startswith(tuple(press_words("request"))):
            return f"says that it holds articles {asked[1]} to {asked[2]}"
        listed = _LIST.match(line)
        if listed is not None and listed[1].lower() in press_words("document"):
            return f"lists {listed[2]} on its cover"
    return fields.say_numbers(each[0].text for each in documents)
