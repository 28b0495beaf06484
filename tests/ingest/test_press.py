"""Exports of press databases become the articles they hold, with what they state of each."""

from __future__ import annotations

import textwrap

import pytest

from briefing.errors import InputError
from briefing.ingest.readers.press.fields import name_outlet
from tests.ingest.press_made import (
    STORY,
    add,
    aside,
    body,
    lexis_text,
    nexis_docx,
    nexis_uni,
)

FIRST = nexis_uni("Quay closes", "The Tarn Courier - Final Edition", "May 5, 2031 Monday")
SECOND = nexis_uni("Ferry waits", "Vesper (Velland)", "6. Mai 2031 Dienstag", ("The ferry waits.",))


def test_a_byline_and_a_sentence_that_opens_with_an_article_are_no_interview():
    story = (*STORY, "A British captain confirmed that the quay is closed.")
    made = add(nexis_docx([nexis_uni("Quay closes", "Vesper", "May 5, 2031", story)]), "a.docx")
    article = made.articles[0].article
    assert aside(article)["byline"] == "Byline: BY ORLA VENN AND TOM REEVE"
    assert body(article) == list(story)


LONG = (
    (
        "The harbour master of Tarn closed the eastern quay on Monday after a crane had fallen "
        "on it, and ships of four lines were sent on to the old basin at Lindmark."
    ),
    (
        "Nobody was hurt when the crane fell, but two barges that lay below it have sunk since "
        "and the pilots say that neither can be raised before the ice is gone."
    ),
    (
        "A new crane would cost as much as the port earns in three good years, which is why its "
        "owners have asked the ministry in Orby for a loan without interest."
    ),
)


def wrapped(*paragraphs: str, width: int = 70) -> list[str]:
    return [line for text in paragraphs for line in textwrap.wrap(text, width)]


def test_lines_of_a_wrapped_story_that_are_paragraphs_by_markup_are_joined() -> None:
    made = add(
        nexis_docx([nexis_uni("Quay shut", "Vesper", "May 5, 2031", wrapped(*LONG))]), "a.docx"
    )
    read = body(made.articles[0].article)
    assert [text.replace("\n", " ") for text in read] == list(LONG)
    assert read[0].startswith(
        "The harbour master of Tarn closed the eastern quay on Monday after a\n"
    )


def test_a_speaker_opens_a_paragraph_in_wrapped_lines() -> None:
    talk = [
        f"{label}: {text}"
        for label, text in zip(("VENN", "TOM REEVE [Reporter]", "VENN"), LONG, strict=True)
    ]
    made = add(
        nexis_docx([nexis_uni("Quay shut", "Vesper", "May 5, 2031", wrapped(*talk))]), "a.docx"
    )
    assert [text.replace("\n", " ") for text in body(made.articles[0].article)] == talk


def test_paragraphs_of_a_script_without_spaces_are_not_taken_for_wrapped_lines() -> None:
    story = [
        f"港口在{day}日关闭，因为一台起重机倒在了东码头上，没有人受伤。" for day in range(10, 18)
    ]
    made = add(nexis_docx([nexis_uni("港口关闭", "Vesper", "May 5, 2031", story)]), "a.docx")
    assert body(made.articles[0].article) == story


def test_short_news_under_titles_are_the_story_where_the_export_marks_its_end() -> None:
    news = [
        text
        for town in ("Orby", "Lindmark", "Skarvoy", "Velland")
        for text in (f"{town} ferry", f"The ferry of {town} waits for a part that is made abroad.")
    ]
    made = add(
        nexis_docx([nexis_uni("Quay shut", "Vesper", "May 5, 2031", [*LONG, *LONG, *news])]),
        "a.docx",
    )
    kept = {chunk.text: chunk.role for chunk in made.articles[0].article.chunks}
    assert {kept[text] for text in news} <= {"body", "heading"}


