"""Markdown inside a paragraph: links, emphasis, escapes and entities, removed in one pass.

Words stay as they are; where a link stood, its label stays with a span over it.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from briefing.ingest.lines.urls import link_target
from briefing.model import Link

_DESTINATION = re.compile(
    r"\(\s?(?P<url><[^<>\n]{0,2000}>|[^\s()<>]{0,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,500}){0,2})"
    r"(?:\s{1,3}(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?\s?\)"
)
_LOOKS_LIKE_URL = re.compile(
    r"<?(?:$|#|/|\.{1,2}/|[A-Za-z][A-Za-z0-9+.-]{1,20}:|www\.|[\w-]{1,60}\.\w)"
)
_REFERENCE = re.compile(r"\[([^\[\]\n]{0,200})\]")
_AUTOLINK = re.compile(r"<(https?://[^\s<>]{1,2000})>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_SPECIAL = re.compile(r"[\\\[\]*_<&!]|==")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class Inline(NamedTuple):
    """The words of a paragraph, and what was highlighted in it.

    `bold` and `italic` are how far an opening stretch of each goes, `marked` where each highlight
    starts and ends.
    """

    text: str
    links: tuple[Link, ...]
    bold: int
    italic: int
    marked: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class _InlineWriter:
    """Pieces of the text so far; a mark is a piece of its own, emptied once it proves to be one."""

    pieces: list[str] = field(default_factory=list)
    brackets: list[int] = field(default_factory=list)
    openers: dict[str, int] = field(default_factory=dict)
    links: list[tuple[int, int, str | None]] = field(default_factory=list)
    stretches: list[tuple[str, int, int]] = field(default_factory=list)

    def add(self, piece: str) -> int:
        self.pieces.append(piece)
        return len(self.pieces) - 1


def has_link(text: str) -> bool:
    """Whether a text holds an inline link or what is left of one."""
    first = text.find("[")
    place = text.find("](", first) if first >= 0 else -1
    while place >= 0:
        match = _DESTINATION.match(text, place + 1)
        if match and _LOOKS_LIKE_URL.match(match["url"]):
            return True
        place = text.find("](", place + 1)
    return False


def read_inline(source: str, references: dict[str, str]) -> Inline:
    """Undo the marks of a paragraph; `references` are the link definitions of its document."""
    writer = _InlineWriter()
    place = 0
    while place < len(source):
        found = _SPECIAL.search(source, place)
        if found is None:
            writer.add(source[place:])
            break
        if found.start() > place:
            writer.add(source[place : found.start()])
        place = _read_mark(source, found.start(), writer, references)
    return _finish(writer)


def _read_mark(source: str, place: int, writer: _InlineWriter, references: dict[str, str]) -> int:
    """Read the special character at `place` and return where to go on."""
    char = source[place]
    if char == "\\" and source[place + 1 : place + 2] in _PUNCTUATION:
        writer.add(source[place + 1])
        return place + 2
    if char in "[!":
        return _open_bracket(source, place, writer)
    if char == "]" and writer.brackets:
        return _close_bracket(source, place, writer, references)
    if char in "*_=":
        return _emphasis(source, place, writer)
    if char in "<&":
        return _entity_or_address(source, place, writer)
    writer.add(char)
    return place + 1


def _open_bracket(source: str, place: int, writer: _InlineWriter) -> int:
    length = 2 if source.startswith("![", place) else 1
    if source[place : place + length] != "!":
        writer.brackets.append(len(writer.pieces))
    writer.add(source[place : place + length])
    return place + length


def _close_bracket(
    source: str, place: int, writer: _InlineWriter, references: dict[str, str]
) -> int:
    opener = writer.brackets.pop()
    target = _read_target(source, place, opener, writer, references)
    if target is None:
        writer.add("]")
        return place + 1
    url, after = target
    if writer.pieces[opener] == "[":
        writer.links.append((opener, len(writer.pieces), link_target(url)))
    writer.pieces[opener] = ""
    return after


def _read_target(
    source: str, place: int, opener: int, writer: _InlineWriter, references: dict[str, str]
) -> tuple[str, int] | None:
    match = _DESTINATION.match(source, place + 1)
    if match is not None and _LOOKS_LIKE_URL.match(match["url"]):
        return match["url"].strip("<>"), match.end()
    if not references:
        return None
    label = "".join(writer.pieces[opener + 1 :]).lower()
    named = _REFERENCE.match(source, place + 1)
    if named is not None and (named[1].lower() or label) in references:
        return references[named[1].lower() or label], named.end()
    return (references[label], place + 1) if label in references else None


def _emphasis(source: str, place: int, writer: _InlineWriter) -> int:
    end = place
    while end < len(source) and source[end] == source[place] and end - place < 3:
        end += 1
    mark = source[place:end]
    before, after = source[place - 1 : place], source[end : end + 1]
    closes = bool(before) and not before.isspace() and not after.isalnum()
    opens = bool(after) and not after.isspace() and not before.isalnum()
    if closes and mark in writer.openers:
        opener = writer.openers.pop(mark)
        writer.pieces[opener] = ""
        writer.stretches.append((mark, opener, len(writer.pieces)))
    elif opens:
        writer.openers[mark] = writer.add(mark)
    else:
        writer.add(mark)
    return end


def _entity_or_address(source: str, place: int, writer: _InlineWriter) -> int:
    address = _AUTOLINK.match(source, place)
    if address is not None:
        piece = writer.add(address[1])
        writer.links.append((piece, piece + 1, link_target(address[1])))
        return address.end()
    entity = _ENTITY.match(source, place)
    writer.add(html.unescape(entity[0]) if entity else source[place])
    return entity.end() if entity else place + 1


def _finish(writer: _InlineWriter) -> Inline:
    offsets = [0]
    for piece in writer.pieces:
        offsets.append(offsets[-1] + len(piece))
    links = sorted(
        (Link(start=offsets[start], end=offsets[end], url=url) for start, end, url in writer.links),
        key=lambda link: (link.start, link.end),
    )
    bold = italic = 0
    marked = []
    for mark, start, end in writer.stretches:
        if mark[0] == "=":
            marked.append((offsets[start], offsets[end]))
        elif offsets[start] == 0:
            bold = max(bold, offsets[end] if len(mark) > 1 else 0)
            italic = max(italic, offsets[end] if len(mark) != 2 else 0)
    kept = tuple(link for link in links if link.end > link.start)
    return Inline("".join(writer.pieces), kept, bold, italic, tuple(sorted(marked)))
