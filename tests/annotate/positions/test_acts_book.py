"""The book of acts: its notation, its stances, and how modality changes them."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from briefing.english.lexicon import read_data, read_lexicon

BOOK = read_lexicon("annotate/positions", "books/acts")
STANCES = [title for title in BOOK if " " not in title and title != "opposites"]
CUES = [(title, cue) for title in (*STANCES, "no act") for cue in BOOK[title]]
TYPES = {
    *("agree", "consult", "support", "cooperate", "aid", "yield", "request", "accuse", "reject"),
    *("threaten", "protest", "sanction", "mobilize", "coerce", "assault", "fight", "retreat"),
    "investigate",
}
WORD = r"[A-Za-z][a-z'’-]*"
FORMS = rf"{WORD}(?:(?:/{WORD}){{4}})?"
TAIL = rf"(?: (?:\.\.\. )?{WORD})*"
NOTATIONS = {
    "verb": re.compile(rf"to {FORMS}{TAIL}"),
    "noun": re.compile(rf"an? {WORD}{TAIL}"),
    "predicate": re.compile(rf"is {WORD}{TAIL}"),
    "word": re.compile(WORD),
}


def test_the_stances_are_the_event_types_and_fight() -> None:
    assert set(STANCES) == TYPES


@pytest.mark.parametrize("title", STANCES)
def test_every_stance_has_cues_to_choose_from(title: str) -> None:
    assert len(BOOK[title]) >= 30


def test_every_cue_is_written_in_the_notation() -> None:
    odd = [cue for _, cue in CUES if not any(n.fullmatch(cue) for n in NOTATIONS.values())]
    assert odd == []


def test_no_cue_stands_twice() -> None:
    assert [cue for cue, count in Counter(cue for _, cue in CUES).items() if count > 1] == []


def test_a_verb_has_the_same_forms_wherever_it_stands() -> None:
    spellings = {"cancel", "travel", "initial", "quarrel", "signal"}
    forms: dict[str, set[str]] = {}
    for _, cue in CUES:
        if cue.startswith("to "):
            verb = cue.split(" ")[1]
            forms.setdefault(verb.partition("/")[0], set()).add(verb)
    assert {base for base, found in forms.items() if len(found) > 1} <= spellings


@pytest.mark.parametrize(
    ("act", "stance"),
    [
        ("to hold ... talks", "consult"),
        ("to impose ... sanctions", "sanction"),
        ("to impose ... curfew", "coerce"),
        ("to launch ... attack", "fight"),
        ("to lodge ... protest", "accuse"),
        ("to stage ... protest", "protest"),
        ("to give ... asylum", "aid"),
        ("to recall ... ambassador", "sanction"),
        ("to sign ... treaty", "support"),
        ("to withdraw ... troops", "retreat"),
        ("is opposed to", "accuse"),
        ("to lift ... curfew", "yield"),
        ("to meet ... target", "no act"),
    ],
)
def test_light_verbs_get_their_act_from_the_noun(act: str, stance: str) -> None:
    assert [title for title, cue in CUES if cue == act] == [stance]


def test_modality_turns_acts_into_agree_threaten_reject_and_request() -> None:
    assert set(BOOK["intended cooperation"]) == {
        *("consult", "support", "cooperate", "aid", "yield", "retreat")
    }
    assert set(BOOK["intended conflict"]) == {
        *("protest", "sanction", "mobilize", "coerce", "assault", "fight")
    }
    assert dict(pair.split() for pair in BOOK["opposites"]) == dict.fromkeys(
        (*BOOK["intended cooperation"], "agree"), "reject"
    )
    assert {"must", "should"} <= set(BOOK["asked of others"])


def test_the_book_says_what_its_odd_sections_are() -> None:
    comment = read_data("annotate/positions", "books/acts.txt").partition("\n[")[0]
    assert [title for title in BOOK if title not in STANCES and f"[{title}]" not in comment] == []
