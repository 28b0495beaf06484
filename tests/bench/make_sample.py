"""Make the article files of the sample library from its originals, as `briefing add` makes them.

    python tests/bench/make_sample.py [--check]

Write or change an original under `content/huawei-5g/originals/`, run this, and read what it made:
the article files are machine output and are never edited by hand. `briefing.yaml`, `edits.yaml` and
`SOURCES.md` are left alone. `--check` writes nothing and exits with 1 where a file would change.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from msgspec.structs import replace

from briefing.content import INFO_NAME, dump_article, read_article
from briefing.library import Library

NAME = "huawei-5g"
SAMPLE = Path(__file__).parents[2] / "content" / NAME
OURS = ("briefing.yaml", "edits.yaml")


def make_articles(sample: Path, root: Path) -> dict[str, str]:
    """Add the originals of `sample` to a new library at `root`; return the article files made."""
    folder = root / "content" / NAME
    folder.mkdir(parents=True)
    info = (sample / INFO_NAME).read_text("utf-8")
    (folder / INFO_NAME).write_text(info.replace("sample: true\n", ""), "utf-8")
    originals = sorted((sample / "originals").iterdir())
    report = Library.open(root).add(originals, to=NAME)
    for failure in report.failures:
        sys.exit(f"{failure.name}: {failure.message}")
    for original, added in zip(originals, report.added, strict=True):
        if original.stem != added.article:
            sys.exit(f"{original.name} should be named {added.article}{original.suffix}")
    made = {}
    for added in report.added:
        path = folder / f"{added.article}.yaml"
        made[path.name] = with_known_moment(path, sample / path.name)
    return made


def with_known_moment(path: Path, known: Path) -> str:
    """Return the text of an article file, with the moment it was first added if that is known."""
    article = read_article(path)
    if known.exists():
        before = read_article(known).source
        if before.sha256 == article.source.sha256:
            article = replace(article, source=replace(article.source, added=before.added))
    return dump_article(article)


def main() -> int:
    """Make the files and compare or write them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, say what would change")
    check = parser.parse_args().check
    root = Path(tempfile.mkdtemp())
    try:
        made = make_articles(SAMPLE, root)
    finally:
        shutil.rmtree(root)
    there = {path.name: path.read_text("utf-8") for path in SAMPLE.glob("*.yaml")}
    stale = {name for name in there if name not in made and name not in OURS}
    changed = {name for name, text in made.items() if there.get(name) != text}
    for name in sorted(changed | stale):
        print(f"{'-' if name in stale else '+'} {name}")
        if not check:
            (SAMPLE / name).unlink() if name in stale else (SAMPLE / name).write_text(
                made[name], "utf-8"
            )
    return int(check and bool(changed | stale))


if __name__ == "__main__":
    sys.exit(main())
