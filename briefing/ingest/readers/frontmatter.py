"""The front matter of Markdown files: plain `key: value` lines between two rules.

This is no YAML reader: only scalars and flat lists count, anything else is kept but not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from briefing.ingest.blocks import NO_FACTS, Facts, Marking
from briefing.ingest.lines.author_names import WIKILINK
from briefing.ingest.readers.entries import StatedValue, read_facts

_LONGEST = 20_000
_ENTRY = re.compile(r"([A-Za-z][\w -]{0,40}?)\s{0,4}[:=]\s{0,4}(.*)$")
_PARTS = re.compile(r"\s*(?:\"(?:[^\"\\]|\\.){0,2000}\"|'(?:[^']|''){0,2000}'|[^,]+)")
_KEYS: Mapping[str, tuple[str, ...]] = {
    "headline": ("title", "headline"),
    "authors": ("author", "authors", "byline"),
    "publisher": ("publisher", "publication", "site_name", "sitename", "site", "outlet", "source"),
    "date": ("date", "published", "date_published", "datepublished", "publishdate", "pubdate"),
    "url": ("url", "canonical", "canonical_url", "link", "source_url", "source"),
    "language": ("lang", "language"),
    "tags": ("tags", "tag", "keywords"),
    "note": ("note", "notes"),
}
"""Keys of a fact, the likeliest first. When a note was `created` or `updated` says nothing of the
article: it is the day of clipping."""
_OF_THE_TOOL = frozenset({"clippings", "clipping"})
_MOST_TAGS = 20


class FrontMatter(NamedTuple):
    """The front matter with its rules, "" without one, what it states and marks, and the rest."""

    text: str
    facts: Facts
    marks: tuple[Marking, ...]
    rest: str


def split_front_matter(text: str) -> FrontMatter:
    """Split off the front matter of a text and read it."""
    rule = text[:3]
    without = FrontMatter("", NO_FACTS, (), text)
    if rule not in {"---", "+++"} or text[3:].split("\n", 1)[0].strip():
        return without
    end = re.compile(rf"(?m)^{re.escape(rule)}[ \t]*$").search(text, 4, _LONGEST)
    entries = _entries(text[4 : end.start()]) if end else {}
    if end is None or not entries:
        return without
    found = {
        fact: [
            StatedValue(value, f"front matter {key}")
            for key in keys
            for value in entries.get(key, ())
        ]
        for fact, keys in _KEYS.items()
    }
    tags = [tag for each in found["tags"] if (tag := each.value.lstrip("#"))]
    marks = [Marking(tag=tag) for tag in tags if tag.lower() not in _OF_THE_TOOL][:_MOST_TAGS]
    marks += [Marking(note=each.value) for each in found["note"]]
    return FrontMatter(text[: end.end()], read_facts(found), tuple(marks), text[end.end() :])


def _entries(inner: str) -> dict[str, list[str]]:
    """Return the values by key; an indented line goes on with the value above it."""
    raw: dict[str, list[str]] = {}
    values: list[str] = []
    for line in inner.split("\n"):
        match = _ENTRY.match(line)
        if match is not None:
            values = raw.setdefault(match[1].strip().lower(), [])
            values.append(match[2].strip())
        elif line.strip().startswith("- "):
            values.append(line.strip()[2:].strip())
        elif line[:1].isspace() and line.strip() and values:
            before = "" if values[-1] in _FOLDED else values[-1]
            values[-1] = f"{before} {line.strip()}".strip()
    return {key: [each for value in all_ for each in _values(value)] for key, all_ in raw.items()}


_FOLDED = frozenset({"|", ">", "|-", ">-", "|+", ">+"})
_NOTHING = frozenset({"", "~", "null", "[]", *_FOLDED})


def _values(raw: str) -> Iterator[str]:
    is_list = raw.startswith("[") and raw.endswith("]") and not raw.startswith("[[")
    for part in _PARTS.findall(raw[1:-1]) if is_list else (raw,):
        value = WIKILINK.sub(r"\1", _unquote(part.strip()))
        if value not in _NOTHING:
            yield value


def _unquote(value: str) -> str:
    if len(value) < 2 or value[0] != value[-1] or value[0] not in "\"'":
        return value
    inner = value[1:-1]
    if value[0] == "'":
        return inner.replace("''", "'").strip()
    # A blank that is escaped stands for itself: programs fold long values so.
    return re.sub(r"(?:\\ )+|\\_|\\([\"\\/])", lambda found: found[1] or " ", inner).strip()
