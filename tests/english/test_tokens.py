from __future__ import annotations

from itertools import pairwise

import pytest

from briefing.english.marks import find_marked
from briefing.english.tokens import find_words, read_stream


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, as the stream of its tokens numbers them."""
    stream = read_stream(text, find_marked([text])[0])
    bounds = [*stream.openings, len(stream.words)]
    return [text[stream.starts[first] : stream.ends[end - 1]] for first, end in pairwise(bounds)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mr. Lin isn't here.", ["Mr.", "Lin", "isn't", "here", "."]),
        ("Acme Corp.'s plan", ["Acme", "Corp.", "'s", "plan"]),
        ("the U.S.-led deal…", ["the", "U.S.", "-", "led", "deal", "…"]),
        ("at 5 p.m. on Tues. evening", ["at", "5", "p.m.", "on", "Tues.", "evening"]),
    ],
)
def test_words_and_marks_are_tokens(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in find_words(text, 0, len(text))] == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The port closed. Ships left.", ["The port closed.", "Ships left."]),
        ("Acme <ACM.N> rose. Lin left.", ["Acme <ACM.N> rose.", "Lin left."]),
        ("“No. Never,” Lin said. He left.", ["“No. Never,” Lin said.", "He left."]),
        ("“Why?” Ana Lin asked.", ["“Why?” Ana Lin asked."]),
        ("HULL, Jan. 5 (AP) — Lin left.", ["HULL, Jan. 5 (AP) —", "Lin left."]),
    ],
)
def test_what_ends_inside_marks_ends_no_sentence(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_sentence_without_an_end_is_cut() -> None:
    assert len(sentences("word " * 450)) == 3
