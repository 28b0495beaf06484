"""The note that Readwise writes about an article: what it is, then what was highlighted in it."""

from __future__ import annotations

import re

from briefing.ingest.blocks import Extraction
from briefing.ingest.readers.inline import read_inline
from briefing.ingest.readers.records import read_record

_FIELDS = re.compile(r"(?m)^## Metadata\n+((?:- .*\n?)+)")
_FIELD = re.compile(r"(?m)^- ([A-Z][\w ]{1,40}): ?(.*)$")
_HIGHLIGHTS = re.compile(r"(?m)^## (?:New )?[Hh]ighlights\b.*$")
_TITLE = re.compile(r"(?m)^# (.+)$")
_PLACE = re.compile(r"\s*\(\[(?:View Highlight|Location \d+)\]\([^()\s]{1,500}\)\)")
_BELOW = re.compile(r"\s+- \**(Note|Tags):\** ?(.*)")
_WIKILINK = re.compile(r"\[\[(?:[^\[\]|\n]{0,200}\|)?([^\[\]|\n]{1,200})\]\]")


def read_readwise(text: str) -> Extraction | None:
    """Return the article that a note of Readwise is about, None for any other Markdown."""
    fields, start = _FIELDS.search(text[:20_000]), _HIGHLIGHTS.search(text)
    if fields is None or start is None or start.start() < fields.end():
        return None
    title = _TITLE.search(text[: fields.start()])
    record: dict[str, object] = {
        name: _WIKILINK.sub(r"\1", value).strip() for name, value in _FIELD.findall(fields[1])
    }
    record.setdefault("Full Title", title[1] if title else "")
    tags = [record.get("Document Tags", "")]
    record["highlights"], more, rest = _read_highlights(text[start.end() :])
    record["tags"] = [*tags, *more]
    before = (text[: fields.start()], text[fields.end() : start.start()])
    lines = [line for part in before for line in part.split("\n")] + rest
    record["other lines"] = [line for line in lines if line.strip() and not _TITLE.match(line)]
    return read_record([record], "field").extraction


def _read_highlights(text: str) -> tuple[list[dict[str, str]], list[str], list[str]]:
    """Return the highlights with their notes, the tags below them, and the lines that are none."""
    highlights: list[dict[str, str]] = []
    tags: list[str] = []
    rest: list[str] = []
    key = "text"
    for line in text.split("\n"):
        below = _BELOW.match(line) if highlights else None
        if line.startswith("- "):
            highlights.append({"text": _plain(line[2:]), "note": ""})
            key = "text"
        elif below is not None and below[1] == "Tags":
            tags.append(_WIKILINK.sub(r"\1,", below[2]))
        elif below is not None:
            highlights[-1]["note"], key = _plain(below[2]), "note"
        elif line.startswith("#") or not highlights:
            rest.append(line)
        elif line.strip():
            highlights[-1][key] += f"\n{_plain(line)}"
    return highlights, tags, rest


def _plain(line: str) -> str:
    return read_inline(_WIKILINK.sub(r"\1", _PLACE.sub("", line)).strip(), {}).text
