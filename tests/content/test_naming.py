"""Names that are safe on every system."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.content.naming import is_safe_name, safe_child, slugify
from briefing.errors import UsageError


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Which US allies ban Huawei from 5G?", "which-us-allies-ban-huawei-from-5g"),
        ("Straße in Łódź, Ærø & Åland", "strasse-in-lodz-aero-aland"),
        ("Britain’s ‘no’", "britains-no"),
        ("../../x", "x"),
        ("..", "untitled"),
        ("", "untitled"),
        ("北京", "untitled"),
        ("\0\x1b[31m", "31m"),
        ("CON", "con-1"),
        ("lpt9", "lpt9-1"),
        ("Edits", "edits-1"),
        ("a" * 80, "a" * 60),
        ("word " * 40, "-".join(["word"] * 12)),
    ],
)
def test_a_slug_is_short_plain_and_never_reserved(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_the_fallback_is_made_safe_too() -> None:
    assert slugify("北京", "Story No. 7") == "story-no-7"
    assert slugify("北京", "../..") == "untitled"


@given(st.text(), st.text())
def test_any_slug_is_a_safe_name_and_its_own_slug(text: str, fallback: str) -> None:
    slug = slugify(text, fallback)
    assert is_safe_name(slug)
    assert slugify(slug) == slug
    assert safe_child(Path("folder"), slug) == Path("folder") / slug


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../x", "a/b", "/etc", "a\\b", "C:", ".git", "a\0b", "a\nb", "x.", "x ", "a*"],
)
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name of a folder or file"):
        safe_child(Path("folder"), name)


def test_a_child_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/")
    with pytest.raises(UsageError, match="symbolic link"):
        safe_child(tmp_path, "link")
