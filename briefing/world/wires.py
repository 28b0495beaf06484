"""Marks of a wire on an article: its byline, its dateline, and how it is signed at its end.

They stand in the stored lines, some of them set aside. That an agency contributed to a report says
nothing of where its text comes from.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from briefing.english.lexicon import compile_words, read_words
from briefing.model import Article, Chunk
from briefing.world.outlets import is_ambiguous, usual_name

LONGEST_LINE: Final = 300
OPENING: Final = 120
"""How far into a story, in characters, its dateline may reach."""
MOST_END_LINES: Final = 12
_words = functools.partial(compile_words, room="world", name="wires")
_PLACE_WORD: Final = r"(?:[^\W\d_a-z][\w.’'-]*|\d{1,4}|de|of|and|al|el|la)\b[.,/]{0,2}\s?"
_DATELINE: Final = re.compile(
    rf"(?P<place>(?:{_PLACE_WORD}){{0,7}}[–—-]?\s?)"
    r"(?:\((?:[Tt]he )?(?P<name>[^\W\d_][\w.&’' -]{1,40})\)(?:\s?(?P<mark>[-–—:])|\s(?=[A-Z]))"
    r"|/(?P<slashed>[\w -]{2,30})/[.\s])"
)
_IN_FORM: Final = re.compile(
    r"[^a-z]*(?:, [^\W\d_]+\.? \d{1,2}(?:, \d{4})?)?,?\s*"
    r"|[^,\d]+, (?:\d{1,2}\.? [^\W\d_]+\.?|[^\W\d_]+\.? \d{1,2})(?:,? \d{4})?,?\s*"
)
_DAY: Final = re.compile(r"\d")
_BY: Final = re.compile(r"(?i)^\W*(?:by|from)\s+")
_BYLINE_PARTS: Final = re.compile(r"\s[|/·•–—-]\s|[,;/|]|\s(?:for|of|from|in|at)\s")
_JOINED: Final = re.compile(r"(?i)\s(?:and|with)\s|\s&\s")
_STAFF: Final = re.compile(r"(?i)\s(?:staff|writers?|reporters?|correspondents?|news service)$")
_ONLY_NAME: Final = re.compile(r"(?i)^\W*(?:(?:source|via|agency):\s*|reporting by )?(?:the )?")
_RIGHTS: Final = re.compile(r"(?i)^\W*(?:©|\(c\)|copyright)[\s©\d,–-]*(?:by )?(?:the )?")
_SUPPLIED: Final = _words(
    r"(?i)^\W*(?:this|the) (?:article|story|report|item|text) (?:was |is |has been )?"
    r"(?:{}|from|comes from)(?: to \w+)?(?: by| in)? (?:the )?",
    "supplied",
)
_LINE_NAME: Final = re.compile(r"[^\W\d_][^.,;\n]{1,40}")
_SIGN_OFF: Final = re.compile(r"(?i)\breporting by\b[^\n]{3,250}[;.]\s?(?:writing|editing) by\b")
_SENTENCE_END: Final = r"[.!?…]['\"”’]?\s+"
_LISTED_LAST: Final = re.compile(_SENTENCE_END + r"\(([^()\n]{2,60})\)$")
_NAMED_LAST: Final = re.compile(_SENTENCE_END + r"[—–-]{1,2}\s?([^\W\d_][\w -]{1,30})\.?$")
_FEED: Final = _words(r"(?i)\b(?:{})\b", "from a feed")


class WireMark(NamedTuple):
    """What marks the text of an article as another outlet's: `outlet` is None where unnamed.

    The mark stands at `start` to `end` of a chunk, or among the article's authors.
    """

    outlet: str | None
    words: str
    chunk: str | None = None
    start: int = 0
    end: int = 0


def find_wire(article: Article) -> WireMark | None:
    """Return the mark that an article's text is an agency's or another outlet's; None for none."""
    first = next((i for i, chunk in enumerate(article.chunks) if chunk.role == "body"), None)
    if first is None:
        return None
    dateline = _read_dateline(article.chunks[first])
    if dateline is not None and _is_own(dateline.words, article.publisher):
        return None
    marks = [
        *([dateline] if dateline else []),
        *_in_authors(article.authors),
        *_in_bylines(article.chunks[:first]),
        *_at_end(article.chunks[first + 1 :]),
    ]
    return next((mark for mark in marks if mark.outlet), next(iter(marks), None))


