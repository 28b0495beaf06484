"""The paragraphs of Word and rich-text documents, with what the markup says of them, in bounds."""

from __future__ import annotations

import io
import zipfile

import pytest

from briefing.errors import InputError
from briefing.ingest.blocks import Block
from briefing.ingest.readers.packages import Package
from briefing.ingest.readers.word import docx_blocks, read_docx, rtf_blocks
from briefing.model import Link
from tests.ingest.press_made import bold, docx, paragraph, plain

STYLES = """<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
  <w:style w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>
  </w:style><w:style w:styleId="Own"><w:name w:val="Chapter"/><w:basedOn w:val="H1"/></w:style>
  </w:styles>"""
RELATIONS = """<Relationships xmlns="r"><Relationship Id="r1" Target="https://tarn.example/a"
  TargetMode="External"/><Relationship Id="r2" Target="file:///etc/x" TargetMode="External"/>
  </Relationships>"""

LINK = Link(start=4, end=12, url="https://tarn.example/a")


def test_a_word_documents_paragraphs_keep_style_emphasis_and_links() -> None:
    styled = "<w:p><w:pPr><w:pStyle w:val='Own'/></w:pPr>" + plain("Quays") + "</w:p>"
    linked = paragraph(
        plain("See "),
        f"<w:hyperlink r:id='r1'>{plain('the page')}</w:hyperlink>",
        f"<w:hyperlink r:id='r2'>{plain(' and that')}</w:hyperlink>",
    )
    listed = "<w:p><w:pPr><w:numPr/></w:pPr>" + plain("An item") + "</w:p>"
    data = docx(
        [styled, paragraph(bold("Byline: "), plain("Orla")), paragraph(plain(" ")), linked, listed],
        {"word/styles.xml": STYLES, "word/_rels/document.xml.rels": RELATIONS},
    )
    assert docx_blocks(Package(data, "a.docx")) == [
        Block("Quays", "heading", place=1),
        Block("Byline: Orla", label=8),
        Block("See the page and that", links=(LINK,)),
        Block("An item", "list"),
    ]


def test_a_row_of_a_word_documents_table_is_one_paragraph_and_deleted_text_is_none() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = f"<w:tbl><w:tr>{cell.format('A')}{cell.format('B')}</w:tr></w:tbl>"
    frame = f"<w:tbl><w:tr>{cell.format('Alone')}</w:tr></w:tbl>"
    gone = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    deleted = f"<w:p>{gone}{plain('kept')}</w:p>"
    box = (
        "<w:p><w:r><w:t>Around</w:t></w:r><w:r><w:pict><w:txbxContent>"
        + paragraph(plain("boxed"))
        + "</w:txbxContent></w:pict></w:r></w:p>"
    )
    made = read_docx(docx([row, frame, deleted, box]), "a.docx").blocks
    assert [(each.text, each.form) for each in made] == [
        ("A\tB", "table"), ("Alone", "text"), ("kept", "text"), ("Around", "text"),
        ("boxed", "text"),
    ]  # fmt: skip


def test_an_entity_of_a_word_document_is_left_alone() -> None:
    document = (
        "<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
        "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>a &x; b</w:t></w:r></w:p></w:body>"
        "</w:document>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", document)
    assert [each.text for each in read_docx(made.getvalue(), "a.docx").blocks] == ["a"]


def test_a_damaged_archive_a_bomb_and_one_of_many_entries_are_refused() -> None:
    with pytest.raises(InputError, match=r"a\.docx: the file is damaged"):
        read_docx(b"PK\x03\x04 and no more", "a.docx")
    with pytest.raises(InputError, match=r"a\.docx: word/document\.xml: the XML is damaged"):
        read_docx(docx(["<w:p>"]), "a.docx")
    with pytest.raises(InputError, match="unpacks to more than can be read"):
        read_docx(docx(["<w:p/>"], {"word/styles.xml": " " * 105_000_000}), "a.docx")
    with pytest.raises(InputError, match="holds too many files"):
        Package(b"PK\x03\x04" + b"PK\x01\x02" * 20_001, "a.zip")


def test_a_rich_text_documents_paragraphs_keep_signs_links_and_levels() -> None:
    data = rb"""{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}}
        {\pard\outlinelevel0 Qu\'e9 one\par}{\pard \u8220?No\u8221? \u-10179?\u-8704?\par}
        {\pard See {\field{\*\fldinst{HYPERLINK "https://tarn.example/a"}}
        {\fldrslt{\ul the page}}}, too.\par}{\trowd HD\cell Quays\cell\row}}"""
    data = data.replace(b"\n        ", b"")
    assert rtf_blocks(data, "a.rtf") == [
        Block("Qué one", "heading", place=1),
        Block("“No” 😀"),
        Block("See the page, too.", links=(LINK,)),
        Block("HD\tQuays"),
    ]


def test_a_damaged_rich_text_document_is_refused() -> None:
    with pytest.raises(InputError, match=r"a\.rtf: the document is damaged"):
        rtf_blocks(rb"{\rtf1 \uc text}", "a.rtf")
    fonts = rb"{\fonttbl" + rb"{\f0 Arial;}" * 10_000 + b"}"
    with pytest.raises(InputError, match=r"a\.rtf: the document names too many fonts"):
        rtf_blocks(rb"{\rtf1 " + fonts + b"}", "a.rtf")
