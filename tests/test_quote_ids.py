"""Ids of quotes: from words and place, so that they outlive a change of the rules."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from briefing.annotate.quotes.annotator import find_quotes
from briefing.model import Quote
from briefing.quote_ids import QuoteNames, name_quotes

TEXT = "“It leaked,” Ana Lin said. “Never again,” she added."


def spans(*found: tuple[int, int], utterance: str | None = None) -> list[Quote]:
    return [
        Quote(id="", kind="direct", start=start, end=end, exact="", rule="any", utterance=utterance)
        for start, end in found
    ]


def test_an_id_is_four_hex_digits() -> None:
    assert re.fullmatch("q-[0-9a-f]{4}", QuoteNames().name(TEXT, 1, 11))


def test_an_id_stays_whatever_else_is_found_before() -> None:
    (alone,) = name_quotes([TEXT], [spans((28, 40))])[0]
    _, second = name_quotes(["Other.", TEXT], [[], spans((1, 11), (28, 40))])[1]
    assert alone.id == second.id


def test_the_same_words_elsewhere_have_another_id() -> None:
    texts = ["“No,” said Lin.", "“No,” said Berg."]
    (first,), (second,) = find_quotes(texts)
    assert first.exact == second.exact
    assert first.id != second.id


def test_the_same_words_in_the_same_surroundings_are_counted() -> None:
    names = QuoteNames()
    first = names.name(TEXT, 1, 11)
    assert [names.name(TEXT, 1, 11) for _ in range(2)] == [f"{first}-2", f"{first}-3"]


def test_an_id_that_is_taken_gets_more_digits() -> None:
    short = QuoteNames().name(TEXT, 1, 11)
    longer = QuoteNames([short]).name(TEXT, 1, 11)
    assert re.fullmatch(f"{short}[0-9a-f]", longer)


def test_an_utterance_is_named_after_its_first_quote() -> None:
    first, second = name_quotes([TEXT], [spans((1, 11), (28, 40), utterance="one")])[0]
    assert first.utterance == second.utterance == first.id.replace("q-", "u-")


@given(st.text(alphabet=st.characters(), max_size=60), st.data())
def test_any_span_of_any_text_has_an_id(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert QuoteNames().name(text, start, end) == QuoteNames().name(text, start, end)
