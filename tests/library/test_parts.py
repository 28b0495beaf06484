"""The articles of one file: moved, removed and brought back, each by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.library import Library
from briefing.library.reports import InputBytes
from tests.ingest.press_made import lexis_text, nexis_docx, nexis_uni

DAYS = ("May 1, 2031", "May 2, 2031", "May 3, 2031")
WORD = nexis_docx([nexis_uni(f"Quay {day[4]}", "The Tarn Courier", day) for day in DAYS])
TEXT = lexis_text(3).encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [pytest.param("quays.docx", WORD, id="bytes"), pytest.param("quays.txt", TEXT, id="text")],
)
def test_an_article_of_several_is_moved_with_a_copy_of_its_original(tmp_path, name, data):
    library = Library.open(tmp_path, create=True)
    first, *rest = _ids(library.add([InputBytes(name=name, data=data)], to="quay"))
    library.editing.new_briefing("shore")
    library.editing.move_article("quay", first, "shore")
    assert _originals(tmp_path, "quay") == _originals(tmp_path, "shore") == [data]
    assert _articles(library, "quay") == set(rest)
    assert _articles(library, "shore") == {first}
    library.editing.undo("shore")
    assert (_originals(tmp_path, "quay"), _originals(tmp_path, "shore")) == ([data], [])
    assert _articles(library, "quay") == {first, *rest}
    assert library.check() == ()


def test_undoing_a_move_leaves_the_original_that_others_were_made_from(tmp_path):
    library = Library.open(tmp_path, create=True)
    source = InputBytes(name="quays.docx", data=WORD)
    first, *rest = _ids(library.add([source], to="quay"))
    library.editing.new_briefing("shore")
    library.editing.move_article("quay", first, "shore")
    assert _ids(library.add([source], to="shore")) == rest
    library.editing.undo("shore")
    assert _articles(library, "shore") == set(rest)
    assert _originals(tmp_path, "shore") == [WORD]
    assert library.check() == ()


def _ids(report) -> list[str]:
    assert report.failures == ()
    return [item.article for item in report.added]


def _articles(library: Library, name: str) -> set[str]:
    return {article.id for article in library.briefing(name).articles}


def _originals(root: Path, name: str) -> list[bytes]:
    folder = root / "content" / name / "originals"
    return [path.read_bytes() for path in folder.iterdir()] if folder.is_dir() else []
