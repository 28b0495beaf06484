"""How long the annotators of quotes and citations take on nasty texts, by length.

    python tests/bench/annotate_scaling.py [--largest 3072000] [--shape WORDS]

Each shape is cut to lengths that double up to 3 MB; a linear annotator takes twice as long for
twice the text. The last column is the time a character of the longest against the shortest.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from briefing.annotate.citations.annotator import find_citations
from briefing.annotate.quotes.annotator import find_quotes

LENGTHS = tuple(48_000 << doubling for doubling in range(7))
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
    "two paragraphs of fragments": "The “vast” plan of “some” and ",
    "one word in marks": '"a" ',
    "a paragraph a word in marks": '"a"\n\n',
    "the same line in marks": "“It is near and it is here.”\n\n",
    "captions alone": "Clockwise from top: Ana Lin\n\n",
    "pronouns alone": "“It is near,” it said. ",
    "signatures alone": "We are near.\n— Ana Lin\n\n",
    "marks left open": "“We go, Lin said. It rained. ",
}


TWO_PARAGRAPHS = "two paragraphs of fragments"


def cut(piece: str, length: int) -> list[str]:
    """Repeat a piece to a length, as the paragraphs of an article."""
    text = (piece * (length // len(piece) + 1))[:length]
    return text.split("\n\n")


def cut_shape(name: str, length: int) -> list[str]:
    """Return the paragraphs of a shape."""
    if name == TWO_PARAGRAPHS:
        return cut(SHAPES[name], length // 2) * 2
    return cut(SHAPES[name], length)


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
    parser.add_argument("--shape", default="")
    options = parser.parse_args()
    lengths = [length for length in LENGTHS if length <= options.largest]
    annotate(["“Warm,” said Ana Lin of Hull."])
    print("| shape | " + " | ".join(f"{length // 1000} KB, s" for length in lengths) + " | × |")
    print("|---|" + "---|" * (len(lengths) + 1))
    for name in (name for name in SHAPES if options.shape in name):
        taken = []
        for length in lengths:
            paragraphs = cut_shape(name, length)
            taken.append(seconds(lambda paragraphs=paragraphs: annotate(paragraphs)))  # type: ignore[misc]
        growth = (taken[-1] / lengths[-1]) / max(taken[0] / lengths[0], 1e-9)
        cells = " | ".join(f"{one:.3f}" for one in taken)
        print(f"| {name} | {cells} | {growth:.1f} |", flush=True)


if __name__ == "__main__":
    main()
