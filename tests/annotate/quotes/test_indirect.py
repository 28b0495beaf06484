from __future__ import annotations

import pytest

from briefing.annotate.quotes.annotator import find_quotes
from briefing.paraphrases import KINDS_BY_RULE

Row = tuple[str, str | None, str]


def reported(*paragraphs: str) -> list[Row]:
    """What is reported of whom by which rule: the name, else the role."""
    return [
        (
            quote.exact,
            (quote.speaker.name or quote.speaker.role) if quote.speaker else None,
            quote.rule,
        )
        for row in find_quotes(paragraphs)
        for quote in row
        if quote.kind == "indirect"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Officials said that the bridge was safe.",
            ("that the bridge was safe", "Officials", "reported_clause"),
        ),
        (
            "Ana Lin told Harbour Radio in an interview that talks went on.",
            ("that talks went on", "Ana Lin", "reported_clause"),
        ),
        (
            "Ana Lin told the inquiry the gates had been open.",
            ("the gates had been open", "Ana Lin", "reported_clause"),
        ),
        (
            "Danish phone carriers have warned that the fee would rise.",
            ("that the fee would rise", "Danish phone carriers", "reported_clause"),
        ),
        (
            "The agency warned against the pilot boats.",
            ("against the pilot boats", "agency", "reported_phrase"),
        ),
        (
            "Ana Lin said the bridge was safe.",
            ("the bridge was safe", "Ana Lin", "reported_clause"),
        ),
        (
            "Ana Lin said on Monday that the bridge was safe.",
            ("that the bridge was safe", "Ana Lin", "reported_clause"),
        ),
        (
            "Ana Lin told the council that the bridge was safe.",
            ("that the bridge was safe", "Ana Lin", "reported_clause"),
        ),
        (
            "The firm promised to rebuild the bridge.",
            ("to rebuild the bridge", "firm", "reported_clause"),
        ),
        (
            "Ana Lin criticized the slow work on the bridge.",
            ("the slow work on the bridge", "Ana Lin", "reported_attitude"),
        ),
        (
            "The bridge is safe, officials said.",
            ("The bridge is safe", "officials", "reported_with_tag"),
        ),
        (
            "The bridge is safe, said Ana Lin, who built it.",
            ("The bridge is safe", "Ana Lin", "reported_with_tag"),
        ),
        (
            "The bridge is closed, according to people familiar with the matter.",
            ("The bridge is closed", "people familiar with the matter", "according_to_reported"),
        ),
        (
            "According to Ana Lin, the bridge is closed.",
            ("the bridge is closed", "Ana Lin", "according_to_reported"),
        ),
        (
            "The bridge was closed, the paper cited Berg as saying.",
            ("The bridge was closed", "Berg", "reported_with_tag"),
        ),
        (
            "India does not agree either, per WSJ.",
            ("India does not agree either", "Wall Street Journal", "according_to_reported"),
        ),
        (
            "Ana Lin was quoted by Harbour Radio as saying the bridge was safe.",
            ("the bridge was safe", "Ana Lin", "reported_with_tag"),
        ),
        (
            "Around 30 boats would lie at each pier, officials said.",
            ("Around 30 boats would lie at each pier", "officials", "reported_with_tag"),
        ),
        (
            "Ana Lin said her work mending a pier was a success.",
            ("her work mending a pier was a success", "Ana Lin", "reported_clause"),
        ),
        (
            "Engineers, however, say the bridge is safe.",
            ("the bridge is safe", "Engineers", "reported_clause"),
        ),
        (
            "Ana Lin pointed out that the bridge was safe.",
            ("that the bridge was safe", "Ana Lin", "reported_noun"),
        ),
        (
            "Ana Lin gave assurances that the bridge was safe.",
            ("that the bridge was safe", "Ana Lin", "reported_noun"),
        ),
        (
            "As Ana Lin noted, the bridge was never safe.",
            ("the bridge was never safe", "Ana Lin", "reported_with_tag"),
        ),
    ],
)
def test_a_construction_is_reported_by_its_rule(text: str, expected: Row) -> None:
    assert reported(text) == [expected]


@pytest.mark.parametrize(
    "dateline",
    [
        *("HULL, Jan. 5 (AP) — ", "HULL - ", "Hull – ", "HULL: ", "Hull, 5 Jan: "),
        *("HULL and TARN — ", "HULL/TARN, 5 Jan: ", "HULL, Jan. 5 (AP) ", "Hull, Jan 5 (AP) - "),
    ],
)
def test_a_dateline_is_not_reported(dateline: str) -> None:
    rows = reported(f"{dateline}The port will close, Mayor Ana Lin said on Friday.")
    assert rows == [("The port will close", "Ana Lin", "reported_with_tag")]