def test_an_export_of_nexis_uni_is_parted_at_its_marks() -> None:
    made = add(nexis_docx([FIRST, SECOND]), "Files (2).DOCX")
    first, second = (each.article for each in made.articles)
    assert made.told == ("Files (2).DOCX lists 2 on its cover; 2 were found",)
    assert (first.headline, first.publisher) == ("Quay closes", "The Tarn Courier")
    assert first.authors == ("Orla Venn", "Tom Reeve")
    assert first.date is not None
    assert (first.date.value, first.date.basis) == ("2031-05-05", "stated")
    assert first.language == "en"
    assert (first.source.section, first.source.words) == ("HARBOURS; Pg. 4", 30)
    assert (first.source.reader, first.source.part) == ("nexis", 1)
    assert body(first) == list(STORY)
    assert second.date is not None
    assert second.date.value == "2031-05-06"
    assert body(second) == ["The ferry waits."]
    assert second.source.part == 2


def test_fields_say_where_they_stood_and_what_is_no_text_says_why() -> None:
    article = add(nexis_docx([FIRST]), "a.docx").articles[0].article
    assert article.evidence.headline is not None
    assert article.evidence.headline.place == "line 1 of the head"
    assert article.evidence.authors is not None
    assert article.evidence.authors.place == "field Byline"
    assert article.date is not None
    assert article.date.evidence is not None
    assert article.date.evidence.exact == "May 5, 2031"
    apart = aside(article)
    assert apart["cover_list"].startswith("Job Number: 123\nDocuments (1)")
    assert apart["copyright"].startswith("Copyright 2031")
    assert apart["length_line"] == "Length: 30 words"
    assert apart["end_mark"] == "End of Document"


def test_an_export_tells_what_it_lacks_what_is_cut_off_and_what_stands_in_it_twice() -> None:
    long = tuple(f"{STORY[0]} Berth {number}." for number in range(4))
    whole = nexis_uni("Quay closes", "Vesper", "May 5, 2031", long, words=75)
    again = [("Quay closes again", ""), *whole[1:]]
    cut = nexis_uni("Cut", "Vesper", "May 5, 2031", ("Only this is left.",), words=900)
    ended = nexis_uni("Ended", "Vesper", "May 5, 2031", ("Much is left. [truncated]",), words=4)
    made = add(nexis_docx([whole, again, cut, ended], listed=5), "a.docx")
    assert len(made.articles) == 4
    assert made.told == (
        "a.docx lists 5 on its cover; 4 were found",
        "a.docx: 2 articles are cut off or far from the length stated: number 3, 4",
        "a.docx: 1 article stands in it more than once, all kept: number 2",
    )


def test_a_file_called_docx_is_read_by_what_it_holds() -> None:
    lines = [opening + rest for opening, rest in (*FIRST, *SECOND)]
    text = "\n\n".join(lines).encode()
    rich = "{\\rtf1\\ansi " + "".join(f"{line}\\par " for line in lines) + "}"
    rich = "".join(char if char.isascii() else f"\\u{ord(char)}?" for char in rich)
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>"
    expected = [("Quay closes", "2031-05-05", 2), ("Ferry waits", "2031-05-06", 1)]
    for data in (text, rich.encode(), page.encode()):
        articles = [each.article for each in add(data, "Files.DOCX").articles]
        found = [
            (each.headline, each.date.value if each.date else None, len(body(each)))
            for each in articles
        ]
        assert found == expected
        assert articles[0].source.file.endswith(".docx")


def test_an_export_of_lexisnexis_as_text_is_parted_at_its_numbers() -> None:
    made = add(lexis_text(3).encode("utf-8-sig"), "export.TXT")
    assert made.told == ("export.TXT says that it holds articles 1 to 3; 3 were found",)
    article = made.articles[1].article
    assert article.headline == "Quay number 2 closes"
    assert article.publisher == "The Tarn Courier"
    assert article.date is not None
    assert article.date.value == "2031-05-02"
    assert article.authors == ("Orla Venn",)
    assert article.language == "en"
    assert [chunk.text for chunk in article.chunks if chunk.role == "caption"] == [
        "GRAPHIC: The fallen crane"
    ]
    assert body(article) == [f"{STORY[0]} It was crane 2.", STORY[1]]


