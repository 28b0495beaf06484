"""How the word lists under `data/` are read: `[section]` lines, one entry a line, `#` comments."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType


@functools.cache
def read_lexicon(name: str) -> Mapping[str, tuple[str, ...]]:
    """Read `data/<name>.txt`: section title to its entries, in the order of the file.

    Raises FileNotFoundError where the package holds no such file.
    """
    text = Path(__file__).with_name("data").joinpath(f"{name}.txt").read_text("utf-8")
    sections: dict[str, list[str]] = {}
    entries: list[str] = []
    for line in text.splitlines():
        content = line.partition("#")[0].strip()
        if content.startswith("[") and content.endswith("]"):
            entries = sections.setdefault(content[1:-1], [])
        elif content:
            entries.append(content)
    return MappingProxyType({title: tuple(lines) for title, lines in sections.items()})


@functools.cache
def read_words(name: str, *sections: str) -> frozenset[str]:
    """Return the space-separated words of the named sections (of all, where none is named)."""
    lexicon = read_lexicon(name)
    lines = (line for title in sections or lexicon for line in lexicon[title])
    return frozenset(word for line in lines for word in line.split())
