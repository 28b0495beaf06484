"""The note that Readwise writes about an article: what it is, then what was highlighted in it."""

from __future__ import annotations

import re

from briefing.ingest.blocks import Extraction
from briefing.ingest.lines.author_names import WIKILINK
from briefing.ingest.readers.entries import read_entry
from briefing.ingest.readers.inline import read_inline

_FIELDS = re.compile(r"(?m)^## Metadata\n+((?:- .*\n?)+)")
_FIELD = re.compile(r"(?m)^- ([A-Z][\w ]{1,40}): ?(.*)$")
_HIGHLIGHTS = re.compile(r"(?m)^## (?:New )?[Hh]ighlights\b.*$")
_TITLE = re.compile(r"(?m)^# (.+)$")
_PLACE = re.compile(r"\s*\(\[(?:View Highlight|Location \d+)\]\([^()\s]{1,500}\)\)")
_BELOW = re.compile(r"\s+- \**(Note|Tags):\** ?(.*)")


def read_readwise(text: str) -> Extraction | None:
    """Return the article that a note of Readwise is about, None for any other Markdown."""
    fields, start = _FIELDS.search(text[:20_000]), _HIGHLIGHTS.search(text)
    if fields is None or start is None or start.start() < fields.end():
        return None
    title = _TITLE.search(text[: fields.start()])
    entry: dict[str, object] = {
        name: WIKILINK.sub(r"\1", value).strip() for name, value in _FIELD.findall(fields[1])
    }
    entry.setdefault("Full Title", title[1] if title else "")
    tags = [entry.get("Document Tags", "")]
    entry["highlights"], more, rest = _read_highlights(text[start.end() :])
    entry["tags"] = [*tags, *more]
    before = (text[: fields.start()], text[fields.end() : start.start()])
    lines = [line for part in before for line in part.split("\n")] + rest
    entry["other lines"] = [line for line in lines if line.strip() and not _TITLE.match(line)]
    return read_entry([entry], "field").extraction


def _read_highlights(text: str) -> tuple[list[dict[str, str]], list[str], list[str]]:
    """Return the highlights with their notes, the tags below them, and the lines that are none."""
    highlights: list[tuple[list[str], list[str]]] = []
    tags: list[str] = []
    rest: list[str] = []
    lines = rest
    for line in text.split("\n"):
        below = _BELOW.match(line) if highlights else None
        if line.startswith("- "):
            highlights.append(([_plain(line[2:])], []))
            lines = highlights[-1][0]
        elif below is not None and below[1] == "Tags":
            tags.append(WIKILINK.sub(r"\1,", below[2]))
        elif below is not None:
            lines = highlights[-1][1]
            lines.append(_plain(below[2]))
        elif line.startswith("#"):
            rest.append(line)
        elif line.strip():
            lines.append(_plain(line) if highlights else line)
    found = [{"text": "\n".join(words), "note": "\n".join(notes)} for words, notes in highlights]
    return found, tags, rest


def _plain(line: str) -> str:
    return read_inline(WIKILINK.sub(r"\1", _PLACE.sub("", line)).strip(), {}).text
