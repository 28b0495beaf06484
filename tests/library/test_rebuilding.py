"""An index that other processes help to build is the one that a single process builds."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from briefing.content import append_edit
from briefing.errors import StoppedError
from briefing.library import Library
from briefing.library.reports import Document
from briefing.model import Anchor, Edit, Speaker

Start = Callable[..., subprocess.Popen[str]]

ROOT = Path(__file__).parents[2]
NAMES = ("alder", "birch", "cedar", "dogwood", "elm")
OLD = 1_600_000_000_123_456_789
PADDING = "# Long files are read in parts.\n" * 40_000

CODE = """
import multiprocessing, sys
from pathlib import Path
from briefing.library import Library

def tell(done, total, name):
    if multiprocessing.active_children():
        print("helped", flush=True)
        sys.stdin.read()

library = Library.open(Path(sys.argv[1]))
library.processes = 2
library.refresh(tell)
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Make a library that is worth several processes, with some of what may be wrong with one."""
    made = Library.open(tmp_path / "library", create=True)
    for name in NAMES:
        text = f"The {name}\n\n“The {name} stays,” said Ana Lin, the Dutch minister of trees."
        made.add([Document(name=name, data=text.encode())], to=name, index=False)
        with (made.content / name / f"the-{name}.yaml").open("a", encoding="utf-8") as file:
            file.write(PADDING)
    anchor = Anchor(article="the-birch", exact="words that are not there")
    speaker = Speaker(name="Bea Lin", type="named")
    append_edit(
        made.content / "birch", Edit(id="e1", kind="set-speaker", anchor=anchor, speaker=speaker)
    )
    (made.content / "cedar" / "broken.yaml").write_text("format: [", encoding="utf-8")
    shutil.copy(made.content / "elm" / "the-elm.yaml", made.content / "elm" / "twin.yaml")
    for name in NAMES:
        os.utime(made.content / name, ns=(OLD, OLD))
    return made


@pytest.fixture
def alone(library: Library, tmp_path: Path) -> Library:
    """Return a copy of the library, indexed by one process."""
    shutil.copytree(library.root / "content", tmp_path / "alone" / "content")
    copy = Library.open(tmp_path / "alone")
    copy.refresh()
    return copy


class Watch:
    """Counts the processes that help, told of the progress."""

    def __init__(self, then: Callable[[], None] = lambda: None) -> None:
        self.helpers: list[int] = []
        self.told: list[tuple[int, int, str]] = []
        self._then = then

    def __call__(self, done: int, total: int, name: str) -> None:
        self.helpers.append(len(multiprocessing.active_children()))
        self.told.append((done, total, name))
        self._then()


def assert_same(one: Library, other: Library) -> None:
    assert one.catalog() == other.catalog()
    assert fast_copies(one) == fast_copies(other)
    for query in ("minister", "speaker:lin", '"the elm stays"', "country:NL", "birch OR cedar"):
        assert one.search(query) == other.search(query)
    assert one.search("minister").total_chunks == len(NAMES)
    assert not (one.index_dir / "building").exists()
    assert len(list((one.index_dir / "search").glob("*.brs"))) < 8


def fast_copies(library: Library) -> dict[str, bytes]:
    folder = library.index_dir / "fast"
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*.json")}


def test_what_several_processes_build_is_what_one_builds(library: Library, alone: Library) -> None:
    library.processes = 2
    watch = Watch()
    refreshed = library.refresh(watch)
    assert watch.helpers[1] == 2
    assert watch.told == [(n, 5, name) for n, name in enumerate(NAMES)] + [(5, 5, "")]
    assert_same(library, alone)
    assert refreshed == alone.refresh(force=True)
    assert [problem.file for problem in refreshed.problems] == [
        "cedar/broken.yaml",
        "elm/twin.yaml",
    ]
    assert library.refresh().changed == ()


def test_processes_help_where_all_is_made_anew(library: Library, alone: Library) -> None:
    alone.processes = 2
    watch = Watch()
    alone.refresh(watch, force=True)
    assert watch.helpers[1] == 2
    library.refresh()
    assert_same(alone, library)


def test_no_process_is_started_for_what_one_does_at_once(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library", create=True)
    library.add([Document(name="one", data=b"Rain\n\nRain fell.")], to="rain", index=False)
    library.processes = 2
    watch = Watch()
    library.refresh(watch)
    assert watch.told == [(0, 1, "rain"), (1, 1, "")]
    assert watch.helpers == [0, 0]


def test_where_the_helpers_die_one_process_does_the_rest(library: Library, alone: Library) -> None:
    def kill_helpers() -> None:
        for child in multiprocessing.active_children():
            child.kill()

    library.processes = 2
    assert library.refresh(Watch(kill_helpers)).changed == NAMES
    assert_same(library, alone)


@pytest.fixture
def no_python() -> Iterator[None]:
    """Let no process be started."""
    multiprocessing.set_executable("/nowhere/python")
    yield
    multiprocessing.set_executable(sys.executable)


@pytest.mark.usefixtures("no_python")
def test_where_no_helper_can_be_started_one_process_does_it(
    library: Library, alone: Library
) -> None:
    library.processes = 2
    watch = Watch()
    assert library.refresh(watch).changed == NAMES
    assert set(watch.helpers) == {0}
    assert_same(library, alone)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_build_that_is_stopped_keeps_what_is_done_and_is_gone_on_with(
    library: Library, alone: Library, processes: int
) -> None:
    def stop(done: int, total: int, name: str) -> None:
        if name == "cedar":
            library.stop()

    library.processes = processes
    with pytest.raises(StoppedError):
        library.refresh(stop)
    assert multiprocessing.active_children() == []
    assert not (library.index_dir / "building").exists()
    assert library.refresh().changed[-1] == "elm"
    assert_same(library, alone)


def test_the_reader_whose_error_output_is_no_file_is_helped_too(
    library: Library, alone: Library, start_python: Callable[..., subprocess.Popen[str]]
) -> None:
    screen = """
import io, sys

class Screen(io.StringIO):
    def fileno(self):
        return -1

sys.stderr = Screen()
"""
    child = start_python("-c", screen + CODE, library.root)
    assert child.communicate("", timeout=60) == ("helped\n" * 4, "")
    assert_same(library, alone)


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX systems")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_build_that_is_ended_leaves_no_process_and_is_gone_on_with(
    library: Library, alone: Library, how: signal.Signals, start_python: Start
) -> None:
    child = start_python("-c", CODE, library.root, start_new_session=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "helped\n"
    if how == signal.SIGINT:
        os.killpg(child.pid, how)
    else:
        child.kill()
    # Every process that helped holds these open: they end when the last of them has.
    said, errors = child.communicate(timeout=20)
    assert said == ""
    assert errors.count("Traceback") == (how == signal.SIGINT)
    assert (library.index_dir / "building").exists() == (how == signal.SIGKILL)
    done = [row.name for row in library.catalog() if row.stamp]
    assert done == ["alder", "birch"]
    assert library.search("alder").total_chunks == 2
    assert library.refresh().changed == NAMES[2:]
    assert_same(library, alone)


def test_the_command_has_its_index_built_by_several_processes(
    library: Library, alone: Library
) -> None:
    command = [sys.executable, "-m", "briefing", "--library", str(library.root), "index"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("Traceback")) == (0, 0)
    assert_same(library, alone)
