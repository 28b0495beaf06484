"""Reads exports of Nexis Uni and LexisNexis: Word, rich text, pages and plain text.

Nexis Uni sets the headline first and ends an article with `End of Document`; LexisNexis opens it
with `1 of 74 DOCUMENTS`, and the outlet stands first. What an article's head and tail state is
named by a label; labels come in the language of the interface.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from briefing.ingest.blocks import SourceDocument
from briefing.ingest.lines.press_words import fold_label, press_words, read_number
from briefing.ingest.readers.decode import decode
from briefing.ingest.readers.docx_text import Paragraph, read_docx, read_rtf
from briefing.ingest.readers.html.dom import parse_page, walk
from briefing.ingest.readers.paragraphs import find_paragraphs
from briefing.ingest.readers.press.fields import (
    FieldKind,
    FieldRow,
    is_copyright,
    read_date,
    say_numbers,
    to_document,
)
from briefing.model import Link

_LABEL: Final = re.compile(r"([^\W\d_][^:\n]{1,38}?)\s?:(?:[\s\xa0]+|$)")
_RANGE: Final = re.compile(r"(\d{1,6})-(\d{1,6})")
_LIST: Final = re.compile(r"([^\W\d_]{3,12})\s?\((\d{1,6})\)$")
_KINDS: Final[tuple[FieldKind, ...]] = (
    "byline", "section", "words", "language", "standfirst", "caption", "url",
)  # fmt: skip
_FIRST_LINES: Final[tuple[FieldKind, ...]] = ("headline", "publisher")
_OPENING: Final = frozenset({"byline", "section", "words", "standfirst", "dateline"})
_LONGEST_HEAD = 16
_UNLABELLED = 4
"""The lines of a head without labels: number, outlet, date, headline."""
_WIDE = 120


def read_nexis_word(data: bytes, name: str) -> SourceDocument:
    """Read an export as a Word document; raises InputError where it cannot be read."""
    return _read(read_docx(data, name).paragraphs, None, name)


def read_nexis_rtf(data: bytes, name: str) -> SourceDocument:
    """Read an export as rich text; raises InputError where it cannot be read."""
    return _read([_with_label(paragraph) for paragraph in read_rtf(data, name)], None, name)


def read_nexis_page(data: bytes, name: str) -> SourceDocument:
    """Read an export as a page; raises InputError where it cannot be read."""
    text, encoding = decode(data, name)
    root = parse_page(text, name)
    blocks = [] if root is None else walk(root, None)
    paragraphs = [Paragraph(block.text, label=block.label, links=block.links) for block in blocks]
    return _read(paragraphs, encoding, name)


def read_nexis_text(data: bytes, name: str) -> SourceDocument:
    """Read an export as plain text; raises InputError where it cannot be read."""
    text, encoding = decode(data, name)
    spans = find_paragraphs(text, by_blank_lines=True)
    groups = [text[span.start : span.end].strip() for span in spans]
    lines = [line.strip() for group in groups for line in _lines_of(group)]
    return _read([_with_label(Paragraph(line)) for line in lines], encoding, name)


def _lines_of(group: str) -> list[str]:
    """Return the paragraphs of lines without a blank one between: one where they are wrapped."""
    lines = group.split("\n")
    wide = any(len(line) > _WIDE for line in lines)
    return (
        lines if wide or any(_is_mark(Paragraph(line), "end mark") for line in lines) else [group]
    )


def _with_label(paragraph: Paragraph) -> Paragraph:
    """Take the name of a field for bold: rich text is read without its emphasis."""
    match = _LABEL.match(paragraph.text)
    named = match is not None and match[1][:1].isupper() and _kind_of(fold_label(match[1]))
    return replace(paragraph, label=match.end()) if match and named else paragraph


def _read(paragraphs: Sequence[Paragraph], encoding: str | None, name: str) -> SourceDocument:
    before, documents = _split(paragraphs)
    cover = [paragraph.text for paragraph in before]
    stated = _count_stated(cover, documents)
    return to_document(map(_read_document, documents), name, encoding, cover=cover, stated=stated)


def _split(
    paragraphs: Sequence[Paragraph],
) -> tuple[Sequence[Paragraph], list[Sequence[Paragraph]]]:
    """Return what stands before the first article, and the paragraphs of each article."""
    opened = [i for i, each in enumerate(paragraphs) if _is_number(each)]
    if opened:
        bounds = itertools.pairwise([*opened, len(paragraphs)])
        return paragraphs[: opened[0]], [paragraphs[start:end] for start, end in bounds]
    ends = [i + 1 for i, each in enumerate(paragraphs) if _is_mark(each, "end mark")]
    starts = [_first_of_article(paragraphs, ends), *ends[:-1]] if ends else []
    documents = [paragraphs[start:end] for start, end in zip(starts, ends, strict=True)]
    if ends and any(each.text.strip() for each in paragraphs[ends[-1] :]):
        documents.append(paragraphs[ends[-1] :])
    return paragraphs[: starts[0]] if starts else (), documents


def _first_of_article(paragraphs: Sequence[Paragraph], ends: Sequence[int]) -> int:
    """Return where the first article begins: its headline, two lines above its date at most."""
    if not ends:
        return 0
    first = range(ends[0])
    heading = next((i for i in first if paragraphs[i].level == 1), None)
    if heading is not None:
        return heading
    body = next((i for i in first if _is_mark(paragraphs[i], "body mark")), ends[0])
    dated = [i for i in range(max(0, body - 12), body) if _is_date(paragraphs[i].text)]
    return max(0, dated[-1] - 2) if dated else 0


def _read_document(paragraphs: Sequence[Paragraph]) -> Iterator[FieldRow]:
    """Yield the rows of an article: head, text and tail, each set apart by its labels."""
    numbered = _is_number(paragraphs[0])
    body = _body_start(paragraphs, marked=not numbered)
    tail = _tail_start(paragraphs, body)
    yield from _read_head(paragraphs[:body], headline_first=not numbered)
    yield from _read_text(paragraphs[body:tail])
    before: FieldRow | None = None
    for paragraph in paragraphs[tail:]:
        before = _read_tail(paragraph, before)
        yield before


def _read_text(paragraphs: Sequence[Paragraph]) -> Iterator[FieldRow]:
    """Yield the rows of a text; an abstract may stand before it, each under its mark."""
    kind: FieldKind = "body"
    for index, paragraph in enumerate(paragraphs):
        if index == 0 and _is_mark(paragraph, "abstract"):
            kind = "standfirst"
            yield FieldRow(paragraph.text, "chrome", reason="section_mark")
        elif kind == "standfirst" and _is_mark(paragraph, "body"):
            kind = "body"
            yield FieldRow(paragraph.text, "chrome", reason="section_mark")
        else:
            yield FieldRow(paragraph.text, kind, links=paragraph.links)


def _body_start(paragraphs: Sequence[Paragraph], *, marked: bool) -> int:
    """Return where the text begins: after its mark, else after the labelled lines of the head."""
    marks = (i for i, each in enumerate(paragraphs) if marked and _is_mark(each, "body mark"))
    start = next(marks, None)
    if start is not None:
        return start + 1
    labels = [_label_of(paragraph) for paragraph in paragraphs[:_LONGEST_HEAD]]
    first = next((i for i, label in enumerate(labels) if _kind_of(label or "") in _OPENING), None)
    if first is None:
        return min(_UNLABELLED, len(paragraphs))
    after = range(first + 1, len(paragraphs))
    return next(
        (i for i in after if not (_label_of(paragraphs[i]) or is_copyright(paragraphs[i].text))),
        len(paragraphs),
    )


def _tail_start(paragraphs: Sequence[Paragraph], body: int) -> int:
    for index in range(body, len(paragraphs)):
        paragraph = paragraphs[index]
        label = _label_of(paragraph)
        known = label is not None and _kind_of(label) not in {"standfirst", "byline"}
        if known or _is_mark(paragraph, "tail mark") or _is_mark(paragraph, "end mark"):
            return index
    return len(paragraphs)


def _read_head(paragraphs: Sequence[Paragraph], *, headline_first: bool) -> Iterator[FieldRow]:
    """Yield the rows above a text; the lines without a label are known by their order."""
    plain = [
        index
        for index, each in enumerate(paragraphs)
        if _label_of(each) is None
        and not (_is_number(each) or is_copyright(each.text))
        and (index == 0 or not _is_mark(each, "body mark"))
    ]
    kinds = _name_lines([paragraphs[index].text for index in plain], headline_first=headline_first)
    known = {
        index: (kind, f"line {number} of the head")
        for number, (index, kind) in enumerate(zip(plain, kinds, strict=True), 1)
    }
    for index, paragraph in enumerate(paragraphs):
        label = _label_of(paragraph)
        if index in known:
            kind, place = known[index]
            yield FieldRow(paragraph.text, kind, None, place, "head_line", paragraph.links)
        elif label is not None:
            yield from _apart(_labelled(paragraph, label))
        else:
            reason = "copyright" if is_copyright(paragraph.text) else "document_number"
            reason = "section_mark" if _is_mark(paragraph, "body mark") else reason
            yield FieldRow(paragraph.text, "chrome", reason=reason, links=paragraph.links)


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
    for place, kind in enumerate(_FIRST_LINES[: len(order)]):
        kinds[order[place]] = kind
    return kinds


def _read_tail(paragraph: Paragraph, before: FieldRow | None) -> FieldRow:
    """Return the row of a paragraph below a text; one without a label goes on with the last."""
    label = _label_of(paragraph)
    if label is not None:
        return _labelled(paragraph, label)
    text, links = paragraph.text, paragraph.links
    if is_copyright(text):
        return FieldRow(text, "chrome", reason="copyright", links=links)
    if _is_mark(paragraph, "end mark"):
        return FieldRow(text, "chrome", reason="end_mark", links=links)
    if _is_mark(paragraph, "tail mark"):
        return FieldRow(text, "chrome", None, fold_label(text), "section_mark", links)
    place = before.place if before is not None else None
    captioned = before is not None and (before.kind == "caption" or place in press_words("caption"))
    return FieldRow(text, "caption" if captioned else "chrome", None, place, links=links)


def _apart(row: FieldRow) -> Iterator[FieldRow]:
    """Yield a row; the label of one that is text of the article is set apart from it."""
    if row.kind != "standfirst" or not row.value:
        yield row
        return
    cut = len(row.text) - len(row.value)
    yield FieldRow(row.text[:cut], "chrome", reason="section_mark")
    links = tuple(
        Link(start=link.start - cut, end=link.end - cut, url=link.url)
        for link in row.links
        if link.start >= cut
    )
    yield replace(row, text=row.value, value=None, links=links)


def _labelled(paragraph: Paragraph, label: str) -> FieldRow:
    kind = _kind_of(label)
    match = _LABEL.match(paragraph.text)
    value = paragraph.text[match.end() :] if match else ""
    reason = "dateline" if kind == "dateline" else "index_terms"
    place = f"field {match[1].strip()}" if match else None
    known = next((each for each in _KINDS if each == kind), None)
    return FieldRow(paragraph.text, known or "chrome", value, place, reason, paragraph.links)


def _label_of(paragraph: Paragraph) -> str | None:
    """Return the folded name of the field that a paragraph opens with, None without one."""
    match = _LABEL.match(paragraph.text)
    if match is None or not (match[1].isupper() or paragraph.label >= len(match[1])):
        return None
    folded = fold_label(match[1])
    return folded if _kind_of(folded) else None


def _kind_of(label: str) -> str:
    """Return which section of the lexicon a label is of, "" for none."""
    names = (*_KINDS, "dateline", "index")
    return next((n for n in names if label in press_words(n)), "")


def _is_mark(paragraph: Paragraph, section: str) -> bool:
    text = paragraph.text
    return len(text) < 40 and fold_label(text) in press_words(section)


def _is_number(paragraph: Paragraph) -> bool:
    return read_number(paragraph.text, "document") is not None


def _is_date(text: str) -> bool:
    return len(text) <= _WIDE and read_date(text) is not None


def _count_stated(cover: Sequence[str], documents: Sequence[Sequence[Paragraph]]) -> str | None:
    """Return what the export says it holds: by its request, its list, or its numbers."""
    for line in (line for each in cover for line in each.split("\n")):
        asked = _RANGE.search(line[:120])
        if asked is not None and line.strip().lower().startswith(tuple(press_words("request"))):
            return f"says that it holds articles {asked[1]} to {asked[2]}"
        listed = _LIST.match(line)
        if listed is not None and listed[1].lower() in press_words("document"):
            return f"lists {listed[2]} on its cover"
    return say_numbers(each[0].text for each in documents)
