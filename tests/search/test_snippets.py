from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.search.analysis import tokens
from briefing.search.results import Snippet
from briefing.search.snippets import Bounds, Marker, TermTest, cut_snippet

WORDS = st.lists(st.text(alphabet="abé-.", min_size=1, max_size=12), max_size=60)
BLANKS = st.sampled_from([" ", "  ", "\n", "\u00a0"])


def spans_of(text: str, *phrases: str) -> list[str]:
    """Mark phrases of exact terms in a text, a star standing for any ending."""
    wanted = [[_accepts(word) for word in phrase.split()] for phrase in phrases]
    return [text[start:end] for start, end in Marker(wanted).find_spans(text)]


def _accepts(word: str) -> TermTest:
    return TermTest(word[:-1], bool) if word.endswith("*") else TermTest(word, word.__eq__)


def hits(text: str, *words: str) -> tuple[Bounds, ...]:
    return Marker([[_accepts(word)] for word in words]).find_spans(text)


def shown(text: str, word: str, length: int) -> str:
    """Show a snippet with its marks in brackets and an ellipsis at each true cut."""
    snippet = cut_snippet(text, hits(text, word), length)
    marked, done = "", 0
    for start, end in snippet.marks:
        marked += f"{snippet.text[done:start]}[{snippet.text[start:end]}]"
        done = end
    return "…" * (snippet.start > 0) + marked + snippet.text[done:] + "…" * snippet.more


@pytest.mark.parametrize(
    ("text", "phrases", "marked"),
    [
        ("A ban, the Ban and banned", ["ban"], ["ban", "Ban"]),
        ("A ban, the Ban and banned", ["ban*"], ["ban", "Ban", "banned"]),
        ("U.S. officials; US’s", ["us"], ["U.S.", "US’s"]),
        ("They share some, then share information.", ["share information"], ["share information"]),
        ("a a a b a a", ["a a"], ["a a a", "a a"]),
        ("my e-mail address", ["email"], ["e-mail"]),
        ("my e-mail address", ["mail"], ["mail"]),
        ("my e-mail address", ["my email"], ["my e-mail"]),
        ("my e-mail address", ["email address"], ["e-mail address"]),
        ("my e-mail address", ["e mail address"], ["e-mail address"]),
        ("the covid-19-era rules", ["covid19era rules"], ["covid-19-era rules"]),
        ("the covid-19-era rules", ["the covid19era"], ["the covid-19-era"]),
        ("华为技术 and 华", ["华 为"], ["华为"]),
        ("one two three", ["two", "one two", "two three"], ["one two three"]),
        ("one two", ["two one", "three", ""], []),
        ("", ["one", "one two"], []),
    ],
)
def test_what_answers_is_marked(text: str, phrases: list[str], marked: list[str]) -> None:
    assert spans_of(text, *phrases) == marked


def test_a_text_that_fits_is_shown_whole_with_its_blanks() -> None:
    assert cut_snippet("\n One two \n", ((2, 5),)) == Snippet(
        text="\n One two \n", start=0, marks=((2, 5),), more=False
    )


@pytest.mark.parametrize(
    ("text", "word", "length", "snippet"),
    [
        ("one two three four five six seven", "none", 12, "one two three…"),
        ("one two three four five six seven", "six", 12, "…five [six] seven"),
        ("one two three four five six seven", "four", 9, "…[four] five…"),
        ("\n\n one two three four five", "two", 12, "\n\n one [two] three…"),
        ("one two three four \n \n", "three", 18, "one two [three] four"),
        ("one two three four \n \n", "four", 8, "…three [four]"),
        ("  \n" + "a b " * 8, "none", 5, "  \na b a…"),
        ("x " * 30, "none", 9, "x x x x x…"),
        ("我们认为华为应该被禁止", "禁", 4, "…该被[禁]止"),
        ("我们认为华为应该被禁止", "认", 4, "…们[认]为华…"),
    ],
)
def test_a_snippet_is_cut_between_words(text: str, word: str, length: int, snippet: str) -> None:
    assert shown(text, word, length) == snippet


URL = "https://example.org/" + "path-of-a-page/" * 6 + "end"


