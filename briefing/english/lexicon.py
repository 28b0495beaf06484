"""How the files under `data/` are read: rows, or sections of entries, and `#` comments.

They are read by their path: the package is always installed as files, and finding them through
`importlib.resources` would cost more than reading them.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType


def read_data(file: str, room: str = "english") -> str:
    """Read a file of a room's `data/`; raises FileNotFoundError where it holds none such."""
    return Path(__file__).parents[1].joinpath(room, "data", file).read_text("utf-8")


def read_rows(file: str, room: str) -> list[str]:
    """Read the lines of a table under a room's `data/`, comments left out."""
    return [line for line in read_data(file, room).splitlines() if not line.startswith("#")]


@functools.cache
def read_lexicon(name: str, room: str = "english") -> Mapping[str, tuple[str, ...]]:
    """Read `data/<name>.txt` of a room: section title to its entries, in the order of the file.

    A line `[title]` opens a section; entries are parted by commas and line ends; what follows a
    `#` is a comment. Raises FileNotFoundError where the package holds no such file.
    """
    sections: dict[str, list[str]] = {}
    entries: list[str] = []
    for line in read_data(f"{name}.txt", room).splitlines():
        content = line.partition("#")[0].strip()
        if content.startswith("[") and content.endswith("]"):
            entries = sections.setdefault(content[1:-1], [])
            continue
        entries.extend(entry.strip() for entry in content.split(",") if entry.strip())
    return MappingProxyType({title: tuple(words) for title, words in sections.items()})


def read_words(name: str, *sections: str, room: str = "english") -> frozenset[str]:
    """Return the entries of the named sections of a lexicon file, of all where none is named.

    Raises KeyError for a section the file does not have.
    """
    lexicon = read_lexicon(name, room)
    return frozenset(word for title in sections or lexicon for word in lexicon[title])
