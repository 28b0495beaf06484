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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lin talked to Radio Hull: “We go on.”", "Lin"),
        ("Lin turned on Tom Marsh: “You lied.”", "Lin"),
        ("In a letter to Tom Marsh, Ana Lin made her case: “We pay too much.”", "Ana Lin"),
        ("The verdict of Ana Lin, the coach: “Poor.”", "Ana Lin"),
        ("Then came Tom Marsh: “You lied.”", "Tom Marsh"),
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
        ("Norvik said no. Acme made it known that it wants “a long pause and a vote”.", "Acme"),
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
