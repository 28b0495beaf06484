"""CPU time of adding one article to a briefing of many, of a note in it, and of reading it then.

    python tests/bench/add_to_many.py --articles 2000

Beside each figure stands that of a briefing of twenty in the same run. Exit status 1 where adding
takes more than half a second.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from make_library import invent_article, invent_words

from briefing.library import Library
from briefing.library.reports import InputBytes

FEW, LIMIT = 20, 0.5
NAME = "ports"


def cost(job: Callable[[], object]) -> float:
    """Return the CPU seconds of a job."""
    begun = time.process_time()
    job()
    return time.process_time() - begun


def measure(root: Path, articles: int) -> dict[str, float]:
    """Make a briefing of so many articles, and return the least CPU seconds of each job."""
    rng = random.Random(1)
    vocabulary = invent_words(rng, 30_000)
    weights = [1 / rank for rank in range(1, len(vocabulary) + 1)]

    def document(number: int) -> InputBytes:
        data = invent_article(rng, vocabulary, weights, 300).encode()
        return InputBytes(name=str(number), data=data)

    library = Library.open(root, create=True)
    library.add([document(number) for number in range(articles)], to=NAME)
    found: dict[str, list[float]] = {}
    for number in range(articles, articles + 4):
        before, one = {each.article for each in library.panels(NAME).sources}, document(number)
        found.setdefault("add", []).append(cost(partial(library.add, [one], to=NAME)))
        (article,) = {each.article for each in library.panels(NAME).sources} - before
        place = library.editing.anchor(NAME, article, chunk="c1")
        note = partial(library.editing.correct, NAME, "note", place, text="!")
        found.setdefault("note", []).append(cost(note))
        for job in ("first reading", "next reading"):
            found.setdefault(job, []).append(cost(partial(library.panels, NAME)))
    return {job: min(costs) for job, costs in found.items()}


def main() -> None:
    """Print the figures and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        few = measure(Path(folder) / "few", FEW)
        many = measure(Path(folder) / "many", options.articles)
    for job, seconds in many.items():
        ratio = seconds / max(few[job], 0.001)
        print(f"{job:14} {seconds:6.3f} s, {ratio:5.1f} times that in a briefing of {FEW}")
    sys.exit(many["add"] > LIMIT)


if __name__ == "__main__":
    main()
