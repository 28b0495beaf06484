"""Lists of read-later tools: a row is an article or a highlight, however its columns are called."""

import json

import pytest

from briefing.errors import InputError
from briefing.ingest import NewArticle, NewArticles, to_articles
from briefing.ingest.blocks import Marking


def read(data: str | bytes, name: str = "list.csv") -> NewArticles:
    raw = data.encode() if isinstance(data, str) else data
    return to_articles(raw, name=name, added="2026-01-01T00:00:00Z")


def blocks(made: NewArticle) -> list[tuple[str, str | None, str]]:
    return [(chunk.role, chunk.reason, chunk.text) for chunk in made.article.chunks]


READWISE = """\
Highlight,Book Title,Book Author,Note,Color,Tags,Highlighted at
"The lock of Kell stays open.",Kell keeps its lock,Lena Okafor,Who decided?,red,ports,2024-03-02
"They pay ""half"" of it.",Kell keeps its lock,Lena Okafor,,blue,,2024-03-03
Ferries sail twice a day.,Ferries return,Uli Brandt,,blue,,2024-03-05
"""


def test_rows_of_highlights_are_one_article_whose_text_they_are():
    made = read(READWISE)
    kell, ferries = made.articles
    assert made.told == (
        "list.csv: 3 rows are 2 articles",
        "list.csv: 2 of 2 hold no text but what was highlighted",
    )
    assert (kell.article.headline, kell.article.authors) == (
        "Kell keeps its lock",
        ("Lena Okafor",),
    )
    assert kell.article.date is None
    assert blocks(kell)[:4] == [
        ("heading", "headline", "Kell keeps its lock"),
        ("body", None, "The lock of Kell stays open."),
        ("boilerplate", "reader_note", "Who decided?"),
        ("body", None, 'They pay "half" of it.'),
    ]
    assert kell.marks == (
        Marking("The lock of Kell stays open."),
        Marking("The lock of Kell stays open.", note="Who decided?"),
        Marking('They pay "half" of it.'),
        Marking(tag="ports"),
    )
    assert ferries.marks == (Marking("Ferries sail twice a day."),)
    assert (ferries.article.source.reader, ferries.article.source.part) == ("table", 2)


def test_a_row_without_text_is_an_article_of_title_and_address_and_says_so():
    made = read(
        "title,url,time_added,tags,status\nThe quay,https://a.example/1,1600000000,a|b,unread\n"
    )
    assert made.told == ("list.csv: 1 of 1 hold no text, only title and address",)
    (quay,) = made.articles
    assert blocks(quay) == [
        ("heading", "headline", "The quay"),
        (
            "boilerplate",
            "other_fields",
            "url: https://a.example/1\ntime_added: 1600000000\ntags: a|b\nstatus: unread",
        ),
    ]
    assert (quay.article.url, quay.article.date) == ("https://a.example/1", None)
    assert quay.marks == (Marking(tag="a"), Marking(tag="b"))


def test_each_fact_names_its_column():
    text = "Outlet;Published date;Title;Link;Byline;Word count\n"
    text += "North Courier;2024/3/2;The quay;https://a.example/1;Lena Okafor and Uli Brandt;640\n"
    (made,) = read(text).articles
    article = made.article
    shown = (article.evidence.headline, article.evidence.publisher, article.evidence.authors)
    assert [each and (each.exact, each.place) for each in shown] == [
        ("The quay", "column Title"),
        ("North Courier", "column Outlet"),
        ("Lena Okafor, Uli Brandt", "column Byline"),
    ]
    assert article.date
    assert article.date.value == "2024-03-02"
    assert article.date.evidence
    assert article.date.evidence.exact == "2024/3/2"
    assert article.date.evidence.place == "column Published date"
    assert article.source.words == 640


def test_highlights_and_notes_of_one_cell_belong_together():
    text = "id,title,note,excerpt,url,created,highlights\n"
    text += '1,Kell votes,"my\nown",In short.,https://a.example/1,2024-03-15T09:30:00Z,'
    text += '"Highlight:Kell voted.\nNote:check\n\nHighlight:France agreed."\n'
    (made,) = read(text).articles
    assert made.marks == (
        Marking("Kell voted."),
        Marking("Kell voted.", note="check"),
        Marking("France agreed."),
        Marking(note="my\nown"),
    )
    assert [block[2] for block in blocks(made)][:5] == [
        "Kell votes",
        "Kell voted.",
        "check",
        "France agreed.",
        "my\nown",
    ]
    assert "excerpt: In short." in blocks(made)[5][2]


