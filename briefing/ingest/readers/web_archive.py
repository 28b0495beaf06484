"""Reads web archives (MHTML): the page in them, at the address that it was saved from."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from typing import Any

from briefing.errors import InputError
from briefing.ingest.blocks import Extraction
from briefing.ingest.lines.urls import link_target
from briefing.ingest.readers.html.saved_page import PageAddress, read_html
from briefing.ingest.readers.message import parse_message, read_field, read_part


def read_web_archive(data: bytes, name: str) -> Extraction:
    """Read the page that a web archive was saved for; pages in its frames are no part of it.

    Raises InputError where it holds none.
    """
    archive = parse_message(data, name)
    page = _find_page(archive)
    if page is None:
        raise InputError(f"{name}: the web archive holds no page", "Save the page again.")
    text = read_part(page, name).text
    return read_html(text.encode("utf-8-sig", "replace"), name, _find_address(archive, page))


def _find_page(archive: Message[Any, Any]) -> Message[Any, Any] | None:
    """Return the page that the archive names as its start, else the first."""
    pages = [part for part in archive.walk() if part.get_content_type() in _PAGES]
    start = archive.get_param("start")
    named = (page for page in pages if start and page.get("content-id", "") == start)
    return next(named, next(iter(pages), None))


_PAGES = frozenset(["text/html", "application/xhtml+xml"])


def _find_address(archive: Message[Any, Any], page: Message[Any, Any]) -> PageAddress | None:
    def stated() -> Iterator[PageAddress]:
        for part, field in (
            (archive, "snapshot-content-location"),
            (page, "content-location"),
        ):
            url = link_target(read_field(part, field))
            if url is not None:
                yield PageAddress(url, f"header {field.title()}")

    return next(stated(), None)
