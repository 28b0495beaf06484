"""Small exports of press databases, made by code: invented outlets, people and words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from briefing.ingest import NewArticles, to_articles
from briefing.model import Article

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STORY = (
    "The harbour master of Tarn closed the eastern quay on Monday after a crane fell on it.",
    "“We will open it again in a week,” said Orla Venn, who runs the port.",
)


def add(data: bytes, name: str, *, as_one: bool = False) -> NewArticles:
    return to_articles(data, name=name, added="2026-01-02T03:04:05Z", as_one=as_one)


def body(article: Article) -> list[str]:
    return [chunk.text for chunk in article.chunks if chunk.role == "body"]


def aside(article: Article) -> dict[str, str]:
    """Map the reasons of what is set aside to its text."""
    return {
        chunk.reason or "": chunk.text for chunk in article.chunks if chunk.role == "boilerplate"
    }


def bold(text: str) -> str:
    return f"<w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def plain(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def paragraph(*runs: str, level: int | None = None) -> str:
    outline = "" if level is None else f"<w:outlineLvl w:val='{level - 1}'/>"
    return f"<w:p><w:pPr>{outline}</w:pPr>{''.join(runs)}</w:p>"


def docx(paragraphs: Sequence[str], parts: dict[str, str] | None = None) -> bytes:
    """Return a Word document of paragraphs as XML, with other parts by their names."""
    document = (
        f"<w:document xmlns:w='{WORD}' xmlns:r='{LINKS}'><w:body>"
        f"{''.join(paragraphs)}</w:body></w:document>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return made.getvalue()


def nexis_uni(
    headline: str, outlet: str, date: str, story: Sequence[str] = STORY, *, words: int = 30
) -> list[tuple[str, str]]:
    """Return the lines of an article as Nexis Uni sets them: the bold opening, and the rest."""
    return [
        (headline, ""),
        ("", outlet),
        ("", date),
        ("", f"Copyright 2031 {outlet} All Rights Reserved"),
        ("Section:", " HARBOURS; Pg. 4"),
        ("Length:", f" {words} words"),
        ("Byline:", " BY ORLA VENN AND TOM REEVE"),
        ("Body", ""),
        *(("", text) for text in story),
        ("Classification", ""),
        ("Language:", " ENGLISH"),
        ("Subject:", " CRANES (90%)"),
        ("Load-Date:", " May 7, 2031"),
        ("End of Document", ""),
    ]


def nexis_docx(articles: Sequence[Sequence[tuple[str, str]]], listed: int | None = None) -> bytes:
    """Return an export of Nexis Uni with a cover that lists as many articles as it is told."""
    count = len(articles) if listed is None else listed
    cover = [
        paragraph(bold("Job Number:"), plain(" 123")),
        paragraph(bold(f"Documents ({count})")),
        *(paragraph(plain(f"{number}. {lines[0][0]}")) for number, lines in enumerate(articles, 1)),
    ]
    lines = [
        paragraph(bold(opening) if opening else "", plain(rest), level=1 if not number else None)
        for article in articles
        for number, (opening, rest) in enumerate(article)
    ]
    return docx([*cover, *lines])


def lexis_text(count: int, *, start: int = 1) -> str:
    """Return an export of LexisNexis as plain text."""
    parts = [
        f"""
                               {number} of {count} DOCUMENTS



                               The Tarn Courier (Tarn)

                            May {number}, 2031 Monday
                                   Edition 1;
                                    Coast

Quay number {number} closes

BYLINE: Orla Venn

SECTION: HARBOURS; Pg. {number}

LENGTH: 30 words


{STORY[0]} It was crane {number}.

{STORY[1]}

LOAD-DATE: May 7, 2031

LANGUAGE: ENGLISH

GRAPHIC: The fallen crane

PUBLICATION-TYPE: Newspaper


                       Copyright 2031 The Tarn Courier
                              All Rights Reserved
"""
        for number in range(start, count + 1)
    ]
    return f"Download Request: Selected Items: {start}-{count}\n\nTerms: cranes\n" + "".join(parts)
