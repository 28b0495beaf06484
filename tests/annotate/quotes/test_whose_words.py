"""Whose words a stretch holds where the clause around it has several candidates, or none."""

from __future__ import annotations

import pytest

from briefing.annotate.quotes.annotator import annotate_quotes, find_quotes
from briefing.model import Chunk, Quote, Role


def quotes(*paragraphs: str) -> list[Quote]:
    return [quote for row in find_quotes(paragraphs) for quote in row if quote.kind != "indirect"]


def speakers(*paragraphs: str) -> list[str | None]:
    found = [quote.speaker for quote in quotes(*paragraphs)]
    return [one and (one.name or one.role) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "In case you ask, the harbour index is in the “bad” range today.",
        "We thought the bridge was “a toy”.",
        "You may know that the ferry is called a “safe” one.",
    ],
)
def test_a_fragment_that_reader_or_reporter_uses_is_nobody_s(text: str) -> None:
    assert quotes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ida Ng defended a campaign with the slogan “Ferries, we need them all now.”",
        "Ida Ng praised the motto “one coast and one port for us”.",
        "Ida Ng called for more of the “no port without a boat” posters.",
    ],
)
def test_a_slogan_is_nobody_s_however_long(text: str) -> None:
    assert quotes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The “green” rule, which shippers say is unfair, was dropped.",
        "“Boats. All of them” is shown on buses that people say are late.",
        "A “quiet coast” plan that critics called costly was dropped.",
    ],
)
def test_the_speaker_of_a_relative_clause_is_not_the_speaker_of_its_noun(text: str) -> None:
    assert quotes(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The union rejected it as “wholly made up,” and both crews told the Courier so.", "union"),
        ("“Wait,” and Ida Ng said.", "Ida Ng"),
        ("Tom Marsh called it “late,” but others said the port was shut.", "Tom Marsh"),
    ],
)
def test_a_clause_behind_and_is_no_tag_unless_it_ends_there(text: str, name: str) -> None:
    assert speakers(text) == [name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The port plan was described by Ida Ng as “dead weight”.", ["Ida Ng"]),
        ("The order has been seen as “slowly killing” the trade.", []),
        ("The decision was widely hailed as “a fresh start for all”.", []),
        ("Ida Ng cast it as “dead weight”.", ["Ida Ng"]),
    ],
)
def test_the_subject_of_a_passive_says_nothing(text: str, expected: list[str]) -> None:
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It is late,” Ida Ng, a nurse at the Hull Home told the Courier.", "Ida Ng"),
        (
            "“It is late,” lead author Tom Marsh, a nurse in Bray, Maine, and Rome, said.",
            "Tom Marsh",
        ),
        ("“It is late,” Oruk Ng, head of the Sea Council's ports office said.", "Oruk Ng"),
    ],
)
def test_a_name_right_behind_a_quotation_speaks_whatever_its_role_names(
    text: str, expected: str
) -> None:
    assert speakers(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "They watch “sea costs,” as one harbour CEO told me, and the “pain” of crews.",
            ["one harbour CEO"],
        ),
        ("An opposition MP said the port was “dead”.", ["opposition MP"]),
        ("“It is over,” said two MPs.", ["two MPs"]),
        ("Acme CFO Rosa Vik said the port was “dead”.", ["Rosa Vik"]),
        ("Hawks RB Tom Marsh said the port was “dead”.", ["Tom Marsh"]),
    ],
)
def test_an_office_in_capitals_is_a_role(text: str, expected: list[str]) -> None:
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Polish Embassy in Oslo said the air was “foul”.", "Polish Embassy in Oslo"),
        ("The High Court in Lagos said the plan was “void”.", "High Court in Lagos"),
        (
            "The National Institute on Sea Trade said it was “late”.",
            "National Institute on Sea Trade",
        ),
        (
            "A spokesperson for the Norwegian Sea Office said it was “late”.",
            "spokesperson for the Norwegian Sea Office",
        ),
        ("Doctors based in Hull said it was “late”.", "Doctors based in Hull"),
    ],
)
def test_a_speaker_is_not_cut_to_the_place_that_ends_it(text: str, expected: str) -> None:
    assert speakers(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ida Ng met Tom Marsh, and the Acme Group will be left to wonder: “Why us?”",
            "Acme Group",
        ),
        ("Ida Ng thanked Marsh, and the board was forced to admit that it was “late”.", "board"),
        ("Ida Ng left, and the union was told to say: “No comment.”", "union"),
    ],
)
def test_an_infinitive_behind_a_passive_has_the_passive_s_subject(text: str, expected: str) -> None:
    assert speakers(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The man called her a “pest” and said, “somebody ought to go,” the court’s office said.",
        "The man said, “I will come back,” the prosecutor’s office said.",
        "The man said: “I will come back,” the ministry said.",
    ],
)
def test_a_body_may_pass_on_what_a_person_said(text: str) -> None:
    assert set(speakers(text)) == {"man"}


