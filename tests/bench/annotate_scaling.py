"""How long reading and annotating nasty texts takes, by length: everything must be linear.

    python tests/bench/annotate_scaling.py [--smallest N] [--largest N] [--shape NAME] [--step NAME]

Each shape is cut to lengths that double up to 3 MB, and each step of `add` is timed by itself: the
three readers on the shape as text, Markdown and HTML, then every annotator. A linear step takes
twice as long for twice the text. The last column is the worst doubling above a tenth of a second.
"""

from __future__ import annotations

import argparse
import gc
import html
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise, repeat

from msgspec.structs import replace

from briefing.annotate import pipeline
from briefing.annotate.countries.annotator import annotate_countries
from briefing.annotate.parts import split_parts
from briefing.annotate.quotes.annotator import find_quotes
from briefing.codebooks import shipped
from briefing.english.tokens import Streams
from briefing.ingest import to_article
from briefing.model import Article, BriefingInfo, Chunk
from briefing.quote_ids import QuoteNames
from briefing.search.documents import prepare
from briefing.search.engines.whoosh_layout import Pool

LENGTHS = tuple(48_000 << doubling for doubling in range(7))
LEAST = 0.1
"""Seconds below which the clock says more about the machine than about the text."""
LIMIT = 2.5
"""A doubling of the text that takes longer than this many times is marked."""
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
    "one letter": "a",
    "one capital": "A",
    "capitals and hyphens": "A-",
    "names that differ": "Ana {} said France would ban it. ",
    "countries alone": "France, Mr {} of Norway and Niger, ",
    "chunks with countries": "Paris, Texas. Mr {} of Georgia banned it in Jordan, Norway said.\n\n",
    "short paragraphs of everything": (
        "“We ban it,” Ana {} of France told the Financial Times in May, Reuters reported.\n\n"
    ),
    "one paragraph of everything": (
        "“We ban it,” Ana {} of France told the Financial Times in May, Reuters reported. "
    ),
    "a sentence for positions": "France banned it and Norway, which {} opposed, will allow it and ",
    "parliaments and groups": "the State Duma banned it, Hamas said, and the Bundestag agreed; ",
    "dates alone": "on 3 May, in June 2019, a year ago, last week and ",
}
"""`{}` is replaced by a word that never comes again."""
TWO_PARAGRAPHS = "two paragraphs of fragments"


def words() -> Iterator[str]:
    """Yield capitalised words, each once."""
    number = 0
    while True:
        number += 1
        yield "Q" + "".join(chr(ord("a") + int(digit)) for digit in str(number))


def cut(piece: str, length: int) -> list[str]:
    """Repeat a piece to a length, as the paragraphs of an article."""
    times = length // len(piece) + 1
    if "{}" in piece:
        text = "".join(piece.replace("{}", word) for word, _ in zip(words(), range(times)))  # noqa: B905
    else:
        text = piece * times
    return text[:length].split("\n\n")


def cut_shape(name: str, length: int) -> list[str]:
    """Return the paragraphs of a shape."""
    if name == TWO_PARAGRAPHS:
        return cut(SHAPES[name], length // 2) * 2
    return cut(SHAPES[name], length)


def seconds(work: Callable[[], object]) -> float:
    """The time one call takes on this machine's clock of the process."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def read(paragraphs: Sequence[str], suffix: str) -> Article:
    """Read the paragraphs as a file of one format."""
    text = "\n\n".join(paragraphs)
    if suffix == ".html":
        body = "".join(f"<p>{html.escape(one)}</p>\n" for one in paragraphs)
        text = f"<html><body><article><h1>A title</h1>\n{body}</article></body></html>"
    return to_article(text.encode("utf-8"), name=f"shape{suffix}", added="2026-01-01T00:00:00Z")


def index(article: Article) -> None:
    """Work out what is indexed of an article."""
    prepared = prepare("shapes", BriefingInfo(title="Shapes"), article)
    pool = Pool()
    for number, document in enumerate(prepared.documents):
        pool.put(document, prepared, first=number == 0)


def steps(paragraphs: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Yield each step with its seconds; the annotators read the paragraphs uncut."""
    for suffix in (".txt", ".md", ".html"):
        yield f"read {suffix[1:]}", seconds(lambda suffix=suffix: read(paragraphs, suffix))  # type: ignore[misc]
    chunks: Sequence[Chunk] = [
        Chunk(id=f"c{number}", role="body", text=text)
        for number, text in enumerate(paragraphs)
        if text.strip()
    ]
    article = replace(read(["A title", "A line."], ".txt"), chunks=tuple(chunks))
    codebook = shipped("acts")
    start = time.process_time()
    parts: list[Sequence[Chunk]] = list(split_parts(annotate_countries(chunks, article.headline)))
    yield "countries", time.process_time() - start
    ids = QuoteNames()
    shared = [pipeline.Shared(ids, Streams()) for _ in parts]
    names = ("quotes", "citations", "positions", "dates")
    for name, run in zip(names, pipeline.ANNOTATORS, strict=True):
        start = time.process_time()
        parts = [run(*each) for each in zip(parts, repeat(article), repeat(codebook), shared)]
        yield name, time.process_time() - start
    article = replace(article, chunks=tuple(chain.from_iterable(parts)))
    yield "index", seconds(lambda: index(article))


def worst(taken: Sequence[float]) -> float:
    """Return the worst growth at a doubling that takes long enough to tell."""
    return max((two / one for one, two in pairwise(taken) if one >= LEAST / 2), default=0.0)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smallest", type=int, default=LENGTHS[0])
    parser.add_argument("--largest", type=int, default=LENGTHS[-1])
    parser.add_argument("--shape", default="")
    parser.add_argument("--step", default="")
    parser.add_argument("--most", type=float, default=60.0, help="give up on a step after seconds")
    options = parser.parse_args()
    lengths = [one for one in LENGTHS if options.smallest <= one <= options.largest]
    find_quotes(["“Warm,” said Ana Lin of Hull."])
    print("| shape | step | " + " | ".join(f"{n // 1000} KB, s" for n in lengths) + " | × |")
    print("|---|---|" + "---|" * (len(lengths) + 1))
    for name in (name for name in SHAPES if options.shape in name):
        rows: dict[str, list[float]] = {}
        for length in lengths:
            for step, taken in steps(cut_shape(name, length)):
                rows.setdefault(step, []).append(taken)
            if sum(row[-1] for row in rows.values()) > options.most:
                break
        for step, row in rows.items():
            if options.step in step:
                growth = worst(row)
                mark = " **" if growth > LIMIT else ""
                cells = " | ".join(f"{one:.3f}" for one in row)
                print(f"| {name} | {step} | {cells} | {growth:.1f}{mark} |", flush=True)


if __name__ == "__main__":
    main()
