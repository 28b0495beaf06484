"""A second writer: it says what it waits for, continues when it can, and can be interrupted."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
Start = Callable[..., subprocess.Popen[str]]

HOLD = """
import sys
from pathlib import Path
from briefing.content.locking import library_lock

with library_lock(Path(sys.argv[1]), doing=sys.argv[2]):
    print("held", flush=True)
    sys.stdin.readline()
"""
no_ctrl_c = pytest.mark.skipif(
    sys.platform == "win32", reason="there is no Ctrl-C to send to one process"
)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def hold(start_python: Start) -> Callable[[Path, str], subprocess.Popen[str]]:
    """Return a function that starts a process that holds the lock in a folder until it is ended."""

    def run(folder: Path, doing: str) -> subprocess.Popen[str]:
        holder = start_python("-c", HOLD, folder, doing)
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        return holder

    return run


Hold = Callable[[Path, str], subprocess.Popen[str]]


def line_of(process: subprocess.Popen[str]) -> str:
    """Return the next line on a process's standard error."""
    assert process.stderr is not None
    return process.stderr.readline().rstrip("\n")


def end(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate("\n", timeout=60)
    return process.returncode, out, err


def told(holder: subprocess.Popen[str], doing: str, library: Path) -> str:
    return f"Process {holder.pid} ({doing}) is writing to the library {library}; waiting for it."


def test_adding_while_another_process_writes_says_so_in_one_line_and_goes_on(
    start_python: Start, hold: Hold, library: Path, story: Path
) -> None:
    holder = hold(library, "annotating")
    second = start_python("-m", "briefing", "--library", library, "add", story, "--to", "ports")
    assert line_of(second) == told(holder, "annotating", library)
    assert not (library / "content/ports").exists()
    assert end(holder) == (0, "", "")
    code, out, err = end(second)
    assert (code, out) == (0, "")
    assert err.splitlines()[0].startswith("added story.txt as ports/")
    assert len(err.splitlines()) == 3


def test_searching_while_another_process_indexes_says_so_and_answers_on_standard_output(
    briefing: Run, start_python: Start, hold: Hold, library: Path, story: Path
) -> None:
    briefing("add", story, "--to", "ports")
    (library / "content/ports/briefing.yaml").write_text("title: Harbours\n", encoding="utf-8")
    holder = hold(library / "index", "indexing")
    second = start_python("-m", "briefing", "--library", library, "search", "third winter")
    assert line_of(second) == told(holder, "indexing", library)
    assert end(holder) == (0, "", "")
    code, out, err = end(second)
    assert (code, err) == (0, "")
    assert "1 passage" in out


def test_reading_what_is_up_to_date_waits_for_nobody(
    briefing: Run, hold: Hold, library: Path, story: Path
) -> None:
    briefing("add", story, "--to", "ports")
    hold(library, "annotating")
    hold(library / "index", "indexing")
    done = briefing("search", "third winter")
    assert (done.returncode, done.stderr) == (0, "")


@no_ctrl_c
def test_interrupted_while_waiting_to_add_nothing_is_added(
    briefing: Run, start_python: Start, hold: Hold, library: Path, story: Path
) -> None:
    holder = hold(library, "annotating")
    second = start_python("-m", "briefing", "--library", library, "add", story, "--to", "ports")
    line_of(second)
    second.send_signal(signal.SIGINT)
    code, out, err = end(second)
    assert (code, out, err.strip()) == (
        130,
        "",
        "error: interrupted; everything added so far is kept",
    )
    assert list((library / "content").iterdir()) == []
    assert end(holder) == (0, "", "")
    assert briefing("add", story, "--to", "ports").returncode == 0


@no_ctrl_c
def test_interrupted_while_waiting_to_index_what_was_added_stays_and_is_found_later(
    briefing: Run, start_python: Start, hold: Hold, library: Path, story: Path
) -> None:
    holder = hold(library / "index", "indexing")
    second = start_python("-m", "briefing", "--library", library, "add", story, "--to", "ports")
    assert line_of(second) == told(holder, "indexing", library)
    second.send_signal(signal.SIGINT)
    assert end(second)[0] == 130
    assert end(holder) == (0, "", "")
    assert briefing("check").returncode == 0
    assert "1 passage" in briefing("search", "third winter").stdout
