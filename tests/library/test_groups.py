"""Documents that are added together: stored in groups, none twice, and none lost by a kill."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.library import Library
from briefing.library.reports import InputBytes

KILLED = """
import os, signal, sys
from pathlib import Path
from briefing.library import Library

def kill_late(done, total, name):
    if done == 250:
        os.kill(os.getpid(), signal.SIGKILL)

library = Library.open(Path(sys.argv[1]), create=True)
library.add([Path(sys.argv[2])], to="masts", progress=kill_late)
"""


def _text(number: int) -> bytes:
    return f"Mast {number} stands\n\n“Mast {number} is ours,” said Ana Lin.".encode()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no process can be killed here")
def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for number in range(300):
        (texts / f"{number:03}.txt").write_bytes(_text(number))
    command = [sys.executable, "-c", KILLED, str(tmp_path / "library"), str(texts)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL

    library = Library.open(tmp_path / "library")
    report = library.add([texts], to="masts")
    assert (len(report.duplicates), len(report.added), report.failures) == (200, 100, ())
    assert library.check("masts") == ()
    assert len(library.briefing("masts").articles) == 300


def test_the_same_bytes_in_one_call_are_one_article(tmp_path: Path) -> None:
    library = Library.open(tmp_path, create=True)
    inputs = [InputBytes(name=name, data=_text(1)) for name in ("a.txt", "b.txt")]
    report = library.add(inputs, to="masts")
    assert [item.name for item in report.added] == ["a.txt"]
    assert [(copy.name, copy.article) for copy in report.duplicates] == [
        ("b.txt", report.added[0].article)
    ]


def test_texts_of_one_name_get_ids_of_their_own_within_a_call(tmp_path: Path) -> None:
    library = Library.open(tmp_path, create=True)
    inputs = [
        InputBytes(name="a.txt", data=b"Masts stand\n\nMast %d stands in the wind." % number)
        for number in range(3)
    ]
    report = library.add(inputs, to="masts")
    assert [item.article for item in report.added] == [
        "masts-stand",
        "masts-stand-2",
        "masts-stand-3",
    ]


def test_one_that_cannot_be_stored_stops_no_other_of_its_group(tmp_path: Path) -> None:
    library = Library.open(tmp_path, create=True)
    in_the_way = tmp_path / "content" / "masts" / "masts-fall.yaml"
    in_the_way.mkdir(parents=True)
    inputs = [
        InputBytes(name=f"{word}.txt", data=f"Masts {word}\n\nThey {word} in the wind.".encode())
        for word in ("stand", "fall", "bend")
    ]
    report = library.add(inputs, to="masts")
    assert {item.article for item in report.added} >= {"masts-stand", "masts-bend"}
    assert len(report.added) + len(report.failures) == 3
