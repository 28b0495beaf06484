"""Addresses of the web as Markdown links, and links that open a page at given words.

A link to words is a text fragment, `#:~:text=start,end`, as the W3C's community group describes it:
`-`, `,` and `&` within its terms are percent-encoded, since they part the terms.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from briefing.export.escape import escape

_PATH = re.compile(r"\s*(?:file:|[a-z]:[/\\]|~|[/\\])", re.IGNORECASE)
_URL_SAFE = "/:?=&%#,;.!~@$+-_"
WHOLE_WORDS = 8
"""Words of at most this number stand whole in a link; of more only the first and last ones."""
LEAST_WORDS = 4
MOST_WORDS = 12
"""The words at either end of a long passage: as many as it takes to find no other place."""


def web_address(url: str | None) -> str | None:
    """Return an address of the web, percent-encoded; None for any other, such as a file's."""
    if url is None or not url.isprintable() or any(character.isspace() for character in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    return quote(url, safe=_URL_SAFE)


def web_link(url: str | None) -> str | None:
    """Return `<url>` for an address of the web, escaped text for others that are no paths."""
    if url is None:
        return None
    address = web_address(url)
    if address is not None:
        return f"<{address}>"
    if _PATH.match(url) is not None:
        return "an address on a machine, left out"
    return f"{escape(url)} (not a web address)"


def link_to_words(url: str | None, text: str, start: int, end: int) -> str | None:
    """Return the address that opens a page at `text[start:end]`, `text` being all of its words.

    None without an address of the web, or without words.
    """
    address = web_address(url)
    words = text[start:end].split()
    if address is None or not words:
        return None
    before = text[:start].split()
    page = " ".join(text.split())
    at = len(" ".join(before)) + (bool(before) and text[start - 1].isspace())
    base, _, anchor = address.partition("#")
    directive = _directive(page, at, words, before)
    return f"{base}#{anchor.partition(':~:')[0]}:~:text={directive}"


def _directive(page: str, at: int, words: list[str], before: list[str]) -> str:
    """Return the terms of a text fragment whose first match is the words at `at` of the page."""
    if len(words) <= WHOLE_WORDS:
        first, last = " ".join(words), None
    else:
        first = _shortest_unique(page, words, at)
        last = _shortest_end(page, words, at, len(first))
    terms = _encode(first) + (f",{_encode(last)}" if last else "")
    if page.find(first) == at or not before:
        return terms
    return f"{_encode(' '.join(before[-LEAST_WORDS:]))}-,{terms}"


def _shortest_unique(page: str, words: list[str], at: int) -> str:
    most = min(len(words) - LEAST_WORDS, MOST_WORDS)
    starts = (" ".join(words[:count]) for count in range(LEAST_WORDS, most + 1))
    return next((start for start in starts if page.find(start) == at), " ".join(words[:most]))


def _shortest_end(page: str, words: list[str], at: int, taken: int) -> str:
    """Return the last words, as many as it takes to find their first match behind the start."""
    stop = at + len(" ".join(words))
    ends = [" ".join(words[-count:]) for count in range(LEAST_WORDS, MOST_WORDS + 1)]
    found = (end for end in ends if page.find(end, at + taken) == stop - len(end))
    return next(found, ends[-1])


def _encode(words: str) -> str:
    return quote(words, safe="", errors="replace").replace("-", "%2D")
