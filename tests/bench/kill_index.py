"""Kill a process that changes an index, at random moments, and look at what it leaves.

    python tests/bench/kill_index.py --kills 200

After each kill the index must open (or say that it wants rebuilding, and be rebuilt), all of it
must be readable, every change that the killed process reported as done must be found, and nothing
beside the index may have changed. Exit status 1 otherwise.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

from briefing.errors import StaleIndexError  # noqa: E402
from briefing.model import Article, BriefingInfo, Chunk, Source  # noqa: E402
from briefing.search.index import create_index, open_index  # noqa: E402

INFO = BriefingInfo(title="Kills")
BRIEFING = "kills"
CONTENT = "what the index is made from"
BESIDE = {"content.yaml", "index"}


def article(number: int, version: int) -> Article:
    texts = [f"marker{number} edition{version} of a text about cables and ports"] * 5
    return Article(
        id=f"a{number}",
        source=Source(file="x", media_type="text/plain", sha256="0" * 64, added="2026-11-21"),
        chunks=tuple(Chunk(id=f"c{n}", role="body", text=text) for n, text in enumerate(texts)),
    )


def work(folder: Path, seed: int) -> None:
    """Change the index for ever, saying after each change what is done."""
    lots = random.Random(seed)
    index = open_index(folder)
    print("ready", flush=True)
    version = seed * 100_000
    while True:
        version += 1
        number = lots.randrange(60)
        kind = lots.randrange(12)
        if kind == 0:
            print(f"try {number} {version}", flush=True)
            index.delete(BRIEFING, [f"a{number}"])
            print(f"gone {number} {version}", flush=True)
        elif kind == 1:
            numbers = lots.sample(range(60), 5)
            with index.batch():
                for each in numbers:
                    index.update(BRIEFING, INFO, [article(each, version)])
            for each in numbers:
                print(f"done {each} {version}", flush=True)
        elif kind in {2, 3}:
            index.merge()
        else:
            index.update(BRIEFING, INFO, [article(number, version)])
            print(f"done {number} {version}", flush=True)


def kill_once(folder: Path, seed: int, delay: float) -> dict[int, tuple[str, int]]:
    """Let a child work for a while, kill it, and return what it said was done."""
    command = [sys.executable, "-W", "ignore", __file__, "--work", str(folder), "--seed", str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(delay)
        child.kill()
        said = child.stdout.read()
    state: dict[int, tuple[str, int]] = {}
    for line in said.splitlines():
        parts = line.split()
        if len(parts) == 3 and line.endswith(parts[2]):
            state[int(parts[1])] = (parts[0], int(parts[2]))
    return state


def check(folder: Path, state: dict[int, tuple[str, int]]) -> list[str]:
    """Compare the index with what is known to be done; a later change may have come through."""
    index = open_index(folder)
    index.verify()
    problems = []
    kept = (folder.parent / "content.yaml").read_text("ascii")
    if kept != CONTENT or {path.name for path in folder.parent.iterdir()} != BESIDE:
        problems.append("something beside the index was changed")
    for number, (kind, version) in state.items():
        found = index.search(f"marker{number}", briefing=BRIEFING)
        texts = {hit.snippet.text for group in found.groups for hit in group.hits}
        editions = {int(text.split()[1].removeprefix("edition")) for text in texts}
        if len(editions) > 1 or found.total_chunks not in (0, 5):
            problems.append(f"a{number} is half there: {sorted(editions)}, {found.total_chunks}")
        if kind == "done" and (not editions or max(editions) < version):
            problems.append(f"a{number} edition {version} is lost: {sorted(editions)}")
        if kind == "gone" and editions and max(editions) <= version:
            problems.append(f"a{number} came back: {sorted(editions)}")
    index.close()
    return problems


def run(folder: Path, kills: int) -> tuple[int, int, list[str]]:
    """Kill `kills` times: how often the index wanted rebuilding, what was done, what is wrong."""
    (folder / "content.yaml").write_text(CONTENT, "ascii")
    folder /= "index"
    create_index(folder)
    lots = random.Random(kills)
    state: dict[int, tuple[str, int]] = {}
    rebuilds, changes = 0, 0
    problems: list[str] = []
    for seed in range(1, kills + 1):
        said = kill_once(folder, seed, lots.random() * 0.25)
        changes += len(said)
        state.update(said)
        try:
            problems += check(folder, state)
        except StaleIndexError as error:
            rebuilds += 1
            problems.append(f"stale after kill {seed}: {error}")
            create_index(folder)
            state = {}
    return rebuilds, changes, problems


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--seed", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(options.work, options.seed)
    with tempfile.TemporaryDirectory(prefix="briefing-kills-") as name:
        rebuilds, changes, problems = run(Path(name), options.kills)
    print(f"{options.kills} kills, {changes} changes said to be done, {rebuilds} rebuilds wanted")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
