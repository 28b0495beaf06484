from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.search.analysis import acronym, end_of_term, stem, terms, terms_and_starts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The U.S. and the U.K.’s", ["the", "us", "and", "the", "uk"]),
        ("Britain’s ‘no’", ["britain", "no"]),
        ("don't O’Brien's", ["dont", "obrien"]),
        ("Café cafe\u0301 CAFÉ", ["cafe", "cafe", "cafe"]),
        ("infor\u00admation zero\u200bwidth", ["information", "zerowidth"]),
        ("5.3 per cent. Next", ["5", "3", "per", "cent", "next"]),
        ("end.Next snake_case", ["end", "next", "snake", "case"]),
        ("5G-ban, Covid‑19", ["5g", "ban", "covid", "19"]),
        ("华为 ﬁne Straße", ["华", "为", "fine", "strasse"]),
        ("…—“”", []),
        ("J.P. Morgan, A. Smith", ["jp", "morgan", "a", "smith"]),
    ],
)
def test_words_are_folded_to_terms(text: str, found: list[str]) -> None:
    assert terms(text) == found


@given(st.text())
def test_terms_have_their_place_in_the_text(text: str) -> None:
    found, starts = terms_and_starts(text)
    assert found == terms(text)
    assert len(starts) == len(found)
    ends = [end_of_term(text, start) for start in starts]
    assert all(start < end <= len(text) for start, end in zip(starts, ends, strict=True))
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


@given(st.text(alphabet="aB.’'_-é\u0301 \u00ad华", max_size=12))
def test_a_term_looked_up_by_its_own_words_is_itself(text: str) -> None:
    found, starts = terms_and_starts(text)
    for term, start in zip(found, starts, strict=True):
        assert term in terms(text[start : end_of_term(text, start)])


def test_a_very_long_word_is_cut_and_costs_nothing_to_speak_of() -> None:
    assert terms("a" * 1_000_000) == ["a" * 64]


@pytest.mark.parametrize(
    ("word", "root"),
    [("banned", "ban"), ("bans", "ban"), ("allies", "alli"), ("ally", "alli"), ("5g", "5g")],
)
def test_endings_are_cut(word: str, root: str) -> None:
    assert stem(word) == root


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Financial Times", "ft"), ("The Wall Street Journal", "wsj"), ("Axios", None)],
)
def test_outlets_are_known_by_their_initials(name: str, initials: str | None) -> None:
    assert acronym(name) == initials
