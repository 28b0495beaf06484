"""Texts as people paste them: heads, menus, mails, interviews, live reports."""
# ruff: noqa: E501 -- a paragraph is one line in these pages, as it is in what is saved

import textwrap

import pytest

from tests.ingest.pages_made import PARAGRAPHS, TEXT, roles, text


@pytest.mark.parametrize(
    ("head", "headline"),
    [
        ("FERRY FIRMS FEAR NEW RULES OF THE U.S.", "FERRY FIRMS FEAR NEW RULES OF THE U.S."),
        ("Ferry board to choose\nBy Ana Sá", "Ferry board to choose"),
        ("Editorial\n\nFerry board to choose", "Ferry board to choose"),
        ("ANÁLISIS\n\nFerry board to choose", "Ferry board to choose"),
        ("Tarn\n\nFerry board to choose", "Tarn"),
        (f"{'Ferry board of the towns to choose ' * 6}at last", None),
        ("Ferry board of the western towns to choose\nwho may sail the bay", None),
        ("FERRY BOARD TO CHOOSE BEFORE\nWINTER COMES TO TARN", None),
    ],
)
def test_the_first_words_are_the_headline(head, headline):
    assert text(f"{head}\n\n{TEXT}").headline == (headline or " ".join(head.split()))


def test_a_byline_below_the_headline_is_seen_in_wrapped_text():
    wrapped = "\n\n".join(textwrap.fill(each, 60) for each in PARAGRAPHS)
    article = text(
        f"Ferry board of the western towns to choose before the winter\nBy Ana Sá\n\n{wrapped}"
    )
    assert article.headline == "Ferry board of the western towns to choose before the winter"
    assert article.authors == ("Ana Sá",)


def test_a_byline_in_small_letters_is_no_part_of_the_headline():
    article = text(f"Ferry board to choose before the winter\n\npar Ana Sá\n\n{TEXT}")
    assert article.headline == "Ferry board to choose before the winter"
    assert article.authors == ("Ana Sá",)


def test_narrow_columns_are_paragraphs_even_where_a_first_line_is_short():
    wrapped = "\n\n".join(textwrap.fill(each, 38) for each in PARAGRAPHS)
    wrapped = wrapped.replace("“We shall choose before", "“We shall\nchoose before")
    assert roles(text(f"Ferry board to choose\n\n{wrapped}")) == ["heading/headline", *["body"] * 4]


@pytest.mark.parametrize(
    ("line", "date", "updated"),
    [
        ("Lisbon, 4 May 2020", "2020-05-04", None),
        ("LISBON — May 4, 2020", "2020-05-04", None),
        ("Last updated 4 May 2020, 18:40 GMT", None, "2020-05-04"),
        ("Published 3 May 2020 | Updated 4 May 2020", "2020-05-03", "2020-05-04"),
        ("By Ana Sá | Updated 4 May 2020", None, "2020-05-04"),
        ("By Ana Sá, Bay Courier - May 4, 2020", "2020-05-04", None),
    ],
)
def test_a_date_line_says_when_it_was_published_or_updated(line, date, updated):
    article = text(f"Ferry board to choose\n\n{line}\n\n{TEXT}")
    assert (article.date and article.date.value) == date
    assert (article.updated and article.updated.value) == updated
    assert article.authors == (("Ana Sá",) if "Ana" in line else ())


@pytest.mark.parametrize("label", ["", "Source: ", "URL: "])
def test_an_address_above_the_story_is_the_articles(label):
    article = text(
        f"Ferry board to choose\n\n{label}https://bay.example/2020/05/04/ferry\n\n{TEXT}"
    )
    assert (article.headline, article.url) == (
        "Ferry board to choose",
        "https://bay.example/2020/05/04/ferry",
    )
    assert article.date is not None
    assert (article.date.value, article.date.basis) == ("2020-05-04", "inferred")


def test_the_head_of_a_mail_states_subject_sender_and_date():
    head = "From: Bay Daily <post@bay.example>\nSubject: Fwd: Ferry board\nDate: Mon, 4 May 2020 06:02 +0100"
    article = text(
        f"{head}\n\nView in browser\n\nBAY DAILY\n\n{TEXT}\n\nSponsored: Noor Lines, by sea"
    )
    assert (article.headline, article.publisher) == ("Ferry board", "Bay Daily")
    assert article.date is not None
    assert article.date.value == "2020-05-04"
    assert roles(article)[:3] == [
        "boilerplate/mail_head",
        "boilerplate/navigation",
        "boilerplate/masthead",
    ]
    assert roles(article)[-1] == "boilerplate/advertising"


def test_the_sender_of_a_mail_may_be_its_author():
    article = text(f"Subject: Ferry\nFrom: Ana Sá <ana.sa@bay.example>\nSent: 4 May 2020\n\n{TEXT}")
    assert (article.authors, article.publisher) == (("Ana Sá",), None)


