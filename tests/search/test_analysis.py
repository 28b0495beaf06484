from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.search.analysis import (
    Token,
    acronym,
    alternatives,
    stem,
    terms,
    terms_and_places,
    tokens,
)

HARD_TEXT = st.text(alphabet="aBs1907.,’'_-\u2011é\u0301 \u00a0\u00ad华क्लł½\u0640")


def is_found(typed: str, text: str) -> bool:
    """Whether a typed word's exact terms stand in a text at consecutive places."""
    at = {(token.term, token.place) for token in tokens(text)}
    return any(
        all((term, place + n) in at for n, term in enumerate(run))
        for run in alternatives(typed)
        for _, place in at
    )


def is_found_in_another_form(typed: str, text: str) -> bool:
    stems = {stem(token.term) for token in tokens(text)}
    return any(len(run) == 1 and stem(run[0]) in stems for run in alternatives(typed))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The U.S. and the U.K.’s", ["the", "us", "and", "the", "uk"]),
        ("Britain’s ‘no’", ["britain", "no"]),
        ("don't O’Brien's", ["dont", "obrien"]),
        ("Café cafe\u0301 CAFÉ", ["cafe", "cafe", "cafe"]),
        ("infor\u00admation zero\u200bwidth", ["information", "zerowidth"]),
        ("5.3 per cent. Next", ["5.3", "per", "cent", "next"]),
        ("end.Next snake_case", ["end", "next", "snake", "case"]),
        ("5G-ban, Covid‑19", ["5g", "ban", "covid", "19"]),
        ("华为 ﬁne Straße", ["华", "为", "fine", "strasse"]),
        ("…—“”", []),
        ("J.P. Morgan, A. Smith", ["jp", "morgan", "a", "smith"]),
        ("www.x.y.com ... U.S...", ["www", "x", "y", "com", "us"]),
        ("CO₂ m² a\ud800b", ["co2", "m2", "a", "b"]),
    ],
)
def test_words_are_folded_to_terms(text: str, found: list[str]) -> None:
    assert terms(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1750 1,750 1,234,567", ["1750", "1750", "1234567"]),
        ("1\u202f750 1\u2009750 1\u00a0750\u00a0000", ["1750", "1750", "1750000"]),
        ("1'750 1’750 1,234.56", ["1750", "1750", "1234.56"]),
        ("18.4 18. 2019. .5", ["18.4", "18", "2019", "5"]),
        ("4.5bn $3.5m 3.5% 1,750ft", ["4.5", "bn", "3.5", "m", "3.5", "1750", "ft"]),
        ("3,5 1,75 1,7500", ["3", "5", "1", "75", "1", "7500"]),
        ("12,345,67 in 2019\u00a0500", ["12", "345", "67", "in", "2019", "500"]),
        ("1.2.3 12.03.2019", ["1", "2", "3", "12", "03", "2019"]),
        ("10.0.0.1 v1.2", ["10", "0", "0", "1", "v1", "2"]),
        ("5G 1990s 35th", ["5g", "1990s", "35th"]),
        ("٢٠١٩ ١٬٧٥٠ ١٨٫٤", ["2019", "1750", "18.4"]),
        ("3½", ["3", "1⁄2"]),
    ],
)
def test_a_number_is_one_term_however_it_is_grouped(text: str, found: list[str]) -> None:
    assert terms(text) == found


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Łódź Lodz", "lodz"),
        ("diyarbakır Diyarbakir DİYARBAKIR DIYARBAKIR", "diyarbakir"),
        ("Ångström angstrom A\u030angstro\u0308m", "angstrom"),
        ("Nguyễn Nguyen", "nguyen"),
        ("Œuvre oeuvre ŒUVRE", "oeuvre"),
        ("Straße STRASSE STRAẞE", "strasse"),
        ("Đặng Dang Ðang", "dang"),
        ("Þór THOR", "thor"),
        ("Ħal Ŧal ĸal ŋal", None),
        ("Əliyev Aliyev", "aliyev"),
        ("Oʻzbek Oʼzbek O'zbek Ozbek", "ozbek"),
        ("مُحَمَّد محمد مـحـمـد", "محمد"),
        ("أحمد إحمد آحمد ٱحمد احمد", "احمد"),
        ("שָׁלוֹם שלום", "שלום"),
        ("हिन्दी", "हिन्दी"),
        ("ประเทศไทย", "ประเทศไทย"),
        ("தமிழ்", "தமிழ்"),
    ],
)
def test_a_name_is_one_term_in_any_spelling(text: str, term: str | None) -> None:
    spellings = text.split()
    assert terms(text) == ([term] * len(spellings) if term else ["hal", "tal", "qal", "nal"])


