"""Print what each rule and each kind of name is worth, on data that an evaluator reads.

    python tests/bench/country_ablation.py --evaluator DIR --news GWN.xml --news TR-News.xml \\
        --about reuters21578-xml

`--evaluator` is the folder of `country_eval.py`, which reads the data and knows the split. For
each file of mentions the table shows the F1 of a document's set of countries, for the folder of
labelled stories the micro F1 of what a story is about; every row but the first leaves one thing
out.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from briefing.annotate.countries import annotator as countries
from briefing.annotate.countries import salience
from briefing.annotate.countries.context import ALL_RULES, CountryRules
from briefing.annotate.countries.senses import RULE_NAMES
from briefing.model import Mention
from briefing.world.name_kinds import kind_of

KINDS = (
    "demonym", "capital", "city", "state", "county", "metonym", "institution",
    "generic_institution", "landmark", "company", "prefix", "state_abbreviation", "state_short",
    "free_abbreviation",
)  # fmt: skip
Finder = Callable[[str], Sequence[Mention]]


def read_documents(tool: Any, path: Path) -> list[Any]:
    """The development documents of one file or folder."""
    kind = tool.kind_of(str(path))
    if kind == "reuters":
        documents = tool.read_reuters(str(path))
    else:
        reader = tool.read_gwn if kind == "gwn" else tool.read_gaz
        documents = reader(str(path), tool.Geo())
    return [one for one in documents if tool.in_split(kind, one.id, "dev")]


def score_sets(pairs: Iterable[tuple[set[str], set[str]]]) -> float:
    """Micro F1, in per cent, of predicted sets of codes against gold ones."""
    right = wrong = missed = 0
    for gold, found in pairs:
        right += len(gold & found)
        wrong += len(found - gold)
        missed += len(gold - found)
    return 200 * right / max(1, 2 * right + wrong + missed)


def score_news(tool: Any, documents: Sequence[Any], find: Finder) -> float:
    """F1 of the set of countries that each document names."""
    return score_sets(
        (
            {gold[2] for gold in one.mentions if gold[2]},
            {tool.canon(mention.code) for mention in find(one.text)} - {None},
        )
        for one in documents
    )


def score_about(tool: Any, documents: Sequence[Any], find: Finder) -> float:
    """F1 of what each story is about, by the salience of its mentions."""
    pairs = []
    for one in documents:
        text = one.title + countries.PARAGRAPH + one.text[len(one.title) :].lstrip()
        start = len(one.title) + len(countries.PARAGRAPH)
        chosen = salience.choose_countries(find(text), text, body_start=start)
        pairs.append((set(one.gold), {tool.canon(code) for code in chosen} - {None}))
    return score_sets(pairs)


def finder(rules: CountryRules, without_kind: str | None = None) -> Finder:
    """A function that finds mentions with those rules and without one kind of name."""
    return lambda text: [
        one for one in countries.find_mentions(text, rules) if kind_of(one.rule) != without_kind
    ]


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--evaluator", required=True, type=Path)
    parser.add_argument("--news", action="append", default=[], type=Path)
    parser.add_argument("--about", type=Path)
    args = parser.parse_args()
    sys.path.insert(0, str(args.evaluator))
    tool = importlib.import_module("country_eval")
    columns = [(path.stem, read_documents(tool, path), score_news) for path in args.news]
    if args.about:
        columns.append((args.about.name, read_documents(tool, args.about), score_about))
    rows = [("all rules", finder(ALL_RULES))]
    rows += [(f"without {name}", finder(CountryRules(frozenset({name})))) for name in RULE_NAMES]
    rows += [(f"no mention by {kind}", finder(ALL_RULES, kind)) for kind in KINDS]
    print(" | ".join(["what", *(name for name, _, _ in columns)]))
    base: list[float] = []
    for label, find in rows:
        figures = [score(tool, documents, find) for _, documents, score in columns]
        base = base or figures
        shown = [f"{now:.1f} ({now - all_:+.2f})" for now, all_ in zip(figures, base, strict=True)]
        print(" | ".join([label, *shown]), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
