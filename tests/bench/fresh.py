"""What a search costs in a fresh process, against the bare cost of opening its index.

    python tests/bench/make_library.py FOLDER --briefings 50 --articles 40 --words 300
    python tests/bench/fresh.py FOLDER --query "germany port"

The bare process imports Whoosh, opens that index and makes a searcher, and does nothing else. The
two take turns, so that what else the machine does weighs on both. Exit status 1 where the ratio
of their CPU times is over its budget.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
from pathlib import Path

BUDGET = 1.5
BARE = "import sys, whoosh.index; whoosh.index.open_dir(sys.argv[1]).searcher()"


def cpu(command: list[str]) -> float:
    """Run a command and return its CPU time in ms."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path, help="a library")
    parser.add_argument("--query", default="germany port")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    python = [sys.executable, "-W", "ignore"]
    bare = [*python, "-c", BARE, str(options.folder / "index" / "search")]
    search = [*python, "-m", "briefing", "--library", str(options.folder), "search", options.query]
    pairs = [(cpu(bare), cpu(search)) for _ in range(options.rounds + 1)][1:]
    one, other = (statistics.median(each) for each in zip(*pairs, strict=True))
    ratio = other / one
    print(f"bare {one:.0f} ms, briefing search {other:.0f} ms of CPU: {ratio:.2f} (≤ {BUDGET})")
    return 0 if ratio <= BUDGET else 1


if __name__ == "__main__":
    raise SystemExit(main())