def test_what_somebody_claims_is_told_of_its_owner() -> None:
    rows = reported("The vote followed Marsh's claim that the bridge was safe.")
    assert rows == [("that the bridge was safe", "Marsh", "reported_noun")]


def test_a_tag_in_the_middle_leaves_two_parts_of_one_statement() -> None:
    first, second = find_quotes(
        ["The old bridge over the Hull, officials said on Friday, is as safe as any."]
    )[0]
    assert (first.exact, second.exact) == ("The old bridge over the Hull", "is as safe as any")
    assert first.utterance == second.utterance


def test_a_second_clause_with_a_subject_of_its_own_is_not_reported() -> None:
    assert reported("Ana Lin said the bridge was safe, but the crew had left.") == [
        ("the bridge was safe", "Ana Lin", "reported_clause")
    ]


def test_two_verbs_of_one_speaker_report_two_statements() -> None:
    rows = reported("Ana Lin said the bridge was safe and denied that anyone was hurt.")
    assert [(exact, name) for exact, name, _ in rows] == [
        ("the bridge was safe", "Ana Lin"),
        ("that anyone was hurt", "Ana Lin"),
    ]


def test_what_is_told_within_a_report_belongs_to_the_outer_speaker() -> None:
    rows = reported("Ana Lin said that Tom Marsh believed the bridge was safe.")
    assert rows == [("that Tom Marsh believed the bridge was safe", "Ana Lin", "reported_clause")]


@pytest.mark.parametrize(
    "text",
    [
        "I think that the bridge is safe.",
        "The bridge is safe and open.",
        "The report on the bridge was late.",
        "Ana Lin wants to say that the bridge is safe.",
        "She said so.",
    ],
)
def test_the_reporters_own_words_are_no_report(text: str) -> None:
    assert all(rule != "reported_act" for _, _, rule in reported(text))
    assert [exact for exact, name, _ in reported(text) if name != "Ana Lin"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Danish officials praised the Swedish draft.",
        "What had changed, ministers say, was a rule made in Oslo.",
        "Nobody said that the bridge was safe.",
        "A week later Ana Lin asked for some patience with the firm.",
        "Two billion pounds, says the minister.",
        "Norway decided on Tuesday to close the old bridge.",
        "Ana Lin said of ships that use the canal, “they are late.”",
    ],
)
def test_a_phrase_is_no_statement(text: str) -> None:
    assert all(KINDS_BY_RULE[rule] != "speech" for _, _, rule in reported(text))


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lin said that ships using the canal were late.",
        "Ana Lin warned that nobody would wait.",
        "The bridge was closed, Ana Lin said.",
        "Ana Lin promised to rebuild the bridge.",
        "Ana Lin asked whether the bridge was safe.",
    ],
)
def test_a_clause_is_a_statement(text: str) -> None:
    rules = {rule for _, _, rule in reported(text)}
    assert {KINDS_BY_RULE[rule] for rule in rules} == {"speech"}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Ana Lin hopes that the bridge is safe.", "reported_thought"),
        ("The firm agreed with the operators of ferries.", "reported_phrase"),
        ("Nobody said that the bridge was safe.", "reported_by_nobody"),
    ],
)
def test_what_is_no_statement_is_named_by_what_it_reports(text: str, rule: str) -> None:
    assert [found for _, _, found in reported(text)] == [rule]


@pytest.mark.parametrize(
    "text",
    [
        "A spokesman for the port declined to comment on the plan.",
        "The ferry seems to be late.",
        "Nobody warned that the bridge was unsafe.",
        "The cold has proven that the bridge was unsafe.",
        "The town feared nothing, but there were rumours about a flood.",
        "If Ana Lin decides to close the bridge, the ferry will run.",
    ],
)
def test_what_nobody_says_has_no_kind(text: str) -> None:
    assert {KINDS_BY_RULE[rule] for _, _, rule in reported(text)} <= {None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ana Lin said closing the old bridge would cost lives.",
            "closing the old bridge would cost lives",
        ),
        (
            "Ana Lin noted that, in a flood, the bridge is shut.",
            "that, in a flood, the bridge is shut",
        ),
        (
            "Ana Lin admitted that the plan was late, but said the crew was paid.",
            "that the plan was late",
        ),
        ("Even ministers argue that the bridge must close.", "that the bridge must close"),
        ("A poll of sailors shows that trust has gone.", "that trust has gone"),
        ("Others say the bridge is a wreck.", "the bridge is a wreck"),
        ("She's suggesting that the bridge could close.", "that the bridge could close"),
    ],
)
def test_a_statement_is_as_long_as_what_its_verb_takes(text: str, expected: str) -> None:
    assert reported(text)[0][0] == expected


