"""A file that seems to hold several articles and that nothing parts is refused, and no other is."""

from __future__ import annotations

import pytest

from briefing.errors import InputError
from tests.ingest.press_made import add

LONG = " ".join(
    f"The quay of Tarn was closed for the {ordinal} time, and nobody could say for how long."
    for ordinal in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
)
SIGNED = "Quay number {n} closes again\n\nBy Orla Venn\n\nMay {n}, 2031\n\n" + LONG + "\n\n"
FIELDS = "TITLE: Quay {n} closes\nDATE: May {n}, 2031\nAUTHOR: Orla Venn\n\n" + LONG + "\n\n"
MAIL = (
    "From: Orla Venn <orla@tarn.example>\nTo: all@tarn.example\nSubject: Quay {n}\n"
    "Date: {n} May 2031\n\n" + LONG + "\n\n"
)
RULED = "----------\n\nMay {n}, 2031\n\nQuay number {n} closes again\n\n" + LONG + "\n\n"
NUMBERED = "Document {n} of 3\n\nQuay number {n} closes again\n\n" + LONG + "\n\n"
RECORDS = (
    "<tr><td>{n}</td><td>2031.05.{n:02}</td><td>Quay {n}</td><td>p. 4</td></tr>"
    "<tr><td><p>" + LONG + "</p></td></tr>"
)
ARTICLE = (
    "<article class='story'><h2>Quay number {n} closes</h2><time>{n} May 2031</time>"
    "<p>" + LONG + "</p><p>" + LONG + "</p></article>"
)


def three(form: str) -> str:
    return "".join(form.format(n=number) for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("form", "name"),
    [
        pytest.param(SIGNED, "a.txt", id="bylines"),
        pytest.param(SIGNED, "a.md", id="bylines in Markdown"),
        pytest.param(FIELDS, "a.txt", id="fields"),
        pytest.param(MAIL, "a.txt", id="mails"),
        pytest.param(RULED, "a.txt", id="rules"),
        pytest.param(NUMBERED, "a.txt", id="numbers"),
    ],
)
def test_a_text_whose_heads_repeat_is_refused_with_their_number(form: str, name: str) -> None:
    with pytest.raises(InputError, match=r"seems to hold 3 articles.*--as-one takes it for one"):
        add(three(form).encode(), name)
    (made,) = add(three(form).encode(), name, as_one=True).articles
    assert made.article.source.part is None


@pytest.mark.parametrize(
    "form", [f"<table>{three(RECORDS)}</table>", three(ARTICLE)], ids=["records", "articles"]
)
def test_a_page_of_records_or_of_whole_articles_is_refused(form: str) -> None:
    page = f"<html><body>{form}</body></html>".encode()
    with pytest.raises(InputError, match="seems to hold 3 articles"):
        add(page, "a.html")
    assert len(add(page, "a.html", as_one=True).articles) == 1


TEASER = (
    "<article class='story'><h2>Quay number {n} closes</h2><time>{n} May 2031</time>"
    "<p>The quay of Tarn was closed again.</p></article>"
)
ENTRY = (
    "<article class='story'><h2>Entry {n}</h2><time>10:0{n}</time><p>10:0{n}</p>"
    "<p>" + LONG + "</p><p>" + LONG + "</p></article>"
)
TIMELINE = "{n} May 2031\n\n" + LONG + "\n\n"
SIGNATURES = "Quay number {n} closes again\n\nBy Orla Venn\n\nMay {n}, 2031\n\n"
DIALOGUE = "ORLA: " + LONG + "\n\nTOM: " + LONG + "\n\n"
PAGES = "Page {n} of 3\n\n" + LONG + "\n\n"
RULES = "* * *\n\n" + LONG + "\n\n"
RESULTS = "<tr><td>{n}</td><td>2031.05.{n:02}</td><td>Quay {n}</td><td>12</td></tr>"


@pytest.mark.parametrize(
    "form", [TIMELINE, DIALOGUE, PAGES, RULES], ids=["timeline", "dialogue", "pages", "rules"]
)
def test_an_ordinary_text_is_taken_as_the_one_that_it_is(form: str) -> None:
    text = f"Quays close\n\nBy Orla Venn\n\nMay 5, 2031\n\n{LONG}\n\n{three(form)}"
    assert len(add(text.encode(), "a.txt").articles) == 1


def test_a_list_of_titles_below_an_article_is_no_article() -> None:
    text = f"Quays close\n\nBy Orla Venn\n\nMay 5, 2031\n\n{LONG}\n\n{three(SIGNATURES)}"
    assert len(add(text.encode(), "a.txt").articles) == 1


@pytest.mark.parametrize(
    "beside", [three(TEASER), f"<table>{three(RESULTS)}</table>"], ids=["teasers", "table"]
)
def test_teasers_and_tables_beside_a_story_are_no_articles(beside: str) -> None:
    page = f"<html><body><article><h1>Quays close</h1><p>{LONG}</p></article>{beside}</body></html>"
    assert len(add(page.encode(), "a.html").articles) == 1


def test_the_entries_of_a_live_report_are_no_articles() -> None:
    page = f"<html><body><h1>Quays close, live</h1>{three(ENTRY)}</body></html>"
    assert len(add(page.encode(), "a.html").articles) == 1
