"""How the files under `data/` are read: rows, or sections of entries, and `#` comments.

They are read by their path: the package is always installed as files, and finding them through
`importlib.resources` would cost more than reading them.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType


def read_data(file: str) -> str:
    """Read a file of the package's `data/`; raises FileNotFoundError where it holds none such."""
    return Path(__file__).with_name("data").joinpath(file).read_text("utf-8")


def read_rows(file: str) -> list[str]:
    """Read the lines of a table under `data/`, comments left out."""
    return [line for line in read_data(file).splitlines() if not line.startswith("#")]


@functools.cache
def read_lexicon(name: str) -> Mapping[str, tuple[str, ...]]:
    """Read `data/<name>.txt`: section title to its entries, in the order of the file.

    A line `[title]` opens a section; entries are parted by commas and line ends; what follows a
    `#` is a comment. Raises FileNotFoundError where the package holds no such file.
    """
    sections: dict[str, list[str]] = {}
    entries: list[str] = []
    for line in read_data(f"{name}.txt").splitlines():
        content = line.partition("#")[0].strip()
        if content.startswith("[") and content.endswith("]"):
            entries = sections.setdefault(content[1:-1], [])
            continue
        entries.extend(entry.strip() for entry in content.split(",") if entry.strip())
    return MappingProxyType({title: tuple(words) for title, words in sections.items()})


def read_words(name: str, *sections: str) -> frozenset[str]:
    """Return the entries of the named sections of a lexicon file, of all where none is named.

    Raises KeyError for a section the file does not have.
    """
    lexicon = read_lexicon(name)
    return frozenset(word for title in sections or lexicon for word in lexicon[title])
