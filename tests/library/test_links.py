"""A library may come from anybody: nothing is written through a symbolic link in it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from briefing.errors import BriefingError, WriteError
from briefing.library import Library
from briefing.library.reports import InputBytes
from briefing.model import Anchor, Edit

Run = Callable[..., subprocess.CompletedProcess[str]]

NOTE = Edit(id="e1", kind="note", anchor=Anchor(article="a", exact="quay"), text="seen")
LATE = InputBytes(name="late.txt", data=b"The crane\n\nThe crane of Ghent, Belgium, is gone.\n")


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """Return a folder of somebody's, with the names that an index and a briefing use in it."""
    root = tmp_path / "victim"
    names = (
        "precious", "catalog.json", "catalog.log", "store.json", ".lock", ".lock-holder",
        ".lock-holder.tmp", "_MAIN_1.toc", "MAIN_1.brs", "MAIN_WRITELOCK", ".harbour.0123.tmp",
        "panels.json", "briefing.yaml", "edits.yaml", "fast/ports/panels.json",
        "search/_MAIN_1.toc", "building/going", "ports/briefing.yaml", "ports/originals/.x.tmp",
    )  # fmt: skip
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"title: precious {name}\n", encoding="utf-8")
    return root


@pytest.fixture
def library(tmp_path: Path, story: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Return a library with an index that no longer fits its content."""
    for name in ("CACHE", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "home" / name))
    made = Library.open(tmp_path / "library", create=True)
    made.add([story], to="ports")
    made.close()
    info = made.content / "ports" / "briefing.yaml"
    info.write_text("title: The ports of the north\n", encoding="utf-8")
    return Library.open(made.root)


def seen(folder: Path) -> Mapping[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def put_link(at: Path, to: Path) -> None:
    """Put a link in place of whatever stands there."""
    if at.is_dir() and not at.is_symlink():
        shutil.rmtree(at)
    at.unlink(missing_ok=True)
    at.parent.mkdir(parents=True, exist_ok=True)
    at.symlink_to(to)


IN_INDEX = [
    ("index", "."),
    ("index", "nowhere"),
    ("index/.lock", "precious"),
    ("index/.lock", "nowhere"),
    ("index/.lock-holder", "precious"),
    ("index/.lock-holder.tmp", "precious"),
    ("index/.lock-holder.tmp", "nowhere"),
    ("index/store.json", "precious"),
    ("index/catalog.json", "precious"),
    ("index/catalog.log", "precious"),
    ("index/catalog.log", "nowhere"),
    ("index/search", "."),
    ("index/search", "search"),
    ("index/search/MAIN_WRITELOCK", "precious"),
    ("index/search/_MAIN_1.toc", "precious"),
    ("index/search/_MAIN_9.toc", "nowhere"),
    ("index/building", "building"),
    ("index/building", "nowhere"),
    ("index/fast", "fast"),
    ("index/fast", "nowhere"),
    ("index/fast/ports", "fast/ports"),
    ("index/fast/ports", "nowhere"),
    ("index/fast/ports/panels.json", "precious"),
]


@pytest.mark.parametrize(("link", "target"), IN_INDEX)
@pytest.mark.parametrize("force", [False, True])
def test_a_library_with_a_link_in_its_index_is_read_and_nothing_is_written_through_it(
    library: Library, victim: Path, link: str, target: str, force: bool
) -> None:
    put_link(library.root / link, victim / target)
    before = seen(victim)
    opened = Library.open(library.root)
    opened.refresh(force=force)
    assert [row.title for row in opened.catalog()] == ["The ports of the north"]
    assert opened.search("winter").total_chunks == 1
    assert opened.panels("ports").title == "The ports of the north"
    assert opened.add([LATE], to="ports").added
    assert opened.search("crane").total_chunks > 0
    opened.tidy()
    shutil.rmtree(opened.content / "ports")
    assert opened.refresh().removed == ("ports",)
    assert seen(victim) == before


@pytest.mark.parametrize("link", ["index/search", "index/fast", "index/fast/ports"])
@pytest.mark.parametrize("target", ["fast", "nowhere"])
def test_a_link_in_the_place_of_a_folder_of_the_index_is_left_alone_and_reported(
    library: Library, victim: Path, link: str, target: str
) -> None:
    put_link(library.root / link, victim / target)
    before = seen(victim)
    opened = Library.open(library.root)
    refreshed = opened.refresh()
    assert f"{link} is a symbolic link and is left alone" in (refreshed.rebuilt or "")
    assert str(opened.index_dir) in (refreshed.rebuilt or "")
    assert opened.index_dir != library.root / "index"
    assert opened.search("winter").total_chunks == 1
    again = Library.open(library.root)
    assert again.refresh().changed == ()
    assert again.panels("ports").title == "The ports of the north"
    (problem,) = [each for each in opened.check() if "index" in each.file]
    assert problem.file == str(library.root / link)
    assert (library.root / link).is_symlink()
    assert seen(victim) == before


@pytest.mark.parametrize("name", ["MAIN_WRITELOCK", "MAIN_x.brs", "_MAIN_9.toc.1.tmp"])
def test_no_file_that_whoosh_makes_is_opened_through_a_link(
    library: Library, victim: Path, name: str
) -> None:
    from briefing.search.engines.whoosh import Files

    folder = library.index_dir / "search"
    put_link(folder / name, victim / "precious")
    before = seen(victim)
    with pytest.raises(OSError, match="symbolic link"):
        Files(str(folder)).create_file(name)
    lock = Files(str(folder)).lock(name)
    assert lock.acquire()
    lock.release()
    assert seen(victim) == before


IN_THE_WAY = [
    "store.json", "catalog.json", "catalog.log", ".lock", ".lock-holder", ".lock-holder.tmp",
    "fast", "fast/ports", "fast/ports/panels.json", "search", "search/made-here",
    "search/_MAIN_1.toc", "search/MAIN_WRITELOCK",
]  # fmt: skip


# Whoosh leaves a damaged file to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", IN_THE_WAY)
@pytest.mark.parametrize("kind", ["folder", "pipe", "file"])
def test_what_stands_in_the_place_of_an_index_file_is_replaced(
    library: Library, name: str, kind: str
) -> None:
    place = library.root / "index" / name
    if place.is_dir():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    if kind == "folder":
        (place / "inner").mkdir(parents=True)
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place.write_bytes(b"junk")
    opened = Library.open(library.root)
    opened.refresh(searchable=True)
    assert [row.title for row in opened.catalog()] == ["The ports of the north"]
    assert opened.search("winter").total_chunks == 1
    assert opened.add([LATE], to="ports").unindexed is None
    assert opened.search("crane").total_chunks > 0


def test_a_log_that_is_another_file_s_too_is_not_written_into(
    library: Library, victim: Path
) -> None:
    log = library.index_dir / "catalog.log"
    log.unlink()
    os.link(victim / "precious", log)
    before = seen(victim)
    library.refresh()
    assert [row.title for row in library.catalog()] == ["The ports of the north"]
    assert seen(victim) == before


IN_CONTENT = [
    (".lock", "precious"),
    (".lock", "nowhere"),
    ("content", "."),
    ("content", "nowhere"),
    ("content/ports", "ports"),
    ("content/ports", "nowhere"),
    ("content/ports/originals", "ports/originals"),
    ("content/ports/originals", "nowhere"),
]


@pytest.mark.parametrize(("link", "target"), IN_CONTENT)
@pytest.mark.parametrize(
    "change",
    [
        lambda library: library.add([LATE], to="ports"),
        lambda library: library.add([LATE]),
        lambda library: library.editing.store("ports", NOTE),
        lambda library: library.editing.withdraw("ports", "e1"),
        lambda library: library.save_search("ports", "cold", "winter"),
        lambda library: library.run_saved("ports", "cold"),
        lambda library: library.reannotate("ports", reread=True, confirm=lambda _: True),
        lambda library: library.refresh(force=True),
    ],
)
def test_nothing_is_changed_through_a_link_in_the_content_of_a_library(
    library: Library,
    victim: Path,
    link: str,
    target: str,
    change: Callable[[Library], object],
) -> None:
    library.editing.store("ports", NOTE)
    library.save_search("ports", "cold", "winter")
    put_link(library.root / link, victim / target)
    before = seen(victim)
    try:
        change(library)
    except BriefingError as error:
        assert int(error.exit_code) != 1  # noqa: PT017 (it may go through, where no link is)
    assert seen(victim) == before


@pytest.mark.parametrize("link", [".lock", "content", "content/ports", "content/ports/originals"])
def test_adding_through_a_link_is_refused_with_its_name(
    briefing: Run, library: Library, victim: Path, story: Path, link: str
) -> None:
    put_link(library.root / link, victim / link.rpartition("/")[2])
    story.write_text("Another story\n\nIt is told in Ghent, Belgium.\n", encoding="utf-8")
    before = seen(victim)
    done = briefing("add", story, "--to", "ports")
    assert done.returncode in {2, 7}
    assert f"{library.root / link} is a symbolic link" in done.stderr
    assert seen(victim) == before


def test_a_scratch_file_of_the_lock_s_holder_is_made_afresh(library: Library, victim: Path) -> None:
    put_link(library.root / ".lock-holder.tmp", victim / "precious")
    put_link(library.root / ".lock-holder", victim / "precious")
    before = seen(victim)
    assert library.add([LATE], to="ports").added
    assert seen(victim) == before


def test_a_library_reached_through_a_link_is_written_to(library: Library, tmp_path: Path) -> None:
    (tmp_path / "shelf").symlink_to(library.root)
    opened = Library.open(tmp_path / "shelf")
    assert opened.index_dir == tmp_path / "shelf" / "index"
    assert opened.add([LATE], to="ports").added
    opened.editing.store("ports", NOTE)
    opened.save_search("ports", "cold", "winter")
    assert library.search("crane").total_chunks > 0


def test_links_are_named_by_where_they_stand(tmp_path: Path) -> None:
    from briefing.content.files import refuse_links, remove_links_below

    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "link").symlink_to(tmp_path)
    refuse_links(tmp_path / "a" / "b" / "c", tmp_path)
    with pytest.raises(WriteError, match="link is a symbolic link"):
        refuse_links(tmp_path / "a" / "link" / "b" / "c", tmp_path)
    refuse_links(tmp_path / "a" / "link" / "a" / "b", tmp_path / "a" / "link")
    with pytest.raises(WriteError, match="link is a symbolic link"):
        remove_links_below(tmp_path / "a" / "link")
    (tmp_path / "a" / "lost").symlink_to(tmp_path / "nowhere")
    remove_links_below(tmp_path / "a")
    # What leads to a folder may be somebody's way to another disk.
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["b", "link"]
