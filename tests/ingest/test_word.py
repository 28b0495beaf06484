"""Word and rich-text documents: their styles are the forms of their paragraphs."""

import io
import textwrap
import zipfile

import pytest

from briefing.errors import InputError
from briefing.ingest import to_article
from briefing.ingest.formats import find_format

ADDED = "2026-01-01T00:00:00Z"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STORY = (
    "The harbour of Lindmark closed on Monday after the storm had torn two cranes from the quay, "
    "and Minister Vera Holm said that ships would be sent to Orby."
)
STYLES = f"""<w:styles {WORD}>
<w:style w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:styleId="S"><w:name w:val="Subtitle"/></w:style>
<w:style w:styleId="C"><w:name w:val="caption"/></w:style>
<w:style w:styleId="H"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
</w:styles>"""


def paragraph(text, style=""):
    shown = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{shown}<w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(*paragraphs, core="", notes=""):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        body = "".join(paragraphs)
        archive.writestr(
            "word/document.xml", f"<w:document {WORD}><w:body>{body}</w:body></w:document>"
        )
        archive.writestr("word/styles.xml", STYLES)
        if core:
            archive.writestr("docProps/core.xml", f'<c xmlns:d="d">{core}</c>')
        if notes:
            archive.writestr("word/footnotes.xml", f"<w:footnotes {WORD}>{notes}</w:footnotes>")
    return stream.getvalue()


def read(data, name="quay.docx"):
    return to_article(data, name=name, added=ADDED)


def roles(article):
    return [(chunk.role, chunk.text) for chunk in article.chunks]


def test_lines_of_a_wrapped_text_are_joined_up_to_a_blank_paragraph_or_a_byline():
    first = "Ships of four lines were sent on to the old basin at Orby, and so was the ferry there."
    lines = ["Two cranes fall on the quay of Lindmark, and one more leans", "By Ana Berg", ""]
    for text in (STORY, first, STORY):
        lines += [*textwrap.wrap(text, 60), ""]
    article = read(docx(*map(paragraph, lines)))
    assert article.authors == ("Ana Berg",)
    body = [text.replace("\n", " ") for role, text in roles(article) if role == "body"]
    assert body == [STORY, first, STORY]


@pytest.mark.parametrize("text", ["\u200b\ufeff", "\u00ad\u2060", "\u3164\u2800"])
def test_a_document_in_which_nobody_sees_anything_is_refused(text: str):
    with pytest.raises(InputError, match="holds no text"):
        read(docx(paragraph(text), paragraph("\u200b")))


def test_styles_are_the_forms_of_paragraphs():
    article = read(
        docx(
            paragraph("Two cranes fall", "T"),
            paragraph("Lindmark is shut until the summer, its ministry says", "S"),
            paragraph(STORY),
            paragraph("What Orby says", "H"),
            paragraph(STORY.replace("Monday", "Tuesday")),
            notes=paragraph("See the report of the port."),
        )
    )
    assert roles(article) == [
        ("heading", "Two cranes fall"),
        ("standfirst", "Lindmark is shut until the summer, its ministry says"),
        ("body", STORY),
        ("heading", "What Orby says"),
        ("body", STORY.replace("Monday", "Tuesday")),
        ("boilerplate", "See the report of the port."),
    ]
    assert (article.headline, article.chunks[-1].reason) == ("Two cranes fall", "note")
    assert article.source.reader == "docx"


def test_the_only_heading_of_the_first_level_is_the_headline():
    article = read(docx(paragraph("Two cranes fall", "H"), paragraph(STORY)))
    assert article.headline == "Two cranes fall"


def test_properties_count_where_the_text_shows_them():
    core = "<d:title>Two cranes fall</d:title><d:creator>Orla Quist</d:creator>"
    shown = [paragraph("Two cranes fall", "T"), paragraph("By Orla Quist"), paragraph(STORY)]
    article = read(docx(*shown, core=core))
    assert (article.headline, article.authors) == ("Two cranes fall", ("Orla Quist",))
    assert article.evidence.authors.place == "property Author"
    template = "<d:title>Letter template</d:title><d:creator>Admin User</d:creator>"
    article = read(docx(*shown, core=template))
    assert (article.headline, article.authors) == ("Two cranes fall", ("Orla Quist",))


def test_a_rich_text_document_is_read():
    rtf = rb"{\rtf1\ansi {\b Two cranes fall}\par\par " + STORY.encode() + rb"\par}"
    article = read(rtf, "quay.rtf")
    assert [chunk.text for chunk in article.chunks] == ["Two cranes fall", STORY]
    assert (article.source.reader, article.source.media_type) == ("rtf", "application/rtf")


@pytest.mark.parametrize(
    ("data", "reader"),
    [(docx(paragraph(STORY)), "docx"), (rb"{\rtf1 Words}", "rtf")],
    ids=["docx", "rtf"],  # An archive holds the time; workers have to agree on names.
)
def test_a_document_is_told_by_its_content(data, reader):
    assert find_format(data, "quay.txt").name == reader


def test_a_damaged_document_is_refused():
    with pytest.raises(InputError, match="is damaged"):
        read(docx(paragraph(STORY))[:-30])
