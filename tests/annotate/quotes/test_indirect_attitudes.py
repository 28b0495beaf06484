from __future__ import annotations

import pytest
from quote_rows import Row, rows_of

from briefing.annotate.quotes.annotator import find_quotes


def reported(*paragraphs: str, off: frozenset[str] = frozenset()) -> list[Row]:
    """What is reported of whom by which rule: the name, else the role, None where nobody is."""
    return rows_of(*paragraphs, off=off, indirect=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Lin backs a new bridge.", ("a new bridge", "Ana Lin", "reported_attitude")),
        (
            "Ana Lin supported a vote on the bridge on Monday.",
            ("a vote on the bridge", "Ana Lin", "reported_attitude"),
        ),
        (
            "Ana Lin supports bridges, ferries and tunnels.",
            ("bridges, ferries and tunnels", "Ana Lin", "reported_attitude"),
        ),
        (
            "Ana Lin supports the bridge and the crew was paid.",
            ("the bridge", "Ana Lin", "reported_attitude"),
        ),
        (
            "Ana Lin pushed for a vote and walked home.",
            ("a vote", "Ana Lin", "reported_attitude"),
        ),
        (
            "Ana Lin focused on how the bridge was paid for.",
            ("how the bridge was paid for", "Ana Lin", "reported_attitude"),
        ),
    ],
)
def test_the_object_of_a_verb_of_attitude_is_told_of_its_subject(text: str, expected: Row) -> None:
    assert reported(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Before deciding to close the bridge, Ana Lin smiled.",
            ("to close the bridge", None, "reported_by_nobody"),
        ),
        (
            "Ana Lin seems to believe that the bridge is safe.",
            ("that the bridge is safe", "Ana Lin", "reported_thought"),
        ),
        (
            "Ana Lin intends to rebuild the bridge.",
            ("to rebuild the bridge", "Ana Lin", "reported_complement"),
        ),
    ],
)
def test_a_clause_behind_a_verb_in_any_form_is_told(text: str, expected: Row) -> None:
    assert reported(text) == [expected]


def test_a_passive_tells_of_its_subject_and_names_nobody_who_says_so() -> None:
    first, second = find_quotes(["The old bridge is expected to close in May."])[0]
    assert (first.exact, second.exact) == ("The old bridge", "to close in May")
    assert first.utterance == second.utterance
    assert (first.speaker, second.speaker) == (None, None)
    assert (first.cue, second.cue) == ("expected", "expected")
    assert {first.rule, second.rule} == {"reported_by_nobody"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ana Lin was accused of neglect.",
            [("Ana Lin", None, "reported_by_nobody"), ("neglect", None, "reported_by_nobody")],
        ),
        (
            "Ana Lin was asked whether the bridge was safe.",
            [("whether the bridge was safe", None, "reported_by_nobody")],
        ),
        (
            "Asked about the cost of the bridge, Ana Lin smiled.",
            [("the cost of the bridge", None, "reported_by_nobody")],
        ),
    ],
)
def test_reproaches_and_questions_in_the_passive_are_told(text: str, expected: list[Row]) -> None:
    assert reported(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The vote followed Ana Lin's call for a new bridge.",
            ("a new bridge", "Ana Lin", "reported_noun"),
        ),
        (
            "The town heard of Ana Lin's plan to close the bridge.",
            ("to close the bridge", "Ana Lin", "reported_noun"),
        ),
        (
            "The town shared fears that the bridge was unsafe.",
            ("that the bridge was unsafe", None, "reported_by_nobody"),
        ),
    ],
)
def test_a_noun_of_speech_tells_what_its_owner_wants(text: str, expected: Row) -> None:
    assert reported(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "I support the new bridge.",
        "The bridge over the Hull has four spans.",
        'Ana Lin supports a bridge that she calls "the people\'s own bridge" in her letters.',
    ],
)
def test_own_words_facts_and_words_that_lead_to_a_quotation_are_no_attitude(text: str) -> None:
    assert [row for row in reported(text) if row[2] != "reported_clause"] == []


def test_a_rule_of_attitudes_can_be_turned_off() -> None:
    assert reported("Ana Lin backs a new bridge.", off=frozenset({"reported_attitude"})) == []


def test_words_inside_a_statement_are_told_once() -> None:
    rows = reported("Ana Lin said that the town supported the plan to close the bridge.")
    assert [exact for exact, _, _ in rows] == [
        "that the town supported the plan to close the bridge"
    ]


def test_a_remark_behind_a_statement_is_left_to_the_reporter() -> None:
    rows = reported("Ana Lin said the crew had closed the bridge, which opened in May.")
    assert [exact for exact, _, _ in rows] == ["the crew had closed the bridge"]


def test_an_infinitive_ends_at_the_first_pause() -> None:
    rows = reported("The firm vowed to rebuild the bridge, a landmark of the old town.")
    assert [exact for exact, _, _ in rows] == ["to rebuild the bridge"]


def test_a_contracted_verb_makes_a_clause() -> None:
    rows = reported("The builders insist they're ready at last.")
    assert rows == [("they're ready at last", "builders", "reported_clause")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ana Lin is concerned about the old bridge.",
            ("the old bridge", "Ana Lin", "reported_attitude"),
        ),
        (
            "Ana Lin was eager to close the bridge, a relic of steam.",
            ("to close the bridge", "Ana Lin", "reported_attitude"),
        ),
        (
            "It is unclear whether the bridge is safe.",
            ("whether the bridge is safe", None, "reported_by_nobody"),
        ),
        ("She's proposing a new bridge.", ("a new bridge", None, "reported_phrase")),
        (
            "Ana Lin is looking for a cheaper bridge.",
            ("a cheaper bridge", "Ana Lin", "reported_attitude"),
        ),
    ],
)
def test_adjectives_and_running_verbs_tell_an_attitude(text: str, expected: Row) -> None:
    assert reported(text) == [expected]


def test_what_somebody_seems_to_do_has_a_rule_of_its_own() -> None:
    rows = reported("Ana Lin appears to own the bridge.")
    assert rows == [
        ("Ana Lin", None, "reported_by_nobody"),
        ("to own the bridge", None, "reported_by_nobody"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lin considered the matter.",
        "Ana Lin declared it otherwise.",
        "Ana Lin agreed with the operators last week.",
        "Ana Lin spoke about it ten days later.",
        "The crew echoed her concerns.",
    ],
)
def test_a_time_a_pronoun_or_a_noun_that_points_back_is_no_attitude(text: str) -> None:
    assert reported(text) == []


def test_a_refusal_without_words_of_its_own_reports_none() -> None:
    text = "He asked, but the Speaker refused, suggesting that he ask at the next session."
    assert ("that he ask at the next session", "Speaker", "reported_clause") in reported(text)


@pytest.mark.parametrize("text", ["Ana Lin opposes the ban.", "Ana Lin sought a vote."])
def test_what_somebody_is_against_or_a_new_thing_is_an_attitude(text: str) -> None:
    assert len(reported(text)) == 1
