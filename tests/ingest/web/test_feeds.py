"""Feeds as they come: well-formed, broken and hostile; and lists of feeds in OPML."""

from __future__ import annotations

import time

import pytest

pytest.importorskip("httpx", reason="the extra `fetch` is not installed")

from briefing.errors import InputError
from briefing.ingest.web.addresses import FetchError
from briefing.ingest.web.feeds import FeedEntry, is_feed, read_feed
from briefing.ingest.web.opml import read_opml, write_opml

PLACE = "https://paper.example/feeds/world"


def item(number: int, link: str | None = None) -> str:
    return (
        f"<item><title>Quay {number} closes</title><link>{link or f'/story/{number}'}</link>"
        "<description>&lt;p&gt;The &lt;b&gt;board&lt;/b&gt; voted.&lt;/p&gt;</description>"
        "<pubDate>Mon, 06 Jan 2020 10:00:00 GMT</pubDate></item>"
    )


def rss(*items: str, head: str = "") -> bytes:
    return (
        f"<?xml version='1.0'?>{head}<rss version='2.0'><channel><title>Paper\n World</title>"
        f"{''.join(items)}</channel></rss>"
    ).encode()


ATOM = b"""<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Paper</title>
<entry><title>Quay closes</title><link rel="alternate" href="https://paper.example/a#x"/>
<link rel="self" href="https://paper.example/self"/><summary>It voted.</summary>
<updated>2020-01-06T10:00:00Z</updated></entry></feed>"""


def test_a_feed_gives_each_page_once_with_what_it_says() -> None:
    data = rss(item(1), item(2), item(1), item(3, "javascript:alert(1)"), item(4, " "))
    read = read_feed(data, PLACE)
    assert read.title == "Paper World"
    assert [entry.address for entry in read.entries] == [
        "https://paper.example/story/1",
        "https://paper.example/story/2",
    ]
    first = read.entries[0]
    assert first.text.split() == ["Quay", "1", "closes", "The", "board", "voted."]
    assert first.updated == "Mon, 06 Jan 2020 10:00:00 GMT"


def test_atom_is_read() -> None:
    entry = FeedEntry("https://paper.example/a", "Quay closes\nIt voted.", "2020-01-06T10:00:00Z")
    assert read_feed(ATOM, PLACE).entries == (entry,)


BROKEN = {
    "bare and": rss(item(1).replace("closes", "& closes"), item(2)),
    "cut": rss(item(1), item(2), item(3))[:-140],
    "unknown entity": rss(item(1).replace("closes", "&nbsp;&mdash;"), item(2)),
    "blanks before": b"\n\n " + rss(item(1), item(2)),
    "byte order mark": rss(item(1), item(2)).decode().encode("utf-8-sig"),
    "wrong encoding": rss(item(1).replace("closes", "schließt"), item(2))
    .decode()
    .encode("latin-1"),
    "open tags": rss(item(1).replace("closes", "<br><p>closes"), item(2)),
    "control": rss(item(1).replace("closes", "\x0b closes"), item(2)),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_feed_is_read_as_far_as_it_goes(case: str) -> None:
    addresses = [entry.address for entry in read_feed(BROKEN[case], PLACE).entries]
    assert addresses[:2] == ["https://paper.example/story/1", "https://paper.example/story/2"]


def entities(depth: int) -> str:
    each = [f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, depth)]
    return f"<!DOCTYPE rss [<!ENTITY e0 '{'a' * 20}'>{''.join(each)}]>"


def test_a_bomb_of_entities_does_not_go_off() -> None:
    began = time.monotonic()
    read = read_feed(rss(item(1).replace("closes", "&e8;"), head=entities(9)), PLACE)
    assert len(read.entries[0].text) < 1_000
    assert time.monotonic() - began < 5


def test_a_feed_reads_no_file() -> None:
    head = "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
    read = read_feed(rss(item(1).replace("closes", "&x;"), head=head), PLACE)
    assert read.entries[0].text.split() == ["Quay", "1", "The", "board", "voted."]
    with pytest.raises(FetchError, match="no feed"):
        read_feed(b"/etc/hostname", PLACE)
    with pytest.raises(FetchError, match="no feed"):
        read_feed(b"http://127.0.0.1:1/", PLACE)


def test_ten_thousand_entries_are_read() -> None:
    read = read_feed(rss(*map(item, range(10_000))), PLACE)
    assert len(read.entries) == 10_000


@pytest.mark.parametrize(
    "data",
    [
        b"<rss version='2.0'><channel>" + b"<a>" * 200_000,
        b"<rss><channel><item><title>" + b"<p>" * 100_000,
    ],
)
def test_what_is_nested_without_end_is_refused_at_once(data: bytes) -> None:
    began = time.monotonic()
    with pytest.raises(FetchError, match="nested too deeply"):
        read_feed(data, PLACE)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "data", [b"", b"<html><body>Hello</body></html>", b"{}", b"\x00\xff" * 99, b"<" * 50_000]
)
def test_what_is_no_feed_is_told(data: bytes) -> None:
    with pytest.raises(FetchError, match="this is no feed of RSS or Atom"):
        read_feed(data, PLACE)


def test_a_feed_is_told_from_a_page() -> None:
    assert is_feed(rss(item(1)))
    assert is_feed(ATOM)
    assert not is_feed(b"<html><body><pre>&lt;rss&gt; <rss></pre></body></html>")


# OPML


def test_feeds_go_out_and_come_in() -> None:
    addresses = ("https://a.example/rss?x=1&y=2", "http://b.example/<atom>")
    written = write_opml("Huawei & \x1b5G", addresses)
    assert b"<title>Huawei &amp; 5G</title>" in written
    assert read_opml(written, "feeds.opml") == addresses[:1]


def test_feeds_in_folders_of_other_readers_are_found_once() -> None:
    data = b"""<opml version="1.0"><body><outline text="News">
    <outline text="A" type="rss" xmlUrl="https://a.example/rss"/>
    <outline text="B"><outline xmlurl="https://b.example/rss"/></outline></outline>
    <outline xmlUrl="https://a.example/rss"/><outline xmlUrl="file:///etc/passwd"/>
    <outline text="no feed"/></body></opml>"""
    assert read_opml(data, "feeds.opml") == ("https://a.example/rss", "https://b.example/rss")


FILE_ENTITY = (
    b"<!DOCTYPE o [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
    b"<opml><body><outline xmlUrl='https://a.example/&x;'/></body></opml>"
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html/>", "this is no OPML"),
        (b"text", "this is no OPML"),
        (b"", "this is no OPML"),
        (b"<opml><body/></opml>", "the list names no feed"),
        (b"<opml>" + b"<outline>" * 100_000, "this is no OPML"),
        (
            entities(12).encode()
            + b"<opml><body><outline xmlUrl='https://a.example/&e11;'/></body></opml>",
            "this is no OPML",
        ),
        (FILE_ENTITY, "this is no OPML"),
    ],
)
def test_what_is_no_list_of_feeds_is_told(data: bytes, said: str) -> None:
    began = time.monotonic()
    with pytest.raises(InputError, match=f"feeds.opml: {said}"):
        read_opml(data, "feeds.opml")
    assert time.monotonic() - began < 2
