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


@pytest.mark.parametrize("name", ["quays.docx", "quays.txt", "one.txt"])
def test_an_original_that_is_another_now_is_not_read_again(tmp_path, name):
    data = {"quays.docx": WORD, "quays.txt": TEXT}.get(name, b"The quay\n\nIt is shut.\n")
    library = Library.open(tmp_path, create=True)
    library.add([InputBytes(name=name, data=data)], to="quay")
    paths = sorted((tmp_path / "content/quay").glob("*.yaml"))
    before = [path.read_bytes() for path in paths]
    (original,) = (tmp_path / "content/quay/originals").iterdir()
    original.write_bytes(data.replace(b"shut", b"open") + b"\nMore.\n")
    done = library.reannotate("quay", reread=True, confirm=lambda _: True)
    assert done.changed == done.kept == ()
    assert len(done.failures) == len(_articles(library, "quay"))
    assert all("it has another sha256" in each.message for each in done.failures)
    assert [path.read_bytes() for path in paths] == before
    original.write_bytes(data)
    assert library.reannotate("quay", reread=True).failures == ()


def _ids(report) -> list[str]:
    assert report.failures == ()
    return [item.article for item in report.added]


def _articles(library: Library, name: str) -> set[str]:
    return {article.id for article in library.briefing(name).articles}


def _originals(root: Path, name: str) -> list[bytes]:
    folder = root / "content" / name / "originals"
    return [path.read_bytes() for path in folder.iterdir()] if folder.is_dir() else []
