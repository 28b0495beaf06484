"""Makes a library of invented articles of a given size, for measurements.

python tests/bench/make_library.py FOLDER --briefings 10000 --articles 1 --words 120
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

from briefing.library import Library
from briefing.library.reports import InputBytes

COUNTRIES = [
    "Germany",
    "France",
    "Spain",
    "Italy",
    "Poland",
    "Sweden",
    "Norway",
    "Denmark",
    "Finland",
    "Austria",
    "Belgium",
    "Portugal",
    "Greece",
    "Ireland",
    "Japan",
    "India",
    "Brazil",
    "Canada",
    "Mexico",
    "Australia",
    "Kenya",
    "Egypt",
    "Chile",
    "Peru",
    "Vietnam",
]
NAMES = "Ana Tom Bea Max Eva Jon Ida Leo Mia Ben".split()
SURNAMES = "Lin Marsh Okoro Weber Silva Novak Haas Moreau Tanaka Rossi".split()
VERBS = [
    "delays",
    "opens",
    "closes",
    "weighs",
    "rejects",
    "backs",
    "funds",
    "audits",
    "repairs",
    "sells",
]
THINGS = [
    "port",
    "bridge",
    "network",
    "tunnel",
    "railway",
    "grid",
    "harbour",
    "airport",
    "dam",
    "pipeline",
]
SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "va",
    "we",
    "xi",
    "yo",
    "zu",
]


def invent_words(rng: random.Random, count: int) -> list[str]:
    """Return `count` made-up words; the first ones are drawn most often later on."""
    return ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(count)]


def invent_article(
    rng: random.Random, vocabulary: list[str], weights: list[float], words: int
) -> str:
    """Return a headline, a date line and paragraphs of about 60 words, some of them quoted."""
    country, other = rng.sample(COUNTRIES, 2)
    title = f"{country} {rng.choice(VERBS)} {rng.choice(THINGS)} {rng.choice(vocabulary)}"
    date = f"{rng.randint(1, 28)} March {rng.randint(2015, 2026)}"
    lines = [title, f"Invented Post, {date}"]
    for _ in range(max(1, words // 60)):
        body = " ".join(rng.choices(vocabulary, weights, k=40))
        said = " ".join(rng.choices(vocabulary, weights, k=12))
        name = f"{rng.choice(NAMES)} {rng.choice(SURNAMES)}"
        lines.append(
            f"{body.capitalize()} in {other}. “{said.capitalize()},” said {name} of {country}."
        )
    return "\n\n".join(lines) + "\n"


def main() -> None:
    """Write the library and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--briefings", type=int, default=100)
    parser.add_argument("--articles", type=int, default=1, help="articles a briefing")
    parser.add_argument("--words", type=int, default=120, help="words an article")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    vocabulary = invent_words(rng, 30_000)
    weights = [1 / rank for rank in range(1, len(vocabulary) + 1)]
    library = Library.open(options.folder, create=True)
    started = time.process_time()
    for number in range(options.briefings):
        documents = [
            InputBytes(
                name=f"{number}-{each}",
                data=invent_article(rng, vocabulary, weights, options.words).encode(),
            )
            for each in range(options.articles)
        ]
        library.add(documents, to=f"question-{number:05}", index=False)
    written = time.process_time()
    library.refresh()
    print(
        f"added in {written - started:.1f} s, indexed in {time.process_time() - written:.1f} s CPU"
    )


if __name__ == "__main__":
    main()
