"""Reads exports of Factiva: pages and rich text, with the codes of the fields or without them.

With codes every field stands in a row of a table (`HD`, `SN`, `PD`); they are the same in every
language. Without them the fields above a text stand in a fixed order, from the count of words on;
only their words are of the language of the interface.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from briefing.ingest.blocks import Block, SourceDocument
from briefing.ingest.lines.author_names import is_agency, read_authors
from briefing.ingest.lines.press_words import press_words
from briefing.ingest.readers.decode import decode
from briefing.ingest.readers.html.dom import outermost, parse_page, walk
from briefing.ingest.readers.press import fields
from briefing.ingest.readers.press.fields import FieldKind, FieldRow, is_copyright, read_date
from briefing.ingest.readers.word import rtf_blocks

_ARTICLE: Final = re.compile(r"article [a-z]{2,5}Article$")
_COUNTED: Final = re.compile(r"^\d{1,4}\)\s")
_WORDS: Final = re.compile(r"\d[\d.,\s\xa0]{0,12}\s?[^\W\d_]{1,12}$")
_TIME: Final = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?: [\w+-]{1,6})?$")
_NUMBER: Final = re.compile(r"[^\W\d_]{2,20}\s([A-Z][A-Z0-9]{5,9}\d{8}[a-z0-9]{6,12})$")
_FIELD: Final = re.compile(r"([A-Z]{2,3})(?:[\t\xa0 ]|$)")
_KIND_OF: Final[Mapping[str, FieldKind]] = {
    "HD": "headline", "BY": "byline", "SN": "publisher", "PD": "date", "SE": "section",
    "WC": "words", "LA": "language", "LP": "body", "TD": "body", "ART": "caption",
}  # fmt: skip
_REASON_OF: Final = {"CY": "copyright", "AN": "document_number"}
_CREDIT: Final = re.compile("(?i)special to ")
_MOST_ABOVE = 4
_LONGEST_BY = 20


def read_factiva_page(data: bytes, name: str) -> SourceDocument:
    """Read an export as a page; raises InputError where it cannot be read."""
    text, encoding = decode(data, name)
    root = parse_page(text, name)
    boxes = root.iter("div")
    articles = outermost(e for e in boxes if _ARTICLE.match((e.get("class") or "").strip()))
    made = [list(_read_article(article)) for article in articles]
    for article in articles:
        article.clear(keep_tail=True)
    outside = walk(root, None) if articles else ()
    rest = list(dict.fromkeys(block.text for block in outside if block.form != "chrome"))
    return fields.to_document(made, name, encoding, cover=rest, stated=_count_found(rest))


def read_factiva_rtf(data: bytes, name: str) -> SourceDocument:
    """Read an export as rich text; raises InputError where it cannot be read."""
    lines = [block.text for block in rtf_blocks(data, name)]
    ends = (len(line) <= 80 and _NUMBER.search(line.removeprefix("AN").strip()) for line in lines)
    bounds = [index for index, is_end in enumerate(ends, 1) if is_end]
    made = [list(_read_lines(lines[start:end])) for start, end in pairwise([0, *bounds])]
    for line in lines[bounds[-1] :] if bounds else ():
        made[-1].append(FieldRow(line, "chrome", reason="page_furniture"))
    stated = _count_found([row.text for rows in made for row in rows if row.kind == "chrome"])
    return fields.to_document(made, name, stated=stated)


def _count_found(lines: Sequence[str]) -> str | None:
    """Return how many articles the search found, where the export says so."""
    names = press_words("found")
    for index, line in enumerate(lines):
        label, _, value = line.partition("\t")
        if not value and index + 1 < len(lines):
            value = lines[index + 1]
        if label.strip().lower() in names and re.fullmatch(r"[\d.,\s]{1,12}", value):
            return f"says that its search found {value.strip()}"
    return None


def _read_article(article: Any) -> Iterator[FieldRow]:
    cells = [each for each in article.iter("td") if "index" in (each.get("class") or "").split()]
    if cells:
        for cell in cells:
            beside = cell.getnext()
            code = "".join(cell.itertext()).strip(" \xa0\t\n\r")
            yield from _coded(code, [] if beside is None else walk(beside, None))
        return
    above: list[FieldRow] = []
    below: list[Block] = []
    started = False
    parts = (child for child in article if isinstance(child.tag, str))
    for child, block in ((part, block) for part in parts for block in walk(part, None)):
        names = f"{child.get('class') or ''} {child.get('id') or ''}"
        if "articleParagraph" in names:
            if not started:
                yield from _name_head(above)
            started = True
            # What stands between paragraphs without being one is a picture's words.
            yield from (FieldRow(each.text, "caption", links=each.links) for each in below)
            below = []
            yield FieldRow(block.text, links=block.links)
        elif started:
            below.append(block)
        else:
            above.append(_head_row(block, names.split()))
    if not started:
        yield from _name_head(above)
    yield from _end_rows([block.text for block in below])


def _head_row(block: Block, names: Sequence[str]) -> FieldRow:
    text, links = block.text, block.links
    if "hd" in names:
        value = _COUNTED.sub("", text, count=1)
        return FieldRow(text, "headline", value, "element hd", links=links)
    if "author" in names:
        return FieldRow(text, "byline", None, "element author", links=links)
    return FieldRow(text, "chrome", reason="head_line", links=links)


def _name_head(rows: Sequence[FieldRow]) -> Iterator[FieldRow]:
    """Yield the rows above a text, those of no known kind by their order; the section is on top."""
    texts = [row.text for row in rows]
    kinds: dict[int, FieldKind] = {}
    headline = next((i for i, row in enumerate(rows) if row.kind == "headline"), 0)
    kinds.update((i, "section") for i in range(min(headline, 1)) if rows[i].kind == "chrome")
    words = next((i for i in range(headline + 1, len(texts)) if _WORDS.match(texts[i])), len(texts))
    if words < len(texts):
        kinds.update(_after_words(texts, words))
    for index, row in enumerate(rows):
        kind = kinds.get(index) if row.kind == "chrome" else None
        if kind is not None:
            yield FieldRow(row.text, kind, None, f"line {index + 1} of the head", links=row.links)
        elif row.kind == "chrome" and is_copyright(row.text):
            yield FieldRow(row.text, "chrome", reason="copyright", links=row.links)
        else:
            yield row


def _after_words(texts: Sequence[str], words: int) -> dict[int, FieldKind]:
    kinds: dict[int, FieldKind] = {words: "words"}
    dated = next((i for i in range(words + 1, len(texts)) if read_date(texts[i])), None)
    if dated is None:
        return kinds
    kinds[dated] = "date"
    outlet = next((i for i in range(dated + 1, len(texts)) if not _TIME.match(texts[i])), None)
    if outlet is not None:
        kinds[outlet] = "publisher"
    after = range(dated + 1, len(texts))
    language = next((i for i in after if fields.name_language(texts[i])), None)
    if language is not None and language != outlet:
        kinds[language] = "language"
    return kinds


def _end_rows(texts: Sequence[str]) -> Iterator[FieldRow]:
    """Yield the rows below a text: captions, then the owner and the number of the document."""
    last = len(texts)
    while last and (_NUMBER.search(texts[last - 1]) or last == len(texts)):
        last -= 1
    owner = max(last - 1, 0)
    for index, text in enumerate(texts):
        reason = "document_number" if index >= last else "copyright"
        yield FieldRow(text, "caption" if index < owner else "chrome", reason=reason)


def _coded(code: str, blocks: Sequence[Block]) -> Iterator[FieldRow]:
    kind = _KIND_OF.get(code, "chrome")
    reason = _REASON_OF.get(code, "index_terms")
    for block in blocks:
        value = _COUNTED.sub("", block.text, count=1) if kind == "headline" else None
        yield FieldRow(block.text, kind, value, f"field {code}", reason, block.links)


def _read_lines(lines: Sequence[str]) -> Iterator[FieldRow]:
    """Yield the rows of an article whose lines are all that is known of it."""
    coded = [(index, match[1]) for index, line in enumerate(lines) if (match := _FIELD.match(line))]
    codes = press_words("factiva codes")
    known = [(index, code) for index, code in coded if code in codes]
    if {"HD", "SN"} <= {code for _, code in known}:
        yield from (FieldRow(line, "chrome", reason="cover_list") for line in lines[: known[0][0]])
        for (start, code), (end, _) in pairwise([*known, (len(lines), "")]):
            value = lines[start][len(code) :].strip("\t\xa0 ")
            yield from _coded(code, [Block(t) for t in (value, *lines[start + 1 : end]) if t])
        return
    # The count of words stands right above the date.
    counts = (
        i for i, pair in enumerate(pairwise(lines)) if _WORDS.match(pair[0]) and read_date(pair[1])
    )
    words = next(counts, len(lines))
    first = max(0, words - _MOST_ABOVE)
    yield from (FieldRow(line, "chrome", reason="cover_list") for line in lines[:first])
    owned = (i + 1 for i in range(words, min(len(lines), words + 14)) if is_copyright(lines[i]))
    body = next(owned, min(len(lines), words + 5))
    above = _name_above(lines[first:words])
    below = [FieldRow(line, "chrome", reason="head_line") for line in lines[words:body]]
    yield from _name_head([*above, *below])
    yield from (FieldRow(line) for line in lines[body:-2])
    yield from _end_rows(lines[max(body, len(lines) - 2) :])


def _name_above(lines: Sequence[str]) -> Iterator[FieldRow]:
    """Yield the lines above the count of words: section, headline, byline as far as they go."""
    last = len(lines)
    while last > 1 and (is_agency(lines[last - 1]) or _CREDIT.match(lines[last - 1])):
        last -= 1
    headline = last - (2 if _is_signed(lines[:last]) else 1)
    for index, line in enumerate(lines):
        if index == headline:
            uncounted = _COUNTED.sub("", line, count=1)
            yield FieldRow(line, "headline", uncounted, "line above the fields")
        elif headline < index < last:
            yield FieldRow(line, "byline", None, "line below the headline")
        else:
            yield FieldRow(line, "chrome", reason="head_line")


def _is_signed(lines: Sequence[str]) -> bool:
    """Whether the last line is a byline: a `By` opens it, or it is shorter than its headline."""
    if len(lines) < 2 or len(lines[-1]) >= 80:
        return False
    names = read_authors(lines[-1])
    marked = bool(names) and 0 < lines[-1].lower().find(names[0].lower()) <= _LONGEST_BY
    return marked or (bool(names) and len(lines[-1]) < len(lines[-2]))
