"""Make the article files of the sample library from its originals, as `briefing add` makes them.

    python tests/bench/make_sample.py [--check]

Write or change an original under `content/huawei-5g/originals/`, run this, and read what it made:
the article files are machine output and are never edited by hand. `briefing.yaml`, `edits.yaml` and
`SOURCES.md` are left alone. `--check` writes nothing and exits with 1 where a file would change.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from briefing.annotate.positions.codebook import codebook_for
from briefing.content.articles import encode_article, read_article, reading_digest
from briefing.content.info import INFO_NAME, read_info
from briefing.ingest import read_source, to_article
from briefing.library.making import annotated

SAMPLE = Path(__file__).parents[2] / "content" / "huawei-5g"
OURS = (INFO_NAME, "edits.yaml")


def make_articles(sample: Path) -> dict[str, str]:
    """Return the text of the article file of every original, by the file's name."""
    drafts = {}
    made = {}
    for original in sorted((sample / "originals").iterdir()):
        moment = moment_added(sample / f"{original.stem}.yaml")
        draft = to_article(read_source(original), name=original.name, added=moment)
        if draft.id != original.stem:
            sys.exit(f"{original.name} should be named {draft.id}{original.suffix}")
        drafts[draft.id] = draft
    codebook = codebook_for(read_info(sample / INFO_NAME), list(drafts.values()))
    for draft in drafts.values():
        article = annotated(draft, codebook, read=reading_digest(draft))
        made[f"{article.id}.yaml"] = encode_article(article).decode()
    return made


def moment_added(path: Path) -> str:
    """Return when the article at `path` was added; now, where there is none."""
    if path.exists():
        return read_article(path).source.added
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def main() -> int:
    """Make the files and compare or write them."""
    parser = argparse.ArgumentParser(description="Make the sample's articles from its originals.")
    parser.add_argument("--check", action="store_true", help="write nothing, say what would change")
    check = parser.parse_args().check
    made = make_articles(SAMPLE)
    there = {path.name: path.read_text("utf-8") for path in SAMPLE.glob("*.yaml")}
    stale = {name for name in there if name not in made and name not in OURS}
    changed = {name for name, text in made.items() if there.get(name) != text}
    for name in sorted(changed | stale):
        print(f"{'-' if name in stale else '+'} {name}")
    if check:
        return int(bool(changed | stale))
    for name in stale:
        (SAMPLE / name).unlink()
    for name in changed:
        (SAMPLE / name).write_text(made[name], "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
