"""The lock of a library: one writer at a time, and who has to wait is told for whom."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.content.locking import library_lock
from briefing.errors import BusyError, StoppedError

ROOT = Path(__file__).parents[2]
Start = Callable[..., subprocess.Popen[str]]

HOLD = """
with library_lock(root, doing="indexing"):
    print("held", flush=True)
    sys.stdin.readline()
"""
GET_ON = """
with library_lock(root, doing="indexing") as hold:
    print("held", flush=True)
    end = time.monotonic() + float(sys.argv[2])
    done = 0
    while time.monotonic() < end:
        done += 1
        write_atomic(root / "work", b"done")
        hold.report_progress(done, 9999)
"""
WAIT = """
def tell(words):
    print(words, flush=True)

with library_lock(root, on_wait=tell):
    write_atomic(root / "mine", b"whole")
    print("got it", flush=True)
"""


@pytest.fixture
def start(tmp_path: Path, start_python: Start) -> Start:
    """Return a function that starts Python on code about the library `root`, with arguments."""
    imports = (
        "import sys, time\nfrom pathlib import Path\n"
        "from briefing.content.files import write_atomic\n"
        "from briefing.content.locking import library_lock\nroot = Path(sys.argv[1])\n"
    )
    return lambda code, *arguments: start_python("-c", imports + code, tmp_path, *arguments)


def said(process: subprocess.Popen[str]) -> str:
    """Return the next line that a process prints."""
    assert process.stdout is not None
    return process.stdout.readline().rstrip("\n")


def finish(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate("\n", timeout=60)
    assert err == ""
    assert process.returncode == 0
    return out


def test_the_lock_nests_within_a_thread_and_leaves_nothing_but_its_file(tmp_path: Path) -> None:
    with library_lock(tmp_path), library_lock(tmp_path):
        assert (tmp_path / ".lock-holder").exists()
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]
    with library_lock(tmp_path, timeout=0):
        pass


def test_a_lock_can_stand_elsewhere_when_the_library_cannot_be_written(tmp_path: Path) -> None:
    place = tmp_path / "cache" / "lib"
    with library_lock(tmp_path / "library", place=place):
        assert (place / ".lock").exists()
    assert not (tmp_path / "library").exists()


def test_who_waits_is_told_once_for_whom_and_goes_on_when_it_is_free(
    tmp_path: Path, start: Start
) -> None:
    holder = start(HOLD)
    assert said(holder) == "held"
    waiter = start(WAIT)
    told = f"Process {holder.pid} (indexing) is writing to the library {tmp_path}; waiting for it."
    assert said(waiter) == told
    assert not (tmp_path / "mine").exists()
    assert finish(holder) == ""
    assert finish(waiter) == "got it\n"
    assert (tmp_path / "mine").read_bytes() == b"whole"


def test_who_need_not_wait_is_told_nothing(tmp_path: Path) -> None:
    told: list[str] = []
    with library_lock(tmp_path, on_wait=told.append), library_lock(tmp_path, on_wait=told.append):
        pass
    assert told == []


def test_a_thread_that_waits_for_another_is_told_that_the_program_itself_is_busy(
    tmp_path: Path,
) -> None:
    told: list[str] = []
    free = threading.Event()

    def tell(words: str) -> None:
        told.append(words)
        free.set()

    def work() -> None:
        with library_lock(tmp_path, on_wait=tell):
            pass

    thread = threading.Thread(target=work)
    with library_lock(tmp_path, doing="indexing"):
        thread.start()
        assert free.wait(timeout=60)
    thread.join(timeout=60)
    assert told == [
        f"This process (indexing) is writing to the library {tmp_path}; waiting for it."
    ]


def test_a_holder_that_is_stuck_is_named_and_not_waited_for(tmp_path: Path, start: Start) -> None:
    holder = start(HOLD)
    assert said(holder) == "held"
    with pytest.raises(BusyError) as caught, library_lock(tmp_path, timeout=0.05):
        pass
    assert caught.value.message == (
        f"Process {holder.pid} (indexing) is writing to the library {tmp_path} "
        "and has made no progress for 0.05 s."
    )
    assert finish(holder) == ""
    with library_lock(tmp_path, timeout=5):
        pass


def test_a_holder_that_gets_on_is_waited_for_beyond_the_limit(tmp_path: Path, start: Start) -> None:
    holder = start(GET_ON, 3)
    assert said(holder) == "held"
    with library_lock(tmp_path, timeout=1):
        assert holder.wait(timeout=60) == 0


def test_how_far_the_holder_is_can_be_read(tmp_path: Path, start: Start) -> None:
    holder = start(GET_ON, 60)
    assert said(holder) == "held"
    while not (words := (tmp_path / ".lock-holder").read_text("utf-8")).endswith(" of 9,999)"):
        assert words == f"Process {holder.pid} (indexing)"
    assert words.startswith(f"Process {holder.pid} (indexing, ")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no Ctrl-C to send to one process")
def test_who_is_interrupted_while_waiting_leaves_no_trace_and_the_holder_alone(
    tmp_path: Path, start: Start
) -> None:
    holder = start(HOLD)
    assert said(holder) == "held"
    waiter = start(WAIT)
    assert said(waiter).startswith(f"Process {holder.pid} ")
    waiter.send_signal(signal.SIGINT)
    out, err = waiter.communicate(timeout=60)
    assert (out, err.splitlines()[-1]) == ("", "KeyboardInterrupt")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", ".lock-holder"]
    with pytest.raises(BusyError), library_lock(tmp_path, timeout=0):
        pass
    assert finish(holder) == ""


def test_who_need_wait_no_longer_stops_waiting(tmp_path: Path, start: Start) -> None:
    holder = start(HOLD)
    assert said(holder) == "held"
    cancelled = threading.Event()

    def tell(_: str) -> None:
        cancelled.set()

    with pytest.raises(StoppedError), library_lock(tmp_path, on_wait=tell, cancelled=cancelled):
        pass
    assert finish(holder) == ""


def test_what_is_no_longer_wanted_ends_at_the_next_sign(tmp_path: Path) -> None:
    cancelled = threading.Event()
    with library_lock(tmp_path, cancelled=cancelled) as hold:
        hold.report_progress(1, 3)
        cancelled.set()
        with pytest.raises(StoppedError):
            hold.report_progress(2, 3)


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path, start: Start) -> None:
    holder = start(HOLD)
    assert said(holder) == "held"
    holder.kill()
    holder.wait()
    with library_lock(tmp_path, timeout=5):
        pass
