"""Completion in a shell: its script, what it offers, and that it loads nothing heavy for that."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import ARTICLE
from tests.conftest import Run
from tests.test_import_hygiene import HEAVY

Complete = Callable[..., list[str]]


@pytest.fixture
def complete(tmp_path: Path, environment: dict[str, str]) -> Complete:
    """Return a function that completes the last word of a command line in bash's way."""

    def run(*words: str) -> list[str]:
        line = ["briefing", "--library", str(tmp_path / "library"), *words]
        asked = {"COMP_WORDS": " ".join(line), "COMP_CWORD": str(len(line) - 1)}
        done = subprocess.run(
            [sys.executable, "-m", "briefing"],
            env=environment | asked | {"_BRIEFING_COMPLETE": "bash_complete"},
            capture_output=True, text=True, cwd=tmp_path, check=True,
        )  # fmt: skip
        return [each.removeprefix("plain,") for each in done.stdout.split()]

    return run


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("re",), ["remove", "rename", "restore"]),
        (("show", "po"), ["ports", "ports/"]),
        (("show", "ports", "--article", "h"), [ARTICLE.removeprefix("ports/")]),
        (("export", "po"), ["ports"]),
        (("add", "sto"), ["file,sto"]),
        (("export", "ports", "-o", "x"), ["file,x"]),
        (("note", "po"), ["ports", "ports/"]),
        (("note", "ports/h"), [ARTICLE, f"{ARTICLE}/"]),
        (("note", f"{ARTICLE}/q-f"), [f"{ARTICLE}/q-fa32"]),
        (("note", f"{ARTICLE}/c"), [f"{ARTICLE}/c{number}" for number in range(1, 7)]),
        (("set", "ports", "bo"), ["bottom_line="]),
        (("set", ARTICLE, "reprint_of.p"), ["reprint_of.publisher="]),
        (("set", f"{ARTICLE}/q-fa32", "s"), ["speaker="]),
        (("set", f"{ARTICLE}/c3", "r"), ["role="]),
        (("rule", f"{ARTICLE}/c3", "no"), ["none"]),
        (("move", ARTICLE, "p"), ["ports"]),
        (("search", "--in", "p"), ["ports"]),
        (("completion", ""), ["bash", "zsh", "fish"]),
        (("who", "ports", "--country", "gb"), ["GB"]),
        (("export", "ports", "--select", f"{ARTICLE[6:]}/q-f"), [f"{ARTICLE[6:]}/q-fa32"]),
        (("codebook", "m"), ["measures"]),
        (("new", "x", "--codebook", "s"), ["sides"]),
        (("quote", ARTICLE, "--type", "o"), ["official"]),
        (("undo", "ports", "--action", "x"), []),
        (("note", "nowhere/x"), []),
        (("note", "../x/y"), []),
    ],
)
@pytest.mark.usefixtures("desk")
def test_commands_names_ids_and_keys_are_completed(
    complete: Complete, words: tuple[str, ...], offered: list[str]
) -> None:
    assert complete(*words) == offered


def test_no_name_is_offered_that_a_shell_would_run(
    desk: Run, complete: Complete, content: Path
) -> None:
    assert desk("new", "plain").returncode == 0
    for name in ("$(touch x)", "a;b", "-rf", "p\x1b[2J", "p q", "p`x`"):
        shutil.copytree(content / "plain", content / name)
    assert complete("export", "") == ["plain", "ports"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_is_printed_that_its_shell_can_read(briefing: Run, shell: str) -> None:
    done = briefing("completion", shell, library=None)
    assert (done.returncode, done.stderr) == (0, "")
    assert "_BRIEFING_COMPLETE" in done.stdout
    program = shutil.which(shell)
    if program is not None:
        subprocess.run([program, "-n"], input=done.stdout, text=True, check=True)


def test_another_shell_is_a_wrong_call(briefing: Run) -> None:
    assert briefing("completion", "dos", library=None).returncode == 2


@pytest.mark.usefixtures("desk")
def test_completing_loads_nothing_heavy(tmp_path: Path, environment: dict[str, str]) -> None:
    code = (
        "import sys, os\n"
        "from briefing.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    line = f"briefing --library {tmp_path / 'library'} note {ARTICLE}/q-f"
    asked = {"COMP_WORDS": line, "COMP_CWORD": "4", "_BRIEFING_COMPLETE": "bash_complete"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment | asked,
        capture_output=True, text=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    assert done.stdout == f"plain,{ARTICLE}/q-fa32\n"
    assert set(done.stderr.split()) & (HEAVY | {"filelock"}) == set()
