"""How much of the body text of saved pages is found, in F1 over runs of four words.

    python tests/bench/pages.py FOLDER [--worst N] [--json FILE]

FOLDER holds `html/ID.html.gz` and `ground-truth.json` ({ID: {"articleBody": text}}), as in the
public article-extraction benchmark; the measure is computed as it is there. What trafilatura
finds alone on the same pages stands beside it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from briefing.ingest import to_article

_TOKEN = re.compile(r"\w+")
Scores = tuple[float, float, float]


def ours(data: bytes, name: str) -> str:
    """Return the text of the story's chunks: paragraphs, and headings but the headline."""
    article = to_article(data, name=f"{name}.html", added="2026-01-01T00:00:00Z")
    return "\n".join(
        chunk.text
        for chunk in article.chunks
        if chunk.role == "body" or (chunk.role == "heading" and chunk.reason == "title_line")
    )


def peer(data: bytes, name: str) -> str:
    """Return what trafilatura extracts with its defaults, comments left out."""
    import trafilatura

    return trafilatura.extract(data, include_comments=False) or ""


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Count the runs of four words of a text (all its words, where there are fewer)."""
    tokens = _TOKEN.findall(text)
    return Counter(
        tuple(tokens[start : start + 4]) for start in range(max(1, len(tokens) - 3)) if tokens
    )


def compare(wanted: str, found: str) -> Scores:
    """Return the shares of true positives, false positives and false negatives of a page."""
    true, pred = shingles(wanted), shingles(found)
    hit = sum((true & pred).values())
    scores = hit, sum((pred - true).values()), sum((true - pred).values())
    total = sum(scores) or 1
    return scores[0] / total, scores[1] / total, scores[2] / total


def summarise(scores: list[Scores]) -> dict[str, float]:
    """Return mean precision and recall over pages, and the F1 of the two."""
    precision = statistics.mean(
        tp / (tp + fp) if tp else float(not fp and not fn) for tp, fp, fn in scores if tp + fp > 0
    )
    recall = statistics.mean(
        tp / (tp + fn) if tp else float(not fp and not fn) for tp, fp, fn in scores if tp + fn > 0
    )
    return {
        "f1": 2 * precision * recall / (precision + recall),
        "precision": precision,
        "recall": recall,
    }


def measure(folder: Path, system: Callable[[bytes, str], str]) -> tuple[dict[str, Scores], float]:
    """Run a system over all pages; returns each page's scores and the CPU seconds spent."""
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    scores: dict[str, Scores] = {}
    spent = 0.0
    for name, page in sorted(truth.items()):
        data = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        start = time.process_time()
        found = system(data, name)
        spent += time.process_time() - start
        scores[name] = compare(page.get("articleBody", ""), found)
    return scores, spent


def main() -> None:
    """Print the table, and the pages with the lowest scores."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    table = {}
    for label, system in (("briefing", ours), ("trafilatura", peer)):
        scores, spent = measure(options.folder, system)
        table[label] = {**summarise(list(scores.values())), "pages_a_second": len(scores) / spent}
        print(f"{label:12}", *(f"{key} {value:.3f}" for key, value in table[label].items()))
        worst = sorted(scores.items(), key=lambda item: item[1][0])[: options.worst]
        for name, (hit, extra, missed) in worst:
            print(f"   {name[:12]}  found {hit:.2f}  extra {extra:.2f}  missed {missed:.2f}")
    if options.json:
        options.json.write_text(json.dumps(table, indent=2), "utf-8")


if __name__ == "__main__":
    main()
