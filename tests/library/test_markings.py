"""What the reader of a clipping marked becomes edits of theirs, once, and can be undone."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from briefing.content.edits import read_edits
from briefing.library import Library
from briefing.library.reports import InputBytes
from briefing.model import Edit

CLIP = """---
title: The quay
tags: [ports]
---
The lock stays shut. The ==lock== is short, she said.

> [!note]
> Ask her again.

%%So it goes%%
"""


@pytest.fixture
def library(
    tmp_path: Path, environment: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> Library:
    monkeypatch.setenv("XDG_STATE_HOME", environment["XDG_STATE_HOME"])
    return Library.open(tmp_path / "library", create=True)


def add(library: Library, text: str, name: str = "quay.md") -> tuple[str, ...]:
    report = library.add([InputBytes(name=name, data=text.encode())], to="ports")
    assert report.failures == ()
    return report.told


def edits(library: Library) -> tuple[Edit, ...]:
    return read_edits(library.content / "ports" / "edits.yaml")


def test_markings_are_edits_and_stand_in_the_article(library: Library):
    assert add(library, CLIP) == (
        "quay.md: 1 highlight, 2 notes, 1 tag in it became yours; briefing undo takes them out",
    )
    body = library.article("ports", "the-quay").chunks[1]
    assert [body.text[each.start : each.end] for each in body.highlights] == ["lock"]
    assert body.highlights[0].start == 25
    assert body.notes == ("Ask her again.", "So it goes")
    assert body.tags == ("ports",)
    assert {edit.made for edit in edits(library)} == {
        library.article("ports", "the-quay").source.added
    }


def test_the_same_file_makes_them_once_and_undo_takes_them_out_for_good(library: Library):
    add(library, CLIP)
    first = edits(library)
    assert add(library, CLIP) == ()
    assert edits(library) == first
    library.editing.undo("ports")
    assert edits(library) == ()
    assert library.article("ports", "the-quay").headline == "The quay"
    add(library, CLIP)
    assert edits(library) == ()


def test_words_in_no_place_or_several_become_a_note_and_are_told(library: Library):
    told = add(library, "The lock is ==long==.\n\nThe lock is long.\n", "lock.md")
    assert told == (
        "lock.md: 1 note in it became yours; briefing undo takes them out",
        "lock.md: 1 marking matched no place of the text, or several: see the notes on the article",
    )
    noted = library.article("ports", "lock").chunks[0]
    assert (noted.notes, noted.highlights) == (("Highlighted: “long”",), ())


def test_markings_leave_the_edits_that_are_there(library: Library):
    add(library, CLIP)
    place = library.editing.anchor("ports", "the-quay", words="she said")
    library.editing.correct("ports", "note", place, text="Who?")
    before = edits(library)
    add(library, "The ==ferry== is late.\n", "ferry.md")
    assert edits(library)[: len(before)] == before
    assert [edit.anchor.exact for edit in edits(library)[len(before) :]] == ["ferry"]


def test_broken_edits_keep_a_marked_article_out_and_no_other(library: Library):
    add(library, "The lock is short.\n", "lock.md")
    (library.content / "ports" / "edits.yaml").write_text("edits: [", encoding="utf-8")
    inputs = [("ferry.md", "The ==ferry== is late."), ("rain.md", "It rained.")]
    report = library.add(
        [InputBytes(name=name, data=text.encode()) for name, text in inputs], to="ports"
    )
    assert [each.name for each in report.failures] == ["ferry.md"]
    assert [each.article for each in report.added] == ["rain"]
    assert not (library.content / "ports" / "ferry.yaml").exists()
