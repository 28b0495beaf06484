"""Reads and writes OPML, in which feed readers exchange their lists of feeds."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Final

from lxml import etree

from briefing.errors import InputError
from briefing.ingest.lines.urls import link_target
from briefing.ingest.readers.packages import parse_xml

MAX_OPML: Final = 4 * 1024 * 1024


def read_opml(data: bytes, name: str) -> tuple[str, ...]:
    """Return the addresses of the feeds in a list, each once; raises InputError without any."""
    if len(data) > MAX_OPML:
        raise InputError(f"{name}: the list is larger than {MAX_OPML >> 20} MB")
    root = None
    with suppress(InputError):
        root = parse_xml(data, name)
    if root is None or root.tag.lower() != "opml":
        raise InputError(f"{name}: this is no OPML")
    found = (link_target(each.get("xmlUrl") or each.get("xmlurl")) for each in root.iter("outline"))
    addresses = tuple(dict.fromkeys(each for each in found if each))
    if not addresses:
        raise InputError(f"{name}: the list names no feed")
    return addresses


def write_opml(title: str, addresses: Iterable[str]) -> bytes:
    """Return a list of feeds as OPML; characters that XML cannot hold are left out."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _without_controls(title)
    body = etree.SubElement(root, "body")
    for address in addresses:
        plain = _without_controls(address)
        etree.SubElement(body, "outline", type="rss", text=plain, xmlUrl=plain)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _without_controls(text: str) -> str:
    return "".join(each for each in text if each.isprintable())
