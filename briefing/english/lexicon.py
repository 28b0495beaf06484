"""The one reader of lexicons: word lists in sections, and compiled tables.

A lexicon is a text file in the `data/` of the room that it belongs to. A line `[title]` opens a
section; every other line is a row of entries separated by commas, with quotation marks around an
entry that contains one; text after a `#` is a comment. Files are read by their path: the package is
always installed as files, and `importlib.resources` would cost more than reading them.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType


def read_data(room: str, file: str) -> str:
    """Read a file of a room's `data/`, such as `world` or `annotate/dates`.

    Raises FileNotFoundError if the room has no such file.
    """
    return Path(__file__).parents[1].joinpath(room, "data", file).read_text("utf-8")


def read_rows(room: str, file: str) -> list[str]:
    """Read the lines of a table in a room's `data/`, comments left out."""
    return [line for line in read_data(room, file).splitlines() if not line.startswith("#")]


@functools.cache
def read_lexicon(room: str, name: str) -> Mapping[str, tuple[str, ...]]:
    """Read `data/<name>.txt` of a room: section title to its entries, in the order of the file.

    Raises FileNotFoundError if the room has no such file.
    """
    sections: dict[str, list[str]] = {}
    entries: list[str] = []
    for line in read_data(room, f"{name}.txt").splitlines():
        content = line.partition("#")[0].strip()
        if content.startswith("[") and content.endswith("]"):
            entries = sections.setdefault(content[1:-1], [])
            continue
        for row in csv.reader([content], skipinitialspace=True):
            entries.extend(entry.strip() for entry in row if entry.strip())
    return MappingProxyType({title: tuple(words) for title, words in sections.items()})


@functools.cache
def read_words(room: str, name: str, *sections: str) -> frozenset[str]:
    """Return the entries of the named sections of a lexicon, or of all sections.

    Raises KeyError for a section the file does not have.
    """
    lexicon = read_lexicon(room, name)
    return frozenset(word for title in sections or lexicon for word in lexicon[title])


def compile_words(
    pattern: str, *sections: str, room: str, name: str, flags: int = 0
) -> re.Pattern[str]:
    """Compile a pattern with the words of a lexicon's sections where it has `{}`.

    Braces of its own are doubled. Raises KeyError for a section the file does not have.
    """
    words = sorted(read_words(room, name, *sections))
    return re.compile(pattern.format("|".join(words)), flags)
