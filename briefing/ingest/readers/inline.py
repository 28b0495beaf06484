"""Markdown inside a paragraph: links, emphasis, escapes and entities, removed in one pass.

Words stay as they are; where a link stood, its label stays with a span over it.
"""

import html
import re
from dataclasses import dataclass, field
from itertools import accumulate
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
_LINKED = re.compile(r"\](?=\()")
_REFERENCE = re.compile(r"\[([^\[\]\n]{0,200})\]")
_MARK = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<opens>!?\[)|(?P<closes>\])"
    r"|(?P<emphasis>\*{1,3}|_{1,3}|={2,3})"
    r"|<(?P<address>https?://[^\s<>]{1,2000})>"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)"
)


class Inline(NamedTuple):
    """The words of a paragraph, how far it opens bold and italic, and its marked spans."""

    text: str
    links: tuple[Link, ...]
    bold: int
    italic: int
    marked: tuple[tuple[int, int], ...] = ()


def has_link(text: str) -> bool:
    """Whether a text holds an inline link or what is left of one."""
    first = text.find("[")
    opened = _LINKED.finditer(text, first) if first >= 0 else ()
    targets = (_DESTINATION.match(text, each.end()) for each in opened)
    return any(target and _LOOKS_LIKE_URL.match(target["url"]) for target in targets)


def read_inline(source: str, references: dict[str, str]) -> Inline:
    """Undo the marks of a paragraph; `references` are the link definitions of its document."""
    return _InlineReader(source, references).read()


@dataclass(slots=True)
class _InlineReader:
    """Reads a paragraph in pieces; a mark is one of its own, emptied once it proves to be one."""

    source: str
    references: dict[str, str]
    pieces: list[str] = field(default_factory=list)
    brackets: list[int] = field(default_factory=list)
    openers: dict[str, int] = field(default_factory=dict)
    links: list[tuple[int, int, str | None]] = field(default_factory=list)
    stretches: list[tuple[str, int, int]] = field(default_factory=list)

    def read(self) -> Inline:
        """Return the paragraph without its marks."""
        place = 0
        while (found := _MARK.search(self.source, place)) is not None:
            self.pieces.append(self.source[place : found.start()])
            place = found.end()
            match found.lastgroup:
                case "escaped":
                    self.pieces.append(found["escaped"])
                case "opens":
                    self.brackets.append(len(self.pieces))
                    self.pieces.append(found[0])
                case "closes":
                    place = self._close_bracket(place)
                case "emphasis":
                    self._emphasize(found[0], found.start(), place)
                case "address":
                    start = len(self.pieces)
                    self.links.append((start, start + 1, link_target(found["address"])))
                    self.pieces.append(found["address"])
                case _:
                    self.pieces.append(html.unescape(found[0]))
        self.pieces.append(self.source[place:])
        return self._finish()

    def _close_bracket(self, place: int) -> int:
        """Read the bracket that ends before `place`, and return where to go on."""
        opener = self.brackets.pop() if self.brackets else None
        target = None if opener is None else self._read_target(place, opener)
        if opener is None or target is None:
            self.pieces.append("]")
            return place
        url, after = target
        if self.pieces[opener] == "[":
            self.links.append((opener, len(self.pieces), link_target(url)))
        self.pieces[opener] = ""
        return after

    def _read_target(self, place: int, opener: int) -> tuple[str, int] | None:
        """Return the address behind a bracket and where that ends, None where there is none."""
        match = _DESTINATION.match(self.source, place)
        if match is not None and _LOOKS_LIKE_URL.match(match["url"]):
            return match["url"].strip("<>"), match.end()
        if not self.references:
            return None
        label = "".join(self.pieces[opener + 1 :]).lower()
        named = _REFERENCE.match(self.source, place)
        if named is not None and (named[1].lower() or label) in self.references:
            return self.references[named[1].lower() or label], named.end()
        return (self.references[label], place) if label in self.references else None

    def _emphasize(self, mark: str, start: int, end: int) -> None:
        before, after = self.source[max(0, start - 1) : start], self.source[end : end + 1]
        closes = bool(before) and not before.isspace() and not after.isalnum()
        opens = bool(after) and not after.isspace() and not before.isalnum()
        if closes and mark in self.openers:
            opener = self.openers.pop(mark)
            self.pieces[opener] = ""
            self.stretches.append((mark, opener, len(self.pieces)))
            return
        if opens:
            self.openers[mark] = len(self.pieces)
        self.pieces.append(mark)

    def _finish(self) -> Inline:
        offsets = list(accumulate(map(len, self.pieces), initial=0))
        placed = ((offsets[start], offsets[end], url) for start, end, url in self.links)
        links = [Link(start=start, end=end, url=url) for start, end, url in placed if end > start]
        links.sort(key=lambda link: (link.start, link.end))
        bold = italic = 0
        marked = []
        for mark, start, end in self.stretches:
            if mark[0] == "=":
                marked.append((offsets[start], offsets[end]))
            elif offsets[start] == 0:
                bold = max(bold, offsets[end] if len(mark) > 1 else 0)
                italic = max(italic, offsets[end] if len(mark) != 2 else 0)
        return Inline("".join(self.pieces), tuple(links), bold, italic, tuple(sorted(marked)))
