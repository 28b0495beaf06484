"""Adding by one process, by a local cluster, and by one of whose workers one is killed.

    python tests/bench/cluster.py [FOLDER] [--most 2000]

The files of FOLDER, or made ones: seconds on the clock, of CPU, and the peak memory of the process
that writes and of the largest worker; whether the libraries have the same bytes but for the moment
of adding. What else the machine does stands beside.
"""

from __future__ import annotations

import argparse
import itertools
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

import corpus  # noqa: E402
import psutil  # noqa: E402
from intake import documents  # noqa: E402

from tests.library.test_cluster import files  # noqa: E402


class Run(NamedTuple):
    """What a run took: seconds, CPU seconds of all and of who writes, and peaks in MB."""

    wall: float
    cpu: float
    writing: float
    writer: float
    worker: float
    killed: bool


def make(folder: Path, count: int) -> None:
    """Write made articles as texts."""
    lots = corpus.Lots()
    rows = corpus.made(count * corpus.CHUNKS_AN_ARTICLE, lots)
    for article in itertools.islice(corpus.articles(rows, lots), count):
        text = "\n\n".join([article.headline or "", *(chunk.text for chunk in article.chunks)])
        (folder / f"{article.id}.txt").write_text(text, encoding="utf-8")


def add(root: Path, paths: list[Path], cluster: str | None, kill_at: int | None) -> Run:
    """Add files by the command; a worker is killed once so many articles are written."""
    command = [sys.executable, "-m", "briefing", "--library", root, "add", *paths, "--to", "pile"]
    command += ["--cluster", cluster] if cluster else []
    start = time.perf_counter()
    done = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peaks: dict[int, float] = {}
    spent: dict[int, float] = {}
    killed = False
    while done.poll() is None:
        children = done.children(recursive=True)
        for each in (done, *children):
            with suppress(psutil.Error, OSError):
                times = each.cpu_times()
                spent[each.pid] = times.user + times.system
                peaks[each.pid] = max(peaks.get(each.pid, 0), each.memory_info().rss / 1e6)
        if kill_at and not killed and len(list(root.glob("content/pile/*.yaml"))) > kill_at:
            largest = max(children, key=lambda each: peaks.get(each.pid, 0))
            largest.kill()
            killed = True
        time.sleep(0.05)
    writer = peaks.pop(done.pid)
    wall = time.perf_counter() - start
    cpu = sum(spent.values())
    return Run(wall, cpu, spent[done.pid], writer, max(peaks.values(), default=0), killed)


def main() -> None:
    """Print a row for each way of adding."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--most", type=int, default=2000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = options.folder
        if folder is None:
            folder = Path(work) / "made"
            folder.mkdir()
            make(folder, options.most)
        paths = documents(folder, options.most)
        ways = (
            ("one process", None, None),
            (f"{os.cpu_count()} local workers", "local", None),
            ("the same, one killed", "local", len(paths) // 4),
        )
        first: dict[str, bytes] | None = None
        for label, cluster, kill_at in ways:
            root = Path(work) / label
            load = os.getloadavg()[0]
            run = add(root, paths, cluster, kill_at)
            found = files(root)
            first = first or found
            same = "same bytes" if found == first else "OTHER BYTES"
            print(
                f"{label:22} {len(paths) / run.wall:6.1f} files/s  {run.wall:6.1f} s  "
                f"CPU {run.cpu:6.1f} s, writer {run.writing:5.1f} s  "
                f"memory: writer {run.writer:4.0f} MB, worker {run.worker:4.0f} MB  "
                f"{same}{', killed' * run.killed}  (load {load:.1f} before)",
                flush=True,
            )


if __name__ == "__main__":
    main()
