"""What an export wrote, and its words read back from the file by a reader that is not ours."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec

from briefing.errors import MismatchError
from briefing.export.verifying import ExactText
from briefing.visible import escape_json

_FORMULA = "=+-@\t\r\n＝＋－＠"
_GUARDED = re.compile(rf"'*[{re.escape(_FORMULA)}]")
"""What a spreadsheet might take for a formula, and the same with guards before it."""


class Written(NamedTuple):
    """The text of an export, and the words that must be in it, in that order."""

    text: str
    exact: tuple[ExactText, ...] = ()

    def count_words(self) -> int:
        """Return how many words the text has, markup and all."""
        return len(self.text.split())


ReadBack = Callable[[str], Iterator[str]]
"""Reads the texts of a written file: paragraphs, cells or strings, in their order."""


def check_written(written: Written, read: ReadBack) -> None:
    """Read a file back and find every exact text in it; raises MismatchError by name.

    The texts are looked for in their order, so one that was written twice is found twice.
    """
    texts = read(written.text)
    here = next(texts, "")
    at = 0
    for where, words in written.exact:
        while (found := here.find(words, at)) < 0:
            text = next(texts, None)
            if text is None:
                raise MismatchError(
                    f"{where}: as it was written, its words are not the stored text",
                    "Nothing was exported. This is an error in briefing: please report it.",
                )
            here, at = text, 0
        at = found + len(words)


def read_markdown(text: str) -> Iterator[str]:
    """Yield the text of each paragraph, heading and cell, without its markup."""
    from markdown_it import MarkdownIt

    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "inline":
            children = token.children or []
            yield "".join(" " if child.type == "softbreak" else child.content for child in children)


def read_nothing(_: str) -> Iterator[str]:
    """Yield nothing: the format holds no words of an article."""
    return iter(())


def read_csv(text: str) -> Iterator[str]:
    """Yield the cells of each row, without the guards against formulas."""
    for row in csv.reader(io.StringIO(text, newline="")):
        yield from map(unguarded, row)


def read_json(text: str) -> Iterator[str]:
    """Yield every string of a JSON text that is a value."""
    pending = [json.loads(text)]
    while pending:
        match pending.pop():
            case str() as words:
                yield words
            case dict() as fields:
                pending.extend(reversed(fields.values()))
            case list() as items:
                pending.extend(reversed(items))


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: with an apostrophe if need be."""
    return f"'{cell}" if _GUARDED.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return the text of a cell that `guarded` made."""
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell) else cell


def json_text(data: object) -> str:
    """Return data as JSON whose characters are printable, the others by their numbers."""
    encoded = msgspec.json.encode(data)
    text = msgspec.json.format(encoded, indent=2).decode()
    return escape_json(text) + "\n"
