"""PDF documents: paragraphs over columns and pages, and what is set aside of every page."""

import sys

import pytest

from briefing.errors import InputError
from briefing.ingest import to_articles

pytest.importorskip("pypdfium2", reason="the extra pdf is not installed")

from tests.ingest.pdfs_made import Placed, column, make_pdf

ADDED = "2026-01-01T00:00:00Z"
LEFT = (
    "The harbour of Lindmark closed on Monday",
    "after the storm had torn two cranes from",
    "the quay, and the ships were sent to the",
    "smaller port of Orby for the time being.",
    "Minister Vera Holm said that the harbour",
)
RIGHT = (
    "would stay shut until the summer, for no",
    "crane of this size can be built in less.",
    "The owners of the ships had hoped for an",
    "earlier day, and asked for their fees to",
    "be paid back to them by the end of June.",
)


def read(data, name="quay.pdf"):
    return to_articles(data, name=name, added=ADDED)


def article(*pages, properties=None):
    (draft,) = read(make_pdf(*pages, properties=properties)).articles
    return draft.article


def body(made):
    return [chunk.text for chunk in made.chunks if chunk.role == "body"]


def test_a_paragraph_runs_on_over_columns_and_pages():
    pages = [[*column(50, 600, *LEFT), *column(320, 600, *RIGHT)], column(50, 600, *LEFT)]
    assert body(article(*pages)) == [" ".join((*LEFT, *RIGHT)), " ".join(LEFT)]
    broken = [column(50, 600, *LEFT), column(50, 600, *RIGHT)]
    assert body(article(*broken)) == [" ".join((*LEFT, *RIGHT))]


def test_columns_that_a_page_draws_line_by_line_are_read_one_after_the_other():
    rows = [
        placed
        for left, right in zip(
            column(50, 600, *LEFT, *LEFT), column(320, 600, *RIGHT, *RIGHT), strict=True
        )
        for placed in (left, right)
    ]
    text = " ".join(body(article(rows)))
    assert text == " ".join((*LEFT, *LEFT, *RIGHT, *RIGHT))


def test_a_turned_page_is_read_as_it_is_shown():
    lines = [*column(50, 600, *LEFT[:4]), *column(50, 500, *RIGHT)]
    (draft,) = read(make_pdf(lines, turned=True)).articles
    assert body(draft.article) == [" ".join(LEFT[:4]), " ".join(RIGHT)]


def test_what_is_drawn_last_is_read_where_it_stands():
    made = article(
        [*column(50, 600, *LEFT), Placed(50, 700, "Two cranes fall into the harbour", 20)]
    )
    assert made.headline == "Two cranes fall into the harbour"
    assert [chunk.text for chunk in made.chunks] == [made.headline, " ".join(LEFT)]


def test_running_lines_and_page_numbers_are_set_aside_but_not_headings():
    pages = [
        [
            Placed(50, 770, f"The Quay Review, No. 4 / page {number}", 8),
            Placed(50, 620, f"Part {number * number}", 14),
            *column(50, 600, *LEFT[:4]),
            Placed(300, 30, str(number), 8),
        ]
        for number in (7, 8, 9)
    ]
    made = article(*pages)
    aside = [chunk.text for chunk in made.chunks if chunk.reason == "running_line"]
    assert aside == [f"The Quay Review, No. 4 / page {number}\n{number}" for number in (7, 8, 9)]
    assert [chunk.text for chunk in made.chunks if chunk.role == "heading"] == [
        "Part 49", "Part 64", "Part 81",
    ]  # fmt: skip


def test_paragraphs_are_parted_by_indents_blank_space_and_short_lines():
    indented = [Placed(62, 552, "The mayor of Orby said that it was ready", 10)]
    again = column(50, 540, "for the ships, as it had been years ago.")
    spaced = column(50, 510, "The fishers of the town were of another")
    assert body(article([*column(50, 600, *LEFT[:4]), *indented, *again, *spaced])) == [
        " ".join(LEFT[:4]),
        f"{indented[0].text} {again[0].text}",
        spaced[0].text,
    ]
    short = ("Orby agreed at once.", *LEFT[:2])
    assert body(article(column(50, 600, *LEFT[:4], *short))) == [
        " ".join((*LEFT[:4], short[0])),
        " ".join(LEFT[:2]),
    ]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("the har-", "bour of Orby is the harbour", "the harbour of Orby is the harbour"),
        ("a well-", "known and well-known quay", "a well-known and well-known quay"),
        ("the naviga-", "tion of the ships", "the navigation of the ships"),
        ("the mid-", "week ferry", "the mid-week ferry"),
        ("the Orby-", "Lindmark ferry", "the Orby-Lindmark ferry"),
        (
            "see https://quay.example/",
            "cranes for more",
            "see https://quay.example/cranes for more",
        ),
    ],
)
def test_a_word_broken_at_a_line_end_is_mended_only_where_it_is_sure(first, second, joined):
    lead = "The storm of last week has brought the end of"
    text = body(article(column(50, 700, f"{lead} {first}", second)))
    assert text == [f"{lead} {joined}"]


