"""Where the time goes from bytes to YAML, for folders of texts, pages or other documents.

    python tests/bench/intake.py FOLDER … [--most N] [--runs N]

Of the first N files of each: CPU milliseconds an article in every stage, the least of several runs;
then all of `briefing add` into a new library (doubles, ids, locks and fsync come on top), and the
index told apart; and the most memory that the process has taken so far. What the first file costs
more is the loading of word lists.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from briefing.annotate import pipeline
from briefing.annotate.positions.codebook import READ_TEXTS, codebook_in_use, readable_text
from briefing.codebooks import Codebook
from briefing.content.articles import encode_article, reading_digest, seal
from briefing.errors import BriefingError
from briefing.ingest import SUFFIXES, to_articles
from briefing.library import Library
from briefing.model import Article, BriefingInfo

_ADDED = "2026-01-01T00:00:00Z"


class Stages(Counter[str]):
    """CPU seconds by stage."""

    def take(self, stage: str, function: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """Call a function, and count its time to a stage."""
        start = time.process_time()
        try:
            return function(*given, **named)
        finally:
            self[stage] += time.process_time() - start


def documents(folder: Path, most: int) -> list[Path]:
    """Return the first documents of a folder, in the order of their names."""
    found = (path for path in sorted(folder.rglob("*")) if path.suffix.lower() in SUFFIXES)
    return [path for path in found if path.is_file()][:most]


def read(path: Path, stages: Stages) -> Iterator[Article]:
    """Yield the articles of a file; none where it cannot be read."""
    data = stages.take("bytes", path.read_bytes)
    try:
        made = stages.take("reading", to_articles, data, name=path.name, added=_ADDED)
    except BriefingError:
        return
    yield from (new.article for new in made.articles)


def run(paths: list[Path], codebook: Codebook) -> tuple[int, Stages]:
    """Take all files through every stage; returns the number of articles and the times."""
    stages = Stages()
    count = 0
    for path in paths:
        for article in read(path, stages):
            digest = stages.take("digests", reading_digest, article)
            found = stages.take("annotating", pipeline.annotate, article, codebook)
            sealed = stages.take("digests", seal, found, pipeline.NAME, 1, read=digest)
            stages.take("YAML", encode_article, sealed)
            count += 1
    return count, stages


def add(paths: list[Path]) -> tuple[int, float, float, float]:
    """Add files to a new library; returns articles, CPU and wall seconds, and CPU of the index."""
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder), create=True)
        cpu, wall = time.process_time(), time.perf_counter()
        report = library.add(paths, to="pile", index=False)
        added = time.process_time()
        wall = time.perf_counter() - wall
        library.refresh(searchable=True)
        return len(report.added), added - cpu, wall, time.process_time() - added


def measure(folder: Path, most: int, runs: int) -> None:
    """Print the table of one folder."""
    paths = documents(folder, most)
    first = [article for path in paths[:READ_TEXTS] for article in read(path, Stages())]
    codebook = codebook_in_use(BriefingInfo(title="pile"), (), map(readable_text, first))
    start = time.process_time()
    run(paths[:1], codebook)
    print(f"{folder}: {len(paths)} files; the first {time.process_time() - start:.2f} s of CPU")
    count, stages = min(
        (run(paths, codebook) for _ in range(runs)), key=lambda made: made[1].total()
    )
    for stage, spent in stages.items():
        print(f"  {stage:22}{1000 * spent / max(1, count):8.2f} ms")
    total = stages.total()
    print(f"  {'bytes to YAML':22}{1000 * total / max(1, count):8.2f} ms  {count / total:6.0f}/s")
    added, cpu, wall, index = min((add(paths) for _ in range(runs)), key=lambda made: made[1])
    for label, spent in (("all of adding", cpu), ("the same on the clock", wall), ("index", index)):
        rate = f"  {added / spent:6.0f}/s" if spent else ""
        print(f"  {label:22}{1000 * spent / max(1, added):8.2f} ms{rate}")
    most_memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {'most memory':22}{most_memory:8.0f} MB")


def main() -> None:
    """Print a table for each folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--most", type=int, default=200)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    for folder in options.folders:
        measure(folder, options.most, options.runs)


if __name__ == "__main__":
    main()
