from __future__ import annotations

import pytest

from briefing.annotate.quotes.annotator import find_quotes
from briefing.model import Quote


def last_quote(*paragraphs: str) -> Quote:
    return [quote for row in find_quotes(paragraphs) for quote in row][-1]


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        (
            "A German official told the FT that the deal was “really close”.",
            ("German official", "Financial Times"),
        ),
        (
            "The deal is close, unnamed officials told the Financial Times.",
            ("unnamed officials", "Financial Times"),
        ),
        (
            "According to people familiar with the matter, the deal is close, the WSJ reported.",
            ("people familiar with the matter", "Wall Street Journal"),
        ),
        (
            "Ana Lin called it “gangster-like”, state news agency KCNA reported on Sunday.",
            ("Ana Lin", "Korean Central News Agency"),
        ),
        (
            "A former official said the deal was “very close”, the FT said.",
            ("former official", "Financial Times"),
        ),
        (
            "“The sea is high,” Captain Ida Berg said in an interview with Reuters.",
            ("Ida Berg", "Reuters"),
        ),
        (
            "Ana Lin, head of the port, was quoted by the Guardian as saying it was “finished”.",
            ("Ana Lin", "Guardian"),
        ),
    ],
)
def test_a_chain_names_the_speaker_and_the_outlet_that_passes_it_on(
    text: str, chain: tuple[str, ...]
) -> None:
    assert last_quote(text).chain == chain


def test_the_paper_in_a_chain_is_the_outlet_cited_last() -> None:
    quote = last_quote(
        "The FT reported on Monday that the bridge was closed.",
        "The paper cited Ana Lin, head of the port, as saying that it was “dead”.",
    )
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.speaker.role) == ("Ana Lin", "head of the port")
    assert quote.chain == ("Ana Lin", "Financial Times")


def test_who_heard_a_speaker_passes_it_on() -> None:
    chain = ("Ana Lin", "two aides in the room")
    heard = "according to two aides in the room."
    assert last_quote(f"“The sea is high,” Ana Lin told them, {heard}").chain == chain
    assert last_quote(f"The sea is high, Ana Lin said, {heard}").chain == chain


def test_a_speaker_the_article_heard_has_no_chain() -> None:
    assert last_quote("“The sea is high,” Ida Berg said.").chain == ()
    assert last_quote("Ida Berg told reporters that the sea was high.").chain == ()


def test_an_outlet_that_speaks_for_itself_has_no_chain() -> None:
    assert last_quote("The FT said the deal was close.").chain == ()


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("Ana Lin told the FT: “It leaked.”", "Financial Times"),
        ("Ana Lin told the Courier: “It leaked.”", "Courier"),
        ("Ana Lin told senators Lima would pay.", "senators"),
        ("Ana Lin told the jury Tom Marsh had left.", "jury"),
        ("Ana Lin told the newspaper Clarion it had leaked.", "Clarion"),
        ("Ana Lin told the committee chairman it had leaked.", "committee chairman"),
        ("Ana Lin has urged restraint.", None),
        ("Ana Lin told reporters: “It leaked.”", "reporters"),
        ("Ana Lin told Tom Marsh: “It leaked.”", "Tom Marsh"),
        ("Ana Lin told him: “It leaked.”", None),
        ("Ana Lin said: “It leaked.”", None),
    ],
)
def test_who_was_told_is_kept(text: str, to: str | None) -> None:
    assert last_quote(text).to == to


def test_what_carries_over_keeps_its_chain() -> None:
    assert last_quote("“It leaked,” Ana Lin told the FT. “Nobody came.”").chain == (
        "Ana Lin",
        "Financial Times",
    )


def test_an_outlet_behind_according_to_passes_on_who_said_it() -> None:
    found = last_quote(
        "It was “close to a miracle” that she won, a Danish official said, according to the FT."
    )
    assert found.chain == ("Danish official", "Financial Times")


def test_an_outlet_behind_according_to_speaks_where_nobody_else_does() -> None:
    found = last_quote("It was “close to a miracle” that she won, according to the FT.")
    assert found.speaker is not None
    assert (found.speaker.name, found.chain) == ("Financial Times", ())


@pytest.mark.parametrize(
    "text",
    [
        "Tom Marsh, via the Guardian, said that the port “cannot win”.",
        "“We lost the port,” Tom Marsh said, via the Guardian.",
        "Tom Marsh said the port was “lost”, via the Guardian.",
    ],
)
def test_an_outlet_behind_via_passes_the_words_on(text: str) -> None:
    assert last_quote(text).chain == ("Tom Marsh", "Guardian")
