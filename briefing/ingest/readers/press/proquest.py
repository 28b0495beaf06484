"""Reads exports of ProQuest as plain text: articles between rules, fields named by labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from briefing.errors import InputError
from briefing.ingest.blocks import SourceDocument
from briefing.ingest.lines.press_words import fold_label, press_words, read_number
from briefing.ingest.readers.decode import decode
from briefing.ingest.readers.press.fields import (
    FieldKind,
    FieldRow,
    say_numbers,
    to_document,
)

_RULE: Final = re.compile(r"(?m)^[ \t]*_{20,}[ \t]*$")
_LABEL: Final = re.compile(r"([^\W\d_][^:\n]{1,38}?)\s?:(?:[ \t\xa0]+|$)")
_PROXY: Final = re.compile(r".*[?&]q?url=(?=https?:)")
_KINDS: Final[tuple[FieldKind, ...]] = (
    "byline", "section", "words", "language", "url", "publisher", "date", "caption", "body",
)  # fmt: skip
_OTHERS: Final = ("title", "abstract", "index")


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
    stated = say_numbers(row.text for rows in made for row in rows[:3])
    return to_document(made, name, encoding, stated=stated)


def _read_part(lines: Sequence[str]) -> Iterator[FieldRow]:
    """Yield the rows of what stands between two rules; its headline is the first line of its own.

    The lines below the label of the full text are its paragraphs, down to the next label.
    """
    kind: FieldKind | None = None
    headed = False
    for line in lines:
        label = _label_of(line)
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


def _labelled(line: str, label: str) -> FieldRow:
    match = _LABEL.match(line)
    value = line[match.end() :].strip() if match else ""
    place = f"field {match[1]}" if match else None
    kind: FieldKind = next((each for each in _KINDS if label in press_words(each)), "chrome")
    if kind == "body":
        return FieldRow(value, "body")
    if kind == "publisher":
        value = value.partition(";")[0].strip()
    if kind == "url":
        value = _PROXY.sub("", value, count=1)
    return FieldRow(line, kind, value, place)


def _label_of(line: str) -> str | None:
    match = _LABEL.match(line)
    if match is None:
        return None
    folded = fold_label(match[1])
    return folded if folded in press_words(*_KINDS, *_OTHERS) else None
