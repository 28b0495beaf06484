"""Words near a quotation that are not its speaker, and roles that are none."""

from __future__ import annotations

import pytest
from quote_rows import Row, rows_of

from briefing.annotate.quotes.annotator import find_quotes


def said(*paragraphs: str) -> list[Row]:
    return rows_of(*paragraphs, off=frozenset(), indirect=False)


def speaker(text: str) -> tuple[str | None, str | None]:
    """Return name and role of the last speaker of a paragraph."""
    found = [quote.speaker for row in find_quotes([text]) for quote in row if quote.speaker]
    return found[-1].name, found[-1].role


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Meet Ida Ng, who runs the ferry. “Nobody sleeps here,” she says.", "Ida Ng"),
        ("Call Ana Lin stubborn and she laughs: “I was born here.”", "Ana Lin"),
        ("Take Tom Marsh, a baker in Hull. “Flour is gold,” he said.", "Tom Marsh"),
        ("Will Marsh said: “We go.”", "Will Marsh"),
        ("Watching Ida Ng work is a joy. “I cut it by hand,” Ng says.", "Ida Ng"),
        ("Listen to Ana Lin: “We are late.”", "Ana Lin"),
    ],
)
def test_a_verb_in_front_of_a_name_is_no_part_of_it(text: str, name: str) -> None:
    assert speaker(text)[0] == name


def test_doings_in_a_row_are_no_name() -> None:
    listed = "Closing, selling and leasing “every single port” of the coast."
    assert [row[1] for row in said(listed)] in ([], [None])
    assert speaker("Harding, backing the sale, called it “a very good deal”.")[0] == "Harding"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lin talked to Radio Hull: “We go on.”", "Lin"),
        ("Lin turned on Tom Marsh: “You lied.”", "Lin"),
        ("In a letter to Tom Marsh, Ana Lin made her case: “We pay too much.”", "Ana Lin"),
        ("The verdict of Ana Lin, the coach: “Poor.”", "Ana Lin"),
        ("Then came Tom Marsh: “You lied.”", "Tom Marsh"),
        ("The coach’s rival, Tom Marsh, was less patient: “You lied.”", "Tom Marsh"),
        ("Lin shouted in Turkish, going on in Spanish: “You lied.”", "Lin"),
        ("Lin hinted that Marsh could leave, stating: “The door is open.”", "Lin"),
        ("Lin wondered at clerks who say they saw it, declaring: “Nobody did.”", "Lin"),
        ("Lin denies Tom Marsh’s claims that it fell, and has called them “mad”.", "Lin"),
    ],
)
def test_a_colon_follows_the_subject_and_not_who_is_addressed(text: str, name: str) -> None:
    assert speaker(text)[0] == name


def test_a_label_is_no_speaker() -> None:
    text = "Key point: Ana Lin has left, calling the plan “a dead letter for all of us here”."
    assert speaker(text)[0] == "Ana Lin"
    assert speaker("EXCLUSIVE: “We will sue,” says Ana Lin.")[0] == "Ana Lin"
    assert speaker("Update: “We will sue,” says Ana Lin.")[0] == "Ana Lin"
    assert said("Background: The road closed in May. “It was a mess.”") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Halyard Data, a pollster, says turnout fell. “Rain kept people in,” it adds.", "Halyard"),
        ("Norvik Group said it would sail. “We have no choice,” it said.", "Norvik Group"),
        ("Acme said on Monday that it would close. “It is over,” it said.", "Acme"),
    ],
)
def test_it_is_the_body_named_just_before(text: str, name: str) -> None:
    assert (speaker(text)[0] or "").startswith(name)


def test_it_is_no_person() -> None:
    assert speaker("Ana Lin said no. “It is over,” it said.")[0] is None


def test_the_plans_of_a_body_do_not_speak() -> None:
    text = "“This is a poor basis” for their WTO claims, Marsh said."
    assert speaker(text)[0] == "Marsh"


@pytest.mark.parametrize(
    "text",
    [
        "“It is ours,” Tom Marsh, known as “the Duke,” told the court.",
        "“It is ours,” Tom Marsh, nicknamed “the Duke”, said on Monday.",
        "Tom Marsh, dubbed “Iron Tom,” told the court: “It is ours.”",
        "Tom Marsh – nicknamed “the Duke” – told reporters: “It is ours.”",
    ],
)
def test_a_nickname_in_marks_hides_no_tag(text: str) -> None:
    assert [name for _, name, _ in said(text)] == ["Tom Marsh"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Hull, Maine, fire chief, Ana Lin, said: “It burned.”", ("Ana Lin", "fire chief")),
        ("“We wait,” said an aide to Marsh, Ida Ng.", ("Ida Ng", "aide to Marsh")),
        (
            "“We pay,” said Ana Lin, head of the so-called “clean coast” campaign.",
            ("Ana Lin", "head of the so-called “clean coast” campaign"),
        ),
        (
            "Witnesses told the court Tom Marsh had gone. “I was home,” Marsh said.",
            ("Tom Marsh", None),
        ),
        ("They would assist Ida Ng. “I am well,” Ng said.", ("Ida Ng", None)),
    ],
)
def test_a_role_is_whole_and_holds_no_verb(text: str, expected: tuple[str, str | None]) -> None:
    assert speaker(text) == expected


