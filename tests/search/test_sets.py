"""Sets of documents as bits: written and read in every density."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.search.bits import bits_of_docs, bits_of_flags, docs_of, flags_of

SIZES = st.integers(min_value=0, max_value=3_000)


@st.composite
def sets(draw: st.DrawFn) -> tuple[list[int], int]:
    """Draw a few or many documents of an index, ascending, and how many it has."""
    size = draw(SIZES)
    step = draw(st.sampled_from((1, 2, 7, 90, 1_000)))
    first = draw(st.integers(min_value=0, max_value=max(0, size - 1)))
    docs = set(range(first, size, step))
    return sorted(
        docs ^ draw(st.sets(st.sampled_from(range(size))) if size else st.just(set()))
    ), size


@given(sets())
def test_documents_come_back_as_they_were_put_in(drawn: tuple[list[int], int]) -> None:
    docs, size = drawn
    bits = bits_of_docs(docs, size)
    assert bits.bit_count() == len(docs)
    assert docs_of(bits, size) == docs


@given(sets())
def test_flags_tell_the_same_set(drawn: tuple[list[int], int]) -> None:
    docs, size = drawn
    flags = flags_of(bits_of_docs(docs, size), size)
    assert len(flags) == size
    assert [doc for doc, flag in enumerate(flags) if flag] == docs
    assert bits_of_flags(flags) == bits_of_docs(docs, size)
