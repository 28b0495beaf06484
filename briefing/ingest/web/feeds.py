"""Reads RSS and Atom feeds: the addresses of their entries, and what each is about."""

import io
import re
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import feedparser

from briefing.ingest.web.addresses import FetchError, read_web_address

MAX_FEED: Final = 8 * 1024 * 1024
_DEEPEST: Final = 2_000
"""Elements within one another that are read; feedparser takes the square of the time for more."""
_TAG: Final = re.compile(rb"<(?:(/)[^<>]*|[A-Za-z][^<>]*?(/?))>")
_MARKED: Final = re.compile(rb"<!\[CDATA\[.*?\]\]>", re.DOTALL)
_MARKUP: Final = re.compile(r"<[^<>]*>")
_FEED: Final = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_HEAD: Final = 4_096


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry of a feed: where its page is, what it says, and the stamp of its last change."""

    address: str
    text: str
    updated: str = ""


@dataclass(frozen=True, slots=True)
class FeedContent:
    """A feed's title, None where it has none, and its entries in its order, each page once."""

    title: str | None
    entries: tuple[FeedEntry, ...]


def is_feed(data: bytes) -> bool:
    """Whether a document begins as a feed does."""
    return _FEED.search(data[:_HEAD]) is not None and b"<html" not in data[:_HEAD].lower()


def read_feed(data: bytes, address: str, media_type: str | None = None) -> FeedContent:
    """Read a feed's entries with web addresses, well-formed or not; raises FetchError."""
    if len(data) > MAX_FEED:
        raise FetchError(f"{address}: the feed is larger than {MAX_FEED >> 20} MB")
    if _depth(data) > _DEEPEST:
        raise FetchError(f"{address}: the feed is nested too deeply")
    headers = {"content-type": media_type or "application/xml", "content-location": address}
    # As a stream: plain bytes would be taken for the name of a file.
    read = feedparser.parse(
        io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not read.get("version") and not read.entries:
        raise FetchError(f"{address}: this is no feed of RSS or Atom")
    entries: dict[str, FeedEntry] = {}
    for each in read.entries:
        try:
            page = read_web_address(each.get("link") or "", base=address)
        except FetchError:
            continue
        said = f"{each.get('title', '')}\n{_MARKUP.sub(' ', each.get('summary', ''))}"
        # Asked for by feedparser's own `get`, it would be what `published` is, with a warning.
        updated = str(dict.get(each, "updated") or each.get("published") or "")
        if each.get("link"):
            entries.setdefault(page, FeedEntry(page, said, updated[:100]))
    title = " ".join(str(read.feed.get("title", "")).split())
    return FeedContent(title[:200] or None, tuple(entries.values()))


def _depth(data: bytes) -> int:
    """Return how deep elements stand within one another, those that are never ended included."""
    tags = _TAG.finditer(_MARKED.sub(b"", data))
    steps = (-1 if tag[1] else not tag[2] for tag in tags)
    return max(accumulate(steps, lambda depth, step: max(0, depth + step), initial=0))