def test_a_word_in_marks_inside_a_role_is_no_quote() -> None:
    text = "“No,” said Ida Ng, the “port” queen. “Never.”"
    assert [words for words, _, _ in said(text)] == ["No,", "Never."]


@pytest.mark.parametrize(
    "text",
    [
        "“We wait,”[3] said Tom Marsh.",
        "“We wait,” [note 2] Tom Marsh said.",
        "“We wait,”[^1] said Tom Marsh.",
        "“We wait”,[12][13] said Tom Marsh.",
        "“We wait,”<!-- check --> said Tom Marsh.",
        "**“We wait,”** said Tom Marsh.",
        "==“We wait,”== said Tom Marsh.",
        '=="We wait,"== said Tom Marsh.',
    ],
)
def test_notes_and_stress_between_a_quotation_and_its_tag_are_passed(text: str) -> None:
    ((words, name, rule),) = said(text)
    assert (words.rstrip(","), name, rule) == ("We wait", "Tom Marsh", "said_after_quote")


def test_the_region_of_a_speaker_is_no_speaker() -> None:
    text = "“Nobody wants to be last,” said a trader from the Gulf states, who left early."
    assert speaker(text) == (None, "trader from the Gulf states")


def test_a_country_that_speaks_is_an_institution_with_its_code() -> None:
    (quote,) = find_quotes(["Poland called the plan “a slow and costly way to nowhere”."])[0]
    assert quote.speaker is not None
    assert (quote.speaker.type, quote.speaker.country) == ("institution", "PL")


@pytest.mark.parametrize(
    "text",
    [
        "Standing beside Peter Marsh, he said: “We go.”",
        "Commenting on the fate of Peter Marsh, he said: “We go.”",
        "After meeting Peter Marsh he said: “We go.”",
        "At a dinner hosted by Peter Marsh on Friday, he said: “We go.”",
        "When he refused to help Peter Marsh, he said: “We go.”",
    ],
)
def test_a_pronoun_is_nobody_of_its_introduction(text: str) -> None:
    assert speaker(f"Tom Lin, a farmer, said it was late. {text}")[0] == "Tom Lin"


def test_who_comes_in_the_introduction_says_what_follows() -> None:
    text = "Tom Lin said it was late. When Peter Marsh came, he said: “We go.”"
    assert speaker(text)[0] == "Peter Marsh"


def test_a_list_of_people_is_no_role() -> None:
    text = (
        "He met Acme chairman Tom Lin, Hull mayor Ana Ng and Leeds mayor Ida Roe. “No,” Lin said."
    )
    assert speaker(text) == ("Tom Lin", "Acme chairman")
    assert speaker("Leeds’ Mr. Lin said: “No.”") == ("Mr. Lin", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Bank of Hull governor Ana Ng said prices were “mad”.",
            ("Ana Ng", "Bank of Hull governor"),
        ),
        (
            "“No,” according to Hull Port Board (HPB) head Ana Ng.",
            ("Ana Ng", "Hull Port Board (HPB) head"),
        ),
        (
            "Peru's Foreign Minister Zoltan Ng said it was “mad”.",
            ("Zoltan Ng", "Peru's Foreign Minister"),
        ),
        ("Peru's High Commissioner said it was “mad”.", (None, "Peru's High Commissioner")),
        (
            "Her Irish counterpart, Tom Lin, called it “mad”.",
            ("Tom Lin", "Her Irish counterpart"),
        ),
        ("Norse fishermen, meanwhile, said it was “mad”.", (None, "Norse fishermen")),
    ],
)
def test_a_person_stands_behind_a_body_and_an_office(
    text: str, expected: tuple[str | None, str | None]
) -> None:
    assert speaker(text) == expected


def test_common_nouns_with_a_capital_are_nobody_and_names_like_nouns_somebody() -> None:
    text = "Dealers wait while other dealers sell. Ana Lin, an analyst, left. “No,” she said."
    assert speaker(text)[0] == "Ana Lin"
    assert speaker("Dealers said the other dealers were “mad”.") == (None, "Dealers")
    assert speaker("Tom Baker runs the port. Baker said it was “mad”.")[0] == "Tom Baker"


