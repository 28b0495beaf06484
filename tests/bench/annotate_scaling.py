"""How long the annotators of quotes and citations take on nasty texts, by length.

    python tests/bench/annotate_scaling.py [--largest 1000000]

Ten shapes are cut to 10 KB, 100 KB and 1 MB; a linear annotator takes ten times as long for ten
times the text. The last column is the time a character of the longest against the shortest.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from briefing.annotate.citations.annotator import find_citations
from briefing.annotate.quotes.annotator import find_quotes

LENGTHS = (10_000, 100_000, 1_000_000)
SHAPES: dict[str, str] = {
    "one sentence, no full stop": "the minister of the country said that a deal was near and ",
    "opening marks alone": "“It is near ",
    "straight marks everywhere": '"a" " b"" ',
    "nested marks": "“He said ‘she said “no ’ ” ",
    "apostrophes everywhere": "the workers' boss' 'n' dogs' ",
    "all capitals": "MINISTER LIN SAID THE DEAL WAS DEAD, AND ",
    "verbs of speech alone": "said told says asked added ",
    "names alone": "Ana Lin Tom Marsh Ida Ng of ",
    "no words": ". , ; : — ( ) ! ? … ",
    "bidi and zero width": "\u202e“Lin\u200b said\u2066,” he\u200d said. ",
    "Chinese": "林先生说：“协议已经完成。”",
    "paragraphs of one mark": "“\n\n",
}


def cut(piece: str, length: int) -> list[str]:
    """Repeat a piece to a length, as the paragraphs of an article."""
    text = (piece * (length // len(piece) + 1))[:length]
    return text.split("\n\n")


def seconds(work: Callable[[], object]) -> float:
    """The time one call takes on this machine's clock of the process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def annotate(paragraphs: list[str]) -> None:
    """Run what is measured."""
    find_quotes(paragraphs)
    last: str | None = None
    for paragraph in paragraphs:
        _, last = find_citations(paragraph, last)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=LENGTHS[-1])
    largest = parser.parse_args().largest
    lengths = [length for length in LENGTHS if length <= largest]
    annotate(["“Warm,” said Ana Lin of Hull."])
    print("| shape | " + " | ".join(f"{length // 1000} KB, s" for length in lengths) + " | × |")
    print("|---|" + "---|" * (len(lengths) + 1))
    for name, piece in SHAPES.items():
        taken = []
        for length in lengths:
            paragraphs = cut(piece, length)
            taken.append(seconds(lambda paragraphs=paragraphs: annotate(paragraphs)))  # type: ignore[misc]
        growth = (taken[-1] / lengths[-1]) / max(taken[0] / lengths[0], 1e-9)
        cells = " | ".join(f"{one:.3f}" for one in taken)
        print(f"| {name} | {cells} | {growth:.1f} |", flush=True)


if __name__ == "__main__":
    main()