@pytest.mark.parametrize(
    "aside",
    ["the late doctor wrote of it in his book", "a nurse said as much", "the captain warned of it"],
)
def test_who_stands_between_dashes_is_not_meant_by_a_pronoun_behind(aside: str) -> None:
    text = f"Odd as it was — {aside} — Rosa Vik was not amused. It was hard. “I wept,” she said."
    assert speakers(text) == ["Rosa Vik"]


def test_she_is_not_the_one_she_is_compared_with() -> None:
    assert speakers(
        "Rosa Vik came to Hull. She was more afraid than Anna Marsh. “It was dark,” she said."
    ) == ["Rosa Vik"]


def test_a_compound_given_name_tells_the_gender_of_its_parts() -> None:
    assert speakers(
        "Tom Marsh waited. Rose-Ann Vik reached the quay and Rose-Ann waved. “I am here,” she said."
    ) == ["Rose-Ann Vik"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("When they asked him, Tom Marsh hid. They’ll say: “He hid.”", None),
        ("Tom Marsh came late. He’d answer, “I had no boat.”", "Tom Marsh"),
        ("Rosa Vik came late. She’ll say, “I had no boat.”", "Rosa Vik"),
    ],
)
def test_a_pronoun_with_its_verb_run_on_is_a_pronoun(text: str, expected: str | None) -> None:
    assert speakers(text)[-1:] == [expected]


def test_an_outlet_s_name_may_hold_an_owner() -> None:
    assert speakers("On Monday, the People’s Daily warned of “no room for compromise”.") == [
        "People's Daily"
    ]


def chunks(*texts: tuple[Role, str]) -> list[Chunk]:
    return [
        Chunk(id=f"c{number}", role=role, text=text) for number, (role, text) in enumerate(texts)
    ]


def test_a_caption_that_repeats_the_story_s_own_prose_is_no_quote() -> None:
    read = annotate_quotes(
        chunks(
            (
                "caption",
                "‘The harbour has been shut for so long that nobody waits.’ Photograph: Ida Ng",
            ),
            (
                "body",
                "Some say the harbour has been shut for so long that nobody waits. It rots.",
            ),
        )
    )
    assert [
        quote.exact for chunk in read for quote in chunk.quotes if quote.kind != "indirect"
    ] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oh no. Another “All aboard” sign here.\n— Ida Ng (@ng) May 1, 2020", ["Ida Ng"]),
        ("⬇️⬇️https://t.example/abc\n— Ida Ng (@ng) May 1, 2020", []),
        ("https://t.example/abc pic.twitter.com/x1\n— Ida Ng (@ng) May 1, 2020", []),
    ],
)
def test_a_signed_post_needs_words_of_its_own(text: str, expected: list[str]) -> None:
    assert speakers(text) == expected


def test_a_name_with_its_role_that_says_something_else_speaks_no_words_before_it() -> None:
    text = "“It is late,” said Ida Ng. “We go.” Tom Marsh, a nurse, called it “mad”."
    assert speakers(text) == ["Ida Ng", "Ida Ng", "Tom Marsh"]
