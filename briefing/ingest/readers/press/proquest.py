"""Reads exports of ProQuest as plain text: articles between rules, fields named by labels."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from briefing.errors import InputError
from briefing.ingest.blocks import SourceDocument
from briefing.ingest.lines.press_words import read_number
from briefing.ingest.readers.decode import decode
from briefing.ingest.readers.press import fields
from briefing.ingest.readers.press.fields import FieldKind, FieldRow

_RULE: Final = re.compile(r"(?m)^[ \t]*_{20,}[ \t]*$")
_PROXY: Final = re.compile(r".*[?&]q?url=(?=https?:)")
_KINDS: Final = (
    "byline", "section", "words", "language", "url", "publisher", "date", "caption", "body",
    "title", "abstract", "index",
)  # fmt: skip


def read_proquest(data: bytes, name: str) -> SourceDocument:
    """Read an export; raises InputError where it cannot be read or holds no article."""
    text, encoding = decode(data, name)
    made: list[list[FieldRow]] = []
    apart: list[FieldRow] = []
    for part in _RULE.split(text):
        rows = list(_read_part([line.strip() for line in part.split("\n") if line.strip()]))
        if any(row.kind == "body" for row in rows):
            made.append([*apart, *rows])
            apart = []
        else:
            apart += [FieldRow(row.text, "chrome", reason="cover_list") for row in rows]
    if not made:
        raise InputError(f"{name}: the export holds no full text", "Export it with the full text.")
    made[-1] += apart
    stated = fields.say_numbers(row.text for rows in made for row in rows[:3])
    return fields.to_document(made, name, encoding, stated=stated)


def _read_part(lines: Sequence[str]) -> Iterator[FieldRow]:
    """Yield the rows of what stands between two rules: headline, fields, paragraphs of the text."""
    kind: FieldKind | None = None
    headed = False
    for line in lines:
        label = fields.read_label(line, _KINDS)
        if label is not None:
            row = _labelled(line, label)
            kind = row.kind
            if row.kind != "body" or row.stated:
                yield row
        elif kind in {"body", "caption"}:
            yield FieldRow(line, kind)
        elif headed or read_number(line, "document"):
            yield FieldRow(line, "chrome", reason="index_terms" if headed else "document_number")
        else:
            headed = True
            yield FieldRow(line, "headline", None, "line above the fields")


def _labelled(line: str, label: fields.FieldLabel) -> FieldRow:
    value = label.value.strip()
    if label.kind == "body":
        return FieldRow(value, "body")
    if label.kind == "publisher":
        value = value.partition(";")[0].strip()
    if label.kind == "url":
        value = _PROXY.sub("", value, count=1)
    return label._replace(value=value).row(line)
