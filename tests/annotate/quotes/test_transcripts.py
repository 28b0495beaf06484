"""Transcripts and interviews: whose each turn is, by the labels of lines and the head above."""

from __future__ import annotations

import pytest

from briefing.annotate import pipeline
from briefing.ingest import to_article
from briefing.model import Article

ASKED = ["Q: When will the harbour open?", "Q: And who pays for it?", "Q: Is that enough?"]


def read(*paragraphs: str, name: str = "talk.txt") -> Article:
    data = "\n\n".join(paragraphs).encode()
    return pipeline.annotate(to_article(data, name=name, added="2026-01-01T00:00:00Z"))


def blocks(article: Article) -> list[tuple[str, str | None, str | None, str | None]]:
    """Return the words of each quotation set apart, with name, role and country of who speaks."""
    return [
        (
            quote.exact.split(".")[0],
            *((s.name, s.role, s.country) if (s := quote.speaker) else (None, None, None)),
        )
        for chunk in article.chunks
        for quote in chunk.quotes
        if quote.kind == "block"
    ]


def test_a_turn_goes_on_to_the_next_label_and_stage_directions_are_nobodys() -> None:
    article = read(
        "Press briefing by Press Secretary Ana Sá and Harbour Commissioner Tom Marsh",
        "12:05 P.M.",
        "MS. SÁ:  Good morning.  I have two things to say.",
        "The first is the crane.",
        "(Laughter.)",
        "Q    When will it be mended?",
        "MR. MARSH:  (Laughs.)  In May.",
        "Q    And the lock?",
        "MS. SÁ:  Later than that.",
        "END    12:20 P.M.",
        "The next briefing is on Friday in the town hall of Tarn.",
    )
    sa = ("Ana Sá", "Press Secretary", None)
    assert blocks(article) == [
        ("Good morning", *sa),
        ("The first is the crane", *sa),
        ("In May", "Tom Marsh", "Harbour Commissioner", None),
        ("Later than that", *sa),
    ]
    asked = [chunk.text for chunk in article.chunks if chunk.reason == "question"]
    assert asked == ["Q    When will it be mended?", "Q    And the lock?"]


def test_those_present_and_what_the_label_says_tell_roles() -> None:
    article = read(
        "Hearing on the harbour fund",
        "PRESENT: Rosa Berg, Minister for Ports of Norway; Tom Marsh, director of the board",
        "The CHAIRWOMAN: The committee will come to order.",
        "Senator Roe (R-Ohio): I want to ask the minister about the fund.",
        "Ms. Berg: We have paid half of it.",
        "Senator Roe (R-Ohio): And is that your view, Mr. Marsh?",
        "Mr. Marsh: It is not.",
    )
    assert [row[1:] for row in blocks(article)] == [
        (None, "chairwoman", None),
        ("Roe", "Senator (R-Ohio)", "US"),
        ("Rosa Berg", "Minister for Ports of Norway", "NO"),
        ("Roe", "Senator (R-Ohio)", "US"),
        ("Tom Marsh", "director of the board", None),
    ]


def test_an_office_in_capitals_behind_a_name_holds_for_the_name_alone_too() -> None:
    article = read(
        "Talks at Tarn",
        "ROSA BERG, NORWEGIAN PORT MINISTER: We open the lock. We hope that others follow.",
        "TOM MARSH, HEAD OF THE TPA BOARD: You may count on us.",
        "BERG: We shall see.",
    )
    berg = ("Rosa Berg", "Norwegian Port Minister", "NO")
    assert blocks(article) == [
        ("We open the lock", *berg),
        ("You may count on us", "Tom Marsh", "Head of the TPA Board", None),
        ("We shall see", *berg),
    ]


def test_the_name_before_an_answer_is_no_part_of_it() -> None:
    page = (
        "<html><body><article><h1>An interview with Rosa Berg</h1>"
        "<p>Rosa Berg has run the harbour since 2022. We met her at the lock.</p>"
        "<h2>Will you open the lock?</h2><p>Berg: No. We have no crane for it.</p>"
        "<h2>And in the spring?</h2><p>Then we will. It is not far off.</p></article></body></html>"
    )
    said = [(words, name) for words, name, *_ in blocks(read(page, name="talk.html"))]
    assert said == [("No", "Rosa Berg"), ("Then we will", "Rosa Berg")]


def test_a_moderator_speaks_where_others_ask_and_asks_where_nobody_does() -> None:
    official = "SENIOR HARBOUR OFFICIAL: The crane is old."
    asked = read(
        "Press call", "MODERATOR: Good morning.", official, "Q: How old?", official, "Q: So old?"
    )
    assert blocks(asked)[0][2] == "moderator"
    alone = read("Talk", "MODERATOR: How old is it?", official, "MODERATOR: So?", official)
    assert {row[2] for row in blocks(alone)} == {"senior harbour official"}


