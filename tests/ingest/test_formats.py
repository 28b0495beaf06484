"""Which format a file is of, by how it begins and by its name."""

import pytest

from briefing.errors import InputError
from briefing.ingest.formats import FORMATS, SUFFIXES, find_format

TEXT = "The quay of Tarn was closed, and nobody could say for how long it would be. " * 9
PAGE = "<!-- saved --> <!DOCTYPE html><p>The ports agreed.</p>"


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (b"The ports agreed.", "a.txt", "text/plain"),
        (b"The ports agreed.", "a", "text/plain"),
        (b"The ports agreed.", "a.unknown", "text/plain"),
        (b"The ports agreed.", "folder.md\\a.MD", "text/markdown"),
        (b"The ports agreed.", "a.htm", "text/html"),
        (PAGE.encode(), "a.txt", "text/html"),
        (PAGE.encode("utf-8-sig"), "a.md", "text/html"),
        (PAGE.encode("utf-16"), "a", "text/html"),
        (PAGE.encode("utf-16-be"), "a", "text/html"),
        (b"A text about <html> pages.", "a.txt", "text/plain"),
        (b"The ports agreed.", "a.DOCX", "text/plain"),
        (PAGE.encode(), "a.DOCX", "text/html"),
        (rb"{\rtf1 The ports agreed.}", "a.DOCX", "application/rtf"),
    ],
)
def test_a_format_is_recognised_by_content_then_by_name(
    data: bytes, name: str, media_type: str
) -> None:
    assert find_format(data, name).media_type == media_type


def test_a_page_that_counts_documents_is_no_export() -> None:
    page = b"<html><p>1 of 3 documents</p><script>{length: 3}</script><p>Text.</p></html>"
    assert find_format(page, "a.html").name == "page"


def test_no_two_formats_that_are_known_by_name_share_a_suffix() -> None:
    named = [suffix for row in FORMATS if not row.content_only for suffix in row.suffixes]
    assert len(set(named)) == len(named)
    assert set(named) <= SUFFIXES


def test_a_reader_takes_bytes_and_says_what_they_were_encoded_in() -> None:
    data = "Ça suffit, said the port.\r\n\r\nIt closed.".encode("utf-16")
    (extraction,) = find_format(data, "a.txt").read(data, "a.txt").extractions
    assert [block.text for block in extraction.blocks] == [
        "Ça suffit, said the port.",
        "It closed.",
    ]
    assert extraction.encoding == "utf-16-le"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("<?xml version='1.0'?>\n<rss version='2.0'><channel/></rss>", "a feed"),
        ("<!-- made in Tarn -->\n<feed xmlns='http://www.w3.org/2005/Atom'/>", "a feed"),
        ("<?xml version='1.0'?><opml version='2.0'><body/></opml>", "a list of feeds"),
        ("<svg xmlns='http://www.w3.org/2000/svg'><text>Quay</text></svg>", "a drawing"),
        ("\ufeffBEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "a calendar"),
        ("BEGIN:VCARD\nFN:Bo Ek\n", "an address book"),
        ("1\n00:00:01,000 --> 00:00:02,000\nGood day.\n", "subtitles"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nGood day.\n", "subtitles"),
        ("\\documentclass{article}\n\\begin{document}\n", "the source of a document in LaTeX"),
    ],
)
@pytest.mark.parametrize("name", ["quay.txt", "quay.html", "quay.md"])
def test_a_text_for_a_program_is_no_article_whatever_it_is_called(data, kind, name):
    with pytest.raises(InputError, match=f"this is {kind}, not an article"):
        find_format(data.encode(), name)


@pytest.mark.parametrize(
    "text",
    [
        f"A guide\n\nEach ends at a line\n\nEnd of Document\n\nand begins at\n\nBody\n\n{TEXT}",
        f"A guide\n\n    1 of 74 DOCUMENTS\n\nand so has LENGTH: 300 words.\n\n{TEXT}",
        f"ProQuest and its rules\n\n{TEXT}\n\n{'_' * 40}\n\n{TEXT}",
    ],
)
def test_a_text_about_press_databases_is_no_export_of_one(text):
    assert find_format(text.encode(), "guide.txt").name == "text"
