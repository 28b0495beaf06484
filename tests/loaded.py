"""Commands in processes that need not load `briefing`: forks of one that has loaded it.

Loading is most of what a small command does. Each still has a process, streams, folder and
environment of its own, and ends as an interpreter does. `python -m tests.loaded` is the one forked.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import pkgutil
import runpy
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import briefing
from briefing.errors import BriefingError

LIMIT = 400
"""Seconds after which a command is ended."""
AT_START = ("PYTHON", "LANG", "LC_", "PATH", "TZ")
"""How variables begin that Python, or something it loads, reads only once."""


class LoadedCommand:
    """A process that has loaded `briefing`, and runs each command in a fork of itself."""

    def __init__(self, environment: Mapping[str, str], folder: Path) -> None:
        self._environment = environment
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.loaded"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(environment),
            cwd=folder,
        )  # fmt: skip

    def can_run(self, environment: Mapping[str, str]) -> bool:
        """Whether a fresh process would start as this one did."""
        return _at_start(environment) == _at_start(self._environment)

    def run(
        self, arguments: Sequence[str], stdin: bytes, environment: Mapping[str, str], cwd: Path
    ) -> subprocess.CompletedProcess[bytes]:
        """Run `briefing` with arguments, as `subprocess.run` does with its output captured."""
        with tempfile.TemporaryDirectory() as folder:
            streams = [Path(folder) / name for name in ("stdin", "stdout", "stderr")]
            streams[0].write_bytes(stdin)
            call = (arguments, dict(environment), str(cwd), list(map(str, streams)))
            self._process.stdin.write(json.dumps(call) + "\n")
            self._process.stdin.flush()
            code = int(self._process.stdout.readline())
            printed = [stream.read_bytes() for stream in streams[1:]]
        return subprocess.CompletedProcess(["briefing", *arguments], code, *printed)

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def _at_start(environment: Mapping[str, str]) -> Mapping[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(AT_START)}


def load() -> None:
    """Load all but the reader, and what is read from data files at the first article."""
    from briefing.library import Library
    from briefing.library.reports import InputBytes
    from tests.conftest import STORY

    for module in pkgutil.walk_packages(briefing.__path__, "briefing."):
        if not module.name.startswith(("briefing.tui", "briefing.__main__")):
            with suppress(ImportError, BriefingError):  # What it needs is an extra.
                import_module(module.name)
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder), create=True)
        library.add([InputBytes(name="story.txt", data=STORY.encode())], to="ports")
        library.close()
    gc.collect()
    gc.freeze()


def serve() -> bool:
    """Fork for each line that comes, and answer with the exit code; whether this is a fork."""
    for line in sys.stdin:
        process = os.fork()
        if not process:
            become(*json.loads(line))
            return True
        _, status = os.waitpid(process, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()
    return False


def become(
    arguments: Sequence[str], environment: Mapping[str, str], cwd: str, streams: Sequence[str]
) -> None:
    """Take the arguments, environment, folder and streams of a command."""
    signal.alarm(LIMIT)
    for number, (name, mode) in enumerate([("stdin", "r"), ("stdout", "w"), ("stderr", "w")]):
        flags = os.O_RDONLY if mode == "r" else os.O_WRONLY | os.O_CREAT
        opened = os.open(streams[number], flags)
        os.dup2(opened, number)
        os.close(opened)
        old = getattr(sys, name)
        options = {"encoding": old.encoding, "errors": old.errors, "closefd": False}
        new = open(number, mode, **options)  # noqa: PTH123, SIM115
        setattr(sys, name, new)
        setattr(sys, f"__{name}__", new)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None
    os.chdir(cwd)
    sys.argv[1:] = arguments


def run() -> None:
    """Run the command, and end without the clearing of memory: it would copy all that is shared."""
    try:
        runpy.run_module("briefing", run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        code = int(ended.code or 0)
    else:
        code = 0
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    load()
    if serve():
        run()