def test_an_export_of_lexisnexis_as_a_page_in_german_is_read() -> None:
    page = """<HTML><HEAD><META DOCUMENTS="2"></HEAD><BODY>
      <BR><DIV><P>1 of 2 DOCUMENTS</P></DIV><DIV><P>Tarner Bote</P></DIV>
      <DIV><P>27. Februar 2031 Montag</P></DIV><DIV><P>Kai gesperrt</P></DIV>
      <DIV><P>AUTOR: Venn, Orla; Reeve, Tom</P></DIV><DIV><P>RUBRIK: HAFEN; S. 4</P></DIV>
      <DIV><P>L&Auml;NGE: 1.285 W&ouml;rter</P></DIV>
      <DIV><P>HIGHLIGHT: Ein Kran ist auf den Kai gefallen.</P></DIV>
      <DIV><P>Der Kai bleibt eine Woche zu.</P><P>Das sagt der Hafen.</P></DIV>
      <DIV><P>SPRACHE: GERMAN; DEUTSCH</P></DIV><DIV><P>GRAFIK: Der Kran</P></DIV>
      <DIV><P>Copyright 2031 Tarner Bote<BR>Alle Rechte vorbehalten</P></DIV>
      <DIV><P>2 of 2 DOCUMENTS</P></DIV><DIV><P>Tarner Bote</P></DIV>
      <DIV><P>28. M&auml;rz 2031</P></DIV><DIV><P>Kai offen</P></DIV>
      <DIV><P>L&Auml;NGE: 5 W&ouml;rter</P></DIV><DIV><P>Der Kai ist offen.</P></DIV>
      <DIV><P>SPRACHE: GERMAN; DEUTSCH</P></DIV></BODY></HTML>"""
    first, second = (each.article for each in add(page.encode(), "a.html").articles)
    assert (first.headline, first.publisher, first.language) == (
        "Kai gesperrt",
        "Tarner Bote",
        "de",
    )
    assert first.authors == ("Orla Venn", "Tom Reeve")
    assert (first.source.section, first.source.words) == ("HAFEN; S. 4", 1285)
    assert [(chunk.role, chunk.text) for chunk in first.chunks if "Kran" in chunk.text] == [
        ("standfirst", "Ein Kran ist auf den Kai gefallen."),
        ("caption", "GRAFIK: Der Kran"),
    ]  # fmt: skip
    assert body(first) == ["Der Kai bleibt eine Woche zu.", "Das sagt der Hafen."]
    assert second.date is not None
    assert second.date.value == "2031-03-28"


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("The Guardian (London) - Final Edition", "The Guardian"),
        ("Agence France Presse -- English", "Agence France-Presse"),
        ("DAILY MAIL (London)", "Daily Mail"),
        ("Vesper, no. 5968", "Vesper"),
        ("The Tarn Courier.", "The Tarn Courier"),
    ],
)
def test_an_outlet_is_named_as_usual_or_without_its_edition(stated: str, expected: str) -> None:
    assert name_outlet(stated) == expected


FACTIVA = """<html><head><title>Factiva</title></head><body>
  <div class="article enArticle"><div>Hafen; 1</div>
  <div id="hd"><span class="enHeadline">1) QUAY CLOSES</span></div>
  <div class="author">VON ORLA VENN UND TOM REEVE</div>{fields}
  <div>Copyright 2031 The Tarn Courier</div>
  <p class="articleParagraph enarticleParagraph">The quay of <b>Tarn</b> closes.</p>
  <p class="articleParagraph enarticleParagraph">It opens in a week.</p>
  <p>Photo: the crane</p><p>Tarn Press Ltd</p>
  <p>Dokument TARNCO0020310105e71500001</p></div>
  <table><tr><td>{found}</td><td>1,771</td></tr></table></body></html>"""


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        (("877 words", "5 January 2031", "10:15", "English"), "Results Found"),
        (("877 Wörter", "5 Januar 2031", "10:15", "Englisch"), "Gefundene Ergebnisse"),
        (("877 mots", "5 janvier 2031", "10:15", "Anglais"), "Résultats trouvés"),
        (("877 palabras", "5 de enero de 2031", "10:15", "Inglés"), "Resultados encontrados"),
        (("877 字", "2031 年 1 月 5 日", "10:15", "英文"), "搜尋結果"),
        (("877 слов", "5 января 2031", "10:15", "Английский"), "Найдено результатов"),
    ],
)
def test_an_export_of_factiva_is_read_in_the_language_of_its_interface(
    fields: tuple[str, str, str, str], found: str
) -> None:
    words, date, time, language = fields
    lines = (words, date, time, "The Tarn Courier", "TARNCO", "Late Edition", language)
    page = FACTIVA.format(fields="".join(f"<div>{line}</div>" for line in lines), found=found)
    made = add(page.encode(), "a.html")
    article = made.articles[0].article
    assert made.told == (
        "a.html says that its search found 1,771; 1 was found",
        "a.html: 1 article is cut off or far from the length stated: number 1",
    )
    assert (article.headline, article.publisher) == ("QUAY CLOSES", "The Tarn Courier")
    assert article.authors == ("Orla Venn", "Tom Reeve")
    assert article.date is not None
    assert (article.date.value, article.language) == ("2031-01-05", "en")
    assert (article.source.section, article.source.words) == ("Hafen; 1", 877)
    assert body(article) == ["The quay of Tarn closes.", "It opens in a week."]
    assert aside(article)["document_number"] == "Dokument TARNCO0020310105e71500001"


