"""What each rule of quotation and attribution is worth: F1 without it, against F1 with all.

    python tests/bench/quote_ablation.py --evaluator quote_eval.py --dataset polnear --data DIR

The evaluator is a file with `LOADERS`, `run` and `summarise`; the data stays where it lies. A
figure is what is lost, in points of F1, when that rule alone is turned off.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import adapters

from briefing.annotate.quotes.candidates import Options
from briefing.annotate.quotes.not_speech import FILTERS
from briefing.annotate.quotes.rules import RULES
from briefing.paraphrases import KINDS_BY_RULE

MEASURES = (
    ("direct span", ("direct", "iou80")),
    ("direct attributed", ("direct", "attributed")),
    ("quoted attributed", ("quoted", "attributed")),
    ("indirect", ("indirect", "iou50")),
)

GROUPS: dict[str, tuple[str, ...]] = {
    "all tags behind": (
        *("said_after_quote", "any_verb_after_quote", "said_later_in_sentence", "next_tag"),
        *("carry_over",),
    ),
    "all lead-ins": ("said_before_quote", "said_earlier_in_sentence", "name_and_colon"),
    "all beyond the sentence": (
        *("carry_over", "sentence_before", "paragraph_before", "reopened_paragraph"),
        *("announced_before", "signed_behind", "signed_below", "tag_in_next_paragraph"),
    ),
    "all filters": tuple(rule.__name__ for rule in FILTERS if rule.__name__ != "no_speaker"),
}
"""Rules that stand in for one another: what one finds, the next one finds too when it is off."""


def load(path: Path) -> ModuleType:
    """Import the evaluator from its file."""
    spec = importlib.util.spec_from_file_location("evaluator", path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path} is no module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score(evaluator: ModuleType, docs: Sequence[object], off: frozenset[str]) -> list[float]:
    """F1 of each measure with the named rules off, in points."""
    options = Options(off)
    total, *_ = evaluator.run(docs, lambda text: adapters.quotes(text, options))
    result = evaluator.summarise(total)
    return [100 * result[kind][measure]["f1"] for _, (kind, measure) in MEASURES]


def main() -> None:
    """Print the table, the rules in the order they are asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--evaluator", type=Path, required=True)
    parser.add_argument("--dataset", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--only", nargs="*", default=[], help="measure these rules alone")
    chosen = parser.parse_args()
    evaluator = load(chosen.evaluator)
    docs = evaluator.LOADERS[chosen.dataset](chosen.data, lambda _: None)
    docs = [doc for doc in docs if "dev" in doc["split"]]
    whole = score(evaluator, docs, frozenset())
    print("| rule off | " + " | ".join(name for name, _ in MEASURES) + " |")
    print("|---|" + "---:|" * len(MEASURES))
    print("| none | " + " | ".join(f"{value:.1f}" for value in whole) + " |", flush=True)
    for name, group in GROUPS.items():
        without = score(evaluator, docs, frozenset(group))
        lost = [f"{before - after:+.2f}" for before, after in zip(whole, without, strict=True)]
        print(f"| {name} | " + " | ".join(lost) + " |", flush=True)
    names = [rule.__name__ for rule in (*RULES, *FILTERS)]
    for name in chosen.only or [*names, "block_announced", "transcript_line", *KINDS_BY_RULE]:
        without = score(evaluator, docs, frozenset({name}))
        lost = [f"{before - after:+.2f}" for before, after in zip(whole, without, strict=True)]
        print(f"| {name} | " + " | ".join(lost) + " |", flush=True)


if __name__ == "__main__":
    main()
