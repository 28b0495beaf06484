"""How the lexicon files under `data/` are read: sections of entries, and `#` comments."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType


@functools.cache
def read_lexicon(name: str) -> Mapping[str, tuple[str, ...]]:
    """Read `data/<name>.txt`: section title to its entries, in the order of the file.

    A line `[title]` opens a section; entries are parted by commas and line ends; what follows a
    `#` is a comment. Raises FileNotFoundError where the package holds no such file.
    """
    text = resources.files("briefing.annotate").joinpath(f"data/{name}.txt").read_text("utf-8")
    sections: dict[str, list[str]] = {}
    entries: list[str] = []
    for line in text.splitlines():
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
