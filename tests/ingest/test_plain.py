import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import InputError
from briefing.ingest import MAX_CHUNK, to_article
from briefing.model import Article


def read(text: str, name: str = "a.txt") -> Article:
    return to_article(text.encode(), name=name, added="2026-01-01T00:00:00Z")


def texts(text: str) -> list[str]:
    return [chunk.text for chunk in read(text).chunks]


def test_paragraphs_are_parted_by_blank_lines_and_keep_odd_spaces():
    assert texts("One\u00a0two  three was said.\n \t\n\nFour\tfive was said too.\r\n") == [
        "One\u00a0two  three was said.",
        "Four\tfive was said too.",
    ]


def test_a_file_without_blank_lines_has_a_paragraph_a_line():
    lines = [
        f"Paragraph {number} is a long line that tells of the harbour, its pilots, its cranes, the "
        f"strike of the dockers and of what the ministry made of it in the {number} days after."
        for number in range(4)
    ]
    assert texts("\n".join(lines)) == lines


def test_hard_wrapped_paragraphs_stay_whole_with_their_line_ends():
    first = (
        "The harbour authority said on Monday that the new cranes would be\n"
        "delivered before the end of the year, and that the dockers would be\n"
        "trained in the use of them at the cost of the city."
    )
    second = (
        "A spokesman for the dockers said that nobody had asked them, and that\n"
        "the cranes were too high for the quay."
    )
    assert texts(f"{first}\n\n{second}\n") == [first, second]


def test_hard_wrapped_paragraphs_may_be_parted_by_indents():
    first = (
        "The harbour authority said on Monday that the new cranes would be\n"
        "delivered before the end of the year, and that the dockers would be\n"
        "trained in the use of them at the cost of the city, which has\n"
        "already paid for the quay."
    )
    second = (
        "A spokesman for the dockers said that nobody had asked them, and that\n"
        "the cranes were too high for the quay."
    )
    assert texts(f"{first}\n    {second}") == [first, second]


def test_items_of_a_list_are_chunks_of_their_own():
    text = "The ministry named three points:\n• cranes for the quay\n• pay\n1. a date, and soon"
    assert texts(text) == [
        "The ministry named three points:",
        "• cranes for the quay",
        "• pay",
        "1. a date, and soon",
    ]


@pytest.mark.parametrize(
    "paragraph",
    [
        "“The appetite of the ministry for a new German-\n\nDanish treaty is small,” a pilot said.",
        "The agreement on the new harbour was signed by the office of Mr.\n\nAndersen, at last.",
        "The agreement on the new harbour was signed by the heads of the\n\nDanish navy and king.",
        "The agreement on the new harbour, which both want, was signed,\n\nsealed and sent to him.",
        "The pilot was angry: “We learned of it from the paper.\n\nThat is no way,” he said.",
    ],
)
def test_a_paragraph_broken_within_a_sentence_or_quotation_is_one_chunk(paragraph):
    assert texts(f"A first paragraph stands here, so it was said.\n\n{paragraph}")[1:] == [
        paragraph
    ]


@pytest.mark.parametrize(
    "pair",
    [
        ("The pilot said: “We learned of it from the paper.", "“That is no way to run a harbour.”"),
        ("He spoke of the harbour of the town and of its many pilots:", "nobody had asked them."),
        ("The harbour has a long history of strikes and of the", "Advertisement"),
        ("Harbour of the", "North and the South, both of them, were closed on Monday."),
    ],
)
def test_whole_paragraphs_are_not_joined(pair):
    assert texts("A first paragraph is here, it was said.\n\n" + "\n\n".join(pair))[1:] == [*pair]


def test_a_broken_paragraph_is_followed_by_the_next_one():
    whole = "The treaty between the two navies was called a good German-\n\nDanish one by the king."
    after = "The queen was of another mind, and said so."
    assert texts(f"{whole}\n\n{after}") == [whole, after]


def test_a_paragraph_of_insane_length_is_cut_after_sentences_and_loses_nothing():
    sentence = "The harbour was closed again on Monday, the ministry of transport said. "
    text = sentence * 4_000
    pieces = texts(text)
    assert len(pieces) == 3
    assert all(len(piece) <= MAX_CHUNK and piece.endswith("said.") for piece in pieces)
    assert " ".join(pieces) == text.strip()


def test_a_paragraph_just_within_the_limit_is_not_cut():
    assert texts("a" * MAX_CHUNK) == ["a" * MAX_CHUNK]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        ("The harbour was closed again on Monday, officials said on the quay.\n\n" * 300_000)[
            :20_000_000
        ],
        "The harbour was closed again on Monday, officials said. " * 90_000,
        "x" * 10_000_000,
    ],
    ids=["a text of 20 MB", "a line of 5 MB", "a word of 10 MB"],
)
def test_large_texts_are_read_whole_in_time_that_grows_with_them(text):
    start = time.process_time()
    read(text[: len(text) // 10])
    tenth = time.process_time() - start
    start = time.process_time()
    article = read(text)
    assert time.process_time() - start < 30 * max(tenth, 0.05)
    assert sum(len(chunk.text) for chunk in article.chunks) > 0.9 * len(text)


@pytest.mark.parametrize(
    "unit", ["[a](", "](#)", "**a ", "“a ", "More from A\n\n", "Photo: A/B\n\n", "a—\n\n", "- a\n"]
)
def test_time_grows_no_faster_than_the_text(unit):
    def seconds(size: int) -> float:
        text = "Words of a first line stand here.\n\n" + unit * (size // len(unit))
        start = time.process_time()
        read(text)
        return time.process_time() - start

    seconds(1_000)
    assert seconds(80_000) < 40 * max(seconds(10_000), 0.01)


PLAIN = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\\[]#*_&<`~>|=+"), max_size=400
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PLAIN, max_size=6).map("\n\n".join))
def test_every_word_of_a_plain_text_is_in_the_chunks_in_order(text):
    try:
        article = read(text)
    except InputError:
        return
    found = "".join(chunk.text for chunk in article.chunks)
    assert "".join(found.split()) == "".join(text.removeprefix("\ufeff").split())
    assert all(chunk.text.strip() for chunk in article.chunks)
    assert [chunk.id for chunk in article.chunks] == [
        f"c{number}" for number in range(1, len(article.chunks) + 1)
    ]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.html", "a", "../../x"]))
def test_any_bytes_are_read_or_refused_with_an_input_error(data, name):
    try:
        article = to_article(data, name=name, added="2026-01-01T00:00:00Z")
    except InputError:
        return
    for chunk in article.chunks:
        assert chunk.text.encode()
        for link in chunk.links:
            assert 0 <= link.start < link.end <= len(chunk.text)
