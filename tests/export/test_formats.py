"""The suffix of a file chooses the format of an export."""

from __future__ import annotations

import pytest

from briefing.export.formats import FORMATS, format_for


@pytest.mark.parametrize("suffix", [".md", ".MD", ".markdown", "", ".unknown"])
def test_markdown_is_written_unless_a_suffix_names_another_format(suffix: str) -> None:
    assert format_for(suffix).name == "Markdown"


def test_no_two_formats_claim_one_suffix() -> None:
    suffixes = [suffix for each in FORMATS for suffix in each.suffixes]
    assert len(suffixes) == len(set(suffixes))
