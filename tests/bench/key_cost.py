"""Weigh each key of a session in the app: CPU time of the screens' thread, and of the process.

    python tests/bench/key_cost.py LIBRARY BRIEFING [--size 160x48] [--rounds 5] [KEY ...]

Every round copies the library, so that corrections may be among the keys, and begins as a
newcomer, whose first key closes the welcome. The clock is the scheduler's own (Linux), which counts
in nanoseconds what `ps` counts in ticks of ten milliseconds.
Shown is the least of all rounds, which other processes disturbed least: `ui` is the thread that
draws and takes keys, `all` the whole process.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

from typing_speed import Terminal

SESSION = (  # corrections among what one does in between
    "tab j i s esc n l j h x u * u r 1 0 p t h tab tab enter v right esc a esc m esc u B esc z esc"
)
QUIET = 4.0
"""The CPU ms in which the app at rest blinks its cursor now and then."""
NAMED = {
    "tab": b"\t", "esc": b"\x1b", "enter": b"\r", "space": b" ", "up": b"\x1b[A",
    "down": b"\x1b[B", "right": b"\x1b[C", "left": b"\x1b[D", "shift+tab": b"\x1b[Z",
}  # fmt: skip


def spent(pid: int) -> tuple[float, float]:
    """Return the CPU time so far in ms: of the first thread, and of all."""
    first, total = 0.0, 0.0
    for task in Path(f"/proc/{pid}/task").iterdir():
        used = int((task / "schedstat").read_text().split()[0]) / 1e6
        total += used
        first = used if task.name == str(pid) else first
    return first, total


def rest(app: Terminal) -> None:
    """Wait until the app does no more than blink its cursor."""
    used = -QUIET
    while (now := spent(app.pid)[1]) - used >= QUIET:
        used = now
        app.settle(0.8)


def weigh(options: argparse.Namespace, folder: Path) -> list[tuple[float, float]]:
    """Press each key once; return what each cost."""
    columns, lines = map(int, options.size.split("x"))
    command = [sys.executable, "-m", "briefing", "--library", str(folder)]
    app = Terminal([*command, "open", options.briefing], columns, lines)
    while app.settle(1.5) is None:
        pass
    rest(app)
    costs = []
    for key in options.keys:
        before = spent(app.pid)
        app.write(NAMED.get(key, key.encode()))
        rest(app)
        after = spent(app.pid)
        costs.append((after[0] - before[0], max(after[1] - before[1], after[0] - before[0])))
    app.write(b"\x1b\x1bq")
    app.settle(0.3)
    os.kill(app.pid, 15)
    os.waitpid(app.pid, 0)
    return costs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("briefing")
    parser.add_argument("keys", nargs="*")
    parser.add_argument("--size", default="160x48")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_intermixed_args()
    options.keys = options.keys or SESSION.split()
    rounds = []
    with tempfile.TemporaryDirectory() as base:
        for number in range(options.rounds):
            folder = Path(base) / str(number)
            os.environ["XDG_STATE_HOME"] = str(folder) + "-state"
            shutil.copytree(options.library, folder)
            rounds.append(weigh(options, folder))
    for at, key in enumerate(options.keys):
        ui, whole = (min(each[at][n] for each in rounds) for n in (0, 1))
        print(f"{key:10} ui {ui:6.1f}  all {whole:6.1f}")


if __name__ == "__main__":
    main()
