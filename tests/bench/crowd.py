"""Many write and read on one index for a while: no error, no wait, no half article, nothing lost.

    python tests/bench/crowd.py --seconds 60
    python tests/bench/crowd.py --seconds 300 --writers 10 --readers 20 --index postgresql://…

The index is made anew, in a folder of its own or the database. Exit status 1 when a process met an
error, a reader an article that was half there, or a change was lost at the end.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

import corpus  # noqa: E402
import kill_index  # noqa: E402

from briefing.search.address import SCHEMES  # noqa: E402
from briefing.search.index import IndexPlace, create_index, open_index  # noqa: E402


def write(place: IndexPlace, number: int, end: float, pause: float) -> dict[str, Any]:
    index = open_index(place)
    waits: list[float] = []
    newest: dict[int, int] = {}
    while time.time() < end:
        change = len(waits)
        begun = time.perf_counter()
        index.update(f"w{number}", kill_index.INFO, [kill_index.article(change % 40, change)])
        waits.append((time.perf_counter() - begun) * 1000)
        newest[change % 40] = change
        index.merge()
        time.sleep(pause)
    return {**spread(waits), "newest": list(newest.items())}


def read(place: IndexPlace, number: int, end: float, pause: float) -> dict[str, Any]:
    index = open_index(place)
    waits: list[float] = []
    problems: list[str] = []
    while time.time() < end:
        begun = time.perf_counter()
        results = index.search(f"marker{(len(waits) + number) % 40} cables", limit=100)
        waits.append((time.perf_counter() - begun) * 1000)
        problems += [g.article for g in results.groups if g.total != 5]
        time.sleep(pause)
    return {**spread(waits), "problems": problems}


def spread(waits: list[float]) -> dict[str, float]:
    ordered = sorted(waits)
    parts = {
        name: ordered[int(len(ordered) * part)] for name, part in (("p50", 0.5), ("p95", 0.95))
    }
    return {"done": len(ordered), **parts}


def fill(place: IndexPlace, passages: int) -> None:
    """Make the index anew, with so many passages that are none of the crowd's."""
    index = create_index(place)
    lots = corpus.Lots()
    with index.batch():
        for article in corpus.articles(corpus.made(passages, lots), lots):
            index.update("before", kill_index.INFO, [article])
    index.close()


def count_lost(place: IndexPlace, told: list[Any]) -> int:
    """Read the whole index, and count the last changes of each writer that are not in it."""
    index = open_index(place)
    index.verify()
    return sum(
        index.search(f"marker{article} edition{change}", briefing=f"w{number}").total_chunks != 5
        for number, each in enumerate(told)
        for article, change in (each["newest"] if each else ())
    )


def start(kind: str, number: int, options: argparse.Namespace) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "ignore", __file__, "--as", kind, "--number", str(number)]
    command += ["--index", options.index, "--seconds", str(options.seconds)]
    command += ["--pause", str(options.pause if kind == "read" else options.pause_writing)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def place_of(index: str) -> IndexPlace:
    return index if index.startswith(SCHEMES) else Path(index)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--writers", type=int, default=2)
    parser.add_argument("--readers", type=int, default=10)
    parser.add_argument("--pause", type=float, default=0.02, help="of a reader, in seconds")
    parser.add_argument("--pause-writing", type=float, default=0.0)
    parser.add_argument("--passages", type=int, default=0, help="that are there before")
    parser.add_argument("--index", help="a folder or the address of a database, which is emptied")
    parser.add_argument("--as", dest="kind", choices=("write", "read"), help=argparse.SUPPRESS)
    parser.add_argument("--number", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.kind:
        work = write if options.kind == "write" else read
        end = time.time() + options.seconds
        print(json.dumps(work(place_of(options.index), options.number, end, options.pause)))
        return 0
    with ExitStack() as kept:
        if options.index is None:
            folder = tempfile.TemporaryDirectory(prefix="briefing-crowd-")
            options.index = kept.enter_context(folder)
        fill(place_of(options.index), options.passages)
        crowd = [start("write", n, options) for n in range(options.writers)]
        crowd += [start("read", n, options) for n in range(options.readers)]
        told = [json.loads(process.communicate()[0] or "null") for process in crowd]
        lost = count_lost(place_of(options.index), told[: options.writers])
    if None in told:
        print("a process failed")
        return 1
    writers, readers = told[: options.writers], told[options.writers :]
    problems = [problem for each in readers for problem in each["problems"]]
    for what, each in (("changes by writers", writers), ("searches by readers", readers)):
        slowest = max(told["p95"] for told in each)
        usual = sorted(told["p50"] for told in each)[len(each) // 2]
        print(
            f"{sum(told['done'] for told in each):,} {what} ({len(each)}): "
            f"p50 {usual:.0f} ms, p95 of the slowest {slowest:.0f} ms"
        )
    print(f"{len(problems)} half articles, {lost} changes lost")
    return 1 if problems or lost else 0


if __name__ == "__main__":
    raise SystemExit(main())