def test_who_is_made_to_speak_is_the_speaker() -> None:
    rows = reported("The film led some sailors to argue that the bridge was a wreck.")
    assert rows == [("that the bridge was a wreck", "some sailors", "reported_clause")]


def test_a_denied_verb_shows_its_denial() -> None:
    (quote,) = find_quotes(["Ana Lin did not endorse the plan for a bridge."])[0]
    assert (quote.cue, quote.exact) == ("did not endorse", "the plan for a bridge")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The bridge is shut, said Ida Mar.", "Ida Mar"),
        ("(AP) — The bridge is shut, said Bo Dec.", "Bo Dec"),
        ("The bridge is shut, said the Hull Ferry's new head Ida Roe.", "Ida Roe"),
        ("The bridge was shut on Jan. 5, said Ida Roe in a note that was found later.", "Ida Roe"),
    ],
)
def test_a_name_at_the_end_of_a_tag_is_read_whole(text: str, name: str) -> None:
    ((exact, speaker, rule),) = reported(text)
    assert (speaker, rule) == (name, "reported_with_tag")
    assert exact.startswith("The bridge")


def test_a_claim_is_of_whom_it_is_by() -> None:
    (quote,) = find_quotes(
        ["What do you make of the claim by the port's head, Ida Roe, that it needs “ten years”?"]
    )[0]
    assert quote.speaker is not None
    assert (quote.exact, quote.speaker.name) == ("ten years", "Ida Roe")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Lin said there was no plan for the port.", "there was no plan for the port"),
        ("Ana Lin promised not to close the port.", "not to close the port"),
        ("Ana Lin asked the union not to close the port.", "not to close the port"),
    ],
)
def test_a_statement_keeps_the_words_that_turn_it(text: str, expected: str) -> None:
    ((exact, name, _),) = reported(text)
    assert (exact, name) == (expected, "Ana Lin")


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lin declined to say whether the port would close.",
        "Ana Lin did not say who had closed the port.",
        "Ana Lin refused to say why the port was closed.",
    ],
)
def test_what_somebody_does_not_say_is_no_statement(text: str) -> None:
    assert "reported_clause" not in {rule for _, _, rule in reported(text)}


def test_who_declines_to_comment_says_nothing_of_what_follows() -> None:
    text = "Ana Lin declined to comment; the union did not answer two letters."
    assert not [row for row in reported(text) if "union" in row[0]]


def test_a_country_that_an_apposition_names_speaks() -> None:
    ((_, name, _),) = reported("The biggest tin market, Peru, said it was late for talks.")
    assert name == "Peru"


@pytest.mark.parametrize(
    "comment",
    [
        "surprising the union",
        "a step that could cost many jobs",
        "in a move that will please the union",
        "but gave no date",
    ],
)
def test_what_the_reporter_adds_behind_a_tag_is_no_statement(comment: str) -> None:
    found = reported(f"The port will close in May, Ana Lin said on Monday, {comment}.")
    assert [row[0] for row in found if row[1] == "Ana Lin"] == ["The port will close in May"]


def test_what_a_tag_stands_in_the_middle_of_goes_on_behind_it() -> None:
    found = reported("The port, Ana Lin said, will close in May.")
    assert [row[0] for row in found] == ["The port", "will close in May"]


@pytest.mark.parametrize(
    "text",
    [
        "A Danish official declined to say whether the port would close.",
        "A Danish official refused to reveal who owned the ship.",
        "Peru's Treasury has resisted calls to close the port.",
        "The port's office ignored calls to close the lock.",
    ],
)
def test_what_is_withheld_or_asked_by_others_is_nobodys_statement(text: str) -> None:
    assert {KINDS_BY_RULE[rule] for _, _, rule in reported(text)} <= {None}


def test_a_statement_ends_where_more_is_withheld() -> None:
    text = "Ana Lin said the talks went well, but declined to say whether the port would close."
    assert reported(text)[0] == ("the talks went well", "Ana Lin", "reported_clause")