def test_properties_count_where_the_first_page_shows_them():
    page = [
        Placed(50, 700, "Two cranes fall", 20), Placed(50, 670, "By Orla Quist"),
        Placed(50, 650, "3 March 2020"), *column(50, 600, *LEFT, *RIGHT),
    ]  # fmt: skip
    stated = {
        "Title": "Two cranes fall",
        "Author": "Orla Quist",
        "CreationDate": "D:20200303100000Z",
    }
    made = article(page, properties=stated)
    assert (made.headline, made.authors, made.date.value) == (
        "Two cranes fall", ("Orla Quist",), "2020-03-03",
    )  # fmt: skip
    assert made.evidence.headline.place == "property Title"
    assert made.date.evidence.place == "property CreationDate"
    other = {
        "Title": "Microsoft Word - quay2.doc",
        "Author": "Admin User",
        "CreationDate": "D:2021",
    }
    made = article(page, properties=other)
    assert (made.headline, made.authors) == ("Two cranes fall", ("Orla Quist",))
    assert made.evidence.headline.place is None
    assert made.date.value == "2020-03-03"


def test_properties_that_are_no_text_are_passed_over():
    data = make_pdf(column(50, 600, *LEFT), properties={"Title": "XYZW"})
    (draft,) = read(data.replace(b"(XYZW)", b"<FEFFD800>")).articles
    assert body(draft.article) == [" ".join(LEFT)]


def test_the_title_that_a_browser_states_names_the_headline_among_large_lines():
    page = [
        Placed(50, 700, "Home Harbour Eels Weather", 20),
        Placed(50, 660, "Two cranes fall on the quay", 16),
        *column(50, 600, *LEFT, *RIGHT),
    ]  # fmt: skip
    made = article(page, properties={"Title": "Two cranes fall on the quay | The Quay Review"})
    assert made.headline == "Two cranes fall on the quay"
    assert made.evidence.headline.place == "property Title"
    assert [(chunk.role, chunk.reason) for chunk in made.chunks[:2]] == [
        ("boilerplate", "masthead"), ("heading", "headline"),
    ]  # fmt: skip


def test_the_address_that_a_browser_prints_on_every_page_is_that_of_the_article():
    foot = "https://quay.example/cranes"
    pages = [[*column(50, 600, *LEFT), Placed(50, 20, foot, 8)] for _ in range(2)]
    made = article(*pages)
    assert (made.url, made.evidence.url.place) == (foot, "running line")


def test_pages_without_text_are_told_and_a_scan_is_refused():
    result = read(make_pdf(column(50, 600, *LEFT), [], []))
    assert result.told == ("quay.pdf: 2 of 3 pages hold no text: 2, 3",)
    for pages in ([[]], [[Placed(300, 30, "1")], [Placed(300, 30, "2")]]):
        with pytest.raises(InputError, match="is a scan") as caught:
            read(make_pdf(*pages))
        assert "recognised" in caught.value.hint


def test_a_locked_document_is_refused():
    lock = b"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
    zeros = b"00" * 32
    locked = make_pdf(column(50, 600, *LEFT)).replace(
        b"trailer\n<<", b"trailer\n<< " + lock % (zeros, zeros)
    )
    with pytest.raises(InputError, match="locked with a password"):
        read(locked)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n...", b"%PDF-1.4\n" + b"1 0 obj << >>\n" * 100])
def test_a_damaged_document_is_refused(data):
    with pytest.raises(InputError, match="is damaged"):
        read(data)


def test_a_page_with_too_much_text_is_told():
    crowded = [Placed(10, 10 + 7 * number, "x" * 1000, 1) for number in range(101)]
    result = read(make_pdf(column(50, 600, *LEFT), crowded))
    assert result.told[0] == "quay.pdf: page 2 holds too much text to be read"
    with pytest.raises(InputError, match="page 1 holds too much text"):
        read(make_pdf(crowded))


def test_without_pypdfium2_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(InputError, match="pypdfium2 is needed") as caught:
        read(make_pdf(column(50, 600, *LEFT)))
    assert caught.value.hint == "pip install 'briefing[pdf]'"