def test_a_menu_above_the_headline_is_set_aside():
    menu = "Skip to content\nHome\nNews\nWeather\nLog in\n\nUK | World | Ports"
    article = text(f"{menu}\n\nFerry board to choose before winter\n\n{TEXT}")
    assert article.headline == "Ferry board to choose before winter"
    assert roles(article)[:6] == ["boilerplate/navigation"] * 6


def test_other_stories_inside_a_story_cut_nothing_off():
    related = "Related\n\n    Mill closes\n    Bridge to open\n    Rain to come"
    source = "\n\n".join(
        ["Ferry board to choose", *PARAGRAPHS[:2], related, *PARAGRAPHS[2:], "Most read\nCat found"]
    )
    assert roles(text(source)).count("body") == 4


def test_titles_under_a_last_read_more_are_other_stories():
    article = text(
        f"Ferry board to choose\n\n{TEXT}\n\nRead more:\nMill closes\nLetter: Why I object"
    )
    assert roles(article)[-2:] == ["unrelated/after_marker"] * 2


def test_what_a_column_says_of_its_author_is_set_aside():
    article = text(
        "Ferry board to choose\n\nBy Ana Sá\n\nAna Sá is a fellow at the Bay Institute in Tarn.\n\n"
        f"3 May 2020\n\n{TEXT}\n\nThe views expressed are the author's own."
    )
    assert roles(article)[2] == "boilerplate/author_bio"
    assert roles(article)[-1] == "boilerplate/disclaimer"


@pytest.mark.parametrize(
    ("asker", "answerer"),
    [
        *(("Q", "A"), ("Question", "Answer"), ("Li Wen", "Ana Sá"), ("HOST", "SÁ")),
        *(("P", "R"), ("P. ", "R. "), ("Frage", "Antwort")),
    ],
)
def test_questions_are_the_headings_of_their_answers(asker, answerer):
    article = text(
        "A talk with the mayor\n\nThe mayor of Tarn spoke to us in the town hall on Friday.\n\n"
        f"{asker}: Why so late?\n\n{answerer}: Because the firms asked for more time.\n\n"
        f"{asker}: And the winter?\n\n{answerer}: The winter will come anyway, I think."
    )
    assert roles(article)[2:] == ["heading/question", "body"] * 2
    assert article.chunks[-1].section in {"And the winter?", f"{asker}: And the winter?"}


def test_initials_of_names_are_no_labels_of_an_interview():
    listed = "\n\n".join(
        f"{letter}. Marsh sailed in the spring with her boat and came home late."
        for letter in ("P", "R", "R", "S", "P")
    )
    assert roles(text(f"Who sailed and who came home\n\n{listed}"))[1:] == ["body"] * 5


def test_entries_of_a_live_report_are_read_with_their_times():
    article = text(
        "Ferry vote: live\n\nLast updated 4 May 2020\n\n5.30pm\nThat is all for today.\n\n"
        "16:10 BST\nPortugal reacts\nMinisters in Lisbon welcome the choice of the board.\n\n"
        "13.05 Updated\n“We shall be done by noon,” says Rosa Rua.\n\n11:50\nThe board meets."
    )
    read = [(chunk.role, chunk.time) for chunk in article.chunks if chunk.role != "boilerplate"]
    assert read == [
        ("heading", None),
        ("body", "17:30"),
        ("heading", "16:10"),
        ("body", "16:10"),
        ("body", "13:05"),
        ("body", "11:50"),
    ]


@pytest.mark.parametrize(
    "leads",
    ['Ms Rua told the board in Tarn: "We wait."', "The mayor wrote in a letter: We shall wait."],
)
def test_a_sentence_that_leads_in_speech_is_no_label(leads):
    article = text(f"Ferry board to choose\n\n{PARAGRAPHS[0]}\n\n{leads}\n\n{PARAGRAPHS[2]}")
    assert [chunk.section for chunk in article.chunks] == [None] * 4


def test_marks_of_a_reader_are_not_the_articles_text():
    article = text(
        '---\ntitle: Ferry board\nauthor:\n  - "[[Ana Sá]]"\n  - "[[people/li|Li Wen]]"\n---\n'
        f"{PARAGRAPHS[0]}\n\n> [!note] mine\n> ask Bo\n\n==The board will choose== in May.\n",
        "a.md",
    )
    assert article.authors == ("Ana Sá", "Li Wen")
    assert roles(article)[2] == "boilerplate/reader_note"
    assert article.chunks[3].text == "The board will choose in May."


def test_a_news_service_that_sent_the_picture_is_the_origin():
    article = text(
        "Skip to main content\n\nThe ferry Alma leaves Tarn on Sunday morning.\n\n"
        f"BO EK/The Washington Post News Service\n\n{TEXT}\n\nWelcome to The Globe and Mail's"
        " comment community. You can join the discussion here.\n\n"
        "Sign up for The Globe and Mail's newsletters here."
    )
    assert article.publisher == "The Globe and Mail"
    assert article.reprint_of is not None
    assert article.reprint_of.publisher == "The Washington Post"
