"""What ends the reader by an error: a sentence and an exit code, never what was being read."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="a terminal as POSIX systems have it")


def in_terminal(environment: dict[str, str], *arguments: str) -> tuple[int, str]:
    """Run `briefing` in a terminal of its own; returns its exit code and what it wrote."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "briefing", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment | {"TERM": "xterm-256color", "LINES": "24"},
        start_new_session=True,
    ) as child:
        os.close(theirs)
        written = b"".join(iter(lambda: read(ours), b""))
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


def plain(written: str) -> str:
    """Return the last of what was written without the codes that colour it."""
    return re.sub(r"\x1b\[[0-9;]*m", "", written)
