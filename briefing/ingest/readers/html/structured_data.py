"""JSON-LD: the article objects of a page, read in spite of the slips that publishers make.

Of a script that is no JSON even without what wraps it, the members of an article are taken that
stand clear: a missing comma or brace, or a bare mark, spoils no other.
"""

import html
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from briefing.english.lexicon import read_words

_MOST_DATA = 2_000_000
_DEEPEST = 6
_MOST_ITEMS = 200
_WORD = re.compile(r"\S")
_DECODER = json.JSONDecoder(strict=False)
_WRAPPING = re.compile(
    r"(?m)<!--|-->|<!\[CDATA\[|\]\]>|/\*[^*]{0,200}\*/|^[ \t]*//.*$|,(?=\s{0,200}[}\]])|;\s*\Z"
)
_STRING = r'"((?:[^"\\]|\\.)*+)"(?=\s*(?:[,}\]]|\Z|"[^"\\\n]{1,60}"\s{0,9}:))'
_MEMBER = re.compile(rf'"(@type|headline|datePublished|dateModified|url)"\s*:\s*{_STRING}')
_NAMED = re.compile(
    r'"(author|publisher)"\s*:\s*\[?\s*(?:\{[^{}]{0,1000}?"name"\s*:\s*)?' + _STRING
)


class StructuredData:
    """The article objects of a page and what they refer to by `@id`."""

    def __init__(self, root: Any) -> None:
        """Read every JSON-LD script of a page; what cannot be read is skipped."""
        self.articles: list[dict[str, Any]] = []
        self._named: dict[str, dict[str, Any]] = {}
        for element in root.iter("script"):
            kind = (element.get("type") or "").partition(";")[0].strip().lower()
            if kind == "application/ld+json" and len(element.text or "") <= _MOST_DATA:
                for data in _documents(element.text or ""):
                    self._collect(data, 0)

    def texts(self, key: str) -> Iterator[str]:
        """Yield what the articles state under `key` as plain text."""
        for article in self.articles:
            value = article.get(key)
            if isinstance(value, str) and value.strip():
                yield _squeeze(value)

    def names(self, key: str) -> list[str]:
        """Return the names of whoever the first article with any gives under `key`."""
        named = (list(self._names_of(article.get(key), 0)) for article in self.articles)
        return next(filter(None, named), [])

    def is_person(self, name: str | None) -> bool:
        """Whether an article states, of its author of this name, that it is a person."""
        authors = (article.get("author") for article in self.articles)
        flat = (a for each in authors for a in (each if isinstance(each, list) else [each]))
        people = (a for a in flat if isinstance(a, dict) and a.get("@type") == "Person")
        return any(isinstance(a.get("name"), str) and _squeeze(a["name"]) == name for a in people)

    def _names_of(self, value: Any, depth: int) -> Iterator[str]:
        """Yield names given outright, in an object, in a list, or by reference to an object."""
        if depth > _DEEPEST:
            return
        if isinstance(value, list):
            for item in value[:_MOST_ITEMS]:
                yield from self._names_of(item, depth + 1)
        elif isinstance(value, dict):
            name = value.get("name") or value.get("@list") or self._referred(value.get("@id"))
            yield from self._names_of(name, depth + 1)
        elif isinstance(value, str) and value.strip():
            yield _squeeze(self._referred(value) or value)

    def _referred(self, key: Any) -> str | None:
        """Return the name of the object of an `@id`, None where the page has no such object."""
        name = self._named.get(key, {}).get("name") if isinstance(key, str) else None
        return name if isinstance(name, str) else None

    def _collect(self, data: Any, depth: int) -> None:
        if depth > _DEEPEST:
            return
        if isinstance(data, list):
            for item in data[:_MOST_ITEMS]:
                self._collect(item, depth + 1)
        elif isinstance(data, dict):
            if isinstance(data.get("@id"), str) and data.get("name"):
                self._named.setdefault(data["@id"], data)
            stated = data.get("@type")
            types = stated if isinstance(stated, list) else [stated]
            known = read_words("ingest", "page_facts", "article types")
            if any(isinstance(kind, str) and kind.rpartition("/")[2] in known for kind in types):
                self.articles.append(data)
            for key in ("@graph", "mainEntity", "mainEntityOfPage", "author", "publisher"):
                self._collect(data.get(key), depth + 1)


def _documents(text: str) -> Iterator[Any]:
    """Yield the JSON values of a script: as it stands, else as far as it can be read."""
    with suppress(ValueError, RecursionError):
        yield json.loads(text, strict=False)
        return
    bare = _WRAPPING.sub(" ", text if '"' in text else html.unescape(text))
    found, place = [], len(bare) - len(bare.lstrip())
    try:
        while place < len(bare):
            value, end = _DECODER.raw_decode(bare, place)
            found.append(value)
            place = len(bare) if (after := _WORD.search(bare, end)) is None else after.start()
    except (ValueError, RecursionError):
        found = [_members(bare)]
    yield from found


def _members(text: str) -> dict[str, Any]:
    """Return the first of each member of an article that is whole, and the types of all objects."""
    members: dict[str, Any] = {"@type": []}
    for match in (*_MEMBER.finditer(text), *_NAMED.finditer(text)):
        with suppress(ValueError):
            value = json.loads(f'"{match[2]}"', strict=False)
            if match[1] == "@type":
                members["@type"].append(value)
            members.setdefault(match[1], value)
    return members


def _squeeze(text: str) -> str:
    return " ".join(html.unescape(text).split())