def _read_dateline(chunk: Chunk) -> WireMark | None:
    """Return the name between a place and a dash; one that no list has behind a place in full form.

    `MALDEN, March 3 (Halyard) -` names an agency, `London (Ontario) -` a place.
    """
    match = _DATELINE.match(chunk.text[:OPENING].lstrip("•–—- "))
    if match is None:
        return None
    words, place = (match["name"] or match["slashed"]).strip(), match["place"].strip()
    if not (match["mark"] or match["slashed"] or (_agency(words) and _DAY.search(place))):
        return None
    mark = _mark(chunk, words, _known(words) or words)
    if _known(words):
        return None if _known(place) else mark
    is_place = any(one.start < mark.end and mark.start < one.end for one in chunk.mentions)
    return None if is_place or not _IN_FORM.fullmatch(place) else mark


def _is_own(words: str, publisher: str | None) -> bool:
    """Whether a dateline names the publisher, perhaps by its first words or its initials."""
    name = (publisher or "").removeprefix("The ")
    initials = "".join(word[0] for word in name.split())
    return words == initials or f"{name} ".startswith(f"{words} ")


def _in_authors(authors: Sequence[str]) -> Iterator[WireMark]:
    for author in authors:
        outlet = _agency(_STAFF.sub("", author))
        if outlet is not None:
            yield WireMark(outlet, author)


def _in_bylines(chunks: Sequence[Chunk]) -> Iterator[WireMark]:
    """Yield what a line above the story says of an agency; with others beside it, who is open."""
    for chunk in chunks:
        by = _BY.match(chunk.text)
        if by is None or len(chunk.text) > LONGEST_LINE or chunk.role in ("heading", "standfirst"):
            continue
        for part in _BYLINE_PARTS.split(chunk.text[by.end() :]):
            named = [_STAFF.sub("", each).strip(" .()") for each in _JOINED.split(part)]
            found = [_known(each) for each in named]
            outlet = found[0] if len(found) == 1 else None
            if outlet or any(map(_is_unnamed, named)) or (any(found) and not all(found)):
                yield _mark(chunk, part.strip(), outlet)


def _is_unnamed(words: str) -> bool:
    return words.lower() in read_words("world", "wires", "unnamed agencies")


def _at_end(chunks: Sequence[Chunk]) -> Iterator[WireMark]:
    """Yield how a story is signed, in its last words or in a line below it."""
    last = max((i for i, chunk in enumerate(chunks) if chunk.role == "body"), default=-1)
    for chunk in chunks[max(0, last - 1) : last + 1 + MOST_END_LINES]:
        if chunk.role in ("caption", "unrelated", "heading"):
            continue
        text = chunk.text.strip()
        for pattern in (_LISTED_LAST, _NAMED_LAST):
            signed = pattern.search(text[-OPENING:])
            if signed is not None:
                yield from _signature(chunk, signed[1])
        if _SIGN_OFF.search(text[-LONGEST_LINE:]):
            yield _mark(chunk, text[-LONGEST_LINE:], None)
        if len(text) <= LONGEST_LINE:
            yield from _end_line(chunk, text)


def _signature(chunk: Chunk, words: str) -> Iterator[WireMark]:
    """Yield the agencies in brackets behind the last sentence; of several, which is open."""
    found = [_agency(name.strip()) for name in re.split(r"[,/]", words)]
    if found and all(found):
        yield _mark(chunk, words, found[0] if len(found) == 1 else None)


def _end_line(chunk: Chunk, text: str) -> Iterator[WireMark]:
    for pattern, find in ((_ONLY_NAME, _agency), (_RIGHTS, _agency), (_SUPPLIED, _known)):
        lead = pattern.match(text)
        name = lead and _LINE_NAME.match(text, lead.end())
        outlet = find(name[0].strip(" )")) if name else None
        if name and outlet and (pattern is not _ONLY_NAME or len(text) - name.end() <= 1):
            yield _mark(chunk, name[0].strip(" )"), outlet)
    feed = _FEED.search(text)
    if feed is not None:
        yield _mark(chunk, feed[0], None)


def _mark(chunk: Chunk, words: str, outlet: str | None) -> WireMark:
    start = chunk.text.index(words)
    return WireMark(outlet, words, chunk.id, start, start + len(words))


def _known(words: str) -> str | None:
    """Return the outlet of a name that is no common word, or None."""
    return None if is_ambiguous(words) else usual_name(words)


def _agency(words: str) -> str | None:
    """Return the news agency of a name, or None for any other."""
    outlet = usual_name(words.removeprefix("the "))
    return outlet if outlet in read_words("world", "outlets", "agencies") else None
