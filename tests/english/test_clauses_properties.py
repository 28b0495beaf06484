"""Whatever the words: clauses lie in their sentence, and hang on others without a circle."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.english.clause_reader import read_clauses
from briefing.english.clauses import Clause
from briefing.english.segment_reader import read_segments
from briefing.english.segments import SentencePart
from briefing.english.tokens import read_stream

WORDS = """
Malta Spain Bo Roe May Will the a its plan plans ban bans report said says told asked
that who which whose if whether because when as than after so what there it he they
is was been being has having had will would not never no longer to of for by in on
sign signed signing cut put left banned backs opposed wanted help let about 3 1986 %
and or but nor , ; : . ? ! - — ( ) [ ] " “ ” ‘ ’ ' 's ’ll they'll won't $ / 1,5 ''
"""


@given(st.lists(st.sampled_from(WORDS.split()), max_size=60), st.integers(0, 5))
@settings(max_examples=200, deadline=None)
def test_clauses_lie_in_their_sentence_and_hang_without_a_circle(
    words: list[str], first: int
) -> None:
    stream = read_stream(" ".join(words), ())
    end = len(stream.words)
    first = min(first, end)
    segments = read_segments(stream, first, end)
    for segment in segments:
        assert first <= segment.first <= segment.head <= segment.last < end
    for before, behind in itertools.pairwise(segments):
        assert before.last <= behind.first
    clauses = read_clauses(stream, first, end)
    for clause in clauses:
        _check(clause, first, end)
    for number in range(len(clauses)):
        _climb(clauses, number)


def _climb(clauses: Sequence[Clause], number: int) -> None:
    seen = set()
    while number >= 0:
        assert number < len(clauses)
        assert number not in seen
        seen.add(number)
        number = clauses[number].governor


def _check(clause: Clause, first: int, end: int) -> None:
    verb = clause.verb
    assert first <= verb.first <= verb.head <= verb.last < end
    nouns: list[SentencePart] = [*clause.subject, *clause.objects]
    for part in clause.parts:
        assert first <= part.at < end
        nouns += part.nouns
    for noun in nouns:
        assert first <= noun.first <= noun.last < end
    assert -1 <= clause.noun < end


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_text_is_refused(text: str) -> None:
    stream = read_stream(text, ())
    read_clauses(stream, 0, len(stream.words))


def test_a_sentence_of_20_000_words_takes_ten_times_one_of_2_000() -> None:
    kinds = [
        "the plan that Malta opposed ",
        "Malta, ",
        "said that ",
        "the ban of the plan of ",
        "who was ",
        "to sign and ",
        "plans bans ",
        "and Malta ",
        "( ",
        "in Malta and ",
        "banned ",
        "not ",
        "“the ",
        "1,5 ",
        "is ",
        "if he ",
    ]
    for words in kinds:
        short, long = (_seconds(words, count) for count in (2_000, 20_000))
        assert long < 40 * short + 0.05, words


def _seconds(words: str, count: int) -> float:
    stream = read_stream(words * (count // len(words.split())), ())
    best = 9.0
    for _ in range(2):
        start = time.process_time()
        read_clauses(stream, 0, len(stream.words))
        best = min(best, time.process_time() - start)
    return best