@pytest.mark.parametrize(
    "between",
    [
        "The club is small, Tom Marsh said.",
        "Tom Marsh said that the club is small.",
        "The club is small, according to Tom Marsh.",
    ],
)
def test_whoever_is_reported_between_two_quotations_speaks_on(between: str) -> None:
    assert speaker(f"“Boys train hard,” said Ana Lin. {between} “We are new.”")[0] == "Tom Marsh"


def test_who_does_not_speak_between_does_not_speak_on() -> None:
    text = "“Boys train hard,” said Ana Lin. Tom Marsh shook his head. “We are new.”"
    assert speaker(text)[0] == "Ana Lin"


def test_a_role_has_no_verb_and_no_other_person_in_it() -> None:
    text = "Prices rise, warns cable operator Zemtek. “Soon,” said Zemtek."
    assert speaker(text) == ("Zemtek", "cable operator")
    text = "Hull mayor Ida Ng and governor Tom Marsh said it was “mad”."
    assert speaker(text) == ("Tom Marsh", "governor")


def test_a_given_name_behind_sir_is_the_person_s() -> None:
    assert speaker("Sir Tom Marsh runs the port. Sir Tom called it “mad”.")[0] == "Tom Marsh"


@pytest.mark.parametrize(
    ("apposition", "role"),
    [
        ("a spokesman for the port board quoted in the Voice", "spokesman for the port board"),
        ("the port's oldest head when he left in 2003", "port's oldest head"),
    ],
)
def test_a_role_ends_where_something_else_is_told(apposition: str, role: str) -> None:
    assert speaker(f"“We go,” said Tom Marsh, {apposition}.") == ("Tom Marsh", role)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("“Late,” said Hull Chancellor of the Exchequer Ana Lin.", "Ana Lin"),
        ("“Late,” said Zemtek head of research Tom Marsh at a fair.", "Tom Marsh"),
        ("The day before Tom Marsh, a baker and now a judge, called it “mad”.", "Tom Marsh"),
        ("Then Lord Marsh, the Lord Chief Justice, called it “mad”.", "Lord Marsh"),
        ("In a letter sent on Friday Lord Marsh called it “mad”.", "Lord Marsh"),
        ("Ana Lin, a member of the Hull Council said it was “mad”.", "Ana Lin"),
        ("Director of Hull Ports, Tom Marsh, who is ill, called it “mad”.", "Tom Marsh"),
        ("The Centre for Law and Order, a charity, called it “mad”.", "Centre for Law and Order"),
    ],
)
def test_a_person_is_told_from_the_office_and_the_aside(text: str, who: str) -> None:
    name, role = speaker(text)
    assert (name or role) == who


@pytest.mark.parametrize(
    "role",
    [
        "chairman of the Hull Ports Council",
        "spokesman at network operator Marsh and Karat",
        "MP for Hull and Ennis",
    ],
)
def test_a_role_holds_the_names_behind_its_preposition(role: str) -> None:
    assert speaker(f"The {role} called it “mad”.") == (None, role)


def test_a_role_that_no_comma_ends_opens_its_sentence() -> None:
    text = "Tom Marsh, a baker from Hull said it. Marsh called it “mad”."
    assert speaker(text) == ("Tom Marsh", "baker from Hull")
    text = "After talks with Tom Marsh, the mayor said no. Marsh called it “mad”."
    assert speaker(text) == ("Tom Marsh", None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Zemtek Inc has closed. “Soon,” Zemtek said.", "institution"),
        ("Zemtek said it will close, and called it “mad”.", "institution"),
        ("Zemtek said it would be late, and called it “mad”.", "named"),
        ("Ana Lin founded Lin Inc. “Soon,” Lin said.", "named"),
    ],
)
def test_a_company_is_a_body_by_its_longer_name_or_by_it(text: str, kind: str) -> None:
    found = [quote.speaker for row in find_quotes([text]) for quote in row]
    assert found[-1] is not None
    assert found[-1].type == kind


def test_he_is_no_newspaper() -> None:
    text = "The Costa Lin newspaper reported that Tom Marsh was ill. He called it “mad”."
    assert speaker(text)[0] == "Tom Marsh"


def test_a_passive_an_adverb_and_a_number_are_no_speakers() -> None:
    assert speaker("Growers were not openly encouraged. Ana Lin said: “We wait.”")[0] == "Ana Lin"
    assert not any("“" in row[0] or row[1] == "One" for row in said("One was late. “We wait.”"))
    assert speaker("Meanwhile port chief Ana Lin said: “We wait.”") == ("Ana Lin", "port chief")