def test_the_office_of_the_headline_stands_behind_its_label() -> None:
    article = read(
        "Remarks by President Biden at the harbour",
        "4 May 2021",
        "THE PRESIDENT: The harbour is open.",
        "AUDIENCE: Yes!",
        "THE PRESIDENT: It was hard work.",
        "AUDIENCE: Yes!",
    )
    assert [row[1:] for row in blocks(article)] == [("Joe Biden", "President", "US")] * 2


@pytest.mark.parametrize("marked", ["**{}**", "## {}", "{}"])
def test_answers_are_the_interviewees_where_the_text_says_it_is_an_interview(marked: str) -> None:
    pairs = zip(ASKED, ("In May, I think.", "We all do.", "I do not know."), strict=True)
    talk = [line for q, a in pairs for line in (marked.format(q.removeprefix("Q: ")), a)]
    article = read("# Harbour", "We spoke to Ida Ng, the mayor of Tarn.", *talk, name="talk.md")
    assert [row[1] for row in blocks(article)] == ["Ida Ng"] * 3
    roles = [(chunk.role, chunk.reason) for chunk in article.chunks[2:]]
    assert roles == [("heading", "question"), ("body", None)] * 3


def test_two_statements_under_titles_are_a_talk() -> None:
    article = read(
        "Statements by Prime Minister Rosa Berg of Norway and Commissioner Dr. Tom Marsh",
        "PRIME MINISTER BERG: The strait is open.",
        "We are glad of it.",
        "COMMISSIONER MARSH: So are we.",
    )
    assert [row[1:] for row in blocks(article)] == [
        ("Rosa Berg", "Prime Minister of Norway", "NO"),
        ("Rosa Berg", "Prime Minister of Norway", "NO"),
        ("Tom Marsh", "Commissioner", None),
    ]


def test_what_a_headline_says_behind_a_name_is_no_part_of_it() -> None:
    article = read(
        "Remarks by President Roe During Visit to Tarn",
        "THE PRESIDENT: It is good to be here.",
        "MS. SÁ: Welcome.",
        "THE PRESIDENT: Thank you.",
    )
    assert blocks(article)[0][1:3] == ("Roe", "President")


def test_a_courtesy_stands_before_a_name_whatever_that_means_else() -> None:
    lines = ["MR. KING: Yes.", "MADAM SPEAKER: Order!", "MR. KING: No.", "THE SPEAKER: Order!"]
    assert [row[1] or row[2] for row in blocks(read("Debate in Tarn", *lines))][::2] == ["King"] * 2


def test_questions_that_nobody_is_told_to_answer_make_no_quotes() -> None:
    article = read(
        "# What to know about the harbour",
        *(f"## {question[3:]}\n\nThe board has not said so far." for question in ASKED),
        name="explainer.md",
    )
    assert blocks(article) == []


def test_what_a_question_quotes_is_still_read() -> None:
    article = read(
        "Talk",
        "An interview with Ida Ng in Tarn.",
        "Q: The mayor, Tom Marsh, said that it was “a very bad plan”. Was it?",
        "A: It was not.",
        "Q: Why?",
        "A: It was the only one.",
    )
    (said,) = [
        quote for chunk in article.chunks for quote in chunk.quotes if chunk.reason == "question"
    ]
    assert said.exact == "a very bad plan"
    assert said.speaker is not None
    assert said.speaker.name == "Tom Marsh"


@pytest.mark.parametrize(
    "lines",
    [
        ["WHO: The harbour board", "WHAT: A vote", "WHEN: Friday at noon in the hall."],
        ["Gulls: Visit Oster on Friday.", "Terns: Host Velden on Friday.", "Gulls: Won twice."],
        ["Dear Ana: My boat leaks.", "Dear Boatless: Mend it.", "Dear Ana: It still leaks."],
    ],
)
def test_lines_with_colons_alone_are_no_talk(lines: list[str]) -> None:
    prose = ["The Gulls of Tarn and the Terns of Oster met in the harbour hall on Monday."] * 12
    assert blocks(read("Harbour notes", *prose, *lines)) == []


@pytest.mark.parametrize(
    "lines",
    [
        ["Halm Weekly: Why is it shut?", "Ana Lin: The tide is high.", "HW: Until when?",
         "Lin: Until six, I think.", "HW: And we?", "AL: You wait."],
        ["Q: Why is it shut?", "A: The tide is high.", "Q: Until when?", "A: Until six, I think."],
    ],
)  # fmt: skip
def test_whoever_speaks_to_somebody_of_an_outlet_answers(lines: list[str]) -> None:
    head = "The harbour master, Ana Lin, spoke to Per Moen of the Halm Weekly."
    found = blocks(read("Lin on the tide", head, *lines))
    assert {row[1:] for row in found} == {("Ana Lin", None, None)}
    assert [row[0] for row in found][:2] == ["The tide is high", "Until six, I think"]