CODED = {
    "SE": "Hafen", "HD": "Quai fermé", "BY": "Orla Venn", "WC": "295 mots",
    "PD": "29 décembre 2031", "ET": "15:32", "SN": "Le Quotidien de Tarn", "LA": "Français",
    "CY": "(c) Tarn", "LP": "Le quai est fermé.", "TD": "Il rouvrira.", "NS": "gcat : News",
    "AN": "Document TARNFR0020311229e7ct0001r",
}  # fmt: skip
RICH = "".join(
    char if char.isascii() else f"\\u{ord(char)}?"
    for code, value in CODED.items()
    for char in f"{code}\\cell {value}\\cell\\row "
)


def test_an_export_of_factiva_with_codes_is_read_as_a_page_and_as_rich_text() -> None:
    rows = "".join(
        f"<tr><td class='index'><b>{code}</b>&nbsp;</td><td><p class='articleParagraph'>{value}</p>"
        "</td></tr>"
        for code, value in CODED.items()
    )
    page = f"<html><body><div class='article frArticle'><table>{rows}</table></div></body></html>"
    document = "{\\rtf1\\ansi Factiva\\par " + RICH + RICH.replace("Quai", "Port") + "}"
    (paged,) = (each.article for each in add(page.encode(), "a.html").articles)
    first, second = (each.article for each in add(document.encode(), "a.rtf").articles)
    assert second.headline == "Port fermé"
    for article in (paged, first):
        assert article.headline == "Quai fermé"
        assert article.publisher == "Le Quotidien de Tarn"
        assert article.authors == ("Orla Venn",)
        assert article.date is not None
        assert article.date.value == "2031-12-29"
        assert article.evidence.publisher is not None
        assert article.evidence.publisher.place == "field SN"
        assert article.language == "fr"
        assert article.source.words == 295
        assert body(article) == ["Le quai est fermé.", "Il rouvrira."]


def test_two_numbers_make_rich_text_an_export_of_factiva_though_it_does_not_say_so() -> None:
    document = "{\\rtf1\\ansi " + RICH + RICH.replace("7ct0001r", "7ct0002s") + "}"
    assert len(add(document.encode(), "a.rtf").articles) == 2


@pytest.mark.parametrize(
    ("above", "headline", "authors"),
    [
        (("Harbours", "Quay closes", "Orla Venn"), "Quay closes", ("Orla Venn",)),
        (("Harbours", "Quay", "By ORLA VENN"), "Quay", ("Orla Venn",)),
        (
            ("Harbours", "Quay closes", "By ORLA VENN", "Special to The Tarn Courier"),
            "Quay closes",
            ("Orla Venn",),
        ),
        (("Harbours", "Quay closes for a year", "Reuters"), "Quay closes for a year", ()),
        (("Ports; A", "Tarn Harbour Policy"), "Tarn Harbour Policy", ()),
    ],
)
def test_an_export_of_factiva_as_rich_text_without_codes_is_read_by_its_order(
    above: tuple[str, ...], headline: str, authors: tuple[str, ...]
) -> None:
    lines = [
        *above, "1,234 words", "5 January 2031",
        "The Tarn Courier", "TARNCO", "English", "Copyright 2031 Tarn Press",
        "The quay closes.", "It opens in a week.", "Tarn Press Ltd",
        "Document TARNCO0020310105e71500001",
    ]  # fmt: skip
    rich = "{\\rtf1\\ansi " + "".join(f"{line}\\par " for line in lines) + "© Factiva}"
    article = add(rich.encode(), "a.rtf").articles[0].article
    assert (article.headline, article.publisher) == (headline, "The Tarn Courier")
    assert article.authors == authors
    assert article.source.words == 1234
    assert body(article) == ["The quay closes.", "It opens in a week."]