def test_a_call_is_its_owners_still_behind_a_participle() -> None:
    ((exact, name, _),) = reported("Ana Lin's renewed calls to close the port were ignored.")
    assert (exact, name) == ("to close the port were ignored", "Ana Lin")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Lin praised the plan in an interview with Harbour Radio.", "the plan"),
        ("Ana Lin attacked the plan by listing its flaws.", "the plan"),
        ("Ana Lin said the bridge was safe, a claim that angered Hull.", "the bridge was safe"),
        ("Ana Lin says she backs the plan and calls it “bold”.", "she backs the plan"),
        ("Ana Lin wants to raise 350,000 crowns for it.", "to raise 350,000 crowns for it"),
        ("Ana Lin praised mending piers, boats and nets.", "mending piers, boats and nets"),
        ("Saying the bridge was safe, Ana Lin left.", "the bridge was safe"),
        ("Ana Lin told Moen Malta would mend the bridge.", "Malta would mend the bridge"),
        ("Ana Lin hopes that tools such as nets work.", "that tools such as nets work"),
        ("Nevertheless Ana Lin said the bridge was safe.", "the bridge was safe"),
        (
            "Ana Lin said it cost 20 crowns ($2bn; £1bn), twice what it had.",
            "it cost 20 crowns ($2bn; £1bn), twice what it had",
        ),
        (
            "Ana Lin said all the boats it did not own sank and will not be raised.",
            "all the boats it did not own sank and will not be raised",
        ),
    ],
)
def test_a_statement_ends_before_the_reporter_tells_more_of_it(text: str, expected: str) -> None:
    assert [row[0] for row in reported(text)] == [expected]


def test_two_speakers_joined_by_and_have_a_statement_each() -> None:
    rows = reported("Ana Lin said the bridge was safe and Per Moen said the pier was not.")
    assert [row[:2] for row in rows] == [
        ("the bridge was safe", "Ana Lin"),
        ("the pier was not", "Per Moen"),
    ]


def test_a_tag_inside_a_relative_clause_takes_no_more_than_the_clause() -> None:
    rows = reported("The port closed the pier, which, officials say, will cost jobs.")
    assert [row[0] for row in rows] == ["which", "will cost jobs"]


@pytest.mark.parametrize(
    ("paragraphs", "name"),
    [
        (["The minister left for Oslo saying the bridge was safe."], "minister"),
        (["Saying the bridge was safe, Ana Lin left for Oslo."], "Ana Lin"),
        (["Ana Lin, who also heads a fishing union, said the bridge was safe."], "Ana Lin"),
        (
            ["Officials said Peru and the Netherlands agreed.", "They added it was safe."],
            "Officials",
        ),
        (
            ["Engineers said it was late. The council will go into recess, they said."],
            "Engineers",
        ),
    ],
)
def test_neither_a_place_nor_what_is_told_of_speaks(paragraphs: list[str], name: str) -> None:
    assert reported(*paragraphs)[-1][1] == name


def test_what_somebody_is_asked_ends_where_the_answer_begins() -> None:
    rows = reported("Asked whether the bridge was safe, Ana Lin nodded.")
    assert rows == [("whether the bridge was safe", None, "reported_by_nobody")]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lin called off the vote.",
        "“It leaked,” the policy of the harbour, said Ana Lin, Hull’s chief engineer.",
        "Ana Lin gave no reply to a request for comment.",
        "Ana Lin fled after the attack on Hull.",
    ],
)
def test_a_deed_is_no_statement(text: str) -> None:
    assert reported(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ana Lin said firms were free to go, adding it was not wise to stay.",
            ("it was not wise to stay", "Ana Lin", "reported_clause"),
        ),
        (
            "Exports fell again in March, official figures show.",
            ("Exports fell again in March", "official figures", "reported_with_tag"),
        ),
        (
            "Then Lord Marsh, the Lord Chief Justice, said talks went on.",
            ("talks went on", "Lord Marsh", "reported_clause"),
        ),
        (
            "Ana Lin said the gates of the port could\n\nonly open if talks went on.",
            (
                "the gates of the port could\n\nonly open if talks went on",
                "Ana Lin",
                "reported_clause",
            ),
        ),
    ],
)
def test_what_goes_on_behind_a_report_is_its_speaker_s(
    text: str, expected: tuple[str, str, str]
) -> None:
    assert reported(text)[-1] == expected