def test_a_broken_row_is_told_and_the_others_are_read():
    text = "URL,Title,Folder\n"
    text += 'https://a.example/1,"Ports, and rails",Unread\n'
    text += 'https://a.example/2,A "calm" sea,Unread\n'
    text += 'https://a.example/3,"A "calm" sea, again",Unread\n'
    text += 'https://a.example/4,"never closed,Unread\n'
    text += "https://a.example/5,Rain,Unread\n,,Archive\n\nhttps://a.example/6,Short\n"
    made = read(text)
    assert [each.article.headline for each in made.articles] == [
        "Ports, and rails",
        'A "calm" sea',
        "Rain",
        "Short",
    ]
    assert made.told[0] == "list.csv: line 4, line 5, line 7 could not be read as an article"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_and_encoding_are_found(delimiter: str, encoding: str):
    rows = [["Title", "URL", "Note"], ["Café “Kai”, at four; or five", "https://a.example/1", "–"]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    (made,) = read(f"sep={delimiter}\r\n{text}\r\n".encode(encoding), "list.txt").articles
    assert made.article.headline == "Café “Kai”, at four; or five"
    assert made.marks == (Marking(note="–"),)


def test_a_list_in_json_has_its_text_from_the_page_it_keeps():
    lock = "The lock opened on Monday, the ministry of ports said in a statement of four pages."
    entries = [
        {
            "id": 5,
            "title": "Kell opens the lock",
            "url": "https://a.example/lock",
            "content": f"<p>{lock}</p><p>“We are glad,” said <b>Mara</b> Steen, the minister.</p>",
            "published_at": "2024-02-28T08:00:00+0000",
            "published_by": ["Lena Okafor"],
            "created_at": "2024-03-01T10:00:00+0000",
            "annotations": [{"text": "who?", "quote": "said Mara Steen"}],
            "tags": ["ports"],
        },
        "junk",
        {"id": 6},
    ]
    made = read(json.dumps({"entries": entries}), "list.json")
    (lock_made,) = made.articles
    assert made.told == ("list.json: item 2, item 3 could not be read as an article",)
    assert [block[2] for block in blocks(lock_made)][:4] == [
        "Kell opens the lock",
        lock,
        "“We are glad,” said Mara Steen, the minister.",
        "who?",
    ]
    assert lock_made.marks == (
        Marking("said Mara Steen"),
        Marking("said Mara Steen", note="who?"),
        Marking(tag="ports"),
    )
    assert lock_made.article.date
    assert lock_made.article.date.value == "2024-02-28"


def test_rows_of_one_address_are_one_article_and_those_of_one_title_are_not():
    text = (
        "title,url\nThe week,https://a.example/1\nThe week,\nThe week,\nAgain,https://a.example/1\n"
    )
    assert [each.article.headline for each in read(text).articles] == ["The week"] * 3


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        ("town,ships\nKell,4\n", "list.csv", "names no column of titles, addresses or highlights"),
        ("title,url\n,\n", "list.csv", "nothing in it has an address, a text, or a title and"),
        ("name,email\nBo Ek,bo@kell.example\n", "list.csv", "nothing in it has an address"),
        ('{"name": "kell", "version": "1.0"}', "list.json", "nothing in it has an address"),
        ('[{"title": "The quay"', "list.json", "this is no whole JSON"),
        ("[" * 100_000, "list.json", "this is no whole JSON"),
        ("title,url\n" + "The quay,\n" * 5_001, "list.csv", "holds more than 5,000 articles"),
        ('{"a": [1, 2]}', "list.json", "nothing in it has an address.*: item 1"),
    ],
)
def test_what_is_no_list_of_articles_is_refused(data: str, name: str, message: str):
    with pytest.raises(InputError, match=message):
        read(data, name)


def test_a_text_that_begins_with_a_list_of_words_stays_a_text():
    (made,) = read("Ports, rails, ferries\n\nThe title of it was long.\n", "note.txt").articles
    assert made.article.source.reader == "text"


def test_what_a_row_says_is_text_and_never_markup():
    text = "title,url,note\n<b>Kell</b> \x1b[31m,javascript:alert(1),=HYPERLINK(1)\n"
    (made,) = read(text).articles
    assert (made.article.headline, made.article.url) == ("<b>Kell</b> \x1b[31m", None)
    assert made.marks == (Marking(note="=HYPERLINK(1)"),)


def test_a_table_of_markdown_is_no_list():
    table = "| Title | URL |\n|---|---|\n| The quay | https://a.example/1 |\n"
    (made,) = read(table, "note.md").articles
    assert made.article.source.reader == "markdown"


def test_json_that_nests_deep_or_halves_characters_is_read_as_far_as_it_goes():
    deep: object = "sea"
    for _ in range(300):
        deep = [deep]
    item = {"title": "Kell \ud800 \U0001f6a2", "deep": deep, "by": {"a": 1, "b": [2]}}
    text = json.dumps([item | {"url": "https://a.example/1"}])
    (made,) = read(text, "list.json").articles
    assert made.article.headline == "Kell ? \U0001f6a2"
    assert [block[2] for block in blocks(made)][1:] == ["by: a: 1; b: 2\nurl: https://a.example/1"]


def test_highlights_of_one_article_are_marked_where_its_text_holds_them():
    text = "The lock is shut.\r\n\r\nIt opens in May, said the ministry."
    item = {"title": "The lock", "text": text, "highlights": [{"text": "in May"}, "in June"]}
    (made,) = read(json.dumps([item]), "list.json").articles
    assert [block[2] for block in blocks(made)] == ["The lock", *text.split("\r\n\r\n")]
    assert made.marks == (Marking("in May"), Marking("in June"))
