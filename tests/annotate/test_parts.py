"""A text longer than a book is read in parts: what one knows of people, the next does not.

In a part, each paragraph is read into tokens once for all annotators.
"""

from __future__ import annotations

import pytest

from briefing.annotate.parts import PART, WHOLE, split_parts
from briefing.annotate.pipeline import annotate
from briefing.annotate.quotes.explain import explain
from briefing.english.marks import find_marked
from briefing.english.sentences import split_sentences
from briefing.english.tokens import Streams, read_sentence
from briefing.model import Article, Chunk, Source


def chunks_of(*texts: str) -> list[Chunk]:
    return [Chunk(id=f"c{number}", role="body", text=text) for number, text in enumerate(texts)]


def annotated(*texts: str) -> tuple[Chunk, ...]:
    source = Source(file="a.txt", media_type="text/plain", sha256="0" * 64, added="2026-01-01")
    return annotate(Article(id="a", source=source, chunks=tuple(chunks_of(*texts)))).chunks


FIRST = "“The ferry is late,” said Petra Holm. “The ferry is late,” Holm said."
LAST = "“The ferry is late,” Holm said. “It is still late.”"


@pytest.mark.parametrize(("filler", "name"), [(WHOLE // 2, "Petra Holm"), (WHOLE, "Holm")])
def test_a_name_is_completed_within_its_part(filler: int, name: str) -> None:
    *_, last = annotated(FIRST, "a" * filler, LAST)
    assert [quote.speaker and quote.speaker.name for quote in last.quotes] == [name, name]


def test_ids_and_utterances_of_parts_do_not_meet() -> None:
    chunks = annotated(FIRST, "a" * WHOLE, FIRST, "a" * PART, LAST)
    ids = [quote.id for chunk in chunks for quote in chunk.quotes]
    assert len(ids) == 6
    assert len(set(ids)) == 6
    utterances = [{quote.utterance for quote in chunk.quotes} for chunk in chunks if chunk.quotes]
    assert sum(map(len, utterances)) == len(set().union(*utterances))


def test_a_quote_of_a_later_part_is_explained() -> None:
    chunks = annotated(FIRST, "a" * WHOLE, LAST)
    quote = chunks[2].quotes[0]
    explained = explain(chunks, quote.id)
    assert explained.quote == quote
    assert explained.chosen.paragraph == 2


def test_parts_hold_every_chunk_once() -> None:
    short = chunks_of(*(["a" * 1_000] * 1_500))
    assert list(split_parts(short)) == [short]
    long = chunks_of("b", "a" * (PART - 1), *(["a" * 1_000] * 1_500), "a" * (PART + 1), "c")
    parts = list(split_parts(long))
    assert [chunk for part in parts for chunk in part] == long
    sizes = [sum(len(chunk.text) for chunk in part) for part in parts]
    assert sizes == [PART, PART, PART, PART, PART + 1, 1]
    assert list(split_parts([])) == [[]]


def test_stances_are_told_by_who_is_named_in_the_same_part() -> None:
    first, last = "French president Paul Roe met the press.", "Roe banned the ferry."
    *_, near = annotated(first, "a" * (WHOLE // 2), last)
    assert [position.country for position in near.positions] == ["FR"]
    *_, far = annotated(first, "a" * WHOLE, last)
    assert far.positions == ()


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Lin of the U.S. left. “We go,” he said. It rained! The crews' boats sank.",
        "“It fell.”[3] The port closed. *“No”* was all. He left.",
        "“It is near.”The rest ‘was’ silence. \u200bHidden. Done\u200b. rock 'n' roll",
        "HULL, May 3 (AP) — The boats sank. A state-of-the-art quay, “never” used, burnt.",
    ],
)
def test_the_tokens_of_a_sentence_are_those_of_its_paragraph(text: str) -> None:
    streams = Streams()
    stream = streams.read(text, find_marked([text])[0])
    assert stream.text == text
    for start, end in split_sentences(text):
        found, alone = streams.sentence(text, start, end), read_sentence(text[start:end])
        assert (found.words, found.lower, found.flags) == (alone.words, alone.lower, alone.flags)
        assert [*found.starts] == [*alone.starts]
        assert [*found.ends] == [*alone.ends]
