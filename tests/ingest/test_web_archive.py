"""Web archives: the page in them, at the address that it was saved from."""

import pytest

from briefing.errors import InputError
from briefing.ingest import to_article

ADDED = "2026-01-01T00:00:00Z"
STORY = (
    "<p>" + "The harbour of Lindmark closed on Monday, and the ships went to Orby. " * 4 + "</p>"
)
HEAD = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://quay.example.org/cranes\r\n"
    "Subject: Cranes\r\nDate: Tue, 3 Mar 2020 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="b"\r\n\r\n'
)
FRAME = (
    "--b\r\nContent-Type: text/html\r\nContent-Location: https://ads.example\r\n\r\n<p>Buy</p>\r\n"
)


def archive(page, *, head=HEAD, location="https://quay.example.org/cranes?x=1", frames=FRAME):
    return (
        f"{head}--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: {location}\r\n"
        f"\r\n{page}\r\n{frames}--b--\r\n"
    ).encode()


def read(data):
    return to_article(data, name="a.mhtml", added=ADDED)


def test_a_page_is_read_with_the_address_that_it_was_saved_from():
    article = read(archive(f"<h1>Cranes gone</h1>{STORY}<p><a href='/eels'>Eels</a></p>"))
    assert (article.headline, article.source.reader) == ("Cranes gone", "web archive")
    assert article.url == "https://quay.example.org/cranes"
    assert article.evidence.url.place == "header Snapshot-Content-Location"
    links = [link.url for chunk in article.chunks for link in chunk.links]
    assert links == ["https://quay.example.org/eels"]
    assert all(chunk.text != "Buy" for chunk in article.chunks)
    assert article.date is None  # the head's date is that of saving


def test_the_address_of_the_part_counts_where_the_archive_states_none():
    head = HEAD.replace("Snapshot-Content-Location: https://quay.example.org/cranes\r\n", "")
    assert read(archive(STORY, head=head)).url == "https://quay.example.org/cranes?x=1"
    assert read(archive(STORY, head=head, location="cid:frame-1@blink")).url is None


def test_what_the_page_states_of_its_address_goes_first():
    page = f"<head><link rel='canonical' href='https://quay.example.org/c'></head>{STORY}"
    assert read(archive(page)).url == "https://quay.example.org/c"


def test_the_page_that_the_archive_starts_with_is_read():
    head = HEAD.replace('boundary="b"', 'boundary="b"; start="<main>"')
    main = f"--b\r\nContent-Type: text/html\r\nContent-ID: <main>\r\n\r\n{STORY}\r\n"
    article = read(archive("<p>A frame with words of its own.</p>", head=head, frames=main))
    assert [chunk.text[:11] for chunk in article.chunks] == ["The harbour"]


def test_an_archive_without_a_page_is_refused():
    with pytest.raises(InputError, match="holds no page"):
        read(archive(STORY).replace(b"text/html", b"image/png"))
