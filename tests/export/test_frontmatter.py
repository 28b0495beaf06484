from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing.export.escape import front_matter, scalar
from briefing.visible import copied


@given(text=st.text(max_size=60))
def test_a_scalar_reads_as_its_text(text: str) -> None:
    assert yaml.safe_load(scalar(text)) == copied(text)


@pytest.mark.parametrize("text", ["NO", "2020-01-01", "1e3", "~", "", "---", "a: b # c", 'say "x"'])
def test_what_looks_like_something_else_stays_a_string(text: str) -> None:
    assert yaml.safe_load(scalar(text)) == text


def test_fields_stand_between_fences_and_missing_ones_are_left_out() -> None:
    fields = {"title": 'A "b"\n---', "question": None, "tags": ("x", "y: z"), "sources": 2}
    assert front_matter(fields) == (
        '---\ntitle: "A \\"b\\"\\n---"\ntags: ["x", "y: z"]\nsources: 2\n---'
    )