def test_an_address_is_not_cut_in_two() -> None:
    assert len(URL) == 113
    assert shown(f"one {URL} two ban three four", "ban", 40) == "…two [ban] three four"
    assert shown(f"a ban at {URL} two three", "ban", 40) == "a [ban] at…"
    assert shown(f"one {URL}?ban two " + "three " * 30, "ban", 120) == (f"…{URL}?[ban] two…")


def test_an_address_longer_than_a_snippet_is_cut_between_its_words() -> None:
    url = "https://example.org/" + "page/" * 40 + "ban/" + "last/" * 40
    assert shown(url, "ban", 30) == "…page/page/[ban]/last/last/last/last…"


@pytest.mark.parametrize(
    "unit",
    [
        "e\u0301\u0323",
        "\U0001f469\u200d\U0001f52c",
        "\ud83d\ude00",
        "\U0001f44d\U0001f3fd",
        "☎\ufe0f",
    ],
)
def test_no_character_is_torn_apart(unit: str) -> None:
    text = unit * 100
    for length in range(1, 12):
        snippet = cut_snippet(text, [(40 * len(unit), 41 * len(unit))], length)
        assert snippet.start % len(unit) == 0
        assert len(snippet.text) % len(unit) == 0
        assert snippet.text


def test_the_window_holds_the_most_hits_and_the_last_of_them_whole() -> None:
    text = "ban " + "word " * 40 + "ban one ban two ban-ban " + "word " * 40
    snippet = cut_snippet(text, hits(text, "ban"), 24)
    assert snippet.text == "ban one ban two ban-ban"
    assert snippet.marks == ((0, 3), (8, 11), (16, 19), (20, 23))


def test_a_hit_longer_than_a_snippet_is_marked_as_far_as_it_is_shown() -> None:
    text = "one two three four five six seven eight"
    snippet = cut_snippet(text, ((4, 33),), 10)
    assert (snippet.text, snippet.start, snippet.marks) == ("two three", 4, ((0, 9),))


@pytest.mark.parametrize("piece", ["a", "a ", "华", " ", "ban/", "e\u0301"])
def test_a_line_of_millions_costs_no_more_than_reading_it(piece: str) -> None:
    text = "ban " + piece * 3_000_000
    snippet = cut_snippet(text, ((0, 3),))
    assert snippet.start == 0
    assert snippet.marks == ((0, 3),)
    assert len(snippet.text) <= 280


@given(words=WORDS, blank=BLANKS, length=st.integers(5, 80), data=st.data())
def test_a_snippet_is_verbatim_and_its_cuts_are_true(
    words: list[str], blank: str, length: int, data: st.DataObject
) -> None:
    text = blank.join(words)
    asked = data.draw(st.lists(st.sampled_from(words), max_size=3)) if words else []
    spans = hits(text, *(token.term for word in asked for token in tokens(word)))
    snippet = cut_snippet(text, spans, length)
    start, end = snippet.start, snippet.start + len(snippet.text)
    assert snippet.text == text[start:end]
    assert (start > 0) == bool(text[:start].strip())
    assert snippet.more == bool(text[end:].strip())
    assert start == 0 or (text[start - 1].isspace() and not text[start].isspace())
    assert end == len(text) or text[end].isspace()
    assert len(snippet.text) <= length + 60
    clipped = [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start]
    assert [(a + start, b + start) for a, b in snippet.marks] == clipped
    assert bool(snippet.marks) == bool(spans)


@given(st.text(), st.lists(st.tuples(st.integers(0, 90), st.integers(1, 9))), st.integers(1, 40))
def test_any_text_gives_a_snippet_with_marks_inside(
    text: str, places: list[tuple[int, int]], length: int
) -> None:
    pairs = sorted((a, min(a + n, len(text))) for a, n in places if a < len(text))
    spans = [one for one, two in pairwise([*pairs, (len(text), 0)]) if one[1] <= two[0]]
    snippet = cut_snippet(text, spans, length)
    assert text[snippet.start :].startswith(snippet.text)
    assert all(0 <= a < b <= len(snippet.text) for a, b in snippet.marks)
    assert (snippet.start > 0) == bool(text[: snippet.start].strip())
    assert snippet.more == bool(text[snippet.start + len(snippet.text) :].strip())
