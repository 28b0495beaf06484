from __future__ import annotations

import pytest

from briefing.annotate.quotes.annotator import find_quotes
from briefing.model import Quote, QuoteKind
from briefing.paraphrases import paraphrase_kind, paraphrase_label


def quote(rule: str, kind: QuoteKind = "indirect") -> Quote:
    return Quote(id="q1", kind=kind, start=0, end=4, exact="safe", utterance="u1", rule=rule)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ana Lin said that the bridge was safe.", "speech"),
        ("The bridge is safe, according to Ana Lin.", "speech"),
        ("Ana Lin hopes that the bridge is safe.", "thought"),
        ("Ana Lin backs a new bridge.", "attitude"),
        ("Ana Lin denied that the bridge was safe.", "attitude"),
        ("Ana Lin doubts that the bridge is safe.", "attitude"),
        ("Danish officials praised the Swedish draft.", "attitude"),
        ("The bridge was closed, the paper cited Berg as saying.", "speech"),
        ("Nobody said that the bridge was safe.", None),
    ],
)
def test_a_paraphrase_has_the_kind_of_what_it_reports(text: str, kind: str | None) -> None:
    assert [paraphrase_kind(found) for row in find_quotes([text]) for found in row] == [kind]


def test_a_paraphrase_of_no_known_rule_is_speech() -> None:
    assert paraphrase_kind(quote("analyst")) == "speech"


def test_a_quote_in_marks_has_no_kind_of_paraphrase() -> None:
    assert paraphrase_kind(quote("said_after_quote", "direct")) is None


@pytest.mark.parametrize("verb", ["denied", "denies", "doubted"])
def test_a_denial_is_never_shown_without_its_verb(verb: str) -> None:
    ((found,),) = find_quotes([f"Ana Lin {verb} that the bridge was safe."])
    assert paraphrase_label(found) == f"attitude: {verb}"