def test_whom_somebody_of_no_outlet_spoke_to_answers() -> None:
    head = "Per Moen spoke to Ana Lin of the port of Halm."
    lines = ["Q: Why?", "A: The tide is high.", "Q: Until when?", "A: Until six."]
    assert {row[1] for row in blocks(read("On the tide", head, *lines))} == {"Ana Lin"}


@pytest.mark.parametrize(
    ("head", "label", "speaker"),
    [
        ("Present: Ida Ng MP (IN); Per Moen (PM)", "IN", ("Ida Ng", None)),
        ("Present: Ida Ng (IN), mayor of Tarn; Per Moen (PM)", "IN", ("Ida Ng", "mayor of Tarn")),
        ("We met Ida Ng, the mayor, spoke of the tide and ate.", "I. N.", ("Ida Ng", "mayor")),
        ("Mayor Ida van der Ng sat at the lock.", "IvdN", ("Ida van der Ng", "Mayor")),
        ("Somebody met Per Berg- Moen there.", "I.N.", ("I.N.", None)),
        ("Somebody sat at the lock.", "I.N.", ("I.N.", None)),
    ],
)
@pytest.mark.parametrize("asker", ["Q1", "PM", "Halm Post"])
def test_initials_stand_for_the_name_above_them(
    head: str, label: str, speaker: tuple[str, str | None], asker: str
) -> None:
    talk = [f"{asker}: Why is it shut?", f"{label}: The tide.", f"{asker}: Until when?"]
    found = blocks(read("On the tide", head, *talk, f"{label}: Until six, I think."))
    assert [row[1:3] for row in found] == [speaker] * 2


def test_people_who_are_told_by_initials_alone_keep_them() -> None:
    talk = ["KS: We saw the ship.", "BR: I was at home.", "KS: You heard it.", "BR: My son did."]
    assert [row[1] for row in blocks(read("Two at the lock", *talk))] == ["KS", "BR"] * 2


@pytest.mark.parametrize(
    "head", ["Ida Ng is the mayor. In an interview she spoke of it.", "We spoke to Ida Ng."]
)
def test_a_question_in_bold_over_its_answer_is_no_part_of_it(head: str) -> None:
    talk = "".join(
        f"<p><b>{asked}</b>{mark}{answer}</p>"
        for asked, mark, answer in [
            ("Will you shut the lock?", "</p><p>", "I will not."),
            ("The mayor says you are late.", "</p><p>", "So I am."),
            ("And then?", "<br>", "We shall see."),
        ]
    )
    page = f"<html><body><article><h1>On the tide</h1><p>{head}</p>{talk}</article></body></html>"
    article = read(page, name="talk.html")
    assert [row[:2] for row in blocks(article)] == [
        ("I will not", "Ida Ng"),
        ("So I am", "Ida Ng"),
        ("We shall see", "Ida Ng"),
    ]


def test_the_date_above_a_transcript_dates_it() -> None:
    head = ("Remarks of Secretary Ng in Tarn", "REMARKS", "TARN, NORWAY", "MAY 4, 2021")
    article = read(*head, "SECRETARY NG: We met.", "QUESTION: When?", "SECRETARY NG: In May.")
    assert article.date is not None
    assert article.date.value == "2021-05-04"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            ["Chairman ROE. We will begin.", "Ambassador HOLM. I will.", "Chairman ROE. Yes."],
            ["Roe", "Holm", "Roe"],
        ),
        (
            ["[00:05] Ana Lin: Well?", "[0:00:12] Ida Ng: I am.", "[00:31] Ana Lin: So am I."],
            ["Ana Lin", "Ida Ng", "Ana Lin"],
        ),
        (["Ana Lin 0:05", "I am here.", "Ida Ng (0:12)", "So am I.", "Ana Lin 1:31", "We are."],
         ["Ana Lin", "Ida Ng", "Ana Lin"]),
        (["ANA LIN, HOST: Why?", "IDA HOLM: I do not.", "LIN: Thanks.", "IDA HOLM: My joy."],
         ["Ida Holm", "Ida Holm"]),
    ],
)  # fmt: skip
def test_labels_of_hearings_and_recordings_are_read(lines: list[str], said: list[str]) -> None:
    head = "This is what was said in the harbour hall of Tarn about the tide and the old lock."
    assert [row[1] for row in blocks(read("A talk on the tide", head, *lines))] == said


def test_offices_in_prose_are_no_labels() -> None:
    lines = ["The EU. It is far.", "Mr. Roe met the NGO. It was late.", "The UN. It is near."]
    assert blocks(read("Notes on the tide", *lines, *lines)) == []


def test_a_list_of_titles_with_labels_is_no_talk() -> None:
    article = read(
        "Top news of the evening",
        *("The Latest: Crane falls in Tarn", "Police: Crew was warned of the wind"),
        *(
            "Rates rise again in Oster",
            "The Latest: Ferry late by an hour",
            "Police: Roads are icy",
        ),
    )
    assert blocks(article) == []
