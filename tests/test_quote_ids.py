"""Ids of quotes: from words and place, so that they outlive a change of the rules."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from briefing.annotate.quotes.annotator import find_quotes
from briefing.model import Quote
from briefing.quote_ids import name_quote, name_quotes

TEXT = "“It leaked,” Ana Lin said. “Never again,” she added."


def spans(*found: tuple[int, int], utterance: str | None = None) -> list[Quote]:
    return [
        Quote(id="", kind="direct", start=start, end=end, exact="", rule="any", utterance=utterance)
        for start, end in found
    ]


def test_an_id_is_four_hex_digits() -> None:
    assert re.fullmatch("q-[0-9a-f]{4}", name_quote(TEXT, 1, 11, set()))


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
    taken: set[str] = set()
    names = [name_quote(TEXT, 1, 11, taken) for _ in range(70)]
    assert len(set(names)) == 70
    assert names[0] == names[1][:6]
    assert names[61].endswith("-1")


def test_an_utterance_is_named_after_its_first_quote() -> None:
    first, second = name_quotes([TEXT], [spans((1, 11), (28, 40), utterance="one")])[0]
    assert first.utterance == second.utterance == first.id.replace("q-", "u-")


@given(st.text(alphabet=st.characters(), max_size=60), st.data())
def test_any_span_of_any_text_has_an_id(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert name_quote(text, start, end, set()) == name_quote(text, start, end, set())
