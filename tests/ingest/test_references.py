"""References of Zotero and of databases: RIS and CSL-JSON."""

import json

import pytest

from briefing.errors import InputError
from briefing.ingest import NewArticle, NewArticles, to_articles
from briefing.ingest.blocks import Marking

RIS = """\
TY  - NEWS
TI  - Kell keeps its
      lock
AU  - Okafor, Lena
AU  - Brandt, Uli
T2  - The North Courier
PB  - Courier Group
DA  - 2024/03/02/
PY  - 2024
AB  - The lock of Kell stays open, the ministry said.
SE  - World
LA  - en-GB
UR  - https://a.example/kell
N1  - <p>Ask <b>who</b> decided.</p><p>And when.</p>
ER  -

TY  - MGZN

T1  - Ferries return
JF  - Quay Monthly
PY  - 2023/05//
N1  - Copyright - Copyright Quay Press 2023
N2  - Ferries sail twice a day.
TY  - BLOG
TI  - A cut-off entry
"""


def read(data: str, name: str) -> NewArticles:
    return to_articles(data.encode(), name=name, added="2026-01-01T00:00:00Z")


def texts(made: NewArticle) -> list[tuple[str | None, str]]:
    return [(chunk.reason, chunk.text) for chunk in made.article.chunks]


def test_each_entry_is_an_article_with_its_facts_and_their_fields():
    made = read(RIS, "refs.ris")
    kell = made.articles[0].article
    assert (kell.headline, kell.publisher) == ("Kell keeps its lock", "The North Courier")
    assert kell.authors == ("Lena Okafor", "Uli Brandt")
    assert (kell.url, kell.language) == ("https://a.example/kell", "en")
    assert (kell.source.reader, kell.source.section) == ("ris", "World")
    stated = kell.evidence
    shown = [each and each.place for each in (stated.headline, stated.publisher, stated.url)]
    assert shown == ["field TI", "field T2", "field UR"]
    assert kell.date
    assert (kell.date.value, kell.date.precision) == ("2024-03-02", "day")
    assert kell.date.evidence
    assert (kell.date.evidence.exact, kell.date.evidence.place) == ("2024/03/02/", "field DA")


def test_an_abstract_is_the_text_and_a_note_the_readers():
    kell, ferries, cut = read(RIS, "refs.ris").articles
    assert texts(kell)[:3] == [
        ("headline", "Kell keeps its lock"),
        (None, "The lock of Kell stays open, the ministry said."),
        ("reader_note", "Ask who decided.\nAnd when."),
    ]
    assert kell.marks == (Marking(note="Ask who decided.\nAnd when."),)
    assert texts(ferries)[1] == (None, "Ferries sail twice a day.")
    assert texts(cut)[0] == ("headline", "A cut-off entry")


def test_what_a_database_notes_about_itself_is_no_note_of_the_reader():
    ferries = read(RIS, "refs.ris").articles[1]
    assert ferries.marks == ()
    assert "Copyright Quay Press 2023" in texts(ferries)[-1][1]
    assert ferries.article.date
    assert (ferries.article.date.value, ferries.article.date.precision) == ("2023-05", "month")


def test_the_full_text_that_a_database_gives_as_a_note_is_the_text():
    story = "The lock opened. " * 60
    notes = f"N1  - Name - Kell\nN1  - {story}\n"
    ris = f"TY  - NEWS\nTI  - The lock\n{notes}DB  - ProQuest One\nER  - \n"
    (made,) = read(ris, "refs.ris").articles
    assert texts(made)[1] == (None, story.strip())
    assert made.marks == ()


def test_what_is_told_says_how_much_text_there_is():
    assert read(RIS, "refs.ris").told == (
        "refs.ris: 1 of 3 hold no text, only title and address",
        "refs.ris: 2 of 3 hold no text but a summary",
    )


def test_two_entries_of_one_title_and_address_stay_two():
    entry = "TY  - NEWS\r\nTI  - The week\r\nUR  - https://a.example/1\r\nER  - \r\n"
    assert len(read(entry + entry, "refs.txt").articles) == 2


CSL = {
    "id": "okafor",
    "type": "article-newspaper",
    "title": "Kell keeps its lock",
    "container-title": "The North Courier",
    "publisher": "Courier Group",
    "author": [
        {"family": "Berg", "given": "Mara", "non-dropping-particle": "van den"},
        {"literal": "Kell Wire"},
    ],
    "issued": {"date-parts": [["2024", 3]]},
    "accessed": {"date-parts": [[2024, 3, 5]]},
    "URL": "https://a.example/kell",
    "abstract": "The lock stays open.",
    "note": "Check.",
    "section": "World",
    "language": "en-GB",
}


def test_csl_is_known_by_its_names_and_read():
    made = read(json.dumps([CSL, 4]), "refs.json")
    (kell,) = made.articles
    article = kell.article
    assert made.told[0] == "refs.json: item 2 could not be read as an article"
    assert (article.source.reader, article.source.section) == ("csl", "World")
    assert (article.publisher, article.authors) == (
        "The North Courier",
        ("Mara van den Berg", "Kell Wire"),
    )
    assert article.date
    assert (article.date.value, article.date.precision) == ("2024-03", "month")
    assert texts(kell)[1] == (None, "The lock stays open.")
    assert kell.marks == (Marking(note="Check."),)


@pytest.mark.parametrize(
    "issued", [{"date-parts": [[]]}, {"date-parts": [[0, {}]]}, {"date-parts": "x"}, {}, None, 7]
)
def test_a_date_that_is_none_is_not_made_up(issued: object):
    (made,) = read(json.dumps([{**CSL, "issued": issued}]), "refs.json").articles
    assert made.article.date is None


def test_a_file_without_an_entry_is_refused():
    with pytest.raises(InputError, match="nothing in it has an address"):
        read("TY  - NEWS\nER  - \n", "refs.ris")
