"""Real articles kept beside the checkout: places and counts are asserted, none of their words."""

from collections import Counter
from pathlib import Path

import pytest

from briefing.ingest import gather, read_source, to_article
from briefing.model import Article

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
FILES = gather([FOLDER]).files if FOLDER.is_dir() else ()

pytestmark = pytest.mark.skipif(
    len(FILES) != 5, reason="the real articles are not beside the checkout"
)


def article(number: int) -> Article:
    path = FILES[number]
    return to_article(read_source(path), name=path.name, added="2026-01-01T00:00:00Z")


@pytest.mark.parametrize("number", range(5))
def test_no_word_is_lost_but_the_marks_of_links_and_escapes(number):
    text = FILES[number].read_text("utf-8")
    found = "".join("".join(chunk.text.split()) for chunk in article(number).chunks)
    for mark in ("](#)", "[", "]", "\\"):
        text, found = text.replace(mark, ""), found.replace(mark, "")
    assert found == "".join(text.split())


@pytest.mark.parametrize(
    ("number", "counts", "first", "last"),
    [
        (0, {"caption": 1, "body": 14, "unrelated": 20, "boilerplate": 5}, 2, 15),
        (1, {"heading": 1, "boilerplate": 1, "editor-note": 1, "body": 23}, 4, 26),
        (2, {"boilerplate": 23, "caption": 2, "body": 41}, 4, 49),
        (3, {"heading": 1, "body": 7, "unrelated": 25}, 2, 8),
        (4, {"heading": 3, "caption": 1, "standfirst": 1, "body": 20}, 4, 25),
    ],
)
def test_the_body_lies_between_what_is_set_aside(number, counts, first, last):
    chunks = article(number).chunks
    assert Counter(chunk.role for chunk in chunks) == counts
    body = [int(chunk.id[1:]) for chunk in chunks if chunk.role == "body"]
    assert (body[0], body[-1]) == (first, last)


@pytest.mark.parametrize(("number", "marker"), [(0, "Go deeper:"), (3, "More from")])
def test_nothing_after_the_line_that_announces_other_stories_is_read(number, marker):
    chunks = article(number).chunks
    start = next(index for index, chunk in enumerate(chunks) if chunk.text.startswith(marker))
    assert {chunk.role for chunk in chunks[start:]} <= {"unrelated", "boilerplate"}


def test_what_the_articles_state_about_themselves():
    found = [article(number) for number in range(5)]
    assert [each.headline is None for each in found] == [True, False, True, False, False]
    assert [each.date.value if each.date else None for each in found] == [
        None, "2020-01-23", None, None, None,
    ]  # fmt: skip
    assert [each.publisher for each in found] == [
        "Axios", "The Wall Street Journal", "The Globe and Mail", None, None,
    ]  # fmt: skip
    assert {each.language for each in found} == {"en"}


def test_dead_links_keep_their_words_and_their_place():
    chunks = article(1).chunks
    links = [link for chunk in chunks for link in chunk.links]
    assert len(links) == FILES[1].read_text("utf-8").count("](#)")
    assert {link.url for link in links} == {None}


def test_a_paragraph_broken_after_a_hyphen_is_one_chunk():
    assert sum("-\n\n" in chunk.text for chunk in article(1).chunks) == 1


def test_run_in_labels_are_sections():
    sections = [chunk.section for chunk in article(0).chunks if chunk.role == "body"]
    assert [bool(section) for section in sections] == [False, *[True] * 13]
    assert len(set(sections)) == 5
    sections = [chunk.section for chunk in article(3).chunks if chunk.role == "body"]
    assert [bool(section) for section in sections] == [False, False, False, True, True, True, False]