def test_an_export_of_proquest_is_parted_at_its_rules() -> None:
    article = """Document {n} of 2

Quay {n} closes

https://proxy.example/login?url=https://www.proquest.com/docview/{n}

Abstract: None available.

Full text: The quay closes.
It opens in a week.

CAPTION: The crane

Subject: Cranes

Title: Quay {n} closes

Author: Venn, Orla

Publication title: The Tarn Courier; Tarn, Ont.

Publication date: Mar {n}, 2031

Section: Harbours

Language of publication: English

ProQuest document ID: 12{n}

Document URL: https://proxy.example/login?url=https://www.proquest.com/docview/{n}

"""
    rule = "_" * 60 + "\n\n"
    text = (
        rule + article.format(n=1) + rule + article.format(n=2) + rule + "Contact us at: http://x"
    )
    made = add(text.encode(), "a.txt")
    assert made.told == ("a.txt counts articles 1 to 2 of 2; 2 were found",)
    second = made.articles[1].article
    assert (second.headline, second.publisher) == ("Quay 2 closes", "The Tarn Courier")
    assert second.authors == ("Orla Venn",)
    assert second.url == "https://www.proquest.com/docview/2"
    assert second.date is not None
    assert second.date.value == "2031-03-02"
    assert (second.source.section, second.language) == ("Harbours", "en")
    assert body(second) == ["The quay closes.", "It opens in a week."]
    assert aside(second)["cover_list"] == "Contact us at: http://x"


def test_an_export_of_europresse_is_read_in_both_its_forms() -> None:
    new = """<article><header><div><span class="DocPublicationName">Le Tarnais, no. 43</span></div>
      <div><span class="DocHeader">Ports, mardi 14 mars 2031 295 mots, p. 16</span></div>
      <div><p>QUAIS</p></div>
      <div class="titreArticle"><p class="titreArticleVisu">Le quai ferme</p></div>
      <div>Orla Venn</div></header><section><div class="DocText"><div class="docOcurrContainer">
      <p>Le quai ferme : un <mark>navire</mark> attend.</p></div></div></section>
      <footer><small>© 2031 Tarn. Tous droits réservés.</small><p>Numéro : news·1</p></footer>
      </article>"""
    old = """<table><tr><td><span class="DocPublicationName">Le Tarnais</span><br>
      <span class="DocHeader">Ports, </span><span class="DocHeader">mercredi </span>
      <span class="DocHeader">15 mars 2031</span><br><br>
      <span class="TitreArticleVisu">Le quai rouvre</span><br><br>Tom Reeve<br><p></p>
      Le quai rouvre demain.<p></p><b><i>© 2031 Tarn. Tous droits réservés.</i></b></td></tr>
      </table>"""
    for form, expected in (
        (new, ("Le quai ferme", "2031-03-14", ("Orla Venn",), "Ports")),
        (old, ("Le quai rouvre", "2031-03-15", ("Tom Reeve",), "Ports")),
    ):
        page = f"<html><body>{form}{form}</body></html>"
        articles = [each.article for each in add(page.encode(), "a.html").articles]
        assert len(articles) == 2
        article = articles[0]
        date = article.date.value if article.date else None
        found = article.headline, date, article.authors, article.source.section
        assert found == expected
        assert article.publisher == "Le Tarnais"
        assert len(body(article)) == 1
        assert aside(article)["copyright"].startswith("© 2031")
    assert (
        add(f"<html><body>{new}</body></html>".encode(), "a").articles[0].article.source.words
        == 295
    )


def test_an_export_that_holds_no_article_is_refused() -> None:
    page = "<html><body><span class='DocPublicationName'>Le Tarnais</span></body></html>"
    with pytest.raises(InputError, match=r"a\.html: the export holds no article"):
        add(page.encode(), "a.html")


def test_a_file_of_more_articles_than_any_export_holds_is_refused() -> None:
    text = "1 of 2 DOCUMENTS\n\nLENGTH: 2 words\n\n" * 5_001
    with pytest.raises(InputError, match=r"a\.txt: the file holds more than 5,000 articles"):
        add(text.encode(), "a.txt")
