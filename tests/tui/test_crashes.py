"""What ends the reader by an error: a sentence and an exit code, never what was being read."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from briefing.crashes import report_crash

pty = pytest.importorskip("pty", reason="a terminal as POSIX systems have it")
termios = pytest.importorskip("termios")


def in_terminal(
    environment: dict[str, str],
    *arguments: str,
    typed: Mapping[str, bytes] = {},
    until: str = "Ports",
    end: signal.Signals | None = None,
) -> tuple[int, str]:
    """Run `briefing` in a terminal of its own; returns its exit code and what it wrote.

    The bytes of `typed` are sent to it once it shows the words before them, and `end` once it shows
    `until`. The terminal is the same before and after.
    """
    ours, theirs = pty.openpty()
    before, waiting = termios.tcgetattr(theirs), dict(typed)
    with subprocess.Popen(
        [sys.executable, "-m", "briefing", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment | {"TERM": "xterm-256color", "LINES": "24"},
        start_new_session=True,
    ) as child:
        written = b""
        while child.poll() is None or select.select([ours], [], [], 0.2)[0]:
            if select.select([ours], [], [], 0.1)[0]:
                written += read(ours)
            for words in [words for words in waiting if words.encode() in written]:
                os.write(ours, waiting.pop(words))
            if end is not None and until.encode() in written:
                child.send_signal(end)
                end = None
        assert termios.tcgetattr(theirs) == before
        os.close(theirs)
        os.close(ours)
    return child.returncode, written.decode("utf-8", "replace")


def read(terminal: int) -> bytes:
    """Read what is there; nothing once the other side has gone."""
    try:
        return os.read(terminal, 65_536)
    except OSError:
        return b""


@pytest.mark.parametrize("command", [(), ("open", "ports")])
def test_a_reader_that_crashed_says_so_with_a_code_and_shows_nothing_of_its_inside(
    briefing, environment: dict[str, str], story: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    assert briefing("add", story, "--to", "ports").returncode == 0
    (tmp_path / "library/content/ports/briefing.yaml").write_text("title: Other\n", "utf-8")
    # A module that cannot be loaded stands for whatever may go wrong while the reader is open.
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "yaml.py").write_text("raise RuntimeError('half installed')", encoding="utf-8")
    environment["PYTHONPATH"] = os.pathsep.join([str(broken), environment["PYTHONPATH"]])
    library = tmp_path / "library"
    code, written = in_terminal(environment, "--library", str(library), *command)
    assert code == 1
    assert "error: the reader: unexpected error (RuntimeError)." in plain(written)
    assert "locals" not in written
    assert "Traceback" not in written
    log = Path(environment["XDG_STATE_HOME"]) / "briefing" / "crash.log"
    assert "half installed" in log.read_text("utf-8")


@pytest.mark.parametrize("heard", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_that_ends_the_reader_leaves_the_terminal_as_it_was(
    briefing, environment: dict[str, str], story: Path, tmp_path: Path, heard: signal.Signals
) -> None:
    assert briefing("add", story, "--to", "ports").returncode == 0
    code, written = in_terminal(environment, "--library", str(tmp_path / "library"), end=heard)
    assert code == 128 + heard
    for mode in ("1049", "1000", "1003", "1006", "2004", "25"):
        on, off = ("l", "h") if mode == "25" else ("h", "l")
        assert written.rfind(f"\x1b[?{mode}{off}") >= written.rfind(f"\x1b[?{mode}{on}"), mode
    assert "Traceback" not in written


def test_the_reader_ends_with_a_terminal_that_goes_away_without_a_word(
    briefing, environment: dict[str, str], story: Path, tmp_path: Path
) -> None:
    assert briefing("add", story, "--to", "ports").returncode == 0
    ours, theirs = pty.openpty()
    open_it = f"trap '' HUP; exec {sys.executable} -m briefing --library library open ports"
    with subprocess.Popen(
        ["/bin/sh", "-c", open_it], stdin=theirs, stdout=theirs, stderr=theirs, cwd=tmp_path,
        env=environment | {"TERM": "xterm-256color"}, start_new_session=True,
    ) as child:  # fmt: skip
        os.close(theirs)
        written = b""
        while b"Lin" not in written:
            written += os.read(ours, 65_536)
        os.close(ours)
        # 120 is Python's own, where the last words cannot be written any more.
        assert child.wait(20) in {120, 128 + signal.SIGHUP}
    state = Path(environment["XDG_STATE_HOME"]) / "briefing" / "reading.json"
    assert '"ports"' in state.read_text("utf-8")


def test_bytes_that_are_no_text_end_nothing(
    briefing, environment: dict[str, str], story: Path, tmp_path: Path
) -> None:
    assert briefing("add", story, "--to", "ports").returncode == 0
    half = "“".encode()[:2]
    pasted = b"\x1b[200~" + half + b"\x9cq\xff" + half + b"z\x1b[201~"
    code, written = in_terminal(
        environment, "--library", str(tmp_path / "library"),
        typed={"Ports": b"\xff\xfe" + half + b"/", "Type words": pasted},
        until="“q��z", end=signal.SIGTERM,
    )  # fmt: skip
    assert code == 128 + signal.SIGTERM
    assert "Traceback" not in written


def test_a_crash_is_reported_in_a_file_where_the_state_folder_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").write_text("in the way")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    shown = report_crash(RuntimeError("half installed"), "the reader")
    (log,) = tmp_path.glob("briefing-crash-*.log")
    assert str(log) in (shown.hint or "")
    assert "half installed" in log.read_text("utf-8")


def test_the_trace_of_a_crash_holds_nothing_that_a_terminal_obeys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("BRIEFING_DEBUG", "1")
    report_crash(KeyError("half"), "the reader")
    report_crash(ValueError("bad word: \x1b]0;gone\x07 \udcff"), "the reader")
    shown = capsys.readouterr().err
    for trace in (shown, (tmp_path / "briefing" / "crash.log").read_text("utf-8")):
        assert "ValueError: bad word: ␛]0;gone␇ �" in trace
        assert "\x1b" not in trace


def plain(written: str) -> str:
    """Return the last of what was written without the codes that colour it."""
    return re.sub(r"\x1b\[[0-9;]*m", "", written)
