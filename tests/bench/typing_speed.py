"""Type queries into the app as fast as a person can, in a real terminal, and look for stalls.

    python tests/bench/make_library.py FOLDER --briefings 50 --articles 100 --words 600
    python tests/bench/typing_speed.py FOLDER [--keys-per-second 12] [--json FILE]

Shown are the wall times from a key to the frame that has it, and from the last key of a query to
the last frame, with the CPU time a key and the memory of the app's process (Linux only).
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios
import time
from pathlib import Path

QUERIES = ("germany poland", "minister said", "network*", "country:DE ban", "telecom operator")
READY = 1.0
"""The app has settled when it has written nothing for so many seconds."""
BLINK = 2_000
"""A blinking cursor writes no more bytes than this."""
TICKS = os.sysconf("SC_CLK_TCK")


class Terminal:
    """A process in a terminal of its own, and what it writes."""

    def __init__(self, command: list[str], columns: int, lines: int) -> None:
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
            os.execvp(command[0], command)  # noqa: S606 - our own command
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, size)

    def write(self, keys: bytes) -> None:
        os.write(self._file, keys)

    def read(self, seconds: float) -> bytes:
        """Return what is written next, or nothing after so many seconds or when the app is gone."""
        ready, _, _ = select.select([self._file], [], [], max(0.0, seconds))
        try:
            return os.read(self._file, 1 << 16) if ready else b""
        except OSError:
            return b""

    def settle(self, quiet: float = READY) -> float | None:
        """Read until nothing comes for so long; return when the last frame came, if any did."""
        last, begun = None, time.perf_counter()
        while time.perf_counter() - (last or begun) < quiet:
            if len(self.read(0.05)) > BLINK:
                last = time.perf_counter()
        return last

    def close(self) -> None:
        """Leave the search and the app."""
        for key in (b"\x1b", b"q"):
            self.write(key)
            self.settle(0.3)
        os.close(self._file)
        os.waitpid(self.pid, 0)

    def cpu(self) -> float:
        """Return the CPU time so far in ms, children left out."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / TICKS

    def memory(self, kind: str) -> float:
        """Return resident memory in MiB: `VmRSS` all of it, `RssAnon` without mapped files."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return round(int(status.partition(f"{kind}:")[2].split()[0]) / 1024, 1)


def type_query(app: Terminal, query: str, pause: float) -> tuple[list[float], float]:
    """Type a query; return each key's ms to the frame that shows it, and those to the last frame.

    A key whose frame had not come when the next was due is waited for no longer than a second.
    """
    waits: list[float] = []
    pressed = last = time.perf_counter()
    for place in range(len(query)):
        shown = query[: place + 1].encode()
        pressed = time.perf_counter()
        app.write(query[place].encode())
        seen, due, arrived = b"", pressed + pause, None
        while (now := time.perf_counter()) < due or (arrived is None and now < pressed + 1):
            news = app.read(min(0.02, due - now) if arrived else 0.02)
            seen += news
            last = time.perf_counter() if len(news) > BLINK else last
            if arrived is None and shown in seen:
                arrived = time.perf_counter()
        waits.append(((arrived or time.perf_counter()) - pressed) * 1000)
    return waits, max(0.0, ((app.settle(0.4) or last) - pressed) * 1000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keys-per-second", type=float, default=12)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--size", default="160x48")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    columns, lines = map(int, options.size.split("x"))
    command = [sys.executable, "-m", "briefing", "--library", str(options.folder)]
    app = Terminal(command, columns, lines)
    app.settle(2.0)
    app.write(b"/")
    app.settle()
    waits: list[float] = []
    ends: list[float] = []
    before = app.cpu()
    for _ in range(options.rounds):
        for query in QUERIES:
            each, end = type_query(app, query, 1 / options.keys_per_second)
            waits += each
            ends.append(end)
            app.write(b"\x15")
            app.settle(0.4)
    spent = app.cpu() - before
    waits.sort()
    figures = {
        "keys": len(waits),
        "key to its frame, ms": {
            "p50": round(waits[len(waits) // 2], 1),
            "p95": round(waits[int(len(waits) * 0.95)], 1),
            "max": round(waits[-1], 1),
        },
        "last key to last frame, ms": {
            "p50": round(sorted(ends)[len(ends) // 2], 1),
            "max": round(max(ends), 1),
        },
        "CPU a key, ms": round(spent / len(waits), 1),
        "memory, MiB": {"all": app.memory("VmRSS"), "own": app.memory("RssAnon")},
    }
    app.close()
    for name, value in figures.items():
        print(f"{name:28} {value}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
