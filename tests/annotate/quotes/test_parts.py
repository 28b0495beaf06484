"""A text longer than a book is read in parts: what one knows of people, the next does not."""

from __future__ import annotations

import pytest

from briefing.annotate.quotes.annotator import PART, WHOLE, annotate_quotes, split_parts
from briefing.annotate.quotes.explain import explain
from briefing.model import Chunk


def chunks_of(*texts: str) -> list[Chunk]:
    return [Chunk(id=f"c{number}", role="body", text=text) for number, text in enumerate(texts)]


FIRST = "“The ferry is late,” said Petra Holm. “The ferry is late,” Holm said."
LAST = "“The ferry is late,” Holm said. “It is still late.”"


@pytest.mark.parametrize(("filler", "name"), [(WHOLE // 2, "Petra Holm"), (WHOLE, "Holm")])
def test_a_name_is_completed_within_its_part(filler: int, name: str) -> None:
    *_, last = annotate_quotes(chunks_of(FIRST, "a" * filler, LAST))
    assert [quote.speaker and quote.speaker.name for quote in last.quotes] == [name, name]


def test_ids_and_utterances_of_parts_do_not_meet() -> None:
    chunks = annotate_quotes(chunks_of(FIRST, "a" * WHOLE, FIRST, "a" * PART, LAST))
    ids = [quote.id for chunk in chunks for quote in chunk.quotes]
    assert len(ids) == 6
    assert len(set(ids)) == 6
    utterances = [{quote.utterance for quote in chunk.quotes} for chunk in chunks if chunk.quotes]
    assert sum(map(len, utterances)) == len(set().union(*utterances))


def test_a_quote_of_a_later_part_is_explained() -> None:
    chunks = annotate_quotes(chunks_of(FIRST, "a" * WHOLE, LAST))
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
