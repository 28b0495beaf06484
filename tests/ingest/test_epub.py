"""Books: one article, or several where the navigation parts articles that are signed or dated."""

import io
import zipfile

import pytest

from briefing.errors import InputError
from briefing.ingest import to_articles

ADDED = "2026-01-01T00:00:00Z"
STORY = "The harbour of Lindmark closed on Monday, and the ships went to Orby for a while. " * 8
TITLE = "<dc:title>The Quay Review</dc:title>"


def epub(pages, *, metadata=TITLE, nav=None, encrypted="", ncx=False, shown=False, opf="O/p.opf"):
    """Make a book of pages by file name; `nav` are those that its navigation leads to.

    `shown` says whether the navigation is a page of the book too.
    """
    nav = tuple(pages) if nav is None else nav
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in pages
    )
    refs = "".join(f'<itemref idref="{name}"/>' for name in pages)
    table = '<item id="n" href="n.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
    if ncx:
        table = '<item id="n" href="n.ncx" media-type="application/x-dtbncx+xml"/>'
    if shown:
        refs = f'<itemref idref="n"/>{refs}'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            f'<c><rootfiles><rootfile full-path="{opf}"/></rootfiles></c>',
        )
        archive.writestr(
            "O/p.opf",
            f'<package xmlns:dc="dc"><metadata>{metadata}</metadata>'
            f"<manifest>{items}{table}</manifest><spine>{refs}</spine></package>",
        )
        if ncx:
            points = "".join(f'<navPoint><content src="{name}#top"/></navPoint>' for name in nav)
            archive.writestr("O/n.ncx", f"<ncx><navMap>{points}</navMap></ncx>")
        else:
            links = "".join(f'<li><a href="{name}">{name}</a></li>' for name in nav)
            archive.writestr("O/n.xhtml", f"<html><body><nav><ol>{links}</ol></nav></body></html>")
        if encrypted:
            archive.writestr(
                "META-INF/encryption.xml", f'<e><CipherReference URI="O/{encrypted}"/></e>'
            )
        for name, body in pages.items():
            archive.writestr(
                f"O/{name}",
                f'<?xml version="1.0"?><html><head><title/></head><body>{body}</body></html>',
            )
    return stream.getvalue()


def read(data):
    return [each.article for each in to_articles(data, name="quay.epub", added=ADDED).articles]


def page(title, front=""):
    return f"<h1>{title}</h1>{front}<p>{STORY}</p>"


def test_a_book_of_chapters_is_one_article_with_what_its_metadata_state():
    metadata = TITLE + (
        "<dc:creator>Orla Quist</dc:creator><dc:publisher>Mole Press</dc:publisher>"
        "<dc:date>2020-03-03</dc:date><dc:language>en-GB</dc:language>"
    )
    pages = {"c.html": "<h1>The Quay Review</h1>", "a.html": page("One"), "b.html": page("Two")}
    (article,) = read(epub(pages, metadata=metadata))
    assert (article.headline, article.publisher, article.authors, article.date.value) == (
        "The Quay Review", "Mole Press", ("Orla Quist",), "2020-03-03",
    )  # fmt: skip
    assert article.language == "en"
    assert article.evidence.publisher.place == "field dc:publisher"
    assert [chunk.text for chunk in article.chunks if chunk.role == "heading"] == [
        "The Quay Review", "One", "Two",
    ]  # fmt: skip
    assert sum(chunk.text == STORY.strip() for chunk in article.chunks) == 2


@pytest.mark.parametrize("ncx", [False, True])
def test_signed_articles_of_a_book_are_several(ncx):
    pages = {
        "c.html": "<p>Cover</p>",
        "a.html": page("Cranes", "<p>By Orla Quist</p><p>3 March 2020</p>"),
        "a2.html": "<p>More of it.</p>",
        "b.html": page("Eels", "<p>By Per Dahl</p>"),
    }
    metadata = TITLE + "<dc:date>2020-03-05</dc:date>"
    first, second = read(epub(pages, metadata=metadata, nav=("a.html", "b.html"), ncx=ncx))
    assert (first.headline, first.authors, first.date.value) == (
        "Cranes", ("Orla Quist",), "2020-03-03",
    )  # fmt: skip
    assert (second.headline, second.authors, second.date.value) == (
        "Eels", ("Per Dahl",), "2020-03-05",
    )  # fmt: skip
    assert {first.publisher, second.publisher} == {"The Quay Review"}
    assert [chunk.text for chunk in first.chunks if chunk.text in {"Cover", "More of it."}] == [
        "Cover", "More of it.",
    ]  # fmt: skip


def test_a_periodical_is_several_articles_by_its_navigation():
    metadata = TITLE + '<meta name="calibre:publication_type" content="periodical:news"/>'
    pages = {"a.html": page("Cranes"), "b.html": page("Eels")}
    assert [each.headline for each in read(epub(pages, metadata=metadata))] == ["Cranes", "Eels"]


def test_the_page_of_contents_is_set_aside():
    (article,) = read(epub({"a.html": page("One")}, shown=True))
    assert next((chunk.text, chunk.reason) for chunk in article.chunks) == ("a.html", "contents")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (epub({"a.html": page("One")}, encrypted="a.html"), "is locked by its seller"),
        (epub({"a.html": page("One")}, opf="O/gone.opf"), "no book"),
        (epub({"a.html": page("One")})[:-30], "is damaged"),
        (epub({"a.html": ""}, nav=()), "holds no text"),
    ],
    ids=["locked", "no package", "damaged", "empty"],
)
def test_what_is_no_readable_book_is_refused(data, words):
    with pytest.raises(InputError, match=words):
        read(data)