def test_a_compound_gives_its_parts_and_stands_joined_at_both_ends() -> None:
    assert tokens("an e-mail.") == [
        Token("an", 0, 0, 2),
        Token("e", 1, 3, 4),
        Token("email", 1, 3, 9),
        Token("mail", 2, 5, 9),
        Token("email", 2, 3, 9),
    ]
    assert tokens("covid-19-era U.S.-led") == [
        Token("covid", 0, 0, 5),
        Token("covid19era", 0, 0, 12),
        Token("19", 1, 6, 8),
        Token("era", 2, 9, 12),
        Token("covid19era", 2, 0, 12),
        Token("us", 3, 13, 17),
        Token("usled", 3, 13, 21),
        Token("led", 4, 18, 21),
        Token("usled", 4, 13, 21),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "state-of-the-art",
        "pre- and post",
        "a--b",
        "a - b",
        "2019-20",
        "a–b",
        "华-为",
        "abcdefghijklm-nopqrstuvwxyz",
    ],
)
def test_what_is_no_short_compound_is_not_joined(text: str) -> None:
    assert [token.term for token in tokens(text)] == terms(text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("email", "E-mail"),
        ("e-mail", "an EMAIL"),
        ("e-mail", "e mail"),
        ("cooperate", "co‑operate"),
        ("co-operate", "cooperate"),
        ("co‐operate", "co-\u00adoperate"),
        ("F-35", "an F35."),
        ("F35", "F-35"),
        ("G7", "the G-7’s"),
        ("G-7", "G7"),
        ("1750", "1,750 men"),
        ("1,750", "1\u202f750"),
        ("US-China", "US‑China trade"),
        ("18.4", "18.4%"),
        ("18", "it was 18."),
    ],
)
def test_a_word_is_found_in_its_other_spellings(typed: str, text: str) -> None:
    assert is_found(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [("18", "18.4"), ("4", "18.4"), ("750", "1,750"), ("201920", "2019-20"), ("mail", "email")],
)
def test_a_word_is_not_found_in_part_of_another(typed: str, text: str) -> None:
    assert not is_found(typed, text)


@pytest.mark.parametrize("typed", ["F-35", "F35"])
@pytest.mark.parametrize("text", ["F-35s", "F-35", "F35s", "F35"])
def test_plurals_of_model_names_are_forms_of_the_word(typed: str, text: str) -> None:
    assert is_found_in_another_form(typed, text)


@pytest.mark.parametrize(
    ("word", "runs"),
    [
        ("huawei", (("huawei",),)),
        ("e-mail", (("email",), ("e", "mail"))),
        ("F-35", (("f35",), ("f", "35"))),
        ("1,750", (("1750",),)),
        ("U.S.", (("us",),)),
        ("state-of-the-art", (("state", "of", "the", "art"),)),
        ("and/or", (("and", "or"),)),
        ("华为", (("华", "为"),)),
        ("", ()),
        ("!!", ()),
    ],
)
def test_a_typed_word_is_looked_up_as_runs_of_terms(
    word: str, runs: tuple[tuple[str, ...], ...]
) -> None:
    assert alternatives(word) == runs


@given(st.text() | HARD_TEXT)
def test_tokens_have_their_place_and_span_in_the_text(text: str) -> None:
    found = tokens(text)
    assert all(0 <= token.start < token.end <= len(text) for token in found)
    places = [token.place for token in found]
    assert places == sorted(places)
    assert sorted(set(places)) == list(range(len(terms(text))))
    first = {token.place: token for token in reversed(found)}
    parts = [first[place] for place in sorted(first)]
    assert [part.term for part in parts] == terms(text)
    assert all(one.end <= two.start for one, two in pairwise(parts))


@given(st.text() | HARD_TEXT)
def test_a_token_looked_up_by_its_own_text_is_itself(text: str) -> None:
    for token in tokens(text):
        assert (token.term,) in alternatives(text[token.start : token.end])


@given(st.text() | HARD_TEXT)
def test_the_quick_way_gives_the_same_terms_and_places(text: str) -> None:
    found = tokens(text)
    assert terms_and_places(text) == (
        [token.term for token in found],
        [token.place for token in found],
    )


def test_a_very_long_word_is_cut_and_costs_nothing_to_speak_of() -> None:
    assert terms("a" * 1_000_000) == ["a" * 64]
    assert terms("a" + "\u0301\u0323" * 100_000) == ["a"]


@pytest.mark.parametrize(
    ("piece", "count"),
    [
        ("a.", 1),
        ("a.bc.", 80_000),
        ("a-", 100_000),
        ("a'", 1),
        ("a''", 1),
        ("'", 0),
        ("1,", 100_000),
        ("123,", 1),
        ("1.", 100_000),
        ("1'", 1),
        ("a\u00ad", 1),
        ("a\u0301", 1),
        ("_a", 100_000),
    ],
)
def test_a_long_run_of_words_and_signs_is_read_once(piece: str, count: int) -> None:
    text = (piece * 200_000)[:200_000]
    assert len(terms(text)) == count
    assert len(tokens(text)) == count


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("banned", "ban"),
        ("bans", "ban"),
        ("allies", "alli"),
        ("ally", "alli"),
        ("5g", "5g"),
        ("f35s", "f35"),
        ("1990s", "1990"),
        ("35s", "35"),
        ("18.4", "18.4"),
        ("is", "is"),
    ],
)
def test_endings_are_cut(word: str, root: str) -> None:
    assert stem(word) == root


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Financial Times", "ft"), ("The Wall Street Journal", "wsj"), ("Axios", None)],
)
def test_outlets_are_known_by_their_initials(name: str, initials: str | None) -> None:
    assert acronym(name) == initials
