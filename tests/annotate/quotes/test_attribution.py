from __future__ import annotations

import pytest
from quote_rows import Row, rows_of


def said(*paragraphs: str, off: frozenset[str] = frozenset()) -> list[Row]:
    """Who said what by which rule: the name, else the role."""
    return rows_of(*paragraphs, off=off, indirect=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It leaked,” Marsh said.", ("It leaked,", "Marsh", "said_after_quote")),
        ("“It leaked,” said Marsh.", ("It leaked,", "Marsh", "said_after_quote")),
        ("“It leaked,” says Ana Marsh.", ("It leaked,", "Ana Marsh", "said_after_quote")),
        (
            "“It leaked,” Marsh, a nurse from Hull, said.",
            ("It leaked,", "Marsh", "said_after_quote"),
        ),
        ("“It leaked,” Marsh fumed.", ("It leaked,", "Marsh", "said_after_quote")),
        ("“Why now?” Marsh asked.", ("Why now?", "Marsh", "said_after_quote")),
        ("“Get out!” shouted Marsh.", ("Get out!", "Marsh", "said_after_quote")),
        (
            "“It is over,” a ministry aide said.",
            ("It is over,", "ministry aide", "said_after_quote"),
        ),
        (
            "“It is over,” Marsh retaliated in a letter.",
            ("It is over,", "Marsh", "any_verb_after_quote"),
        ),
        ("Marsh said: “It leaked.”", ("It leaked.", "Marsh", "said_before_quote")),
        ("Marsh said, “It leaked.”", ("It leaked.", "Marsh", "said_before_quote")),
        ("Marsh said that “nobody was told”.", ("nobody was told", "Marsh", "said_before_quote")),
        (
            "Marsh told the Courier, “It leaked all night.”",
            ("It leaked all night.", "Marsh", "said_before_quote"),
        ),
        (
            "Marsh left, adding: “We will be back.”",
            ("We will be back.", "Marsh", "said_before_quote"),
        ),
        (
            "The memo read: “Stop all work at once.”",
            ("Stop all work at once.", "memo", "said_before_quote"),
        ),
        ("Lin tweeted: “Stop all work.”", ("Stop all work.", "Lin", "said_before_quote")),
        (
            "Ana Lin, who runs the night crew, said: “We saw nothing.”",
            ("We saw nothing.", "Ana Lin", "said_before_quote"),
        ),
        (
            "Or, as Tom Marsh, a former judge, put it: “Nobody reads the law.”",
            ("Nobody reads the law.", "Tom Marsh", "said_before_quote"),
        ),
        (
            "Lin said the plan was “dead on arrival”.",
            ("dead on arrival", "Lin", "said_earlier_in_sentence"),
        ),
        ("Lin dubbed it “dead weight”.", ("dead weight", "Lin", "said_earlier_in_sentence")),
        (
            "According to Ana Lin, “the bridge was never safe”.",
            ("the bridge was never safe", "Ana Lin", "according_to"),
        ),
        (
            "The “vast and costly” plan had failed, Lin said.",
            ("vast and costly", "Lin", "said_later_in_sentence"),
        ),
        ("Lin: ‘I quit’", ("I quit", "Lin", "label_and_colon")),
        (
            "Ana Lin cast him as “a relic of the past”.",
            ("a relic of the past", "Ana Lin", "subject_of_clause"),
        ),
        (
            "“It is a step forward for us.” — Ana Lin, minister",
            ("It is a step forward for us.", "Ana Lin", "signed_behind"),
        ),
        ("Lin shook her head. “Never again.”", ("Never again.", "Lin", "sentence_before")),
    ],
)
def test_a_construction_is_attributed_by_its_rule(text: str, expected: Row) -> None:
    assert said(text)[0] == expected


def test_what_follows_a_tag_in_the_paragraph_carries_over() -> None:
    assert said("“No,” Marsh said. “We will not go. Never.”")[1] == (
        "We will not go. Never.",
        "Marsh",
        "carry_over",
    )


def test_what_stands_before_a_tagged_quotation_shares_its_tag() -> None:
    assert said("“We will not go.” “Never,” Marsh said.")[0] == (
        "We will not go.",
        "Marsh",
        "next_tag",
    )


def test_a_quotation_left_open_is_told_by_the_tag_in_the_next_paragraph() -> None:
    assert said("“We built it in a year.", "“The next one takes less,” said Ana Lin.")[0] == (
        "We built it in a year.",
        "Ana Lin",
        "tag_in_next_paragraph",
    )


def test_a_quotation_left_open_goes_on_in_the_next_paragraph() -> None:
    assert said("“It was hard,” said Ana Lin. “It took a year.", "“We would do it again.”")[2] == (
        "We would do it again.",
        "Ana Lin",
        "reopened_paragraph",
    )


def test_a_colon_at_the_end_announces_the_next_paragraph() -> None:
    assert said("Ana Lin was clear:", "“We will not sell the port to anyone.”") == [
        ("We will not sell the port to anyone.", "Ana Lin", "announced_before")
    ]


def test_a_statement_announced_without_a_subject_is_by_who_spoke_before() -> None:
    assert said(
        "“We are sorry,” Ana Lin said.", "In a statement:", "“We regret the delay and will pay.”"
    )[1] == ("We regret the delay and will pay.", "Ana Lin", "announced_before")


def test_a_line_below_signs_a_quotation() -> None:
    assert said("“We will not sell the port to anyone.”", "- Ana Lin")[0] == (
        "We will not sell the port to anyone.",
        "Ana Lin",
        "signed_below",
    )


def test_a_floating_quotation_is_by_who_spoke_in_the_paragraph_before() -> None:
    assert said("Tom Marsh said no to the plan.", "“It is late. We go now.”") == [
        ("It is late. We go now.", "Tom Marsh", "paragraph_before")
    ]


def test_a_whole_quotation_that_nobody_is_named_for_has_no_speaker() -> None:
    assert said("“We will not sell the port to anyone, ever.”") == [
        ("We will not sell the port to anyone, ever.", None, "unattributed")
    ]


def test_each_of_two_speakers_in_a_paragraph_keeps_what_is_theirs() -> None:
    assert said("“It is late,” Marsh said. “Go,” Lin said. “Now.”") == [
        ("It is late,", "Marsh", "said_after_quote"),
        ("Go,", "Lin", "said_after_quote"),
        ("Now.", "Lin", "carry_over"),
    ]


def test_the_person_told_is_never_the_speaker() -> None:
    assert said("“It leaked,” Marsh told Lin.")[0][1] == "Marsh"
    assert said("Marsh told Lin the deal was “dead weight”.")[0][1] == "Marsh"


def test_a_sentence_behind_a_finished_quotation_is_no_tag() -> None:
    rows = said("“The trust is broken.” Marsh said on Friday he would go.", "Lin agreed.")
    assert all(rule != "said_after_quote" for _, _, rule in rows)


def test_the_outer_of_two_verbs_tells_a_fragment() -> None:
    assert said("Lin said Marsh had called on the crew to be “ready at dawn”.")[0][1] == "Lin"


def test_an_introduction_does_not_take_the_fragment_from_its_main_verb() -> None:
    text = "While the crew fears the sea, Lin said the boats were “safe as houses”."
    assert said(text)[0][1] == "Lin"


def test_a_rule_that_is_off_leaves_the_quotation_to_the_next_one() -> None:
    text = "“No,” Marsh said. “We will not go there.”"
    off = frozenset({"carry_over"})
    assert said(text, off=off)[1][2] == "sentence_before"
