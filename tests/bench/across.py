"""What it costs to read across the articles of a briefing, against reading their words once.

    python tests/bench/across.py [--articles 1000]

The articles are those of the sample, with other words of the same length in each, but for one in
ten, which copies an earlier one. Each step is timed for half of them too: linear is a doubling of
about 2. The last column is the step's CPU over that of splitting all texts into words.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from briefing.compare.build import build_panels
from briefing.compare.concordance import find_concordances
from briefing.compare.ledger import build_ledgers
from briefing.compare.origins import trace_origins
from briefing.compare.same_words import words
from briefing.content.naming import briefing_names
from briefing.library import Library
from briefing.model import Article, Briefing, BriefingInfo, Chunk

SAMPLE = Path(__file__).parents[2]
COPIES = 10
"""One of so many articles is a copy."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
_COMMON = re.compile(r"(?<![\w’'])[a-z]{4,}\b")


def make_articles(count: int) -> Iterator[Article]:
    """Yield annotated articles like those of the sample; spans and annotations stay as they are."""
    library = Library.open(SAMPLE)
    names = briefing_names(library.content)
    originals = [one for name in names for one in library.briefing(name).articles]
    for number in range(count):
        base = originals[number % len(originals)]
        turn = number - COPIES if number % COPIES == COPIES - 1 else number
        chunks = tuple(_with_other_words(chunk, turn) for chunk in base.chunks)
        yield replace(base, id=f"a{number:05}", headline=f"Headline {turn}", chunks=chunks)


def _with_other_words(chunk: Chunk, turn: int) -> Chunk:
    turned = str.maketrans(LETTERS, "".join(LETTERS[(at + turn) % 26] for at in range(26)))

    def other(match: re.Match[str]) -> str:
        return match[0].translate(turned)[: len(match[0]) - 1] + LETTERS[turn // 26 % 26]

    text = _COMMON.sub(other, chunk.text)
    quotes = tuple(replace(one, exact=text[one.start : one.end]) for one in chunk.quotes)
    return replace(chunk, text=text, quotes=quotes)


def cpu_of(step: Callable[[Sequence[Article]], object], articles: Sequence[Article]) -> float:
    """Return the CPU time of a step in seconds, the least of three."""
    times = []
    for _ in range(3):
        start = time.process_time()
        step(articles)
        times.append(time.process_time() - start)
    return min(times)


def split_words(articles: Sequence[Article]) -> None:
    for article in articles:
        for chunk in article.chunks:
            words(chunk.text)


STEPS: dict[str, Callable[[Sequence[Article]], object]] = {
    "words": split_words,
    "origins": trace_origins,
    "ledger": lambda articles: build_ledgers(articles, trace_origins(articles)),
}


def main() -> None:
    """Measure and print a row a step."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1000)
    articles = tuple(make_articles(parser.parse_args().articles))
    yardstick = cpu_of(split_words, articles)
    print(f"{len(articles)} articles, {sum(len(one.chunks) for one in articles)} chunks")
    for name, step in STEPS.items():
        half, whole = cpu_of(step, articles[::2]), cpu_of(step, articles)
        report(name, half, whole, yardstick)
    info = BriefingInfo(title="Across")
    panels = [
        build_panels(Briefing(name="across", info=info, articles=some))
        for some in (articles[::2], articles)
    ]
    half, whole = (cpu_of(lambda _, one=one: find_concordances(one), ()) for one in panels)
    report("concordance", half, whole, yardstick)


def report(name: str, half: float, whole: float, yardstick: float) -> None:
    """Print the row of a step."""
    print(f"{name:12} {whole:6.2f} s  doubling {whole / half:4.2f}  {whole / yardstick:5.1f} x")


if __name__ == "__main__":
    main()
