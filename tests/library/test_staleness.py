"""What counts as a change of a library: anything that a person or a program does to its files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.library import Library
from briefing.library.reports import InputBytes
from briefing.library.staleness import UNTRUSTED, check_staleness, folder_time

ROOT = Path(__file__).parents[2]
OLD = 1_600_000_000_123_456_789


def settle(library: Library) -> None:
    """Let the briefing's folder have changed long ago, and the index be of that state."""
    os.utime(library.content / "ports", ns=(OLD, OLD))
    library.refresh(force=True)
    assert f"{OLD}/" in (library.catalog()[0].stamp or "")
    assert stale(library) == ()


def stale(library: Library) -> tuple[str, ...]:
    return check_staleness(library.content, library._store).stale


@pytest.fixture
def library(tmp_path: Path) -> Library:
    opened = Library.open(tmp_path / "library", create=True)
    opened.add([InputBytes(name="one", data=b"Rain\n\nRain fell on Spain for a week.")], to="ports")
    settle(opened)
    return opened


def write_in_place(folder: Path) -> None:
    path = folder / "rain.yaml"
    path.write_text(path.read_text("utf-8").replace("week", "month"), encoding="utf-8")


def touch(folder: Path) -> None:
    os.utime(folder / "rain.yaml", ns=(OLD, OLD))


def replace_by_another(folder: Path) -> None:
    (folder / "new").write_text((folder / "rain.yaml").read_text("utf-8"), encoding="utf-8")
    (folder / "new").replace(folder / "rain.yaml")


def write_a_new_file(folder: Path) -> None:
    (folder / "edits.yaml").write_text("format: briefing/edits/2\nedits: []\n", encoding="utf-8")


def rename(folder: Path) -> None:
    (folder / "rain.yaml").rename(folder / "snow.yaml")


def remove(folder: Path) -> None:
    (folder / "rain.yaml").unlink()


def link(folder: Path) -> None:
    (folder / "rain.yaml").rename(folder.parent / "elsewhere.yaml")
    (folder / "rain.yaml").symlink_to(folder.parent / "elsewhere.yaml")


@pytest.mark.parametrize(
    "change", [write_in_place, touch, replace_by_another, write_a_new_file, rename, remove, link]
)
def test_a_change_of_a_file_makes_its_briefing_stale(
    library: Library, change: Callable[[Path], None]
) -> None:
    change(library.content / "ports")
    assert stale(library) == ("ports",)
    assert library.refresh().changed == ("ports",)
    assert stale(library) == ()


def test_a_change_within_a_file_is_found_by_the_next_search_though_the_folder_stays(
    library: Library,
) -> None:
    assert library.search("month").total_chunks == 0
    write_in_place(library.content / "ports")
    assert (library.content / "ports").stat().st_mtime_ns == OLD
    library.refresh(searchable=True)
    assert library.search("month").total_chunks == 1
    assert library.search("week").total_chunks == 0


def test_files_that_are_no_part_of_a_briefing_change_nothing(library: Library) -> None:
    (library.content / "ports" / "notes.txt").write_text("mine", encoding="utf-8")
    (library.content / "ports" / ".rain.yaml.swp").write_text("", encoding="utf-8")
    assert stale(library) == ()


def test_a_briefing_without_its_first_file_is_gone_and_back_with_it(library: Library) -> None:
    info = library.content / "ports" / "briefing.yaml"
    info.rename(library.content / "kept.yaml")
    state = check_staleness(library.content, library._store)
    assert (state.present, state.stale, state.gone) == ((), (), ("ports",))
    (library.content / "kept.yaml").rename(info)
    assert check_staleness(library.content, library._store).present == ("ports",)


def test_a_folder_that_became_a_link_is_no_briefing(library: Library) -> None:
    folder = library.content / "ports"
    folder.rename(library.root / "elsewhere")
    folder.symlink_to(library.root / "elsewhere")
    assert check_staleness(library.content, library._store).gone == ("ports",)


def test_the_time_of_a_folder_is_not_trusted_while_it_may_stay_the_same(tmp_path: Path) -> None:
    now = time.time_ns() | 1
    os.utime(tmp_path, ns=(now, now))
    assert folder_time(tmp_path) == UNTRUSTED
    os.utime(tmp_path, ns=(OLD, OLD))
    assert folder_time(tmp_path) == str(OLD)
    whole_seconds = OLD // 1_000_000_000 * 1_000_000_000
    os.utime(tmp_path, ns=(whole_seconds, whole_seconds))
    assert folder_time(tmp_path) == UNTRUSTED


def test_a_briefing_added_to_a_moment_ago_is_compared_all_the_same(library: Library) -> None:
    now = time.time_ns() | 1
    os.utime(library.content / "ports", ns=(now, now))
    library.refresh(force=True)
    assert stale(library) == ()
    rename(library.content / "ports")
    assert stale(library) == ("ports",)


def test_a_library_that_did_not_change_is_listed_but_none_of_its_briefings_is(
    library: Library,
) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from briefing.library import Library\n"
        "library = Library.open(Path(sys.argv[1]))\n"
        "def tell(event, arguments):\n"
        "    if event == 'os.scandir':\n"
        "        print(Path(arguments[0]).name)\n"
        "sys.addaudithook(tell)\n"
        "library.refresh()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, library.root],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert done.stdout.split() == ["content"]


@pytest.mark.skipif(sys.platform != "linux", reason="a file's name is text here")
def test_names_that_are_no_text_do_not_stand_in_the_way_of_the_others(library: Library) -> None:
    ports = os.fsencode(library.content / "ports")
    with open(ports + b"/rain\xff.yaml", "wb") as file:  # noqa: PTH123 (no Path of bytes)
        file.write((library.content / "ports" / "rain.yaml").read_bytes())
    shutil.copytree(ports, os.fsencode(library.content) + b"/ports\xff")
    library.refresh(force=True)
    assert [row.name for row in library.catalog()] == ["ports"]
    assert library.search("week").total_articles == 1
    named = [os.fsencode(each.file) for each in library.check()]
    assert [name.rpartition(b"/")[2] for name in named] == [b"ports\xff", b"rain\xff.yaml"]
