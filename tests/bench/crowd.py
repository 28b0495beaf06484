"""Two writers and ten readers on one index for a while: no error, no wait, no half article.

    python tests/bench/crowd.py --seconds 60

Exit status 1 when a process met an error, a reader an article that was half there, or a change
was lost at the end.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

import kill_index  # noqa: E402

from briefing.search.index import create_index, open_index  # noqa: E402

WRITERS, READERS = 2, 10


def write(folder: Path, number: int, end: float) -> dict[str, Any]:
    index = open_index(folder)
    changes = 0
    newest: dict[int, int] = {}
    while time.time() < end:
        index.update(f"w{number}", kill_index.INFO, [kill_index.article(changes % 40, changes)])
        newest[changes % 40] = changes
        index.merge()
        changes += 1
    return {"changes": changes, "newest": list(newest.items())}


def read(folder: Path, number: int, end: float) -> dict[str, Any]:
    index = open_index(folder)
    waits: list[float] = []
    problems: list[str] = []
    while time.time() < end:
        begun = time.perf_counter()
        results = index.search(f"marker{(len(waits) + number) % 40} cables", limit=100)
        waits.append((time.perf_counter() - begun) * 1000)
        problems += [g.article for g in results.groups if g.total != 5]
        time.sleep(0.02)
    waits.sort()
    return {"searches": len(waits), "p95": waits[int(len(waits) * 0.95)], "problems": problems}


def count_lost(folder: Path, told: list[Any]) -> int:
    """Read the whole index, and count the last changes of each writer that are not in it."""
    index = open_index(folder)
    index.verify()
    return sum(
        index.search(f"marker{article} edition{change}", briefing=f"w{number}").total_chunks != 5
        for number, each in enumerate(told)
        for article, change in (each["newest"] if each else ())
    )


def start(kind: str, folder: Path, number: int, seconds: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "ignore", __file__, "--as", kind, "--number", str(number)]
    command += ["--folder", str(folder), "--seconds", str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--as", dest="kind", choices=("write", "read"), help=argparse.SUPPRESS)
    parser.add_argument("--number", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.kind:
        work = write if options.kind == "write" else read
        print(json.dumps(work(options.folder, options.number, time.time() + options.seconds)))
        return 0
    with tempfile.TemporaryDirectory(prefix="briefing-crowd-") as name:
        folder = Path(name)
        create_index(folder)
        crowd = [start("write", folder, n, options.seconds) for n in range(WRITERS)]
        crowd += [start("read", folder, n, options.seconds) for n in range(READERS)]
        told = [json.loads(process.communicate()[0] or "null") for process in crowd]
        lost = count_lost(folder, told[:WRITERS])
    if None in told:
        print("a process failed")
        return 1
    readers = told[WRITERS:]
    problems = [problem for each in readers for problem in each["problems"]]
    print(
        f"{sum(each['changes'] for each in told[:WRITERS])} changes by {WRITERS} writers; "
        f"{sum(each['searches'] for each in readers)} searches by {READERS} readers, "
        f"the slowest reader's p95 {max(each['p95'] for each in readers):.0f} ms; "
        f"{len(problems)} half articles, {lost} changes lost"
    )
    return 1 if problems or lost else 0


if __name__ == "__main__":
    raise SystemExit(main())
